import { rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BenchError } from "../benchError.ts";
import { type Findings, spreadOf } from "../figures.ts";
import { startCloud } from "./cloud.ts";
import { copyProject } from "./copy.ts";

const rounds = 15;

/** What the console has in a start: its pages, its stream, and the trace on disk. Each with a file in its place that does nothing. */
const without: Readonly<Record<string, string>> = {
    "inspect/console.ts": `export const consolePath = "/_local/console";
        export class ConsolePages { handlers = {}; }
        export async function loadExtension() {}`,
    "inspect/stream.ts": "export class EntryStream { close() {} }",
    "traceFile.ts": "export class TraceFile { next = 1; append() {} earlier() { return []; } close() {} }",
};

/** CPU of a start until it is ready, of a copy of this project and of one that has no console, in turn. */
export async function measureConsoleStart(directory: string): Promise<Findings> {
    const projects = { console: join(directory, "console"), none: join(directory, "none") };
    for (const project of Object.values(projects)) copyWithPackage(project);
    for (const [file, code] of Object.entries(without))
        writeFileSync(join(projects.none, "packages/embedded-aws/src", file), code);
    const cpuOf = async (kind: keyof typeof projects, round: number) => {
        const state = join(directory, `state-${kind}-${round}`);
        const cloud = await startCloud(state, { project: projects[kind], bin: "packages/embedded-aws/bin.js" });
        const { cpuSeconds } = cloud.usage();
        const { ok: hasConsole } = await fetch(`${cloud.url}/_local/console`);
        await cloud.stop();
        rmSync(state, { recursive: true, force: true });
        if (hasConsole !== (kind === "console")) throw new BenchError(`the start ${kind} is not what it is to be`);
        return cpuSeconds;
    };
    // The first start of each builds the functions, and compiles the modules.
    for (const kind of ["console", "none"] as const) await cpuOf(kind, -1);
    const seconds = { console: [] as number[], none: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
        const order = round % 2 === 0 ? (["console", "none"] as const) : (["none", "console"] as const);
        for (const kind of order) seconds[kind].push(await cpuOf(kind, round));
    }
    const ratio = spreadOf(seconds.console.map((own, round) => own / (seconds.none[round] ?? Number.NaN)));
    return {
        tables: [
            {
                title: `CPU seconds of a start, median [quartiles] of ${rounds} in turn`,
                rows: [
                    { start: "as it is", "CPU s": spreadOf(seconds.console) },
                    { start: "without the console, its stream and the trace on disk", "CPU s": spreadOf(seconds.none) },
                    { start: "ratio, pair by pair", "CPU s": ratio },
                ],
            },
        ],
        budgets: [{ what: "start, CPU, times one without the console", measured: ratio.median, atMost: 1.02 }],
    };
}

/** Also the package of the embedded cloud is a copy. */
function copyWithPackage(project: string): void {
    copyProject(project);
    const link = join(project, "node_modules/embedded-aws");
    // The link alone: what it leads to is the original's.
    unlinkSync(link);
    symlinkSync(join(project, "packages/embedded-aws"), link);
}
