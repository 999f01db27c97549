import { expect } from "chai";
import fc from "fast-check";
import {
    fingerprintOf,
    InvalidOrderError,
    linesOf,
    metaIn,
    orderIn,
    parseOrder,
    withOrderId,
} from "../../runtime/orderIntake/order.ts";
import { cartBody, meta, productBody } from "./support/events.ts";

// ----- what the document in spec/ allows

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const word = (more: string, min: number, max: number) =>
    fc.string({ unit: fc.constantFrom(...letters, ...more), minLength: min, maxLength: max });
const orderId = fc.tuple(word("", 1, 1), word("._-", 0, 63)).map((parts) => parts.join(""));
const illegal = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;
// Some of these are letters and symbols.
const invisible = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
const shortText = fc
    .string({ unit: "binary", minLength: 1, maxLength: 255 })
    .filter((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text) && !invisible.test(text) && !illegal.test(text));
const productId = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 64 }).filter((id) => !id.includes(" "));
const quantity = fc.integer({ min: 1, max: 10_000 });
const amount = fc.oneof(fc.constant(0), fc.double({ min: 0.000001, max: 1e9, noNaN: true }));
const email = fc
    .tuple(word("!#$%&'*+/=?^_`{|}~.-", 1, 64), word("", 1, 60), word("", 1, 60))
    .map(([local, host, top]) => `${local}@${host}.${top}`);
const item = fc.record(
    { productName: shortText, quantity, productId, unitPrice: amount },
    { requiredKeys: ["productName", "quantity"] },
);
const note = fc.oneof(
    fc.string({ unit: "binary", maxLength: 500 }).filter((text) => !illegal.test(text)),
    fc.integer(),
    fc.boolean(),
);
const cart = fc.record(
    {
        orderId,
        customer: fc.oneof(shortText, fc.record({ email, name: shortText }, { requiredKeys: ["email"] })),
        items: fc.array(fc.oneof(shortText, item), { minLength: 1, maxLength: 99, size: "small" }),
        total: amount,
        currency: fc.constantFrom("EUR", "usd", "JPY"),
        metadata: fc.dictionary(
            word("_.:-", 1, 64).filter((name) => name !== "__proto__" && name !== "constructor"),
            note,
            { maxKeys: 50 },
        ),
    },
    { requiredKeys: ["customer", "items", "total"] },
);
const product = fc.record(
    { orderId, productId, productName: shortText, quantity, customerEmail: email },
    { requiredKeys: ["productId", "productName", "quantity", "customerEmail"] },
);

const pointersOf = (body: unknown): string[] => {
    const parsed = parseOrder(body);
    return "errors" in parsed ? parsed.errors.map(({ pointer }) => pointer) : [];
};

describe("the schema of an order", () => {
    it("accepts both documented bodies", () => {
        expect(parseOrder(cartBody)).to.deep.equal({ body: cartBody });
        expect(parseOrder(productBody)).to.deep.equal({ body: productBody });
    });

    it("accepts every body that its document describes", () => {
        fc.assert(
            fc.property(fc.oneof(cart, product), (body) => {
                expect(pointersOf(body)).to.deep.equal([]);
            }),
        );
    });

    const wrong: Readonly<Record<string, readonly unknown[]>> = {
        orderId: ["", "-a", "a b", "x".repeat(65), 12345, {}, "ä"],
        customer: [
            "",
            "   ",
            "\u200b\ufeff",
            "\u2800",
            "\u3164\u00ad",
            "\u0301",
            "x".repeat(256),
            5,
            null,
            [],
            true,
            "a\u0007",
            "\udfff",
        ],
        items: [[], "Widget", null, {}, Array.from({ length: 100 }, () => "x")],
        total: [-0.01, 1e9 + 1, "1", null, Number.POSITIVE_INFINITY, Number.NaN, 1e-9, 5e-324, [], true],
        currency: ["", "EURO", "€", 978, "ABC", "BTC", "DEM"],
        metadata: [
            [],
            "x",
            { note: "a\u0000" },
            Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 1])),
        ],
        productId: ["", " ", "x".repeat(65), 12345, null, "a\u0000"],
        productName: ["", "\t", "\u200d", "x".repeat(256), 1, null, "\ufdd0"],
        quantity: [0, -1, 1.5, 10_001, 1e21, "2", null, Number.NaN],
        customerEmail: [
            "",
            "unknown",
            "a@b",
            "a b@c.de",
            "a@b..de",
            "@b.de",
            `${"x".repeat(65)}@b.de`,
            "a@-b.de",
            5,
            null,
        ],
    };
    it("accepts shops' exports: long names, notes of several lines, every currency, null for absent members", () => {
        const body = {
            ...cartBody,
            customer: { name: null, email: "ada@example.com" },
            items: [{ productId: null, productName: "x".repeat(255), quantity: 1, unitPrice: null }],
            currency: "xcg",
            metadata: { gift: "Dear Ada,\r\n\thappy birthday\nCharles", coupon: null },
        };

        expect(parseOrder(structuredClone(body))).to.deep.equal({
            body: {
                ...body,
                customer: { email: "ada@example.com" },
                items: [{ productName: "x".repeat(255), quantity: 1 }],
                metadata: { gift: body.metadata.gift },
            },
        });
        expect(parseOrder({ ...cartBody, orderId: null, currency: null, metadata: null })).to.deep.equal({
            body: { customer: cartBody.customer, items: cartBody.items, total: cartBody.total },
        });
        expect(parseOrder({ ...productBody, orderId: null })).to.deep.equal({ body: productBody });
        expect(pointersOf({ ...cartBody, total: null })).to.deep.equal(["/total"]);
        expect(pointersOf({ ...cartBody, items: [null] })).to.deep.equal(["/items/0"]);
    });

    it("rejects metadata named as objects name their own members, which the table cannot keep", () => {
        for (const name of ["__proto__", "constructor"]) {
            const body: unknown = JSON.parse(`{"customer":"A","items":["B"],"total":1,"metadata":{"${name}":"x"}}`);
            expect(pointersOf(body)).to.deep.equal([`/metadata/${name}`]);
        }
    });

    for (const [form, bodies] of [
        ["cart", cart],
        ["product", product],
    ] as const) {
        it(`rejects a ${form} order with one member spoilt, and points at it`, () => {
            const spoilt = bodies.chain((body) =>
                fc
                    .constantFrom(...Object.keys(wrong).filter((name) => Object.hasOwn(body, name)))
                    .chain((name) =>
                        fc
                            .constantFrom(...(wrong[name] ?? []))
                            .map((value) => ({ name, body: { ...body, [name]: value } })),
                    ),
            );
            fc.assert(
                fc.property(spoilt, ({ name, body }) => {
                    const pointers = pointersOf(body);
                    expect(pointers).not.to.deep.equal([]);
                    for (const pointer of pointers)
                        expect(`${pointer}/`.startsWith(`/${name}/`), pointer).to.equal(true);
                }),
            );
        });

        it(`rejects a ${form} order with a member taken away, and points at where it should be`, () => {
            const required = form === "cart" ? ["customer", "items", "total"] : Object.keys(productBody);
            fc.assert(
                fc.property(bodies, fc.constantFrom(...required), (body, name) => {
                    const { [name]: _, ...rest }: Record<string, unknown> = body;
                    expect(pointersOf(rest)).to.deep.equal([`/${name}`]);
                }),
            );
        });

        it(`rejects a ${form} order with a member too many, and points at it`, () => {
            const unknown = fc
                .oneof(
                    fc.string({ minLength: 1 }),
                    fc.constantFrom("__proto__", "constructor", "status", "lines", "a/b", "~"),
                )
                .filter((name) => !Object.hasOwn(wrong, name));
            fc.assert(
                fc.property(bodies, unknown, (body, name) => {
                    // As text, because an object literal takes __proto__ for something else.
                    const received = JSON.parse(`{${JSON.stringify(name)}:1,${JSON.stringify(body).slice(1)}`);
                    expect(pointersOf(received)).to.deep.equal([
                        `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
                    ]);
                }),
            );
        });
    }

    it("points into customer, items and metadata", () => {
        const body = {
            ...cartBody,
            customer: { name: "", email: "x" },
            items: ["ok", { productName: "A", quantity: 0, unitPrice: -1, colour: "red" }, 5],
            metadata: { ok: 1, "not ok": 2, long: "x".repeat(501), nested: {}, huge: 1e300 },
        };

        expect(pointersOf(body)).to.have.members([
            "/customer/name",
            "/customer/email",
            "/items/1/quantity",
            "/items/1/unitPrice",
            "/items/1/colour",
            "/items/2",
            "/metadata/not ok",
            "/metadata/long",
            "/metadata/nested",
            "/metadata/huge",
        ]);
    });

    it("describes each error in words", () => {
        const parsed = parseOrder({ orderId: "a b", customer: 5, items: [], total: -1, more: 1 });

        expect("errors" in parsed && parsed.errors).to.have.deep.members([
            { pointer: "/more", detail: "is not a known property" },
            {
                pointer: "/orderId",
                detail: "must be 1 to 64 letters, digits or . _ - and begin with a letter or digit",
            },
            { pointer: "/customer", detail: "must be a string or an object" },
            { pointer: "/items", detail: "must have at least 1 elements" },
            { pointer: "/total", detail: "must be at least 0" },
        ]);
    });

    it("reports errors of the intended form", () => {
        expect(pointersOf({})).to.have.members(["/customer", "/items", "/total"]);
        expect(pointersOf({ quantity: 2 })).to.have.members(["/productId", "/productName", "/customerEmail"]);
        expect(pointersOf({ ...cartBody, quantity: 2 })).to.deep.equal(["/quantity"]);
    });

    for (const [where, body] of [
        ["in its items", { ...cartBody, customer: " ".repeat(100_000), items: Array(85_000).fill({}) }],
        [
            "in its notes",
            {
                ...cartBody,
                metadata: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`a b${index}`, [index]])),
            },
        ],
    ] as const) {
        it(`refuses a body that is wrong from end to end ${where} at once, for the first of its faults`, () => {
            const { user } = process.cpuUsage();
            const parsed = parseOrder(body);

            expect("errors" in parsed && parsed.errors).to.have.length(20);
            expect(process.cpuUsage().user - user, "µs").to.be.lessThan(1_000_000);
        });
    }
});

describe("an order", () => {
    it("has the same lines in either form", () => {
        const items = ["Widget A", { productId: "p", productName: "B", quantity: 3, unitPrice: 1.5 }];

        expect(linesOf(withOrderId({ ...cartBody, items }, "1"))).to.deep.equal([
            { name: "Widget A", quantity: 1 },
            { productId: "p", name: "B", quantity: 3, unitPrice: 1.5 },
        ]);
        expect(linesOf(withOrderId(productBody, "1"))).to.deep.equal([
            { productId: "12345", name: "Eco-Friendly Cleaner", quantity: 2 },
        ]);
    });

    it("has one fingerprint, whatever the order of its members", () => {
        fc.assert(
            fc.property(fc.oneof(cart, product), (body) => {
                const order = withOrderId(body, "id");
                const turned = withOrderId(Object.fromEntries(Object.entries(body).toReversed()) as typeof body, "id");
                expect(fingerprintOf(turned)).to.equal(fingerprintOf(order));
            }),
        );
    });

    it("has another fingerprint when anything in it differs", () => {
        const order = withOrderId({ ...cartBody, customer: { name: "A", email: "a@b.de" } }, "1");
        const others = [
            { ...order, total: 99.98 },
            { ...order, items: ["Widget B", "Widget A"] },
            { ...order, customer: { name: "B", email: "a@b.de" } },
            { ...order, metadata: {} },
        ];

        for (const other of others) expect(fingerprintOf(other)).not.to.equal(fingerprintOf(order));
    });

    it("is found again in a record that holds more", () => {
        const more = { lines: [], meta, fingerprint: "f", status: "received", storedAt: "now" };

        expect(orderIn({ ...more, ...cartBody })).to.deep.equal(cartBody);
        expect(orderIn({ ...more, ...productBody, orderId: "1", customer: {}, items: [] })).to.deep.equal({
            orderId: "1",
            ...productBody,
        });
        expect(metaIn(more)).to.deep.equal(meta);
    });

    it("is not found in a record that holds none", () => {
        for (const record of [{}, { ...cartBody, total: "x" }, productBody]) {
            expect(() => orderIn(record)).to.throw(InvalidOrderError);
        }
        for (const wrong of [undefined, {}, { ...meta, receivedAt: "yesterday" }]) {
            expect(() => metaIn({ meta: wrong })).to.throw(InvalidOrderError);
        }
    });
});
