import { inspect } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import { EnvironmentError } from "../../runtime/shared/environment.ts";
import { commercetoolsAccountIn, segmentAccountIn } from "../../runtime/webhookFanout/customers/accounts.ts";
import {
    type CommercetoolsCustomer,
    extractCustomerFromPayload,
    fields,
} from "../../runtime/webhookFanout/customers/customer.ts";
import { type Marks, marked, outstanding } from "../../runtime/webhookFanout/customers/marks.ts";
import { readNotification } from "../../runtime/webhookFanout/customers/notification.ts";
import { traitsOf } from "../../runtime/webhookFanout/customers/traits.ts";
import {
    changeNotification,
    cloudEvent,
    customerCreated,
    customerId,
    platformMessage,
    seedPayload,
} from "./support/customers.ts";

const anyStreet = {
    streetName: "Any Street",
    streetNumber: "1337",
    city: "Any City",
    postalCode: "11111",
    country: "US",
};
const sideStreet = { streetName: "Side Street", city: "Other City", postalCode: "22222", country: "DE" };

describe("extractCustomerFromPayload", () => {
    const created = {
        email: "johndoe@example.com",
        firstName: "John",
        lastName: "Doe",
        companyName: null,
        dateOfBirth: null,
        createdAt: "2022-09-19T14:34:35.843Z",
        addresses: [anyStreet, sideStreet],
        phone: null,
    };
    const address = { id: "a1", ...anyStreet };
    const payloads: [what: string, payload: unknown, customer: CommercetoolsCustomer][] = [
        ["the source system's CustomerUpdated", seedPayload, seedPayload.customer],
        ["the source system's CustomerCreated", { ...seedPayload, type: "CustomerCreated" }, seedPayload.customer],
        ["CustomerCreated, with the default address first", customerCreated(), created],
        ["CustomerCreated as a CloudEvent", cloudEvent(customerCreated()), created],
        [
            "CustomerEmailChanged",
            platformMessage("CustomerEmailChanged", 2, { email: "new@example.com", oldEmail: "old@example.com" }),
            { email: "new@example.com" },
        ],
        [
            "CustomerFirstNameSet",
            platformMessage("CustomerFirstNameSet", 2, { firstName: "Jane" }),
            { firstName: "Jane" },
        ],
        [
            "CustomerFirstNameSet without one: it was removed",
            platformMessage("CustomerFirstNameSet", 2, {}),
            { firstName: null },
        ],
        [
            "CustomerLastNameSet as a CloudEvent",
            cloudEvent(platformMessage("CustomerLastNameSet", 2, { lastName: "Roe" })),
            { lastName: "Roe" },
        ],
        [
            "CustomerDefaultShippingAddressSet",
            platformMessage("CustomerDefaultShippingAddressSet", 2, { address }),
            { addresses: [anyStreet], phone: null },
        ],
        [
            "the source system's CustomerCreated, as a whole: without a last name there is none",
            { ...seedPayload, type: "CustomerCreated", customer: { firstName: "John" } },
            { firstName: "John", lastName: null },
        ],
        [
            "the source system's CustomerUpdated, which may be a part",
            { ...seedPayload, customer: { firstName: "John" } },
            { firstName: "John" },
        ],
        [
            "a customer with fields that are null",
            {
                ...seedPayload,
                customer: { email: null, firstName: null, lastName: null, fullName: null, addresses: null },
            },
            { email: null, firstName: null, lastName: null, fullName: null, addresses: null },
        ],
        [
            "a customer with fields of wrong types, without them",
            { ...seedPayload, customer: { email: 5, firstName: "John", lastName: {}, addresses: "here" } },
            { firstName: "John" },
        ],
        [
            "addresses with fields of wrong types, without them",
            { ...seedPayload, customer: { addresses: [{ city: "Any City", country: 49 }, "Any Street", null] } },
            { addresses: [{ city: "Any City" }] },
        ],
    ];
    for (const [what, payload, customer] of payloads) {
        it(`takes ${what}`, () => {
            expect(extractCustomerFromPayload(payload)).to.deep.equal(customer);
        });
    }

    it("takes the default for billing where there is none for shipping, and else the first address", () => {
        const cities = (over: object) =>
            extractCustomerFromPayload(customerCreated(1, over))?.addresses?.map(({ city }) => city);
        expect(cities({ defaultShippingAddressId: undefined, defaultBillingAddressId: "a1" })).to.deep.equal([
            "Any City",
            "Other City",
        ]);
        expect(cities({ defaultShippingAddressId: undefined })).to.deep.equal(["Other City", "Any City"]);
        expect(cities({ defaultShippingAddressId: "gone" })).to.deep.equal(["Other City", "Any City"]);
    });

    it("takes the region of an address without a state, and the mobile number of one without a phone", () => {
        const of = (over: object) =>
            extractCustomerFromPayload(customerCreated(1, { addresses: [{ country: "US", ...over }] }));
        expect(of({ region: "North", mobile: "2" })).to.deep.include({
            addresses: [{ state: "North", country: "US" }],
            phone: "2",
        });
        expect(of({ region: "North", state: "CA", mobile: "2", phone: "1" })).to.deep.include({
            addresses: [{ state: "CA", country: "US" }],
            phone: "1",
        });
        expect(of({})).to.deep.include({ addresses: [{ country: "US" }], phone: null });
    });

    const none: [what: string, payload: unknown][] = [
        ["nothing", undefined],
        ["null", null],
        ["a text", "CustomerCreated"],
        ["a number", 5],
        ["a list", [seedPayload]],
        ["an empty object", {}],
        ["a payload without notificationType", { ...seedPayload, notificationType: undefined }],
        ["another notificationType", { ...seedPayload, notificationType: "ResourceCreated" }],
        ["an unknown type", { ...seedPayload, type: "CustomerImproved" }],
        ["a type that is a member of every object", { ...seedPayload, type: "constructor" }],
        ["a type that is no text", { ...seedPayload, type: ["CustomerCreated"] }],
        ["no customer", { ...seedPayload, customer: undefined }],
        ["a customer that is no object", { ...seedPayload, customer: "John" }],
        ["a customer without any field", { ...seedPayload, customer: {} }],
        [
            "CustomerDefaultShippingAddressSet without one: another address is the main one then, or none",
            platformMessage("CustomerDefaultShippingAddressSet", 2, {}),
        ],
        ["a first name of no text", platformMessage("CustomerFirstNameSet", 2, { firstName: 5 })],
        ["an address alone", platformMessage("CustomerAddressAdded", 2, { address })],
        ["an email of no text", platformMessage("CustomerEmailChanged", 2, { email: 5 })],
        ...["CustomerFirstNameSet", "CustomerLastNameSet", "CustomerCompanyNameSet", "CustomerDateOfBirthSet"].flatMap(
            (type): [string, unknown][] => [
                [`a ${type} that was too large`, withoutValues(platformMessage(type, 2, {}))],
                [
                    `a ${type} that was too large, and has its type, too`,
                    { ...withoutValues(platformMessage(type, 2, {})), type },
                ],
                [`a ${type} as a CloudEvent without its payload`, cloudEvent(platformMessage(type, 2, {}), false)],
            ],
        ),
        ["a change notification", changeNotification("ResourceUpdated")],
        ["another resource", { ...customerCreated(), resource: { typeId: "customer-group", id: customerId } }],
        ["a token", platformMessage("CustomerPasswordTokenCreated", 2, { value: "token-value", customerId })],
    ];
    for (const [what, payload] of none) {
        it(`gives null for ${what}`, () => {
            expect(extractCustomerFromPayload(payload)).to.equal(null);
        });
    }

    it("gives the customer's fields or null for any JSON, and never a password", () => {
        const known: readonly string[] = fields;
        const value = fc.jsonValue();
        const payload = fc.oneof(
            value,
            fc.record({
                notificationType: fc.constantFrom("Message", "ResourceCreated"),
                type: fc.constantFrom("CustomerCreated", "CustomerUpdated", "CustomerFirstNameSet"),
                customer: fc.oneof(
                    value,
                    fc.record({ email: value, password: fc.constant("secret"), addresses: value }),
                ),
                firstName: value,
            }),
        );
        fc.assert(
            fc.property(payload, (given) => {
                const customer = extractCustomerFromPayload(given);
                for (const name of Object.keys(customer ?? {})) expect(known).to.include(name);
            }),
        );
    });
});

describe("a notification of commercetools", () => {
    const read = (payload: unknown) =>
        readNotification({
            id: "5e1a6e8c-0000-4000-8000-000000000001",
            publishedAt: "2022-10-25T13:30:10.000Z",
            text: typeof payload === "string" ? payload : JSON.stringify(payload),
        });

    it("has its customer, its change and the change's position", () => {
        const message = platformMessage("CustomerLastNameSet", 2, { lastName: "Doe" });
        expect(read(message)).to.deep.equal({
            is: "change",
            change: {
                subject: { key: customerId, person: { userId: customerId } },
                source: { projectKey: "demo", customerId },
                messageId: `ct-demo-${message.id}`,
                happenedAt: "2022-10-25T13:30:09.760Z",
                order: 2,
                scale: "sequence",
                version: 2,
                content: { customer: { lastName: "Doe" }, changes: ["lastName", "fullName"], lacks: ["fullName"] },
            },
        });
        expect(read(cloudEvent(message))).to.deep.equal(read(message));
    });

    it("of the source system is identified by the e-mail address and SNS's message id", () => {
        const reading = read(seedPayload);
        expect(reading)
            .to.have.nested.property("change.subject.person.anonymousId")
            .that.matches(/^[0-9a-f-]{36}$/);
        expect(reading).to.deep.nested.include({
            "change.messageId": "ct-5e1a6e8c-0000-4000-8000-000000000001",
            "change.happenedAt": "2022-10-25T13:30:10.000Z",
            "change.order": Date.parse("2022-10-25T13:30:10.000Z"),
            "change.scale": "published",
        });
        expect(reading).not.to.have.nested.property("change.source");
    });

    it("has an id below Segment's 100 characters, however long its parts", () => {
        const id = "i".repeat(64);
        const reading = read(platformMessage("CustomerLastNameSet", 2, { lastName: "Doe" }, { id, projectKey: id }));
        expect(reading).to.have.nested.property("change.messageId").that.has.length.below(100);
    });

    for (const [what, payload] of [
        ["a message", platformMessage("CustomerDeleted", 9, { email: "johndoe@example.com" })],
        ["a CloudEvent", cloudEvent(platformMessage("CustomerDeleted", 9, {}))],
        ["a CloudEvent without its payload", cloudEvent(platformMessage("CustomerDeleted", 9, {}), false)],
        ["a change notification", changeNotification("ResourceDeleted")],
    ] as const) {
        it(`can say by ${what} that the customer is deleted`, () => {
            expect(read(payload)).to.deep.nested.include({
                is: "deletion",
                "deletion.subject": { key: customerId, person: { userId: customerId } },
                "deletion.source": { projectKey: "demo", customerId },
                "deletion.dataErasure": false,
            });
        });
    }

    it("says whether the customer's data were erased", () => {
        const erased = changeNotification("ResourceDeleted", { dataErasure: true });
        expect(read(erased)).to.have.nested.property("deletion.dataErasure", true);
    });

    for (const [what, payload] of [
        ["ResourceCreated of a later version", changeNotification("ResourceCreated")],
        ["ResourceUpdated", changeNotification("ResourceUpdated", { oldVersion: 1 })],
        ["ResourceUpdated as a CloudEvent", cloudEvent(changeNotification("ResourceUpdated"))],
        [
            "ResourceUpdated as a CloudEvent without its payload",
            cloudEvent(changeNotification("ResourceUpdated"), false),
        ],
    ] as const) {
        it(`is a change without values: ${what}`, () => {
            const reading = read(payload);
            expect(reading).to.have.nested.property("change.source.customerId", customerId);
            expect(reading).to.have.nested.property("change.content.is", "unusable");
        });
    }

    for (const [what, payload] of [
        ["a message whose values were too large", withoutValues(customerCreated())],
        ["the same with its type", { ...withoutValues(customerCreated()), type: "CustomerCreated" }],
        ["a CloudEvent without its payload", cloudEvent(customerCreated(), false)],
    ] as const) {
        it(`ends older values by its type, although it is ${what}`, () => {
            expect(read(payload)).to.have.deep.nested.property("change.content", {
                customer: { createdAt: "2022-10-25T13:30:09.760Z" },
                changes: fields,
                lacks: fields.filter((field) => field !== "createdAt"),
            });
        });
    }

    it("of a customer's first version contains the time of that", () => {
        const reading = read(changeNotification("ResourceCreated", { version: 1 }));
        expect(reading).to.have.deep.nested.property("change.content.customer", {
            createdAt: "2022-10-25T13:30:09.760Z",
        });
        expect(reading).to.have.deep.nested.property("change.content.changes", ["createdAt"]);
    });

    const ignored: [what: string, payload: unknown, why: RegExp][] = [
        [
            "the test of a subscription",
            changeNotification("ResourceCreated", { resource: { typeId: "subscription", id: "s-1" } }),
            /test/,
        ],
        ["an order", changeNotification("ResourceUpdated", { resource: { typeId: "order", id: "o-1" } }), /not about/],
        [
            "a token",
            platformMessage(
                "CustomerPasswordTokenCreated",
                1,
                { value: "token-value" },
                { resource: { typeId: "customer-password-token", id: "t-1" } },
            ),
            /not about/,
        ],
        [
            "a customer group",
            platformMessage(
                "CustomerGroupCustomFieldAdded",
                1,
                {},
                { resource: { typeId: "customer-group", id: "g" } },
            ),
            /not about/,
        ],
    ];
    for (const [what, payload, why] of ignored) {
        it(`is ignored when it is about ${what}`, () => {
            const reading = read(payload);
            expect(reading).to.include({ is: "ignored" });
            expect(JSON.stringify(reading)).to.match(why).and.not.contain("token-value");
        });
    }

    for (const type of ["CustomerTitleSet", "CustomerGroupSet", "CustomerPasswordUpdated", "CustomerStoresSet"]) {
        it(`changes no trait of Segment when it is a ${type}`, () => {
            expect(read(platformMessage(type, 2, {}))).to.have.nested.property("change.content.is", "ignored");
        });
    }

    const unusable: [what: string, payload: unknown][] = [
        ["no JSON", "{johndoe@example.com"],
        ["no object", "[]"],
        ["nothing of commercetools'", { hello: "johndoe@example.com" }],
        ["another kind of notification", { ...seedPayload, notificationType: "Event" }],
        ["a customer without an id", { ...customerCreated(), resource: { typeId: "customer" } }],
        ["a customer whose id is none", { ...customerCreated(), resource: { typeId: "customer", id: "../orders" } }],
        ["a change without a customer", { ...changeNotification("ResourceUpdated"), resource: undefined }],
        ["a customer with neither id nor e-mail address", { ...seedPayload, customer: { firstName: "John" } }],
    ];
    for (const [what, payload] of unusable) {
        it(`cannot be used when it is ${what}, and the reason quotes nothing`, () => {
            const reading = read(payload);
            expect(reading).to.include({ is: "unusable" });
            expect(JSON.stringify(reading)).not.to.match(/johndoe|John|\.\.\//);
        });
    }
});

describe("the traits of a customer", () => {
    const cases: [what: string, customer: CommercetoolsCustomer, traits: object][] = [
        [
            "all that is known",
            seedPayload.customer,
            {
                email: "johndoe@example.com",
                firstName: "John",
                lastName: "Doe",
                name: "John Doe",
                address: { street: "Any Street 1337", city: "Any City", postalCode: "11111", country: "US" },
            },
        ],
        [
            "the full name that is given",
            { fullName: "Dr. John Doe", firstName: "John" },
            { name: "Dr. John Doe", firstName: "John" },
        ],
        [
            "a name of both its parts",
            { firstName: "John", lastName: "Doe" },
            { firstName: "John", lastName: "Doe", name: "John Doe" },
        ],
        [
            "a name of the only part",
            { firstName: "John", lastName: null },
            { firstName: "John", lastName: null, name: "John" },
        ],
        ["no name of no part", { firstName: null, lastName: null }, { firstName: null, lastName: null, name: null }],
        ["no name while a part is unknown", { firstName: "John" }, { firstName: "John" }],
        ["the end of an e-mail address", { email: null }, { email: null }],
        ["the end of addresses", { addresses: [] }, { address: null }],
        ["the end of addresses that are null", { addresses: null }, { address: null }],
        ["an address of nothing", { addresses: [{ city: null }] }, { address: null }],
        [
            "what Segment's specification names otherwise",
            {
                companyName: "Acme",
                dateOfBirth: "1980-02-29",
                createdAt: "2022-09-19T14:34:35.843Z",
                phone: "+49 30 1",
            },
            {
                company: { name: "Acme" },
                birthday: "1980-02-29",
                createdAt: "2022-09-19T14:34:35.843Z",
                phone: "+49 30 1",
            },
        ],
        ["the end of a company", { companyName: null, phone: null }, { company: null, phone: null }],
        ["a state", { addresses: [{ state: "CA" }] }, { address: { state: "CA" } }],
        [
            "part of an address",
            { addresses: [{ streetName: "Any Street", city: "" }] },
            { address: { street: "Any Street" } },
        ],
        ["nothing", {}, {}],
    ];
    for (const [what, customer, traits] of cases) {
        it(`are ${what}`, () => {
            expect(traitsOf(customer)).to.deep.equal(traits);
        });
    }
});

describe("the secret of an account", () => {
    const account = (over: object) =>
        JSON.stringify({ projectKey: "demo", clientId: "client-1", clientSecret: "client-secret-1", ...over });
    const segmentAt = (apiBase: string) => JSON.stringify({ writeKey: "write-key-1", apiBase });
    const cases: [what: string, read: () => unknown, says: RegExp][] = [
        ["is not JSON", () => segmentAccountIn("write-key-1", "us"), /is not JSON/],
        ["is no object", () => segmentAccountIn('"write-key-1"', "us"), /is not a JSON object/],
        [
            "has an address that is not encrypted",
            () => segmentAccountIn(segmentAt("http://segment.example"), "us"),
            /https/,
        ],
        [
            "has an address with a user",
            () => segmentAccountIn(segmentAt("https://write-key-1@a.example"), "us"),
            /https/,
        ],
        [
            "is for an unknown region",
            () => segmentAccountIn(segmentAt("https://a.example"), "mars"),
            /must be us or eu/,
        ],
        ["has no client's secret", () => commercetoolsAccountIn(account({ clientSecret: "" })), /has no clientSecret/],
        [
            "has an API that is not encrypted",
            () => commercetoolsAccountIn(account({ apiUrl: "http://api.example" })),
            /apiUrl .* must be an https address/,
        ],
    ];
    for (const [what, read, says] of cases) {
        it(`is refused without being quoted when it ${what}`, () => {
            expect(read)
                .to.throw(EnvironmentError, says)
                .and.satisfy((error: Error) => !/write-key-1|client-secret-1/.test(inspect(error)));
        });
    }
});

describe("marks: the traits of a change that are still to be sent", () => {
    const saying = (order: number, ...names: string[]) => ({ order, by: `change-${order}`, at: order, names });

    it("contain every trait that was never sent, and every newer one", () => {
        const marks = marked({}, saying(5, "email"), true);
        expect(outstanding(marks, saying(6, "email", "firstName"))).to.deep.equal(["email", "firstName"]);
    });

    it("do not contain an older trait, even if the newer one may never have arrived", () => {
        const marks = marked({}, saying(5, "email"), false);
        expect(outstanding(marks, saying(4, "email", "firstName"))).to.deep.equal(["firstName"]);
    });

    it("contain a change's traits until it is confirmed, and not afterwards", () => {
        const begun = marked({}, saying(5, "email"), false);
        expect(outstanding(begun, saying(5, "email"))).to.deep.equal(["email"]);
        expect(outstanding(marked(begun, saying(5, "email"), true), saying(5, "email"))).to.deep.equal([]);
    });

    it("compare what counts its changes with what knows only their time by the time of both", () => {
        const counted = { order: 2, by: "counted", at: 50, names: ["sequence:email"] };
        const timed = (at: number) => ({ order: at, by: `timed-${at}`, at, names: ["published:email"] });
        expect(outstanding(marked({}, counted, true), timed(40))).to.deep.equal([]);
        expect(outstanding(marked({}, counted, true), timed(60))).to.deep.equal(["published:email"]);
        expect(outstanding(marked({}, timed(60), true), counted)).to.deep.equal([]);
        expect(outstanding(marked({}, timed(40), true), counted)).to.deep.equal(["sequence:email"]);
    });

    it("contain the traits of another change of the same moment", () => {
        const marks = marked({}, saying(5, "email"), true);
        expect(outstanding(marks, { ...saying(5, "email"), by: "another" })).to.deep.equal(["email"]);
    });

    it("leave Segment with the newest of each trait, although changes are reordered, repeated and lost", () => {
        const names = ["email", "firstName", "lastName"];
        const changes = fc.array(fc.subarray(names, { minLength: 1 }), { minLength: 1, maxLength: 12 });
        /** Which change comes next, and whether Segment gets it, and whether we learn of it. */
        const step = fc.record({ pick: fc.nat(), arrives: fc.boolean(), confirmed: fc.boolean() });
        fc.assert(
            fc.property(changes, fc.array(step, { maxLength: 60 }), (said, steps) => {
                let marks: Marks = {};
                const profile: Record<string, number> = {};
                const taken = new Set<string>();
                const send = (order: number, arrives: boolean, confirmed: boolean) => {
                    const change = saying(order, ...(said[order] ?? []));
                    const due = outstanding(marks, change);
                    if (due.length === 0) return;
                    marks = marked(marks, { ...change, names: due }, false);
                    // Segment takes an id once.
                    if (arrives && !taken.has(change.by)) for (const name of due) profile[name] = order;
                    if (arrives) taken.add(change.by);
                    if (arrives && confirmed) marks = marked(marks, { ...change, names: due }, true);
                };
                for (const { pick, arrives, confirmed } of steps) send(pick % said.length, arrives, confirmed);
                // Whatever was not confirmed comes again until it is.
                for (const order of [...said.keys()].reverse()) send(order, true, true);

                for (const name of names) {
                    const newest = said.findLastIndex((change) => change.includes(name));
                    expect(profile[name], name).to.equal(newest === -1 ? undefined : newest);
                }
            }),
            { numRuns: 500 },
        );
    });
});

/** CustomerCreated that was too large for commercetools to include. */
/** What commercetools has of a message that was too large. */
function withoutValues({ customer: _, type, ...message }: { readonly [name: string]: unknown }) {
    return { ...message, payloadNotIncluded: { reason: "Payload too large.", payloadType: type } };
}
