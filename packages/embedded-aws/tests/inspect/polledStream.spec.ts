import { expect } from "chai";
import { listen } from "../../src/http/server.ts";
import { ResourceNames } from "../../src/inspect/entries.ts";
import { PolledStream } from "../../src/inspect/polledStream.ts";
import { Inspector } from "../../src/inspect/views.ts";
import type { TraceEntry } from "../../src/trace.ts";
import { answered } from "../launched.ts";
import { graphOf } from "../provision/resources.ts";

describe("The stream of what happens elsewhere", () => {
    it("asks while it has a reader and never otherwise, tells what it hears, and once why it hears nothing", async () => {
        let asked = 0;
        const news = (): Promise<readonly TraceEntry[]> => {
            asked += 1;
            if (asked % 3 === 0)
                return Promise.resolve([{ time: 1, what: "event", where: "f", text: `news ${asked}` }]);
            return Promise.reject(new Error("no credentials"));
        };
        const stream = new PolledStream(news, () => new ResourceNames(graphOf()), 1);
        const origin = await listen(0, [new Inspector({}, {}, { stream: (...both) => stream.serve(...both) })]);
        const heard = async (words: string): Promise<string> => {
            const { body } = await fetch(`${origin.url}/_local/stream`);
            let text = "";
            // That ends the connection.
            for await (const chunk of body ?? []) {
                text += Buffer.from(chunk).toString();
                if (text.includes(words)) return text;
            }
            throw new Error("the stream ended");
        };
        /** Until it asks no more. */
        const atRest = () =>
            answered(async () => {
                const before = asked;
                for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
                return asked === before || undefined;
            });
        try {
            expect(asked).to.equal(0);
            const first = await heard("news 3");
            // Two times it fails, then it hears something, and so on.
            const count = (words: RegExp) => first.match(words)?.length ?? 0;
            expect(count(/no credentials/g)).to.be.within(count(/news \d/g), count(/news \d/g) + 1);
            await atRest();
            const before = asked;
            await heard("news");
            expect(asked).to.be.greaterThan(before);
            await atRest();
        } finally {
            stream.close();
            await origin.close();
        }
    });
});
