import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, posix } from "node:path";

const root = join(import.meta.dirname, "..");

/**
 * Makes a folder that `npm pack` packs: Node strips no types below node_modules, so what is installed is JavaScript.
 * @param target the folder, which is made anew
 */
export function makePackage(target: string): void {
    rmSync(target, { recursive: true, force: true });
    const eventPattern = join(root, "../event-pattern/src");
    for (const [from, to] of [
        [join(root, "src"), "src"],
        [eventPattern, "src/event-pattern"],
    ] as const) {
        for (const file of globSync("**/*.{js,ts}", { cwd: from })) {
            const place = posix.join(to, file.replaceAll("\\", "/").replace(/\.ts$/, ".js"));
            mkdirSync(dirname(join(target, place)), { recursive: true });
            writeFileSync(join(target, place), javaScriptOf(readFileSync(join(from, file), "utf8"), file, place));
        }
    }
    for (const file of ["bin.js", "README.md"]) {
        writeFileSync(
            join(target, file),
            readFileSync(join(root, file), "utf8").replace("./src/start.ts", "./src/start.js"),
        );
    }
    // A browser's files are built from it where it runs.
    cpSync(join(root, "console"), join(target, "console"), { recursive: true });
    cpSync(join(root, "example"), join(target, "example"), {
        recursive: true,
        filter: (path) => !/[\\/]\.local$/.test(path),
    });
    writeFileSync(join(target, "package.json"), `${JSON.stringify(manifest(), undefined, 2)}\n`);
}

/** The text without types; what it names is where the package has it. */
function javaScriptOf(text: string, file: string, place: string): string {
    const pattern = posix.relative(posix.dirname(place), "src/event-pattern/index.js");
    const stripped = file.endsWith(".ts") ? stripTypeScriptTypes(text) : text;
    return stripped
        .replace(/(["'])(\.{1,2}\/[\w./-]+)\.ts\1/g, "$1$2.js$1")
        .replaceAll('"event-pattern"', JSON.stringify(pattern.startsWith(".") ? pattern : `./${pattern}`));
}

function manifest(): Record<string, unknown> {
    const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const { private: _, scripts, devDependencies, dependencies, exports, ...rest } = own;
    const { "event-pattern": __, ...others } = dependencies;
    const published = Object.entries(exports)
        .filter(([name]) => !["./testing", "./browser"].includes(name))
        .map(([name, file]) => [name, String(file).replace(/\.ts$/, ".js")]);
    return { ...rest, exports: Object.fromEntries(published), dependencies: others };
}

if (import.meta.main) makePackage(join(root, "dist"));
