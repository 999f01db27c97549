import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { EvaluatedProgram, Evaluation } from "./evaluate.ts";
import { evaluateProgram } from "./program.ts";
import { ancestorsOf, filesOf, nearest } from "./project.ts";

/** More than one checkout, stack or branch may be in use. */
const mostKept = 8;

/** A program as a cloud starts it. */
export interface StartedProgram extends EvaluatedProgram {
    /** Whether an earlier start has seen all that answer requests initialise. @default false */
    readonly isProven?: boolean;
    /** Remembers that they do. @default nothing is remembered */
    prove?(): Promise<void>;
}

type Places = Pick<Evaluation, "awsUrl" | "apiUrl" | "codeDirectory" | "projectDirectory">;

/** Placeholders for one cloud's URLs and folders in the kept program. */
const nowhere: Places = {
    awsUrl: "http://aws.invalid",
    apiUrl: "http://api.invalid",
    codeDirectory: "/code.invalid",
    projectDirectory: "/project.invalid",
};

/**
 * What a project's program evaluates to: as it was kept when nothing has changed that it depends on, else evaluated anew.
 * A program that is made of files elsewhere, or has no installed packages beside which it could be kept, is evaluated
 * every time.
 * @throws ProgramError
 */
export async function programFor(evaluation: Evaluation): Promise<StartedProgram> {
    const { projectDirectory, awsUrl, apiUrl, codeDirectory } = evaluation;
    const places: Places = { awsUrl, apiUrl, codeDirectory, projectDirectory };
    const installed = nearest(projectDirectory, "node_modules");
    if (installed === undefined) return await evaluateProgram(evaluation);
    const folder = join(installed, "node_modules/.cache/embedded-aws");
    const files = new Set(dependedOn(evaluation));
    const kept = join(folder, nameOf(evaluation, files));
    const proof = join(kept, "proven");
    // Where the program is not kept there is no folder for it.
    const prove = () => writeFile(proof, "").catch(() => undefined);
    // Absent, or forgotten by another process while we read.
    const program = await taken(kept, places).catch(async () => {
        await mkdir(folder, { recursive: true });
        const draft = await mkdtemp(`${kept}-`);
        try {
            const drafted: Places = { ...nowhere, projectDirectory, codeDirectory: join(draft, "functions") };
            const program = await evaluateProgram({ ...evaluation, ...drafted });
            await mkdir(drafted.codeDirectory, { recursive: true });
            await writeFile(join(draft, "program.json"), moved(JSON.stringify(program), drafted, nowhere));
            const evaluated = await taken(draft, places);
            // Another process may have kept the same meanwhile.
            if (program.sources.every((file) => files.has(file))) await rename(draft, kept).catch(() => undefined);
            await forgetOldest(folder);
            return evaluated;
        } finally {
            await rm(draft, { recursive: true, force: true });
        }
    });
    return { ...program, isProven: existsSync(proof), prove };
}

/** What is kept, in the places of one cloud. */
async function taken(kept: string, places: Places): Promise<EvaluatedProgram> {
    const text = await readFile(join(kept, "program.json"), "utf8");
    await cp(join(kept, "functions"), places.codeDirectory, { recursive: true });
    await utimes(kept, new Date(), new Date());
    // Written above, and nowhere else.
    return JSON.parse(moved(text, nowhere, places)) as EvaluatedProgram;
}

/** JSON in which some places are others. */
function moved(json: string, from: Places, to: Places): string {
    const inside = (text: string) => JSON.stringify(text).slice(1, -1);
    return (
        json
            .replaceAll(inside(from.awsUrl), inside(to.awsUrl))
            .replaceAll(inside(from.apiUrl), inside(to.apiUrl))
            .replaceAll(inside(from.codeDirectory), inside(to.codeDirectory))
            // Which may have the folder of the code below it.
            .replaceAll(inside(from.projectDirectory), inside(to.projectDirectory))
    );
}

/** Lock files, and what npm writes at the end of every install. */
const installs = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "node_modules/.package-lock.json"];

/** The files that an evaluation depends on: the project with its settings, its fixtures, installed packages, and this cloud. */
function dependedOn({ projectDirectory, fixturesDirectory, codeDirectory }: Evaluation): string[] {
    const locks = ancestorsOf(projectDirectory).flatMap((folder) => installs.map((name) => join(folder, name)));
    return [
        ...filesOf(projectDirectory, dirname(codeDirectory)),
        ...(fixturesDirectory === undefined ? [] : filesOf(fixturesDirectory)),
        ...filesOf(import.meta.dirname),
        ...locks.filter((file) => existsSync(file)),
    ];
}

/** A name that changes with anything that the evaluation depends on. */
function nameOf({ projectDirectory, stack, account }: Evaluation, files: ReadonlySet<string>): string {
    const hash = createHash("sha256").update(JSON.stringify([stack, account, process.version]));
    for (const file of [...files].sort()) {
        hash.update(`${relative(projectDirectory, file)}\n`).update(readFileSync(file));
    }
    return `${stack}-${hash.digest("hex").slice(0, 16)}`;
}

async function forgetOldest(folder: string): Promise<void> {
    const entries = (await readdir(folder)).map((name) => join(folder, name)).filter((entry) => existsSync(entry));
    const newestFirst = entries.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
    await Promise.all(newestFirst.slice(mostKept).map((entry) => rm(entry, { recursive: true, force: true })));
}
