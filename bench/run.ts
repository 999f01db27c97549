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
    contention: async () => (await import("./contention.ts")).measureContention(),
    growth: async (directory) => (await import("./growth.ts")).measureGrowth(directory),
    watch: async (directory) => (await import("./embedded/watch.ts")).measureWatch(directory),
    console: async (directory) => (await import("./console.ts")).measureConsole(directory),
    consoleStart: async (directory) => (await import("./embedded/consoleStart.ts")).measureConsoleStart(directory),
    embedded: async (directory) => (await import("./embedded/embedded.ts")).measureEmbedded(directory),
};

const usage = `npm run bench                              measures everything, and holds it against its budgets
  --only <part>       one part: ${Object.keys(parts).join(", ")}
  --against outpost --address <base URL of its API> --key <API key>
                      webhooks of this program and of a peer that is running (bench/README.md), in turn`;

interface Choice {
    readonly only: string | undefined;
    readonly against: string | undefined;
    readonly address: string | undefined;
    readonly key: string | undefined;
}

type Part = readonly [name: string, measure: (directory: string) => Promise<Findings>];

/** Throws UsageError. */
async function chosenParts({ only, against, address, key }: Choice): Promise<readonly Part[]> {
    if (against === undefined) {
        const chosen = Object.entries(parts).filter(([name]) => only === undefined || name === only);
        if (chosen.length > 0) return chosen;
        throw new UsageError(`there is no part ${only}: there are ${Object.keys(parts).join(", ")}`);
    }
    const { measureAgainst, peers } = await import("./against.ts");
    const isPeer = (name: string): name is keyof typeof peers => Object.hasOwn(peers, name);
    if (!isPeer(against))
        throw new UsageError(`there is no peer ${against}: there are ${Object.keys(peers).join(", ")}`);
    if (address === undefined || key === undefined) throw new UsageError("--against needs --address and --key");
    if (!URL.canParse(address)) throw new UsageError(`--address ${address} is not a URL`);
    return [["against", (directory) => measureAgainst(against, { address, key }, directory)]];
}

async function run(choice: Choice, json: boolean): Promise<boolean> {
    const chosen = await chosenParts(choice);
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
    if (budgets.length > 0) print(["Budgets", ...budgets.map(budgetText)].join("\n"));
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
    options: {
        only: { type: "string" },
        against: { type: "string" },
        address: { type: "string" },
        key: { type: "string" },
    },
    words: 0,
    run: async ({ only, against, address, key, json }) => {
        try {
            return (await run({ only, against, address, key }, json)) ? exitCodes.good : exitCodes.found;
        } catch (error) {
            if (error instanceof BenchError) throw new UnreachableError(error.message, { cause: error });
            throw error;
        }
    },
});
