import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { appendFile, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { BundleError, buildAll, bundle, usualCode } from "../../components/parts/bundle.ts";
import { codeFolders, folderOf } from "../../components/parts/codeFolder.ts";
import { codeOf, graphOf, type Recorded, stateOf } from "../graph.ts";
import { isProof, proof } from "../proof.ts";
import { bundles } from "../runtime/support/bundles.ts";
import { copyOfSources } from "../system/embedded.ts";
import { checkedVariants, variants } from "../variants.ts";

const lambda = "aws:lambda/function:Function";

/** Whether a client waits for a function's answer: an API calls it, for a route or to authorize one. */
const isAwaited = (graph: Recorded, { outputs }: { readonly outputs: Readonly<Record<string, unknown>> }): boolean => {
    const called = [
        ...graph.of("aws:apigatewayv2/integration:Integration").map(({ inputs }) => inputs["integrationUri"]),
        ...graph.of("aws:apigatewayv2/authorizer:Authorizer").map(({ inputs }) => inputs["authorizerUri"]),
    ];
    return called.some((uri) => String(uri).includes(String(outputs["arn"])));
};

/** Where the code of each function is, by logical name. */
const pathsOf = async (graph: Recorded): Promise<Record<string, string>> =>
    Object.fromEntries(
        await Promise.all(
            graph.of(lambda).map(async ({ name, inputs }) => {
                const archive = inputs["code"];
                if (!(archive instanceof pulumi.asset.FileArchive)) throw new Error(`${name} has no folder`);
                return [name, await archive.path];
            }),
        ),
    );

/** Variables whose empty value says: none. */
const optional = [
    "ALLOWED_ADDRESSES",
    "COMMERCETOOLS_SECRET",
    "REPLICA_SECRET",
    "UCP_PROFILE_URL",
    "UCP_SIGNING_KEYS",
    "UNANSWERED_ROUTES",
];

/** Somewhere in the middle of a text, where one bundle is unlike others. */
const pieceOf = (text: string) => text.slice(text.length / 2, text.length / 2 + 200);

describe("the code of the callbacks", () => {
    let dev: Recorded;
    let prod: Recorded;

    before(async () => {
        dev = await graphOf("dev");
        const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
        prod = await graphOf(stack, settings);
    });

    it("is byte for byte the same in dev and prod: differences are in the environment", async () => {
        for (const resource of dev.of(lambda)) {
            const code = await codeOf(resource);
            // In one region or two.
            const others = prod.of(lambda).filter(({ name }) => name === resource.name);
            expect(others, resource.name).not.to.deep.equal([]);
            for (const other of others) expect(await codeOf(other)).to.deep.equal(code);
        }
    });

    it("is the handler's bundle, its lazily loaded chunks, templates, and source maps without the sources", async () => {
        for (const resource of prod.of(lambda)) {
            const [file = ""] = String(resource.inputs["handler"]).split(".");
            const code = await codeOf(resource);
            const names = Object.keys(code).filter((name) => !/\.lazy\.mjs(\.map)?$|^fonts\.|\.(html|txt)$/.test(name));
            expect(names).to.have.members([`${file}.mjs`, `${file}.mjs.map`]);
            for (const [name, text] of Object.entries(code)) {
                if (name.endsWith(".map")) expect(JSON.parse(text)).not.to.have.property("sourcesContent");
                else if (name.endsWith(".mjs")) expect(Object.keys(code), name).to.include(`${name}.map`);
            }
        }
    });

    for (const [name, { stack, settings }] of Object.entries(checkedVariants)) {
        it(`is in folders: the state of a stack has no text of it, and stays small (${name})`, async () => {
            const { resources } = await graphOf(stack, settings);
            const state = await stateOf(resources);
            // Most of it is alarms, and what each resource depends on. As text, the code took ten times as much.
            expect(Buffer.byteLength(state) / resources.length).to.be.below(5000);
            if (name === "dev") expect(Buffer.byteLength(state)).to.be.below(2_500_000);
            const files = (await Promise.all(resources.filter(({ type }) => type === lambda).map(codeOf))).flatMap(
                Object.values,
            );
            const pieces = files.map((text) => JSON.stringify(pieceOf(text)));
            expect(pieces.length).to.be.greaterThan(40);
            expect(pieces.filter((piece) => state.includes(piece.slice(1, -1)))).to.deep.equal([]);
        });
    }

    it("is named by its content, relative to the project: only changed code is uploaded to AWS", async () => {
        const paths = await pathsOf(prod);
        for (const [name, path] of Object.entries(await pathsOf(dev))) {
            expect(path).to.match(/^\.bundles\/\w+\/\w+(\.lean)?-[0-9a-f]{16}$/);
            expect(paths[name]).to.equal(path);
        }
    });

    it("is built by one call, for those callbacks of a program alone of which a source has changed", async () => {
        const [route, deliver] = ["checkoutSessions/route", "webhookFanout/deliver"];
        const made = [route, deliver];
        const copy = copyOfSources();
        try {
            expect(await buildsOf(made, copy)).to.deep.equal([made]);
            expect(await buildsOf(made, copy), "again").to.deep.equal([]);
            await appendFile(join(copy, "runtime/webhookFanout/delivery/signature.ts"), "\n// changed\n");
            expect(await buildsOf(made, copy), "one has changed").to.deep.equal([[deliver]]);
            const { path } = JSON.parse(await readFile(join(copy, `.bundles/${deliver}.json`), "utf8"));
            await writeFile(join(copy, path, "deliver.mjs"), "changed by hand");
            expect(await buildsOf(made, copy), "one was changed by hand").to.deep.equal([[deliver]]);
            await appendFile(join(copy, "runtime/shared/log.ts"), "\n// changed\n");
            expect(await buildsOf(made, copy), "what both use has changed").to.deep.equal([made]);
        } finally {
            await rm(copy, { recursive: true });
        }
    });

    it("is built anew for a program that runs where a callback's own files have changed, and those alone", async () => {
        const copy = copyOfSources();
        const rebuilt = (file: string) => `
            const { appendFileSync } = await import("node:fs");
            appendFileSync(${JSON.stringify(join(copy, file))}, "\\nglobalThis.changed = true;\\n");
            const now = await rebuild([${JSON.stringify(join(copy, file))}], folders);
            const changes = [...(now ?? [])].map(([before, after]) => [before !== after, entryOf(after)]);
            console.log(JSON.stringify(now === undefined ? "unknown" : changes));`;
        const script = `
            const { bundle, rebuild } = await import(${JSON.stringify(join(copy, "components/parts/bundle.ts"))});
            const entryOf = (folder) => folder.replace(/^.*\\.bundles\\/(.*)-.*$/, "$1");
            const made = ["checkoutSessions/route", "webhookFanout/deliver"].map(async (entry) => (await bundle(entry).code).path);
            const folders = (await Promise.all(made)).map((path) => ${JSON.stringify(`${copy}/`)} + path);
        `;
        try {
            const changesOf = async (file: string) => {
                const code = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval"];
                const options = { cwd: copy };
                const { stdout } = await promisify(execFile)(
                    process.execPath,
                    [...code, script + rebuilt(file)],
                    options,
                );
                return JSON.parse(stdout);
            };
            const deliver = await changesOf("runtime/webhookFanout/delivery/signature.ts");
            expect(deliver).to.deep.equal([[true, "webhookFanout/deliver"]]);
            expect(await changesOf("components/parts/queue.ts")).to.equal("unknown");
        } finally {
            await rm(copy, { recursive: true });
        }
    });

    /** The entries of each call of the bundler in a process that evaluates these callbacks of a project. */
    async function buildsOf(made: readonly string[], project: string): Promise<string[][]> {
        const { stdout } = await promisify(execFile)(
            process.execPath,
            [
                ...["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval"],
                `import { registerHooks } from "node:module";
            globalThis.calls = [];
            const esbuild = \`
                import { build as real } from ${JSON.stringify(import.meta.resolve("esbuild"))};
                export const build = (options) => {
                    calls.push(options.entryPoints.map(({ out }) => out).filter((out) => !out.endsWith(".lazy")));
                    return real(options);
                };\`;
            const url = "data:text/javascript," + encodeURIComponent(esbuild);
            registerHooks({
                resolve: (name, context, next) =>
                    name === "esbuild" ? { url, format: "module", shortCircuit: true } : next(name, context),
            });
            const { bundle } = await import(${JSON.stringify(join(project, "components/parts/bundle.ts"))});
            await Promise.all(${JSON.stringify(made)}.map((entry) => bundle(entry).code));
            process.stdout.write(JSON.stringify(calls), () => process.exit());`,
            ],
            { cwd: project },
        );
        return JSON.parse(stdout);
    }

    it("is the same wherever it is built", async () => {
        const here = await bundles();
        const folder = process.cwd();
        process.chdir("/");
        try {
            // With fonts, with chunks that load late, and with the lean clients.
            const some = ["orderIntake/document", "webhookFanout/deliver.lean", "orderIntake/receive.lean"];
            for (const [entry, { files }] of await buildAll(isProof ? undefined : some)) {
                for (const file of files.filter((one) => "text" in one)) {
                    expect(readFileSync(join(here, entry, file.name), "utf8") === file.text, file.name).to.equal(true);
                }
            }
        } finally {
            process.chdir(folder);
        }
    });

    it("gets exactly the variables that it reads, the log level, and source maps where no client waits", async () => {
        const paths = await pathsOf(prod);
        for (const resource of prod.of(lambda)) {
            const { inputs, name } = resource;
            const [, entry] = /^\.bundles\/([\w/]+)/.exec(paths[resource.name] ?? "") ?? [];
            const [, list = ""] =
                /environment\(([\s\S]*?)\);\n/.exec(readFileSync(`runtime/${entry}.ts`, "utf8")) ?? [];
            const read = [...list.matchAll(/"(\w+)"/g)].map(([, variable]) => variable);
            const { variables } = inputs["environment"] as { variables: Record<string, string> };
            const { NODE_OPTIONS, ...others } = variables;
            expect(Object.keys(others), name).to.have.members([...read, "LOG_LEVEL"]);
            expect(NODE_OPTIONS, name).to.equal(isAwaited(prod, resource) ? undefined : "--enable-source-maps");
            for (const [variable, value] of Object.entries(variables)) {
                expect(value, variable).to.be.a("string");
                if (!optional.includes(variable)) expect(value, variable).not.to.equal("");
            }
        }
    });

    const named = async (graph: Recorded) => {
        const paths = await pathsOf(graph);
        return graph.of(lambda).map((resource) => {
            const [, name = ""] = /^\.bundles\/([\w/.]+)-/.exec(paths[resource.name] ?? "") ?? [];
            return { name, isAwaited: isAwaited(graph, resource) };
        });
    };

    it("has the lean clients of AWS where a client waits for the answer and in the deliverer", async () => {
        for (const { name, isAwaited } of await named(prod)) {
            const isLean = isAwaited || name.startsWith("webhookFanout/deliver.");
            expect(name.endsWith(".lean"), name).to.equal(isLean);
        }
        // Other code would be prepared than is asked for.
        expect(usualCode()).to.include.members((await named(prod)).map(({ name }) => name));
    });

    proof("has the clients of the AWS SDK everywhere where the setting says full", async () => {
        const full = await graphOf("dev", { "functions.sdk": "full" });
        for (const { name } of await named(full))
            expect(name)
                .to.match(/\w/)
                .and.not.to.match(/\.lean$/);
    });

    it("is refused with file and hint where it uses a name that the lean clients lack, also of all of a module", async () => {
        const entry = "orderIntake/receive";
        const copy = copyOfSources();
        try {
            const file = join(copy, `runtime/${entry}.ts`);
            const source = await readFile(file, "utf8");
            const building = `
                const { buildAll } = await import(${JSON.stringify(join(copy, "components/parts/bundle.ts"))});
                await buildAll(["${entry}.lean"]).catch(({ message }) => process.stdout.write(message));`;
            const refusalOf = async (more: string) => {
                await writeFile(file, `${source}\n${more}\n`);
                const code = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", building];
                return (await promisify(execFile)(process.execPath, code, { cwd: copy })).stdout;
            };
            for (const more of [
                `import { DeleteMessageCommand } from "@aws-sdk/client-sqs"; console.log(DeleteMessageCommand);`,
                `import * as whole from "@aws-sdk/client-sqs"; console.log(whole.DeleteMessageCommand);`,
            ]) {
                const refusal = await refusalOf(more);
                expect(refusal).to.match(
                    /a callback does not compile:\n {2}runtime\/orderIntake\/receive\.ts:\d+:\d+ /,
                );
                expect(refusal).to.include("DeleteMessageCommand").and.to.include('with sdk: "full"');
            }
            expect(await refusalOf("")).to.equal("");
        } finally {
            await rm(copy, { recursive: true });
        }
    });

    it("is refused by name when there is no such callback", async () => {
        const error = await bundle("orderIntake/forget").code.catch((fault: unknown) => fault);
        expect(error).to.be.instanceOf(BundleError);
        expect(String(error)).to.include("runtime/orderIntake/forget.ts").and.to.include("orderIntake/receive");
    });
});

describe("the folder of a callback's code", () => {
    let project: string;
    const files = [
        { name: "receive.mjs", text: "x".repeat(500_000) },
        { name: "receive.mjs.map", text: "y".repeat(500_000) },
    ];
    const place = (code = files) => folderOf("orderIntake/receive", code, project);
    const textsIn = async (path: string) =>
        Promise.all((await readdir(join(project, path))).map((name) => readFile(join(project, path, name), "utf8")));

    beforeEach(async () => {
        project = await mkdtemp(join(tmpdir(), "code-folder-"));
    });

    afterEach(() => rm(project, { recursive: true }));

    it("is whole for each of many evaluations that write it at the same time", async () => {
        const expected = files.map(({ text }) => text);
        const evaluations = Array.from({ length: 20 }, async (_, number) => {
            // Some begin while others read what they have written.
            for (let turn = 0; turn < number; turn += 1) await nextTurn();
            const path = await place();
            for (let time = 0; time < 5; time += 1) expect(await textsIn(path)).to.deep.equal(expected);
        });
        await Promise.all(evaluations);
        expect(await readdir(join(project, ".bundles/orderIntake"))).to.have.length(1);
    });

    it("is kept when nothing has changed, and repaired when it was changed by hand", async () => {
        const path = await place();
        const file = join(project, path, "receive.mjs");
        const { ino, mtimeMs } = await stat(file);
        expect(await place()).to.equal(path);
        expect(await stat(file)).to.include({ ino, mtimeMs });
        await writeFile(file, "torn");
        await writeFile(join(project, path, "more.mjs"), "");
        expect(await place()).to.equal(path);
        expect(await textsIn(path)).to.deep.equal(files.map(({ text }) => text));
    });

    it("is another one when the code changes, and that of earlier code goes when nothing has used it for a day", async () => {
        const earlier = await place();
        const later = await place([{ name: "receive.mjs", text: "later" }]);
        expect(later).not.to.equal(earlier);
        expect(await textsIn(earlier)).to.have.length(2);
        const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
        await utimes(join(project, earlier), yesterday, yesterday);
        await utimes(join(project, later), yesterday, yesterday);
        // Used again, and so kept.
        await place();
        await place([{ name: "receive.mjs", text: "latest" }]);
        const left = await readdir(join(project, ".bundles/orderIntake"));
        expect(left).to.include(earlier.split("/").at(-1)).and.not.to.include(later.split("/").at(-1));
    });

    it("is made again by the next evaluation when a source changed during the build", async () => {
        const entry = "orderIntake/receive";
        await writeFile(join(project, "receive.ts"), "before");
        const built: string[] = [];
        const evaluate = (meanwhile: () => Promise<void>) =>
            codeFolders({
                ...{ project, names: [entry], builder: [] },
                build: async () => {
                    const text = await readFile(join(project, "receive.ts"), "utf8");
                    built.push(text);
                    await meanwhile();
                    return new Map([[entry, { files: [{ name: "receive.mjs", text }], inputs: ["receive.ts"] }]]);
                },
            });
        const first = await evaluate(() => writeFile(join(project, "receive.ts"), "after"));
        const second = await evaluate(async () => undefined);
        expect(built).to.deep.equal(["before", "after"]);
        expect(second.get(entry)).not.to.equal(first.get(entry));
        expect(await textsIn(second.get(entry) ?? "")).to.deep.equal(["after"]);
    });
});
