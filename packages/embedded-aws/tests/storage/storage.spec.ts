import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type { EngineError } from "../../src/storage/engine.ts";
import { type Storage, startStorage } from "../../src/storage/storage.ts";
import { Waits } from "../../src/waits.ts";
import { eventually, failure } from "../endpoint/startedCloud.ts";

describe("The storage engines", () => {
    const directories: string[] = [];
    const running: Storage[] = [];
    const deaths: EngineError[] = [];

    afterEach(async () => {
        for (const storage of running.splice(0)) await storage.stop();
        for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
        deaths.length = 0;
    });

    function newDirectory(): string {
        const directory = mkdtempSync(join(tmpdir(), "storage-"));
        directories.push(directory);
        return directory;
    }

    async function start(directory = newDirectory(), environment: Record<string, string> = {}): Promise<Storage> {
        const onDeath = (death: EngineError) => deaths.push(death);
        const storage = await startStorage({ directory, region: "eu-west-1", environment, onDeath });
        running.push(storage);
        return storage;
    }

    const answers = (origin: string) =>
        fetch(origin).then(
            () => true,
            () => false,
        );
    const silent = async (origin: string) => ((await answers(origin)) ? undefined : true);

    it("answer when they have started, and are gone when they have stopped", async () => {
        const storage = await start();
        const origins = [storage.tables.origin, storage.queues.origin];
        for (const origin of origins) expect(await answers(origin)).to.equal(true);
        await storage.stop();
        for (const origin of origins) expect(await answers(origin)).to.equal(false);
        expect(deaths).to.deep.equal([]);
    });

    for (const [engine, title] of [
        ["tables", "DynamoDB"],
        ["queues", "SQS and S3"],
    ] as const) {
        it(`tell once when ${title} dies, and leave nothing of it behind`, async () => {
            const storage = await start();
            const { processId, origin } = storage[engine];
            if (processId === undefined) throw new Error("no process");
            process.kill(processId, "SIGKILL");
            await eventually(() => silent(origin));
            const [death] = await eventually(() => (deaths.length > 0 ? deaths : undefined));
            expect(death?.message).to.match(new RegExp(`^${title}.*ended unexpectedly \\(signal SIGKILL\\)`));
            expect(deaths).to.have.length(1);
        });
    }

    it("shorten the delay of a message, be it the message's or the queue's, by the cloud's factor", async () => {
        const onDeath = (death: EngineError) => deaths.push(death);
        const settings = { directory: newDirectory(), region: "eu-west-1", environment: {}, onDeath };
        const storage = await startStorage({ ...settings, waits: new Waits(0.001) });
        running.push(storage);
        const sqs = new SQSClient({
            endpoint: storage.queues.origin,
            region: "eu-west-1",
            credentials: { accessKeyId: "local", secretAccessKey: "local" },
        });
        const create = (QueueName: string, DelaySeconds: string) =>
            sqs.send(new CreateQueueCommand({ QueueName, Attributes: { DelaySeconds } }));
        const [{ QueueUrl: plain }, { QueueUrl: late }] = [await create("plain", "0"), await create("late", "900")];
        await sqs.send(new SendMessageCommand({ QueueUrl: plain, MessageBody: "the message's", DelaySeconds: 900 }));
        await sqs.send(new SendMessageCommand({ QueueUrl: late, MessageBody: "the queue's" }));

        // A quarter of an hour, or what SQS waits for at most.
        const receive = async (QueueUrl: string | undefined) =>
            (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))).Messages?.[0]?.Body;
        expect(await Promise.all([receive(plain), receive(late)])).to.deep.equal(["the message's", "the queue's"]);
        sqs.destroy();
    });

    it("die with the process that started them, even when it is killed", async () => {
        const script = fileURLToPath(new URL("holdStorage.ts", import.meta.url));
        const holder = spawn(process.execPath, [script, newDirectory()], { stdio: ["ignore", "pipe", "inherit"] });
        try {
            const [line] = await once(holder.stdout, "data");
            const origins: string[] = JSON.parse(String(line));
            for (const origin of origins) expect(await answers(origin)).to.equal(true);
            holder.kill("SIGKILL");
            for (const origin of origins) await eventually(() => silent(origin));
        } finally {
            holder.kill("SIGKILL");
        }
    });

    it("do not stop a DynamoDB that another process runs", async () => {
        const owner = await start();
        const DYNAMODB_ENDPOINT = owner.tables.origin;
        const guest = await start(newDirectory(), { DYNAMODB_ENDPOINT });
        expect(guest.tables.origin).to.equal(DYNAMODB_ENDPOINT);
        await guest.stop();
        expect(await answers(DYNAMODB_ENDPOINT)).to.equal(true);
    });

    it("say so when nothing answers at DYNAMODB_ENDPOINT, and leave nothing running", async () => {
        const unused = createServer();
        unused.listen(0, "127.0.0.1");
        await once(unused, "listening");
        const address = unused.address();
        const port = typeof address === "object" ? address?.port : undefined;
        await new Promise((resolve) => unused.close(resolve));
        const DYNAMODB_ENDPOINT = `http://127.0.0.1:${port}`;
        const refused = await failure(start(newDirectory(), { DYNAMODB_ENDPOINT }));
        expect(refused.message).to.equal(`No DynamoDB answers at ${DYNAMODB_ENDPOINT} (DYNAMODB_ENDPOINT).`);
    });

    it("name the missing package and the way out on a platform without one", async () => {
        const code = `
            Object.defineProperty(process, "arch", { value: "riscv64" });
            const { startDynamoDb } = await import(process.argv[1]);
            await startDynamoDb({ directory: "/", environment: {}, onDeath: () => {} })
                .catch((error) => console.log(error.message));`;
        const module = new URL("../../src/storage/dynoxide.ts", import.meta.url).href;
        // Offline, so that the test asks no registry for a package that does not exist.
        const child = spawn(process.execPath, ["--input-type=module", "-e", code, module], {
            env: { ...process.env, npm_config_offline: "true" },
        });
        let output = "";
        child.stdout.on("data", (text: Buffer) => {
            output += text;
        });
        await once(child, "close");
        expect(output).to.match(/@dynoxide\/\w+-riscv64@\d+\.\d+\.\d+, the local DynamoDB/);
        expect(output).to.include("DYNAMODB_ENDPOINT");
    });
});
