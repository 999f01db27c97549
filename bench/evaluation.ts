import { rmSync } from "node:fs";
import { join } from "node:path";
import { evaluateProgram } from "embedded-aws";
import { copyProject } from "./embedded/copy.ts";
import { type Findings, spreadOf } from "./figures.ts";

const rounds = 7;

/** From nothing to the graph of the whole program, and again with the bundles that the first evaluation has kept. */
export async function measureEvaluation(directory: string): Promise<Findings> {
    const project = join(directory, "project");
    copyProject(project);
    const seconds = { nothing: [] as number[], bundles: [] as number[] };
    let resources = 0;
    for (let round = 0; round < rounds; round += 1) {
        rmSync(join(project, ".bundles"), { recursive: true, force: true });
        for (const kept of ["nothing", "bundles"] as const) {
            const start = performance.now();
            const { graph } = await evaluateProgram({
                projectDirectory: project,
                fixturesDirectory: join(project, "tools/embedded"),
                stack: "dev",
                account: "000000000000",
                awsUrl: "http://127.0.0.1:4566",
                apiUrl: "http://127.0.0.1:8787",
                codeDirectory: join(directory, `code-${round}-${kept}`),
            });
            seconds[kept].push((performance.now() - start) / 1000);
            resources = graph.resources.length;
        }
    }
    const [nothing, bundles] = [spreadOf(seconds.nothing), spreadOf(seconds.bundles)];
    return {
        tables: [
            {
                title: `Evaluation of index.ts for the stack dev, median [quartiles] of ${rounds} in turn`,
                rows: [
                    { "kept before": "nothing", resources, seconds: nothing },
                    { "kept before": "bundles", resources, seconds: bundles },
                ],
            },
        ],
        budgets: [
            {
                what: "evaluation with kept bundles, share of one from nothing",
                measured: bundles.median / nothing.median,
                atMost: 0.7,
            },
        ],
    };
}
