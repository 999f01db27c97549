import { expect } from "chai";
import { below, files, imports, isTest, sources, textIn } from "./sources.ts";

const product = sources.filter((file) => !isTest(file) && !file.includes("/generated/"));

interface Export {
    readonly file: string;
    readonly name: string;
}

const exported: readonly Export[] = product.flatMap((file) =>
    Array.from(
        textIn(file).matchAll(
            /^export (?:async )?(?:abstract )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm,
        ),
        ([, name = ""]) => ({ file, name }),
    ),
);
const spelled = ({ file, name }: Export) => `${file} ${name}`;

const users = Map.groupBy(
    imports
        .filter(({ from, of }) => from !== of)
        .flatMap(({ from, of, names }) => names.map((name) => ({ from, name: `${of} ${name}` }))),
    ({ name }) => name,
);
const usersOf = (file: string, name: string): string[] =>
    [`${file} ${name}`, `${file} *`].flatMap((each) => users.get(each) ?? []).map(({ from }) => from);

describe("the structure", () => {
    it("has files that can be read in one go: at most four above 300 lines, which are data", () => {
        const long = product.filter((file) => textIn(file).split("\n").length > 301);
        expect(long).to.deep.equal(data);
    });

    it("exports what another file uses", () => {
        const unused = exported.filter(({ file, name }) => usersOf(file, name).length === 0);
        expect(unused.map(spelled).filter((each) => !fromOutside.test(each))).to.deep.equal([]);
    });

    it("has no code that only tests use", () => {
        const ofTests = exported.filter(({ file, name }) => {
            const users = usersOf(file, name);
            const isUsedWithin = textIn(file).match(new RegExp(`\\b${name}\\b`, "g"))?.[1] !== undefined;
            return users.length > 0 && users.every(isTest) && !isUsedWithin;
        });
        expect(ofTests.map(spelled).filter((each) => !fromOutside.test(each))).to.deep.equal(forTests);
    });

    it("takes of the AWS SDK only names in runtime/, which the bundler finds missing in the lean clients", () => {
        const asWhole =
            /import\s+\*[^;]*?from\s+"@aws-sdk\/|export\s+\*[^;]*?from\s+"@aws-sdk\/|(import|require)\(\s*["'`]@aws-sdk\//;
        const wrong = product.filter((file) => below("runtime")(file) && asWhole.test(textIn(file)));
        expect(wrong).to.deep.equal([]);
    });

    it("has at most 24 entries at the root", () => {
        expect(new Set(files.map((file) => file.split("/", 1)[0])).size).to.be.at.most(24);
    });
});

/** Above 300 lines, and data only. */
const data: readonly string[] = ["tools/cost/prices.ts"];

/** What a test compares with another truth: files with the SDK's, a ledger with the provider, documents with routes. */
const forTests: readonly string[] = [
    "components/parts/awsSdkTrim.ts replacedFiles",
    "components/parts/leanAws.ts leanFiles",
    "runtime/checkoutSessions/money/ledger.ts balanceOf",
    "tools/generate.ts documentedRoutes",
];

/** Exports for others (`eachEvent` is for consumers of one's own): Pulumi's outputs, packages, fixtures of the embedded cloud, bundles of the bench, args of components; and texts of a module that a tool writes. */
const fromOutside =
    /^(index\.ts|packages\/[\w-]+\/(example|src\/exports)\/|packages\/embedded-aws\/console\/app\.tsx start$|tools\/console\/pages\/index\.tsx extension$|tools\/embedded\/console\.ts consoleOf$|bench\/functions\/\w+\.ts handler$|components\/.* \w+Args$|tools\/routeScopes\.ts|runtime\/shared\/messages\.ts eachEvent$)/;
