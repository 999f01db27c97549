import { expect } from "chai";
import fc from "fast-check";
import { authenticated, cart, parcel, payment, type Shop } from "../shopping.ts";

/** Good bodies of each operation, with all that a client may say. */
const bodies = {
    create: {
        ...parcel,
        discounts: { codes: ["SAVE10"] },
        fulfillment_groups: [{ id: "g", item_ids: ["12345"], destination_type: "shipping" }],
        affiliate_attribution: { provider: "p", token: "t", source: { type: "url", url: "https://a.example" } },
        locale: "en-US",
        timezone: "America/Los_Angeles",
        metadata: { basket: { id: 1, tags: ["a"] } },
        order_notes: "Ring twice",
    },
    update: {
        line_items: [{ item: { id: "90001" }, quantity: 1 }],
        buyer: { ...cart.buyer, phone_number: "+15550100", company: { name: "Analytical Engines" } },
        fulfillment_details: parcel.fulfillment_details,
        selected_fulfillment_options: [{ type: "digital", option_id: "digital", item_ids: ["90001"] }],
        coupons: ["TAKE5"],
    },
    complete: {
        ...payment("spt_success"),
        buyer: cart.buyer,
        authentication_result: authenticated,
        risk_signals: { ip_address: "192.0.2.1" },
        marketing_consents: [{ channel: "email", opted_in: true }],
    },
    cancel: { intent_trace: { reason_code: "other", trace_summary: "…", metadata: { a: 1, b: true } } },
} as const;

const operations = Object.keys(bodies) as (keyof typeof bodies)[];

const poison = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
        null,
        "",
        [],
        {},
        -1,
        0.5,
        -0,
        1e9,
        1e21,
        1e300,
        2 ** 53,
        "\u0000",
        "\ud800",
        "🜂\u202e",
        "x".repeat(3000),
        "2026-02-30T25:00:00Z",
        "http://[",
        "a@b",
        { "": 1 },
        JSON.parse('{"__proto__": {"length": 7}}'),
        [[[[[[]]]]]],
    ),
);
const mutation = fc.record({
    where: fc.nat(),
    how: fc.constantFrom("vary", "vary", "vary", "replace", "remove", "add", "wrap", "repeat"),
    name: fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom("__proto__", "toString", "id", "type", "")),
    text: fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.constantFrom("", "\u0000", "x".repeat(3000))),
    number: fc.oneof(fc.integer(), fc.double()),
    value: poison,
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

/** Another value of the same kind. */
function varied(value: unknown, { text, number }: Mutation): unknown {
    switch (typeof value) {
        case "string":
            return text;
        case "number":
            return number;
        case "boolean":
            return !value;
        default:
            return Array.isArray(value) ? value.toReversed() : value;
    }
}

/** Places in a value: its members' and elements', and theirs. */
function placesIn(value: unknown): { holder: object; name: string }[] {
    if (typeof value !== "object" || value === null) return [];
    return Object.keys(value).flatMap((name) => [
        { holder: value, name },
        ...placesIn(Object.getOwnPropertyDescriptor(value, name)?.value),
    ]);
}

const put = (holder: object, name: string, value: unknown) =>
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });

function mutated(body: unknown, mutations: readonly Mutation[]): unknown {
    const copy: unknown = structuredClone(body);
    for (const mutation of mutations) {
        const { where, how, name, value } = mutation;
        const places = placesIn(copy);
        const place = places[where % Math.max(1, places.length)];
        if (place === undefined) return value;
        const { holder } = place;
        const before: unknown = Object.getOwnPropertyDescriptor(holder, place.name)?.value;
        if (how === "vary") put(holder, place.name, varied(before, mutation));
        else if (how === "replace") put(holder, place.name, value);
        else if (how === "wrap") put(holder, place.name, [before]);
        else if (how === "repeat") put(holder, place.name, [before, before]);
        else if (how === "remove" && !Array.isArray(holder)) Reflect.deleteProperty(holder, place.name);
        else if (Array.isArray(holder)) holder.push(value);
        else put(holder, name, value);
    }
    return copy;
}

/** Bodies with random changes. */
export function mutations(shop: Shop): void {
    describe("a good body with anything changed in it", () => {
        it("never causes a 5xx, and is answered as the protocol says", async () => {
            const seen = new Set<string>();
            let { id } = await shop.agent.ready();
            const changes = fc.array(mutation, { minLength: 1, maxLength: 2 });
            await fc.assert(
                fc.asyncProperty(fc.constantFrom(...operations), changes, async (operation, mutations) => {
                    const body = mutated(bodies[operation], mutations);
                    // Whatever it answers, the agent compares it with the protocol's schema.
                    const reply = await (operation === "create"
                        ? shop.agent.create(JSON.stringify(body))
                        : shop.agent[operation](id, JSON.stringify(body)));
                    expect(reply.status, JSON.stringify(body)).to.be.below(500);
                    if (reply.status === 400) expect(reply.error.param, JSON.stringify(body)).to.match(/^\$/);
                    seen.add(`${operation} ${reply.status}`);
                    const isOpen =
                        reply.status >= 400 ? reply.status < 405 : reply.session.status === "ready_for_payment";
                    if (!isOpen) id = (await shop.agent.ready()).id;
                }),
                { numRuns: 200 },
            );
            expect([...seen]).to.include.members([
                "create 201",
                "create 400",
                "update 200",
                "update 400",
                "complete 200",
                "complete 400",
                "cancel 200",
                "cancel 400",
            ]);
        });
    });
}
