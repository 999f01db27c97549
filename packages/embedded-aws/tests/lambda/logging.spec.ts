import { PassThrough } from "node:stream";
import { expect } from "chai";
import fc from "fast-check";
import { eachLine } from "../../src/lambda/lines.ts";
import { reportLine } from "../../src/lambda/platformLines.ts";
import { arnOf, definition, endHosts, hosted, until } from "./hosted.ts";

describe("Lambda, logs", () => {
    afterEach(endHosts);

    it("gives each line of a function to the invocation that wrote it, between START and END", async () => {
        const { host, lines } = hosted();
        const source = `console.log("init");
            export const handler = (event) => { console.log("one " + event + "\\ntwo"); console.error("three"); };`;
        host.define(definition("talks", source));
        const first = await host.invoke(arnOf("talks"), "1");
        const second = await host.invoke(arnOf("talks"), "2");
        const texts = (requestId: string | undefined) =>
            lines.filter((line) => line.requestId === requestId && line.source === "function").map(({ text }) => text);
        expect(texts(undefined)).to.deep.equal(["init"]);
        expect(texts(first.requestId)).to.have.members(["one 1", "two", "three"]);
        expect(texts(second.requestId)).to.have.members(["one 2", "two", "three"]);
        const ofSecond = lines.filter(({ requestId }) => requestId === second.requestId).map(({ text }) => text);
        expect(ofSecond[0]).to.equal(`START RequestId: ${second.requestId} Version: $LATEST`);
        expect(ofSecond.at(-2)).to.equal(`END RequestId: ${second.requestId}`);
        expect(ofSecond.at(-1)).to.match(/^REPORT /);
    });

    it("reports the duration, the memory and, on a cold start, the INIT", async () => {
        const { host, lines } = hosted();
        host.define(definition("reports", "export const handler = () => {};"));
        await host.invoke(arnOf("reports"), "{}");
        await host.invoke(arnOf("reports"), "{}");
        const [cold, warm] = lines.filter(({ text }) => text.startsWith("REPORT")).map(({ text }) => text);
        expect(cold).to.match(/\tInit Duration: \d+\.\d\d ms$/);
        expect(warm).to.match(
            /\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d\d+ MB$/,
        );
    });

    it("bills whole milliseconds, INIT included", () => {
        const facts = { requestId: "id", durationMs: 1.2, memoryMb: 128, memoryUsedBytes: 1, initMs: 10.1 };
        const line = reportLine({ ...facts, ending: { status: "error", errorType: "Error" } });
        expect(line).to.equal(
            "REPORT RequestId: id\tDuration: 1.20 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB\t" +
                "Max Memory Used: 1 MB\tInit Duration: 10.10 ms\tStatus: error\tError Type: Error",
        );
    });

    it("writes a thrown error with its causes as one line", async () => {
        const { host, lines } = hosted();
        const source = `export const handler = () => {
            throw new Error("no order", { cause: new TypeError("no table") });
        };`;
        host.define(definition("throws", source));
        const { requestId } = await host.invoke(arnOf("throws"), "{}");
        const line = lines.find(({ text }) => text.includes("no order"));
        const entry: unknown = JSON.parse(line?.text ?? "null");
        expect(entry).to.include({ level: "ERROR", requestId });
        expect(entry).to.have.nested.property("message.errorMessage", "no order");
        expect(entry).to.have.nested.property("message.causes[0].errorMessage", "no table");
    });

    it("keeps a last line that does not end", async () => {
        const { host, lines } = hosted();
        host.define(
            definition("exits", 'export const handler = () => { process.stdout.write("bye"); process.exit(1); };'),
        );
        await host.invoke(arnOf("exits"), "{}");
        await until("the last line", () => lines.some(({ text }) => text === "bye"));
    });

    it("finds the same lines however the text is cut", async () => {
        await fc.assert(
            fc.asyncProperty(fc.array(fc.string({ unit: "grapheme" })), fc.nat(7), async (parts, cut) => {
                const text = parts.map((part) => `${part.replaceAll("\n", "")}\n`).join("");
                const stream = new PassThrough();
                const found: string[] = [];
                eachLine(stream, (line) => found.push(line));
                const bytes = Buffer.from(text);
                for (let at = 0; at < bytes.length; at += cut + 1) stream.write(bytes.subarray(at, at + cut + 1));
                stream.end();
                await new Promise((resolve) => stream.once("end", resolve));
                expect(found.map((line) => `${line}\n`).join("")).to.equal(text);
            }),
        );
    });
});
