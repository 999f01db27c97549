import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * Makes Stripe's library fit into a callback's bundle. We call its API by path (`rawRequest`), so that the classes of
 * its some hundred resources stay empty. And its HTTP client takes all of `node:http`, also what loads undici: it gets
 * what it uses.
 */
export const stripeTrim: Plugin = {
    name: "stripe-trim",
    setup(build) {
        const inside = (path: string) => new RegExp(`[\\\\/]node_modules[\\\\/]stripe[\\\\/]esm[\\\\/]${path}\\.js$`);
        build.onLoad({ filter: inside("resources[\\\\/].+") }, async ({ path }) => {
            const names = (await readFile(path, "utf8")).matchAll(/^export class (\w+)/gm);
            return { contents: Array.from(names, ([, name]) => `export class ${name} {}`).join("\n") };
        });
        build.onLoad({ filter: inside("net[\\\\/]NodeHttpClient") }, async ({ path }) => {
            const code = await readFile(path, "utf8");
            return { contents: code.replace(/import \* as (https?_) from/g, "import $1 from") };
        });
    },
};
