import { readdirSync, statSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Graph } from "../graph/graph.ts";
import { type Actions, type Handlers, Inspector, type Views } from "./views.ts";

/** What a program adds to the console: module `console.ts` among its fixtures exports `consoleOf`, which makes it. */
export interface ConsoleExtension {
    /** Path of the module of the browser that exports `extension`. */
    readonly pages: string;
    /** Below `/_local/program`. */
    readonly views: Views;
    readonly actions: Actions;
    /** What others than the console's pages call. */
    readonly handlers: Handlers;
}

export interface ConsoleServices {
    readonly url: string;
    readonly awsUrl: string;
    readonly stack: string;
    graph(): Graph;
}

const folder = join(import.meta.dirname, "../../console");
export const consolePath = "/_local/console";

const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Console</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="${consolePath}/assets/icon.svg"><link rel="stylesheet" href="${consolePath}/assets/app.css">
</head><body><div id="app"></div><script type="module" src="${consolePath}/assets/app.js"></script></body></html>
`;
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M3 8h4m2 0h4M9 8l2-4m-2 4 2 4" stroke="#5b6ee1" stroke-width="1.6" fill="none" stroke-linecap="round"/><circle cx="3" cy="8" r="2" fill="#5b6ee1"/><circle cx="12" cy="4" r="2" fill="#5b6ee1"/><circle cx="12" cy="12" r="2" fill="#5b6ee1"/></svg>`;

const types: Readonly<Record<string, string>> = {
    js: "text/javascript; charset=utf-8",
    css: "text/css; charset=utf-8",
    svg: "image/svg+xml",
};

/**
 * The console: its pages, built when the first of them is asked for, and what the program adds. Nothing of it is loaded
 * before.
 */
export class ConsolePages {
    readonly #load: () => Promise<ConsoleExtension | undefined>;
    #extension: Promise<ConsoleExtension | undefined> | undefined;
    #built: { readonly at: number; readonly files: Promise<ReadonlyMap<string, Uint8Array | string>> } | undefined;

    /** @param load what the program adds, asked for once, when the first page is */
    constructor(load: () => Promise<ConsoleExtension | undefined>) {
        this.#load = load;
    }

    get handlers(): Handlers {
        return {
            console: async ({ url = "/" }, response) => {
                const [, asset] = /^\/_local\/console\/assets\/([\w.-]+)$/.exec(url.split("?", 1)[0] ?? "") ?? [];
                if (asset === undefined) respond(response, 200, "text/html; charset=utf-8", html);
                else {
                    const file = (await this.#files()).get(asset);
                    const type = types[asset.replace(/^.*\./, "")] ?? "application/octet-stream";
                    if (file === undefined) respond(response, 404, "text/plain", "no such file\n");
                    else respond(response, 200, type, file);
                }
            },
            program: async (message, response) => {
                const { views = {}, actions = {}, handlers = {} } = (await this.#extended()) ?? {};
                await new Inspector(views, actions, handlers, "/_local/program").handle(message, response);
            },
        };
    }

    #extended(): Promise<ConsoleExtension | undefined> {
        this.#extension ??= this.#load();
        return this.#extension;
    }

    /** Built anew where a file is newer than what was built: so the console itself is worked on. */
    async #files(): Promise<ReadonlyMap<string, Uint8Array | string>> {
        const pages = (await this.#extended())?.pages;
        const at = Math.max(...[folder, ...(pages === undefined ? [] : [dirname(pages)])].map(newestIn));
        if (this.#built?.at !== at) this.#built = { at, files: build(pages) };
        return await this.#built.files;
    }
}

/** @param module of the fixtures, which exports `consoleOf` */
export async function loadExtension(
    services: ConsoleServices,
    module: string | undefined,
): Promise<ConsoleExtension | undefined> {
    if (module === undefined) return undefined;
    const { consoleOf }: { consoleOf?: unknown } = await import(pathToFileURL(module).href);
    if (typeof consoleOf !== "function") throw new Error(`${module} exports no function consoleOf`);
    // What it returns is its author's word: `ConsoleExtension` is exported for it.
    return consoleOf(services);
}

/** The browser's files by name. @param pages the module with the program's pages */
export async function build(pages: string | undefined): Promise<ReadonlyMap<string, Uint8Array | string>> {
    const { build: bundle } = await import("esbuild");
    const own = `import { start } from ${JSON.stringify(join(folder, "app.tsx"))};`;
    const more =
        pages === undefined ? "start();" : `import { extension } from ${JSON.stringify(pages)}; start(extension);`;
    const { outputFiles } = await bundle({
        stdin: { contents: `${own}\n${more}`, resolveDir: folder, loader: "ts" },
        entryNames: "app",
        chunkNames: "[name]-[hash]",
        assetNames: "[name]",
        outdir: folder,
        bundle: true,
        minify: true,
        splitting: true,
        format: "esm",
        target: "es2022",
        jsx: "automatic",
        jsxImportSource: "preact",
        legalComments: "none",
        write: false,
        logLevel: "silent",
    });
    const files = outputFiles.map(({ path, contents }): [string, Uint8Array | string] => [
        path.replace(/^.*[\\/]/, "").replace(/^stdin/, "app"),
        contents,
    ]);
    return new Map([...files, ["icon.svg", icon]]);
}

const newestIn = (directory: string): number =>
    Math.max(
        ...readdirSync(directory, { recursive: true, encoding: "utf8" })
            .filter((file) => /\.(tsx?|css)$/.test(file))
            .map((file) => statSync(join(directory, file)).mtimeMs),
    );

function respond(response: ServerResponse, status: number, type: string, body: Uint8Array | string): void {
    response.writeHead(status, { "content-type": type }).end(body);
}
