import { expect } from "chai";
import { ask } from "../client.ts";
import { storedVersions, versionsOf } from "../effects.ts";
import { eventually } from "../embedded.ts";
import { address, authenticated, buyer, cart, download, payment, type Reply, type Shop } from "../shopping.ts";

/** What is wrong, with which body, and what the refusal says. */
type Case = readonly [what: string, body: unknown, param: string | RegExp, code?: string];

const nested = (levels: number) => {
    const [before, after] = ['{"a":'.repeat(levels), "}".repeat(levels)];
    return `{"metadata":${before}1${after},${JSON.stringify(cart).slice(1)}`;
};
const line = (quantity: unknown) => ({ ...cart, line_items: [{ id: download, quantity }] });
const surrogate = `{"order_notes": "half \\ud800 of a character"}`;

const anywhere: readonly Case[] = [
    ["malformed JSON", '{"buyer": {', "$"],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), "$"],
    ["a list", [], "$"],
    ["null", "null", "$"],
    ["a text", '"cart"', "$"],
];

const creations: readonly Case[] = [
    ...anywhere,
    ["an empty body", "", /^\$\./],
    ["no lines", { ...cart, line_items: [] }, "$.line_items"],
    [
        "twenty-one groups",
        {
            ...cart,
            fulfillment_groups: Array(21).fill({ id: "g", item_ids: [download], destination_type: "digital" }),
        },
        "$.fulfillment_groups",
    ],
    [
        "an address with a long line",
        { ...cart, fulfillment_details: { address: { ...address, city: "x".repeat(256) } } },
        "$.fulfillment_details.address.city",
    ],
    ["a hundred lines", { ...cart, line_items: Array(100).fill({ id: download }) }, "$.line_items"],
    ["lines that are no list", { ...cart, line_items: { id: download } }, "$.line_items"],
    ["a line without an item", { ...cart, line_items: [{ quantity: 1 }] }, /^\$\.line_items\[0\]/],
    [
        "an unknown item",
        { ...cart, line_items: [{ id: download }, { id: "no-such-item" }] },
        "$.line_items[1].id",
        "invalid_item_id",
    ],
    [
        "an unknown item in the other form",
        { ...cart, line_items: [{ item: { id: "no-such-item" } }] },
        "$.line_items[0].item.id",
        "invalid_item_id",
    ],
    ["an empty id", { ...cart, line_items: [{ id: "" }] }, "$.line_items[0].id", "invalid_item_id"],
    ["a NUL in an id", { ...cart, line_items: [{ id: "\u0000" }] }, "$.line_items[0].id", "invalid_item_id"],
    ["a huge id", { ...cart, line_items: [{ id: "x".repeat(200_000) }] }, "$.line_items[0].id", "invalid_item_id"],
    [
        "a huge id of quotes",
        { ...cart, line_items: [{ id: '"'.repeat(120_000) }] },
        "$.line_items[0].id",
        "invalid_item_id",
    ],
    ...[-3, 0, 1.5, 1e9, "2", null, true].map(
        (quantity): Case => [`the quantity ${JSON.stringify(quantity)}`, line(quantity), "$.line_items[0].quantity"],
    ),
    [
        "no quantity at all in the other form",
        { ...cart, line_items: [{ item: { id: download }, quantity: 0 }] },
        "$.line_items[0].quantity",
    ],
    ["another currency", { ...cart, currency: "eur" }, "$.currency"],
    ["no currency", { ...cart, currency: undefined }, "$.currency"],
    ["no capabilities", { ...cart, capabilities: undefined }, "$.capabilities"],
    ["null for the buyer", { ...cart, buyer: null }, "$.buyer"],
    ["null for a name", { ...cart, buyer: { ...buyer, first_name: null } }, "$.buyer.first_name"],
    ["an unknown property", { ...cart, colour: "red" }, "$.colour"],
    ["an unknown property inside", { ...cart, buyer: { ...buyer, colour: "red" } }, "$.buyer.colour"],
    ["no e-mail address", { ...cart, buyer: { email: "unknown" } }, "$.buyer.email"],
    ["half an address", { ...cart, fulfillment_details: { address: { country: "US" } } }, /^\$\.fulfillment_details/],
    ["codes that are no texts", { ...cart, discounts: { codes: [7] } }, "$.discounts.codes[0]"],
    ["endless notes", { ...cart, order_notes: "x".repeat(5001) }, "$.order_notes"],
    ["half a character", JSON.stringify(cart).replace("Ada", "\\ud800"), "$.buyer.first_name"],
    [
        "half a character in a name",
        '{"metadata": {"\\udc00": 1}, '.concat(JSON.stringify(cart).slice(1)),
        /^\$\.metadata/,
    ],
    ["a number beyond all", { ...cart, metadata: { deep: [1e300] } }, "$.metadata.deep[0]"],
    ["an infinite number", JSON.stringify({ ...cart, metadata: {} }).replace(/\{\}/, '{"n":1e400}'), /^\$\.metadata/],
    [
        "a number that is too exact",
        `{"metadata":{"n":9007199254740993},${JSON.stringify(cart).slice(1)}`,
        "$.metadata.n",
    ],
    ["thirty levels", nested(30), /^\$\.metadata\.a/],
    ["five thousand levels", nested(5000), /^\$\.metadata\.a/],
    ["an empty name", { ...cart, metadata: { "": 1 } }, "$.metadata['']"],
    ["a prototype", `{"metadata":{"__proto__":{"a":1}},${JSON.stringify(cart).slice(1)}`, "$.metadata.__proto__"],
    ["a constructor", { ...cart, metadata: { a: { constructor: { name: "Set" } } } }, "$.metadata.a.constructor"],
];

const updates: readonly Case[] = [
    ...anywhere,
    ["an unknown item", { line_items: [{ id: "no-such-item" }] }, "$.line_items[0].id", "invalid_item_id"],
    ["no quantity at all", { line_items: [{ id: download, quantity: 0 }] }, "$.line_items[0].quantity"],
    ["another currency", { currency: "usd" }, "$.currency"],
    ["null", { buyer: null }, "$.buyer"],
    ["half a character", surrogate, "$.order_notes"],
    [
        "an option that is not offered",
        { selected_fulfillment_options: [{ type: "digital", option_id: "x", item_ids: [] }] },
        "$.selected_fulfillment_options[0].option_id",
    ],
    [
        "the id of no line",
        { selected_fulfillment_options: [{ type: "digital", option_id: "digital", item_ids: ["x".repeat(100_000)] }] },
        "$.selected_fulfillment_options[0].item_ids[0]",
    ],
    ["endless notes", { order_notes: "x".repeat(5001) }, "$.order_notes"],
];

const paid = payment("spt_success");
const completions: readonly Case[] = [
    ...anywhere,
    ["an empty body", "", "$.payment_data"],
    ["null", { payment_data: null }, "$.payment_data"],
    [
        "no credential",
        { payment_data: { handler_id: "card_tokenized", instrument: { type: "card" } } },
        "$.payment_data.instrument.credential",
    ],
    ["no instrument", { payment_data: { handler_id: "card_tokenized" } }, /^\$\.payment_data/],
    ["an unknown handler", { payment_data: { ...paid.payment_data, handler_id: "?" } }, "$.payment_data.handler_id"],
    ["an unknown property", { ...paid, tip: 5 }, "$.tip"],
    ["an unknown outcome", { ...paid, authentication_result: { outcome: "fine" } }, "$.authentication_result.outcome"],
    [
        "an authentication without details",
        { ...paid, authentication_result: { outcome: "authenticated" } },
        "$.authentication_result.outcome_details",
    ],
    [
        "an unknown indicator",
        {
            ...paid,
            authentication_result: {
                ...authenticated,
                outcome_details: { ...authenticated.outcome_details, electronic_commerce_indicator: "99" },
            },
        },
        "$.authentication_result.outcome_details.electronic_commerce_indicator",
    ],
    [
        "a consent without a channel",
        { ...paid, marketing_consents: [{ opted_in: true }] },
        "$.marketing_consents[0].channel",
    ],
    [
        "an attribution without a publisher",
        { ...paid, affiliate_attribution: { provider: "p" } },
        /^\$\.affiliate_attribution/,
    ],
    ["half a character", `{"order_notes":"\\udfff",${JSON.stringify(paid).slice(1)}`, "$.order_notes"],
];

const cancellations: readonly Case[] = [
    ...anywhere,
    ["null", { intent_trace: null }, "$.intent_trace"],
    ["no reason", { intent_trace: {} }, "$.intent_trace.reason_code", "invalid_type"],
    [
        "an endless summary",
        { intent_trace: { reason_code: "other", trace_summary: "x".repeat(501) } },
        "$.intent_trace.trace_summary",
        "invalid_type",
    ],
    ["a reason that is no text", { intent_trace: { reason_code: 7 } }, "$.intent_trace.reason_code", "invalid_type"],
];

function checkRefusal({ status, error }: Reply, [what, , param, code = "invalid"]: Case): void {
    expect(status, what).to.equal(400);
    expect(error, what).to.include({ type: "invalid_request", code });
    if (typeof param === "string") expect(error.param, what).to.equal(param);
    else expect(error.param, what).to.match(param);
}

/** What is refused with which 4xx, and that nothing comes of it. */
export function refusals(shop: Shop): void {
    const sessionIds = async () => new Set((await storedVersions(shop.embedded)).map(({ SessionId }) => SessionId));

    describe("a body that is wrong", () => {
        it("creates nothing, and the answer names the place of the error", async () => {
            const before = await sessionIds();
            for (const wrong of creations) {
                const [, body] = wrong;
                checkRefusal(await shop.agent.create(body), wrong);
            }
            expect(await sessionIds()).to.deep.equal(before);
        });

        for (const [operation, path, cases] of [
            ["updates", "", updates],
            ["completes", "/complete", completions],
            ["cancels", "/cancel", cancellations],
        ] as const) {
            it(`${operation} nothing, and the answer names the place of the error`, async () => {
                const { id } = await shop.agent.ready();
                for (const wrong of cases) {
                    const [, body] = wrong;
                    checkRefusal(await shop.agent.post(`/${id}${path}`, body), wrong);
                }
                expect(await versionsOf(shop.embedded, id)).to.have.length(1);
            });
        }

        it("is 413 with more than 256 KiB and 415 when it is no JSON, on every path", async () => {
            const { id } = await shop.agent.ready();
            const large = { ...cart, metadata: { large: "x".repeat(300 * 1024) } };
            const before = await sessionIds();
            for (const path of ["", `/${id}`, `/${id}/complete`, `/${id}/cancel`]) {
                const tooLarge = await shop.agent.post(path, large);
                expect([tooLarge.status, tooLarge.error.type]).to.deep.equal([413, "invalid_request"]);
                const form = { "content-type": "application/x-www-form-urlencoded" };
                const notJson = await shop.agent.post(path, "a=b", form);
                expect([notJson.status, notJson.error.code]).to.deep.equal([415, "invalid_type"]);
            }
            expect(await sessionIds()).to.deep.equal(before);
            expect(await versionsOf(shop.embedded, id)).to.have.length(1);
        });

        it("is refused when its session would be too large to store", async () => {
            const metadata = Object.fromEntries(
                Array.from({ length: 60 }, (_, number) => [`m${number}`, "\u0001".repeat(700)]),
            );
            const reply = await shop.agent.create({ ...cart, metadata });
            expect([reply.status, reply.error.type]).to.deep.equal([413, "invalid_request"]);
        });
    });

    describe("an unusual path", () => {
        for (const [what, id] of [
            ["2000 characters", "x".repeat(2000)],
            // More bytes than a key of DynamoDB may have.
            ["1000 characters of three bytes", encodeURIComponent("€".repeat(1000))],
            ["a NUL", "%00"],
            ["a slash", "cs%2F..%2Fcs"],
            ["quotes and spaces", encodeURIComponent(`cs_" OR ""="`)],
            ["another alphabet", encodeURIComponent("сессия")],
            ["names of members", "__proto__"],
        ] as const) {
            it(`with an id of ${what} leads to no session`, async () => {
                const { agent } = shop;
                for (const reply of [
                    await agent.get(id),
                    await agent.update(id, {}),
                    await agent.complete(id),
                    await agent.cancel(id),
                    await agent.send("GET", `/${id}/versions`),
                    await agent.send("GET", `/${id}/versions/1`),
                ]) {
                    expect(reply.status, reply.text).to.equal(404);
                    expect(reply.error.type).to.equal("invalid_request");
                }
            });
        }
    });

    describe("an unusual but valid body", () => {
        it("is stored and returned as it was sent", async () => {
            const metadata = {
                toJSON: { S: "text", N: "1", NULL: true },
                "\u0000": "\u0000",
                numbers: [-1e-7, 0.1, 2 ** 53 - 1, -0],
                empty: ["", {}, [[]], null],
            };
            const odd = { ...cart, locale: "de-CH-1996", metadata };
            const created = await shop.agent.create(odd);
            expect(created.status).to.equal(201);
            expect(created.session.metadata).to.deep.equal(JSON.parse(JSON.stringify(metadata)));
            const read = await shop.agent.get(created.session.id);
            expect(read.session.metadata).to.deep.equal(created.session.metadata);
        });

        it("becomes an order with notes of any length", async () => {
            const { id } = await shop.agent.ready({ ...cart, metadata: { much: "x".repeat(180_000) } });
            const { session } = await shop.agent.complete(id, payment("spt_success"));
            expect(session.status).to.equal("completed");
            await eventually(async () => {
                expect((await ask(`${shop.embedded.url}/orders/${session.order?.id}`)).status).to.equal(200);
            });
        });

        it("is a token of any length", async () => {
            const { id } = await shop.agent.ready();
            const { session } = await shop.agent.complete(id, payment('"'.repeat(120_000)));
            expect(session.messages[0]).to.include({ code: "payment_declined" });
        });

        it("becomes an order with any characters in a name", async () => {
            const { id } = await shop.agent.ready({
                ...cart,
                buyer: { ...buyer, first_name: "\u0000Ada\u202e", last_name: "🜂".repeat(300) },
            });
            expect((await shop.agent.complete(id)).session.status).to.equal("completed");
        });
    });
}
