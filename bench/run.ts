/**
 * `npm run bench`: measures everything side by side in one run and holds the figures against their budgets.
 * `--only <part>` runs one part, `--json` prints for machines. Exit code 1 when a budget is missed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { BenchError } from "./benchError.ts";
import { measureDeliverer } from "./deliveries/deliverer.ts";
import { measureSigning } from "./deliveries/signing.ts";
import { measureEmbedded } from "./embedded/embedded.ts";
import { measureEvaluation } from "./evaluation.ts";
import { budgetText, type Findings, isKept, tableText } from "./figures.ts";
import { measureCold } from "./functions/cold.ts";
import { measureWarm } from "./functions/warm.ts";
import { measureSizes } from "./sizes.ts";

/** In the order they run. Each is given a folder of its own. */
const parts: Readonly<Record<string, (directory: string) => Promise<Findings>>> = {
    sizes: measureSizes,
    cold: measureCold,
    warm: measureWarm,
    evaluation: measureEvaluation,
    signing: measureSigning,
    deliverer: measureDeliverer,
    embedded: measureEmbedded,
};

async function run(only: string | undefined, json: boolean): Promise<boolean> {
    const chosen = Object.entries(parts).filter(([name]) => only === undefined || name === only);
    if (chosen.length === 0)
        throw new BenchError(`there is no part ${only}; there are: ${Object.keys(parts).join(", ")}`);
    const machine = {
        date: new Date().toISOString(),
        node: process.version,
        cpu: cpus()[0]?.model ?? "unknown",
        cores: cpus().length,
        loadBefore: loadavg()[0] ?? 0,
    };
    const print = (text: string) => (json ? console.error(text) : console.log(text));
    print(`${machine.date}  Node.js ${machine.node}  ${machine.cores} × ${machine.cpu}  load ${machine.loadBefore}\n`);

    const findings: Record<string, Findings> = {};
    for (const [name, measure] of chosen) {
        const found = await inFolder(measure);
        findings[name] = found;
        for (const table of found.tables) print(`${tableText(table)}\n`);
    }
    const budgets = Object.values(findings).flatMap((found) => found.budgets);
    print(["Budgets", ...budgets.map(budgetText)].join("\n"));
    if (json) console.log(JSON.stringify({ ...machine, findings }, undefined, 2));
    return budgets.every(isKept);
}

async function inFolder(measure: (directory: string) => Promise<Findings>): Promise<Findings> {
    const directory = mkdtempSync(join(tmpdir(), "bench-"));
    const remove = () => rmSync(directory, { recursive: true, force: true });
    process.once("exit", remove);
    try {
        return await measure(directory);
    } finally {
        process.off("exit", remove);
        remove();
    }
}

// An end by signal runs what is registered for the exit: folders are removed, the embedded cloud is ended.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "boolean", default: false } } });
try {
    if (!(await run(values.only, values.json))) process.exitCode = 1;
} catch (error) {
    console.error(error instanceof BenchError ? error.message : error);
    process.exitCode = 1;
}
