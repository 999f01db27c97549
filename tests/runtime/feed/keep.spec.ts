import { expect } from "chai";
import { Database } from "../support/database.ts";
import { feed, target } from "../support/feed.ts";
import { started, startedAws, startedCallback } from "../support/started.ts";

const hour = 60 * 60 * 1000;
const targets = [target({ name: "one" }), target({ name: "two" })];

describe("the schedule of feeds", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const keep = startedCallback(aws, "feed/keepFeeds", { FEED: JSON.stringify({ ...feed, targets }) });

    beforeEach(() => database.clear("feed"));

    const state = (name: string) => database.get("feed", { target: name, entry: "state" });
    const built = (name: string, hoursAgo: number, leftOut = 0) =>
        database.put("feed", {
            target: name,
            entry: "state",
            lastSnapshotAt: new Date(Date.now() - hoursAgo * hour).toISOString(),
            leftOut,
        });
    /** @returns the targets that are asked for, which is done for all at once, by name; and what is measured */
    async function kept() {
        const before = aws.sentTo("feed-builds").length;
        await keep.invoke({});
        const line = keep.log.find(({ message }) => message === "Feeds looked after") ?? {};
        keep.log.length = 0;
        return {
            due: aws
                .sentTo("feed-builds")
                .slice(before)
                .map((message) => message.target)
                .toSorted(),
            age: Number(line["FeedAgeMs"]),
            leftOut: line["FeedRowsLeftOut"],
            failing: Number(line["FeedFailingMs"]),
        };
    }

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

    it("asks for each once a day, and measures the oldest and the one that leaves out most", async () => {
        await built("one", 23);
        await built("two", 24, 7);
        const { due, age, leftOut } = await kept();
        expect({ due, leftOut }).to.deep.equal({ due: ["two"], leftOut: 7 });
        expect(age).to.be.within(24 * hour, 24 * hour + 60_000);
    });
});
