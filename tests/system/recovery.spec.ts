import { expect } from "chai";
import { isProof } from "../proof.ts";
import { stockOf } from "./effects.ts";
import { Embedded, endAll, run } from "./embedded.ts";
import { Completions, hasBegun, isCharged } from "./recovery/completions.ts";
import { Orders } from "./recovery/orders.ts";
import { Webhooks } from "./recovery/webhooks.ts";
import { cleaner } from "./shopping.ts";

/** What a completion has done when everything is killed; `npm test` has time for the moment at which most is at stake. */
const moments = isProof ? [hasBegun, isCharged] : [isCharged];

// Everything is in the middle of its work: orders come in, sessions are completed, webhooks are delivered.
describe("the embedded cloud after kill -9", () => {
    const environment = { LOCAL_WAIT_FACTOR: "0.004" };
    const orders = new Orders();
    const completions = new Completions();
    let webhooks: Webhooks | undefined;
    let embedded: Embedded;
    let stock: number;

    before(async () => {
        embedded = await Embedded.start({ environment });
        stock = await stockOf(embedded, cleaner);
        webhooks = await Webhooks.of(embedded);
        for (const moment of moments) {
            const before = completions.unanswered.length;
            // Where the machine is so busy that all completions were answered before the kill, further ones are begun.
            for (let round = 0; round < 10 && completions.unanswered.length === before; round += 1) {
                await completions.prepare(embedded);
                const work = [await webhooks.begin(embedded), await orders.begin(embedded)];
                await orders.countProcesses(embedded);
                work.push(await completions.begin(embedded, moment));
                await embedded.kill();
                await Promise.all(work.map(({ ended }) => ended));
                embedded = await Embedded.start({ environment, continues: embedded });
            }
            expect(completions.unanswered.length, "killed in the middle").to.be.greaterThan(before);
        }
    });
    after(async () => {
        await endAll();
        await webhooks?.stop();
    });

    it("finishes completions by their callers' next tries, with one charge and one order each", () =>
        completions.expectDone(embedded));

    it("has stored and published every accepted order, done each of its steps once, and reserved its stock once", async () => {
        const stored = await orders.expectDone(embedded);
        expect(stock - (await stockOf(embedded, cleaner))).to.equal(stored + 2 * completions.length);
    });

    it("delivers every event to the endpoints that ask for it, under one id, with all attempts in the log", () =>
        webhooks?.expectDone(embedded));

    it("still has the log of an order that was accepted before", async () => {
        const [accepted = ""] = orders.accepted;
        const { output } = await run("journey", [accepted, "--json"], {
            LOCAL_AWS_PORT: new URL(embedded.awsUrl).port,
        });
        const { entries }: { entries: { where: string }[] } = JSON.parse(output);
        expect(entries.map(({ where }) => where)).to.include("order-receiver-dev");
    });

    it("has left no dead-letter message", async () => {
        const queues: { name: string; deadLetters: boolean; messages: unknown[] }[] = await embedded.look("queues");
        expect(queues.filter(({ deadLetters, messages }) => deadLetters && messages.length > 0)).to.deep.equal([]);
        await embedded.stop();
    });
});
