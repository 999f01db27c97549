import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, posix, relative, sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type * as esbuild from "esbuild";
import { awsSdkTrim } from "./awsSdkTrim.ts";
import { type BuiltCode, type CodeFile, codeFolders, codeNameIn, namesMadeOf } from "./codeFolder.ts";
import type { Sdk } from "./context.ts";
import { fontFiles } from "./fontFiles.ts";
import { leanAws } from "./leanAws.ts";
import { pdfkitTrim } from "./pdfkitTrim.ts";
import { stripeTrim } from "./stripeTrim.ts";
import { type Templates, templatesIn } from "./templates.ts";

const root = join(import.meta.dirname, "../..");
const callbacks = join(root, "runtime");

/** A callback's code does not compile, or there is no such callback. */
export class BundleError extends pulumi.RunError {
    override readonly name = "BundleError";
}

/** The code of one callback, ready for Lambda. The handler is `<file>.handler`. */
interface Bundle {
    readonly handler: string;
    readonly code: Promise<pulumi.asset.Archive>;
}

/**
 * @param entry the callback's file below `runtime/` without its ending: `orderIntake/receive`.
 * @param sdk the clients of AWS in it
 * @param templates a folder of the project whose templates replace those that come with the callback
 */
export function bundle(entry: string, sdk: Sdk = "full", templates?: string): Bundle {
    const file = entry.split("/").at(-1) ?? entry;
    return { handler: `${file}.handler`, code: archiveOf(entry, codeName(entry, sdk, templates)) };
}

/** Code to build: `orderIntake/receive`; with the lean clients `orderIntake/receive.lean`, with templates `…+own+mails`. */
export const codeName = (entry: string, sdk: Sdk, templates?: string): string =>
    [sdk === "lean" ? `${entry}${lean}` : entry, ...(templates?.split("/") ?? [])].join("+");
const lean = ".lean";
const isLean = (name: string): boolean => name.split("+", 1)[0]?.endsWith(lean) ?? false;
const entryOf = (name: string): string => (name.split("+", 1)[0] ?? name).replace(/\.lean$/, "");

/** A folder, of which the state of a stack has the path and a hash: as text all code would be in every checkpoint, twice. */
async function archiveOf(entry: string, name: string): Promise<pulumi.asset.Archive> {
    checkCallback(entry);
    const folder = join(root, await folderFor(name));
    // From where the engine and its providers run the path is the same, in every checkout.
    return new pulumi.asset.FileArchive(relative(process.cwd(), folder).replaceAll(sep, "/"));
}

/** Folders that have been asked for, for all stacks: code depends on the files alone, never on a stack's values. */
const folders = new Map<string, Promise<string>>();
/** Code asked for in this turn of the event loop, in which a program creates all of its callbacks. */
let asked: { readonly names: string[]; readonly folders: Promise<ReadonlyMap<string, string>> } | undefined;

/** The folder with a callback's code, below the project. Of the callbacks asked for at once, those that have changed are built together. */
export function folderFor(name: string): Promise<string> {
    const known = folders.get(name);
    if (known !== undefined) return known;
    asked ??= nextFolders();
    asked.names.push(name);
    const folder = asked.folders.then((all) => {
        const own = all.get(name);
        if (own === undefined) throw new BundleError(`no code was built for ${name}`);
        return own;
    });
    folders.set(name, folder);
    return folder;
}

function nextFolders() {
    const names: string[] = [];
    const folders = nextTurn().then(() => {
        asked = undefined;
        return codeFolders({ project: root, names, builder, build: buildAll });
    });
    return { names, folders };
}

/** All that a build depends on beside the sources of the callback: the packages, and how they are bundled. */
const builder = ["bundle", "awsSdkTrim", "fontFiles", "leanAws", "pdfkitTrim", "stripeTrim", "templates"].map((file) =>
    join(import.meta.dirname, `${file}.ts`),
);

/** Builds what a program with the settings' defaults will ask for, unless it is kept. */
export async function prepareAll(): Promise<void> {
    await Promise.all(usualCode().map(folderFor));
}

/** The code of all callbacks as the program asks for it; a test compares both. */
export function usualCode(): string[] {
    return entries().map((entry) => {
        const isLean = entry === busiest || awaited.test(readFileSync(join(callbacks, `${entry}.ts`), "utf8"));
        return codeName(entry, isLean ? "lean" : "full");
    });
}

/** Most of the calls to AWS are its. */
const busiest = "webhookFanout/deliver";

/** What a callback answers that API Gateway invokes. */
const awaited = /\bHttpAnswer\b|\bAPIGateway\w*Authorizer/;

/**
 * Builds the callbacks anew that are made of files that have changed, for a program that runs and need not be evaluated
 * again: it reads none of what is below `runtime/`.
 * @param folders where the code of its callbacks is
 * @returns where the code is now of each folder that has changed; undefined for files elsewhere
 */
export async function rebuild(
    files: readonly string[],
    folders: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
    if (!files.every((file) => file.startsWith(join(callbacks, sep)))) return undefined;
    const built = new Map(folders.map((folder) => [codeNameIn(relative(root, folder)), folder]));
    const names = await namesMadeOf(files, { project: root, names: [...built.keys()] });
    for (const name of names) checkCallback(entryOf(name));
    const now = await codeFolders({ project: root, names, builder, build: buildAll });
    const moved = [...now].map(([name, path]) => [built.get(name) ?? "", join(root, path)] as const);
    return new Map(moved.filter(([before, after]) => before !== after));
}

function checkCallback(entry: string): void {
    if (isCallback(join(callbacks, `${entry}.ts`))) return;
    throw new BundleError(`there is no callback runtime/${entry}.ts; there are: ${entries().join(", ")}`);
}

/** Every callback below `runtime/`: the files that export a handler. */
export function entries(): string[] {
    return readdirSync(callbacks, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile() && file.name.endsWith(".ts"))
        .map((file) => join(file.parentPath, file.name))
        .filter(isCallback)
        .map((file) => relative(callbacks, file).replace(/\.ts$/, "").replaceAll(sep, "/"))
        .sort();
}

const isCallback = (file: string): boolean =>
    existsSync(file) && /^export (\w+ )+handler\b/m.test(readFileSync(file, "utf8"));

/** Below `runtime/`: what these callbacks load when they need it, in files of their own beside them (`x.lazy.ts`). */
function lazyFiles(beside: readonly string[]): string[] {
    const folders = new Set(beside.map((entry) => posix.dirname(entry)));
    return readdirSync(callbacks, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".lazy.ts"))
        .map((file) => file.replace(/\.ts$/, "").replaceAll(sep, "/"))
        .filter((file) => folders.has(posix.dirname(file)))
        .sort();
}

/** What lazy files read that stands beside them. */
const readBy: Readonly<Record<string, () => readonly CodeFile[]>> = { "orderIntake/scripts.lazy": fontFiles };

/** The folders with the templates of callbacks that have some. */
const templateFolders: Readonly<Record<string, string>> = { "orderIntake/customerMail": "runtime/orderIntake/mails" };

/** The templates of a callback, if it has some. */
function templatesOf(name: string): Templates {
    const [, ...own] = name.split("+");
    const usual = templateFolders[entryOf(name)];
    return templatesIn([...(usual === undefined ? [] : [usual]), ...(own.length > 0 ? [own.join("/")] : [])], root);
}

/** A lazy file shares no module with the callback: what it takes and gives is plain data. */
const loadedLater: esbuild.Plugin = {
    name: "loaded-later",
    setup({ onResolve }) {
        onResolve({ filter: /\.lazy\.ts$/ }, ({ kind, path }) =>
            kind === "dynamic-import" ? { path: `./${basename(path, ".ts")}.mjs`, external: true } : undefined,
        );
    },
};

/**
 * Builds code by its names, in one esbuild call for each kind of clients; throws BundleError with file and line of what
 * does not compile.
 * @default what a program with the settings' defaults asks for
 */
export async function buildAll(names: readonly string[] = usualCode()): Promise<ReadonlyMap<string, BuiltCode>> {
    const [withLean, withFull] = [names.filter(isLean), names.filter((name) => !isLean(name))];
    const built = await Promise.all([buildWith(withLean, "lean"), buildWith(withFull, "full")]);
    return new Map(built.flat());
}

async function buildWith(names: readonly string[], sdk: Sdk): Promise<[name: string, BuiltCode][]> {
    if (names.length === 0) return [];
    const wanted = [...new Set(names.map(entryOf))];
    // Most evaluations build nothing.
    const { build } = await import("esbuild");
    const { outputFiles, metafile, warnings } = await build({
        metafile: true,
        entryPoints: [...wanted, ...lazyFiles(wanted)].map((entry) => ({
            in: join(callbacks, `${entry}.ts`),
            out: entry,
        })),
        // Paths in the output are relative to this folder, so that every checkout builds the same bytes.
        absWorkingDir: root,
        outdir: "runtime",
        outExtension: { ".js": ".mjs" },
        write: false,
        bundle: true,
        platform: "node",
        target: "node24",
        format: "esm",
        mainFields: ["module", "main"],
        minify: true,
        sourcemap: "linked",
        sourcesContent: false,
        legalComments: "none",
        logLevel: "silent",
        plugins: [loadedLater, ...(sdk === "lean" ? [leanAws] : []), awsSdkTrim, pdfkitTrim, stripeTrim],
    }).catch((error: unknown) => {
        const { errors } = error as Partial<esbuild.BuildFailure>;
        throw new BundleError(`a callback does not compile:\n${listOf(errors) ?? error}`, { cause: error });
    });
    // Such as a name that a module does not have, taken from all of it (`import * as`): undefined when it is used.
    if (warnings.length > 0) throw new BundleError(`a callback does not compile:\n${listOf(warnings)}`);
    const built = new Map<string, CodeFile[]>();
    for (const { path, text } of outputFiles) {
        const inside = relative(callbacks, path).replaceAll(sep, "/");
        const entry = inside.replace(/\.mjs(\.map)?$/, "");
        const name = basename(inside);
        built.set(entry, [...(built.get(entry) ?? []), { name, text }]);
    }
    return names.map((name) => {
        const entry = entryOf(name);
        const templates = templatesOf(name);
        const { imports = [] } = metafile.outputs[`runtime/${entry}.mjs`] ?? {};
        const later = imports.flatMap(({ path, kind, external }) =>
            external && kind === "dynamic-import" && path.endsWith(".lazy.mjs")
                ? posix.join(posix.dirname(entry), path.replace(/\.mjs$/, ""))
                : [],
        );
        const files = [
            ...(built.get(entry) ?? []),
            ...templates.files,
            ...later.flatMap((lazy) => [...(built.get(lazy) ?? []), ...(readBy[lazy]?.() ?? [])]),
        ];
        return [name, { files, inputs: [...sourcesOf([entry, ...later], metafile), ...templates.inputs] }];
    });
}

/** The project's files that bundles are made of; packages are those of the lock file. */
function sourcesOf(bundled: readonly string[], { inputs }: esbuild.Metafile): readonly string[] {
    const found = new Set<string>();
    const open = bundled.map((entry) => `runtime/${entry}.ts`);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const input = inputs[next];
        if (input === undefined || found.has(next) || next.includes("node_modules/")) continue;
        found.add(next);
        open.push(...input.imports.map(({ path }) => path));
    }
    return [...found].sort();
}

function listOf(messages: readonly esbuild.Message[] | undefined): string | undefined {
    const lines = messages?.map(({ text, location }) => {
        const hint = text.includes("lean-aws") ? ' (with sdk: "full" the callback gets the AWS SDK)' : "";
        return location
            ? `  ${location.file}:${location.line}:${location.column + 1} ${text}${hint}`
            : `  ${text}${hint}`;
    });
    // A fault in what several callbacks share is found once for each of them.
    return lines && [...new Set(lines)].join("\n");
}
