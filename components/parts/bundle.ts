import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, posix, relative, sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import * as esbuild from "esbuild";
import { awsSdkTrim } from "./awsSdkTrim.ts";
import { type CodeFile, folderOf } from "./codeFolder.ts";
import { pdfkitTrim } from "./pdfkitTrim.ts";
import { stripeTrim } from "./stripeTrim.ts";

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

/** @param entry the callback's file below `runtime/` without its ending: `orderIntake/receive`. */
export function bundle(entry: string): Bundle {
    const file = entry.split("/").at(-1) ?? entry;
    return { handler: `${file}.handler`, code: archiveOf(entry) };
}

/** A folder, of which the state of a stack has the path and a hash: as text all code would be in every checkpoint, twice. */
async function archiveOf(entry: string): Promise<pulumi.asset.Archive> {
    if (!isCallback(join(callbacks, `${entry}.ts`))) {
        throw new BundleError(`there is no callback runtime/${entry}.ts; there are: ${entries().join(", ")}`);
    }
    const folder = join(root, await folderOf(entry, await filesOf(entry), root));
    // From where the engine and its providers run the path is the same, in every checkout.
    return new pulumi.asset.FileArchive(relative(process.cwd(), folder).replaceAll(sep, "/"));
}

/** What has been built or is about to be, for all stacks: it depends on the files alone, never on a stack's values. */
const built = new Map<string, Promise<readonly CodeFile[]>>();
/** What is asked for in this turn of the event loop, in which a program makes all of its callbacks. */
let asked: { readonly entries: string[]; readonly build: ReturnType<typeof buildAll> } | undefined;

/** The files of a callback. Those that are asked for at once, and no others, are built by one call. */
function filesOf(entry: string): Promise<readonly CodeFile[]> {
    const known = built.get(entry);
    if (known !== undefined) return known;
    asked ??= nextBuild();
    asked.entries.push(entry);
    const files = asked.build.then((all) => all.get(entry) ?? []);
    built.set(entry, files);
    return files;
}

function nextBuild() {
    const entries: string[] = [];
    const build = nextTurn().then(() => {
        asked = undefined;
        return buildAll(entries);
    });
    return { entries, build };
}

/** All callbacks, each built once in a process. */
export async function builtOnce(): Promise<ReadonlyMap<string, readonly CodeFile[]>> {
    const files = entries().map(async (entry) => [entry, await filesOf(entry)] as const);
    return new Map(await Promise.all(files));
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

/** A lazy file shares no module with the callback: what it takes and gives is plain data. */
const loadedLater: esbuild.Plugin = {
    name: "loaded-later",
    setup({ onResolve }) {
        onResolve({ filter: /\.lazy\.ts$/ }, ({ kind, path }) =>
            kind === "dynamic-import" ? { path: `./${basename(path, ".ts")}.mjs`, external: true } : undefined,
        );
    },
};

/** Builds callbacks in one esbuild call; throws BundleError with file and line of what does not compile. @default all */
export async function buildAll(
    wanted: readonly string[] = entries(),
): Promise<ReadonlyMap<string, readonly CodeFile[]>> {
    const { outputFiles, metafile } = await esbuild
        .build({
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
            plugins: [loadedLater, awsSdkTrim, pdfkitTrim, stripeTrim],
        })
        .catch((error: unknown) => {
            throw new BundleError(`a callback does not compile:\n${messagesOf(error)}`, { cause: error });
        });
    const built = new Map<string, CodeFile[]>();
    for (const { path, text } of outputFiles) {
        const inside = relative(callbacks, path).replaceAll(sep, "/");
        const entry = inside.replace(/\.mjs(\.map)?$/, "");
        const name = basename(inside);
        built.set(entry, [...(built.get(entry) ?? []), { name, text }]);
    }
    return new Map(
        wanted.map((entry) => {
            const { imports = [] } = metafile.outputs[`runtime/${entry}.mjs`] ?? {};
            const later = imports.flatMap(({ path, kind, external }) =>
                external && kind === "dynamic-import" && path.endsWith(".lazy.mjs")
                    ? (built.get(posix.join(posix.dirname(entry), path.replace(/\.mjs$/, ""))) ?? [])
                    : [],
            );
            return [entry, [...(built.get(entry) ?? []), ...later]];
        }),
    );
}

function messagesOf(error: unknown): string {
    const { errors } = error as Partial<esbuild.BuildFailure>;
    if (errors === undefined) return String(error);
    const messages = errors.map(({ text, location }) =>
        location ? `  ${location.file}:${location.line}:${location.column + 1} ${text}` : `  ${text}`,
    );
    // A fault in what several callbacks share is found once for each of them.
    return [...new Set(messages)].join("\n");
}
