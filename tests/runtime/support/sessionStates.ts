import type {
    CompleteRequest,
    CreateRequest,
    Session,
    UpdateRequest,
} from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { decideOutcome } from "../../../runtime/checkoutSessions/session/charge.ts";
import {
    type Decision,
    decideCancel,
    decideCompletion,
    decideUpdate,
} from "../../../runtime/checkoutSessions/session/decide.ts";
import { evolve, present, type State } from "../../../runtime/checkoutSessions/session/session.ts";
import { authenticationMetadata, payingWith, stateOf } from "./checkout.ts";
import { marketOf, merchant, pickupInBerlin, sanFrancisco, selection } from "./market.ts";

// Sessions of every kind, as the domain decides them.

const discounts = [
    { code: "TEN", name: "Ten", percentOff: 10 },
    { code: "SHIP", name: "Shipping", percentOff: 50, appliesTo: "fulfillment" as const },
    { code: "OLD", name: "Old", percentOff: 5, endsAt: "2026-01-01" },
];
const market = marketOf({
    discounts,
    stock: { belt: 3, bread: 0 },
    merchant: { ...merchant, pickupLocations: pickupInBerlin, marketingChannels: ["email"] },
});
const buyer = { first_name: "Jo", last_name: "Doe", email: "jo@example.com", phone_number: "+14155550100" };
const address = { ...sanFrancisco, company: "Doe Inc." };

function after(state: State, decision: Decision, among = market): State {
    if ("problem" in decision) throw new Error(JSON.stringify(decision.problem));
    return evolve(state, decision.event, among.merchant);
}

const created = (body: Partial<CreateRequest> = {}, among = market) =>
    stateOf(
        {
            currency: "usd",
            capabilities: {},
            line_items: [{ id: "jacket", quantity: 2 }, { id: "ebook" }],
            buyer,
            fulfillment_details: { name: "Jo", email: "jo@example.com", address },
            ...body,
        },
        among,
    );
const updated = (state: State, body: UpdateRequest, among = market) =>
    after(state, decideUpdate(state, body, among), among);
const shipped = { selected_fulfillment_options: [selection("shipping", "shipping_standard", "jacket")] };

const ready = updated(created(), shipped);
const begun = (body: CompleteRequest = payingWith("spt_success")) =>
    after(ready, decideCompletion(ready, body, "record", market));
const ended = (outcome: Parameters<typeof decideOutcome>[1], state = begun()) =>
    evolve(state, decideOutcome(state, outcome, merchant, market.now), merchant);
const completed = ended({ status: "succeeded", paymentId: "pay_1" });
const order = completed.session.order ?? ({} as never);
const line = { id: "li_1", quantity: 1 };
const refunded = evolve(
    completed,
    {
        reason: "order_updated",
        order: {
            ...order,
            status: "completed",
            adjustments: [
                {
                    id: "adj_1",
                    type: "refund",
                    occurred_at: "2026-05-05T00:00:00Z",
                    status: "completed",
                    line_items: [line],
                    amount: 100,
                    currency: "usd",
                },
            ],
            totals: [...(order.totals ?? []), { type: "amount_refunded", display_text: "Refunded", amount: 100 }],
        },
        at: "2026-05-05T00:00:00.000Z",
    },
    merchant,
);
const taxed = marketOf({ merchant: { ...merchant, taxIncluded: true } });
const group = { id: "gift", item_ids: ["jacket"], destination_type: "shipping" as const };

const states = {
    "without an address": created({ fulfillment_details: {} }),
    "with an empty cart": updated(created(), { line_items: [] }),
    "with all options": created(),
    ready,
    "with discounts": updated(created({ discounts: { codes: ["TEN", "SHIP", "OLD", "NONE"] } }), shipped),
    "short of stock": created({ line_items: [{ id: "belt", quantity: 9 }, { id: "bread" }] }),
    "little stock": created({ line_items: [{ id: "belt", quantity: 2 }] }),
    "pickup and shipping": updated(created({ line_items: [{ id: "jacket" }, { id: "belt" }] }), {
        selected_fulfillment_options: [
            selection("shipping", "shipping_standard", "jacket"),
            selection("pickup", "pickup_mitte", "belt"),
        ],
    }),
    groups: created({ fulfillment_groups: [{ ...group, fulfillment_details: { address } }] }),
    "full name": created({ buyer: { email: "ada@example.com", full_name: "Ada King Lovelace" } }),
    "one name": created({ buyer: { email: "ada@example.com", full_name: "Ada", company: { name: "Ada Ltd" } } }),
    "with tax in prices": updated(created({}, taxed), shipped, taxed),
    "of a free form": created({ metadata: { a: [1] }, locale: "en-US", timezone: "UTC", quote_id: "q" }),
    "in progress": begun(),
    declined: ended({ status: "declined", reason: "no" }),
    "authentication required": ended({ status: "authentication_required", metadata: authenticationMetadata }),
    completed,
    refunded,
    canceled: after(ready, decideCancel(ready, {}, market.now)),
} satisfies Readonly<Record<string, State>>;

export const sessionStates: Readonly<Record<keyof typeof states | "expired", Session>> = {
    ...(Object.fromEntries(
        Object.entries(states).map(([name, { session }]) => [name, present(session, market.now)]),
    ) as Record<keyof typeof states, Session>),
    expired: present(ready.session, new Date("2027-01-01")),
};
