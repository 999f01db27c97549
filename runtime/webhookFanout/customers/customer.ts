import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { platformPayloadIn } from "./envelope.ts";

/** Known fields of a customer. Absent: unknown; `null`: removed. */
export interface CommercetoolsCustomer {
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
    readonly fullName?: string | null;
    /** The first is the main address: the default for shipping, else for billing, else the first of the customer. */
    readonly addresses?: ReadonlyArray<{
        readonly streetName?: string | null;
        readonly streetNumber?: string | null;
        readonly city?: string | null;
        readonly postalCode?: string | null;
        readonly country?: string | null;
    }> | null;
}

export const fields = ["email", "firstName", "lastName", "fullName", "addresses"] as const satisfies ReadonlyArray<
    keyof CommercetoolsCustomer
>;
export type Field = (typeof fields)[number];

/**
 * Extracts a customer's fields from each type of message. Other types, such as those about groups, stores and single
 * addresses, contain none that are complete. `CustomerUpdated` is not one of commercetools' own messages.
 * https://docs.commercetools.com/api/projects/messages/customer-messages
 */
const extractors = new Map<unknown, (message: JsonObject) => CommercetoolsCustomer>([
    ["CustomerCreated", ({ customer }) => customerFrom(customer)],
    ["CustomerUpdated", ({ customer }) => customerFrom(customer)],
    ["CustomerEmailChanged", (message) => textsIn(message, "email")],
    // An absent optional value was removed. A change of the first or last name invalidates the full name.
    ["CustomerFirstNameSet", (message) => ({ firstName: null, fullName: null, ...textsIn(message, "firstName") })],
    ["CustomerLastNameSet", (message) => ({ lastName: null, fullName: null, ...textsIn(message, "lastName") })],
    ["CustomerDefaultShippingAddressSet", ({ address }) => ({ addresses: address ? addressesIn([address]) : null })],
]);

/**
 * The customer's fields in a payload of commercetools (Platform format or CloudEvent); `null` if there are none. Omits
 * fields of a wrong type and all other members, such as the password.
 */
export function extractCustomerFromPayload(payload: unknown): CommercetoolsCustomer | null {
    const message = platformPayloadIn(payload);
    if (message === undefined || message["notificationType"] !== "Message") return null;
    const { resource, type } = message;
    if (isJsonObject(resource) && resource["typeId"] !== "customer") return null;
    const content = extractors.get(type)?.(message) ?? {};
    return Object.keys(content).length > 0 ? content : null;
}

/** A customer of the API, whose absent fields are removed ones. */
export function currentCustomerFrom(value: JsonObject): CommercetoolsCustomer {
    return { email: null, firstName: null, lastName: null, addresses: null, ...customerFrom(value) };
}

export function only(customer: CommercetoolsCustomer, wanted: readonly Field[]): CommercetoolsCustomer {
    return Object.fromEntries(Object.entries(customer).filter(([name]) => wanted.some((field) => field === name)));
}

function customerFrom(value: unknown): CommercetoolsCustomer {
    if (!isJsonObject(value)) return {};
    const { addresses, defaultShippingAddressId: shipping, defaultBillingAddressId: billing } = value;
    const texts = textsIn(value, "email", "firstName", "lastName", "fullName");
    if (addresses === null) return { ...texts, addresses };
    if (!Array.isArray(addresses)) return texts;
    const all = addresses.filter(isJsonObject);
    const withId = (id: unknown) => (id === undefined ? undefined : all.find((address) => address["id"] === id));
    const main = withId(shipping) ?? withId(billing);
    return { ...texts, addresses: addressesIn(main ? [main, ...all.filter((address) => address !== main)] : all) };
}

const addressesIn = (values: readonly unknown[]) =>
    values
        .filter(isJsonObject)
        .map((address) => textsIn(address, "streetName", "streetNumber", "city", "postalCode", "country"));

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
