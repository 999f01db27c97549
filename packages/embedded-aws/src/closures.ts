import { registerHooks } from "node:module";

/**
 * Pulumi loads a compiler and a package manager at once, in case a program turns closures into functions. This one never
 * does: without them its evaluation starts in half the time. Must be imported before Pulumi.
 */
const unneeded: ReadonlySet<string> = new Set(["typescript", "@npmcli/arborist"]);
// There is no such file: what it says is below.
const refusal = new URL("closures.cjs", import.meta.url).href;

registerHooks({
    resolve: (specifier, context, next) =>
        unneeded.has(specifier) ? { url: refusal, format: "commonjs", shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
        url === refusal ? { format: "commonjs", source: refusing, shortCircuit: true } : next(url, context),
});

const refusing = `module.exports = new Proxy({}, {
    get(_, name) {
        if (typeof name === "symbol" || name === "__esModule") return undefined;
        throw new Error("a function made of a closure: the embedded cloud runs callbacks of runtime/ only");
    },
});`;
