import { expect } from "chai";
import fc from "fast-check";
import { reasons } from "../../runtime/checkoutSessions/events/event.ts";
import {
    validateCancelSessionRequest,
    validateCheckoutSessionCompleteRequest,
    validateCheckoutSessionCreateRequest,
    validateCheckoutSessionUpdateRequest,
    validateOrderUpdate,
} from "../../spec/generated/checkout.validators.js";
import { judge, ours, protocolFile, protocolMissing, protocolPresent, theirs } from "../protocol.ts";
import { valuesOfSchema } from "./support/arbitrary.ts";
import type { Definitions } from "./support/schema.ts";
import { type Rooted, refusals } from "./support/subset.ts";

const requests = [
    {
        name: "CheckoutSessionCreateRequest",
        withDiscounts: "checkout_create_request_with_discount",
        validate: validateCheckoutSessionCreateRequest,
    },
    {
        name: "CheckoutSessionUpdateRequest",
        withDiscounts: "checkout_update_request_with_discount",
        validate: validateCheckoutSessionUpdateRequest,
    },
    { name: "CheckoutSessionCompleteRequest", validate: validateCheckoutSessionCompleteRequest },
    { name: "CancelSessionRequest", validate: validateCancelSessionRequest },
] as const;
const answers = [
    { name: "CheckoutSession", withDiscounts: "checkout_with_discount" },
    { name: "CheckoutSessionWithOrder" },
    { name: "Order" },
    { name: "Error" },
    { name: "DiscoveryResponse" },
] as const;

const held = "a completion holds stock and codes in one transaction of at most 100 items";
/** What the protocol accepts in a request and we refuse. */
const refused: Readonly<Record<string, string>> = {
    "$.line_items: maxItems 85": held,
    "$.discounts.codes: maxItems 10": held,
    "$.coupons: maxItems 10": held,
    "$.fulfillment_groups: maxItems 20": "an order has as many fulfilments as groups, which are shipped one by one",
};

const quantities = "without a quantity an order could not hold two of one product";
const vocabularies = "the protocol's text requires that unknown names are ignored";
/** What we accept in a request and the protocol's JSON Schema does not. */
const tolerated: Readonly<Record<string, string>> = {
    "$.line_items[*].quantity: is not known": quantities,
    "$.line_items[*].item: is not known": quantities,
    "$.line_items[*].id: is required": "the id of the item is in its `item`",
    "$.capabilities.interventions.supported[*]: only 3ds, biometric, address_verification": vocabularies,
    "$.capabilities.interventions.required[*]: only 3ds, biometric": vocabularies,
    "$.capabilities.interventions.enforcement: only always, conditional, optional": vocabularies,
    "$.capabilities.interventions.display_context: only native, webview, modal, redirect": vocabularies,
    "$.capabilities.interventions.redirect_context: only in_app, external_browser, none": vocabularies,
    "$.capabilities.extensions[*]: is no object": "names and declarations may stand side by side",
    "$.capabilities.extensions: uniqueItems true": "an extension named twice does no harm",
    "$.affiliate_attribution.source.*: is not known": vocabularies,
    "$.affiliate_attribution.source.type: only url, platform, unknown": vocabularies,
    "$.affiliate_attribution.touchpoint: only first, last": vocabularies,
    "$.intent_trace.reason_code: only price_sensitivity, shipping_cost, shipping_speed, product_fit, trust_security, returns_policy, payment_options, comparison, timing_deferred, other":
        vocabularies,
};

/** What the protocol allows in an answer and ours never have: amounts below zero, and extensions that are bare names. */
const neverAnswered =
    /\.(amount|presentment_amount|unit_amount|unit_price|subtotal): minimum 0$|^\$\.capabilities\.extensions/;

const rooted = (definitions: Definitions, name: string): Rooted => ({
    schema: definitions[name] ?? false,
    definitions,
});
const namesOf = ({ name, ...rest }: { readonly name: string; readonly withDiscounts?: string }) =>
    rest.withDiscounts === undefined ? [name] : [name, rest.withDiscounts];

describe("the checkout contract and the protocol's JSON Schema", () => {
    before(function () {
        if (protocolPresent) return;
        console.log(`    skipped: ${protocolMissing}`);
        this.skip();
    });

    for (const request of requests) {
        it(`agree on ${request.name}, except for our documented differences`, () => {
            for (const name of namesOf(request)) {
                const [protocol, contract] = [rooted(theirs, name), rooted(ours, request.name)];
                expect(refusals(protocol, contract).filter((each) => !(each in refused))).to.deep.equal([]);
                expect(refusals(contract, protocol).filter((each) => !(each in tolerated))).to.deep.equal([]);
            }
        });
    }

    it("differ in every documented difference", () => {
        const differences = requests.flatMap(({ name }) => {
            const [protocol, contract] = [rooted(theirs, name), rooted(ours, name)];
            return [...refusals(protocol, contract), ...refusals(contract, protocol)];
        });

        expect(differences).to.include.members([...Object.keys(refused), ...Object.keys(tolerated)]);
    });

    for (const answer of answers) {
        it(`agree on ${answer.name}: ours is one of theirs, and has all of its members`, () => {
            for (const name of namesOf(answer)) {
                const [protocol, contract] = [rooted(theirs, name), rooted(ours, answer.name)];
                expect(refusals(contract, protocol)).to.deep.equal([]);
                expect(refusals(protocol, contract).filter((each) => !neverAnswered.test(each))).to.deep.equal([]);
            }
        });
    }

    it("agree on the protocol's examples", () => {
        const faultsOf = judge(ours);
        const examples = Object.entries(protocolFile("examples/examples.agentic_checkout.json") as object);
        const judged = examples.flatMap(([title, example]) => {
            const name = schemaOfExample(title);
            return name === undefined ? [] : [[title, faultsOf(name, example)]];
        });

        expect(judged).to.have.length(27);
        expect(judged.filter(([, faults]) => faults?.length !== 0)).to.deep.equal([]);
    });

    it("agree on the protocol's orders, and such an order can be sent as an update", () => {
        const faultsOf = judge(ours);
        for (const title of ["digital-fulfillment", "partial-fulfillment", "refunded-order", "shipped-order"]) {
            const { $schema: _, _description: __, ...order } = protocolFile(`examples/orders/${title}.json`) as Example;
            const { id, status, line_items, fulfillments, adjustments } = order;
            const update = JSON.parse(JSON.stringify({ orderId: id, status, line_items, fulfillments, adjustments }));

            expect(faultsOf("Order", order), title).to.deep.equal([]);
            if (!validateOrderUpdate(update)) expect.fail(`${title}: ${JSON.stringify(validateOrderUpdate.errors)}`);
        }
    });

    describe("are found to differ", () => {
        const changed = (change: (schemas: { [name: string]: Json }) => void): Definitions => {
            const copy = structuredClone(ours) as { [name: string]: Json };
            change(copy);
            return copy as Definitions;
        };
        const difference = (name: string, definitions: Definitions) =>
            refusals(rooted(theirs, name), rooted(definitions, name)).filter((each) => !(each in refused));
        const excess = (name: string, definitions: Definitions) =>
            refusals(rooted(definitions, name), rooted(theirs, name));

        it("when a property is required, typed, bounded or closed in another way", () => {
            const definitions = changed((schemas) => {
                Object.assign(schemas["Buyer"] ?? {}, { required: ["email", "full_name"] });
                Object.assign(schemas["OrderNotes"] ?? {}, { maxLength: 4999 });
                Object.assign(schemas["RiskSignals"] ?? {}, { additionalProperties: true });
                Object.assign(schemas["MarketingConsent"]?.["properties"] ?? {}, { channel: { type: "integer" } });
                Object.assign(schemas["AuthenticationResult"] ?? {}, { allOf: [] });
            });

            expect(difference("CheckoutSessionCompleteRequest", definitions)).to.have.members([
                "$.buyer.full_name: is required",
                "$.order_notes: maxLength 4999",
                "$.marketing_consents[*].channel: is no string",
            ]);
            expect(excess("CheckoutSessionCompleteRequest", definitions)).to.include.members([
                "$.risk_signals.*: is not known",
                '$.authentication_result: if {"properties":{"outcome":{"enum":["authenticated","informational","attempt_acknowledged"]}}}',
            ]);
        });

        it("when a list may be empty that two alternatives of the protocol would then both describe", () => {
            const definitions = changed((schemas) => {
                Object.assign(schemas["Capabilities"]?.["properties"] ?? {}, {
                    extensions: { type: "array", uniqueItems: true, items: { $ref: "#/$defs/ExtensionDeclaration" } },
                });
            });

            expect(excess("CheckoutSession", definitions)).to.deep.equal([
                "$.capabilities.extensions: meets several alternatives",
            ]);
        });
    });
});

describe("the validators of requests", () => {
    for (const { name, validate } of [...requests, { name: "OrderUpdate", validate: validateOrderUpdate } as const]) {
        it(`decide on ${name} as a plain reading of the document does`, () => {
            const faultsOf = judge(ours);
            const bodies = valuesOfSchema(ours[name] ?? false, ours);
            const decisions = new Set<boolean>();

            fc.assert(
                fc.property(bodies, fc.nat(), damages, (body, place, damage) => {
                    const damaged = damagedAt(body, place, damage);
                    for (const each of [body, damaged]) {
                        const isAccepted = faultsOf(name, each).length === 0;
                        decisions.add(isAccepted);
                        expect(validate(each), JSON.stringify(each)).to.equal(isAccepted);
                    }
                }),
                { numRuns: 60 },
            );
            expect([...decisions]).to.have.members([true, false]);
        });
    }
});

describe("the session history in the checkout contract", () => {
    it("has every reason for which a version is written", () => {
        expect(ours["VersionReason"]).to.deep.include({ enum: reasons });
    });
});

type Json = { [name: string]: Json };
type Example = Readonly<Record<string, unknown>>;

/** Which schema an example of the protocol is for; none for what is not ours, and for those that its schema refuses. */
function schemaOfExample(title: string): string | undefined {
    if (/^webhook_|^authentication_result_denied/.test(title)) return undefined;
    if (/^authentication_result_/.test(title)) return "AuthenticationResult";
    if (title.startsWith("create_") && title.includes("_request")) return "CheckoutSessionCreateRequest";
    if (title.startsWith("update_") && title.includes("_request")) return "CheckoutSessionUpdateRequest";
    if (title.startsWith("complete_") && title.includes("_request")) return "CheckoutSessionCompleteRequest";
    if (title.startsWith("cancel_") && title.includes("_request")) return "CancelSessionRequest";
    if (title === "complete_checkout_session_response") return "CheckoutSessionWithOrder";
    if (title.startsWith("error_")) return "Error";
    if (title.startsWith("discovery_")) return "DiscoveryResponse";
    return "CheckoutSession";
}

const damages = fc.constantFrom<unknown>(null, undefined, 0, -1, 1.5, 1e9, "", "x", true, [], {}, [null], { x: 1 });

/** The value with one of its members or elements replaced; `undefined` takes it away. */
function damagedAt(value: unknown, place: number, damage: unknown): unknown {
    const copy = structuredClone(value);
    const places = placesIn(copy);
    const { holder, name } = places[place % places.length] ?? {};
    if (holder === undefined || name === undefined) return damage ?? null;
    if (damage === undefined) Reflect.deleteProperty(holder, name);
    else Reflect.set(holder, name, damage);
    // An element that is taken away leaves no hole.
    return JSON.parse(JSON.stringify(copy));
}

function placesIn(value: unknown): { readonly holder: object; readonly name: string }[] {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, member]) => [{ holder: value, name }, ...placesIn(member)]);
}
