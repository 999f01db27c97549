import { invalid, missing, type Problem } from "../domain/problem.ts";
import type { Address, Message } from "../domain/protocol.ts";
import { blankMember, countryOf } from "../pricing/places.ts";
import { unpriced } from "../pricing/tables.ts";
import { addressMissing } from "../pricing/taxing.ts";

/** What a billing address lacks. An address to ship to is answered with a message in the session instead. */
export function unusableBilling(address: Address): Problem | undefined {
    const param = "$.payment_data.billing_address";
    const blank = blankMember(address);
    if (blank !== undefined) return missing("the billing address needs it", `${param}.${blank}`);
    if (countryOf(address) !== undefined) return undefined;
    return invalid("must be a country in two letters (ISO 3166-1)", `${param}.country`);
}

/** Whether only an address for the tax is missing, or the billing address is one that cannot be taxed. */
export function isTaxedByBilling(messages: readonly Message[]): boolean {
    return isOnly(
        messages,
        ({ param = "", content }) =>
            content === addressMissing.content || param.startsWith("$.payment_data.billing_address"),
    );
}

/** Whether only the shop's rules had no answer. */
export const isUnpriced = (messages: readonly Message[]): boolean =>
    isOnly(messages, ({ content }) => content === unpriced.content);

/** Whether the errors, of which there are some, are all of a kind. */
function isOnly(messages: readonly Message[], isOfKind: (message: Message) => boolean): boolean {
    const errors = messages.filter(({ type }) => type === "error");
    return errors.length > 0 && errors.every(isOfKind);
}
