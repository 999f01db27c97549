import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize, posix } from "node:path";
import { expect } from "chai";

const tracked = execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n");
const isSource = (file: string) => /\.(ts|js)$/.test(file) && !/^bench\/incumbent\/|\/generated\//.test(file);
const sources = tracked.filter(isSource);
const isTest = (file: string) => /(^|\/)tests\//.test(file);

/** What a statement takes from another file of the project: names, or `*` for all of it. */
interface Import {
    readonly of: string;
    readonly names: readonly string[];
}

const textOf = new Map(sources.map((file) => [file, readFileSync(file, "utf8")]));

/** `a, type B, c as d` → a, B, c */
const namesIn = (list: string) =>
    list.split(",").map(
        (item) =>
            item
                .trim()
                .replace(/^type /, "")
                .split(/\s+as\s+/)[0] ?? "",
    );

function importsOf(file: string): Import[] {
    const text = textOf.get(file) ?? "";
    const statements = Array.from(
        text.matchAll(/^(?:import|export)\s+(?:type\s+)?([^;"'`]*?)\s*from\s+"(\.[^"]+)"/gm),
        ([, clause = "", of = ""]) => {
            const [, list] = /\{([\s\S]*)\}/.exec(clause) ?? [];
            return { of, names: list === undefined ? ["*"] : namesIn(list) };
        },
    );
    const whole = Array.from(text.matchAll(/(?:import\(|^import )["`](\.[^"`?$]+)/gm), ([, of = ""]) => ({
        of,
        names: ["*"],
    }));
    return [...statements, ...whole].map(({ of, names }) => ({ of: normalize(join(dirname(file), of)), names }));
}

const imports = new Map(sources.map((file) => [file, importsOf(file)]));

/** Groups of nodes that reach each other. */
function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
    const found: string[] = [];
    const reachable = (from: string) => {
        const seen = new Set<string>();
        const open = [...(edges.get(from) ?? [])];
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
            if (seen.has(next)) continue;
            seen.add(next);
            open.push(...(edges.get(next) ?? []));
        }
        return seen;
    };
    const reach = new Map([...edges.keys()].map((node) => [node, reachable(node)]));
    for (const [node, nodes] of reach) {
        const others = [...nodes].filter((other) => reach.get(other)?.has(node)).sort();
        if (others.length > 1 && others[0] === node) found.push(others.join(" ↔ "));
    }
    return found;
}

const product = sources.filter((file) => !isTest(file));

describe("the structure", () => {
    it("has no circle of files", () => {
        const edges = new Map(product.map((file) => [file, new Set((imports.get(file) ?? []).map(({ of }) => of))]));
        expect([...edges.values()].flatMap((each) => [...each])).to.have.length.greaterThan(500);
        expect(circles(edges)).to.deep.equal([]);
    });

    it("has no circle of sibling folders", () => {
        const folders = new Set(product.flatMap((file) => ancestors(file)));
        const found = [...folders].flatMap((folder) => {
            const child = (file: string) =>
                file.startsWith(folder) && file.slice(folder.length).includes("/")
                    ? file.slice(folder.length).split("/", 1)[0]
                    : undefined;
            const edges = new Map<string, Set<string>>();
            for (const file of product) {
                const from = child(file);
                if (from === undefined) continue;
                const to = (imports.get(file) ?? []).map(({ of }) => child(of)).filter((of) => of !== undefined);
                edges.set(from, new Set([...(edges.get(from) ?? []), ...to.filter((of) => of !== from)]));
            }
            return circles(edges).map((circle) => `${folder || "."}: ${circle}`);
        });
        expect(found).to.deep.equal([]);
    });

    it("has files that can be read in one go: at most four above 300 lines, which are data", () => {
        const long = product.filter((file) => (textOf.get(file)?.split("\n").length ?? 0) > 301);
        expect(long).to.deep.equal(data);
    });

    it("exports what another file uses", () => {
        const used = new Set<string>();
        for (const [file, all] of imports) {
            for (const { of, names } of all) for (const name of names) if (of !== file) used.add(`${of} ${name}`);
        }
        const unused = product.flatMap((file) => {
            if (used.has(`${file} *`)) return [];
            const text = textOf.get(file) ?? "";
            const exported = Array.from(
                text.matchAll(
                    /^export (?:async )?(?:abstract )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm,
                ),
                ([, name = ""]) => name,
            );
            return exported.filter((name) => !used.has(`${file} ${name}`)).map((name) => `${file} ${name}`);
        });
        expect(unused.filter((each) => !fromOutside.test(each))).to.deep.equal([]);
    });

    it("has at most 24 entries at the root", () => {
        expect(new Set(tracked.map((file) => file.split("/", 1)[0])).size).to.be.at.most(24);
    });
});

/** Above 300 lines, and data only. */
const data: readonly string[] = [];

/** Exports for readers outside of the project: Pulumi's outputs, and what packages offer. */
const fromOutside = /^(index\.ts|packages\/[\w-]+\/src\/index\.ts) /;

/** Folders above a file, each with a slash at its end: `"", "a/", "a/b/"`. */
function ancestors(file: string): string[] {
    const parts = posix
        .dirname(file)
        .split("/")
        .filter((part) => part !== ".");
    return ["", ...parts.map((_, index) => `${parts.slice(0, index + 1).join("/")}/`)];
}
