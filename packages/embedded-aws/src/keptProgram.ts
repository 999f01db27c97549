import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Evaluation } from "./evaluate.ts";
import { type EvaluatedProgram, evaluateProgram } from "./program.ts";

const root = join(import.meta.dirname, "../../..");
const folder = join(root, "node_modules/.cache/embedded-cloud");
/** More than one checkout, stack or branch may be in use. */
const mostKept = 8;

type Places = Pick<Evaluation, "awsUrl" | "apiUrl" | "codeDirectory">;

/** What stands for the places of one cloud in what is kept for all. */
const nowhere: Places = { awsUrl: "http://aws.invalid", apiUrl: "http://api.invalid", codeDirectory: "/code.invalid" };

/**
 * What `index.ts` evaluates to: as it was kept when nothing has changed that it depends on, else evaluated anew.
 * @throws ProgramFailure
 */
export async function programFor({ stack, account, ...places }: Evaluation): Promise<EvaluatedProgram> {
    const kept = join(folder, nameOf(stack, account));
    // Absent, or forgotten by another process while we read.
    return await taken(kept, places).catch(async () => {
        await mkdir(folder, { recursive: true });
        const draft = await mkdtemp(`${kept}-`);
        try {
            const codeDirectory = join(draft, "functions");
            const program = await evaluateProgram({ stack, account, ...nowhere, codeDirectory });
            const text = moved(JSON.stringify(program), { ...nowhere, codeDirectory }, nowhere);
            await writeFile(join(draft, "program.json"), text);
            const evaluated = await taken(draft, places);
            // Another process may have kept the same meanwhile.
            await rename(draft, kept).catch(() => undefined);
            await forgetOldest();
            return evaluated;
        } finally {
            await rm(draft, { recursive: true, force: true });
        }
    });
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
    return json
        .replaceAll(inside(from.awsUrl), inside(to.awsUrl))
        .replaceAll(inside(from.apiUrl), inside(to.apiUrl))
        .replaceAll(inside(from.codeDirectory), inside(to.codeDirectory));
}

/** A name that changes with anything that the evaluation depends on: the program, its settings, packages and Node.js. */
function nameOf(stack: string, account: string): string {
    const hash = createHash("sha256").update(JSON.stringify([stack, account, process.version]));
    const files = globSync(
        [
            "index.ts",
            "Pulumi*.yaml",
            "node_modules/.package-lock.json",
            "{components,runtime,spec,packages/embedded-aws/src,tools/embedded}/**/*.{ts,json,yaml}",
        ],
        { cwd: root },
    );
    for (const file of files.sort()) hash.update(`${file}\n`).update(readFileSync(join(root, file)));
    return `${stack}-${hash.digest("hex").slice(0, 16)}`;
}

async function forgetOldest(): Promise<void> {
    const entries = (await readdir(folder)).map((name) => join(folder, name)).filter((entry) => existsSync(entry));
    const newestFirst = entries.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
    await Promise.all(newestFirst.slice(mostKept).map((entry) => rm(entry, { recursive: true, force: true })));
}
