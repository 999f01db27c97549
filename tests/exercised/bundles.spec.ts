import { readFile, writeFile } from "node:fs/promises";
import { SourceMap } from "node:module";
import { basename, dirname, join, posix, relative } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { entries, usualCode } from "../../components/parts/bundle.ts";
import type { Sdk } from "../../components/parts/context.ts";
import { keptFolder } from "../kept.ts";
import type { Span } from "../runtime/support/bundles.ts";
import { bundles, keptRuns } from "../runtime/support/bundles.ts";
import { anchorOf, type LibraryCall, libraryCalls, nodesOf } from "./libraryCalls.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Bundles are trimmed of what callbacks do not use of the AWS SDK, Stripe and pdfkit, and what is missing is missing on
 * AWS alone. So nothing is deployed that calls a library and that no test has seen do so in a bundle, and nothing of
 * the AWS SDK is called with one kind of AWS's clients that no test has seen called with them. `npm run unit` runs the tests
 * and then this one.
 */
describe("the bundles of the callbacks", () => {
    it("have made every call of a library that can be reached in them, and had its answer", async () => {
        const folder = await keptFolder("library-calls", sources, keepCalls);
        const calls: LibraryCall[] = JSON.parse(await readFile(join(folder, "calls.json"), "utf8"));
        expect(calls.length, "calls of libraries").to.be.greaterThan(100);
        const made = { lean: new Set<string>(), full: new Set<string>() };
        for (const [file, runs] of Map.groupBy(await keptRuns(), ({ file }) => file)) {
            for (const { place, isMadeIn } of await callsIn(file)) {
                if (runs.some(({ spans }) => isMadeIn(spans))) made[sdkOf(dirname(file))].add(place);
            }
        }
        const never = calls.filter(({ place }) => !made.lean.has(place) && !made.full.has(place));
        expect(textOf(never), "calls that no test of `npm run unit` has seen made in a bundle").to.equal("");

        // With either kind of AWS's clients. What a class has for callbacks of one kind is in bundles of the other, too: there
        // another place may make such a call.
        for (const sdk of ["lean", "full"] as const) {
            const names = new Set(calls.filter(({ place }) => made[sdk].has(place)).map(({ name }) => name));
            const contained = await contents(sdk);
            const missing = calls.filter((call) => call.isAws && contained.has(call.place) && !names.has(call.name));
            expect(textOf(missing), `calls that none has seen made with the ${sdk} clients`).to.equal("");
        }
    });
});

const textOf = (calls: readonly LibraryCall[]) => calls.map(({ what }) => what).join("\n");

/** The places of all calls in the bundles of a kind, as they are deployed. */
async function contents(sdk: Sdk): Promise<ReadonlySet<string>> {
    const names = usualCode().filter((name) => sdkOf(name) === sdk);
    const folder = await bundles();
    const files = names.map((name) => join(folder, name, `${basename(name.replace(/\.lean$/, ""))}.mjs`));
    const calls = await Promise.all(files.map(callsIn));
    return new Set(calls.flat().map(({ place }) => place));
}

/** What the calls are found in and by. */
const sources = ["runtime/**/*.ts", "spec/generated/*", "tests/exercised/*.ts", "tsconfig.json"];

async function keepCalls(folder: string): Promise<void> {
    const files = entries().map((entry) => join(root, "runtime", `${entry}.ts`));
    await writeFile(join(folder, "calls.json"), JSON.stringify(libraryCalls(root, files)));
}

/** @param name of the code, or of the folder that it is in */
const sdkOf = (name: string): Sdk => (name.endsWith(".lean") ? "lean" : "full");

interface BundledCall {
    /** As in the source. */
    readonly place: string;
    /** Whether it was made by who ran this much of the bundle, and what it promised was kept. */
    isMadeIn(spans: readonly Span[]): boolean;
}

async function callsIn(file: string): Promise<BundledCall[]> {
    const folder = dirname(dirname(relative(await bundles(), file)));
    const map = new SourceMap(JSON.parse(await readFile(`${file}.map`, "utf8")));
    const bundle = ts.createSourceFile(file, await readFile(file, "utf8"), ts.ScriptTarget.Latest, true);
    return nodesOf(bundle).flatMap((node) => {
        const anchor = anchorOf(node);
        if (anchor === undefined) return [];
        const start = anchor.getStart(bundle);
        const { line, character } = bundle.getLineAndCharacterOfPosition(start);
        const entryOfMap = map.findEntry(line, character);
        if (!("originalSource" in entryOfMap) || entryOfMap.originalSource === undefined) return [];
        const { originalSource, originalLine, originalColumn } = entryOfMap;
        // Sources are named as seen from the bundle's place in `runtime/`.
        const path = posix.join("runtime", folder, originalSource);
        const awaited = awaitOf(node)?.getEnd();
        const isMadeIn = (spans: readonly Span[]) =>
            isIn(spans, start) && (awaited === undefined || isIn(spans, awaited));
        return [{ place: `${path} ${originalLine} ${originalColumn}`, isMadeIn }];
    });
}

/** Where the promise of a call is waited for: what follows has run only if it was kept. */
function awaitOf(node: ts.Node): ts.Node | undefined {
    for (let outer = node.parent; outer !== undefined && !ts.isFunctionLike(outer); outer = outer.parent) {
        if (ts.isAwaitExpression(outer)) return outer;
    }
    return undefined;
}

const isIn = (spans: readonly Span[], at: number) => spans.some(([from, to]) => from <= at && at < to);
