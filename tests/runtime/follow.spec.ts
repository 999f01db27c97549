import { expect } from "chai";
import fc from "fast-check";
import type { Order, Session } from "../../runtime/checkoutSessions/domain/protocol.ts";
import { type OrderChanges, progressed } from "../../runtime/shared/orders/orderProgress.ts";
import type { Reports } from "../../runtime/shared/orders/reports.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { busEvent } from "./support/events.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";
import { order as placedOrder, sessionOf, versionItem } from "./support/versions.ts";

const totals = [{ type: "total", display_text: "Total", amount: 5434 }] as const;
type Updates<Name extends "fulfillments" | "adjustments"> = NonNullable<OrderChanges[Name]>[number];
const refund = (id: string, over: Partial<Updates<"adjustments">> = {}) => ({
    id,
    type: "refund" as const,
    status: "completed" as const,
    occurred_at: "2026-11-25T10:00:00Z",
    amount: 1000,
    ...over,
});
const parcel = (
    status: NonNullable<Updates<"fulfillments">["status"]>,
    ...events: readonly (readonly [type: string, at: string])[]
) => ({
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
    async function completed(over: Partial<Order> = {}, item: object = {}) {
        count += 1;
        const uuid = `0193a1b2-c3d4-7e5f-8a9b-${String(count).padStart(12, "0")}`;
        const [id, orderId] = [`cs_${uuid}`, `ord_${uuid}`];
        const order: Order = { ...placedOrder, id: orderId, checkout_session_id: id, ...over };
        const version = versionItem({ Data: sessionOf({ id, order }), RequestId: "first" });
        await database.put("sessions", { ...version, ...item });
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
        const { id, orderId } = await completed({}, { expiresAt: Math.floor(Date.now() / 1000) + 60 });
        const daysLeft = async (sessionId = id) => {
            const { expiresAt } = (await versionsOf(sessionId)).at(-1) ?? {};
            return Math.round((Number(expiresAt) - Date.now() / 1000) / 86_400);
        };

        await brief.invoke(updateEvent(orderId, { status: "shipped" }));
        expect(await daysLeft()).to.equal(30 + 366);
        await brief.invoke(updateEvent(orderId, { status: "completed" }));
        expect(await daysLeft(), "never before an earlier version").to.equal(30 + 366);
        const quick = await completed({}, { expiresAt: Math.floor(Date.now() / 1000) + 60 });
        await brief.invoke(updateEvent(quick.orderId, { status: "completed" }));
        expect(await daysLeft(quick.id)).to.equal(30);
        const kept = await completed();
        await brief.invoke(updateEvent(kept.orderId, { status: "completed" }));
        expect((await versionsOf(kept.id)).at(-1), "as an earlier one").not.to.have.property("expiresAt");
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

    it("shows the agent what the shop tells the customer, once, as a message of the session", async () => {
        const { id, orderId } = await completed();
        const notes = [{ id: "note_1", text: "We pack it as a gift." }];

        await follow.invoke(updateEvent(orderId, { notes }));
        await follow.invoke(updateEvent(orderId, { notes }));
        await follow.invoke(updateEvent(orderId, { status: "shipped" }));

        const [before, ...after] = (await versionsOf(id)).map(sessionIn);
        expect(after).to.have.length(2);
        for (const session of after) {
            expect(session.messages.slice(before?.messages.length)).to.deep.equal([
                { type: "info", param: "$.order", content_type: "plain", content: "We pack it as a gift." },
            ]);
        }
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

    it("takes a session that has expired for gone, whatever versions DynamoDB has not deleted yet", async () => {
        const { id, orderId } = await completed({}, { expiresAt: Math.floor(Date.now() / 1000) - 1 });

        await follow.invoke(updateEvent(orderId, { status: "shipped" }));

        expect(await versionsOf(id)).to.have.length(1);
        expect(follow.log.at(-1)).to.include({ notDone: "OrderUpdateUnused" });
    });

    it("refuses what makes the session larger than a message may be, but for a status", async () => {
        const small = await completed();
        const bytes = Buffer.byteLength(JSON.stringify((await versionsOf(small.id))[0]?.["Data"]));
        const { id, orderId } = await completed({ support: { hours: "x".repeat(239_900 - bytes) } });

        const failure = await follow.invoke(updateEvent(orderId, { adjustments: [refund("adj_1")] })).catch(String);

        expect(String(failure)).to.contain("too large");
        expect(await versionsOf(id)).to.have.length(1);
        await follow.invoke(updateEvent(orderId, { status: "canceled" }));
        expect(await orderNow(id)).to.include({ status: "canceled" });
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

    const reversed = { earliest: "2026-11-24T00:00:00Z", latest: "2026-11-23T00:00:00Z" };
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
        [
            "with more pieces in a parcel than were ordered",
            { fulfillments: [{ id: "ful_1", line_items: [{ id: "li_1", quantity: 5000 }] }] },
            /\/fulfillments\/0\/line_items\/0\/quantity/,
        ],
        [
            "with a parcel of pieces that another one has",
            {
                fulfillments: [
                    {
                        ...parcel("shipped"),
                        id: "ful_9",
                        line_items: [
                            { id: "li_2", quantity: 1 },
                            { id: "li_1", quantity: 1 },
                        ],
                    },
                ],
            },
            /\/fulfillments\/0\/line_items\/1\/quantity/,
        ],
        [
            "that wants more than was ordered",
            { line_items: [lineOf("li_1", 4, 0)] },
            /\/line_items\/0\/quantity\/current/,
        ],
        [
            "that changes what was ordered",
            { line_items: [{ id: "li_1", quantity: { ordered: 2 } }] },
            /\/line_items\/0\/quantity\/ordered/,
        ],
        [
            "with a return of a line that the order does not have",
            { adjustments: [refund("a", { type: "return", line_items: [{ id: "li_9", quantity: 1 }] })] },
            /\/adjustments\/0\/line_items\/0\/id/,
        ],
        [
            "with a return of more pieces than were ordered",
            {
                adjustments: [
                    refund("a", {
                        type: "return",
                        line_items: [
                            { id: "li_2", quantity: 1 },
                            { id: "li_1", quantity: 4 },
                        ],
                    }),
                ],
            },
            /\/adjustments\/0\/line_items\/1\/quantity/,
        ],
        [
            "with a refund without an amount",
            { adjustments: [{ id: "a", type: "refund", status: "completed", occurred_at: "2026-11-25T10:00:00Z" }] },
            /\/adjustments\/0\/amount is required/,
        ],
        [
            "with a type that the protocol does not have",
            { adjustments: [{ ...refund("a"), type: "partial_refund" }] },
            /\/adjustments\/0\/type/,
        ],
        [
            "with a type in another case",
            { adjustments: [{ ...refund("a"), type: "Refund" }] },
            /\/adjustments\/0\/type/,
        ],
        [
            "with an adjustment's status that the protocol does not have",
            { adjustments: [{ ...refund("a"), status: "COMPLETED" }] },
            /\/adjustments\/0\/status/,
        ],
        ["with an order's status that the protocol does not have", { status: "frobnicated" }, /\/status/],
        [
            "with a parcel's status that the protocol does not have",
            { fulfillments: [{ id: "ful_1", status: "frobnicated" }] },
            /\/fulfillments\/0\/status/,
        ],
        [
            "with a parcel of another type",
            { fulfillments: [{ id: "ful_1", type: "pickup" }] },
            /\/fulfillments\/0\/type is shipping/,
        ],
        [
            "that expects the order at the latest before the earliest",
            { estimated_delivery: reversed },
            /\/estimated_delivery\/latest/,
        ],
        [
            "that expects a parcel at the latest before the earliest",
            { fulfillments: [{ id: "ful_1", estimated_delivery: reversed }] },
            /\/fulfillments\/0\/estimated_delivery\/latest/,
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

    it("leaves the entries of the payment's ledger as they are, and counts them once", async () => {
        const { id, orderId } = await completed();
        const entry = { ...refund("re_1", { amount: 5000 }), currency: "usd" };
        const payment = { provider: "stripe", id: "pi_1", state: "partially_refunded", amount: 5434, currency: "usd" };
        const detail = { orderId, version: 1, payment, adjustments: [entry], isCanceled: false, isPending: false };
        const meta = { correlationId: "correlation-8", receivedAt: "2026-11-25T10:00:00Z" };

        // The merchant knows of it before the ledger does.
        await follow.invoke(updateEvent(orderId, { adjustments: [refund("re_1", { amount: 4000 })] }));
        await follow.invoke(busEvent("payment.updated.v1", { ...detail, meta }, "order.payments"));
        const update = updateEvent(orderId, {
            adjustments: [refund("re_1", { amount: 1 }), refund("a", { amount: 435 })],
        });
        const failure = String(await follow.invoke(update).catch(String));

        expect(failure).to.contain("/adjustments/0/id").and.to.contain("/adjustments/1/amount");
        const order = await orderNow(id);
        expect(order.adjustments).to.deep.equal([entry]);
        expect(order.totals?.at(-1)).to.include({ type: "amount_refunded", amount: 5000 });
    });

    it("never shows more refunds than was paid, also if the merchant reported what the ledger learns later", async () => {
        const { id, orderId } = await completed();
        const entry = { ...refund("re_1", { amount: 5434 }), currency: "usd" };
        const payment = { provider: "stripe", id: "pi_1", state: "refunded", amount: 5434, currency: "usd" };
        const meta = { correlationId: "correlation-8", receivedAt: "2026-11-25T10:00:00Z" };
        const detail = {
            orderId,
            version: 1,
            payment,
            adjustments: [entry],
            isCanceled: false,
            isPending: false,
            meta,
        };

        await follow.invoke(updateEvent(orderId, { adjustments: [refund("a", { amount: 5434 })] }));
        await follow.invoke(busEvent("payment.updated.v1", detail, "order.payments"));

        expect((await orderNow(id)).totals?.at(-1)).to.include({ type: "amount_refunded", amount: 5434 });
    });

    it("takes the event's time as the time of an update", async () => {
        const { id, orderId } = await completed();
        const sent = (time: string, tracking_number: string) => ({
            ...updateEvent(orderId, { fulfillments: [{ id: "ful_1", tracking_number }] }),
            time,
        });

        await follow.invoke(sent("2026-11-22T10:00:00Z", "new"));
        await follow.invoke(sent("2026-11-21T10:00:00Z", "stale"));

        expect((await orderNow(id)).fulfillments?.[0]).to.include({ tracking_number: "new" });
        expect(await versionsOf(id)).to.have.length(2);
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
    const sentAt = Date.parse("2026-11-22T10:00:00Z");
    /** What becomes of the order by updates, with the minute at which each was sent; by default one after the other. */
    const told = (sent: readonly (readonly [minute: number, OrderChanges])[], before: Order = placedOrder) => {
        let progress: { readonly order: Order; readonly reports: Reports } = { order: before, reports: {} };
        const refused: string[] = [];
        for (const [minute, update] of sent) {
            const received = { sent: sentAt + minute * 60_000, currency: "usd", ledgerEntries: [] };
            const { refused: impossible, ...next } = progressed(progress, [{ update }], received);
            progress = next;
            refused.push(...impossible.map(({ pointer, detail }) => `${pointer} ${detail}`));
        }
        return { order: progress.order, refused };
    };
    const orderAfter = (...changes: readonly OrderChanges[]) =>
        told(changes.map((change, minute) => [minute, change] as const)).order;

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

    const givesBack = [
        "refund",
        "credit",
        "return",
        "exchange",
        "price_adjustment",
        "cancellation",
        "dispute",
    ] as const;
    for (const type of givesBack) {
        it(`counts a ${type} that is pending or completed against what was paid, and not one that failed`, () => {
            const first = (status: "pending" | "failed" | "completed") =>
                told([
                    [0, { adjustments: [refund("a", { type, status, amount: 5000 })] }],
                    [1, { adjustments: [refund("b", { amount: 435 })] }],
                ]).refused;
            const tooMuch = ["/adjustments/0/amount makes more than the 5434 that were paid"];

            expect(first("pending")).to.deep.equal(tooMuch);
            expect(first("completed")).to.deep.equal(tooMuch);
            expect(first("failed")).to.deep.equal([]);
        });
    }

    it("counts the pieces of all returns, and each way of giving back for itself", () => {
        const pieces = (quantity: number) => ({ amount: 100, line_items: [{ id: "li_1", quantity }] });
        const { refused } = told([
            [0, { adjustments: [refund("a", { type: "return", ...pieces(2) })] }],
            [1, { adjustments: [refund("b", pieces(3))] }],
            [2, { adjustments: [refund("c", { type: "return", ...pieces(2) })] }],
        ]);

        expect(refused).to.deep.equal(["/adjustments/0/line_items/0/quantity makes more than the 3 that were ordered"]);
    });

    const completed = refund("a", { amount: 1000 });
    for (const [what, change, place] of [
        ["a lower amount", { ...completed, amount: 10 }, "/adjustments/0/amount"],
        ["a higher amount", { ...completed, amount: 1001 }, "/adjustments/0/amount"],
        [
            "another amount and an earlier time",
            { ...completed, amount: 10, occurred_at: "2026-01-01T00:00:00Z" },
            "/adjustments/0/amount",
        ],
        ["another type", { id: "a", type: "credit" }, "/adjustments/0/type"],
        ["a failure", { id: "a", status: "failed" }, "/adjustments/0/status"],
    ] as const) {
        it(`refuses ${what} for a completed adjustment`, () => {
            const { order, refused } = told([
                [0, { adjustments: [completed] }],
                [1, { adjustments: [change] }],
            ]);

            expect(order.adjustments).to.deep.equal([completed]);
            expect(refused.map((each) => each.split(" ")[0])).to.deep.equal([place]);
        });
    }

    it("refuses to fulfil what was canceled before, and takes a return of what was fulfilled", () => {
        const canceled: OrderChanges = { line_items: [{ id: "li_1", quantity: { current: 0 } }] };
        const fulfilled: OrderChanges = { line_items: [{ id: "li_1", quantity: { fulfilled: 2 } }] };
        const quantities = (...sent: Parameters<typeof told>[0]) => {
            const { order, refused } = told(sent);
            const { current, fulfilled: done } = order.line_items?.[0]?.quantity ?? {};
            return [current, done, refused.length];
        };

        expect(quantities([0, canceled], [1, fulfilled])).to.deep.equal([0, 0, 1]);
        expect(quantities([0, canceled], [0, fulfilled])).to.deep.equal([0, 0, 1]);
        expect(quantities([1, fulfilled], [0, canceled])).to.deep.equal([3, 2, 1]);
        expect(quantities([0, fulfilled], [1, canceled])).to.deep.equal([0, 2, 0]);
        expect(quantities([1, canceled], [0, fulfilled])).to.deep.equal([0, 2, 0]);
    });

    it("moves pieces from a parcel to a new one, in any order in one update", () => {
        const [less, more] = [
            { id: "ful_1", line_items: [{ id: "li_1", quantity: 1 }] },
            { id: "ful_2", type: "shipping" as const, line_items: [{ id: "li_1", quantity: 2 }] },
        ];
        const before = { order: placedOrder, reports: {} };
        const changes = [more, less].map((each, index) => ({ update: { fulfillments: [each] }, index }));
        const { order, refused } = progressed(before, changes, { sent: sentAt, currency: "usd", ledgerEntries: [] });

        expect(refused).to.deep.equal([]);
        expect(order.fulfillments?.map(({ line_items }) => line_items?.[0]?.quantity)).to.deep.equal([1, 2]);
    });

    it("sends pieces again whose parcel failed, and refuses that both arrive", () => {
        const again = { id: "ful_2", type: "shipping" as const, line_items: [{ id: "li_1", quantity: 3 }] };
        const { refused } = told([
            [0, { fulfillments: [{ id: "ful_1", status: "failed" }] }],
            [1, { fulfillments: [again] }],
            [2, { fulfillments: [{ id: "ful_1", status: "delivered" }] }],
        ]);

        expect(refused).to.deep.equal(["/fulfillments/0/status makes more than the 3 that were ordered"]);
    });

    it("decides between updates of the same time by their contents, not by their arrival", () => {
        const trackings = ["A", "B"].map(
            (tracking_number) => [1, { fulfillments: [{ id: "ful_1", tracking_number }] }] as const,
        );

        expect(told(trackings)).to.deep.equal(told(trackings.toReversed()));
    });

    it("lets a late update without a log not undo a later one", () => {
        const tracking = (tracking_number: string): OrderChanges => ({
            fulfillments: [{ id: "ful_1", tracking_number }],
        });

        expect(
            told([
                [2, tracking("new")],
                [1, tracking("stale")],
            ]).order.fulfillments?.[0],
        ).to.include({ tracking_number: "new" });
    });

    it("does not let a refund that came late undo one that was completed", () => {
        const late = refund("a", { status: "pending", occurred_at: "2026-11-24T10:00:00Z" });

        expect(orderAfter({ adjustments: [refund("a")] }, { adjustments: [late] }).adjustments).to.deep.equal([
            refund("a"),
        ]);
    });

    it("has the same result for any order and repetition of the events, also of those with equal times", () => {
        const statuses = ["confirmed", "manual_review", "processing", "shipped", "completed", "canceled"] as const;
        const parcels = ["pending", "processing", "shipped", "in_transit", "delivered"] as const;
        const texts = fc.constantFrom("one", "two", "three");
        const canceling = refund("c", { type: "cancellation", line_items: [{ id: "li_1", quantity: 1 }] });
        /** All of a line at a time: of three, each delivered one after the other, one is returned at last. */
        const lineAt = (minute: number) => lineOf("li_1", minute < 12 ? 3 : 2, Math.min(3, Math.floor(minute / 3)));
        const change = (minute: number): fc.Arbitrary<OrderChanges> =>
            fc.oneof(
                fc.constantFrom(...statuses).map((status) => ({ status })),
                fc.constant({ line_items: [lineAt(minute)] }),
                fc
                    .record({
                        earliest: fc.constant("2026-11-20T00:00:00Z"),
                        latest: fc.constantFrom("2026-11-21T00:00:00Z", "2026-11-22T00:00:00Z"),
                    })
                    .map((estimated_delivery) => ({ estimated_delivery })),
                fc
                    .record({
                        id: fc.constantFrom("a", "b"),
                        state:
                            minute < 8
                                ? fc.constantFrom("pending" as const, "failed" as const)
                                : fc.constant("completed" as const),
                        amount: minute < 8 ? fc.constantFrom(500, 700) : fc.constant(1000),
                        description: texts,
                    })
                    .map(({ id, state, ...more }) => ({ adjustments: [refund(id, { status: state, ...more })] })),
                fc.constantFrom("pending" as const, "completed" as const).map((status) => ({
                    adjustments:
                        minute < 12 ? [] : [{ ...canceling, status: minute < 14 ? ("pending" as const) : status }],
                })),
                fc
                    .record(
                        {
                            carrier: texts,
                            tracking_number: texts,
                            status: fc.constantFrom(...parcels),
                            description: texts,
                        },
                        { requiredKeys: [] },
                    )
                    .map((news) => ({ fulfillments: [{ id: "ful_1", ...news }] })),
                fc
                    .record({ event: fc.constantFrom(...parcels), day: fc.integer({ min: 1, max: 3 }), text: texts })
                    .map(({ event, day, text }) => ({
                        fulfillments: [
                            {
                                id: "ful_1",
                                tracking_number: text,
                                events: [
                                    {
                                        id: event,
                                        type: event,
                                        occurred_at: `2026-11-2${day}T08:00:00Z`,
                                        description: text,
                                    },
                                ],
                            },
                        ],
                    })),
                fc
                    .constantFrom("ful_2", "ful_10")
                    .chain((id) =>
                        texts.map((carrier) => ({ fulfillments: [{ id, type: "digital" as const, carrier }] })),
                    ),
            );
        const reports = fc.array(
            fc.constantFrom(2, 7, 9, 13).chain((minute) => change(minute).map((update) => [minute, update] as const)),
            { minLength: 1, maxLength: 8 },
        );
        const deliveries = reports.chain((sent) =>
            fc.tuple(
                fc.constant(sent),
                fc.shuffledSubarray([...sent, ...sent, ...sent], { minLength: sent.length * 3 }),
            ),
        );
        fc.assert(
            fc.property(deliveries, ([sent, delivered]) => {
                expect(told(delivered)).to.deep.equal({ ...told(sent), refused: [] });
            }),
        );
    });

    it("leads from each status to those behind it, and never back", () => {
        const statuses = [
            "created",
            "confirmed",
            "manual_review",
            "processing",
            "shipped",
            "completed",
            "canceled",
        ] as const;
        const inStatus = (from: string, status: NonNullable<OrderChanges["status"]>) =>
            told([[0, { status }]], { ...placedOrder, status: from }).order;
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
