import { expect } from "chai";
import { listen, type Origin } from "../../src/http/server.ts";
import { readableLine } from "../../src/inspect/terminal.ts";
import { Inspector, ViewRequestError } from "../../src/inspect/views.ts";
import { TraceStore } from "../../src/trace.ts";

describe("The trace", () => {
    it("finds what names an id, and everything else of the same requests, in the order of time", () => {
        const trace = new TraceStore();
        trace.add({ time: 3, what: "log", where: "mail", text: "sent", requestId: "r-1" });
        trace.add({ time: 1, what: "request", where: "POST /orders", text: "x-correlation-id=c-1", requestId: "r-1" });
        trace.add({ time: 2, what: "event", where: "bus", text: '{"id":"c-1"}' });
        trace.add({ time: 4, what: "log", where: "mail", text: "of another", requestId: "r-2" });
        expect(trace.of("c-1").map(({ time }) => time)).to.deep.equal([1, 2, 3]);
        expect(trace.of("r-2").map(({ time }) => time)).to.deep.equal([4]);
    });

    it("does not show headers with credentials", () => {
        const trace = new TraceStore();
        const headers = { "x-api-key": "k", Authorization: "Bearer t", host: "h" };
        const text = JSON.stringify({ id: "c-1", headers, identitySource: ["k"], cookies: ["k=1"] });
        trace.add({ time: 1, what: "invocation", where: "f", text });
        trace.add({ time: 2, what: "invocation", where: "f", text: JSON.stringify({ body: text }) });
        for (const entry of trace.of("c-1"))
            expect(entry.text)
                .to.match(/h/)
                .and.not.match(/"k|Bearer/);
    });

    it("is done in no time for an id that everything names", () => {
        const trace = new TraceStore();
        for (let time = 0; time < 40_000; time += 1) trace.add({ time, what: "log", where: "f", text: "a" });
        const startedAt = process.cpuUsage();
        expect(trace.of("a")).to.have.length(40_000);
        expect(process.cpuUsage(startedAt).user / 1e6, "seconds; comparing all with all takes minutes").to.be.below(2);
    });

    it("names the newest error that a function logged about a message, else what the platform tells", () => {
        const trace = new TraceStore();
        const add = (what: "log" | "failure", text: string) => trace.add({ time: 1, what, where: "f", text });
        add("failure", "m-1: given up");
        expect(trace.reasonOf("m-1")).to.equal("m-1: given up");
        const error = { name: "TypeError", message: "no order" };
        add("log", JSON.stringify({ level: "ERROR", message: "cannot store", messageId: "m-1", error }));
        expect(trace.reasonOf("m-1")).to.equal("cannot store: TypeError: no order");
        expect(trace.reasonOf("m-2")).to.equal(undefined);
    });

    for (const [what, text] of [
        ["holds JSON but is none", 'm-1 failed: {"level":"error"}'],
        ["has no error", '{"level":"error","message":"m-1","error":null}'],
        ["is a list", '["m-1",{"level":"error"}]'],
    ] as const) {
        it(`takes a log line that ${what}`, () => {
            const trace = new TraceStore();
            trace.add({ time: 1, what: "log", where: "f", text });
            expect(trace.reasonOf("m-1")).to.equal(what === "has no error" ? "m-1" : undefined);
        });
    }
});

describe("A log line on the terminal", () => {
    it("stays one line whatever is in it", () => {
        const text = JSON.stringify({ level: "info", message: "read", sessionId: "x\n09:00 fake \u001b[31m\u0000" });
        const line = readableLine(
            { time: 0, functionName: "f", source: "function", text, requestId: undefined },
            false,
        );
        expect(line).to.equal(
            "00:00:00.000 f                    info   read  sessionId=x\\u000a09:00 fake \\u001b[31m\\u0000",
        );
    });
});

describe("The views below /_local", () => {
    let origin: Origin;

    before(async () => {
        const views = {
            answer: () => ({ is: 42 }),
            unusable: () => {
                throw new ViewRequestError("say which");
            },
        };
        origin = await listen(0, [new Inspector(views)]);
    });
    after(() => origin.close());

    for (const [path, status] of [
        ["", 200],
        ["/answer", 200],
        ["/unusable", 400],
        ["/nothing", 404],
        ["/constructor", 404],
        ["/__proto__", 404],
    ] as const) {
        it(`answer ${status} at /_local${path}`, async () => {
            expect((await fetch(`${origin.url}/_local${path}`)).status).to.equal(status);
        });
    }

    it("are read only", async () => {
        expect((await fetch(`${origin.url}/_local/answer`, { method: "POST" })).status).to.equal(405);
    });
});
