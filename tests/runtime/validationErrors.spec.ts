import type { ValidateFunction } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { expect } from "chai";
import fc from "fast-check";
import { jsonPathOf, limited, shortPointer, validationErrorsOf } from "../../runtime/shared/validationErrors.ts";
import {
    validateCheckoutSessionCompleteRequest as completes,
    validateCheckoutSessionCreateRequest as creates,
    rules,
    validateCheckoutSessionUpdateRequest as updates,
    validateOrderUpdate as updatesOrder,
    validateCancelSessionRequest,
} from "../../spec/generated/checkout.validators.js";
import { formats } from "../../tools/formats.ts";
import { isProof } from "../proof.ts";

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

    it("has a different path for each pointer", () => {
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

    const cases: readonly (readonly [string, ValidateFunction, unknown, string])[] = [
        ["no body", creates, null, "$ must be an object"],
        ["a missing member", creates, {}, "$.line_items is required"],
        ["an unknown member", updates, { currency: "eur" }, "$.currency is not a known property"],
        [
            "a text that is null",
            updates,
            { buyer: { email: "jo@example.com", full_name: null } },
            "$.buyer.full_name must be a string",
        ],
        ["no lines", creates, create({ line_items: [] }), "$.line_items must have at least 1 elements"],
        [
            "more lines than an order takes",
            updates,
            { line_items: Array(100).fill({ id: "widget" }) },
            "$.line_items must have at most 85 elements",
        ],
        ["a line without an item", updates, { line_items: [{ quantity: 2 }] }, "$.line_items[0].id is required"],
        ["a line whose item has no id", updates, { line_items: [{ item: {} }] }, "$.line_items[0].item.id is required"],
        [
            "a line whose item is null",
            updates,
            { line_items: [{ id: "widget", item: null }] },
            "$.line_items[0].item must be an object",
        ],
        [
            "an unknown value",
            updates,
            { fulfillment_groups: [{ id: "g", item_ids: [], destination_type: "drone" }] },
            "$.fulfillment_groups[0].destination_type must be one of shipping, digital, pickup, local_delivery",
        ],
        ["what is no e-mail address", updates, { buyer: { email: "jo" } }, "$.buyer.email must be an e-mail address"],
        [
            "notes beyond all measure",
            updates,
            { order_notes: "x".repeat(5001) },
            "$.order_notes must have at most 5000 characters",
        ],
        [
            "an extension that is a number",
            creates,
            create({ capabilities: { extensions: ["discount", 1] } }),
            "$.capabilities.extensions[1] must be a string or an object",
        ],
        [
            "an extension with a strange name",
            creates,
            create({ capabilities: { extensions: [{ name: "Discount" }] } }),
            `$.capabilities.extensions[0].name ${rules["^[a-z][a-z0-9_-]*(@\\d{4}-\\d{2}-\\d{2})?$|^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_-]*)+(@\\d{4}-\\d{2}-\\d{2})?$"]}`,
        ],
        [
            "an extension of a thing twice",
            creates,
            create({ capabilities: { extensions: [{ name: "a", extends: ["$.A", "$.B", "$.A"] }] } }),
            "$.capabilities.extensions[0].extends must not have the same element twice: 2 and 0 are equal",
        ],
        [
            "a note that is a list",
            validateCancelSessionRequest,
            { intent_trace: { reason_code: "bored", metadata: { "score of 1": [] } } },
            "$.intent_trace.metadata['score of 1'] must be a string or a number or a boolean",
        ],
        ["no way to pay", completes, { payment_data: {} }, "$.payment_data.handler_id is required"],
        [
            "a handler without an instrument",
            completes,
            { payment_data: { handler_id: "card" } },
            "$.payment_data.instrument is required",
        ],
        [
            "a time that is a day",
            completes,
            { payment_data: { purchase_order_number: "4711", due_date: "2026-04-17" } },
            "$.payment_data.due_date must be a point in time in the form of RFC 3339, such as 2026-04-17T10:00:00Z",
        ],
        [
            "an authentication without its proof",
            completes,
            complete({ authentication_result: { outcome: "authenticated" } }),
            "$.authentication_result.outcome_details is required",
        ],
        [
            "a link without a scheme",
            updatesOrder,
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

                expect(creates(body)).to.equal(false);
                expect(validationErrorsOf(creates.errors, rules)).to.deep.equal([
                    { pointer: "/line_items/1/quantity", detail },
                ]);
            }
        });
    }

    it("accepts unknown names of capabilities, extensions and attributions", () => {
        const capabilities = {
            interventions: { supported: ["3ds", "palm_reading"], display_context: "hologram" },
            extensions: ["discount@2026-01-27", { name: "com.example.gifts" }],
        };
        const attribution = { provider: "x", publisher_id: "y", source: { type: "podcast", show: 7 }, mood: null };

        expect(creates(create({ capabilities, affiliate_attribution: attribution }))).to.equal(true);
        expect(validateCancelSessionRequest({ intent_trace: { reason_code: "bored" }, other: 1 })).to.equal(true);
    });
});

describe("the formats of the documents", () => {
    const format = (name: string) => formats[name] ?? /^never$/;
    /** The result of the common validation library. */
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

    it("accept the points in time that a reference library accepts, in the form of RFC 3339", () => {
        // Of leap seconds the library also takes those at the hour 24.
        const mayDiffer = (text: string) => /:60|^.{11}24/.test(text);
        fc.assert(
            fc.property(dateTimes, (text) => {
                if (!mayDiffer(text))
                    expect(format("date-time").test(text), text).to.equal(isCommon("date-time", text));
            }),
            { numRuns: isProof ? 3000 : 500 },
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

    it("accept the URLs that a reference library accepts", () => {
        fc.assert(
            fc.property(uris, (text) => {
                expect(format("uri").test(text), text).to.equal(isCommon("uri", text));
            }),
            { numRuns: isProof ? 3000 : 500 },
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
            const before = process.cpuUsage();
            expect(format(name).test(text)).to.equal(false);
            // In the square of the length it takes minutes.
            expect(process.cpuUsage(before).user, `${name}, µs`).to.be.lessThan(5_000_000);
        }
    });
});

describe("Errors that a response names", () => {
    const errors = (count: number, pointer = "/a") =>
        Array.from({ length: count }, (_, index) => ({ pointer: `${pointer}/${index}`, detail: "is wrong" }));

    it("are all, up to 20", () => {
        for (const count of [0, 1, 20]) expect(limited(errors(count))).to.deep.equal(errors(count));
        expect(limited(errors(21)).slice(0, 19)).to.deep.equal(errors(19));
        expect(limited(errors(21)).slice(19)).to.deep.equal([{ pointer: "", detail: "and 2 more" }]);
    });

    it("have the nearest place whose pointer is short, and stay as they are when they are limited again", () => {
        fc.assert(
            fc.property(fc.array(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), (names) => {
                const pointer = names.map((name) => `/${name.replaceAll("/", "~1")}`).join("");
                const short = shortPointer(pointer);
                expect(short).to.have.length.at.most(200);
                expect(`${pointer}/`.startsWith(`${short}/`)).to.equal(true);
                const once = limited(errors(30, pointer));
                expect(limited(once)).to.deep.equal(once);
            }),
        );
    });
});
