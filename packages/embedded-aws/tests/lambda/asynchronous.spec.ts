import { join } from "node:path";
import { expect } from "chai";
import { AwsError } from "../../src/aws/call.ts";
import type { FunctionDefinition } from "../../src/lambda/function.ts";
import { TaskQueue } from "../../src/taskQueue.ts";
import { Waits } from "../../src/waits.ts";
import { arnOf, definition, endHosts, folder, type Hosted, hosted, until } from "./hosted.ts";

const queue = "arn:aws:sqs:eu-west-1:000000000000:failures";
const topic = "arn:aws:sns:eu-west-1:000000000000:successes";
const always = "export const handler = (event) => { throw new Error('cannot do ' + event.order); };";

function withDestinations(settings: Partial<FunctionDefinition["asynchronous"]> = {}) {
    const asynchronous = {
        maximumRetryAttempts: 2,
        maximumEventAgeSeconds: 21_600,
        onFailure: queue,
        onSuccess: topic,
    };
    return { asynchronous: { ...asynchronous, ...settings } };
}

async function firstRecord({ delivered }: Hosted) {
    await until("a record is delivered", () => delivered.length > 0);
    const [first] = delivered;
    if (first === undefined) throw new Error("no record");
    return first;
}

describe("Lambda, asynchronous invocation", () => {
    afterEach(endHosts);

    it("runs the event once and sends the record of its success", async () => {
        const it = hosted();
        const fn = definition("works", "export const handler = (event) => ({ did: event.order });", withDestinations());
        it.host.define(fn);
        it.taskQueue.start();
        const { requestId } = it.host.invokeAsync(arnOf("works"), '{"order":"ü-1"}');
        const { record, ...to } = await firstRecord(it);
        expect(to).to.deep.equal({ roleArn: fn.roleArn, functionArn: fn.arn, destinationArn: topic });
        expect(Date.parse(record.timestamp)).to.be.closeTo(Date.now(), 60_000);
        expect({ ...record, timestamp: "" }).to.deep.equal({
            version: "1.0",
            timestamp: "",
            requestContext: {
                requestId,
                functionArn: `${fn.arn}:$LATEST`,
                condition: "Success",
                approximateInvokeCount: 1,
            },
            requestPayload: { order: "ü-1" },
            responseContext: { statusCode: 200, executedVersion: "$LATEST" },
            responsePayload: { did: "ü-1" },
        });
        await until("nothing is left", () => it.taskQueue.pending().length === 0);
        expect(it.host.functions()[0]).to.include({ invocations: 1, errors: 0 });
    });

    it("tries twice more after one and two minutes, with the same request id, then sends the failure record", async () => {
        const it = hosted({ waits: new Waits(0.002) });
        it.host.define(definition("fails", always, withDestinations()));
        it.taskQueue.start();
        const { requestId } = it.host.invokeAsync(arnOf("fails"), '{"order":1}');
        const { record, destinationArn } = await firstRecord(it);
        expect(destinationArn).to.equal(queue);
        expect(record.requestContext).to.deep.include({ condition: "RetriesExhausted", approximateInvokeCount: 3 });
        expect(record.requestPayload).to.deep.equal({ order: 1 });
        expect(record.responseContext).to.deep.equal({
            statusCode: 200,
            executedVersion: "$LATEST",
            functionError: "Unhandled",
        });
        expect(record.responsePayload).to.include({ errorType: "Error", errorMessage: "cannot do 1" });
        const starts = it.lines.filter(({ text }) => text === `START RequestId: ${requestId} Version: $LATEST`);
        const [first, second, third] = starts.map(({ time }) => time);
        if (first === undefined || second === undefined || third === undefined) throw new Error("not three attempts");
        expect(starts).to.have.lengthOf(3);
        expect(second - first, "a minute, 500 times faster").to.be.at.least(119);
        expect(third - second, "two minutes, 500 times faster").to.be.at.least(239);
    });

    it("stops retrying when it succeeds", async () => {
        const it = hosted();
        const source =
            "let n = 0; export const handler = () => { if (++n < 3) throw new Error('not yet'); return n; };";
        it.host.define(definition("recovers", source, withDestinations()));
        it.taskQueue.start();
        it.host.invokeAsync(arnOf("recovers"), "{}");
        const { record } = await firstRecord(it);
        expect(record.requestContext).to.include({ condition: "Success", approximateInvokeCount: 3 });
        expect(record.responsePayload).to.equal(3);
    });

    it("tries as often as the function says", async () => {
        const it = hosted();
        it.host.define(definition("fails", always, withDestinations({ maximumRetryAttempts: 0 })));
        it.taskQueue.start();
        it.host.invokeAsync(arnOf("fails"), "{}");
        const { record } = await firstRecord(it);
        expect(record.requestContext).to.include({ condition: "RetriesExhausted", approximateInvokeCount: 1 });
    });

    it("gives up an event that would be too old at its next attempt", async () => {
        const it = hosted();
        it.host.define(definition("fails", always, withDestinations({ maximumEventAgeSeconds: 60 })));
        it.taskQueue.start();
        it.host.invokeAsync(arnOf("fails"), '{"order":1}');
        const { record } = await firstRecord(it);
        expect(record.requestContext).to.include({ condition: "EventAgeExceeded", approximateInvokeCount: 2 });
        expect(record.responsePayload).to.include({ errorMessage: "cannot do 1" });
    });

    it("brings throttled events through later, without counting that as a retry", async () => {
        const it = hosted();
        const source = "export const handler = () => new Promise((resolve) => setTimeout(resolve, 20));";
        const settings = { ...withDestinations({ maximumRetryAttempts: 0 }), reservedConcurrency: 1 };
        it.host.define(definition("narrow", source, settings));
        it.taskQueue.start();
        for (let order = 0; order < 5; order += 1) it.host.invokeAsync(arnOf("narrow"), JSON.stringify({ order }));
        await until("all five are through", () => it.delivered.length === 5);
        const orders = it.delivered.map(({ record }) => Object(record.requestPayload).order);
        expect(orders).to.have.members([0, 1, 2, 3, 4]);
        for (const { record } of it.delivered) {
            expect(record.requestContext).to.include({ condition: "Success", approximateInvokeCount: 1 });
        }
        const [state] = it.host.functions();
        expect(state?.throttles).to.be.above(0);
        expect(state?.invocations).to.equal(5);
    });

    it("gives up an event that is throttled until it is too old, with no response in its record", async () => {
        const it = hosted();
        const source = "export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));";
        const settings = { ...withDestinations({ maximumEventAgeSeconds: 60 }), reservedConcurrency: 1 };
        it.host.define(definition("taken", source, settings));
        it.taskQueue.start();
        const taken = it.host.invoke(arnOf("taken"), "{}").catch((error: unknown) => error);
        it.host.invokeAsync(arnOf("taken"), "1");
        const { record } = await firstRecord(it);
        expect(record.requestContext).to.include({ condition: "EventAgeExceeded", approximateInvokeCount: 0 });
        expect(record).to.not.have.any.keys("responseContext", "responsePayload");
        // 1, 2, 4, 8, 16 s; the next wait of 32 s would end beyond 60 s.
        expect(it.host.functions()[0]?.throttles).to.equal(6);
        await it.host.stop();
        await taken;
    });

    it("sends events of a function without concurrency to the failure destination at once", async () => {
        const it = hosted();
        it.host.define(definition("off", always, { ...withDestinations(), reservedConcurrency: 0 }));
        it.taskQueue.start();
        it.host.invokeAsync(arnOf("off"), "{}");
        const { record } = await firstRecord(it);
        expect(record.requestContext).to.include({ condition: "ZeroReservedConcurrency", approximateInvokeCount: 0 });
        expect(record).to.not.have.any.keys("responseContext", "responsePayload");
    });

    it("says when an event is lost because the function has no failure destination", async () => {
        const it = hosted();
        it.host.define(definition("fails", always));
        it.taskQueue.start();
        const { requestId } = it.host.invokeAsync(arnOf("fails"), "{}");
        await until("it is said", () => it.traces.some(({ what }) => what === "dropped"));
        const dropped = it.traces.find(({ what }) => what === "dropped");
        expect(dropped).to.include({ where: "fails", requestId });
        expect(dropped?.text).to.match(/is lost: RetriesExhausted/);
    });

    it("says when the destination refuses the record, and runs nothing again", async () => {
        const deliver = async () => {
            throw new AwsError("AccessDenied", "the role may not send to the queue", 403);
        };
        const it = hosted({ deliver });
        it.host.define(definition("fails", always, withDestinations({ maximumRetryAttempts: 0 })));
        it.taskQueue.start();
        it.host.invokeAsync(arnOf("fails"), "{}");
        await until("it is said", () => it.traces.some(({ what }) => what === "dropped"));
        expect(it.traces.find(({ what }) => what === "dropped")?.text).to.match(
            /did not reach arn:aws:sqs:\S+:failures: AccessDenied: the role may not/,
        );
        await until("nothing is left", () => it.taskQueue.pending().length === 0);
        expect(it.host.functions()[0]).to.include({ invocations: 1 });
    });

    it("sends the record again when the destination is out of order", async () => {
        let attempts = 0;
        const deliver = async () => {
            attempts += 1;
            if (attempts < 3) throw new AwsError("ServiceUnavailable", "later", 503);
        };
        const it = hosted({ deliver });
        it.host.define(definition("fails", always, withDestinations({ maximumRetryAttempts: 0 })));
        it.taskQueue.start();
        it.host.invokeAsync(arnOf("fails"), "{}");
        await until("it is delivered", () => attempts === 3 && it.taskQueue.pending().length === 0);
        expect(it.host.functions()[0]).to.include({ invocations: 1 });
        expect(it.traces.filter(({ what }) => what === "dropped")).to.deep.equal([]);
    });

    it("refuses an event that is no JSON", () => {
        const { host } = hosted();
        host.define(definition("works", always));
        expect(() => host.invokeAsync(arnOf("works"), "{"))
            .to.throw(AwsError)
            .with.property("code", "InvalidRequestContentException");
    });

    it("keeps what it accepted over a restart, with the attempts already made", async () => {
        const file = join(folder(), "tasks.db");
        const fails = definition("restarts", always, withDestinations());
        const before = hosted({ taskQueue: new TaskQueue(file), waits: new Waits(0.01) });
        before.host.define(fails);
        before.host.invokeAsync(arnOf("restarts"), '{"order":1}');
        before.taskQueue.start();
        await until("the first attempt has failed", () => before.host.functions()[0]?.errors === 1);
        await until("the second waits", () => before.taskQueue.pending().every(({ dueAt }) => dueAt > Date.now()));
        before.host.invokeAsync(arnOf("restarts"), '{"order":2}');
        // As `kill -9` would: the task queue takes nothing more, the processes are gone.
        before.taskQueue.close();
        await before.host.stop();

        const after = hosted({ taskQueue: new TaskQueue(file) });
        const source = "export const handler = (event) => 'did ' + event.order;";
        after.host.define({ ...fails, codeDirectory: folder({ "index.mjs": source }) });
        after.taskQueue.start();
        await until("both are done", () => after.delivered.length === 2);
        const byOrder = after.delivered.map(({ record }) => [
            record.responsePayload,
            record.requestContext.approximateInvokeCount,
        ]);
        expect(byOrder).to.deep.include.members([
            ["did 1", 2],
            ["did 2", 1],
        ]);
    });

    it("keeps an event that was at work when nothing more could be noted about it", async () => {
        const file = join(folder(), "tasks.db");
        const slow = "export const handler = () => new Promise((resolve) => setTimeout(resolve, 300));";
        const before = hosted({ taskQueue: new TaskQueue(file) });
        before.host.define(definition("stopped", slow, withDestinations()));
        before.taskQueue.start();
        before.host.invokeAsync(arnOf("stopped"), "{}");
        await until("it runs", () => before.host.functions()[0]?.environments.busy === 1);
        before.taskQueue.close();
        await before.host.stop();

        const after = hosted({ taskQueue: new TaskQueue(file) });
        after.host.define(definition("stopped", "export const handler = () => 'done';", withDestinations()));
        after.taskQueue.start();
        const { record } = await firstRecord(after);
        expect(record).to.include({ responsePayload: "done" });
        expect(record.requestContext.approximateInvokeCount).to.equal(1);
    });
});
