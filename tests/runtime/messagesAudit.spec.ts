import { createHash, randomUUID } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import fc from "fast-check";
import { continued, headIn } from "../../runtime/shared/auditAnchor.ts";
import { type AuditRow, headAt, indexed, markKey, newHead, rowAfter } from "../../runtime/shared/auditChain.ts";
import { AuditTrail, WriteRefusedError } from "../../runtime/shared/auditTrail.ts";
import { fingerprint } from "../../runtime/shared/canonical.ts";
import { verify } from "../../tools/audit.ts";
import { Anchors } from "../../tools/operator/auditAnchors.ts";
import { CopyCheck } from "../../tools/operator/auditCopies.ts";
import { AuditTally, chainOf } from "../../tools/operator/auditTally.ts";
import { Verification } from "../../tools/operator/auditVerification.ts";
import { runCommand } from "../command.ts";
import { isProof } from "../proof.ts";
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
    let anchors: Anchors;
    /** In which order lanes are taken; the pauses are none. */
    const settings = () => ({ table: "audit", subscriber, days: 30, now: () => now });
    const trail = (random = () => 0) => new AuditTrail(database.client, { ...settings(), random });
    const items = async () =>
        (await database.all("audit")).filter(({ chain, of = chain }) => String(of).startsWith(`${subscriber}#`));
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
        const [all, tally] = [await items(), new AuditTally(now, anchors)];
        for (const item of all) tally.add(item);
        const suspects = tally.suspects();
        const verified = (some: typeof all, among?: ReadonlySet<string>) => {
            const verification = new Verification(now, anchors, among);
            for (const item of some) verification.add(item);
            return verification.findings();
        };
        const found = verified(all);
        // The chains that are whole by their sums need not be looked at row by row.
        expect(
            verified(
                all.filter((item) => suspects.has(chainOf(item))),
                suspects,
            ),
        ).to.deep.equal(found);
        return found;
    };
    const suspects = async () => {
        const tally = new AuditTally(now, anchors);
        for (const item of await items()) tally.add(item);
        return [...tally.suspects()];
    };

    beforeEach(() => {
        now = Date.parse("2026-11-20T10:00:00Z");
        subscriber = `subscriber-${randomUUID()}`;
        anchors = new Anchors();
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
        // Two rows, two marks, a head and its place in the index; one row, one mark and so on.
        expect([...days].map(([at, { length }]) => [at, length])).to.have.deep.members([
            ["2026-12-21T00:00:00.000Z", 6],
            ["2026-12-22T00:00:00.000Z", 4],
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
        const place = async () => (await items()).find(({ of }) => of !== undefined) ?? {};
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
                [-1, -1, -1, 0, 2, 3, 3, 3, 4, 4, 5, 5],
            ],
            [
                "two rows that changed places",
                ([, second, third]) =>
                    Promise.all([put({ ...third, ...key(second) }), put({ ...second, ...key(third) })]),
                [-1, -1, 2, 2, 2, 3, 3, 3, 4],
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
                [-1, -1, 2, 3, 4],
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
                [-1, 2],
            ],
            [
                "a mark of a message that was not processed, which names the row of another",
                async ([first]) =>
                    put({ ...(await database.get("audit", markOf(first))), chain: markKey(subscriber, "waiting") }),
                [-1],
            ],
            [
                "a mark that names a row of no chain, and whose time is over",
                () =>
                    put({
                        ...{
                            chain: markKey(subscriber, "waiting"),
                            sequence: -1,
                            rowChain: `${subscriber}#`,
                            rowSequence: 1,
                        },
                        ...{ rowHash: "0".repeat(64), expiresAt: 1 },
                    }),
                [-1],
            ],
            ["a place in the index that is gone", async () => remove(await place()), [0]],
            [
                "a place in the index that ends later",
                async () => put({ ...(await place()), expiresAt: 4e9 }),
                [0, 1, 2, 3, 4],
            ],
            ["a place in the index that ends earlier", async () => put({ ...(await place()), expiresAt: 1 }), [0]],
            ["a second place in the index", async () => put({ ...(await place()), sequence: -9 }), [-9]],
            [
                "a time of another day",
                ([, , , row]) => put(hashed({ ...row, at: "2026-11-22T00:00:00.000Z" })),
                [0, 4, 4],
            ],
            [
                "a day that is gone but for its marks",
                async (all) => Promise.all([...all.map((row) => remove(row)), remove((await head()) ?? {})]),
                [-1, -1, -1, -1, 0],
            ],
            [
                "a day that is gone but for its place in the index",
                async (all) =>
                    Promise.all([
                        ...all.flatMap((row) => [remove(row), remove(markOf(row))]),
                        remove((await head()) ?? {}),
                    ]),
                [0],
            ],
            [
                "a head whose time was ended, and a last row that is gone",
                async ([, , , row]) => Promise.all([remove(row), put({ ...(await head()), expiresAt: 1 })]),
                [-1, 0, 4],
            ],
            [
                "a mark whose time was ended, which DynamoDB then deletes",
                async ([, row]) => put({ ...(await database.get("audit", markOf(row))), expiresAt: 1 }),
                [2],
            ],
        ];
        for (const [what, deed, named] of deeds) {
            it(`by ${what}`, async () => {
                const [first, second, third, fourth] = await append(4);
                if (!first || !second || !third || !fourth) throw new Error("four rows were appended");

                await deed([first, second, third, fourth]);

                expect(
                    (await findings()).map(({ sequence }) => sequence).sort((a, b) => Number(a) - Number(b)),
                ).to.deep.equal(named);
            });
        }
    });

    describe("is found not to be what was anchored outside of the table", () => {
        const day = "2026-11-20";
        const chain = () => `${subscriber}#${day}#00`;
        const put = (item: object) => database.put("audit", { ...item });
        const remove = ({ chain: of, sequence }: { readonly chain?: unknown; readonly sequence?: unknown }) =>
            database.client.send(new DeleteCommand({ TableName: "audit", Key: { chain: of, sequence } }));
        /** Items are in no other form than that which subscribers write. */
        async function anchor(): Promise<void> {
            const heads = headIn(await database.get("audit", { chain: chain(), sequence: 0 }));
            anchors.add({ day, anchoredAt: new Date(now).toISOString(), heads });
        }
        /** All of the chain anew, as those can who know how it is made. */
        async function rewrite(rows: readonly AuditRow[], over: Partial<AuditRow> = {}): Promise<void> {
            await Promise.all((await items()).map(remove));
            let previous = fingerprint(chain());
            for (const { hash: _, ...row } of rows) {
                const content = { ...row, ...over, previous };
                previous = fingerprint(content);
                await put({ ...content, hash: previous });
                const { sequence: rowSequence, expiresAt } = content;
                const mark = { rowChain: chain(), rowSequence, rowHash: previous, expiresAt };
                await put({ chain: markKey(subscriber, row.messageId), sequence: -1, ...mark });
            }
            const { expiresAt = 0 } = { ...rows[0], ...over };
            await put({ chain: chain(), sequence: 0, rows: rows.length, hash: previous, expiresAt });
            await put(indexed({ chain: chain(), rows: 0, hash: "", expiresAt }));
        }

        for (const [what, deed, named] of [
            ["rows that were all written anew", (all) => rewrite(all, { correlationId: "another" }), [4]],
            ["a last row that is gone with all that names it", (all) => rewrite(all.slice(0, 3)), [4]],
            [
                "a whole chain that is gone with all that names it",
                async () => Promise.all((await items()).map(remove)),
                [0],
            ],
            [
                "a time that was ended in every item",
                (all) => rewrite(all.slice(0, 2), { expiresAt: 1 }),
                [0, 0, 1, 2, 3],
            ],
        ] satisfies [string, (all: readonly AuditRow[]) => Promise<unknown>, number[]][]) {
            it(`by ${what}`, async () => {
                const whole = await append(4);
                await anchor();
                expect(await findings()).to.deep.equal([]);
                await deed(whole);
                expect((await findings()).map(({ sequence }) => sequence)).to.deep.equal(named);
            });
        }

        it("by a chain that was never anchored, although others of its day were later", async () => {
            await append(1);
            now += 60_000;
            anchors.add({ day, anchoredAt: new Date(now).toISOString(), heads: [] });
            expect(await findings()).to.deep.equal([]);
            now += 60 * 60_000;
            anchors.add({ day, anchoredAt: new Date(now).toISOString(), heads: [] });
            expect((await findings()).map(({ sequence }) => sequence)).to.deep.equal([1]);
        });
    });

    for (const [what, day, at] of [
        ["of a day before, with times of that day", "2026-11-19", "2026-11-19T23:59:00.000Z"],
        ["of today, with times that are none", "2026-11-20", "x"],
    ] as const)
        it(`is found to have a whole chain that was put in: ${what}`, async () => {
            for (const anchored of ["2026-11-18", "2026-11-20"])
                anchors.add({ day: anchored, anchoredAt: `${anchored}T22:00:00.000Z`, heads: [] });
            now = Date.parse("2026-11-20T22:30:00Z");
            const chain = `${subscriber}#${day}#00`;
            const row = rowAfter(newHead(chain, now / 1000 + 86_400 * 9), { ...entryOf("made-up"), subscriber }, at);
            const { rows: rowSequence, hash: rowHash, expiresAt } = headAt(row);
            await database.put("audit", { ...row });
            await database.put("audit", { ...headAt(row), sequence: 0, rows: 1 });
            const mark = { chain: markKey(subscriber, "made-up"), sequence: -1, rowChain: chain };
            await database.put("audit", { ...mark, rowSequence, rowHash, expiresAt });
            expect((await findings()).map(({ problem }) => problem)).to.include("is not in the index of its day");
            await database.put("audit", { ...indexed(headAt(row)) });
            expect(await findings(), "also with a place in the index").not.to.deep.equal([]);
        });

    it("is found whole after any sequence of appends, crashes, anchors and expiries", async () => {
        const kinds = [
            "append",
            "append",
            "append",
            "fail",
            "crash",
            "lost answer",
            "anchor",
            "days",
            "expire",
        ] as const;
        const steps = fc.array(fc.constantFrom(...kinds), { minLength: 10, maxLength: 30 });
        const numbers = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));
        const run = async (all: readonly (typeof kinds)[number][], chance: () => number) => {
            subscriber = `subscriber-${randomUUID()}`;
            anchors = new Anchors();
            now = Date.parse("2026-11-20T10:00:00Z");
            let one = trail(chance);
            for (const step of all) {
                now += Math.floor(chance() * 3_600_000);
                if (step === "append") await one.record(entryOf(randomUUID()));
                if (step === "fail") await one.record(entryOf(randomUUID(), "failed"));
                if (step === "crash") one = trail(chance);
                if (step === "lost answer") {
                    const id = randomUUID();
                    const lossy = new AuditTrail(losing(database.client), { ...settings(), random: chance });
                    await lossy.record(entryOf(id)).catch(() => undefined);
                    // As the message is received again.
                    if (!(await one.isDone(id))) await one.record(entryOf(id));
                }
                if (step === "anchor") {
                    const heads = (await items()).filter(({ sequence }) => sequence === 0).flatMap(headIn);
                    for (const [day = "", some] of Map.groupBy(heads, ({ chain }) => chain.split("#")[1]))
                        anchors.add({ day, anchoredAt: new Date(now).toISOString(), heads: some });
                }
                if (step === "days") now += Math.floor(chance() * 40) * 24 * 3_600_000;
                if (step === "expire") {
                    const over = (await items()).filter(({ expiresAt }) => Number(expiresAt) < now / 1000);
                    const lost = over.filter(() => chance() < 0.5).map(({ chain, sequence }) => ({ chain, sequence }));
                    for (const Key of lost) await database.client.send(new DeleteCommand({ TableName: "audit", Key }));
                }
            }
            expect(await findings()).to.deep.equal([]);
        };
        await fc.assert(
            fc.asyncProperty(steps, numbers, (all, stream) => run(all, () => stream.next().value ?? 0)),
            { numRuns: isProof ? 40 : 5 },
        );
    });

    it("expects no mark of a failed try: the message is retried", async () => {
        await trail().record(entryOf(randomUUID(), "failed"));

        const [index, ...others] = (await items()).map(({ sequence }) => Number(sequence)).sort((a, b) => a - b);
        expect(index).to.be.below(-1);
        expect(others).to.deep.equal([0, 1]);
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

describe("anchored heads", () => {
    const head = (rows: number, hash = `hash-${rows}`, chain = "a#2026-11-20#00") => ({
        chain,
        rows,
        hash,
        expiresAt: 1,
    });

    it("continue where each chain has grown or stayed, and name those that have not", () => {
        const other = head(1, "hash-1", "b#2026-11-20#00");
        expect(continued([head(2)], [head(3), other])).to.deep.equal({ heads: [head(3), other], broken: [] });
        expect(continued([head(2)], [head(2)]).broken).to.deep.equal([]);
        for (const now of [[], [head(1)], [head(2, "another")], [{ ...head(3), expiresAt: 0 }]])
            expect(continued([head(2)], now)).to.deep.equal({ heads: [head(2)], broken: ["a#2026-11-20#00"] });
    });

    it("are read in all versions, and those that were deleted or overwritten are named", async () => {
        const key = (time: string) => `heads/2026-11-20/${time}.json`;
        const later = Date.now() / 1000 + 1000;
        const bodies: Record<string, object> = {
            "1": { ...head(1), expiresAt: later },
            "2": { ...head(2), expiresAt: later },
            "3": { ...head(1, "false"), expiresAt: later },
        };
        const Versions = [
            { Key: key("a"), VersionId: "3" },
            { Key: key("a"), VersionId: "1" },
            { Key: key("b"), VersionId: "2" },
        ];
        const listing = { Versions, DeleteMarkers: [{ Key: key("b"), LastModified: new Date() }] };
        const anchorOf = (id: string) => ({
            day: "2026-11-20",
            anchoredAt: "2026-11-20T10:00:00Z",
            heads: [bodies[id]],
        });
        const send = async ({ input }: { readonly input: { readonly VersionId?: string } }) =>
            input.VersionId === undefined
                ? listing
                : { Body: { transformToString: async () => JSON.stringify(anchorOf(input.VersionId ?? "")) } };
        // Of the client only this is called.
        const anchors = await Anchors.of({ send } as unknown as S3Client, "anchors");
        expect(anchors.findings.map(({ chain, problem }) => `${chain} ${problem}`)).to.have.members([
            `the anchor ${key("a")} was overwritten`,
            `the anchor ${key("b")} was deleted`,
        ]);
        expect(anchors.rowsOf("a#2026-11-20#00")).to.equal(2);
        expect(anchors.holds("a#2026-11-20#00", 2, "hash-2")).to.equal(true);
        expect(anchors.holds("a#2026-11-20#00", 1, "hash-1"), "contradicted").to.equal(false);
    });
});

describe("copies of messages", () => {
    const text = '{"event":"stock-counted"}';
    const contentHash = createHash("sha256").update(text).digest("hex");
    const published = "2020-11-20T10:00:00.000Z#m-1";
    const later = Math.floor(Date.now() / 1000) + 1000;
    const about = { messageType: "business-event", correlationId: "c-1" };
    const copy = { ...about, published, message: text, expiresAt: later };
    const row = {
        ...about,
        subscriber: "record",
        outcome: "processed",
        messageId: "m-1",
        contentHash,
        result: { published, copyExpiresAt: later },
    };
    const found = (rows: readonly object[], copies: readonly object[]) => {
        const added = (check: CopyCheck) => {
            for (const one of rows) check.addRow({ ...one });
            for (const one of copies) check.addCopy({ ...one });
            return check;
        };
        const suspects = added(new CopyCheck(Date.now())).suspects();
        return added(new CopyCheck(Date.now(), suspects))
            .findings()
            .map(({ problem }) => problem);
    };
    const over = Math.floor(Date.now() / 1000) - 1000;
    const expired = { copyExpiresAt: over, published };

    it("are what their recorder's audit rows say, also those of before rows named their copies", () => {
        expect(found([row], [copy])).to.deep.equal([]);
        expect(found([{ ...row, result: {} }], [copy])).to.deep.equal([]);
        expect(found([{ ...row, result: expired }], [{ ...copy, expiresAt: over }])).to.deep.equal([]);
        expect(
            found(
                [
                    { ...row, result: expired },
                    { ...row, subscriber: "alert" },
                ],
                [],
            ),
        ).to.deep.equal([]);
    });

    for (const [what, rows, copies, problem] of [
        ["that is gone", [row], [], /is missing/],
        ["that was put in", [], [copy], /has no audit row/],
        ["whose text was changed", [row], [{ ...copy, message: "{}" }], /is not what/],
        ["of before whose text was changed", [{ ...row, result: {} }], [{ ...copy, message: "{}" }], /is not what/],
        ["whose type was changed", [row], [{ ...copy, messageType: "other" }], /is not what/],
        ["whose time was ended", [row], [{ ...copy, expiresAt: 1 }], /is not what/],
        ["that was put in with a time that is over", [], [{ ...copy, expiresAt: 1 }], /has no audit row/],
        ["with a member more", [row], [{ ...copy, note: "all fine" }], /is not what/],
        ["of another form", [row], [{ ...copy, message: Buffer.from(text) }], /is not what/],
        ["whose time was prolonged", [row], [{ ...copy, expiresAt: later + 1 }], /is not what/],
        ["twice", [row], [copy, { ...copy, published: "2026-11-20T11:00:00.000Z#m-1" }], /is not what/],
    ] as const)
        it(`are found out by one ${what}`, () => {
            const problems = found(rows, copies);
            expect(problems).to.have.length(1);
            expect(problems[0]).to.match(problem);
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
                const { findings } = await verify({ client: database.client, table: "audit" });
                expect(findings.filter(({ chain }) => chain.startsWith("busy"))).to.deep.equal([]);
            }
        } finally {
            busy = false;
            await Promise.all(writing);
        }
    });
});

/** A client whose writes are made, and whose answers to them are lost. */
const losing = (client: Database["client"]): Database["client"] =>
    new Proxy(client, {
        get: (target, name) => {
            if (name !== "send") return Reflect.get(target, name);
            return async (command: Parameters<Database["client"]["send"]>[0]) => {
                const answer = await target.send(command);
                if (command.constructor.name.startsWith("Get")) return answer;
                throw new Error("the answer is lost");
            };
        },
    });

/** Numbers that lead to these lanes, one after the other. */
function lanesOf(...lanes: readonly number[]): () => number {
    const left = [...lanes];
    return () => (left.length > 1 ? (left.shift() ?? 0) : (left[0] ?? 0)) / 16;
}
