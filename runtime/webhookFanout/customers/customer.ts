import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { platformPayloadIn } from "./envelope.ts";

/** What is said of a customer. A field that is absent says nothing; `null` says that there is no such thing any more. */
export interface CommercetoolsCustomer {
    readonly email?: string | null;
    readonly firstName?: string | null;
    readonly lastName?: string | null;
    readonly fullName?: string | null;
    /** The first is the one that counts: the default for shipping, else for billing, else whichever comes first. */
    readonly addresses?: ReadonlyArray<{
        readonly streetName?: string | null;
        readonly streetNumber?: string | null;
        readonly city?: string | null;
        readonly postalCode?: string | null;
        readonly country?: string | null;
    }> | null;
}

/** The customer's fields, each of which is known on its own. */
export const fields = ["email", "firstName", "lastName", "fullName", "addresses"] as const satisfies ReadonlyArray<
    keyof CommercetoolsCustomer
>;
export type Field = (typeof fields)[number];

/**
 * What each message says of its customer. Every other message about customers, such as those about groups, stores and
 * single addresses, says nothing that can be told without the whole customer. `CustomerUpdated` is not among
 * commercetools' own messages.
 * https://docs.commercetools.com/api/projects/messages/customer-messages
 */
const extractors = new Map<unknown, (message: JsonObject) => CommercetoolsCustomer>([
    ["CustomerCreated", ({ customer }) => customerFrom(customer)],
    ["CustomerUpdated", ({ customer }) => customerFrom(customer)],
    ["CustomerEmailChanged", (message) => textsIn(message, "email")],
    // An optional value that is absent was removed. Whose first or last name changes has another full name.
    ["CustomerFirstNameSet", (message) => ({ firstName: null, fullName: null, ...textsIn(message, "firstName") })],
    ["CustomerLastNameSet", (message) => ({ lastName: null, fullName: null, ...textsIn(message, "lastName") })],
    ["CustomerDefaultShippingAddressSet", ({ address }) => ({ addresses: address ? addressesIn([address]) : null })],
]);

/**
 * What a payload of commercetools says of a customer, in the Platform format or as a CloudEvent; `null` for every other
 * payload, and for those that say nothing. Fields of another type than they should have are left out, as is all else
 * that a customer has, the password among it.
 */
export function extractCustomerFromPayload(payload: unknown): CommercetoolsCustomer | null {
    const message = platformPayloadIn(payload);
    if (message === undefined || message["notificationType"] !== "Message") return null;
    const { resource, type } = message;
    if (isJsonObject(resource) && resource["typeId"] !== "customer") return null;
    const content = extractors.get(type)?.(message) ?? {};
    return Object.keys(content).length > 0 ? content : null;
}

/** A customer as the API shows it now: what it does not show there is not. */
export function currentCustomerFrom(value: JsonObject): CommercetoolsCustomer {
    return { email: null, firstName: null, lastName: null, addresses: null, ...customerFrom(value) };
}

/** Only these fields of it. */
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
