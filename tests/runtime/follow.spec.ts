import { expect } from "chai";
import fc from "fast-check";
import type { Order, Session } from "../../runtime/checkoutSessions/domain/protocol.ts";
import { changed, type OrderChanges } from "../../runtime/checkoutSessions/events/orderProgress.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { busEvent } from "./support/events.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";
import { order as placedOrder, sessionOf, versionItem } from "./support/versions.ts";

const totals = [{ type: "total", display_text: "Total", amount: 5434 }] as const;
const refund = (id: string, over: object = {}) => ({
    id,
    type: "refund",
    status: "completed",
    occurred_at: "2026-11-25T10:00:00Z",
    amount: 1000,
    ...over,
});
const parcel = (status: string, ...events: readonly (readonly [type: string, at: string])[]) => ({
    id: "ful_1",
    type: "shipping" as const,
    status,
    events: events.map(([type, occurred_at]) => ({ id: `${type} ${occurred_at}`, type, occurred_at })),
});

describe("follow: order bus to the sessions table", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const follow = startedCallback(aws, "checkoutSessions/follow");
    const brief = startedCallback(aws, "checkoutSessions/follow", { HISTORY_DAYS: "30" });
    let count = 0;

    /** A completed session of its own, at version 4. */
    async function completed(over: Partial<Order> = {}) {
        count += 1;
        const uuid = `0193a1b2-c3d4-7e5f-8a9b-${String(count).padStart(12, "0")}`;
        const [id, orderId] = [`cs_${uuid}`, `ord_${uuid}`];
        const order: Order = { ...placedOrder, id: orderId, checkout_session_id: id, ...over };
        await database.put("sessions", { ...versionItem({ Data: sessionOf({ id, order }), RequestId: "first" }) });
        return { id, orderId };
    }

    /** The session's versions, oldest first. */
    async function versionsOf(sessionId: string) {
        const items = await database.all("sessions");
        return items
            .filter(({ SessionId }) => SessionId === sessionId)
            .sort((a, b) => Number(a["Version"]) - Number(b["Version"]));
    }

    /** The order as its session has it now. */
    async function orderNow(sessionId: string): Promise<Order> {
        return orderIn((await versionsOf(sessionId)).at(-1));
    }

    const stockEvent = (type: "reserved" | "shortage", orderId: string) =>
        busEvent(
            `inventory.${type}.v1`,
            { orderId, lines: [], meta: { correlationId: "correlation-7" } },
            "order.intake",
        );
    const updateEvent = (orderId: string, changes: object) => busEvent("order.updated.v1", { orderId, ...changes });

    it("keeps a version for the configured time, and a year longer while the order is under way", async () => {
        const { id, orderId } = await completed();
        const daysLeft = async () => {
            const { expiresAt } = (await versionsOf(id)).at(-1) ?? {};
            return Math.round((Number(expiresAt) - Date.now() / 1000) / 86_400);
        };

        await brief.invoke(updateEvent(orderId, { status: "shipped" }));
        expect(await daysLeft()).to.equal(30 + 366);
        await brief.invoke(updateEvent(orderId, { status: "completed" }));
        expect(await daysLeft()).to.equal(30);
        await follow.invoke(updateEvent(orderId, { adjustments: [refund("adj_1")] }));
        expect((await versionsOf(id)).at(-1)).not.to.have.property("expiresAt");
    });

    it("confirms an order whose stock is reserved, as a new version with its reason and event", async () => {
        const { id, orderId } = await completed();

        await follow.invoke(stockEvent("reserved", orderId));

        const [before, after, ...more] = await versionsOf(id);
        expect(more).to.deep.equal([]);
        expect(after).to.include({
            Version: 5,
            Status: "completed",
            Reason: "order_updated",
            RequestId: "correlation-7",
            Hidden: before?.["Hidden"],
        });
        const { updated_at, ...session } = sessionIn(after);
        const order = { ...orderIn(before), status: "confirmed" };
        expect(session).to.deep.equal({ ...sessionIn(before), order });
        expect(Date.parse(updated_at ?? "")).to.be.closeTo(Date.now(), 60_000);
    });

    it("sends an order with short stock to manual review", async () => {
        const { id, orderId } = await completed();

        await follow.invoke(stockEvent("shortage", orderId));

        expect(await orderNow(id)).to.include({ status: "manual_review" });
    });

    it("applies the merchant's update to the order", async () => {
        const { id, orderId } = await completed();
        const shipped = {
            ...parcel("shipped", ["shipped", "2026-11-21T08:00:00Z"]),
            carrier: "DHL",
            tracking_number: "00340",
            line_items: [{ id: "li_1", quantity: 2 }],
        };

        await follow.invoke(
            updateEvent(orderId, {
                status: "shipped",
                line_items: [
                    { id: "li_1", title: "Eco-Friendly Cleaner", quantity: { ordered: 3, current: 3, fulfilled: 2 } },
                ],
                fulfillments: [shipped, { id: "ful_2", type: "digital", status: "delivered" }],
                adjustments: [refund("adj_1")],
                estimated_delivery: { earliest: "2026-11-23T00:00:00Z", latest: "2026-11-24T00:00:00Z" },
            }),
        );

        const order = await orderNow(id);
        expect(order.status).to.equal("shipped");
        expect(order.line_items?.map(({ quantity, status }) => [quantity.fulfilled, status])).to.deep.equal([
            [2, "partial"],
            [0, "processing"],
        ]);
        const [first, second] = order.fulfillments ?? [];
        expect(first).to.deep.include({ id: "ful_1", status: "shipped", carrier: "DHL", tracking_number: "00340" });
        expect(first?.events?.map(({ type }) => type)).to.deep.equal(["processing", "shipped"]);
        expect(second).to.include({ id: "ful_2", status: "delivered" });
        expect(order.adjustments).to.deep.equal([refund("adj_1")]);
        expect(order.estimated_delivery?.latest).to.equal("2026-11-24T00:00:00Z");
        expect(order.totals).to.deep.equal([
            ...totals,
            { type: "amount_refunded", display_text: "Refunded", amount: 1000 },
        ]);
    });

    it("writes nothing for a repeated or late event", async () => {
        const { id, orderId } = await completed();
        const shipped = updateEvent(orderId, { status: "shipped", fulfillments: [parcel("shipped")] });

        for (const event of [shipped, shipped, stockEvent("reserved", orderId), stockEvent("shortage", orderId)]) {
            await follow.invoke(event);
        }

        expect((await versionsOf(id)).map(({ Version }) => Version)).to.deep.equal([4, 5]);
        expect(await orderNow(id)).to.include({ status: "shipped" });
        expect(follow.log.map(({ outcome }) => outcome)).to.deep.equal(["updated", "no news", "no news", "no news"]);
    });

    it("keeps every one of many changes at once, in versions without a gap", async () => {
        const { id, orderId } = await completed();
        const changes = Array.from({ length: 4 }, (_, index) =>
            updateEvent(orderId, { adjustments: [refund(`adj_${index}`)] }),
        );
        // Each of them comes twice, as events may.
        const outcomes = await Promise.allSettled([...changes, ...changes].map((event) => follow.invoke(event)));
        // EventBridge retries an event that lost the race too often.
        for (const [index, { status }] of outcomes.entries()) {
            if (status === "rejected") await follow.invoke([...changes, ...changes][index]);
        }

        expect((await versionsOf(id)).map(({ Version }) => Version)).to.deep.equal([4, 5, 6, 7, 8]);
        const order = await orderNow(id);
        expect(order.adjustments?.map((adjustment) => adjustment.id).sort()).to.deep.equal([
            "adj_0",
            "adj_1",
            "adj_2",
            "adj_3",
        ]);
        expect(order.totals?.at(-1)).to.include({ type: "amount_refunded", amount: 4000 });
    });

    it("ignores orders without a session", async () => {
        await follow.invoke(stockEvent("reserved", "12345"));
        await follow.invoke(stockEvent("reserved", "ord_somebody-elses"));

        expect(follow.log.map(({ level, outcome }) => [level, outcome])).to.deep.equal([
            ["info", "no session"],
            ["info", "no session"],
        ]);
        expect(aws.inputs("TransactWriteItems")).to.deep.equal([]);
    });

    it("fails for a session that is not completed, so that the event is retried", async () => {
        const { id, orderId } = await completed();
        const { order: _, ...open } = sessionOf({ id, status: "ready_for_payment" });
        await database.put("sessions", { ...versionItem({ Data: open, Version: 9, Reason: "updated" }) });

        const failure = await follow.invoke(stockEvent("reserved", orderId)).catch(String);

        expect(String(failure)).to.contain("no order yet");
        expect(await versionsOf(id)).to.have.length(2);
    });

    it("fails when the table does not answer, and logs it", async () => {
        const { orderId } = await completed();
        aws.answers("Query", () => new Refusal("AccessDeniedException"));

        const failure = await follow.invoke(stockEvent("reserved", orderId)).catch(String);

        expect(String(failure)).to.contain("AccessDeniedException");
        expect(follow.log.at(-1)).to.include({ level: "error", correlationId: "correlation-7", order_id: orderId });
    });

    const refused: [what: string, changes: object, reason: RegExp][] = [
        ["that is not one", { status: 7 }, /\/status/],
        ["with unknown members", { colour: "red" }, /\/colour/],
        ["about a line that the order does not have", { line_items: [lineOf("li_9", 1, 1)] }, /\/line_items\/0\/id/],
        [
            "that fulfils more than was ordered",
            { line_items: [lineOf("li_1", 3, 4)] },
            /\/line_items\/0\/quantity\/fulfilled is 4/,
        ],
        [
            "with a refund in another currency",
            { adjustments: [refund("a", { currency: "eur" })] },
            /\/adjustments\/0\/currency/,
        ],
        [
            "with a refund of less than nothing",
            { adjustments: [refund("a", { amount: -1 })] },
            /\/adjustments\/0\/amount/,
        ],
        ["with a refund above what was paid", { adjustments: [refund("a", { amount: 5435 })] }, /more than the 5434/],
        [
            "with refunds above what was paid",
            { adjustments: [refund("a", { amount: 5435, status: "pending" })] },
            /amount/,
        ],
        ["with a new parcel without a type", { fulfillments: [{ id: "ful_9" }] }, /\/fulfillments\/0\/type/],
        ["with a new adjustment without a time", { adjustments: [{ id: "a", type: "refund" }] }, /\/occurred_at/],
    ];
    for (const [what, changes, reason] of refused) {
        it(`fails for an update ${what}, with the reason, and changes nothing`, async () => {
            const { id, orderId } = await completed();

            const failure = await follow.invoke(updateEvent(orderId, changes)).catch(String);

            expect(String(failure)).to.match(reason);
            expect(await versionsOf(id)).to.have.length(1);
        });
    }

    it("needs only what changes: a line by its id, a parcel and a refund by theirs", async () => {
        const { id, orderId } = await completed({ adjustments: [refund("a", { status: "pending" })] });

        await follow.invoke(
            updateEvent(orderId, {
                line_items: [{ id: "li_1", quantity: { fulfilled: 2 } }],
                fulfillments: [{ id: "ful_1", status: "shipped" }],
                adjustments: [{ id: "a", status: "completed" }],
                meta: { correlationId: "correlation-9" },
            }),
        );

        const { line_items, fulfillments, adjustments, totals: after } = await orderNow(id);
        expect(line_items?.[0]).to.deep.include({ title: "Eco-Friendly Cleaner", status: "partial" });
        expect(line_items?.[0]?.quantity).to.deep.equal({ ordered: 3, current: 3, fulfilled: 2 });
        expect(fulfillments?.[0]).to.include({ type: "shipping", status: "shipped" });
        expect(adjustments).to.deep.equal([refund("a")]);
        expect(after?.at(-1)).to.include({ type: "amount_refunded", amount: 1000 });
        expect((await versionsOf(id)).at(-1)).to.include({ RequestId: "correlation-9" });
    });

    it("applies the rest of an update whose content is in part refused, once, and names each place", async () => {
        const { id, orderId } = await completed();
        const update = updateEvent(orderId, {
            status: "shipped",
            colour: "red",
            line_items: [
                { id: "li_9", quantity: { fulfilled: 1 } },
                { id: "li_1", quantity: { fulfiled: 1 } },
                { id: "li_2", quantity: { fulfilled: 1 } },
            ],
            adjustments: [refund("a"), refund("b", { amount: 5000 })],
        });

        for (const _ of [1, 2]) {
            const failure = String(await follow.invoke(update).catch(String));
            for (const place of [
                "/colour",
                "/line_items/0/id",
                "/line_items/1/quantity/fulfiled",
                "/adjustments/1/amount",
            ]) {
                expect(failure).to.contain(place);
            }
        }

        const order = await orderNow(id);
        expect(await versionsOf(id)).to.have.length(2);
        expect(order.status).to.equal("shipped");
        expect(order.line_items?.map(({ quantity }) => quantity.fulfilled)).to.deep.equal([0, 1]);
        expect(order.adjustments).to.deep.equal([refund("a")]);
    });

    it("logs no personal data", async () => {
        const { orderId } = await completed();

        await follow.invoke(
            updateEvent(orderId, { fulfillments: [{ ...parcel("shipped"), description: "For Jo Doe" }] }),
        );

        expect(follow.text()).to.contain(orderId).and.not.to.contain("Doe");
    });
});

describe("the progress of an order", () => {
    const orderAfter = (...changes: readonly OrderChanges[]) =>
        changes.reduce<Order>((order, change) => changed(order, change, "usd"), placedOrder);

    for (const [current, fulfilled, status] of [
        [3, 0, "processing"],
        [3, 1, "partial"],
        [3, 3, "fulfilled"],
        [2, 2, "fulfilled"],
        [1, 2, "fulfilled"],
        [0, 0, "removed"],
    ] as const) {
        it(`calls a line of which ${current} are wanted and ${fulfilled} fulfilled ${status}`, () => {
            const [line, other] = orderAfter({ line_items: [lineOf("li_1", current, fulfilled)] }).line_items ?? [];

            expect(line).to.deep.include({ quantity: { ordered: 3, current, fulfilled }, status });
            expect(other).to.deep.equal(placedOrder.line_items?.[1]);
        });
    }

    it("never decreases the fulfilled quantity, nor increases the ordered one", () => {
        const [line] =
            orderAfter({ line_items: [lineOf("li_1", 2, 2)] }, { line_items: [lineOf("li_1", 3, 1)] }).line_items ?? [];

        expect(line).to.deep.include({ quantity: { ordered: 3, current: 2, fulfilled: 2 }, status: "fulfilled" });
    });

    it("treats a status that the protocol does not have as work in progress", () => {
        expect(orderAfter({ status: "on_hold" }).status).to.equal("on_hold");
        expect(orderAfter({ status: "on_hold" }, { status: "confirmed" }).status).to.equal("on_hold");
        expect(orderAfter({ status: "on_hold" }, { status: "shipped" }).status).to.equal("shipped");
    });

    it("keeps a delivered parcel delivered after an older update, and adds the older events to its log", () => {
        const [fulfillment] =
            orderAfter(
                { fulfillments: [parcel("delivered", ["delivered", "2026-11-23T09:00:00Z"])] },
                { fulfillments: [parcel("shipped", ["shipped", "2026-11-21T09:00:00+01:00"])] },
            ).fulfillments ?? [];

        expect(fulfillment?.status).to.equal("delivered");
        expect(fulfillment?.events?.map(({ type }) => type)).to.deep.equal(["processing", "shipped", "delivered"]);
    });

    it("keeps the members of a parcel that an update leaves out", () => {
        const known = { ...parcel("shipped"), tracking_number: "1", line_items: [{ id: "li_1", quantity: 3 }] };

        const news = { id: "ful_1", type: "shipping", carrier: "DHL" } as const;
        const [fulfillment] = orderAfter({ fulfillments: [known] }, { fulfillments: [news] }).fulfillments ?? [];

        expect(fulfillment).to.deep.include({
            ...known,
            carrier: "DHL",
            events: placedOrder.fulfillments?.[0]?.events,
        });
    });

    it("keeps a parcel's log when an update has none", () => {
        const { events: _, ...news } = parcel("in_transit");

        expect(orderAfter({ fulfillments: [news] }).fulfillments?.[0]?.events).to.have.length(1);
    });

    it("prefers a newer update of a parcel in the same status, with or without events", () => {
        const known = { ...parcel("shipped", ["shipped", "2026-11-21T09:00:00Z"]), tracking_number: "old" };
        const { events: _, ...news } = { ...known, tracking_number: "new" };
        const late = { ...parcel("shipped", ["packed", "2026-11-20T09:00:00Z"]), tracking_number: "older" };

        const [fulfillment] =
            orderAfter({ fulfillments: [known] }, { fulfillments: [news] }, { fulfillments: [late] }).fulfillments ??
            [];

        expect(fulfillment).to.include({ tracking_number: "new" });
        expect(fulfillment?.events?.map(({ type }) => type)).to.deep.equal(["packed", "processing", "shipped"]);
    });

    it("counts as refunded what is completed and a refund, and never changes what was charged", () => {
        const pending = refund("a", { status: "pending" });
        const all = [
            pending,
            refund("b", { amount: 250 }),
            refund("c", { type: "credit" }),
            refund("d", { amount: 500 }),
        ];

        expect(orderAfter({ adjustments: [pending] }).totals).to.deep.equal(totals);
        expect(orderAfter({ adjustments: all }).totals).to.deep.equal([
            ...totals,
            { type: "amount_refunded", display_text: "Refunded", amount: 750 },
        ]);
        expect(orderAfter({ adjustments: all }, { adjustments: [refund("a")] }).totals?.at(-1)).to.include({
            amount: 1750,
        });
    });

    it("does not let a refund that came late undo one that was completed", () => {
        const late = refund("a", { status: "pending", occurred_at: "2026-11-24T10:00:00Z" });

        expect(orderAfter({ adjustments: [refund("a")] }, { adjustments: [late] }).adjustments).to.deep.equal([
            refund("a"),
        ]);
    });

    it("has the same result for any order and repetition of the events", () => {
        const status = fc.constantFrom("confirmed", "manual_review", "processing", "shipped", "completed", "canceled");
        const change: fc.Arbitrary<OrderChanges> = fc.oneof(
            status.map((name) => ({ status: name })),
            fc
                .record({ current: fc.integer({ min: 0, max: 3 }), fulfilled: fc.integer({ min: 0, max: 3 }) })
                .map(({ current, fulfilled }) => ({ line_items: [lineOf("li_1", current, fulfilled)] })),
            fc
                .tuple(fc.constantFrom("a", "b"), fc.constantFrom("pending", "failed", "completed"))
                .map(([id, state]) => ({ adjustments: [refund(id, { status: state })] })),
            fc.constantFrom("pending", "shipped", "in_transit", "delivered").map((state) => ({
                fulfillments: [parcel(state, [state, `2026-11-2${state.length % 7}T08:00:00Z`])],
            })),
        );
        const deliveries = fc
            .array(change, { minLength: 1, maxLength: 6 })
            .chain((changes) =>
                fc.tuple(
                    fc.constant(changes),
                    fc.shuffledSubarray([...changes, ...changes, ...changes], { minLength: changes.length * 3 }),
                ),
            );
        fc.assert(
            fc.property(deliveries, ([changes, delivered]) => {
                expect(sorted(orderAfter(...delivered))).to.deep.equal(sorted(orderAfter(...changes)));
            }),
        );
    });

    it("leads from each status to those behind it, and never back", () => {
        const statuses = ["created", "confirmed", "manual_review", "processing", "shipped", "completed", "canceled"];
        const inStatus = (from: string, status: string) => changed({ ...placedOrder, status: from }, { status }, "usd");
        for (const [index, from] of statuses.entries()) {
            for (const to of statuses.slice(0, index)) {
                expect(inStatus(from, to).status).to.equal(from);
            }
            for (const to of statuses.slice(index)) {
                expect(inStatus(from, to).status).to.equal(to);
            }
        }
    });
});

function lineOf(id: string, current: number, fulfilled: number) {
    return { id, title: "A line", quantity: { ordered: 3, current, fulfilled } };
}

/** The session in an item of the table. */
function sessionIn(item: Record<string, unknown> | undefined): Session {
    return item?.["Data"] as Session;
}

function orderIn(item: Record<string, unknown> | undefined): Order {
    const { order } = sessionIn(item);
    if (order === undefined) throw new Error("the session has no order");
    return order;
}

/** The adjustments are in the order in which they first arrive. */
function sorted(order: Order): Order {
    return { ...order, adjustments: [...(order.adjustments ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
