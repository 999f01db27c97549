import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { Refusal } from "./support/aws.ts";
import { CommercetoolsServer } from "./support/commercetools.ts";
import {
    changeNotification,
    cloudEvent,
    commercetoolsCustomer,
    platformMessage,
    seedPayload,
} from "./support/customers.ts";
import { Database } from "./support/database.ts";
import { snsEvent } from "./support/events.ts";
import { SegmentServer } from "./support/segment.ts";
import { secretArn, started, startedAws, startedCallback } from "./support/started.ts";

const address = {
    id: "a1",
    streetName: "Main St",
    streetNumber: "1",
    city: "Berlin",
    region: "BE",
    country: "DE",
    phone: "1",
};
const other = { id: "a2", streetName: "Side St", city: "Bonn", postalCode: "53111", country: "DE" };
/** The customer of each test before the message, at commercetools and as Segment knows it. */
const customer = {
    email: "ada@example.com",
    firstName: "Ada",
    lastName: "King",
    companyName: "Engines Ltd",
    dateOfBirth: "1815-12-10",
    createdAt: "2022-09-19T14:34:35.843Z",
    addresses: [address, other],
    defaultShippingAddressId: "a1",
};
const before = {
    email: "ada@example.com",
    firstName: "Ada",
    lastName: "King",
    name: "Ada King",
    company: { name: "Engines Ltd" },
    birthday: "1815-12-10",
    createdAt: "2022-09-19T14:34:35.843Z",
    phone: "1",
    address: { street: "Main St 1", city: "Berlin", state: "BE", country: "DE" },
};
const bonn = { street: "Side St", city: "Bonn", postalCode: "53111", country: "DE" };

interface Row {
    readonly type: string;
    /** When there are several rows of a type. */
    readonly when?: string;
    /** What the message contains besides its type. */
    readonly values?: object;
    /** What the message makes of the customer at commercetools. @default no change */
    readonly makes?: object;
    /** Traits of Segment that are others then. @default none */
    readonly changes?: Readonly<Record<string, unknown>>;
    /** Those of them that Segment must learn without access to the API. @default all */
    readonly learns?: readonly string[];
    /** Whether the message must be parked without access to the API, because it lacks a value. @default false */
    readonly lacks?: boolean;
}

/**
 * Every message of commercetools with a customer as its resource.
 * https://docs.commercetools.com/api/projects/messages/customer-messages
 */
const rows: readonly Row[] = [
    {
        type: "CustomerEmailChanged",
        values: { email: "countess@example.com", oldEmail: "ada@example.com" },
        makes: { email: "countess@example.com" },
        changes: { email: "countess@example.com" },
    },
    { type: "CustomerEmailVerified", makes: { isEmailVerified: true } },
    {
        type: "CustomerFirstNameSet",
        values: { firstName: "Augusta" },
        makes: { firstName: "Augusta" },
        changes: { firstName: "Augusta", name: "Augusta King" },
        learns: ["firstName"],
        lacks: true,
    },
    {
        type: "CustomerFirstNameSet",
        when: "it is removed",
        makes: { firstName: undefined },
        changes: { firstName: null, name: "King" },
        learns: ["firstName"],
        lacks: true,
    },
    {
        type: "CustomerLastNameSet",
        values: { lastName: "Lovelace" },
        makes: { lastName: "Lovelace" },
        changes: { lastName: "Lovelace", name: "Ada Lovelace" },
        learns: ["lastName"],
        lacks: true,
    },
    {
        type: "CustomerLastNameSet",
        when: "it is removed",
        makes: { lastName: undefined },
        changes: { lastName: null, name: "Ada" },
        learns: ["lastName"],
        lacks: true,
    },
    { type: "CustomerTitleSet", values: { title: "Countess" }, makes: { title: "Countess" } },
    {
        type: "CustomerCompanyNameSet",
        values: { companyName: "Notes Ltd" },
        makes: { companyName: "Notes Ltd" },
        changes: { company: { name: "Notes Ltd" } },
    },
    {
        type: "CustomerCompanyNameSet",
        when: "it is removed",
        makes: { companyName: undefined },
        changes: { company: null },
    },
    {
        type: "CustomerDateOfBirthSet",
        values: { dateOfBirth: "1815-12-11" },
        makes: { dateOfBirth: "1815-12-11" },
        changes: { birthday: "1815-12-11" },
    },
    {
        type: "CustomerDateOfBirthSet",
        when: "it is removed",
        makes: { dateOfBirth: undefined },
        changes: { birthday: null },
    },
    { type: "CustomerExternalIdSet", values: { externalId: "e-1" }, makes: { externalId: "e-1" } },
    {
        type: "CustomerAddressAdded",
        values: { address: { ...other, id: "a3" } },
        makes: { addresses: [address, other, { ...other, id: "a3" }] },
        lacks: true,
    },
    {
        type: "CustomerAddressAdded",
        when: "it is the first",
        values: { address: other },
        makes: { addresses: [other], defaultShippingAddressId: undefined },
        changes: { address: bonn, phone: null },
        learns: [],
        lacks: true,
    },
    {
        type: "CustomerAddressChanged",
        values: { address: { ...address, city: "Potsdam" }, addressRoles: ["Shipping"] },
        makes: { addresses: [{ ...address, city: "Potsdam" }, other] },
        changes: { address: { ...before.address, city: "Potsdam" } },
        learns: [],
        lacks: true,
    },
    {
        type: "CustomerAddressRemoved",
        values: { address, addressRoles: ["Shipping"] },
        makes: { addresses: [other], defaultShippingAddressId: undefined },
        changes: { address: bonn, phone: null },
        learns: [],
        lacks: true,
    },
    { type: "CustomerBillingAddressAdded", values: { address: other }, makes: { billingAddressIds: ["a2"] } },
    {
        type: "CustomerBillingAddressRemoved",
        values: { address: other },
        makes: { billingAddressIds: [] },
        lacks: true,
    },
    { type: "CustomerShippingAddressAdded", values: { address: other }, makes: { shippingAddressIds: ["a1", "a2"] } },
    {
        type: "CustomerShippingAddressRemoved",
        values: { address },
        makes: { shippingAddressIds: [], defaultShippingAddressId: undefined, defaultBillingAddressId: "a2" },
        changes: { address: bonn, phone: null },
        learns: [],
        lacks: true,
    },
    {
        type: "CustomerDefaultBillingAddressSet",
        values: { address: other },
        makes: { defaultBillingAddressId: "a2" },
        lacks: true,
    },
    {
        type: "CustomerDefaultShippingAddressSet",
        values: { address: other },
        makes: { defaultShippingAddressId: "a2" },
        changes: { address: bonn, phone: null },
    },
    {
        type: "CustomerDefaultShippingAddressSet",
        when: "it is removed",
        makes: { defaultShippingAddressId: undefined, defaultBillingAddressId: "a2" },
        changes: { address: bonn, phone: null },
        learns: [],
        lacks: true,
    },
    ...[
        "CustomerAddressCustomFieldAdded",
        "CustomerAddressCustomFieldChanged",
        "CustomerAddressCustomFieldRemoved",
        "CustomerAddressCustomTypeRemoved",
        "CustomerAddressCustomTypeSet",
        "CustomerCustomFieldAdded",
        "CustomerCustomFieldChanged",
        "CustomerCustomFieldRemoved",
        "CustomerCustomTypeRemoved",
        "CustomerCustomTypeSet",
        "CustomerGroupAssignmentAdded",
        "CustomerGroupAssignmentRemoved",
        "CustomerGroupAssignmentsSet",
        "CustomerGroupSet",
        "CustomerPasswordUpdated",
        "CustomerStoresSet",
    ].map((type) => ({ type, values: { name: "x", value: "y" } })),
];
/** What commercetools has of a message that was too large: its type. */
const tooLarge = (type: string) => ({ payloadNotIncluded: { reason: "Payload too large.", payloadType: type } });

describe("customerSync: what Segment knows after a message of commercetools", () => {
    const database = started(new Database());
    const segment = started(new SegmentServer());
    const commercetools = started(new CommercetoolsServer());
    const aws = startedAws(database, (own) =>
        own.answers("GetSecretValue", ({ SecretId }) => ({
            SecretString: JSON.stringify(
                SecretId === secretArn("segment")
                    ? { writeKey: "write-key-1", apiBase: segment.url }
                    : commercetools.account,
            ),
        })),
    );
    const alone = startedCallback(aws, "webhookFanout/customerSync");
    const reading = startedCallback(aws, "webhookFanout/customerSync", {
        COMMERCETOOLS_SECRET: secretArn("commercetools"),
    });
    const parked = () => aws.sentTo("parked");
    const profile = () => segment.profiles.map(({ traits }) => traits);
    const happened = (over: object = {}) =>
        platformMessage("CustomerCreated", 1, { customer: commercetoolsCustomer(over) }, { id: randomUUID() });

    /** A customer that Segment has, before the message. */
    async function known(mode: "alone" | "reading") {
        const id = randomUUID();
        const state = { ...commercetoolsCustomer({ ...customer, id, version: 1 }) };
        commercetools.customers.set(id, state);
        const resource = { typeId: "customer", id };
        const callback = mode === "alone" ? alone : reading;
        const created = { ...happened({ ...customer, id }), resource };
        expect(await callback.invoke(snsEvent(created))).to.deep.equal({ identified: 1 });
        expect(profile()).to.deep.equal([before]);
        const change = (version: number, makes: object) =>
            commercetools.customers.set(id, { ...state, ...makes, version });
        return { resource, callback, change };
    }

    beforeEach(() => {
        segment.reset();
        commercetools.reset();
    });

    for (const { type, when, values = {}, makes = {}, changes = {}, learns, lacks = false } of rows) {
        const title = when === undefined ? type : `${type}, when ${when}`;
        const learnt = Object.entries(changes).filter(([name]) => learns === undefined || learns.includes(name));
        const message = () => platformMessage(type, 2, values, { id: randomUUID() });

        it(`${title}: without the API, what the message says${lacks ? ", and the rest waits" : ""}`, async () => {
            const { resource, callback } = await known("alone");
            await callback.invoke(snsEvent({ ...message(), resource }));

            expect(profile()).to.deep.equal([{ ...before, ...Object.fromEntries(learnt) }]);
            // Nothing was sent at any time that the message makes untrue.
            for (const { traits } of segment.taken.slice(1)) expect({ ...before, ...changes }).to.deep.include(traits);
            expect(parked()).to.have.length(lacks ? 1 : 0);
        });

        it(`${title}: with the API, all`, async () => {
            const { resource, callback, change } = await known("reading");
            change(2, makes);
            await callback.invoke(snsEvent({ ...message(), resource }));

            expect(profile()).to.deep.equal([{ ...before, ...changes }]);
            expect(parked()).to.deep.equal([]);
        });

        it(`${title}, too large for its values: parked without the API, and all with it`, async () => {
            const large = {
                ...message(),
                type: undefined,
                ...Object.fromEntries(Object.keys(values).map((name) => [name, undefined])),
                ...tooLarge(type),
            };
            for (const form of [large, { ...large, type }, cloudEvent(message(), false)]) {
                aws.reset();
                segment.reset();
                const { resource, callback } = await known("alone");
                await callback.invoke(snsEvent({ ...form, resource, subject: resource.id }));
                expect(profile()).to.deep.equal([before]);
                expect(parked()).to.have.length(Object.keys(changes).length > 0 || lacks ? 1 : 0);
            }

            segment.reset();
            const withApi = await known("reading");
            withApi.change(2, makes);
            await withApi.callback.invoke(snsEvent({ ...large, resource: withApi.resource }));
            expect(profile()).to.deep.equal([{ ...before, ...changes }]);
        });
    }

    it("covers every documented message but the first and the last of a customer, which come below", () => {
        const types = new Set(rows.map(({ type }) => type));
        expect(types.size).to.equal(35 - ["CustomerCreated", "CustomerDeleted"].length);
    });

    describe("a customer's first message", () => {
        for (const [what, over, name] of [
            ["both names", {}, "Ada King"],
            ["a first name alone", { lastName: undefined }, "Ada"],
            ["a last name alone", { firstName: undefined }, "King"],
            ["no name", { firstName: undefined, lastName: undefined }, null],
        ] as const) {
            it(`has a name of ${what} in both modes`, async () => {
                for (const [callback, resource] of [
                    [alone, { typeId: "customer", id: randomUUID() }],
                    [reading, { typeId: "customer", id: randomUUID() }],
                ] as const) {
                    segment.reset();
                    const { id } = resource;
                    commercetools.customers.set(id, commercetoolsCustomer({ ...customer, ...over, id }));
                    await callback.invoke(snsEvent({ ...happened({ ...customer, ...over, id }), resource }));
                    expect(profile()).to.deep.equal([
                        { ...before, firstName: null, lastName: null, ...commonNames(over), name },
                    ]);
                }
                expect(parked()).to.deep.equal([]);
            });
        }

        it("that was too large for its values tells when it was created, and the rest waits", async () => {
            const message = happened({ ...customer, createdAt: "2022-10-25T13:30:09.760Z" });
            const large = { ...message, ...tooLarge("CustomerCreated"), customer: undefined };
            for (const form of [large, { ...large, type: undefined }, cloudEvent(message, false)]) {
                aws.reset();
                segment.reset();
                const id = randomUUID();
                await alone.invoke(snsEvent({ ...form, resource: { typeId: "customer", id }, subject: id }));
                expect(profile()).to.deep.equal([{ createdAt: "2022-10-25T13:30:09.760Z" }]);
                expect(parked()).to.have.length(1);
            }
        });

        it("is not sent over a newer one, whose value it lacks: that is known to be untrue", async () => {
            const resource = { typeId: "customer", id: randomUUID() };
            for (const late of [
                platformMessage("CustomerFirstNameSet", 2, { firstName: "Augusta" }, { id: randomUUID() }),
                platformMessage("CustomerAddressRemoved", 3, { address }, { id: randomUUID() }),
                { ...platformMessage("", 4, {}, { id: randomUUID() }), ...tooLarge("CustomerEmailChanged") },
                happened(customer),
            ])
                await alone.invoke(snsEvent({ ...late, resource }));

            const { name, phone, address: _, email, ...others } = before;
            expect(profile()).to.deep.equal([{ ...others, firstName: "Augusta" }]);
            expect(parked()).to.have.length(3);
        });
    });

    describe("a change notification", () => {
        const of = (type: string, version: number, id: string, over: object = {}) =>
            changeNotification(type, { version, resource: { typeId: "customer", id }, ...over });

        it("of a new customer tells when it was created, and the rest waits without the API", async () => {
            const id = randomUUID();
            await alone.invoke(snsEvent(of("ResourceCreated", 1, id)));
            expect(profile()).to.deep.equal([{ createdAt: "2022-10-25T13:30:09.760Z" }]);
            expect(parked()).to.have.length(1);

            segment.reset();
            commercetools.customers.set(id, commercetoolsCustomer({ ...customer, id }));
            await reading.invoke(snsEvent(of("ResourceCreated", 1, id)));
            expect(profile()).to.deep.equal([before]);
        });

        it("of a changed customer changes nothing and waits without the API, and tells all with it", async () => {
            const { resource, callback } = await known("alone");
            await callback.invoke(snsEvent(of("ResourceUpdated", 2, resource.id)));
            expect(profile()).to.deep.equal([before]);
            expect(parked()).to.have.length(1);

            segment.reset();
            const withApi = await known("reading");
            withApi.change(2, { email: "countess@example.com" });
            await withApi.callback.invoke(snsEvent(of("ResourceUpdated", 2, withApi.resource.id)));
            expect(profile()).to.deep.equal([{ ...before, email: "countess@example.com" }]);
        });
    });

    it("is parked with its reason, and with the queue that it returns to when it can be used", async () => {
        const { resource, callback } = await known("alone");
        const message = { ...platformMessage("CustomerAddressAdded", 2, { address }), resource };
        await callback.invoke(snsEvent(message));

        const [kept] = aws.inputs("SendMessage");
        expect(kept?.["MessageBody"]).to.equal(JSON.stringify(message));
        expect(kept?.["MessageAttributes"]).to.deep.include({
            notificationId: { DataType: "String", StringValue: "message-0" },
            reason: { DataType: "String", StringValue: "it does not contain: addresses, phone" },
            returnTo: { DataType: "String", StringValue: "arn:aws:sqs:eu-west-1:000000000000:retries" },
        });
    });

    it("is tried again when it could not be parked", async () => {
        const { resource, callback } = await known("alone");
        aws.answers("SendMessage", ({ QueueUrl }) =>
            String(QueueUrl).endsWith("/parked") ? new Refusal("AccessDenied", 403) : undefined,
        );
        const message = platformMessage("CustomerAddressAdded", 2, { address }, { id: randomUUID() });
        expect(await callback.invoke(snsEvent({ ...message, resource }))).to.deep.equal({ failed: 1 });
        expect(aws.sentTo("retries")).to.have.length(1);
    });

    describe("the source system's payload, which has an e-mail address alone, and commercetools' own", () => {
        // An address is one customer's for good.
        const newAddress = () => `ada-${randomUUID()}@example.com`;
        const byEmail = (email: string) => ({
            ...seedPayload,
            customer: { email, firstName: "Ada", lastName: "King" },
        });
        const byId = (id: string, email: string) => ({
            ...happened({ ...customer, id, email }),
            resource: { typeId: "customer", id },
        });

        for (const order of ["first", "last"] as const) {
            it(`are about one person, when the e-mail address alone comes ${order}`, async () => {
                const [id, email] = [randomUUID(), newAddress()];
                const payloads = [byEmail(email), byId(id, email)];
                if (order === "last") payloads.reverse();
                for (const payload of payloads) await alone.invoke(snsEvent(payload));

                const [person, ...more] = segment.profiles;
                expect(more).to.deep.equal([]);
                expect(person?.ids).to.include(id).and.have.length(2);
                expect(person?.traits).to.include({ email, name: "Ada King" });
            });
        }

        it("are about two people, when their e-mail addresses differ", async () => {
            await alone.invoke(snsEvent(byEmail(newAddress())));
            await alone.invoke(snsEvent(byId(randomUUID(), newAddress())));
            expect(segment.profiles).to.have.length(2);
        });
    });
});

/** The names that are not removed. */
const commonNames = (over: object) =>
    Object.fromEntries(Object.entries({ firstName: "Ada", lastName: "King" }).filter(([name]) => !(name in over)));
