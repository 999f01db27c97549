import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type AwsCall, AwsError } from "../../src/aws/call.ts";
import { Tables } from "../../src/endpoint/tables.ts";
import type { InvocationResult } from "../../src/lambda/function.ts";
import { startDynamoDb, type TableEngine } from "../../src/storage/dynoxide.ts";
import { TaskQueue } from "../../src/taskQueue.ts";
import type { StreamTriggerDefinition } from "../../src/triggers/definition.ts";
import { StreamTrigger } from "../../src/triggers/streamTrigger.ts";
import { Waits } from "../../src/waits.ts";
import { recordsOf, returned, thrown, until } from "./waiting.ts";

const platform = `@dynoxide/${process.platform}-${process.arch}`;
const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:worker";
const failureQueue = "http://127.0.0.1:4566/000000000000/failures";

describe("the event source mapping of a table's stream", () => {
    let engine: TableEngine | undefined;
    let tables: Tables | undefined;
    let directory: string | undefined;
    let running: StreamTrigger[] = [];
    let taskQueues: TaskQueue[] = [];
    let tableCount = 0;

    before(async function () {
        try {
            createRequire(import.meta.url).resolve(`${platform}/package.json`);
        } catch {
            console.log(`      skipped: ${platform} is not installed`);
            return this.skip();
        }
        directory = mkdtempSync(join(tmpdir(), "streams-"));
        engine = await startDynamoDb({ directory, environment: {}, onDeath: () => {} });
        tables = new Tables(engine, "eu-west-1");
    });
    afterEach(async () => {
        await Promise.all(running.map((trigger) => trigger.stop()));
        for (const taskQueue of taskQueues) taskQueue.close();
        running = [];
        taskQueues = [];
    });
    after(async () => {
        tables?.close();
        await engine?.stop();
        if (directory !== undefined) rmSync(directory, { recursive: true });
    });

    async function dynamodb(action: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
        if (tables === undefined) throw new Error("there is no DynamoDB");
        return tables.run(action, input);
    }

    /** A new table with a stream. */
    async function createTable() {
        tableCount += 1;
        const TableName = `pets-${tableCount}`;
        const { TableDescription } = await dynamodb("CreateTable", {
            TableName,
            AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
            KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
            BillingMode: "PAY_PER_REQUEST",
            StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
        });
        const streamArn = new Map(Object.entries(TableDescription ?? {})).get("LatestStreamArn");
        const put = async (...ids: string[]) => {
            for (const id of ids) await dynamodb("PutItem", { TableName, Item: { id: { S: id } } });
        };
        return { TableName, streamArn: String(streamArn), put };
    }

    /** The task queue as a new run of the cloud opens it: the earlier run is gone. */
    function openTaskQueue(file = ":memory:"): TaskQueue {
        if (file !== ":memory:") {
            for (const taskQueue of taskQueues) taskQueue.close();
            taskQueues = [];
        }
        const taskQueue = new TaskQueue(file);
        taskQueues.push(taskQueue);
        return taskQueue;
    }

    async function start(
        streamArn: string,
        run: (ids: string[], payload: string) => InvocationResult | Promise<InvocationResult>,
        parts: Partial<StreamTriggerDefinition> = {},
        taskQueue = openTaskQueue(),
        sendFailure: (input: Readonly<Record<string, unknown>>) => void = () => {},
        isToldOfWrites = true,
    ) {
        const batches: string[][] = [];
        const failures: string[] = [];
        let reads = 0;
        const call: AwsCall = async (principal, service, action, input) => {
            expect(principal).to.deep.include({ kind: "role", roleArn: "arn:aws:iam::000000000000:role/worker" });
            if (action === "GetRecords") reads += 1;
            if (service === "dynamodb") return dynamodb(action, input);
            sendFailure({ service, action, ...input });
            return {};
        };
        const trigger = new StreamTrigger(
            {
                arn: "arn:aws:lambda:eu-west-1:000000000000:event-source-mapping:1",
                eventSourceArn: streamArn,
                functionArn,
                roleArn: "arn:aws:iam::000000000000:role/worker",
                region: "eu-west-1",
                batchSize: 100,
                maximumBatchingWindowSeconds: 0,
                filterCriteria: {},
                reportBatchItemFailures: false,
                startingPosition: "TRIM_HORIZON",
                maximumRetryAttempts: -1,
                maximumRecordAgeSeconds: -1,
                bisectBatchOnFunctionError: false,
                parallelizationFactor: 1,
                ...parts,
            },
            {
                call,
                writes: isToldOfWrites ? engine?.writes : undefined,
                waits: new Waits(0.0001),
                trace: ({ text }) => failures.push(text),
                invoke: async (_, payload) => {
                    const ids = idsOf(payload);
                    batches.push(ids);
                    return run(ids, payload);
                },
            },
            taskQueue,
        );
        running.push(trigger);
        await trigger.start();
        return { trigger, batches, failures, reads: () => reads };
    }

    function idsOf(payload: string): string[] {
        const changes: { Records: { dynamodb: { Keys: { id: { S: string } } } }[] } = JSON.parse(payload);
        return changes.Records.map(({ dynamodb: { Keys } }) => Keys.id.S);
    }

    it("hands on each change once, in order, as Lambda does", async () => {
        const { TableName, streamArn, put } = await createTable();
        const records: Record<string, unknown>[] = [];
        await start(streamArn, (_, payload) => {
            records.push(...JSON.parse(payload).Records);
            return returned(null);
        });
        const startedAt = Math.floor(Date.now() / 1000);
        await put("rex");
        await dynamodb("PutItem", { TableName, Item: { id: { S: "rex" }, age: { N: "3" } } });
        await dynamodb("PutItem", { TableName, Item: { id: { S: "rex" }, age: { N: "3" } } });
        await dynamodb("DeleteItem", { TableName, Key: { id: { S: "rex" } } });
        await until(() => records.length === 3, "three records");
        expect(records.map(({ eventName }) => eventName)).to.deep.equal(["INSERT", "MODIFY", "REMOVE"]);
        expect(new Set(records.map(({ eventID }) => eventID)).size).to.equal(3);
        const { eventID: _, dynamodb: change, ...rest } = records[1] ?? {};
        expect(rest).to.deep.equal({
            eventName: "MODIFY",
            eventVersion: "1.1",
            eventSource: "aws:dynamodb",
            awsRegion: "eu-west-1",
            eventSourceARN: streamArn,
        });
        expect(change).to.deep.include({
            Keys: { id: { S: "rex" } },
            OldImage: { id: { S: "rex" } },
            NewImage: { id: { S: "rex" }, age: { N: "3" } },
            StreamViewType: "NEW_AND_OLD_IMAGES",
        });
        expect(change)
            .to.have.property("ApproximateCreationDateTime")
            .that.is.within(startedAt, startedAt + 10);
    });

    it("begins with the oldest record at TRIM_HORIZON", async () => {
        const { streamArn, put } = await createTable();
        await put("a", "b", "c");
        const { batches } = await start(streamArn, () => returned(null), { batchSize: 2 });
        await until(() => batches.flat().length === 3, "the records");
        expect(batches).to.deep.equal([["a", "b"], ["c"]]);
    });

    it("begins with what comes after its start at LATEST", async () => {
        const { streamArn, put } = await createTable();
        await put("old", "older");
        const { batches } = await start(streamArn, () => returned(null), { startingPosition: "LATEST" });
        await put("new");
        await until(() => batches.length > 0, "the new record");
        expect(batches).to.deep.equal([["new"]]);
    });

    it("misses nothing that was written while it was away, from its first start on", async () => {
        const { streamArn, put } = await createTable();
        const file = join(directory ?? "", "away.db");
        await put("before");
        const first = await start(streamArn, () => returned(null), { startingPosition: "LATEST" }, openTaskQueue(file));
        await first.trigger.stop();
        await put("a", "b");
        const second = await start(
            streamArn,
            () => returned(null),
            { startingPosition: "LATEST" },
            openTaskQueue(file),
        );
        await until(() => second.batches.flat().length === 2, "the records");
        await second.trigger.stop();
        await put("c");
        const third = await start(streamArn, () => returned(null), { startingPosition: "LATEST" }, openTaskQueue(file));
        await until(() => third.batches.flat().length > 0, "the last record");
        expect([...first.batches, ...second.batches, ...third.batches].flat()).to.deep.equal(["a", "b", "c"]);
    });

    it("repeats after a restart the batch that was not done, and nothing before it", async () => {
        const { streamArn, put } = await createTable();
        const file = join(directory ?? "", "restart.db");
        await put("a", "b", "c");
        const never = new Promise<InvocationResult>(() => {});
        const killed = await start(
            streamArn,
            ([id]) => (id === "b" ? never : returned(null)),
            { batchSize: 1 },
            openTaskQueue(file),
        );
        await until(() => killed.batches.length === 2, "the second batch");
        // As after `kill -9`: the first trigger is not stopped, it just never returns.
        running = running.filter((trigger) => trigger !== killed.trigger);
        const { batches } = await start(streamArn, () => returned(null), { batchSize: 1 }, openTaskQueue(file));
        await until(() => batches.length === 2, "the rest");
        expect(batches).to.deep.equal([["b"], ["c"]]);
    });

    it("skips what no filter lets pass, also after a restart", async () => {
        const { TableName, streamArn, put } = await createTable();
        const filterCriteria = { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] };
        const taskQueue = openTaskQueue();
        await put("a");
        await dynamodb("DeleteItem", { TableName, Key: { id: { S: "a" } } });
        const first = await start(streamArn, () => returned(null), { filterCriteria }, taskQueue);
        await put("b");
        await until(() => first.batches.flat().length === 2, "the inserts");
        await first.trigger.stop();
        const second = await start(streamArn, () => returned(null), { filterCriteria }, taskQueue);
        await put("c");
        await until(() => second.batches.flat().length > 0, "the next insert");
        expect([...first.batches, ...second.batches].flat()).to.deep.equal(["a", "b", "c"]);
    });

    it("reads a stream when its table was written to, and not again and again", async () => {
        const [busy, idle] = [await createTable(), await createTable()];
        const ofIdle = await start(idle.streamArn, () => returned(null));
        const ofBusy = await start(busy.streamArn, () => returned(null));
        for (let count = 1; count <= 40; count += 1) {
            await busy.put(String(count));
            await until(() => ofBusy.batches.length === count, "the record");
        }
        expect(ofBusy.reads()).to.be.at.least(40);
        expect(ofIdle.reads()).to.be.below(6);
        await idle.put("late");
        await until(() => ofIdle.batches.length === 1, "the late record");
    });

    it("looks again and again where nobody tells of writes", async () => {
        const { streamArn, put } = await createTable();
        const { batches, reads } = await start(streamArn, () => returned(null), {}, openTaskQueue(), undefined, false);
        await until(() => reads() > 3, "more reads");
        await put("a");
        await until(() => batches.length === 1, "the record");
    });

    it("collects a batch over its window", async () => {
        const { streamArn, put } = await createTable();
        const { batches } = await start(streamArn, () => returned(null), { maximumBatchingWindowSeconds: 1 });
        await put("a");
        await put("b");
        await until(() => batches.length > 0, "the batch");
        expect(batches).to.deep.equal([["a", "b"]]);
    });

    describe("when the function fails", () => {
        it("repeats the batch until it succeeds, and holds back what follows", async () => {
            const { streamArn, put } = await createTable();
            await put("a", "b");
            let failures = 3;
            const { batches } = await start(
                streamArn,
                () => {
                    failures -= 1;
                    return failures >= 0 ? thrown("not yet") : returned(null);
                },
                { batchSize: 1 },
            );
            await until(() => batches.length === 5, "the batches");
            expect(batches.flat()).to.deep.equal(["a", "a", "a", "a", "b"]);
        });

        it("gives a batch up after its retries and sends its record to the queue", async () => {
            const { streamArn, put } = await createTable();
            await put("poison", "good");
            const sent: Readonly<Record<string, unknown>>[] = [];
            const { batches } = await start(
                streamArn,
                ([id]) => (id === "poison" ? thrown("no") : returned(null)),
                { batchSize: 1, maximumRetryAttempts: 2, onFailure: { kind: "queue", url: failureQueue } },
                openTaskQueue(),
                (input) => sent.push(input),
            );
            await until(() => batches.some(([id]) => id === "good"), "the good record");
            expect(batches).to.deep.equal([["poison"], ["poison"], ["poison"], ["good"]]);
            expect(sent.map(({ service, action, QueueUrl }) => [service, action, QueueUrl])).to.deep.equal([
                ["sqs", "SendMessage", failureQueue],
            ]);
            const record = JSON.parse(String(sent[0]?.["MessageBody"]));
            expect(record.requestContext).to.include({
                condition: "RetryAttemptsExhausted",
                approximateInvokeCount: 3,
                functionArn,
            });
            expect(record.DDBStreamBatchInfo).to.include({ batchSize: 1, streamArn });
        });

        it("publishes the record to a topic", async () => {
            const { streamArn, put } = await createTable();
            await put("poison");
            const sent: Readonly<Record<string, unknown>>[] = [];
            const arn = "arn:aws:sns:eu-west-1:000000000000:failures";
            await start(
                streamArn,
                () => thrown("no"),
                { maximumRetryAttempts: 0, onFailure: { kind: "topic", arn } },
                openTaskQueue(),
                (input) => sent.push(input),
            );
            await until(() => sent.length === 1, "the record");
            expect(sent[0]).to.include({ service: "sns", action: "Publish", TopicArn: arn });
        });

        it("goes on when the role may not send the record, and says so", async () => {
            const { streamArn, put } = await createTable();
            await put("poison", "good");
            const { batches, failures } = await start(
                streamArn,
                ([id]) => (id === "poison" ? thrown("no") : returned(null)),
                { batchSize: 1, maximumRetryAttempts: 0, onFailure: { kind: "queue", url: failureQueue } },
                openTaskQueue(),
                () => {
                    throw new AwsError("AccessDenied", "not authorized to perform: sqs:SendMessage", 403);
                },
            );
            await until(() => batches.some(([id]) => id === "good"), "the good record");
            expect(failures.some((text) => text.includes("sqs:SendMessage"))).to.equal(true);
        });

        it("finds a poison record by halving, and processes all others", async () => {
            const { streamArn, put } = await createTable();
            const ids = Array.from({ length: 10 }, (_, index) => (index === 6 ? "poison" : `good-${index}`));
            await put(...ids);
            const done: string[] = [];
            const sent: Readonly<Record<string, unknown>>[] = [];
            await start(
                streamArn,
                (batch) => {
                    if (batch.includes("poison")) return thrown("no");
                    done.push(...batch);
                    return returned(null);
                },
                {
                    bisectBatchOnFunctionError: true,
                    maximumRetryAttempts: 1,
                    onFailure: { kind: "queue", url: failureQueue },
                },
                openTaskQueue(),
                (input) => sent.push(input),
            );
            await until(() => done.length === 9, "the good records");
            expect(done).to.deep.equal(ids.filter((id) => id !== "poison"));
            expect(sent).to.have.length(1);
            expect(JSON.parse(String(sent[0]?.["MessageBody"])).DDBStreamBatchInfo.batchSize).to.equal(1);
        });

        it("goes on from the first record that the function reports as failed", async () => {
            const { streamArn, put } = await createTable();
            await put("a", "b", "c", "d");
            let failed = false;
            const { batches } = await start(
                streamArn,
                (ids, payload) => {
                    if (failed) return returned({ batchItemFailures: [] });
                    failed = true;
                    const numbers = recordsOf(payload, "dynamodb").map((change) =>
                        String(new Map(Object.entries(change ?? {})).get("SequenceNumber")),
                    );
                    const items = [3, 1].filter((index) => index < ids.length);
                    return returned({ batchItemFailures: items.map((index) => ({ itemIdentifier: numbers[index] })) });
                },
                { reportBatchItemFailures: true },
            );
            await until(() => batches.length === 2, "the second batch");
            expect(batches).to.deep.equal([
                ["a", "b", "c", "d"],
                ["b", "c", "d"],
            ]);
        });

        it("repeats the whole batch when it reports what is no record", async () => {
            const { streamArn, put } = await createTable();
            await put("a", "b");
            let reports = [
                '{"batchItemFailures":[{"itemIdentifier":""}]}',
                '{"batchItemFailures":[{"itemIdentifier":"7"}]}',
            ];
            const { batches } = await start(
                streamArn,
                () => {
                    const [report = "{}", ...rest] = reports;
                    reports = rest;
                    return { ...returned(null), payload: report };
                },
                { reportBatchItemFailures: true },
            );
            await until(() => batches.length === 3, "the batches");
            expect(batches).to.deep.equal([
                ["a", "b"],
                ["a", "b"],
                ["a", "b"],
            ]);
        });

        it("counts no retry while the function is throttled", async () => {
            const { streamArn, put } = await createTable();
            await put("a");
            let throttles = 3;
            const sent: unknown[] = [];
            const { batches, trigger } = await start(
                streamArn,
                () => {
                    throttles -= 1;
                    if (throttles >= 0) throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
                    return returned(null);
                },
                { maximumRetryAttempts: 0, onFailure: { kind: "queue", url: failureQueue } },
                openTaskQueue(),
                (input) => sent.push(input),
            );
            await until(() => batches.length === 4 && trigger.state().inFlight === 0, "the success");
            expect(sent).to.deep.equal([]);
        });
    });

    it("gives up records that are too old without asking the function", async () => {
        const { streamArn, put } = await createTable();
        await put("old");
        const written = Date.now();
        await until(() => Math.floor(Date.now() / 1000) > Math.floor(written / 1000) + 1, "the record to age");
        const sent: Readonly<Record<string, unknown>>[] = [];
        const { batches } = await start(
            streamArn,
            () => returned(null),
            { maximumRecordAgeSeconds: 1, onFailure: { kind: "queue", url: failureQueue } },
            openTaskQueue(),
            (input) => sent.push(input),
        );
        await until(() => sent.length === 1, "the record");
        expect(JSON.parse(String(sent[0]?.["MessageBody"])).requestContext.condition).to.equal("RecordAgeExceeded");
        expect(batches).to.deep.equal([]);
    });

    it("runs several batches at once, and those of one item one after the other", async () => {
        const { TableName, streamArn } = await createTable();
        for (let version = 1; version <= 5; version++) {
            for (const id of ["a", "b", "c", "d", "e", "f"]) {
                await dynamodb("PutItem", { TableName, Item: { id: { S: id }, version: { N: `${version}` } } });
            }
        }
        const versions = new Map<string, string[]>();
        const busy = new Set<string>();
        let most = 0;
        const { batches } = await start(
            streamArn,
            async ([id = ""], payload) => {
                expect(busy.has(id)).to.equal(false);
                busy.add(id);
                most = Math.max(most, busy.size);
                await new Promise(setImmediate);
                const version = JSON.parse(payload).Records[0].dynamodb.NewImage.version.N;
                versions.set(id, [...(versions.get(id) ?? []), version]);
                busy.delete(id);
                return returned(null);
            },
            { batchSize: 1, parallelizationFactor: 10 },
        );
        await until(() => batches.length >= 30 && busy.size === 0, "all versions");
        for (const seen of versions.values()) expect(seen).to.deep.equal(["1", "2", "3", "4", "5"]);
        expect(most).to.be.greaterThan(1);
    });

    it("keeps trying while the stream cannot be read, and says so", async () => {
        const missing = "arn:aws:dynamodb:eu-west-1:000000000000:table/nothing/stream/2026-01-01T00:00:00.000";
        const { trigger, failures } = await start(missing, () => returned(null));
        await until(() => failures.length >= 2, "a second attempt");
        expect(trigger.state().lastError).to.be.a("string");
    });

    it("shows its position", async () => {
        const { streamArn, put } = await createTable();
        const { trigger, batches } = await start(streamArn, () => returned(null));
        await put("a");
        await until(() => batches.length === 1 && trigger.state().inFlight === 0, "the batch");
        await until(
            () => Object.values(trigger.state().positions).some((position) => position !== "start"),
            "the position",
        );
        expect(trigger.state()).to.include({ source: streamArn, target: functionArn, lastError: undefined });
    });
});
