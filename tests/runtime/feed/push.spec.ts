import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { expect } from "chai";
import type { DoubleAnswer } from "embedded-aws/doubles";
import fc from "fast-check";
import type { PushMessage } from "../../../runtime/feed/push/pushQueue.ts";
import type { AcpProduct } from "../../../runtime/feed/rows/acpProduct.ts";
import { FeedAgent } from "../../../tools/embedded/feedAgent.ts";
import { Database } from "../support/database.ts";
import { sqsRecord } from "../support/events.ts";
import { feed, item, target } from "../support/feed.ts";
import { LocalServer } from "../support/server.ts";
import { Callback, secretArn, started, startedAws, startedCallback } from "../support/started.ts";

interface Asked {
    readonly path: string;
    readonly headers: IncomingMessage["headers"];
    readonly products: readonly AcpProduct[];
}

/** A body that never ends. */
const endless = Symbol("endless");

function* repeated() {
    for (;;) yield '{"id": "feed_1"}'.repeat(4096);
}

/** The double of `npm start`, where a test does not answer itself. */
class Agent extends LocalServer {
    readonly asked: Asked[] = [];
    /** Undefined leaves the answer to the double. */
    answer: (asked: Asked, count: number) => DoubleAnswer | undefined = () => undefined;
    #facts = new Map<string, unknown>();

    reset(): void {
        this.asked.length = 0;
        this.answer = () => undefined;
        this.#facts.clear();
    }

    /** Takes what it is asked, whatever it answers. */
    async applies({ path, headers, products }: Asked): Promise<void> {
        await this.#double.answer({ method: "PATCH", path, headers, body: JSON.stringify({ products }) });
    }

    /** Products of the feed by id. */
    async has(): Promise<ReadonlyMap<string, AcpProduct>> {
        const { body } = await this.#double.answer({
            method: "GET",
            path: "/feeds/feed_1/products",
            headers: this.#headers,
            body: "",
        });
        return new Map((body as { products: AcpProduct[] }).products.map((product) => [product.id, product]));
    }

    readonly #headers = { authorization: "Bearer local-feed-key" };
    readonly #double = new FeedAgent({
        remember: (fact, value) => void this.#facts.set(fact, value),
        recall: (fact) => this.#facts.get(fact) as never,
    });

    protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { url: path = "", method = "", headers } = request;
        const body = await text(request);
        const asked = { path, headers, products: JSON.parse(body).products };
        this.asked.push(asked);
        const own = this.answer(asked, this.asked.length);
        const {
            status,
            headers: more,
            body: answer,
        } = own ?? (await this.#double.answer({ method, path, headers, body }));
        response.writeHead(status, more);
        if (answer === endless) Readable.from(repeated()).pipe(response);
        else response.end(JSON.stringify(answer ?? {}));
    }
}

describe("changes that a feed is told", () => {
    const database = started(new Database());
    const agent = started(new Agent());
    const secrets = new Map<string, string>();
    const aws = startedAws(database, (of) => {
        of.answers("ChangeMessageVisibility", () => ({}));
        of.answers("GetSecretValue", ({ SecretId }) => {
            const SecretString = secrets.get(String(SecretId));
            return { SecretString };
        });
    });
    const listen = startedCallback(aws, "feed/feedChanges");
    const push = startedCallback(aws, "feed/pushFeed");
    const build = startedCallback(aws, "feed/buildFeed");
    const keep = startedCallback(aws, "feed/keepFeeds");

    beforeEach(async () => {
        agent.reset();
        secrets.set(secretArn("feed-agent-us"), JSON.stringify({ apiKey: "local-feed-key", endpoint: agent.url }));
        await database.clear("products", "feed");
    });

    let sequence = 0;
    /** Writes a product, as its record in the stream says. */
    async function change(before: object | undefined, after: Record<string, unknown>) {
        const now = JSON.parse(JSON.stringify(after));
        await database.put("products", now);
        return recordOf(before, now);
    }
    function recordOf(before: object | undefined, after: object) {
        sequence += 1;
        return {
            eventID: `event-${sequence}`,
            eventName: before === undefined ? "INSERT" : "MODIFY",
            dynamodb: {
                SequenceNumber: String(sequence),
                ApproximateCreationDateTime: Date.now() / 1000,
                ...(before && { OldImage: marshall(JSON.parse(JSON.stringify(before))) }),
                NewImage: marshall(after, { removeUndefinedValues: true }),
            },
        };
    }
    const messages = (): PushMessage[] => aws.sentTo("feed-changes.fifo");
    /** What the stream's records come to. */
    async function heard(...Records: object[]): Promise<PushMessage[]> {
        const before = messages().length;
        expect(await listen.invoke({ Records })).to.deep.equal({ batchItemFailures: [] });
        return messages().slice(before);
    }
    let received = 0;
    /** @returns whether it is done */
    async function pushed(message: object): Promise<boolean> {
        received += 1;
        const answer = await push.invoke(
            { Records: [sqsRecord(`push-${received}`, message)] },
            { remainingMs: 120_000 },
        );
        return (answer as { batchItemFailures: unknown[] }).batchItemFailures.length === 0;
    }
    const of = (...productIds: string[]): PushMessage => ({
        target: "agent-us",
        productIds,
        correlationId: "c-1",
        changedAt: 1,
    });
    const note = (id: string) => database.get("feed", { target: "agent-us", entry: `product ${id}` });
    const unpaused = async () => await database.put("feed", { ...(await state()), pausedUntil: 1 });
    const state = () => database.get("feed", { target: "agent-us", entry: "state" });
    const numbered = async (count: number, by: object = {}) => {
        const all = Array.from({ length: count }, (_, index) => ({ ...item, productId: `p-${index}`, ...by }));
        await database.putAll("products", all);
        return all.map(({ productId }) => productId);
    };

    const word = async (id: string) => (await agent.has()).get(id)?.variants[0]?.availability.status;
    /** A pass over all products. @returns those that it has sent on */
    async function pass(more: object = {}): Promise<string[]> {
        const before = messages().length;
        let next: unknown = { target: "agent-us", ...more };
        while (next !== undefined) {
            const steps = aws.sentTo("feed-builds").length;
            sequence += 1;
            const record = sqsRecord(`pass-${sequence}`, next);
            const answer = await build.invoke({ Records: [record] }, { remainingMs: 300_000 });
            expect(answer, build.text()).to.deep.equal({ batchItemFailures: [] });
            next = aws.sentTo("feed-builds")[steps];
        }
        const sent = messages().slice(before);
        // What is left of a message comes again, as where a busy machine answers a request too late.
        for (let at = before; at < messages().length; at += 1) {
            const { lastError } = (await state()) ?? {};
            if (/timeout/.test(String(lastError))) await unpaused();
            expect(await pushed(messages()[at] ?? {}), String(lastError)).to.equal(true);
        }
        return sent.flatMap(({ productIds }) => productIds);
    }

    it("arrive once for each change of a price, however often records and messages come", async () => {
        const prices = [4900, 4500, 4900, 3000];
        let before: object | undefined;
        for (const usd of prices) {
            const after = { ...item, prices: { usd } };
            const record = await change(before, after);
            const all = [...(await heard(record)), ...(await heard(record, record)), of("lamp")];
            expect(all.length).to.be.greaterThan(2);
            for (const message of all) expect(await pushed(message)).to.equal(true);
            before = after;
        }
        const told = agent.asked.flatMap(({ products }) => products.map(({ variants }) => variants[0]?.price?.amount));
        expect(told).to.deep.equal(prices);
        expect(agent.asked[0]?.path).to.equal("/feeds/feed_1/products");
        expect(agent.asked[0]?.headers).to.include({
            authorization: "Bearer local-feed-key",
            "api-version": "2026-04-17",
            "content-type": "application/json",
        });
    });

    it("of a batch are one message, whose copy SQS takes once", async () => {
        const records = await Promise.all(
            ["a", "b", "c"].map((productId) => change(undefined, { ...item, productId })),
        );
        const [first, ...more] = await heard(...records);
        expect(more).to.deep.equal([]);
        expect(first?.productIds).to.deep.equal(["a", "b", "c"]);
        await heard(...records);
        const ids = aws
            .inputs("SendMessage")
            .map(({ MessageDeduplicationId, MessageGroupId }) => [MessageGroupId, MessageDeduplicationId]);
        expect(ids).to.have.length(2);
        expect(ids[0]).to.deep.equal(ids[1]);
    });

    it("are sent exactly where the word for the availability changes, of all that sales do to the stock", async () => {
        const word = (stock: number) => (stock > 5 ? "in" : stock > 0 ? "few" : "out");
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), async (was, is) => {
                const sent = await heard(recordOf({ ...item, stock: was }, { ...item, stock: is, taken: 7 }));
                expect(sent.length, `${was} → ${is}`).to.equal(word(was) === word(is) ? 0 : 1);
            }),
            { numRuns: 60 },
        );
    });

    it("send nothing for members that a feed does not have", async () => {
        const noise = {
            version: 7,
            updatedAt: "2026-11-30T10:00:00Z",
            requestId: "r",
            weight: 7,
            imported: { line: 3 },
        };
        expect(await heard(recordOf(item, { ...item, ...noise }))).to.deep.equal([]);
        expect(
            await heard(recordOf({ ...item, hidden: true }, { ...item, hidden: true, prices: { usd: 1 } })),
        ).to.deep.equal([]);
        expect(await heard(recordOf({ ...item, images: [] }, { ...item, images: [], name: "Other" }))).to.deep.equal(
            [],
        );
    });

    it("end with what the product is when it is sent, in whatever order they come", async () => {
        await database.put("products", { ...item, prices: { usd: 3 } });
        for (const _ of [1, 2, 3]) expect(await pushed(of("lamp", "lamp"))).to.equal(true);
        expect(agent.asked).to.have.length(1);
        expect((await agent.has()).get("lamp")?.variants[0]?.price?.amount).to.equal(3);
    });

    for (const [title, after] of [
        ["hidden", { ...item, hidden: true }],
        ["deleted", { productId: "lamp", deletedAt: "2026-11-30T10:00:00Z", version: 4 }],
        ["left out for lack of an image", { ...item, images: [] }],
    ] as const) {
        it(`discontinue a product that is ${title}, once`, async () => {
            await pushed((await heard(await change(undefined, item)))[0] ?? of());
            const [message] = await heard(await change(item, after));
            for (const _ of [1, 2]) expect(await pushed(message ?? of())).to.equal(true);
            expect(agent.asked).to.have.length(2);
            expect((await agent.has()).get("lamp")).to.deep.equal({
                id: "lamp",
                title: "Lamp",
                variants: [{ id: "lamp", title: "Lamp", availability: { available: false, status: "discontinued" } }],
            });
            expect(await note("lamp")).to.equal(undefined);
            await pushed((await heard(await change(after, item)))[0] ?? of());
            expect((await agent.has()).get("lamp")?.variants[0]?.availability.status).to.equal("in_stock");
        });
    }

    it("wait for as long as a busy API says, all of its target, and use up no receive by that", async () => {
        await numbered(3);
        agent.answer = (_, count) => (count === 1 ? { status: 429, headers: { "retry-after": "120" } } : undefined);
        const before = Date.now();
        expect(await pushed(of("p-0")), "the message is done: what is left is in another").to.equal(true);
        expect(messages()).to.deep.equal([of("p-0")]);
        const { pausedUntil } = (await state()) ?? {};
        expect(pausedUntil).to.be.within(before + 120_000, Date.now() + 120_000);

        expect(await pushed(of("p-1")), "it is hidden").to.equal(false);
        expect(agent.asked).to.have.length(1);
        const [hidden, ...more] = aws.inputs("ChangeMessageVisibility");
        expect(more).to.deep.equal([]);
        expect(hidden?.["VisibilityTimeout"]).to.be.within(115, 120);
        expect((await state())?.["failingSince"]).to.be.within(before, Date.now());

        await database.put("feed", { ...(await state()), pausedUntil: Date.now() - 1 });
        expect(await pushed(of("p-1"))).to.equal(true);
        expect(await pushed(of("p-0"))).to.equal(true);
        expect([...(await agent.has()).keys()]).to.have.members(["p-0", "p-1"]);
        expect(await state()).not.to.have.any.keys("pausedUntil", "failures", "lastError", "failingSince");
    });

    it("wait longer from failure to failure of an API, which are counted", async () => {
        await numbered(1);
        const pauses: number[] = [];
        for (const status of [503, 500, 401, 404, 302]) {
            agent.answer = () => ({ status });
            await database.put("feed", { ...(await state()), target: "agent-us", entry: "state", pausedUntil: 1 });
            const before = Date.now();
            expect(await pushed(of("p-0"))).to.equal(true);
            pauses.push(Number((await state())?.["pausedUntil"]) - before);
        }
        expect(await state()).to.deep.include({ failures: 5 });
        for (const [index, ms] of pauses.entries()) expect(ms).to.be.within(2500 * 2 ** index, 5200 * 2 ** index);
        expect(messages()).to.deep.equal(Array(5).fill(of("p-0")));
        expect(push.log.filter((line) => line["FeedPushFailures"] === 1)).to.have.length(5);
    });

    it("wait where the secret has no key yet, or the API does not answer", async () => {
        await numbered(1);
        const ended = await new Agent().start();
        const { url: endpoint } = ended;
        await ended.stop();
        secrets.set(secretArn("feed-agent-us"), JSON.stringify({ apiKey: "local-feed-key", endpoint }));
        expect(await pushed(of("p-0"))).to.equal(true);
        expect((await state())?.["lastError"]).to.include("ECONNREFUSED");
        secrets.set(secretArn("feed-agent-us"), "{}");
        await database.put("feed", { ...(await state()), pausedUntil: 1 });
        expect(await pushed(of("p-0"))).to.equal(true);
        expect((await state())?.["lastError"]).to.include("apiKey");
        expect(agent.asked).to.deep.equal([]);
    });

    it("find the products that an API does not take in halves, keep each with its reason, and send it again when it changes", async () => {
        const ids = await numbered(100);
        await database.putAll(
            "products",
            [7, 64].map((bad) => ({ ...item, productId: `p-${bad}`, prices: { usd: 0 } })),
        );
        expect(await pushed(of(...ids))).to.equal(true);
        expect([...(await agent.has()).keys()]).to.have.members(ids.filter((id) => id !== "p-7" && id !== "p-64"));
        expect(agent.asked.length).to.be.lessThan(30);
        const refused = aws.messages.filter(({ url }) => url.endsWith("/feed-refused"));
        expect(refused.map(({ content }) => content.productIds)).to.have.deep.members([["p-7"], ["p-64"]]);
        const [{ entry } = expect.fail("nothing is refused")] = refused;
        expect(entry.MessageAttributes?.["reason"]?.StringValue).to.match(/^HTTP 422 .*has no price/);
        expect(entry.MessageAttributes?.["returnTo"]?.StringValue).to.match(/feed-changes\.fifo$/);

        const requests = agent.asked.length;
        expect(await pushed(of("p-7"))).to.equal(true);
        expect(agent.asked, "it is not tried again as it is").to.have.length(requests);
        expect(await pushed(refused[0]?.content)).to.equal(true);
        // And another one, which the API has: so it is not the request that it refuses.
        expect(agent.asked, "but where an operator has it redriven").to.have.length(requests + 2);
        await database.put("products", { ...item, productId: "p-7" });
        expect(await pushed(of("p-7"))).to.equal(true);
        expect((await agent.has()).has("p-7")).to.equal(true);
    });

    for (const [title, first, then, word] of [
        ["undone", { ...item, stock: 0 }, item, "in_stock"],
        ["followed by another", { ...item, stock: 0 }, { ...item, stock: 3 }, "limited_stock"],
        ["followed by a deletion", { ...item, stock: 0 }, { ...item, hidden: true }, "discontinued"],
    ] as const) {
        for (const isKnown of [true, false]) {
            const had = isKnown ? "has" : "has never had";
            it(`are told again where an answer was lost, of a change that is ${title}, and the API ${had} the product`, async () => {
                await database.put("products", item);
                if (isKnown) await pushed(of("lamp"));
                await database.put("products", first);
                let applied: Promise<unknown> | undefined;
                agent.answer = (asked) => {
                    applied = agent.applies(asked);
                    return { status: 504 };
                };
                expect(await pushed(of("lamp"))).to.equal(true);
                await applied;
                expect((await agent.has()).get("lamp")?.variants[0]?.availability.status).to.equal("out_of_stock");
                agent.answer = () => undefined;
                await unpaused();
                await database.put("products", then);
                expect(await pushed(of("lamp"))).to.equal(true);
                expect((await agent.has()).get("lamp")?.variants[0]?.availability.status).to.equal(word);
                const requests = agent.asked.length;
                await pushed(of("lamp"));
                expect(agent.asked).to.have.length(requests);
            });
        }
    }

    it("keep a withdrawal that the API refuses, until it has taken it, without asking again by themselves", async () => {
        await database.put("products", item);
        await pushed(of("lamp", ...(await numbered(1))));
        await database.put("products", { ...item, hidden: true });
        agent.answer = ({ products }) =>
            products[0]?.id === "lamp" ? { status: 422, body: { message: "no such status" } } : undefined;
        expect(await pushed(of("lamp"))).to.equal(true);
        const [letter] = aws.messages.filter(({ url }) => url.endsWith("/feed-refused")).slice(-1);
        agent.answer = () => undefined;
        const requests = agent.asked.length;
        expect(await pushed(of("lamp"))).to.equal(true);
        expect(agent.asked).to.have.length(requests);
        expect(await pushed(letter?.content)).to.equal(true);
        expect((await agent.has()).get("lamp")?.variants[0]?.availability.status).to.equal("discontinued");
        expect(await note("lamp")).to.equal(undefined);
    });

    it("take away a product whose item another program deletes, as the stream says", async () => {
        await pushed((await heard(await change(undefined, item)))[0] ?? of());
        const { dynamodb, ...record } = recordOf(item, item);
        const { NewImage: _, ...images } = dynamodb;
        const Keys = marshall({ productId: "lamp" });
        await database.clear("products");
        const [message] = await heard({ ...record, eventName: "REMOVE", dynamodb: { ...images, Keys } });
        expect(await pushed(message ?? of())).to.equal(true);
        expect((await agent.has()).get("lamp")?.variants[0]?.availability.status).to.equal("discontinued");
    });

    it("are refused where the API answers that it has not accepted them", async () => {
        await database.put("products", item);
        await pushed(of(...(await numbered(1))));
        const { lastPushAt } = (await state()) ?? {};
        const isLamp = ({ products }: Asked) => products.some(({ id }) => id === "lamp");
        agent.answer = (asked) =>
            isLamp(asked) ? { status: 200, body: { id: "feed_1", accepted: false } } : undefined;
        expect(await pushed(of("lamp"))).to.equal(true);
        expect(await note("lamp")).to.include.keys("refused", "reason");
        expect((await state())?.["lastPushAt"]).not.to.equal(lastPushAt);
        expect(agent.asked.map(({ products }) => products.map(({ id }) => id))).to.deep.equal([
            ["p-0"],
            ["lamp"],
            // That the API takes again what it has: so it is not the request that it refuses.
            ["p-0"],
        ]);
    });

    it("wait, and are no dead letters, where the API refuses whatever it is asked; once it takes others, they are", async () => {
        const ids = await numbered(100);
        const letters = () => aws.messages.filter(({ url }) => url.endsWith("/feed-refused")).length;
        const before = letters();
        agent.answer = () => ({ status: 400, body: { message: "api-version is no more" } });
        expect(await pushed(of(...ids))).to.equal(true);
        expect(agent.asked.length).to.be.lessThan(40);
        expect(letters()).to.equal(before);
        expect(push.log.filter((line) => line["FeedPushFailures"] === 1)).to.have.length(1);
        const [{ doubtedAt, ...left } = of(), ...more] = messages();
        expect(more).to.deep.equal([]);
        // Those first that were not tried one by one.
        expect(left).to.deep.equal(of(...ids.slice(10), ...ids.slice(0, 10)));
        expect(await state()).to.include.keys("pausedUntil", "lastError");
        expect(await note("p-0")).not.to.have.property("refused");

        await unpaused();
        agent.answer = ({ products }) => (products.some(({ id }) => id.startsWith("p-")) ? { status: 400 } : undefined);
        await database.put("products", item);
        expect(await pushed(of("lamp"))).to.equal(true);
        expect(await pushed({ ...left, doubtedAt })).to.equal(true);
        expect(letters()).to.equal(before + 100);
    });

    for (const count of [1, 3, 9]) {
        it(`wait where the API refuses whatever it is asked, also if it is asked for ${count}, and none is a dead letter`, async () => {
            await database.put("products", item);
            await pushed(of("lamp"));
            const ids = await numbered(count);
            const letters = () => aws.messages.filter(({ url }) => url.endsWith("/feed-refused")).length;
            agent.answer = () => ({ status: 400, body: { message: "api-version is no more" } });
            expect(await pushed(of(...ids))).to.equal(true);
            expect(letters()).to.equal(0);
            expect(messages().flatMap(({ productIds }) => productIds)).to.have.members(ids);
            expect(await state()).to.include.keys("pausedUntil", "lastError");
            expect(await note("lamp"), "it is known as before").to.have.property("digest");

            agent.answer = () => undefined;
            await unpaused();
            for (const message of messages()) expect(await pushed(message)).to.equal(true);
            expect([...(await agent.has()).keys()]).to.have.members(["lamp", ...ids]);
        });
    }

    for (const [what, known] of [
        ["the API has others", ["lamp"]],
        ["they are its first", []],
    ] as const) {
        it(`but for the products that it does not take are sent, the first and few as they may be, where ${what}`, async () => {
            const ids = await numbered(7);
            for (const productId of ["p-0", "p-1"])
                await database.put("products", { ...item, productId, prices: { usd: 0 } });
            await database.put("products", item);
            if (known.length > 0) await pushed(of(...known));
            expect(await pushed(of(...ids))).to.equal(true);
            expect([...(await agent.has()).keys()]).to.have.members([...known, ...ids.slice(2)]);
            const refused = aws.messages.filter(({ url }) => url.endsWith("/feed-refused"));
            expect(refused.map(({ content }) => content.productIds)).to.deep.equal([["p-0"], ["p-1"]]);
            expect(messages()).to.deep.equal([]);
        });
    }

    it("are sent but for those that an API does not take, also where the first of all that it is told are many of these", async () => {
        const ids = await numbered(30);
        const bad = ids.slice(0, 12);
        await database.putAll(
            "products",
            bad.map((productId) => ({ ...item, productId, prices: { usd: 0 } })),
        );
        let message = of(...ids);
        while (message.productIds.length > 0) {
            const before = messages().length;
            expect(await pushed(message)).to.equal(true);
            await unpaused();
            message = messages()[before] ?? of();
        }
        expect([...(await agent.has()).keys()]).to.have.members(ids.slice(12));
        const refused = aws.messages.filter(({ url }) => url.endsWith("/feed-refused"));
        expect(refused.flatMap(({ content }) => content.productIds)).to.have.members(bad);
    });

    it("count as waiting from when the first of them was changed, until everything before a mark was told", async () => {
        await numbered(2);
        const marked = async () => {
            const before = messages().length;
            await keep.invoke({}, { remainingMs: 60_000 });
            return messages().slice(before);
        };
        const changedAt = Date.now() - 90 * 60_000;
        agent.answer = () => ({ status: 503 });
        const early = await marked();
        expect(await pushed({ ...of("p-0"), changedAt })).to.equal(true);
        expect(await state()).to.include({ unsentSince: changedAt });
        const [left = of()] = messages().slice(-1);
        expect(left).to.deep.equal({ ...of("p-0"), changedAt });
        await unpaused();
        // It was sent before what was left, and is taken out of the queue before that.
        for (const mark of early) expect(await pushed(mark)).to.equal(true);
        expect(await state()).to.include({ unsentSince: changedAt });
        const late = await marked();
        agent.answer = () => undefined;
        expect(await pushed(left)).to.equal(true);
        for (const mark of late) expect(await pushed(mark)).to.equal(true);
        expect(await state()).not.to.have.any.keys("unsentSince", "leftAt");
        expect((await state())?.["reachedAt"]).to.equal(late[0]?.markedAt);
        expect(agent.asked).to.have.length(2);
    });

    it("are told when a pre-order's time comes, whatever time it had before, without another change", async () => {
        const later = { ...item, availableFrom: "2099-01-01T00:00:00Z" };
        await pushed((await heard(await change(undefined, later)))[0] ?? of());
        expect(await word("lamp")).to.equal("preorder");
        const soon = { ...item, availableFrom: new Date(Date.now() + 500).toISOString() };
        await pushed((await heard(await change(later, soon)))[0] ?? of());
        expect(await word("lamp")).to.equal("preorder");
        let sent: readonly PushMessage[] = [];
        while (sent.length === 0) {
            const before = messages().length;
            await keep.invoke({}, { remainingMs: 60_000 });
            sent = messages()
                .slice(before)
                .filter(({ productIds }) => productIds.length > 0);
        }
        expect(sent.flatMap(({ productIds }) => productIds)).to.deep.equal(["lamp"]);
        for (const message of sent) expect(await pushed(message)).to.equal(true);
        expect(await word("lamp")).to.equal("in_stock");
    });

    it("pass over an item with a number beyond JavaScript's precision or an id that no path names, and tell the others", async () => {
        await numbered(2);
        await pushed((await heard(await change(undefined, item)))[0] ?? of());
        for (const odd of ["9007199254740993", "90071992547409931.5", "-1E+40"]) {
            const prices = { M: { usd: { N: odd } } };
            const image = { ...marshall(item), prices };
            const { dynamodb, ...record } = recordOf(item, item);
            await database.client.send(new PutItemCommand({ TableName: "products", Item: image }));
            const [message] = await heard({ ...record, dynamodb: { ...dynamodb, NewImage: image } });
            expect(message?.productIds, odd).to.deep.equal(["lamp"]);
            await database.put("products", { ...item, productId: "p 1" });
            await database.put("products", { ...item, productId: "x".repeat(1500) });
            expect((await pass()).filter((id) => id !== "lamp" && !id.startsWith("p-"))).to.deep.equal([]);
            expect(await pushed(message ?? of())).to.equal(true);
            expect(await word("lamp"), odd).to.equal("discontinued");
            expect(await word("p-1"), odd).to.equal("in_stock");
            expect(await state()).to.deep.include({
                rows: 2,
                leftOut: 3,
                lacks: { price: 1, "invalid: /productId": 2 },
            });
            await pushed((await heard(await change({ ...item, hidden: true }, item)))[0] ?? of());
        }
    });

    it("are told anew where the feed is another one, as other settings of its API name it", async () => {
        const moved = { ...feed, targets: [target({ feedId: "feed_2" })] };
        const to = new Callback(aws, "feed/pushFeed", { FEED: JSON.stringify(moved) });
        await numbered(1);
        await pushed(of("p-0"));
        await to.start();
        try {
            const message = sqsRecord("moved", of("p-0"));
            await to.invoke({ Records: [message] }, { remainingMs: 120_000 });
        } finally {
            await to.stop();
        }
        expect(agent.asked.map(({ path }) => path)).to.deep.equal(["/feeds/feed_1/products", "/feeds/feed_2/products"]);
    });

    it("pass over an item that is none of a product, and tell the others and what becomes of it", async () => {
        await pushed((await heard(await change(undefined, item)))[0] ?? of());
        for (const odd of [{ gtin: 4006381333931 }, { categories: "Home" }, { link: "/lamp" }]) {
            const after = { ...item, ...odd };
            const [message] = await heard(await change(item, after));
            await database.put("products", { ...item, productId: "other" });
            expect(await pushed(of("lamp", "other"))).to.equal(true);
            expect((await agent.has()).get("lamp")?.variants[0]?.availability.status).to.equal("discontinued");
            expect((await agent.has()).get("other")?.title).to.equal("Lamp");
            expect(message?.productIds).to.deep.equal(["lamp"]);
            expect(
                await heard(await change(after, { productId: "lamp", deletedAt: "2026-11-30T10:00:00Z" })),
            ).to.deep.equal([]);
            await pushed((await heard(await change(after, item)))[0] ?? of());
            expect((await agent.has()).get("lamp")?.variants[0]?.availability.status).to.equal("in_stock");
        }
    });

    it("are taken by an API whose answer never ends, of which no more is read than the beginning", async () => {
        await numbered(1);
        agent.answer = () => ({ status: 200, body: endless });
        expect(await pushed(of("p-0"))).to.equal(true);
        expect(await note("p-0")).to.have.property("digest");
    });

    it("lose nothing by a pass whose pages are older than the table, which is read so at half the price", async () => {
        const [old, now] = [item, { ...item, prices: { usd: 1 } }];
        const stale = () => aws.answers("Scan", () => ({ Items: [marshall(old)], Count: 1, ScannedCount: 1 }));
        const price = async () => (await agent.has()).get("lamp")?.variants[0]?.price?.amount;
        await pushed((await heard(await change(undefined, old)))[0] ?? of());
        const [message] = await heard(await change(old, now));
        // The change is on its way while the pass reads what was before it: that is no reason to send anything.
        stale();
        expect(await pass()).to.deep.equal([]);
        expect(await pushed(message ?? of())).to.equal(true);
        expect(await price()).to.equal(1);
        // It was told while the pass reads what was before it: that is compared again, and not sent.
        const requests = agent.asked.length;
        expect(await pass()).to.deep.equal(["lamp"]);
        expect(agent.asked).to.have.length(requests);
        expect(await price()).to.equal(1);
        expect(aws.inputs("Scan").map(({ ConsistentRead }) => ConsistentRead ?? false)).to.deep.equal([false, false]);
    });

    it("come no faster than the rate of the target", async () => {
        await numbered(2);
        const before = Date.now();
        await pushed(of("p-0"));
        expect(Number((await state())?.["nextRequestAt"])).to.be.at.least(before + 10);
        const next = Date.now() + 400;
        await database.put("feed", { ...(await state()), nextRequestAt: next });
        await pushed(of("p-1"));
        expect(agent.asked).to.have.length(2);
        expect(Number((await state())?.["nextRequestAt"])).to.be.at.least(next + 5);
    });

    it("are made up for by the daily pass, which sends what differs and nothing else", async () => {
        const ids = await numbered(250);
        expect((await pass()).toSorted()).to.deep.equal(ids.toSorted());
        expect((await agent.has()).size).to.equal(250);
        expect(await pass()).to.deep.equal([]);
        await database.put("products", { ...item, productId: "p-3", name: "Other" });
        await database.put("products", { productId: "p-9", deletedAt: "2026-11-30T10:00:00Z" });
        await database.put("products", { ...item, productId: "p-17", images: [] });
        await database.put("products", { ...item, productId: "p-20", weight: 9 });
        await database.client.send(new DeleteCommand({ TableName: "products", Key: { productId: "p-30" } }));
        expect(await pass()).to.have.members(["p-3", "p-9", "p-17", "p-30"]);
        expect((await agent.has()).get("p-30")?.variants[0]?.availability.status).to.equal("discontinued");
        expect(await pass()).to.deep.equal([]);
        expect(await state()).to.deep.include({ rows: 247, leftOut: 1, lacks: { image: 1 } });
        const requests = agent.asked.length;
        expect(await pass({ isAnew: true })).to.have.length(247);
        const told = agent.asked.slice(requests).map(({ products }) => products.map(({ id }) => id).join());
        expect(new Set(told).size).to.equal(3);
    });
});
