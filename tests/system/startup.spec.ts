import { once } from "node:events";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { proof } from "../proof.ts";
import { ask, askOther } from "./client.ts";
import { copyOfProject, Embedded, endAll, eventually } from "./embedded.ts";

/** A program of some ten resources. */
const example = join(import.meta.dirname, "../../packages/embedded-aws/example");

describe("npm start", () => {
    let copy: string;

    before(() => {
        copy = copyOfProject();
    });

    after(endAll);

    async function refusal(embedded: Embedded): Promise<string> {
        expect(await embedded.ended()).to.equal(1);
        expect(embedded.output).not.to.include("\nready ");
        return embedded.output;
    }

    for (const factor of ["0", "fast", "Infinity"]) {
        it(`says in one line that waits cannot be ${factor} times as long`, async () => {
            const output = await refusal(
                await Embedded.launch({ directory: example, environment: { LOCAL_WAIT_FACTOR: factor } }),
            );
            expect(output.trim().split("\n"), output).to.have.length(1);
            expect(output).to.include(`LOCAL_WAIT_FACTOR is ${factor}: `);
        });
    }

    for (const [variable, what] of [
        ["PORT", "HTTP API"],
        ["LOCAL_AWS_PORT", "AWS endpoint"],
    ] as const) {
        it(`says that the port of the ${what} is in use, and how to take another`, async () => {
            const server = createServer().listen(0, "127.0.0.1");
            await once(server, "listening");
            const address = server.address();
            const port = typeof address === "object" ? String(address?.port) : "";
            try {
                const output = await refusal(
                    await Embedded.launch({ directory: example, environment: { [variable]: port } }),
                );
                expect(output).to.include(`port ${port} is in use`).and.to.include("LOCAL_AWS_PORT");
            } finally {
                server.close();
            }
        });
    }

    describe("on a state folder", () => {
        let first: Embedded;

        before(async () => {
            first = await Embedded.start({ directory: example });
        });

        const post = (embedded: Embedded, text: string) =>
            askOther(`${embedded.url}/notes`, { method: "POST", body: text }).then(({ status }) => status);

        async function stored(embedded: Embedded): Promise<unknown[]> {
            const TableName = await embedded.idOf("aws:dynamodb/table:Table", "notes");
            const { dynamo } = embedded.clients();
            const { Items = [] } = await dynamo.send(new ScanCommand({ TableName }));
            dynamo.destroy();
            return Items.map(({ text }) => text);
        }

        it("is refused while another run uses it, also with --fresh; it stops with every process and keeps the state", async () => {
            expect(await post(first, "kept")).to.equal(202);
            await eventually(async () => expect(await stored(first)).to.deep.equal(["kept"]));

            const environment = { LOCAL_STATE_DIR: first.stateDirectory };
            const other = { directory: example, environment };
            expect(await refusal(await Embedded.launch(other))).to.include("is in use by another process");
            expect(await refusal(await Embedded.launch({ ...other, args: ["--fresh"] }))).to.include("in use");

            const { functions } = await first.look("resources");
            const pids: number[] = functions.flatMap(({ pids }: { pids: number[] }) => pids);
            expect(pids).not.to.deep.equal([]);
            await first.stop();
            for (const pid of pids) expect(() => process.kill(pid, 0), `process ${pid}`).to.throw("ESRCH");

            const again = await Embedded.start({ directory: example, continues: first });
            expect(await stored(again)).to.deep.equal(["kept"]);
            await again.stop();
        });

        it("with --fresh deletes earlier runs' state", async () => {
            const fresh = await Embedded.start({ directory: example, continues: first, args: ["--fresh"] });
            expect(await stored(fresh)).to.deep.equal([]);
            await fresh.stop();
        });

        it("names a damaged file of its state and the remedy in one sentence, and the remedy works", async () => {
            const file = join(first.stateDirectory, "dev/fauxqs.db");
            writeFileSync(file, "damaged".repeat(1000));
            const output = await refusal(await Embedded.launch({ directory: example, continues: first }));
            expect(output.trim().split("\n")).to.have.length(1);
            expect(output).to.include(file).and.to.include("with --fresh");
            const fresh = await Embedded.start({ directory: example, continues: first, args: ["--fresh"] });
            expect(await post(fresh, "new")).to.equal(202);
            await fresh.stop();
        });
    });

    it("ends when its npm process has ended before the first check", async () => {
        const environment = { npm_lifecycle_event: "start", NPM_PID: "1" };
        expect(await (await Embedded.launch({ directory: example, environment })).ended()).not.to.equal(null);
    });

    for (const [signal, test] of [
        ["SIGKILL", it],
        ["SIGINT", proof],
        ["SIGHUP", proof],
    ] as const) {
        test(`ends with the npm that started it, by ${signal} to npm alone`, async () => {
            const embedded = await Embedded.start({ throughNpm: true });
            try {
                const { functions } = await embedded.look("resources");
                const pids: number[] = functions.flatMap(({ pids }: { pids: number[] }) => pids);
                embedded.signal(signal);
                await eventually(async () => {
                    for (const pid of pids) expect(() => process.kill(pid, 0), `process ${pid}`).to.throw("ESRCH");
                    const state = await ask(embedded.url).then(
                        () => "serving",
                        () => "gone",
                    );
                    expect(state).to.equal("gone");
                });
            } finally {
                embedded.endRest();
            }
        });
    }

    it("names the existing stacks for an unknown one", async () => {
        const output = await refusal(await Embedded.launch({ args: ["--stack", "staging"] }));
        expect(output).to.include("there is no stack staging").and.to.include("dev, prod");
    });

    it("names the setting that the program refuses", async () => {
        writeFileSync(join(copy, "Pulumi.prod.yaml"), "config:\n  commerce:orders:\n    authentication: none\n");
        const output = await refusal(await Embedded.launch({ directory: copy, args: ["--stack", "prod"] }));
        expect(output).to.include("orders.authentication is none").and.to.include("alarms.emails is empty");
        const [sentence, ...settings] = output.trim().split("\n");
        expect(sentence).to.equal(
            "the settings of stack prod cannot be used (npx pulumi config set --path 'commerce:<setting>' <value> -s prod):",
        );
        for (const line of settings) expect(line).to.match(/^ {2}- /);
    });

    /** Puts another program in the place of the copy's, for as long as a test lasts. */
    async function withProgram(program: string, test: () => Promise<void>): Promise<void> {
        const file = join(copy, "index.ts");
        const whole = readFileSync(file, "utf8");
        writeFileSync(file, `import * as pulumi from "@pulumi/pulumi";\n${program}`);
        await test();
        writeFileSync(file, whole);
    }

    it("shows where the program fails", () =>
        withProgram('pulumi.getStack();\nthrow new Error("broken on purpose");\n', async () => {
            const output = await refusal(await Embedded.launch({ directory: copy }));
            expect(output)
                .to.include("broken on purpose")
                .and.to.match(/index\.ts:\d+/);
        }));

    it("gives the reason why the program's resources cannot be used", () => {
        const unusable = `
class Unusable extends pulumi.CustomResource {
    constructor() {
        super("test:index:Unusable", "unusable", { value: new pulumi.asset.StringAsset("text") });
    }
}
new Unusable();
`;
        return withProgram(unusable, async () => {
            const output = await refusal(await Embedded.launch({ directory: copy }));
            expect(output).to.include("cannot be handed on").and.not.to.include("without a result");
        });
    });

    it("names the function that does not initialise", async () => {
        const directory = join(copy, "packages/embedded-aws/example");
        const file = join(directory, "functions/receive.mjs");
        const code = readFileSync(file, "utf8");
        writeFileSync(file, `${code}\nthrow new Error("broken in INIT");\n`);
        const refused = await refusal(await Embedded.launch({ directory }));
        expect(refused).to.include("does not initialise").and.to.include("broken in INIT");
        writeFileSync(file, code);
    });

    it("starts the functions that answer requests ahead, once for a program", async () => {
        const directory = join(copy, "packages/embedded-aws/example");
        const file = join(directory, "functions/receive.mjs");
        const code = readFileSync(file, "utf8");
        // No start before has had this one.
        writeFileSync(file, `${code}\n// ${performance.now()}\n`);
        const ahead: boolean[] = [];
        for (const _ of ["first", "second"]) {
            const embedded = await Embedded.start({ directory });
            const view = await ask(`${embedded.url}/_local/resources`);
            const { functions } = (await view.json()) as { functions: { name: string; pids: number[] }[] };
            ahead.push(functions.some(({ name, pids }) => name.includes("receive") && pids.length > 0));
            await embedded.stop();
        }
        writeFileSync(file, code);
        expect(ahead).to.deep.equal([true, false]);
    });

    it("shows file and line of a callback that does not compile", async () => {
        const file = join(copy, "runtime/orderIntake/notify.ts");
        const code = readFileSync(file, "utf8");
        writeFileSync(file, `${code}\nconst = 1;\n`);
        const output = await refusal(await Embedded.launch({ directory: copy }));
        expect(output).to.match(/runtime\/orderIntake\/notify\.ts:\d+:\d+/);
        writeFileSync(file, code);
    });

    it("evaluates a program once, and then starts with the stored result", async () => {
        const evaluations = join(copy, ".evaluations");
        const program = `import { appendFileSync } from "node:fs";
export const stack = pulumi.getStack();
appendFileSync(${JSON.stringify(evaluations)}, "x");
// ${performance.now()}
`;
        await withProgram(program, async () => {
            for (const start of ["first", "second"]) {
                const embedded = await Embedded.start({ directory: copy });
                await embedded.stop();
                expect(readFileSync(evaluations, "utf8"), start).to.equal("x");
            }
        });
    });

    for (const option of ["--help", "-h"]) {
        it(`prints its usage with ${option}`, async () => {
            const embedded = await Embedded.launch({ args: [option] });
            expect(await embedded.ended()).to.equal(0);
            expect(embedded.output).to.match(/^embedded-aws .*\n {2}--project <folder>[\s\S]*\n {2}--stack <name>/);
        });
    }

    for (const { test, program, folder, path, file, status } of [
        {
            test: it,
            program: "small",
            folder: "packages/embedded-aws/example",
            path: "notes",
            file: "functions/receive.mjs",
            status: /statusCode: \d+/,
        },
        {
            test: proof,
            program: "whole",
            folder: ".",
            path: "orders",
            file: "runtime/orderIntake/receive.ts",
            status: /answer\(20\d/,
        },
    ]) {
        test(`with --watch, in a relative folder, takes up a function's new code each time it is saved: of the ${program} program`, async () => {
            const directory = join(copy, folder);
            const environment = { LOCAL_STATE_DIR: "state/of/tests" };
            const embedded = await Embedded.start({ directory, args: ["--watch"], environment });
            let updates = 0;
            for (const next of ["201", "203"]) {
                // As editors save: another file takes the name.
                const code = readFileSync(join(directory, file), "utf8");
                const changed = code.replace(status, (before) => before.replace(/\d+/, next));
                writeFileSync(join(directory, `${file}~`), changed);
                renameSync(join(directory, `${file}~`), join(directory, file));
                updates += 1;
                await eventually(() => {
                    expect(embedded.output.match(/^updated .*receive/gm) ?? []).to.have.length(updates);
                });
                const body = JSON.stringify({ customer: "Ada", items: ["Widget A"], total: 1 });
                const headers = { "content-type": "application/json" };
                const answer = await askOther(`${embedded.url}/${path}`, { method: "POST", headers, body });
                expect(answer.status).to.equal(Number(next));
            }
            await embedded.stop();
        });
    }
});
