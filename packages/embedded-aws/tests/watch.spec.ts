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
for (const [name, folder] of [["greeter", "functions"], ["built", ".built/0/built"], ["also", ".built/0/also"]]) {
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

/**
 * Of the functions "built" and "also": a folder of its own for each build, made of the function's source and of shared.mjs.
 * Like a bundler's, a build fails at what is broken or missing, and its process builds nothing more once its helper is gone.
 */
const builder = `
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
let builds = 0;
let isHelped = true;
const sources = join(import.meta.dirname, "../sources");
writeFileSync(join(import.meta.dirname, ".pid"), String(process.pid));
export async function rebuild(files, folders) {
    if (!files.every((file) => file.startsWith(sources))) return undefined;
    const isShared = files.includes(join(sources, "shared.mjs"));
    const built = new Map();
    for (const name of ["built", "also"]) {
        const source = join(sources, name + ".mjs");
        if (!isShared && !files.includes(source)) continue;
        const text = readFileSync(source, "utf8");
        if (text.includes("helpless")) isHelped = false;
        if (!isHelped) throw new Error("the helper has ended");
        if (text.includes("broken")) throw new Error("line 1 is broken");
        const [, needed] = /needs (\\S+)/.exec(text) ?? [];
        if (needed && !existsSync(join(sources, needed))) throw new Error(needed + " is missing");
        const now = join(import.meta.dirname, "../.built", process.pid + "-" + (builds += 1), name);
        mkdirSync(now, { recursive: true });
        const shared = readFileSync(join(sources, "shared.mjs"), "utf8");
        writeFileSync(join(now, "index.mjs"), text + shared);
        built.set(folders.find((folder) => folder.includes(".built") && folder.endsWith(name)), now);
    }
    return built;
}
`;

describe("A cloud with --watch", () => {
    const project = new Project({
        "package.json": '{ "type": "module" }\n',
        "index.ts": program,
        "settings.mjs": "export const memory = 128;\n",
        "functions/index.mjs": saying("first"),
        "sources/built.mjs": saying("first"),
        "sources/also.mjs": saying("first"),
        "sources/shared.mjs": "",
        ".built/0/built/index.mjs": saying("first"),
        ".built/0/also/index.mjs": saying("first"),
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
        ["built", "sources/built.mjs"],
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

    /** Saves what cannot be taken up. Resolves when the cloud has told why so often as it was seen. */
    async function saveInVain(file: string, text: string, why: string): Promise<void> {
        const seen = cloud.output.split(`not updated: ${why}\n`).length;
        writeFileSync(join(folder, file), text);
        await answered(async () => (cloud.output.split(`not updated: ${why}\n`).length > seen ? true : undefined));
    }
    const lastLine = () => cloud.output.trimEnd().split("\n").at(-1);

    it("keeps the code that it has where new code cannot be built, says why, and takes up what is not broken", async () => {
        await saveInVain("sources/built.mjs", saying("broken"), "line 1 is broken");
        expect(await invoke("built")).to.equal("third");
        await save("sources/also.mjs", saying("second"));
        expect(lastLine()).to.equal("updated also");
        expect(await invoke("also")).to.equal("second");
    });

    it("takes up all that was saved while something was broken as soon as that is mended", async () => {
        await saveInVain("sources/shared.mjs", "globalThis.shared = true;", "line 1 is broken");
        await save("sources/built.mjs", saying("mended"));
        expect(lastLine()).to.equal("updated built, also");
        expect(await invoke("built")).to.equal("mended");
    });

    it("takes up a source that was saved before the one that it needs", async () => {
        await saveInVain("sources/also.mjs", `// needs new.mjs\n${saying("needy")}`, "new.mjs is missing");
        await save("sources/new.mjs", "");
        expect(await invoke("also")).to.equal("needy");
    });

    it("builds code after the builder or a helper of the builder has ended", async () => {
        process.kill(Number(readFileSync(join(folder, "fixtures/.pid"), "utf8")), "SIGKILL");
        await save("sources/also.mjs", saying("after the builder"));
        expect(await invoke("also")).to.equal("after the builder");
        await saveInVain("sources/also.mjs", saying("helpless"), "the helper has ended");
        await save("sources/also.mjs", saying("helped"));
        expect(await invoke("also")).to.equal("helped");
    });

    it("evaluates the program again when a module of the program has changed", async () => {
        await save("settings.mjs", "export const memory = 256;\n");
        expect(cloud.output).to.include("updated greeter, built, also\n");
        expect(evaluations()).to.equal(2);
    });

    it("names some of the resources that only a new start provisions", async () => {
        const more = `["a", "b", "c", "d", "e", "f", "g"].map((name) => new aws.sqs.Queue(name, { name }));\n`;
        writeFileSync(join(folder, "index.ts"), program + more);
        await answered(async () => (cloud.output.includes("by a new start") ? true : undefined));
        expect(lastLine()).to.equal(
            "changed, but provisioned only by a new start: sqs.Queue a, sqs.Queue b, sqs.Queue c, sqs.Queue d, sqs.Queue e, 2 others",
        );
    });
});
