import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { toldOf } from "../../../runtime/feed/offer.ts";
import { wantedOf } from "../../../runtime/feed/push/wanted.ts";
import { linesOf } from "../../../runtime/feed/rows/lines.ts";
import { type FeedTarget, settingsOf } from "../../../runtime/feed/target.ts";
import { isProof } from "../../proof.ts";
import { Bucket } from "../support/bucket.ts";
import { Database } from "../support/database.ts";
import { sqsRecord } from "../support/events.ts";
import { feed, item, target } from "../support/feed.ts";
import { productItems } from "../support/productItems.ts";
import { Callback, started, startedAws } from "../support/started.ts";

const file = (by: Partial<FeedTarget> = {}) =>
    target({ name: "file-us", kind: "file", format: "openai-jsonl", hosted: "public", ...by });

/** How many products the proof has; fewer in `npm test`. */
const many = isProof ? 100_000 : 2_000;
/** Sentences of a description: 11 MB of rows in all, or 100. */
const sentences = isProof ? 30 : 220;

describe("the daily file of a feed", function () {
    this.timeout(isProof ? 1_800_000 : 240_000);
    const database = started(new Database());
    const bucket = started(new Bucket());
    const aws = startedAws(database);
    const running: Callback[] = [];

    beforeEach(async () => {
        bucket.reset();
        await database.clear("products", "feed");
    });
    afterEach(async () => {
        await Promise.all(running.splice(0).map((callback) => callback.stop()));
    });

    async function builder(of: FeedTarget, over: Record<string, string> = {}): Promise<Callback> {
        const FEED = JSON.stringify({ ...feed, targets: [of] });
        const callback = new Callback(aws, "feed/buildFeed", { FEED, AWS_ENDPOINT_URL_S3: bucket.url, ...over });
        running.push(callback);
        await callback.start();
        return callback;
    }

    let messages = 0;
    /** Builds a feed to its end, step by step. @returns how many there were */
    async function build(callback: Callback, name = "file-us", remainingMs = 300_000): Promise<number> {
        messages += 1;
        let next: unknown = { target: name };
        let steps = 0;
        while (next !== undefined) {
            const before = aws.sentTo("feed-builds").length;
            const answer = await callback.invoke(
                { Records: [sqsRecord(`build-${messages}-${steps}`, next)] },
                { remainingMs },
            );
            expect(answer, callback.text()).to.deep.equal({ batchItemFailures: [] });
            next = aws.sentTo("feed-builds")[before];
            steps += 1;
        }
        return steps;
    }

    const publishedIn = (name = "file-us.jsonl.gz") => bucket.objects.get(`/feed-files/files/file-us/${name}`)?.body;
    const rowsIn = (body: Buffer | undefined, isPacked = true): Record<string, string>[] =>
        (isPacked ? gunzipSync(body ?? Buffer.alloc(0)) : (body ?? Buffer.alloc(0)))
            .toString()
            .split("\n")
            .filter((line) => line !== "")
            .map((line) => JSON.parse(line));
    const state = () => database.get("feed", { target: "file-us", entry: "state" });
    const numbered = (count: number, of: object = {}) =>
        Array.from({ length: count }, (_, index) => ({ ...item, productId: `p-${index}`, ...of }));

    it("has a row for each product of the table that lacks nothing, and counts the others by what they lack", async () => {
        await database.putAll(
            "products",
            [
                item,
                { ...item, productId: "no-image", images: undefined },
                { ...item, productId: "no-price", prices: { eur: 5 }, images: [] },
                { ...item, productId: "hidden", hidden: true },
                { productId: "gone", deletedAt: "2026-11-30T10:00:00Z" },
            ].map((one) => JSON.parse(JSON.stringify(one))),
        );
        await build(await builder(file()));
        expect(rowsIn(publishedIn()).map((row) => row["item_id"])).to.deep.equal(["lamp"]);
        expect(await state()).to.deep.include({ rows: 1, leftOut: 2, lacks: { image: 2, price: 1 } });
        const [etag] = Object.values((await state())?.["files"] as object);
        expect(etag).to.match(/^"[0-9a-f]{32}"$/);
    });

    it("equals the table, whatever was changed in it before", async () => {
        const callback = await builder(file({ gzip: false }));
        await fc.assert(
            fc.asyncProperty(fc.array(productItems, { minLength: 1, maxLength: 40 }), async (products) => {
                await database.putAll("products", [
                    ...new Map(products.map((one) => [one["productId"], JSON.parse(JSON.stringify(one))])).values(),
                ]);
                await build(callback);
                const now = Date.now();
                const expected = (await database.all("products")).flatMap((one) => {
                    const told = toldOf(one, file(), feed, now);
                    if (told === undefined || "lacks" in told) return [];
                    return [JSON.parse(linesOf["openai-jsonl"].lineOf(told.offer, file(), feed))];
                });
                expect(rowsIn(publishedIn("file-us.jsonl"), false)).to.have.deep.members(expected);
                expect((await state())?.["rows"]).to.equal(expected.length);
            }),
            { numRuns: isProof ? 60 : 6 },
        );
    });

    it("is a head alone where there is no product, and is written with its type", async () => {
        await build(await builder(file({ format: "openai-csv", gzip: false })));
        const [, written] = [...bucket.objects].find(([path]) => path.includes("/files/")) ?? [];
        expect(written?.type).to.equal("text/csv; charset=utf-8");
        expect(written?.body.toString()).to.match(/^item_id,title,.*\r\n$/);
    });

    it("can be unpacked where there is no product", async () => {
        await build(await builder(file()));
        expect(publishedIn()?.length).to.be.greaterThan(0);
        expect(rowsIn(publishedIn())).to.deep.equal([]);
    });

    it("is divided the same way each time, with each product in one file", async () => {
        await database.putAll("products", numbered(200));
        const callback = await builder(file({ shards: 3 }));
        const shards = () =>
            [1, 2, 3].map((shard) =>
                rowsIn(publishedIn(`file-us-${shard}.jsonl.gz`)).map((row) => row["item_id"] ?? ""),
            );
        await build(callback);
        const first = shards();
        expect(first.flat()).to.have.members(numbered(200).map(({ productId }) => productId));
        for (const shard of first) expect(shard.length).to.be.greaterThan(30);
        await database.putAll("products", numbered(200, { name: "Other" }));
        await build(callback);
        expect(shards().map((shard) => shard.toSorted())).to.deep.equal(first.map((shard) => shard.toSorted()));
    });

    it("stays whole as it was when the builder is killed at any moment, and the same message makes it whole anew", async () => {
        await database.putAll("products", numbered(50));
        const of = file();
        await build(await builder(of));
        const old = publishedIn();
        await database.putAll("products", numbered(50, { name: "New" }));
        const moments = ["POST begin", "PUT part", "POST complete", "PUT copy"];
        for (const [index, moment] of moments.entries()) {
            const victim = await builder(of);
            bucket.before = async (what) => {
                if (what !== moment) return;
                await victim.kill();
                throw new Error("killed");
            };
            const record = sqsRecord(`killed-${index}`, { target: "file-us" });
            await victim.invoke({ Records: [record] }, { remainingMs: 300_000 }).catch(() => undefined);
            bucket.before = () => undefined;
            expect(publishedIn()?.equals(old ?? Buffer.alloc(0)), moment).to.equal(true);
            // Its lease runs out before SQS hands the message over again.
            const run = await database.get("feed", { target: "file-us", entry: "run" });
            await database.put("feed", { ...run, heldUntil: 1 });
            const answer = await (await builder(of)).invoke({ Records: [record] }, { remainingMs: 300_000 });
            expect(answer).to.deep.equal({ batchItemFailures: [] });
            expect(
                rowsIn(publishedIn()).map((row) => row["title"]),
                moment,
            ).to.deep.equal(Array(50).fill("New"));
            bucket.objects.set("/feed-files/files/file-us/file-us.jsonl.gz", {
                body: old ?? Buffer.alloc(0),
                type: "",
            });
        }
    });

    it("is built once for a message that comes twice, and by one of two messages", async () => {
        await database.putAll("products", numbered(10));
        const callback = await builder(file());
        const record = sqsRecord("twice", { target: "file-us" });
        const answers = await Promise.all([
            callback.invoke({ Records: [record] }, { remainingMs: 300_000 }),
            callback.invoke({ Records: [record] }, { remainingMs: 300_000 }),
            callback.invoke({ Records: [sqsRecord("other", { target: "file-us" })] }, { remainingMs: 300_000 }),
        ]);
        expect(answers).to.deep.equal(Array(3).fill({ batchItemFailures: [] }));
        expect(bucket.done.filter((what) => what === "PUT copy")).to.have.length(1);
    });

    describe("that takes several steps", () => {
        const description = "A sentence of it. ".repeat(250);
        const pages = (of: object = {}) => numbered(700, { description, ...of });
        let count = 0;
        /** A step of a page. @returns the message for the next one */
        async function step(callback: Callback, message: unknown): Promise<unknown> {
            const before = aws.sentTo("feed-builds").length;
            count += 1;
            const answer = await callback.invoke(
                { Records: [sqsRecord(`step-${count}`, message)] },
                { remainingMs: 30_000 },
            );
            expect(answer, callback.text()).to.deep.equal({ batchItemFailures: [] });
            return aws.sentTo("feed-builds")[before];
        }
        async function toEnd(callback: Callback, message: unknown): Promise<number> {
            let next = message;
            let steps = 0;
            for (; next !== undefined; steps += 1) next = await step(callback, next);
            return steps;
        }
        const run = () => database.get("feed", { target: "file-us", entry: "run" });
        const titles = (body = publishedIn()) => [...new Set(rowsIn(body).map((row) => row["title"]))];

        it("begins anew where settings change meanwhile: all of it is made by one of them", async () => {
            await database.putAll("products", pages());
            const second = await step(await builder(file()), { target: "file-us" });
            expect(second).not.to.equal(undefined);
            const changed = file({ currency: "eur", country: "DE", shards: 2 });
            const callback = await builder(changed);
            // A message of the schedule begins none besides it.
            expect(await step(callback, { target: "file-us" })).to.equal(undefined);
            await toEnd(callback, second);
            const rows = [1, 2].flatMap((shard) => rowsIn(publishedIn(`file-us-${shard}.jsonl.gz`)));
            expect(new Set(rows.map((row) => row["item_id"])).size).to.equal(700);
            expect(rows).to.have.length(700);
            expect([...new Set(rows.map((row) => `${row["price"]} ${row["target_countries"]}`))]).to.deep.equal([
                "45.00 EUR DE",
            ]);
            expect(publishedIn()).to.equal(undefined);
            expect(await state()).to.deep.include({ rows: 700, settings: settingsOf(changed, feed) });
            expect(await run()).not.to.have.property("run");
        });

        it("is not published by settings that have changed since it was read", async () => {
            await database.putAll("products", numbered(3));
            const victim = await builder(file());
            bucket.before = async (what) => {
                if (what !== "POST complete") return;
                await victim.kill();
                throw new Error("killed");
            };
            const record = sqsRecord("settings", { target: "file-us" });
            await victim.invoke({ Records: [record] }, { remainingMs: 300_000 }).catch(() => undefined);
            bucket.before = () => undefined;
            await database.put("feed", { ...(await run()), heldUntil: 1 });
            const callback = await builder(file({ currency: "eur" }));
            await callback.invoke({ Records: [record] }, { remainingMs: 300_000 });
            expect([...new Set(rowsIn(publishedIn()).map((row) => row["price"]))]).to.deep.equal(["45.00 EUR"]);
        });

        it("begins anew where an operator asks for it meanwhile, and says so", async () => {
            await database.putAll("products", pages());
            const callback = await builder(file());
            const second = await step(callback, { target: "file-us" });
            await database.putAll("products", pages({ name: "New" }));
            expect(await step(callback, { target: "file-us", isByOperator: true })).to.equal(undefined);
            expect(callback.log.map(({ message }) => message)).to.include("Feed being built is to begin anew");
            await toEnd(callback, second);
            expect(titles()).to.deep.equal(["New"]);
            expect(callback.log.map(({ message }) => message)).to.include(
                "Feed begun anew: an operator or other settings ask for it",
            );
            expect(await run()).not.to.have.any.keys("run", "wish");
        });

        it("begins anew also where that is asked for while it is published", async () => {
            await database.putAll("products", numbered(3));
            const callback = await builder(file());
            const other = await builder(file());
            let isAsked = false;
            bucket.before = async (what) => {
                if (what !== "PUT copy" || isAsked) return;
                isAsked = true;
                await database.putAll("products", numbered(3, { name: "New" }));
                await step(other, { target: "file-us", isByOperator: true });
            };
            const next = await step(callback, { target: "file-us" });
            expect(titles()).to.deep.equal(["Lamp"]);
            await toEnd(callback, next);
            expect(titles()).to.deep.equal(["New"]);
        });

        it("does not forget that an API is to be told of all, in whatever order that is asked for", async () => {
            await database.putAll("products", pages());
            const callback = await builder(target());
            const ids = async (message: unknown) => {
                const before = aws.sentTo("feed-changes.fifo").length;
                await toEnd(callback, message);
                return aws
                    .sentTo("feed-changes.fifo")
                    .slice(before)
                    .filter(({ isAnew }) => isAnew)
                    .flatMap(({ productIds }) => productIds);
            };
            const begin = { target: "agent-us" };
            const [plain, anew] = [
                { ...begin, isByOperator: true },
                { ...begin, isByOperator: true, isAnew: true },
            ];
            const second = await step(callback, begin);
            await step(callback, anew);
            await step(callback, plain);
            expect(await ids(second)).to.have.length(700);

            // Left by whoever was at it, for more than an hour: what is asked for next takes its place.
            await step(callback, anew);
            const left = await database.get("feed", { target: "agent-us", entry: "run" });
            await database.put("feed", { ...left, progressAt: Date.now() - 2 * 60 * 60 * 1000 });
            expect(await ids(begin)).to.have.length(700);
            expect(await ids(begin)).to.deep.equal([]);
        });
    });

    it("is due again when the first of its pre-orders can be bought", async () => {
        const [first, second] = ["2098-01-01T00:00:00+02:00", "2099-01-01T00:00:00Z"];
        await database.putAll("products", [
            { ...item, productId: "a", availableFrom: second },
            { ...item, productId: "b", availableFrom: first },
            { ...item, productId: "c", availableFrom: "2020-01-01T00:00:00Z" },
        ]);
        const callback = await builder(file());
        await build(callback);
        expect(await state()).to.include({ changesAt: Date.parse(first) });
        await database.clear("products");
        await build(callback);
        expect(await state()).not.to.have.property("changesAt");
    });

    // The last one: what it leaves in the tables takes long to remove.
    describe("of a whole catalogue", () => {
        it(`takes the memory of a part for ${many} products, and goes on step by step where time is short`, async () => {
            const description = Array.from({ length: sentences }, (_, index) => `sentence ${index * 7919} of it`).join(
                " ",
            );
            for (let at = 0; at < many; at += 1000) {
                const some = Array.from({ length: Math.min(1000, many - at) }, (_, index) => ({
                    ...item,
                    description,
                    productId: `p-${at + index}`,
                }));
                await database.putAll("products", some);
            }
            // Bytes that were read and are not yet written.
            let [pending, most, parts] = [0, 0, 0];
            aws.answers("Scan", async (input) => {
                const answer = await aws.forward("Scan", input);
                pending += JSON.stringify(answer).length;
                most = Math.max(most, pending);
                return answer;
            });
            bucket.before = (what, bytes) => {
                if (what === "PUT part" && bytes >= 5 * 1024 * 1024) pending = 0;
                if (what === "PUT part") parts += 1;
            };
            // Less than all the rows would take.
            const callback = await builder(file({ gzip: false }), { NODE_OPTIONS: "--max-old-space-size=80" });
            const steps = await build(callback);
            const body = publishedIn("file-us.jsonl");
            expect(parts).to.be.greaterThan(2);
            expect(steps).to.be.greaterThan(1);
            expect(most).to.be.lessThan(30_000_000);
            const ids = new Set(rowsIn(body, false).map((row) => row["item_id"]));
            expect(ids.size).to.equal(many);
            expect((await state())?.["rows"]).to.equal(many);

            // The same for an API that has all of them but three, which alone are sent.
            const agent = target();
            for (let at = 0; at < many; at += 1000) {
                const notes = Array.from({ length: Math.min(1000, many - at) }, (_, index) => {
                    const productId = `p-${at + index}`;
                    const digest = wantedOf({ ...item, description, productId }, agent, feed, Date.now())?.digest;
                    return { target: agent.name, entry: `product ${productId}`, productId, title: item.name, digest };
                });
                await database.putAll("feed", notes);
            }
            const changed = ["p-1", `p-${many / 2}`, `p-${many - 1}`];
            for (const productId of changed)
                await database.put("products", { ...item, description, productId, name: "New" });
            const pusher = await builder(agent, { NODE_OPTIONS: "--max-old-space-size=80" });
            await build(pusher, agent.name);
            const sent = aws.sentTo("feed-changes.fifo").flatMap(({ productIds }) => productIds);
            expect(sent).to.have.members(changed);
            for (const productId of changed) await database.put("products", { ...item, description, productId });

            // A page a step: what is too small for a part is kept from one to the next.
            bucket.reset();
            expect(await build(callback, "file-us", 30_000)).to.be.greaterThan(steps);
            expect(bucket.done).to.include("PUT object");
            expect(publishedIn("file-us.jsonl")?.equals(body ?? Buffer.alloc(0))).to.equal(true);
        });
    });
});
