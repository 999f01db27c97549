import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

// The fonts that callbacks write with; their metrics are a few kilobytes each.
const fonts = ["Helvetica", "HelveticaBold"];

/**
 * Makes pdfkit fit into a callback's bundle. It loads the metrics of its standard fonts from files beside it, which a
 * bundle does not have: they become part of the bundle. And it brings a reader of font files that is larger than all
 * the rest; fonts are given to it open, by a file that is loaded later (`runtime/orderIntake/scripts.lazy.ts`).
 */
export const pdfkitTrim: Plugin = {
    name: "pdfkit-trim",
    setup(build) {
        build.onLoad({ filter: /[\\/]node_modules[\\/]pdfkit[\\/]js[\\/]pdfkit\.node\.mjs$/ }, async ({ path }) => {
            const imports = fonts.map((font) => `import ${font} from "./standard-fonts/${font}.mjs";`);
            const reader = `const create = () => { throw new Error("this bundle takes open fonts only"); };`;
            let code = replaced(await readFile(path, "utf8"), "import { create } from 'fontkit';", reader);
            for (const font of fonts) code = replaced(code, `require$1('#standard-fonts/${font}')`, font);
            return { contents: `${imports.join("\n")}\n${code}` };
        });
    },
};

function replaced(code: string, original: string, own: string): string {
    if (!code.includes(original)) throw new Error(`pdfkit-trim: another version has no ${original}`);
    return code.replace(original, () => own);
}
