import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { answered, Launched } from "./launched.ts";
import { Project } from "./writtenProject.ts";

/** Answers with a word, once the address that it is given has answered. */
const saying = (word: string) =>
    `export const handler = async ({ url }) => { if (url) await fetch(url); return ${JSON.stringify(word)}; };\n`;

const program = `
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { memory } from "./settings.mjs";
appendFileSync(join(import.meta.dirname, ".evaluations"), "x");
const role = new aws.iam.Role("role", {
    assumeRolePolicy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }] },
});
for (const [name, folder] of [["greeter", "functions"], ["built", ".built/0"]]) {
    new aws.lambda.Function(name, {
        name,
        role: role.arn,
        runtime: "nodejs24.x",
        handler: "index.handler",
        memorySize: memory,
        code: new pulumi.asset.FileArchive(folder),
    });
}
`;

/** Of the function "built": a folder of its own for each build. */
const builder = `
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
let builds = 0;
export async function rebuild(files, folders) {
    const sources = join(import.meta.dirname, "../sources");
    if (!files.every((file) => file.startsWith(sources))) return undefined;
    if (readFileSync(files[0], "utf8").includes("broken")) throw new Error("line 1 is broken");
    const now = join(import.meta.dirname, "../.built", String((builds += 1)));
    cpSync(sources, now, { recursive: true });
    return new Map(folders.filter((folder) => folder.includes(".built")).map((folder) => [folder, now]));
}
`;

describe("A cloud with --watch", () => {
    const project = new Project({
        "package.json": '{ "type": "module" }\n',
        "index.ts": program,
        "settings.mjs": "export const memory = 128;\n",
        "functions/index.mjs": saying("first"),
        "sources/index.mjs": saying("first"),
        ".built/0/index.mjs": saying("first"),
        "fixtures/code.js": builder,
    });
    const folder = join(project.directory, "project");
    let cloud: Launched;
    let lambda: LambdaClient;
    let updates = 0;

    before(async () => {
        cloud = await Launched.start(folder, { args: ["--watch", "--fixtures", "fixtures"] });
        expect(cloud.isReady, cloud.output).to.equal(true);
        lambda = new LambdaClient({ ...cloud.client("eu-west-1"), maxAttempts: 1 });
    });
    after(async () => {
        lambda?.destroy();
        await cloud?.stop();
        project.remove();
    });

    const evaluations = () => readFileSync(join(folder, ".evaluations"), "utf8").length;
    async function invoke(FunctionName: string, input: object = {}): Promise<string> {
        const { Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(input) }));
        return JSON.parse(Payload?.transformToString() ?? "");
    }
    /** As editors save: another file takes the name. Resolves when the cloud has told so often that it updated functions. */
    async function save(file: string, text: string): Promise<void> {
        updates += 1;
        writeFileSync(join(folder, `${file}~`), text);
        renameSync(join(folder, `${file}~`), join(folder, file));
        await answered(async () => (cloud.output.match(/^updated /gm)?.length === updates ? true : undefined));
    }

    for (const [name, file] of [
        ["greeter", "functions/index.mjs"],
        ["built", "sources/index.mjs"],
    ] as const) {
        it(`takes up the code of the function "${name}", and evaluates no program, each time its file is saved`, async () => {
            expect(await invoke(name)).to.equal("first");
            for (const word of ["second", "third"]) {
                await save(file, saying(word));
                expect(cloud.output.trimEnd().split("\n").at(-1)).to.equal(`updated ${name}`);
                expect(await invoke(name)).to.equal(word);
            }
            expect(evaluations()).to.equal(1);
        });
    }

    it("lets an invocation end that began with the code before, while others have the new code", async () => {
        const asked = Promise.withResolvers<ServerResponse>();
        const server = createServer((_request, response) => asked.resolve(response)).listen(0, "127.0.0.1");
        try {
            await save("functions/index.mjs", saying("before"));
            const address = server.address();
            const url = typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
            const running = invoke("greeter", { url });
            const held = await asked.promise;
            await save("functions/index.mjs", saying("after"));
            expect(await invoke("greeter")).to.equal("after");
            held.end();
            expect(await running).to.equal("before");
        } finally {
            server.closeAllConnections();
            server.close();
        }
    });

    it("keeps the code that it has where new code cannot be built, and says why", async () => {
        writeFileSync(join(folder, "sources/index.mjs"), saying("broken"));
        await answered(async () => (cloud.output.includes("not updated: line 1 is broken\n") ? true : undefined));
        expect(await invoke("built")).to.equal("third");
    });

    it("evaluates the program again when a module of the program has changed", async () => {
        await save("settings.mjs", "export const memory = 256;\n");
        expect(cloud.output).to.include("updated greeter, built\n");
        expect(evaluations()).to.equal(2);
    });
});
