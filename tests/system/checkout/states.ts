import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { versionsOf } from "../effects.ts";
import { parcel, payment, type Reply, type Shop } from "../shopping.ts";

/** What an operation on a session in some state is answered with. */
type Expected = readonly [status: number, code?: string];

interface Row {
    readonly status: Session["status"];
    /** Brings a session there. */
    reach(shop: Shop): Promise<string>;
    readonly update: Expected;
    readonly complete: Expected;
    readonly cancel: Expected;
}

const rows: readonly Row[] = [
    {
        status: "incomplete",
        reach: async ({ agent }) => {
            const { id } = await agent.ready();
            await agent.update(id, { line_items: [] });
            return id;
        },
        update: [200],
        complete: [409, "session_not_ready"],
        cancel: [200],
    },
    {
        status: "not_ready_for_payment",
        reach: async ({ agent }) => (await agent.create(parcel)).session.id,
        update: [200],
        complete: [409, "session_not_ready"],
        cancel: [200],
    },
    {
        status: "ready_for_payment",
        reach: async ({ agent }) => (await agent.ready()).id,
        update: [200],
        complete: [200],
        cancel: [200],
    },
    {
        status: "complete_in_progress",
        reach: async ({ agent }) => {
            const { id } = await agent.ready();
            await agent.complete(id, payment("spt_timeout"));
            return id;
        },
        update: [409, "version_conflict"],
        complete: [409, "version_conflict"],
        cancel: [409, "version_conflict"],
    },
    {
        status: "authentication_required",
        reach: async ({ agent }) => {
            const { id } = await agent.ready();
            await agent.complete(id, payment("spt_3ds"));
            return id;
        },
        update: [409, "session_not_ready"],
        complete: [400, "requires_3ds"],
        cancel: [200],
    },
    {
        status: "completed",
        reach: async ({ agent }) => {
            const { id } = await agent.ready();
            await agent.complete(id);
            return id;
        },
        update: [409, "session_completed"],
        complete: [409, "session_completed"],
        cancel: [405, "method_not_allowed"],
    },
    {
        status: "canceled",
        reach: async ({ agent }) => {
            const { id } = await agent.ready();
            await agent.cancel(id);
            return id;
        },
        update: [409, "session_canceled"],
        complete: [409, "session_canceled"],
        cancel: [405, "method_not_allowed"],
    },
    {
        status: "expired",
        reach: async (shop) => anOldSession(shop, (await shop.agent.ready()).id),
        update: [409, "session_expired"],
        complete: [409, "session_expired"],
        cancel: [405, "method_not_allowed"],
    },
];

/** The protocol's table of states and operations. */
export function states(shop: Shop): void {
    describe("a session", () => {
        for (const { status, reach, ...operations } of rows) {
            it(`that is ${status} can be read, updated, completed and canceled as the protocol says`, async () => {
                const { agent } = shop;
                const attempts: Record<keyof typeof operations, (id: string) => Promise<Reply>> = {
                    update: (id) => agent.update(id, { order_notes: "Ring twice" }),
                    complete: (id) => agent.complete(id),
                    cancel: (id) => agent.cancel(id, { intent_trace: { reason_code: "other" } }),
                };
                for (const name of ["update", "complete", "cancel"] as const) {
                    const id = await reach(shop);
                    const { session: before } = await agent.get(id);
                    expect(before.status).to.equal(status);
                    const reply = await attempts[name](id);
                    const [expected, code] = operations[name];
                    expect(reply.status, `${name}: ${reply.text}`).to.equal(expected);
                    if (code === undefined) continue;
                    expect(reply.error).to.include({ type: "invalid_request", code });
                    if (expected === 405) expect(reply.headers.get("allow")).to.equal("GET");
                    if (code === "version_conflict") expect(reply.headers.get("retry-after")).to.match(/^[1-9]/);
                    const { session: after } = await agent.get(id);
                    expect({ ...after, order: undefined, updated_at: "" }).to.deep.equal({
                        ...before,
                        order: undefined,
                        updated_at: "",
                    });
                }
            });
        }

        it("expires a day after its last change, and shows that time", async () => {
            const { session: created } = await shop.agent.create();
            const { session: updated } = await shop.agent.update(created.id, {});
            const day = 24 * 3_600_000;
            for (const { updated_at = "", expires_at = "" } of [created, updated]) {
                expect(Date.parse(expires_at) - Date.parse(updated_at)).to.equal(day);
            }
            expect(Date.parse(updated.expires_at ?? "")).to.be.greaterThan(Date.parse(created.expires_at ?? ""));
            expect(updated.created_at).to.equal(created.created_at);
        });

        it("that expired has a message about it, and nothing is written for it", async () => {
            const id = await anOldSession(shop, (await shop.agent.ready()).id);
            const { session } = await shop.agent.get(id);
            expect(session.status).to.equal("expired");
            expect(session.messages.at(-1)).to.include({ type: "error", code: "expired" });
            expect(await versionsOf(shop.embedded, id)).to.have.length(1);
        });

        it("is canceled with or without a reason, of any kind, and shows it", async () => {
            for (const body of [
                undefined,
                {},
                { surplus: true },
                { intent_trace: { reason_code: "comparison", trace_summary: "Cheaper elsewhere" } },
                { intent_trace: { reason_code: "weather", new_member: { deep: [1] } } },
            ]) {
                const { id } = await shop.agent.ready();
                const reply = await shop.agent.cancel(id, body);
                expect(reply.status, JSON.stringify(body)).to.equal(200);
                expect(reply.session.status).to.equal("canceled");
                expect(reply.session.messages.at(-1)).to.include({ type: "info" });
            }
        });
    });
}

/** A session like another one, but without a change since yesterday. */
async function anOldSession({ embedded }: Shop, likeId: string): Promise<string> {
    const [version] = await versionsOf(embedded, likeId);
    if (version === undefined) throw new Error(`there is no session ${likeId}`);
    const { hidden: _, ...item } = version;
    const id = `${likeId}-of-yesterday`;
    const earlier = (time: string | undefined) => new Date(Date.parse(time ?? "") - 25 * 3_600_000).toISOString();
    const { created_at, updated_at, expires_at } = item.Data;
    const { dynamo } = embedded.clients();
    await dynamo.send(
        new PutCommand({
            TableName: "checkout-sessions-dev",
            Item: {
                ...item,
                SessionId: id,
                Timestamp: earlier(item.Timestamp),
                Data: {
                    ...item.Data,
                    id,
                    created_at: earlier(created_at),
                    updated_at: earlier(updated_at),
                    expires_at: earlier(expires_at),
                },
            },
        }),
    );
    dynamo.destroy();
    return id;
}
