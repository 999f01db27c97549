import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" });

/** The files of the project, with those that are not committed yet. */
export const files: readonly string[] = listed.split("\n").filter((file) => file !== "" && existsSync(file));

const textOf = new Map(
    files
        .filter((file) => /\.(tsx?|m?js)$/.test(file) && !file.startsWith("bench/incumbent/"))
        .map((file) => [file, readFileSync(file, "utf8")]),
);

/** Those with code. */
export const sources: readonly string[] = [...textOf.keys()];

export function textIn(file: string): string {
    const text = textOf.get(file);
    if (text === undefined) throw new Error(`${file} is no source of the project`);
    return text;
}

/** Without comments, which may name an example. */
export const codeIn = (file: string) => textIn(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");

export const below = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
export const isTest = (file: string) => /(^|\/)tests\//.test(file);

/** What a file takes from another one of the project, or from a package. */
export interface Import {
    readonly from: string;
    /** A path of the project, or a package's name. */
    readonly of: string;
    /** As it is written. */
    readonly as: string;
    /** `*` for all of it. */
    readonly names: readonly string[];
    readonly onlyTypes: boolean;
}

/** What packages of the project export: a file by the name that it is imported by. */
const exported = new Map(files.filter((file) => /^packages\/[^/]+\/package\.json$/.test(file)).flatMap(exportsOf));

function exportsOf(file: string): [string, string][] {
    const { name, exports = {} } = JSON.parse(readFileSync(file, "utf8"));
    const all: [string, unknown][] = typeof exports === "string" ? [[".", exports]] : Object.entries(exports);
    return all.map(([path, of]) => [join(name, path), join(dirname(file), String(of))]);
}

/** `a, type B, c as d` → a, B, c */
const namesIn = (list: string) =>
    list.split(",").map(
        (item) =>
            item
                .trim()
                .replace(/^type /, "")
                .split(/\s+as\s+/, 1)[0] ?? "",
    );

function importsOf(file: string): Import[] {
    const text = textIn(file);
    const statements = Array.from(
        text.matchAll(/^(?:import|export)(\s+type)?\s+([^;"'`]*?)\s*from\s+"([^"]+)"/gm),
        ([, type, clause = "", as = ""]) => {
            const [, list] = /\{([\s\S]*)\}/.exec(clause) ?? [];
            return { as, names: list === undefined ? ["*"] : namesIn(list), onlyTypes: type !== undefined };
        },
    );
    const whole = Array.from(
        text.matchAll(/(?:(typeof\s+)?\bimport\(\s*|^import )["`]([^"`?$]+)/gm),
        ([, type, as = ""]) => ({ as, names: ["*"], onlyTypes: type !== undefined }),
    );
    return [...statements, ...whole].map((each) => ({
        ...each,
        from: file,
        of: exported.get(each.as) ?? (each.as.startsWith(".") ? normalize(join(dirname(file), each.as)) : each.as),
    }));
}

export const imports: readonly Import[] = sources.flatMap(importsOf);
