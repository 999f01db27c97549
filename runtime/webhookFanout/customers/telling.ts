import { type CommercetoolsApi, CommercetoolsUnavailableError } from "./commercetools.ts";
import { type CommercetoolsCustomer, currentCustomerFrom, type Field, fields, only } from "./customer.ts";
import type { Saying } from "./marks.ts";
import { type Change, stateIdOf } from "./notification.ts";
import type { Told } from "./report.ts";
import type { Occasion } from "./segment.ts";

/** Something to tell Segment about a customer. */
export interface Telling {
    /** The notifications that this answers. */
    readonly told: readonly Told<Change>[];
    readonly customer: CommercetoolsCustomer;
    readonly occasion: Occasion;
    readonly order: number;
    /** What of it can be overtaken on its own, by the name of its mark. */
    readonly parts: ReadonlyMap<string, readonly Field[]>;
}

/** The one part of a customer as it is as of a version. */
export const versionPart = "version";

/** What a change says itself: each field stands for itself. */
export function tellingOf(told: Told<Change>, customer: CommercetoolsCustomer): Telling {
    const { subject, messageId, happenedAt: timestamp, order, scale } = told.change;
    const said = fields.filter((field) => customer[field] !== undefined);
    const parts = new Map(said.map((field) => [`${scale}:${field}`, [field]] as const));
    return { told: [told], customer, occasion: { person: subject.person, messageId, timestamp }, order, parts };
}

/**
 * The customer as it is now, as the answer to all these notifications; undefined when the API shows none. Its
 * content belongs to the version, and so does the id that Segment knows it by. Throws CommercetoolsUnavailableError.
 */
export async function currentTelling(
    told: readonly [Told<Change>, ...Told<Change>[]],
    { projectKey, customerId }: NonNullable<Change["source"]>,
    api: CommercetoolsApi,
): Promise<Telling | undefined> {
    const current = await api.customer(customerId);
    if (current === undefined) return undefined;
    const { version, lastModifiedAt: timestamp, value } = current;
    if (told.some(({ change }) => (change.version ?? 0) > version)) {
        throw new CommercetoolsUnavailableError("the API does not show the change yet");
    }
    const [{ change }] = told;
    const messageId = stateIdOf(projectKey, customerId, version);
    return {
        told,
        customer: currentCustomerFrom(value),
        occasion: { person: change.subject.person, messageId, timestamp },
        order: version,
        parts: new Map([[versionPart, fields]]),
    };
}

/** What the telling says, or these parts of it. */
export function sayingOf({ order, occasion, parts }: Telling, names: readonly string[] = [...parts.keys()]): Saying {
    return { order, by: occasion.messageId, names };
}

/** The customer with these parts alone. */
export function partOf({ customer, parts }: Telling, names: readonly string[]): CommercetoolsCustomer {
    return only(
        customer,
        names.flatMap((name) => parts.get(name) ?? []),
    );
}
