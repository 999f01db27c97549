import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect } from "chai";

const tracked = execFileSync("git", ["ls-files"], { encoding: "utf8" }).trim().split("\n");
const isSource = (file: string) => /\.(tsx?|js)$/.test(file) && !/^bench\/incumbent\/|\/generated\//.test(file);
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

/** The files that packages of the project offer, by the names that they are imported by. */
const offered = new Map(
    tracked
        .filter((file) => /^packages\/[^/]+\/package\.json$/.test(file))
        .flatMap((file) => {
            const { name, exports = {} } = JSON.parse(readFileSync(file, "utf8"));
            return Object.entries(exports).map(([path, of]): [string, string] => [
                join(name, path),
                join(dirname(file), String(of)),
            ]);
        }),
);

function importsOf(file: string): Import[] {
    const text = textOf.get(file) ?? "";
    const statements = Array.from(
        text.matchAll(/^(?:import|export)\s+(?:type\s+)?([^;"'`]*?)\s*from\s+"([^"]+)"/gm),
        ([, clause = "", of = ""]) => {
            const [, list] = /\{([\s\S]*)\}/.exec(clause) ?? [];
            return { of, names: list === undefined ? ["*"] : namesIn(list) };
        },
    );
    const whole = Array.from(text.matchAll(/(?:import\(|^import )["`](\.[^"`?$]+)/gm), ([, of = ""]) => ({
        of,
        names: ["*"],
    }));
    return [...statements, ...whole].map(({ of, names }) => ({
        of: offered.get(of) ?? normalize(join(dirname(file), of)),
        names,
    }));
}

const imports = new Map(sources.map((file) => [file, importsOf(file)]));

const product = sources.filter((file) => !isTest(file));

describe("the structure", () => {
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

    it("takes of the AWS SDK only names in runtime/, which the bundler finds missing in the lean clients", () => {
        const asWhole =
            /import\s+\*[^;]*?from\s+"@aws-sdk\/|export\s+\*[^;]*?from\s+"@aws-sdk\/|(import|require)\(\s*["'`]@aws-sdk\//;
        const wrong = product.filter((file) => file.startsWith("runtime/") && asWhole.test(textOf.get(file) ?? ""));
        expect(wrong).to.deep.equal([]);
    });

    it("has at most 24 entries at the root", () => {
        expect(new Set(tracked.map((file) => file.split("/", 1)[0])).size).to.be.at.most(24);
    });
});

/** Above 300 lines, and data only. */
const data: readonly string[] = ["tools/cost/prices.ts"];

/** Exports for others (`eachEvent` is for consumers of one's own): Pulumi's outputs, packages, bundles of the bench, args of components; and texts of a module that a tool writes. */
const fromOutside =
    /^(index\.ts|packages\/[\w-]+\/(example|src\/exports)\/|packages\/embedded-aws\/console\/app\.tsx start$|tools\/console\/pages\/index\.tsx extension$|bench\/functions\/\w+\.ts handler$|components\/.* \w+Args$|tools\/routeScopes\.ts|runtime\/shared\/messages\.ts eachEvent$)/;
