import { createHash, randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import { type AwsCall, AwsError } from "../../src/aws/call.ts";
import type { InvocationResult } from "../../src/lambda/function.ts";
import { InvalidTriggerError, type QueueTriggerDefinition } from "../../src/triggers/definition.ts";
import { QueueTrigger } from "../../src/triggers/queueTrigger.ts";
import { Waits } from "../../src/waits.ts";
import { recordsOf, returned, thrown, until } from "./waiting.ts";

const roleArn = "arn:aws:iam::000000000000:role/worker";

interface Message {
    readonly id: string;
    readonly body: string;
    readonly attributes: Record<string, unknown> | undefined;
    receives: number;
    visibleAt: number;
}

/** A queue as SQS documents it, as far as a trigger can see. */
class Queue {
    readonly messages: Message[] = [];
    readonly deadLetters: Message[] = [];
    readonly calls: { role: string; action: string }[] = [];
    readonly maxReceiveCount: number;
    refuseDeletes = false;
    visibilitySeconds = 30;
    /** Of the cloud that it is in. */
    waitFactor = 0.0001;
    #wake = () => {};

    constructor(maxReceiveCount = Number.POSITIVE_INFINITY) {
        this.maxReceiveCount = maxReceiveCount;
    }

    send(...bodies: string[]): void {
        for (const body of bodies) {
            const attributes = body === "attributed" ? { kind: { DataType: "String", StringValue: "dog" } } : undefined;
            this.messages.push({ id: randomUUID(), body, attributes, receives: 0, visibleAt: 0 });
        }
        this.#wake();
    }

    readonly call: AwsCall = async (principal, _service, action, input) => {
        this.calls.push({ role: principal.kind === "role" ? principal.roleArn : principal.kind, action });
        const entries: Record<string, unknown>[] = Array.isArray(input["Entries"]) ? input["Entries"] : [];
        switch (action) {
            case "GetQueueAttributes":
                return { Attributes: { VisibilityTimeout: String(this.visibilitySeconds) } };
            case "ReceiveMessage":
                return this.#receive(Number(input["MaxNumberOfMessages"]), Number(input["WaitTimeSeconds"]));
            case "DeleteMessageBatch": {
                if (this.refuseDeletes) return { Failed: entries.map(({ Id }) => ({ Id, Code: "InternalError" })) };
                for (const { ReceiptHandle } of entries) {
                    const index = this.messages.findIndex((message) => handleOf(message) === ReceiptHandle);
                    if (index >= 0) this.messages.splice(index, 1);
                }
                return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
            }
            case "ChangeMessageVisibilityBatch":
                for (const { ReceiptHandle, VisibilityTimeout } of entries) {
                    const message = this.messages.find((other) => handleOf(other) === ReceiptHandle);
                    if (message !== undefined) message.visibleAt = Date.now() + Number(VisibilityTimeout) * 1000;
                }
                this.#wake();
                return {};
            default:
                throw new AwsError("UnknownOperationException", action);
        }
    };

    async #receive(count: number, waitSeconds: number): Promise<Record<string, unknown>> {
        for (const deadline = Date.now() + waitSeconds * 1000; ; ) {
            const now = Date.now();
            for (const message of [...this.messages]) {
                if (message.visibleAt > now || message.receives < this.maxReceiveCount) continue;
                this.messages.splice(this.messages.indexOf(message), 1);
                this.deadLetters.push(message);
            }
            const visible = this.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, count);
            if (visible.length > 0 || now >= deadline)
                return visible.length > 0 ? { Messages: visible.map(received) } : {};
            const woken = Promise.withResolvers<void>();
            const wake = this.#wake;
            this.#wake = () => {
                wake();
                woken.resolve();
            };
            await Promise.race([woken.promise, delay(Math.min(deadline - now, 50), undefined, { ref: false })]);
        }
    }
}

function received(message: Message): Record<string, unknown> {
    message.receives += 1;
    message.visibleAt = Date.now() + 30_000;
    return {
        MessageId: message.id,
        ReceiptHandle: handleOf(message),
        Body: message.body,
        MD5OfBody: createHash("md5").update(message.body).digest("hex"),
        Attributes: {
            ApproximateReceiveCount: String(message.receives),
            SentTimestamp: "1545082649183",
            SenderId: "AIDAIENQZJOLO23YVJ4VO",
            ApproximateFirstReceiveTimestamp: "1545082649185",
        },
        ...(message.attributes !== undefined && { MessageAttributes: message.attributes }),
    };
}

function handleOf({ id, receives }: Message): string {
    return `${id}#${receives}`;
}

describe("the event source mapping of a queue", () => {
    let trigger: QueueTrigger | undefined;
    afterEach(async () => {
        await trigger?.stop();
        trigger = undefined;
    });

    const definition: QueueTriggerDefinition = {
        arn: "arn:aws:lambda:eu-west-1:000000000000:event-source-mapping:1",
        eventSourceArn: "arn:aws:sqs:eu-west-1:000000000000:work",
        functionArn: "arn:aws:lambda:eu-west-1:000000000000:function:worker",
        queueUrl: "http://127.0.0.1:4566/000000000000/work",
        roleArn,
        region: "eu-west-1",
        batchSize: 10,
        maximumBatchingWindowSeconds: 0,
        filterCriteria: {},
        reportBatchItemFailures: false,
    };

    function start(
        queue: Queue,
        run: (payload: string) => InvocationResult | Promise<InvocationResult>,
        parts: Partial<QueueTriggerDefinition> = {},
    ) {
        const payloads: string[] = [];
        const failures: string[] = [];
        trigger = new QueueTrigger(
            { ...definition, ...parts },
            {
                call: queue.call,
                waits: new Waits(queue.waitFactor),
                trace: ({ text }) => failures.push(text),
                invoke: async (functionArn, payload) => {
                    expect(functionArn).to.equal(definition.functionArn);
                    payloads.push(payload);
                    return run(payload);
                },
            },
        );
        trigger.start();
        return { trigger, payloads, failures };
    }

    it("hands messages to the function as records and deletes them when it is done", async () => {
        const queue = new Queue();
        queue.send("attributed");
        const { payloads } = start(queue, () => returned(null));
        await until(() => queue.messages.length === 0, "the deletion");
        const { Records } = JSON.parse(payloads[0] ?? "");
        const { messageId, receiptHandle, ...record } = Records[0];
        expect(messageId).to.match(/^[0-9a-f-]{36}$/);
        expect(receiptHandle).to.be.a("string");
        expect(record).to.deep.equal({
            body: "attributed",
            attributes: {
                ApproximateReceiveCount: "1",
                SentTimestamp: "1545082649183",
                SenderId: "AIDAIENQZJOLO23YVJ4VO",
                ApproximateFirstReceiveTimestamp: "1545082649185",
            },
            messageAttributes: {
                kind: { stringValue: "dog", stringListValues: [], binaryListValues: [], dataType: "String" },
            },
            md5OfBody: createHash("md5").update("attributed").digest("hex"),
            eventSource: "aws:sqs",
            eventSourceARN: definition.eventSourceArn,
            awsRegion: "eu-west-1",
        });
    });

    it("needs of the role what Lambda needs: to receive, to delete, to read attributes", async () => {
        const queue = new Queue();
        queue.send("good", "bad");
        start(queue, () => thrown("no"));
        await until(() => queue.calls.some(({ action }) => action === "ChangeMessageVisibilityBatch"), "the failure");
        const asRole = new Set(queue.calls.filter(({ role }) => role === roleArn).map(({ action }) => action));
        expect([...asRole].sort()).to.deep.equal(["GetQueueAttributes", "ReceiveMessage"]);
    });

    it("processes a message by the receive that waits for it, however long the queue was empty", async () => {
        const queue = new Queue();
        const receives = () => queue.calls.filter(({ action }) => action === "ReceiveMessage").length;
        let receivesBefore = 0;
        start(queue, () => {
            receivesBefore = receives();
            return returned(null);
        });
        await until(() => receives() === 2, "the polls");
        queue.send("now");
        await until(() => receivesBefore > 0, "the invocation");
        expect(receivesBefore).to.equal(2);
    });

    it("brings a message that fails to its dead-letter queue after as many receives as the queue allows", async () => {
        const queue = new Queue(3);
        queue.send("poison");
        const { failures } = start(queue, () => thrown("cannot read poison"));
        await until(() => queue.deadLetters.length === 1, "the dead letter");
        expect(queue.deadLetters[0]).to.include({ body: "poison", receives: 3 });
        expect(failures.some((text) => text.includes("cannot read poison"))).to.equal(true);
    });

    it("keeps only what the function reports as failed", async () => {
        const queue = new Queue(1);
        queue.send("a", "poison", "b");
        const { trigger: running } = start(
            queue,
            (payload) => {
                const ids = recordsOf(payload, "messageId");
                const failed = ids.filter((_, index) => recordsOf(payload, "body")[index] === "poison");
                return returned({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) });
            },
            { reportBatchItemFailures: true },
        );
        await until(() => queue.deadLetters.length === 1 && queue.messages.length === 0, "the batch");
        expect(queue.deadLetters.map(({ body }) => body)).to.deep.equal(["poison"]);
        expect(running.state()).to.include({ inFlight: 0, source: definition.eventSourceArn });
    });

    it("takes a report for the failure of all when an item in it is unknown", async () => {
        const queue = new Queue(1);
        queue.send("a", "b");
        start(queue, () => returned({ batchItemFailures: [{ itemIdentifier: "other" }] }), {
            reportBatchItemFailures: true,
        });
        await until(() => queue.deadLetters.length === 2, "the dead letters");
    });

    it("ignores a report that was not asked for", async () => {
        const queue = new Queue(1);
        queue.send("a");
        start(queue, (payload) =>
            returned({ batchItemFailures: [{ itemIdentifier: recordsOf(payload, "messageId")[0] }] }),
        );
        await until(() => queue.messages.length === 0, "the deletion");
        expect(queue.deadLetters).to.deep.equal([]);
    });

    it("deletes what no filter lets pass, without asking the function", async () => {
        const queue = new Queue();
        queue.send('{"kind":"cat"}', '{"kind":"dog"}', "no JSON");
        const Filters = [{ Pattern: '{"body":{"kind":["dog"]}}' }];
        const { payloads } = start(queue, () => returned(null), { filterCriteria: { Filters } });
        await until(() => queue.messages.length === 0, "the deletions");
        expect(payloads.flatMap((payload) => recordsOf(payload, "body"))).to.deep.equal(['{"kind":"dog"}']);
    });

    it("collects a batch above ten messages over its window", async () => {
        const queue = new Queue();
        queue.send(...Array.from({ length: 25 }, (_, index) => `${index}`));
        const { payloads } = start(queue, () => returned(null), {
            batchSize: 40,
            maximumBatchingWindowSeconds: 1,
            maximumConcurrency: 1,
        });
        await until(() => queue.messages.length === 0, "the batch");
        expect(payloads.map((payload) => recordsOf(payload, "body").length)).to.deep.equal([25]);
    });

    it("ends the window as soon as the batch is full", async () => {
        const queue = new Queue();
        queue.send(...Array.from({ length: 12 }, (_, index) => `${index}`));
        const { payloads } = start(queue, () => returned(null), {
            batchSize: 12,
            maximumBatchingWindowSeconds: 300,
            maximumConcurrency: 1,
        });
        await until(() => queue.messages.length === 0, "the batch");
        expect(payloads).to.have.length(1);
    });

    for (const [title, parts] of [
        ["a batch size above 10 without a window", { batchSize: 11 }],
        ["a batch size of 0", { batchSize: 0 }],
        ["a window above 300 s", { maximumBatchingWindowSeconds: 301 }],
    ] as const) {
        it(`refuses ${title}`, () => {
            expect(() => start(new Queue(), () => returned(null), parts)).to.throw(InvalidTriggerError);
        });
    }

    it("runs several batches at once under load, never more than the maximum concurrency", async () => {
        const queue = new Queue();
        queue.send(...Array.from({ length: 40 }, (_, index) => `${index}`));
        let running = 0;
        let most = 0;
        const release = Promise.withResolvers<void>();
        const work = async () => {
            running += 1;
            most = Math.max(most, running);
            await release.promise;
            running -= 1;
            return returned(null);
        };
        const { trigger: started } = start(queue, work, { batchSize: 1, maximumConcurrency: 4 });
        await until(() => running === 4, "four invocations");
        expect(started.state().inFlight).to.equal(4);
        release.resolve();
        await until(() => queue.messages.length === 0, "all messages");
        expect(most).to.equal(4);
    });

    it("runs one more batch whenever all it runs wait for something else", async () => {
        const queue = new Queue();
        const waiting: (() => void)[] = [];
        const hang = async () => {
            await new Promise<void>((resolve) => waiting.push(resolve));
            return returned(null);
        };
        start(queue, hang, { reportBatchItemFailures: true });
        for (let count = 1; count <= 4; count += 1) {
            queue.send("hangs");
            await until(() => waiting.length === count, `batch ${count}`);
        }
        for (const go of waiting) go();
        await until(() => queue.messages.length === 0, "all messages");
    });

    it("tries a throttled batch again until its time-out is over, with waits between, and costs no receive till then", async () => {
        const queue = new Queue(1);
        // The longest time-out of SQS is 43 s here, the waits between are 50 ms.
        Object.assign(queue, { visibilitySeconds: 43_200, waitFactor: 0.001 });
        queue.send("a");
        const times: number[] = [];
        start(queue, () => {
            times.push(Date.now());
            if (times.length <= 3) throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
            return returned(null);
        });
        await until(() => queue.messages.length === 0, "the deletion");
        expect(queue.deadLetters).to.deep.equal([]);
        expect(times).to.have.length(4);
        for (let index = 1; index < times.length; index++) {
            expect((times[index] ?? 0) - (times[index - 1] ?? 0)).to.be.at.least(45);
        }
    });

    it("gives a batch back that is throttled for longer, and each receive counts, up to the dead letters", async () => {
        const queue = new Queue(3);
        queue.send("a");
        const counts: unknown[] = [];
        start(queue, (payload) => {
            const [attributes] = recordsOf(payload, "attributes");
            counts.push(Object(attributes).ApproximateReceiveCount);
            throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
        });
        await until(() => queue.deadLetters.length === 1, "the dead letter");
        expect(queue.messages).to.deep.equal([]);
        expect(new Set(counts)).to.deep.equal(new Set(["1", "2", "3"]));
    });

    it("waits between attempts when it may not receive, and says so", async () => {
        let attempts = 0;
        const startedAt = Date.now();
        const denied: AwsCall = async () => {
            attempts += 1;
            throw new AwsError("AccessDenied", "not authorized to perform: sqs:ReceiveMessage", 403);
        };
        trigger = new QueueTrigger(definition, {
            call: denied,
            waits: new Waits(0.0001),
            trace: () => {},
            invoke: async () => returned(null),
        });
        trigger.start();
        await until(() => attempts >= 6, "further attempts");
        // Two pollers, at least 50 ms apart.
        expect(Date.now() - startedAt).to.be.at.least(95);
        expect(trigger.state().lastError).to.contain("sqs:ReceiveMessage");
    });

    it("reports a message that could not be deleted", async () => {
        const queue = new Queue();
        queue.refuseDeletes = true;
        queue.send("a");
        const { failures } = start(queue, () => returned(null));
        await until(() => failures.some((text) => text.includes("InternalError")), "the report");
    });

    it("finishes the running batch before it stops, and gives back what arrives later", async () => {
        const queue = new Queue();
        queue.send("first");
        const started = Promise.withResolvers<void>();
        const release = Promise.withResolvers<void>();
        const { trigger: running, payloads } = start(
            queue,
            async () => {
                started.resolve();
                await release.promise;
                return returned(null);
            },
            { batchSize: 1 },
        );
        await started.promise;
        const stopping = running.stop();
        queue.send("second");
        await until(
            () => queue.messages.some(({ body, receives }) => body === "second" && receives > 0),
            "a late receive",
        );
        await until(
            () => queue.messages.every(({ body, visibleAt }) => body !== "second" || visibleAt <= Date.now()),
            "its return",
        );
        release.resolve();
        await stopping;
        expect(queue.messages.map(({ body }) => body)).to.deep.equal(["second"]);
        expect(payloads).to.have.length(1);
    });
});
