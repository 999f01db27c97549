import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

// The fonts that callbacks write with; their metrics are a few kilobytes each.
const fonts = ["Helvetica", "HelveticaBold"];

/**
 * Makes pdfkit fit into a callback's bundle. It loads the metrics of its standard fonts from files beside it, which a
 * bundle does not have: they become part of the bundle. And it brings a reader of font files that is larger than all
 * the rest, for embedded fonts only: that is left out.
 */
export const pdfkitTrim: Plugin = {
    name: "pdfkit-trim",
    setup(build) {
        build.onLoad({ filter: /[\\/]node_modules[\\/]pdfkit[\\/]js[\\/]pdfkit\.node\.mjs$/ }, async ({ path }) => {
            const imports = fonts.map((font) => `import ${font} from "./standard-fonts/${font}.mjs";`);
            let code = await readFile(path, "utf8");
            for (const font of fonts) code = code.replace(`require$1('#standard-fonts/${font}')`, font);
            return { contents: `${imports.join("\n")}\n${code}` };
        });
        build.onLoad({ filter: /[\\/]node_modules[\\/]fontkit[\\/]dist[\\/]module\.mjs$/ }, () => ({
            contents: `export const create = () => { throw new Error("this bundle knows the standard fonts only"); };`,
        }));
    },
};
