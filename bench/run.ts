/** `npm run bench`: measures everything side by side in one run and holds the figures against their budgets. */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { exitCodes, runCommand, UnreachableError, UsageError } from "../tools/operator/command.ts";
import { BenchError } from "./benchError.ts";
import { budgetText, type Findings, isKept, tableText } from "./figures.ts";

/** In the order they run, each loaded when it does. Each is given a folder of its own. */
const parts: Readonly<Record<string, (directory: string) => Promise<Findings>>> = {
    sizes: async (directory) => (await import("./sizes.ts")).measureSizes(directory),
    cold: async (directory) => (await import("./functions/cold.ts")).measureCold(directory),
    warm: async (directory) => (await import("./functions/warm.ts")).measureWarm(directory),
    evaluation: async (directory) => (await import("./evaluation.ts")).measureEvaluation(directory),
    signing: async () => (await import("./deliveries/signing.ts")).measureSigning(),
    deliverer: async (directory) => (await import("./deliveries/deliverer.ts")).measureDeliverer(directory),
    growth: async (directory) => (await import("./growth.ts")).measureGrowth(directory),
    watch: async (directory) => (await import("./embedded/watch.ts")).measureWatch(directory),
    embedded: async (directory) => (await import("./embedded/embedded.ts")).measureEmbedded(directory),
};

const usage = `npm run bench                              measures everything, and holds it against its budgets
  --only <part>       one part: ${Object.keys(parts).join(", ")}`;

async function run(only: string | undefined, json: boolean): Promise<boolean> {
    const chosen = Object.entries(parts).filter(([name]) => only === undefined || name === only);
    if (chosen.length === 0)
        throw new UsageError(`there is no part ${only}: there are ${Object.keys(parts).join(", ")}`);
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

await runCommand({
    usage,
    options: { only: { type: "string" } },
    words: 0,
    run: async ({ only, json }) => {
        try {
            return (await run(only, json)) ? exitCodes.good : exitCodes.found;
        } catch (error) {
            if (error instanceof BenchError) throw new UnreachableError(error.message, { cause: error });
            throw error;
        }
    },
});
