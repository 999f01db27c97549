import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { answered, Launched } from "./launched.ts";
import { Project } from "./writtenProject.ts";

let last: Project | undefined;

function projectOf(files: Readonly<Record<string, string>>): Project {
    last = new Project(files);
    return last;
}

afterEach(() => {
    last?.remove();
    last = undefined;
});

const imports = `import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
`;

describe("The functions of a program", () => {
    for (const [what, statement] of [
        ["a function of its own", 'new aws.lambda.CallbackFunction("f", { callback: async () => {} });'],
        ["a bucket", 'new aws.s3.Bucket("b").onObjectCreated("f", async () => {});'],
    ] as const) {
        it(`are refused when they are closures of ${what}: the message says what to write instead`, async () => {
            const project = projectOf({ "index.ts": imports + statement });
            expect(await project.refusal())
                .to.include("closure")
                .and.to.include("archive");
        });
    }
});

describe("The modules of a program", () => {
    it("are found without their endings, in folders, and in the folders of packages", async () => {
        const project = projectOf({
            "index.ts": `import { Queue } from "@pulumi/aws/sqs";
import { name } from "./names";
import { suffix } from "./parts";
export const queue = new Queue(name + suffix).name;
`,
            "names.ts": 'export const name: string = "a";',
            "parts/index.ts": 'export const suffix: string = "b";',
        });
        expect((await project.evaluate()).graph.resources.map(({ name }) => name)).to.include("ab");
    });

    it("know where they are by CommonJS's names, unless they have made these themselves", async () => {
        const project = projectOf({
            "index.ts": `import { own } from "./own.ts";
export const here = [__dirname, __filename, own];
`,
            "own.ts": 'const __dirname: string = "mine";\nexport const own: string = __dirname;',
        });
        const folder = join(project.directory, "project");
        expect((await project.evaluate()).graph.outputs["here"]).to.deep.equal([
            folder,
            join(folder, "index.ts"),
            "mine",
        ]);
    });
});

describe("A program's inputs", () => {
    it("may be resources: their ids, as the provider reads them", async () => {
        const text = `${imports}
const role = new aws.iam.Role("r", { assumeRolePolicy: "{}" });
new aws.iam.RolePolicyAttachment("a", { role, policyArn: "arn:p" });
`;
        const { resources } = (await projectOf({ "index.ts": text }).evaluate()).graph;
        const [role, attachment] = ["r", "a"].map((name) => resources.find((one) => one.name === name));
        expect(attachment?.inputs["role"]).to.equal(role?.id).and.to.be.a("string");
    });
});

describe("What a program evaluated to", () => {
    const counting = (more = "") => `import { appendFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
appendFileSync("../evaluations", "x");
export const stack = pulumi.getStack();
${more}`;

    it("is kept until a file changes that programs read: not one of tests, documents or measurements", async () => {
        const project = projectOf({ "index.ts": counting(), "settings/a.json": "1" });
        const evaluations = () => readFileSync(join(project.directory, "evaluations"), "utf8").length;
        await project.evaluate();
        await project.evaluate();
        expect(evaluations()).to.equal(1);
        const aside = ["README.md", "settings/NOTES.md", "test/a.ts", "tests/deep/a.ts", "docs/a.json", "bench/run.ts"];
        for (const file of aside) {
            project.write({ [file]: "changed" });
            await project.evaluate();
            expect(evaluations(), file).to.equal(1);
        }
        project.write({ "settings/a.json": "2" });
        await project.evaluate();
        expect(evaluations()).to.equal(2);
    });

    it("is not kept when it was made of such files: of a module or of code", async () => {
        for (const more of [
            'await import("./tests/used.ts");',
            'const code = new pulumi.asset.FileArchive("docs/code");\nnew pulumi.CustomResource("test:index:Code", "f", { code });',
        ]) {
            const project = projectOf({
                "index.ts": counting(more),
                "tests/used.ts": "export const used = 1;",
                "docs/code/index.js": "",
            });
            await project.evaluate();
            await project.evaluate();
            expect(readFileSync(join(project.directory, "evaluations"), "utf8"), more).to.have.length(2);
            project.remove();
        }
    });
});

describe("A program that fails", () => {
    it("prints what it prints once, though it is evaluated again for its stack trace", async () => {
        const { directory } = projectOf({
            "index.ts": 'console.error("a warning of the program");\nthrow new Error("it cannot go on");\n',
        });
        const launched = await Launched.start(join(directory, "project"));
        await answered(async () => launched.output.includes("it cannot go on") || undefined);
        await launched.stop();
        expect(launched.output.split("a warning of the program")).to.have.length(2);
    });

    it("names the encrypted settings, whose placeholder may be why", async () => {
        const project = projectOf({
            "Pulumi.dev.yaml": "config:\n  tested:mail:\n    sender:\n      secure: v1:x\n",
            "index.ts": 'throw new Error("no address");\n',
        });
        expect(await project.refusal())
            .to.include("no address")
            .and.to.include('encrypted settings have the value "local" here: tested:mail.sender');
    });
});
