import type { ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { expect } from "chai";
import fc from "fast-check";
import { parseOrder } from "../../runtime/orderIntake/order.ts";
import { jsonPathOf, validationErrorsOf } from "../../runtime/shared/validationErrors.ts";
import {
    rules,
    validateCancelSessionRequest,
    validateCheckoutSessionCompleteRequest,
    validateCheckoutSessionCreateRequest,
    validateCheckoutSessionUpdateRequest,
    validateOrderUpdate,
} from "../../spec/generated/checkout.validators.js";
import { formats } from "../../tools/formats.ts";

describe("a path to a value of the body", () => {
    it("is the JSONPath of its pointer", () => {
        expect(jsonPathOf("")).to.equal("$");
        expect(jsonPathOf("/line_items/0/quantity")).to.equal("$.line_items[0].quantity");
        expect(jsonPathOf("/selected_fulfillment_options/12/item_ids/0")).to.equal(
            "$.selected_fulfillment_options[12].item_ids[0]",
        );
    });

    it("quotes names that are not plain", () => {
        expect(jsonPathOf("/metadata/gift wrap")).to.equal("$.metadata['gift wrap']");
        expect(jsonPathOf("/3ds/a~1b~0c/")).to.equal("$['3ds']['a/b~c']['']");
        expect(jsonPathOf('/it\'s "so"\n/\\')).to.equal("$['it\\'s \"so\"\\n']['\\\\']");
        expect(jsonPathOf("/01/größe")).to.equal("$['01']['größe']");
    });

    it("tells different pointers apart", () => {
        const names = fc.array(fc.string({ unit: "binary" }), { maxLength: 3 });
        const pathOf = (parts: readonly string[]) =>
            jsonPathOf(parts.map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""));

        fc.assert(
            fc.property(names, names, (one, other) => {
                expect(pathOf(one) === pathOf(other)).to.equal(JSON.stringify(one) === JSON.stringify(other));
            }),
        );
    });
});

describe("a refused request of a checkout", () => {
    const create = (body: object) => ({ currency: "eur", line_items: [{ id: "widget" }], capabilities: {}, ...body });
    const complete = (body: object) => ({ payment_data: { purchase_order_number: "4711" }, ...body });
    const paid = (instrument: object) => ({ payment_data: { handler_id: "card", instrument } });

    const cases: readonly (readonly [string, ValidateFunction, unknown, string])[] = [
        ["no body", validateCheckoutSessionCreateRequest, null, "$ must be an object"],
        ["a list", validateCheckoutSessionUpdateRequest, [], "$ must be an object"],
        ["a missing member", validateCheckoutSessionCreateRequest, {}, "$.line_items is required"],
        [
            "an unknown member",
            validateCheckoutSessionUpdateRequest,
            { currency: "eur" },
            "$.currency is not a known property",
        ],
        ["a member that is null", validateCheckoutSessionUpdateRequest, { buyer: null }, "$.buyer must be an object"],
        [
            "a text that is null",
            validateCheckoutSessionUpdateRequest,
            { buyer: { email: "jo@example.com", full_name: null } },
            "$.buyer.full_name must be a string",
        ],
        [
            "no lines",
            validateCheckoutSessionCreateRequest,
            create({ line_items: [] }),
            "$.line_items must have at least 1 elements",
        ],
        [
            "more lines than an order takes",
            validateCheckoutSessionUpdateRequest,
            { line_items: Array(100).fill({ id: "widget" }) },
            "$.line_items must have at most 99 elements",
        ],
        [
            "a line that is a text",
            validateCheckoutSessionUpdateRequest,
            { line_items: ["widget"] },
            "$.line_items[0] must be an object",
        ],
        [
            "a line that is null",
            validateCheckoutSessionUpdateRequest,
            { line_items: [null] },
            "$.line_items[0] must be an object",
        ],
        [
            "a line without an item",
            validateCheckoutSessionUpdateRequest,
            { line_items: [{ quantity: 2 }] },
            "$.line_items[0].id is required",
        ],
        [
            "an unknown member of a line",
            validateCheckoutSessionUpdateRequest,
            { line_items: [{ id: "widget", price: 1 }] },
            "$.line_items[0].price is not a known property",
        ],
        [
            "a line whose item has no id",
            validateCheckoutSessionUpdateRequest,
            { line_items: [{ item: {} }] },
            "$.line_items[0].item.id is required",
        ],
        [
            "a line whose item is null",
            validateCheckoutSessionUpdateRequest,
            { line_items: [{ id: "widget", item: null }] },
            "$.line_items[0].item must be an object",
        ],
        [
            "an unknown value",
            validateCheckoutSessionUpdateRequest,
            { fulfillment_groups: [{ id: "g", item_ids: [], destination_type: "drone" }] },
            "$.fulfillment_groups[0].destination_type must be one of shipping, digital, pickup, local_delivery",
        ],
        [
            "what is no e-mail address",
            validateCheckoutSessionUpdateRequest,
            { buyer: { email: "jo" } },
            "$.buyer.email must be an e-mail address",
        ],
        [
            "notes beyond all measure",
            validateCheckoutSessionUpdateRequest,
            { order_notes: "x".repeat(5001) },
            "$.order_notes must have at most 5000 characters",
        ],
        [
            "an extension that is a number",
            validateCheckoutSessionCreateRequest,
            create({ capabilities: { extensions: ["discount", 1] } }),
            "$.capabilities.extensions[1] must be a string or an object",
        ],
        [
            "an extension with a strange name",
            validateCheckoutSessionCreateRequest,
            create({ capabilities: { extensions: [{ name: "Discount" }] } }),
            `$.capabilities.extensions[0].name ${rules["^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$"]}`,
        ],
        [
            "an extension of a thing twice",
            validateCheckoutSessionCreateRequest,
            create({ capabilities: { extensions: [{ name: "a", extends: ["$.A", "$.B", "$.A"] }] } }),
            "$.capabilities.extensions[0].extends must not have the same element twice: 2 and 0 are equal",
        ],
        [
            "an attribution of nobody",
            validateCheckoutSessionCreateRequest,
            create({ affiliate_attribution: { provider: "impact.example" } }),
            "$.affiliate_attribution.token is required",
        ],
        [
            "a note that is a list",
            validateCancelSessionRequest,
            { intent_trace: { reason_code: "bored", metadata: { "score of 1": [] } } },
            "$.intent_trace.metadata['score of 1'] must be a string or a number or a boolean",
        ],
        [
            "an intent without a reason",
            validateCancelSessionRequest,
            { intent_trace: {} },
            "$.intent_trace.reason_code is required",
        ],
        [
            "no way to pay",
            validateCheckoutSessionCompleteRequest,
            { payment_data: {} },
            "$.payment_data.handler_id is required",
        ],
        [
            "a handler without an instrument",
            validateCheckoutSessionCompleteRequest,
            { payment_data: { handler_id: "card" } },
            "$.payment_data.instrument is required",
        ],
        [
            "a credential without a token",
            validateCheckoutSessionCompleteRequest,
            paid({ type: "card", credential: { type: "spt" } }),
            "$.payment_data.instrument.credential.token is required",
        ],
        [
            "a time that is a day",
            validateCheckoutSessionCompleteRequest,
            { payment_data: { purchase_order_number: "4711", due_date: "2026-04-17" } },
            "$.payment_data.due_date must be a point in time in the form of RFC 3339, such as 2026-04-17T10:00:00Z",
        ],
        [
            "an authentication without its proof",
            validateCheckoutSessionCompleteRequest,
            complete({ authentication_result: { outcome: "authenticated" } }),
            "$.authentication_result.outcome_details is required",
        ],
        ["an update of no order", validateOrderUpdate, { status: "shipped" }, "$.orderId is required"],
        [
            "a link without a scheme",
            validateOrderUpdate,
            { orderId: "ord_1", fulfillments: [{ id: "f", type: "shipping", tracking_url: "www.example.com" }] },
            "$.fulfillments[0].tracking_url must be a URL with its scheme",
        ],
    ];

    for (const [title, validate, body, expected] of cases) {
        it(`names the place of ${title}`, () => {
            expect(validate(body), "is accepted").to.equal(false);
            const [fault] = validationErrorsOf(validate.errors, rules);
            expect(`${jsonPathOf(fault?.pointer ?? "")} ${fault?.detail}`).to.equal(expected);
        });
    }

    for (const [quantity, detail] of [
        [-3, "must be at least 1"],
        [0, "must be at least 1"],
        [1.5, "must be an integer"],
        ["2", "must be an integer"],
        [null, "must be an integer"],
        [1e9, "must be at most 10000"],
    ] as const) {
        it(`names the quantity ${JSON.stringify(quantity)} in either form of a line`, () => {
            for (const line of [{ id: "widget" }, { item: { id: "widget" } }]) {
                const body = create({ line_items: [{ id: "gadget" }, { ...line, quantity }] });

                expect(validateCheckoutSessionCreateRequest(body)).to.equal(false);
                expect(validationErrorsOf(validateCheckoutSessionCreateRequest.errors, rules)).to.deep.equal([
                    { pointer: "/line_items/1/quantity", detail },
                ]);
            }
        });
    }

    it("is none that says more than we know yet", () => {
        const capabilities = {
            interventions: { supported: ["3ds", "palm_reading"], display_context: "hologram" },
            extensions: ["discount@2026-01-27", { name: "com.example.gifts" }],
        };
        const attribution = { provider: "x", publisher_id: "y", source: { type: "podcast", show: 7 }, mood: null };

        expect(
            validateCheckoutSessionCreateRequest(create({ capabilities, affiliate_attribution: attribution })),
        ).to.equal(true);
        expect(validateCancelSessionRequest({ intent_trace: { reason_code: "bored" }, other: 1 })).to.equal(true);
    });
});

describe("an order with more faults than anybody reads", () => {
    const notes = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`a b${index}`, [index]]));

    for (const [title, body] of [
        ["in its items", { customer: "Jo", total: 1, items: Array(85_000).fill({}) }],
        ["in its notes", { customer: "Jo", total: 1, items: ["Widget"], metadata: notes }],
    ] as const) {
        it(`${title} is refused at once, for the first of them`, () => {
            const began = performance.now();
            const parsed = parseOrder(body);

            expect("errors" in parsed && parsed.errors).to.have.length(20);
            expect(performance.now() - began).to.be.lessThan(2000);
        });
    }
});

describe("the formats of the documents", () => {
    const format = (name: string) => formats[name] ?? /^never$/;
    /** What the library that everybody else validates with says. */
    const isCommon = (name: "date-time" | "uri" | "email", text: string) => {
        const common = fullFormats[name];
        if (common instanceof RegExp) return common.test(text);
        if (typeof common === "object" && "validate" in common && typeof common.validate === "function") {
            return Reflect.apply(common.validate, undefined, [text]) === true;
        }
        return typeof common === "function" && Reflect.apply(common, undefined, [text]) === true;
    };

    const digits = (length: number, max: number) => fc.nat({ max }).map((value) => String(value).padStart(length, "0"));
    const time = fc.tuple(digits(2, 25), digits(2, 61), digits(2, 59), fc.constantFrom("", ".5", ".123456789", "."));
    const zone = fc.oneof(
        fc.constantFrom("Z", "z", "", "+00:00"),
        fc
            .tuple(fc.constantFrom("+", "-"), digits(2, 25), digits(2, 61))
            .map(([sign, hours, rest]) => `${sign}${hours}:${rest}`),
    );
    const dateTimes = fc
        .tuple(digits(4, 9999), digits(2, 13), digits(2, 32), fc.constantFrom("T", "t", "-"), time, zone)
        .map(([year, month, day, t, [hours, minutes, seconds, fraction], end]) => {
            return `${year}-${month}-${day}${t}${hours}:${minutes}:${seconds}${fraction}${end}`;
        });
    const uriParts = fc.constantFrom(
        ...[
            "http:",
            "urn:",
            "a+b:",
            "//",
            "/",
            "user@",
            "example.com",
            "[::1]",
            "[v7.a:b]",
            "[1:2:3:4:5:6:7:8]",
            "[::1.2.3.4]",
        ],
        ...[":8080", ":x", "a", "%20", "%2", "?", "#", "é", " ", '"', "[", "~!$&'()*+,;=", "1.2.3.4"],
    );
    const uris = fc.array(uriParts, { maxLength: 8 }).map((parts) => parts.join(""));

    it("take the points in time that others take, in the one form of RFC 3339", () => {
        const mayDiffer = (text: string) => /:60/.test(text);
        fc.assert(
            fc.property(dateTimes, (text) => {
                if (!mayDiffer(text))
                    expect(format("date-time").test(text), text).to.equal(isCommon("date-time", text));
            }),
            { numRuns: 3000 },
        );
        for (const text of ["2024-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "2016-12-31T23:59:60Z"]) {
            expect(format("date-time").test(text), text).to.equal(true);
        }
        for (const text of [
            "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-01-01T12:00:60Z",
        ]) {
            expect(format("date-time").test(text), text).to.equal(false);
        }
    });

    it("take the URLs that others take", () => {
        fc.assert(
            fc.property(uris, (text) => {
                expect(format("uri").test(text), text).to.equal(isCommon("uri", text));
            }),
            { numRuns: 3000 },
        );
    });

    it("are decided at once, however long the text", () => {
        for (const [name, text] of [
            ["uri", `http://${"a".repeat(100_000)}@${"b:".repeat(50_000)}"`],
            ["uri", `http:${"/a".repeat(60_000)}"`],
            ["email", `${"a.".repeat(60_000)}@`],
            ["email", `a@${"a-".repeat(60_000)}`],
            ["date-time", "1".repeat(100_000)],
        ] as const) {
            const start = performance.now();
            expect(format(name).test(text)).to.equal(false);
            expect(performance.now() - start, name).to.be.below(1000);
        }
    });
});
