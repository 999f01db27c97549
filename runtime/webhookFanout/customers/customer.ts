import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { messageTypeOf, platformPayloadIn } from "./envelope.ts";

/** Known fields of a customer. Absent: unknown; `null`: removed. */
export interface CommercetoolsCustomer {
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
    /** In the payload of the source system; commercetools itself has none. */
    readonly fullName?: string | null;
    readonly companyName?: string | null;
    /** ISO 8601, without a time */
    readonly dateOfBirth?: string | null;
    /** ISO 8601 */
    readonly createdAt?: string | null;
    /** The first is the main address: the default for shipping, else for billing, else the first of the customer. */
    readonly addresses?: ReadonlyArray<{
        readonly streetName?: string | null;
        readonly streetNumber?: string | null;
        readonly city?: string | null;
        readonly postalCode?: string | null;
        /** A state or province; commercetools has a `region` besides. */
        readonly state?: string | null;
        readonly country?: string | null;
    }> | null;
    /** Of the main address. */
    readonly phone?: string | null;
}

export const fields = [
    "email",
    "firstName",
    "lastName",
    "fullName",
    "companyName",
    "dateOfBirth",
    "createdAt",
    "addresses",
    "phone",
] as const satisfies ReadonlyArray<keyof CommercetoolsCustomer>;
export type Field = (typeof fields)[number];

/** What a type of message is about. */
interface MessageType {
    /** The fields that it changes, whose older values are untrue then, or may be. */
    readonly changes: readonly Field[];
    /** Their values, as far as the message contains them. */
    readonly values?: (message: JsonObject) => CommercetoolsCustomer;
    /** Those of a message that was too large for its values. */
    readonly without?: (message: JsonObject) => CommercetoolsCustomer;
}

/** Without it the value was removed. */
const optionalText = (name: "firstName" | "lastName" | "companyName" | "dateOfBirth"): MessageType => ({
    changes: [name],
    values: (message) => (message[name] === undefined ? { [name]: null } : textsIn(message, name)),
});
/** Ends the full name, too, whose other part the message lacks. */
const partOfName = (name: "firstName" | "lastName"): MessageType => ({
    ...optionalText(name),
    changes: [name, "fullName"],
});

/** It contains an address, and does not tell whether that is the main one. */
const anAddress: MessageType = { changes: ["addresses", "phone"] };

/**
 * The messages that change what Segment knows. Others, such as those about groups, stores, passwords, titles and custom
 * fields, change nothing of that. `CustomerUpdated` is not one of commercetools' own messages.
 * https://docs.commercetools.com/api/projects/messages/customer-messages
 */
const messageTypes = new Map<unknown, MessageType>([
    [
        "CustomerCreated",
        {
            changes: fields,
            values: ({ customer }) => createdCustomerFrom(customer),
            without: (message) => textsIn(message, "createdAt"),
        },
    ],
    ["CustomerUpdated", { changes: fields, values: ({ customer }) => customerFrom(customer) }],
    ["CustomerEmailChanged", { changes: ["email"], values: (message) => textsIn(message, "email") }],
    ["CustomerFirstNameSet", partOfName("firstName")],
    ["CustomerLastNameSet", partOfName("lastName")],
    ["CustomerCompanyNameSet", optionalText("companyName")],
    ["CustomerDateOfBirthSet", optionalText("dateOfBirth")],
    // Without an address the main one is another: the default for billing, or any.
    [
        "CustomerDefaultShippingAddressSet",
        { ...anAddress, values: ({ address }) => (isJsonObject(address) ? ownAddresses([address]) : {}) },
    ],
    ["CustomerDefaultBillingAddressSet", anAddress],
    ["CustomerAddressAdded", anAddress],
    ["CustomerAddressChanged", anAddress],
    ["CustomerAddressRemoved", anAddress],
    // Such an address may have been the default.
    ["CustomerShippingAddressRemoved", anAddress],
    ["CustomerBillingAddressRemoved", anAddress],
]);

/**
 * The customer's fields in a payload of commercetools (Platform format or CloudEvent); `null` if there are none. Omits
 * fields of a wrong type and all other members, such as the password.
 */
export function extractCustomerFromPayload(payload: unknown): CommercetoolsCustomer | null {
    const message = platformPayloadIn(payload);
    if (message === undefined || message["notificationType"] !== "Message") return null;
    const { resource } = message;
    if (isJsonObject(resource) && resource["typeId"] !== "customer") return null;
    const { type, isTooLarge } = messageTypeOf(message);
    const { values, without } = messageTypes.get(type) ?? {};
    const content = (isTooLarge ? without : values)?.(message) ?? {};
    return Object.keys(content).length > 0 ? content : null;
}

/** The fields that a message changes, by its type. @param customer its content */
export function fieldsChangedBy(type: unknown, customer: CommercetoolsCustomer | null): readonly Field[] {
    const { changes = [] } = messageTypes.get(type) ?? {};
    // The customer of the source system may be a part of one.
    return customer !== null && changes === fields ? fields.filter((field) => isKnown(customer, field)) : changes;
}

/** The full name is also known by its parts. */
export const isKnown = (customer: CommercetoolsCustomer, field: Field): boolean =>
    customer[field] !== undefined ||
    (field === "fullName" && customer.firstName !== undefined && customer.lastName !== undefined);

/** A customer of the API, whose absent fields are removed ones. */
export function currentCustomerFrom(value: JsonObject): CommercetoolsCustomer {
    const { addresses } = value;
    const none = { email: null, firstName: null, lastName: null, companyName: null, dateOfBirth: null };
    const all = Array.isArray(addresses) ? mainFirst(value, addresses) : [];
    return { ...none, ...customerFrom(value), ...ownAddresses(all) };
}

export function only(customer: CommercetoolsCustomer, wanted: readonly Field[]): CommercetoolsCustomer {
    return Object.fromEntries(Object.entries(customer).filter(([name]) => wanted.some((field) => field === name)));
}

/** The whole customer; the one of the source system has no id and may lack what commercetools' own always has. */
function createdCustomerFrom(value: unknown): CommercetoolsCustomer {
    if (!isJsonObject(value)) return {};
    if (value["id"] !== undefined) return currentCustomerFrom(value);
    const customer = customerFrom(value);
    const { firstName, lastName } = customer;
    if (firstName === undefined && lastName === undefined) return customer;
    return { firstName: null, lastName: null, ...customer };
}

function customerFrom(value: unknown): CommercetoolsCustomer {
    if (!isJsonObject(value)) return {};
    const { addresses } = value;
    const own = ["email", "firstName", "lastName", "fullName", "companyName", "dateOfBirth", "createdAt"] as const;
    const texts = textsIn(value, ...own);
    if (addresses === null) return { ...texts, addresses };
    if (!Array.isArray(addresses)) return texts;
    return { ...texts, addresses: addressesIn(mainFirst(value, addresses)) };
}

function mainFirst(customer: JsonObject, addresses: readonly unknown[]): readonly JsonObject[] {
    const { defaultShippingAddressId: shipping, defaultBillingAddressId: billing } = customer;
    const all = addresses.filter(isJsonObject);
    const withId = (id: unknown) => (id === undefined ? undefined : all.find((address) => address["id"] === id));
    const main = withId(shipping) ?? withId(billing);
    return main ? [main, ...all.filter((address) => address !== main)] : all;
}

const addressesIn = (values: readonly unknown[]) =>
    values.filter(isJsonObject).map((address) => ({
        ...textsIn({ state: address["region"] }, "state"),
        ...textsIn(address, "streetName", "streetNumber", "city", "postalCode", "state", "country"),
    }));

/** Of commercetools itself, where absent fields are empty ones. */
function ownAddresses(all: readonly JsonObject[]) {
    const { phone, mobile } = textsIn(all[0] ?? {}, "phone", "mobile");
    return { addresses: addressesIn(all), phone: phone || mobile || null };
}

function textsIn<Name extends string>(
    object: JsonObject,
    ...names: readonly Name[]
): { readonly [Each in Name]?: string | null } {
    const texts: { [Each in Name]?: string | null } = {};
    for (const name of names) {
        const value = object[name];
        if (typeof value === "string" || value === null) texts[name] = value;
    }
    return texts;
}
