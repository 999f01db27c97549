import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/*
 * How the modules of a program are loaded. Must be imported before Pulumi, in the folder where the program runs.
 */

/**
 * Pulumi loads a compiler and a package manager at once, in case a program turns closures into functions, which this cloud
 * does not run: without them an evaluation starts in half the time.
 */
const unneeded: ReadonlySet<string> = new Set(["typescript", "@npmcli/arborist"]);
// There is no such file: what it says is below.
const refusal = new URL("closures.cjs", import.meta.url).href;
const refusing = `module.exports = new Proxy({}, {
    get(_, name) {
        if (typeof name === "symbol" || name === "__esModule") return undefined;
        throw new Error("the program makes a function of a closure (aws.lambda.CallbackFunction, onEvent and the like), which the embedded cloud does not run: give an aws.lambda.Function its code as an archive");
    },
});`;

const own = new URL(".", import.meta.url).href;
const program = pathToFileURL(join(process.cwd(), "/")).href;
/** Compilers add these; Node does not. */
const endings = [".ts", ".js", "/index.ts", "/index.js"];

/** Of a file, or of a part of a package: `./queue`, `@pulumi/aws/sqs` */
const isPath = /^(\.\.?(\/|$)|(@[^/]+\/)?[^@./][^/:]*\/)/;

/** What a compiler makes CommonJS of may use its names; on the text's first line, so that the lines stay. */
const commonJsNames = { __dirname: "import.meta.dirname", __filename: "import.meta.filename" };

function commonJsNamesOf(source: string): string {
    return Object.entries(commonJsNames)
        .filter(([name]) => source.includes(name) && !new RegExp(`\\b(const|let|var)\\s+${name}\\b`).test(source))
        .map(([name, value]) => `const ${name} = ${value};`)
        .join("");
}

const loaded = new Set<string>();

/** The files of all modules that were loaded and are in no installed package, as URLs. */
export const loadedSources = (): readonly string[] => [...loaded];

registerHooks({
    resolve: (specifier, context, next) => {
        const { parentURL = "" } = context;
        if (unneeded.has(specifier) && parentURL.includes("/@pulumi/pulumi/")) {
            return { url: refusal, format: "commonjs", shortCircuit: true };
        }
        // Resources register with the copy of Pulumi that the program has.
        if (specifier === "@pulumi/pulumi" && parentURL.startsWith(own)) {
            return next(specifier, { ...context, parentURL: program });
        }
        try {
            return next(specifier, context);
        } catch (error) {
            if (!isPath.test(specifier) || parentURL.includes("/node_modules/")) throw error;
            for (const ending of endings) {
                try {
                    return next(specifier + ending, context);
                } catch {
                    // The next one may be there.
                }
            }
            throw error;
        }
    },
    load: (url, context, next) => {
        if (url === refusal) return { format: "commonjs", source: refusing, shortCircuit: true };
        const loadedModule = next(url, context);
        if (!url.startsWith("file:") || url.includes("/node_modules/")) return loadedModule;
        loaded.add(url);
        const { format, source } = loadedModule;
        if (format !== "module-typescript" || !source) return loadedModule;
        const text = typeof source === "string" ? source : new TextDecoder().decode(source);
        return { ...loadedModule, source: commonJsNamesOf(text) + text };
    },
});
