import { expect } from "chai";
import type { PushMessage } from "../../../runtime/feed/push/pushQueue.ts";
import { settingsOf } from "../../../runtime/feed/target.ts";
import { Database } from "../support/database.ts";
import { feed, target } from "../support/feed.ts";
import { started, startedAws, startedCallback } from "../support/started.ts";

const hour = 60 * 60 * 1000;
const targets = [target({ name: "one" }), target({ name: "two" })];

describe("the schedule of feeds", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const keep = startedCallback(aws, "feed/keepFeeds", { FEED: JSON.stringify({ ...feed, targets }) });

    const file = target({ name: "file-us", kind: "file", format: "openai-jsonl" });
    const keepFile = startedCallback(aws, "feed/keepFeeds", { FEED: JSON.stringify({ ...feed, targets: [file] }) });

    beforeEach(() => database.clear("feed"));

    const state = (name: string) => database.get("feed", { target: name, entry: "state" });
    const built = (name: string, hoursAgo: number, leftOut = 0) =>
        database.put("feed", {
            target: name,
            entry: "state",
            lastSnapshotAt: new Date(Date.now() - hoursAgo * hour).toISOString(),
            settings: settingsOf(target({ name }), feed),
            leftOut,
        });
    /** @returns the targets that are asked for, which is done for all at once, by name; and what is measured */
    async function kept(by = keep) {
        const before = aws.sentTo("feed-builds").length;
        await by.invoke({}, { remainingMs: 60_000 });
        const line = by.log.find(({ message }) => message === "Feeds looked after") ?? {};
        by.log.length = 0;
        return {
            due: aws
                .sentTo("feed-builds")
                .slice(before)
                .map((message) => message.target)
                .toSorted(),
            age: Number(line["FeedAgeMs"]),
            leftOut: line["FeedRowsLeftOut"],
            failing: Number(line["FeedFailingMs"]),
            unsent: Number(line["FeedUnsentMs"]),
        };
    }
    /** What was sent on to the API of a target. */
    const sentOn = (name: string): PushMessage[] =>
        aws.sentTo("feed-changes.fifo").filter((message) => message.target === name);

    it("asks for feeds that were never built, and counts their age from when they are there", async () => {
        expect((await kept()).due).to.deep.equal(["one", "two"]);
        const { since } = (await state("one")) ?? {};
        expect(Date.parse(String(since))).to.be.within(Date.now() - 60_000, Date.now());
        await database.put("feed", { ...(await state("one")), since: new Date(Date.now() - 30 * hour).toISOString() });
        const { due, age } = await kept();
        expect(due).to.deep.equal(["one", "two"]);
        expect(age).to.be.within(30 * hour, 30 * hour + 60_000);
    });

    it("measures for how long an API has taken nothing, also while nothing is sent to it", async () => {
        await built("one", 1);
        await database.put("feed", { ...(await state("one")), failingSince: Date.now() - 9 * hour });
        expect((await kept()).failing).to.be.within(9 * hour, 9 * hour + 60_000);
        await built("one", 1);
        expect((await kept()).failing).to.equal(0);
    });

    it("asks at once for a feed whose settings are others now than those that it was built by", async () => {
        await built("one", 1);
        await built("two", 1);
        expect((await kept()).due).to.deep.equal([]);
        const before = target({ name: "two", currency: "eur" });
        await database.put("feed", { ...(await state("two")), settings: settingsOf(before, feed) });
        expect((await kept()).due).to.deep.equal(["two"]);
        const changes = [
            { shards: 2 },
            { gzip: false },
            { format: "google-tsv" as const },
            { currency: "eur" },
            { country: "DE" },
            { eligibleForCheckout: true },
            { tax: { change: "add" as const, percent: 8, classes: {} } },
        ];
        for (const change of changes)
            expect(settingsOf({ ...file, ...change }, feed)).not.to.equal(settingsOf(file, feed));
        expect(settingsOf({ ...file, hosted: "signed", rate: 10 }, feed)).to.equal(settingsOf(file, feed));
    });

    it("asks for a file that names as a pre-order what can be bought by now", async () => {
        const since = (changesAt: number) => ({
            target: "file-us",
            entry: "state",
            lastSnapshotAt: new Date().toISOString(),
            settings: settingsOf(file, feed),
            changesAt,
        });
        await database.put("feed", since(Date.now() + hour));
        expect((await kept(keepFile)).due).to.deep.equal([]);
        await database.put("feed", since(Date.now() - 1));
        expect((await kept(keepFile)).due).to.deep.equal(["file-us"]);
        expect(sentOn("file-us")).to.deep.equal([]);
    });

    it("sends on products of an API whose time has come, once, the earliest first, and no others", async () => {
        await built("one", 1);
        await built("two", 1);
        const now = Date.now();
        const at = { early: now - 2 * hour, late: now - hour, later: now + hour };
        await Promise.all(
            Array.from({ length: 150 }, (_, index) => index).map((index) => {
                const time = index < 120 ? at.early : index < 149 ? at.late : at.later;
                const [productId, iso] = [`p-${index}`, new Date(time).toISOString()];
                return database.put("feed", { target: "one", entry: `due ${iso} ${productId}`, productId, at: time });
            }),
        );
        await kept();
        const [first, second, mark, ...more] = sentOn("one");
        expect(first?.productIds).to.have.length(100);
        expect(first?.changedAt).to.equal(at.early);
        expect([...(first?.productIds ?? []), ...(second?.productIds ?? [])]).to.have.members(
            Array.from({ length: 149 }, (_, index) => `p-${index}`),
        );
        expect(mark).to.include.keys("markedAt");
        expect(more).to.deep.equal([]);
        const left = (await database.all("feed")).filter(({ entry }) => String(entry).startsWith("due "));
        expect(left.map(({ productId }) => productId)).to.deep.equal(["p-149"]);
        await kept();
        expect(
            sentOn("one")
                .slice(3)
                .flatMap(({ productIds }) => productIds),
        ).to.deep.equal([]);
        expect(sentOn("two").flatMap(({ productIds }) => productIds)).to.deep.equal([]);
    });

    it("measures how long the oldest change waits that an API has not been told", async () => {
        await built("one", 1);
        await built("two", 1);
        const now = Date.now();
        const reachedAt = now - hour / 6;
        await database.put("feed", { ...(await state("one")), reachedAt });
        await database.put("feed", { ...(await state("two")), reachedAt: now });
        expect((await kept()).unsent).to.be.within(hour / 6, hour / 6 + 60_000);
        await database.put("feed", { ...(await state("two")), unsentSince: now - 3 * hour, leftAt: now - hour });
        expect((await kept()).unsent).to.be.within(3 * hour, 3 * hour + 60_000);
    });

    it("asks for each once a day, and measures the oldest and the one that leaves out most", async () => {
        await built("one", 23);
        await built("two", 24, 7);
        const { due, age, leftOut } = await kept();
        expect({ due, leftOut }).to.deep.equal({ due: ["two"], leftOut: 7 });
        expect(age).to.be.within(24 * hour, 24 * hour + 60_000);
    });
});
