import { join } from "node:path";
import { evaluateProgram } from "embedded-aws";
import { type Findings, spreadOf } from "./figures.ts";

/** From nothing to the graph of the whole program, bundles built and unpacked: what every start pays. */
export async function measureEvaluation(directory: string): Promise<Findings> {
    const seconds: number[] = [];
    let resources = 0;
    for (let run = 0; run < 7; run += 1) {
        const start = performance.now();
        const { graph } = await evaluateProgram({
            projectDirectory: join(import.meta.dirname, ".."),
            fixturesDirectory: join(import.meta.dirname, "../tools/embedded"),
            stack: "dev",
            account: "000000000000",
            awsUrl: "http://127.0.0.1:4566",
            apiUrl: "http://127.0.0.1:8787",
            codeDirectory: join(directory, `code-${run}`),
        });
        seconds.push((performance.now() - start) / 1000);
        resources = graph.resources.length;
    }
    const spread = spreadOf(seconds);
    return {
        tables: [
            {
                title: `Evaluation of index.ts, median [quartiles] of ${seconds.length} processes`,
                rows: [{ stack: "dev", resources, seconds: spread }],
            },
        ],
        budgets: [{ what: "evaluation of index.ts, s", measured: spread.median, atMost: 3 }],
    };
}
