import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { expect } from "chai";
import { listen, type Origin } from "../../src/http/server.ts";
import { ResourceNames, shownEntry } from "../../src/inspect/entries.ts";
import { EntryStream } from "../../src/inspect/stream.ts";
import { readableLine } from "../../src/inspect/terminal.ts";
import { Download, Inspector, ViewRequestError } from "../../src/inspect/views.ts";
import { type TraceEntry, TraceStore } from "../../src/trace.ts";
import { TraceFile } from "../../src/traceFile.ts";
import { graphOf } from "../provision/resources.ts";

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

    it("has causes before effects: of one moment by what they are, an answer when it was given", () => {
        const trace = new TraceStore();
        const add = (what: TraceEntry["what"], time: number, durationMs?: number) =>
            trace.add({ time, what, where: what, text: "c-1", ...(durationMs !== undefined && { durationMs }) });
        // As they come: an effect of a call is recorded before the call is over.
        add("event", 10.2);
        add("delivery", 10.9);
        add("call", 30, 19.9);
        add("invocation", 40.5, 30.4);
        add("response", 50, 40);
        add("request", 10.3);
        const order = trace.of("c-1").map(({ what }) => what);
        expect(order).to.deep.equal(["request", "invocation", "call", "event", "delivery", "response"]);
    });

    it("finds the request to an API by the function's event, and with several ids what bears one of them", () => {
        const trace = new TraceStore();
        trace.add({ time: 1, what: "request", where: "POST /carts", text: "", requestId: "api-1" });
        const payload = '{"requestContext":{"requestId":"api-1"}}';
        trace.add({
            time: 2,
            what: "invocation",
            where: "f",
            text: "succeeded",
            payload,
            result: "c-1",
            requestId: "r",
        });
        trace.add({ time: 3, what: "log", where: "g", text: "o-1" });
        expect(trace.of("c-1").map(({ what }) => what)).to.deep.equal(["request", "invocation"]);
        expect(trace.of("c-1", "o-1")).to.have.length(3);
    });

    it("does not show headers with credentials", () => {
        const trace = new TraceStore();
        const headers = { "x-api-key": "k", Authorization: "Bearer t", host: "h" };
        const text = JSON.stringify({ id: "c-1", headers, identitySource: ["k"], cookies: ["k=1"] });
        trace.add({ time: 1, what: "invocation", where: "f", text, payload: text, result: text });
        trace.add({ time: 2, what: "invocation", where: "f", text: JSON.stringify({ body: text }) });
        const shown = trace.of("c-1").map((entry) => shownEntry(entry, new ResourceNames(graphOf())));
        expect(shown).to.have.length(2);
        expect(JSON.stringify(shown).match(/\*\*\*/g)).to.have.length(16);
        expect(JSON.stringify(shown)).not.to.match(/"k\\*"|Bearer/);
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

describe("The trace on disk", () => {
    let directory: string;

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "trace-"));
    });
    afterEach(() => rmSync(directory, { recursive: true, force: true }));

    const texts = (trace: TraceStore) => trace.of("c-1").map(({ text }) => text);
    const entry = (text: string, time: number) => ({ time, what: "log", where: "f", text, logGroup: "g" }) as const;

    it("is there after a restart, in its order and with numbers that go on, and a line that was cut off is left out", () => {
        const first = new TraceStore(new TraceFile(directory));
        first.add(entry("c-1 one", 1));
        first.add(entry("c-1 two", 2));
        first.close();
        const [file = ""] = readdirSync(directory);
        appendFileSync(join(directory, file), '{"sequence":1,"text":"c-1 cut');
        const second = new TraceStore(new TraceFile(directory));
        second.add(entry("c-1 three", 3));
        expect(texts(second)).to.deep.equal(["c-1 one", "c-1 two", "c-1 three"]);
        const numbers = second.of("c-1").map(({ sequence }) => sequence);
        expect(numbers).to.deep.equal([...numbers].sort((one, other) => one - other));
        expect(new Set(numbers).size).to.equal(3);
        expect(second.lines(["g"], 0, 9)).to.have.length(3);
        second.close();
    });

    it("keeps the newest within its bound of size, and forgets what is a week old", () => {
        const large = "x".repeat(2 ** 20);
        const first = new TraceStore(new TraceFile(directory));
        first.add(entry("c-1 old", 1));
        first.close();
        const [old = ""] = readdirSync(directory);
        const lastMonth = Date.now() / 1000 - 30 * 86_400;
        utimesSync(join(directory, old), lastMonth, lastMonth);
        for (let run = 0; run < 10; run += 1) {
            const file = new TraceFile(directory);
            const begin = file.next;
            for (let line = 0; line < 9; line += 1) file.append(begin + line, { sequence: begin + line, text: large });
            file.close();
        }
        expect(readdirSync(directory)).not.to.include(old);
        const sizes = readdirSync(directory).map((name) => statSync(join(directory, name)).size);
        expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.within(48 * 2 ** 20, 72 * 2 ** 20);
    });
});

describe("The stream of the trace", () => {
    it("tells each entry once, and after a lost connection what came since", async () => {
        const trace = new TraceStore();
        const stream = new EntryStream(trace, () => new ResourceNames(graphOf()));
        const origin = await listen(0, [new Inspector({}, {}, { stream: (...both) => stream.serve(...both) })]);
        const read = async (headers: Record<string, string>, count: number) => {
            const { body } = await fetch(`${origin.url}/_local/stream`, { headers });
            if (headers["last-event-id"] === undefined) add();
            let text = "";
            for await (const chunk of body ?? []) {
                text += Buffer.from(chunk).toString();
                const told = [...text.matchAll(/^data: (.*)$/gm)].flatMap(([, list = "[]"]) => JSON.parse(list));
                if (told.length >= count) {
                    // That ends the connection.
                    return { texts: told.map(({ text: each }) => each), id: /^id: (\d+)$/gm.exec(text)?.[1] ?? "" };
                }
            }
            throw new Error("the stream ended");
        };
        const add = () => {
            for (const text of ["one", "two"]) trace.add({ time: 1, what: "log", where: "f", text, payload: "large" });
        };
        try {
            const first = await read({}, 2);
            expect(first.texts).to.deep.equal(["one", "two"]);
            trace.add({ time: 2, what: "log", where: "f", text: "missed" });
            const second = await read({ "last-event-id": first.id }, 1);
            expect(second.texts).to.deep.equal(["missed"]);
        } finally {
            stream.close();
            await origin.close();
        }
    });
});

describe("The stream of a cloud in which much happens", () => {
    it("tells ten lists a second at most, with each entry in one of them", () => {
        mock.timers.enable({ apis: ["setTimeout"] });
        try {
            const trace = new TraceStore();
            const stream = new EntryStream(trace, () => new ResourceNames(graphOf()));
            const written: string[] = [];
            // What the stream has of a request and its answer.
            const request = { url: "/_local/stream", headers: {} };
            const answer = {
                writeHead: () => undefined,
                write: (text: string) => written.push(text),
                on: () => undefined,
            };
            stream.serve(request as unknown as IncomingMessage, answer as unknown as ServerResponse);
            for (let number = 0; number < 1000; number += 1) {
                trace.add({ time: 1, what: "log", where: "f", text: `line ${number}` });
                mock.timers.tick(1);
            }
            mock.timers.tick(100);
            const lists = written.flatMap((text) => /^data: (.*)$/m.exec(text)?.[1] ?? []);
            expect(lists.length).to.be.within(9, 11);
            const told = lists.flatMap((list): { text: string }[] => JSON.parse(list));
            expect(told.map(({ text }) => text)).to.deep.equal(
                Array.from({ length: 1000 }, (_, number) => `line ${number}`),
            );
        } finally {
            mock.timers.reset();
        }
    });
});

describe("The views below /_local", () => {
    let origin: Origin;

    before(async () => {
        const views = {
            answer: () => ({ is: 42 }),
            list: () => [1, 2, 3, 4, 5],
            page: () => new Download("text/html", "<script>run()</script>"),
            unusable: () => {
                throw new ViewRequestError("say which");
            },
        };
        origin = await listen(0, [new Inspector(views, { change: (input) => input, tellNothing: () => undefined })]);
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

    it("give a part of a list, and name where the next one is", async () => {
        const answer = await fetch(`${origin.url}/_local/list?limit=2&offset=1`);
        expect(await answer.json()).to.deep.equal([2, 3]);
        expect(answer.headers.get("link")).to.equal('</_local/list?limit=2&offset=3>; rel="next"');
        const last = await fetch(`${origin.url}/_local/list?limit=2&offset=3`);
        expect(last.headers.get("link")).to.equal(null);
        expect((await fetch(`${origin.url}/_local/list?limit=two`)).status).to.equal(400);
    });

    it("load nothing from elsewhere, and what they show of others runs nothing", async () => {
        const policy = async (path: string) =>
            (await fetch(`${origin.url}/_local${path}`)).headers.get("content-security-policy");
        expect(await policy("/answer")).to.match(/^default-src 'self';/);
        expect(await policy("/page")).to.match(/^sandbox; default-src 'none';/);
    });

    for (const [what, headers, status] of [
        ["of this origin with the console's header", { "x-console": "1" }, 200],
        ["without the header", {}, 403],
        ["of another port of this machine", { "x-console": "1", origin: "http://127.0.0.1:1" }, 403],
        ["of another site, as the browser says", { "x-console": "1", "sec-fetch-site": "same-site" }, 403],
    ] as const) {
        it(`answer ${status} to a change ${what}`, async () => {
            const body = JSON.stringify({ to: 1 });
            const request = { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
            const answer = await fetch(`${origin.url}/_local/change`, request);
            expect(answer.status).to.equal(status);
            if (status === 200) expect(await answer.json()).to.deep.equal({ to: 1 });
        });
    }

    it("answer a change that has nothing to tell with JSON", async () => {
        const headers = { "x-console": "1" };
        const answer = await fetch(`${origin.url}/_local/tellNothing`, { method: "POST", headers, body: "{}" });
        expect(await answer.json()).to.equal(null);
    });

    it("are read only", async () => {
        expect((await fetch(`${origin.url}/_local/answer`, { method: "POST" })).status).to.equal(405);
    });
});
