import { randomUUID } from "node:crypto";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { type AuditRow, markKey, Verification } from "../../runtime/shared/auditChain.ts";
import { AuditTrail, WriteRefusedError } from "../../runtime/shared/auditTrail.ts";
import { fingerprint } from "../../runtime/shared/canonical.ts";
import { verify } from "../../tools/audit.ts";
import { AuditTally, chainOf } from "../../tools/operator/auditTally.ts";
import { runCommand } from "../command.ts";
import { Database } from "./support/database.ts";
import { started } from "./support/started.ts";

const entryOf = (messageId: string, outcome: "processed" | "failed" = "processed") => ({
    messageId,
    messageType: "business-event",
    correlationId: "correlation-1",
    contentHash: "0".repeat(64),
    outcome,
    result: { count: 1, code: "a" },
});

describe("the audit trail", () => {
    const database = started(new Database());
    let now: number;
    let subscriber: string;
    /** In which order lanes are taken; the pauses are none. */
    const trail = (random = () => 0) =>
        new AuditTrail(database.client, { table: "audit", subscriber, days: 30, now: () => now, random });
    const items = async () =>
        (await database.all("audit")).filter(({ chain }) => String(chain).startsWith(`${subscriber}#`));
    async function rows(): Promise<AuditRow[]> {
        const found = (await items()).filter(({ sequence }) => Number(sequence) > 0);
        // Items of a chain that count from 1 are rows.
        return (found as unknown as AuditRow[]).sort((one, other) => one.sequence - other.sequence);
    }
    const append = async (count: number, to = trail()) => {
        for (let index = 0; index < count; index += 1) await to.record(entryOf(randomUUID()));
        return await rows();
    };
    const findings = async () => {
        const [all, tally] = [await items(), new AuditTally(now)];
        for (const item of all) tally.add(item);
        const suspects = tally.suspects();
        const verified = (some: typeof all) => {
            const verification = new Verification(now);
            for (const item of some) verification.add(item);
            return verification.findings();
        };
        const found = verified(all);
        // The chains that are whole by their sums need not be looked at row by row.
        expect(verified(all.filter((item) => suspects.has(chainOf(item))))).to.deep.equal(found);
        return found;
    };
    const suspects = async () => {
        const tally = new AuditTally(now);
        for (const item of await items()) tally.add(item);
        return [...tally.suspects()];
    };

    beforeEach(() => {
        now = Date.parse("2026-11-20T10:00:00Z");
        subscriber = `subscriber-${randomUUID()}`;
    });

    it("chains its rows: each has the hash of the one before, and the first that of the chain's name", async () => {
        const [first, second, third] = await append(3);

        expect([first, second, third].map((row) => row?.sequence)).to.deep.equal([1, 2, 3]);
        expect(first?.chain).to.equal(`${subscriber}#2026-11-20#00`);
        expect(first?.previous).to.equal(fingerprint(first?.chain));
        expect(second?.previous).to.equal(first?.hash);
        expect(third?.previous).to.equal(second?.hash);
        const { hash, ...content } = third ?? {};
        expect(hash).to.equal(fingerprint(content));
        expect(await findings()).to.deep.equal([]);
    });

    it("continues after another process's rows, and recognizes processed messages", async () => {
        await append(2);
        const id = randomUUID();
        const other = trail();

        expect(await other.isDone(id)).to.equal(false);
        expect(await other.record(entryOf(id))).to.equal("recorded");

        expect((await rows()).map(({ sequence }) => sequence)).to.deep.equal([1, 2, 3]);
        expect(await trail().isDone(id)).to.equal(true);
        expect(await findings()).to.deep.equal([]);
    });

    it("writes nothing for a processed message, not even the subscriber's own writes", async () => {
        const id = randomUUID();
        const put = { Put: { TableName: "messages", Item: { messageType: subscriber, published: "a" } } };
        await trail().record(entryOf(id));

        expect(await trail().record(entryOf(id), [put])).to.equal("repeated");

        expect(await rows()).to.have.length(1);
        expect(await database.get("messages", put.Put.Item)).to.equal(undefined);
    });

    it("writes no row when the subscriber's own write is refused, and continues afterwards", async () => {
        const same = trail();
        const id = randomUUID();
        const refused = {
            Put: {
                TableName: "messages",
                Item: { messageType: subscriber, published: "a" },
                ConditionExpression: "attribute_exists(messageType)",
            },
        };

        const error = await same.record(entryOf(id), [refused]).catch((fault: unknown) => fault);

        expect(error).to.be.instanceOf(WriteRefusedError);
        expect(await items()).to.deep.equal([]);
        expect(await same.record(entryOf(id))).to.equal("recorded");
    });

    it("appends one row after the other when many are to be written at once", async () => {
        const one = trail();

        await Promise.all(Array.from({ length: 30 }, () => one.record(entryOf(randomUUID()))));

        expect((await rows()).map(({ sequence }) => sequence)).to.deep.equal(
            Array.from({ length: 30 }, (_, i) => i + 1),
        );
        expect(await findings()).to.deep.equal([]);
    });

    it("moves to another lane where it meets another process", async () => {
        const [one, other] = [trail(), trail(lanesOf(0, 7))];
        await one.record(entryOf(randomUUID()));
        await other.record(entryOf(randomUUID()));
        // The first knows an old end of the chain, and takes any lane: the same. Then the other does, and takes another.
        await one.record(entryOf(randomUUID()));
        await other.record(entryOf(randomUUID()));

        const lanes = Map.groupBy(await rows(), ({ chain }) => chain.slice(-2));
        expect([...lanes].map(([lane, { length }]) => [lane, length])).to.have.deep.members([
            ["00", 3],
            ["07", 1],
        ]);
        expect(await findings()).to.deep.equal([]);
    });

    it("loses nothing and stays whole when many processes append to the same chains", async () => {
        const processes = Array.from({ length: 8 }, () => trail(Math.random));

        await Promise.all(
            processes.flatMap((each) => Array.from({ length: 8 }, () => each.record(entryOf(randomUUID())))),
        );

        expect(await rows()).to.have.length(64);
        expect(await findings()).to.deep.equal([]);
        expect(await suspects(), "found whole without a look at their rows").to.deep.equal([]);
    });

    it("begins new chains each day, and expires a whole day at once after its retention", async () => {
        const same = trail();
        now = Date.parse("2026-11-20T23:59:59Z");
        await append(2, same);
        now = Date.parse("2026-11-21T00:00:01Z");
        await append(1, same);

        const days = Map.groupBy(await items(), ({ expiresAt }) => new Date(Number(expiresAt) * 1000).toISOString());
        // Two rows, two marks and a head; one row, one mark and a head.
        expect([...days].map(([at, { length }]) => [at, length])).to.have.deep.members([
            ["2026-12-21T00:00:00.000Z", 5],
            ["2026-12-22T00:00:00.000Z", 3],
        ]);
    });

    it("keeps the end of a chain's time when the setting changes in the middle of a day", async () => {
        await append(1);
        const longer = new AuditTrail(database.client, {
            table: "audit",
            subscriber,
            days: 90,
            now: () => now,
            random: () => 0,
        });
        await append(1, longer);

        expect(new Set((await items()).map(({ expiresAt }) => expiresAt)).size).to.equal(1);
    });

    describe("is found to be no longer whole", () => {
        const key = ({ chain, sequence }: AuditRow) => ({ chain, sequence });
        const remove = ({ chain, sequence }: { readonly chain?: unknown; readonly sequence?: unknown }) =>
            database.client.send(new DeleteCommand({ TableName: "audit", Key: { chain, sequence } }));
        const put = (item: object) => database.put("audit", { ...item });
        /** As an attacker would who knows how rows are hashed. */
        const hashed = ({ hash: _, ...content }: AuditRow): AuditRow => ({ ...content, hash: fingerprint(content) });
        const head = async () => await database.get("audit", { chain: `${subscriber}#2026-11-20#00`, sequence: 0 });
        const markOf = ({ messageId }: AuditRow) => ({ chain: markKey(subscriber, messageId), sequence: -1 });

        type Rows = readonly [AuditRow, AuditRow, AuditRow, AuditRow];
        /** What was done, and the rows, heads (0) and marks (-1) that are named. */
        const deeds: readonly [what: string, deed: (rows: Rows) => Promise<unknown>, named: readonly number[]][] = [
            ["a changed row", ([, row]) => put({ ...row, outcome: "skipped" }), [2]],
            ["a member more", ([, row]) => put({ ...row, note: "all fine" }), [2]],
            ["a changed result", ([, row]) => put({ ...row, result: { count: 2, code: "a" } }), [2]],
            ["an end of its time that was brought forward", ([row]) => put({ ...row, expiresAt: 1 }), [1]],
            [
                "a changed row whose hash was made anew",
                ([, row]) => put(hashed({ ...row, outcome: "skipped" })),
                [2, 3],
            ],
            [
                "a changed last row whose hash was made anew",
                ([, , , row]) => put(hashed({ ...row, messageType: "b" })),
                [0, 4],
            ],
            ["a row that is gone", ([, row]) => remove(row), [-1, 2]],
            ["a first row that is gone", ([row]) => remove(row), [-1, 1]],
            ["a last row that is gone", ([, , , row]) => remove(row), [-1, 4]],
            [
                "a last row that is gone, with a head that was set back",
                async ([, , row, last]) => {
                    await remove(last);
                    await put({ ...(await head()), rows: 3, hash: row.hash });
                },
                [-1],
            ],
            ["rows that are gone", ([, second, third]) => Promise.all([remove(second), remove(third)]), [-1, -1, 2]],
            ["a row twice", ([, row]) => put(hashed({ ...row, sequence: 5 })), [0, 5, 5]],
            [
                "a row that was put in at the end, in the right form",
                ([, , , row]) => put(hashed({ ...row, sequence: 5, previous: row.hash, messageId: "made-up" })),
                [0, 5],
            ],
            [
                "a row that was put in between, with those behind it moved on",
                async ([first, second, third, fourth]) => {
                    await put({ ...fourth, sequence: 5 });
                    await put({ ...third, sequence: 4 });
                    await put({ ...second, sequence: 3 });
                    await put(hashed({ ...first, sequence: 2, previous: first.hash }));
                },
                [0, 2, 3, 3, 3, 4, 4, 5, 5],
            ],
            [
                "two rows that changed places",
                ([, second, third]) =>
                    Promise.all([put({ ...third, ...key(second) }), put({ ...second, ...key(third) })]),
                [2, 2, 2, 3, 3, 3, 4],
            ],
            [
                "two rows that changed places, with their hashes made anew",
                ([, second, third]) => {
                    const earlier = hashed({ ...third, ...key(second), previous: second.previous });
                    return Promise.all([
                        put(earlier),
                        put(hashed({ ...second, ...key(third), previous: earlier.hash })),
                    ]);
                },
                [2, 3, 4],
            ],
            [
                "a row that stands where none can",
                ([row]) => Promise.all([put({ ...row, sequence: 2.5 }), put({ ...row, sequence: -7 })]),
                [-7, 2.5],
            ],
            ["a head that is gone", async () => remove((await head()) ?? {}), [0]],
            ["a head that says less", async ([row]) => put({ ...(await head()), rows: 1, hash: row.hash }), [0]],
            ["a mark that is gone", ([, row]) => remove(markOf(row)), [2]],
            [
                "a mark that names another row",
                async ([first, second]) =>
                    put({ ...(await database.get("audit", markOf(second))), rowSequence: first.sequence }),
                [2],
            ],
            [
                "a day that is gone but for its marks",
                async (all) => Promise.all([...all.map((row) => remove(row)), remove((await head()) ?? {})]),
                [-1, -1, -1, -1],
            ],
        ];
        for (const [what, deed, named] of deeds) {
            it(`by ${what}`, async () => {
                const [first, second, third, fourth] = await append(4);
                if (!first || !second || !third || !fourth) throw new Error("four rows were appended");

                await deed([first, second, third, fourth]);

                expect((await findings()).map(({ sequence }) => sequence).sort((a, b) => a - b)).to.deep.equal(named);
            });
        }
    });

    it("expects no mark of a failed try: the message is retried", async () => {
        await trail().record(entryOf(randomUUID(), "failed"));

        expect((await items()).map(({ sequence }) => sequence)).to.have.members([0, 1]);
        expect(await findings()).to.deep.equal([]);
    });

    it("may lose any part of a day whose time is over, and only then", async () => {
        const whole = await append(4);
        for (const row of whole.slice(1, 3)) {
            await database.client.send(
                new DeleteCommand({ TableName: "audit", Key: { chain: row.chain, sequence: row.sequence } }),
            );
        }
        expect(await findings()).not.to.deep.equal([]);

        now = Date.parse("2026-12-21T00:00:01Z");
        expect(await findings()).to.deep.equal([]);

        const [first] = whole;
        await database.put("audit", { ...first, outcome: "skipped" });
        expect((await findings()).map(({ problem }) => problem)).to.deep.equal([
            "was changed: its content does not have its hash",
        ]);
    });
});

describe("npm run audit:verify", () => {
    const database = started(new Database());
    const run = (...args: string[]) =>
        runCommand("tools/audit.ts", args, {
            PATH: process.env["PATH"],
            AWS_REGION: "eu-west-1",
            AWS_ACCESS_KEY_ID: "local",
            AWS_SECRET_ACCESS_KEY: "local",
            AWS_ENDPOINT_URL: database.url,
        });

    it("accepts another endpoint than the environment's", async () => {
        const { code, errors } = await run("--table", "audit", "--endpoint", "http://127.0.0.1:1");

        expect(code).to.equal(2);
        expect(errors).to.match(/^audit cannot be read: nothing answers at 127\.0\.0\.1:1: /);
    });

    it("ends with 2 when there is no such table", async () => {
        const { code, errors } = await run("--table", "nothing");

        expect(code).to.equal(2);
        expect(errors).to.match(/^nothing cannot be read: /);
        expect(await run("--table")).to.include({ code: 2, output: "" });
    });

    it("reports no fault for rows that are written while it reads", async () => {
        const trails = Array.from(
            { length: 4 },
            (_, index) => new AuditTrail(database.client, { table: "audit", subscriber: `busy-${index}`, days: 30 }),
        );
        let busy = true;
        const writing = trails.map(async (trail) => {
            while (busy) await trail.record(entryOf(randomUUID()));
        });
        try {
            for (let look = 0; look < 10; look += 1) {
                const { findings } = await verify(database.client, "audit");
                expect(findings.filter(({ chain }) => chain.startsWith("busy"))).to.deep.equal([]);
            }
        } finally {
            busy = false;
            await Promise.all(writing);
        }
    });
});

/** Numbers that lead to these lanes, one after the other. */
function lanesOf(...lanes: readonly number[]): () => number {
    const left = [...lanes];
    return () => (left.length > 1 ? (left.shift() ?? 0) : (left[0] ?? 0)) / 16;
}
