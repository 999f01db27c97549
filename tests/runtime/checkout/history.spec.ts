import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { applyPatch, type Operation } from "rfc6902";
import type { ProtocolError, Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { history, versionOf } from "../../../runtime/checkoutSessions/rest/history.ts";
import type { HttpRequest } from "../../../runtime/shared/http.ts";
import { authenticated, Checkout, callOf, guide, mug, payingWith, readyCart, sell } from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { httpRequest } from "../support/events.ts";
import { berlin } from "../support/market.ts";
import { started } from "../support/started.ts";

interface Reply {
    readonly status: number;
    readonly versions?: readonly {
        readonly version: number;
        readonly status: string;
        readonly reason: string;
        readonly timestamp: string;
        readonly request_id: string;
        readonly payment?: object;
    }[];
    readonly next?: number;
    readonly version?: number;
    readonly session?: Session;
    readonly payment?: object;
    readonly changes?: readonly Operation[];
    readonly error?: ProtocolError;
}

describe("the history of a session", () => {
    const database = started(new Database());
    let sessionId: string;
    const checkout = () => new Checkout(database.client);
    const last = 8;

    async function get(
        serve: typeof history,
        path: Readonly<Record<string, string>>,
        query: Readonly<Record<string, string>> = {},
        caller = "agent",
    ): Promise<Reply> {
        // What API Gateway hands over.
        const request = httpRequest({ pathParameters: path, queryStringParameters: query }) as unknown as HttpRequest;
        const served = await serve(request, callOf({ caller }), checkout().store.versions);
        if ("problem" in served) return { status: served.problem.status, error: served.problem.error };
        if (!("body" in served)) return expect.fail("is no history");
        return { status: served.status, ...JSON.parse(JSON.stringify(served.body)) };
    }
    const versions = (query?: Readonly<Record<string, string>>, caller?: string) =>
        get(history, { id: sessionId }, query, caller);
    const version = (number: string, query?: Readonly<Record<string, string>>, caller?: string) =>
        get(versionOf, { id: sessionId, version: number }, query, caller);

    before(async () => {
        await sell(database, guide, mug, { code: "TEN/~", name: "Ten", percentOff: 10 });
        const metadata = { "a/b~c": [1, { deep: null }] };
        ({ id: sessionId } = await checkout().created({ ...readyCart, metadata }));
        await checkout().update(sessionId, { line_items: [{ id: "mug", quantity: 3 }, { id: "guide" }] });
        await checkout().update(sessionId, {
            discounts: { codes: ["ten/~", "unknown"] },
            fulfillment_details: { address: berlin },
        });
        await checkout().update(sessionId, { line_items: [{ id: "guide" }], discounts: { codes: [] } });
        await checkout().complete(sessionId, payingWith("spt_3ds", {}, berlin));
        await checkout().complete(sessionId, payingWith("spt_3ds", { authentication_result: authenticated }, berlin));
    });

    describe("whose first versions have expired", () => {
        let now = Date.now();
        const brief = () => new Checkout(database.client, { historyDays: 30, now: () => now });
        let id = "";
        const days = (count: number) => Math.floor(now / 1000) + count * 86_400;
        const expiryOf = async (number: number) =>
            (await database.get("sessions", { SessionId: id, Version: number }))?.["expiresAt"];

        before(async () => {
            ({ id } = await brief().created(readyCart));
            expect(await expiryOf(1)).to.equal(days(30));
            now += 10 * 3_600_000;
            await brief().update(id, { line_items: [{ id: "guide" }] });
            expect(await expiryOf(2)).to.equal(days(30));
            await brief().complete(id, payingWith("spt_success"));
            // Completed, and its order is under way.
            expect(await expiryOf(4)).to.equal(days(30 + 366));
            // As DynamoDB does, thirty days after the first.
            await database.client.send(
                new DeleteCommand({ TableName: "sessions", Key: { SessionId: id, Version: 1 } }),
            );
        });

        it("has its session, and all versions that are left", async () => {
            const { json } = await brief().read(id);
            expect(json.status).to.equal("completed");
            const { versions: left = [], next } = await get(history, { id }, { limit: "2" });
            expect(left.map(({ version: number }) => number)).to.deep.equal([2, 3]);
            expect(next).to.equal(3);
            const { versions: rest = [], next: none } = await get(history, { id }, { after: "3" });
            expect([rest.map(({ version: number }) => number), none]).to.deep.equal([[4], undefined]);
        });

        it("has no expired version, also not for a comparison", async () => {
            expect((await get(versionOf, { id, version: "1" })).status).to.equal(404);
            expect((await get(versionOf, { id, version: "2" }, { since: "1" })).status).to.equal(404);
            expect((await get(versionOf, { id, version: "3" }, { since: "2" })).changes).to.be.an("array");
        });
    });

    it("lists every version in order with its time, reason and request", async () => {
        const { status, versions: found = [], next } = await versions();

        expect(status).to.equal(200);
        expect(next).to.equal(undefined);
        expect(found.map(({ version: number, status: state, reason }) => `${number} ${reason} ${state}`)).to.deep.equal(
            [
                "1 created ready_for_payment",
                "2 updated not_ready_for_payment",
                "3 updated ready_for_payment",
                "4 updated ready_for_payment",
                "5 completion_begun complete_in_progress",
                "6 authentication_required authentication_required",
                "7 completion_begun complete_in_progress",
                "8 completed completed",
            ],
        );
        for (const { timestamp, request_id } of found) {
            expect(Date.parse(timestamp)).to.be.closeTo(Date.now(), 60_000);
            expect(request_id).to.match(/^correlation-/);
        }
        expect(new Set(found.map(({ request_id }) => request_id)).size).to.equal(6);
    });

    it("comes in pages, each with the start of the next", async () => {
        for (const limit of [1, 3, last]) {
            const seen: number[] = [];
            for (let after: number | undefined = 0; after !== undefined; ) {
                const page: Reply = await versions({ after: String(after), limit: String(limit) });
                expect(page.versions?.length).to.be.within(1, limit);
                seen.push(...(page.versions ?? []).map(({ version: number }) => number));
                after = page.next;
            }
            expect(seen, `pages of ${limit}`).to.deep.equal(Array.from({ length: last }, (_, index) => index + 1));
        }
        expect(await versions({ after: String(last) })).to.deep.equal({ status: 200, versions: [] });
    });

    it("gives a patch from any version to any later one", async () => {
        const sessions = new Map<number, Session>();
        for (let number = 1; number <= last; number += 1) {
            const { session } = await version(String(number));
            sessions.set(number, session ?? expect.fail("no session"));
        }
        for (const [since, before] of sessions) {
            for (const [number, session] of [...sessions].filter(([later]) => later >= since)) {
                const { changes = [] } = await version(String(number), { since: String(since) });
                const patched = structuredClone(before);
                expect(applyPatch(patched, [...changes]).filter((fault) => fault !== null)).to.deep.equal([]);
                expect(patched, `${since} to ${number}`).to.deep.equal(session);
                if (since === number) expect(changes).to.deep.equal([]);
            }
        }
        expect(await version("2")).not.to.have.property("changes");
    });

    for (const [what, query] of [
        ["after", { after: "-1" }],
        ["after", { after: "1.5" }],
        ["limit", { limit: "many" }],
        ["limit", { limit: "" }],
        ["after", { after: "9".repeat(20) }],
    ] as const) {
        it(`refuses ${JSON.stringify(query)}`, async () => {
            const { status, error } = await versions(query);
            expect(status).to.equal(400);
            expect(error?.message).to.contain(what);
        });
    }

    it("answers 404 for a version that does not exist", async () => {
        for (const number of ["0", "9", "-1", "1.0", "one", "", "9".repeat(20)]) {
            expect((await version(number)).error?.code, number).to.equal("version_not_found");
        }
        expect((await version("2", { since: "x" })).status).to.equal(400);
    });

    it("refuses changes since a later version", async () => {
        const { status, error } = await version("2", { since: "3" });
        expect([status, error?.message]).to.deep.equal([400, "since must not be later than the version"]);
    });

    it("never shows what is hidden", async () => {
        for (let number = 1; number <= last; number += 1) {
            expect(JSON.stringify(await version(String(number)))).not.to.match(/hidden|caller|spt_|recordId/i);
        }
    });

    it("shows the payment of the order from the version that has one", async () => {
        const payment = { provider: "sandbox", state: "captured", currency: "usd" };
        expect((await version(String(last))).payment).to.include(payment);
        expect((await version(String(last - 1))).payment).to.equal(undefined);
        const { versions: listed } = await versions({ after: String(last - 1) });
        expect(listed?.[0]?.payment).to.include(payment);
    });
});
