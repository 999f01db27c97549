import { expect } from "chai";
import { complaintIn, complaintOf, type LogLine, readLine } from "../../tools/operator/logLine.ts";
import { paintFor, span, tableOf } from "../../tools/operator/terminal.ts";
import { entriesIn, inOrder, isAbout, summaryOf } from "../../tools/operator/timeline.ts";

const line = (content: object | string, time = 1, where = "store-dev"): LogLine =>
    readLine({
        time,
        group: `/aws/lambda/${where}`,
        text: typeof content === "string" ? content : JSON.stringify(content),
        requestId: undefined,
    });

const report = (requestId: string, ms: number, time: number, where?: string) =>
    line(`REPORT RequestId: ${requestId}\tDuration: ${ms}.00 ms\tBilled Duration: ${ms} ms`, time, where);

describe("A log line", () => {
    it("of our functions gives its level, its ids and its error", () => {
        const error = { name: "TypeError", message: "no stock", stack: "…" };
        const read = line({
            level: "error",
            message: "Failed",
            request_id: "r-1",
            order_id: "o-1",
            correlationId: "c-1",
            error,
        });
        expect(read).to.include({ where: "store-dev", level: "error", requestId: "r-1", isReport: false });
        expect(read.about).to.deep.equal({ orderId: "o-1", correlationId: "c-1" });
        expect(complaintOf(read)).to.equal("Failed: TypeError: no stock");
    });

    it("of Lambda about a function's error gives the error, in both of its forms", () => {
        const thrown = { errorType: "TypeError", errorMessage: "no stock", stackTrace: [] };
        for (const content of [
            { level: "ERROR", requestId: "r-1", message: thrown },
            { level: "ERROR", requestId: "r-1", ...thrown },
        ]) {
            expect(line(content)).to.include({ level: "error", error: "TypeError: no stock", requestId: "r-1" });
        }
        expect(line({ level: "info", message: "all is well" })).to.not.have.property("error");
    });

    it("that reports an invocation gives its duration, as text and as JSON", () => {
        const json = line({
            type: "platform.report",
            record: { requestId: "r-1", metrics: { durationMs: 12.5 }, status: "success" },
        });
        expect(json).to.include({ isReport: true, durationMs: 12.5, requestId: "r-1", level: "debug" });
        expect(report("r-1", 12, 1)).to.include({ isReport: true, durationMs: 12, requestId: "r-1", level: "debug" });
    });

    it("about a time-out is an error, as text and as JSON", () => {
        expect(line("2026-01-01T00:00:00Z r-1 Task timed out after 3.00 seconds").level).to.equal("error");
        const timeout = {
            type: "platform.report",
            record: { requestId: "r-1", metrics: { durationMs: 3000 }, status: "timeout" },
        };
        expect(line(timeout)).to.include({ level: "error", message: "the invocation ended with timeout" });
    });

    it("of an access log gives route, status and latency", () => {
        const access = { correlationId: "c-1", route: "POST /orders", status: "503", latencyMs: "41" };
        const read = line(access);
        expect(read).to.include({ message: "POST /orders answered 503", level: "error", durationMs: 41 });
        expect(read.about).to.deep.equal({ correlationId: "c-1" });
        expect(line({ ...access, status: "202", latencyMs: "-" }))
            .to.include({ level: "info" })
            .and.not.have.property("durationMs");
    });

    it("that explains a failure is the newest error, else the newest warning with an error", () => {
        const error = { name: "E", message: "m" };
        const [warning, note, failure] = [
            line({ level: "warn", message: "early", error }),
            line({ level: "warn", message: "note" }),
            line({ level: "error", message: "failed" }),
        ];
        expect(complaintIn([failure, warning, note])).to.equal(failure);
        expect(complaintIn([warning, note])).to.equal(warning);
        expect(complaintIn([note])).to.equal(undefined);
    });
});

describe("A timeline", () => {
    const subjects = { orderIds: new Set(["o-1"]), sessionIds: new Set<string>(), correlationIds: new Set(["c-1"]) };

    it("contains its order, and not another with the same correlation id", () => {
        expect(isAbout({ orderId: "o-1" }, subjects)).to.equal(true);
        expect(isAbout({ correlationId: "c-1" }, subjects)).to.equal(true);
        expect(isAbout({ orderId: "o-2", correlationId: "c-1" }, subjects)).to.equal(false);
        expect(isAbout({ correlationId: "c-2" }, subjects)).to.equal(false);
        expect(isAbout({}, subjects)).to.equal(false);
    });

    it("gives each run of an invocation its own time, though retries have the same request id", () => {
        const failing = (time: number) => line({ level: "error", message: `try ${time}`, request_id: "r-1" }, time);
        const lines = [failing(10), line({ level: "info", message: "more", request_id: "r-1" }, 11), failing(30)];
        const entries = entriesIn(lines, [
            report("r-1", 7, 35),
            report("r-1", 5, 15),
            report("r-1", 99, 35, "mail-dev"),
        ]);
        expect(entries.map(({ what, durationMs }) => [what, durationMs])).to.deep.equal([
            ["try 10", 5],
            ["more", undefined],
            ["try 30", 7],
        ]);
    });

    it("shows a crash only where the function has not logged it", () => {
        const crash = line("2026-01-01T00:00:00Z RequestId: r-1 Error: exit Runtime.ExitError", 5);
        const own = line({ level: "error", message: "failed", request_id: "r-1" }, 4);
        const quiet = line({ level: "info", message: "begun", request_id: "r-1" }, 4);
        expect(entriesIn([own], [crash]).map(({ time }) => time)).to.deep.equal([4]);
        expect(entriesIn([quiet], [crash]).map(({ time }) => time)).to.deep.equal([4, 5]);
    });

    it("is sorted by time and has a summary", () => {
        const entry = (time: number, where: string, level: "info" | "error" = "info") => ({
            time,
            where,
            what: "",
            level,
        });
        const entries = inOrder([entry(30, "b", "error"), entry(10, "a"), entry(30, "a")]);
        expect(entries.map(({ time, where }) => `${time}${where}`)).to.deep.equal(["10a", "30b", "30a"]);
        expect(summaryOf(entries)).to.deep.equal({ hops: ["a", "b"], ms: 20, errors: 1 });
        expect(summaryOf([])).to.deep.equal({ hops: [], ms: 0, errors: 0 });
    });
});

describe("The terminal", () => {
    const plain = paintFor({ isTTY: false }, {});

    it("gets colours only where it is interactive and NO_COLOR is not set", () => {
        expect(paintFor({ isTTY: true }, {})("x", "red")).to.equal("\u001b[31mx\u001b[0m");
        expect(paintFor({ isTTY: true }, { NO_COLOR: "1" })("x", "red")).to.equal("x");
        expect(plain("x", "red")).to.equal("x");
    });

    it("shows rows in columns, and no text of clients as a line of its own", () => {
        expect(
            tableOf(
                ["a", "bcd", "e"],
                [
                    ["long", "x", "1"],
                    ["", "y\n\u001b[2J", "2"],
                ],
                plain,
            ).split("\n"),
        ).to.deep.equal(["a     bcd               e", "long  x                 1", "      y\\u000a\\u001b[2J  2"]);
    });

    it("shows a duration in the fitting unit", () => {
        const spans = [7.4, 1234, 61_000, 7_200_000, 3 * 86_400_000].map(span);
        expect(spans).to.deep.equal(["7 ms", "1.2 s", "1 min", "2 h", "3 d"]);
    });
});
