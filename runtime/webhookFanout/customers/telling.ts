import { type CommercetoolsApi, CommercetoolsUnavailableError } from "./commercetools.ts";
import { type CommercetoolsCustomer, currentCustomerFrom, type Field, fields, only } from "./customer.ts";
import type { MarkUpdate } from "./marks.ts";
import { type Change, stateIdOf } from "./notification.ts";
import type { Notified } from "./report.ts";
import type { Occasion } from "./segment.ts";

/** Something to tell Segment about a customer. */
export interface Identification {
    /** The notifications that this answers. */
    readonly sources: readonly Notified<Change>[];
    readonly customer: CommercetoolsCustomer;
    readonly occasion: Occasion;
    readonly order: number;
    /** What of it can be overtaken on its own, by the name of its mark. */
    readonly parts: ReadonlyMap<string, readonly Field[]>;
}

/** The one part of a customer as it is as of a version. */
export const versionPart = "version";

/** What a change says itself: each field stands for itself. */
export function identificationOf(notified: Notified<Change>, customer: CommercetoolsCustomer): Identification {
    const { subject, messageId, happenedAt: timestamp, order, scale } = notified.change;
    const content = fields.filter((field) => customer[field] !== undefined);
    const parts = new Map(content.map((field) => [`${scale}:${field}`, [field]] as const));
    return { sources: [notified], customer, occasion: { person: subject.person, messageId, timestamp }, order, parts };
}

/**
 * The customer as it is now, as the answer to all these notifications; undefined when the API shows none. Its
 * content belongs to the version, and so does the id that Segment knows it by. Throws CommercetoolsUnavailableError.
 */
export async function currentIdentification(
    notified: readonly [Notified<Change>, ...Notified<Change>[]],
    { projectKey, customerId }: NonNullable<Change["source"]>,
    api: CommercetoolsApi,
): Promise<Identification | undefined> {
    const current = await api.customer(customerId);
    if (current === undefined) return undefined;
    const { version, lastModifiedAt: timestamp, value } = current;
    if (notified.some(({ change }) => (change.version ?? 0) > version)) {
        throw new CommercetoolsUnavailableError("the API does not show the change yet");
    }
    const [{ change }] = notified;
    const messageId = stateIdOf(projectKey, customerId, version);
    return {
        sources: notified,
        customer: currentCustomerFrom(value),
        occasion: { person: change.subject.person, messageId, timestamp },
        order: version,
        parts: new Map([[versionPart, fields]]),
    };
}

/** What the telling says, or these parts of it. */
export function updateOf({ order, occasion, parts }: Identification, names: readonly string[] = [...parts.keys()]): MarkUpdate {
    return { order, by: occasion.messageId, names };
}

/** The customer with these parts alone. */
export function partOf({ customer, parts }: Identification, names: readonly string[]): CommercetoolsCustomer {
    return only(
        customer,
        names.flatMap((name) => parts.get(name) ?? []),
    );
}
