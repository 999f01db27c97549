import { type CommercetoolsApi, CommercetoolsUnavailableError } from "./commercetools.ts";
import { type CommercetoolsCustomer, currentCustomerFrom, type Field, fields, only } from "./customer.ts";
import { type MarkUpdate, versionPart } from "./marks.ts";
import { type Change, stateIdOf } from "./notification.ts";
import type { Notified } from "./report.ts";
import type { Occasion } from "./segment.ts";

/** An `identify` call for Segment. */
export interface Identification {
    /** The notifications that caused it. */
    readonly sources: readonly Notified<Change>[];
    readonly customer: CommercetoolsCustomer;
    readonly occasion: Occasion;
    readonly order: number;
    /** Fields that newer changes can overtake separately, by the names of their marks. */
    readonly parts: ReadonlyMap<string, readonly Field[]>;
    /** Fields that may have changed, whose values are unknown. */
    readonly lacks: readonly Field[];
}

/** From a notification's own content: each changed field is a part, older values of which are not sent any more. */
export function identificationOf(
    notified: Notified<Change>,
    { customer, changes, lacks }: Exclude<Change["content"], { readonly is: string }>,
): Identification {
    const { subject, messageId, happenedAt: timestamp, order, scale } = notified.change;
    const parts = new Map(changes.map((field) => [`${scale}:${field}`, [field]] as const));
    const occasion = { person: subject.person, messageId, timestamp };
    return { sources: [notified], customer, occasion, order, parts, lacks };
}

/**
 * The current customer for all these notifications; undefined if the API returns none. The message id derives from the
 * version. Throws CommercetoolsUnavailableError.
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
        lacks: [],
    };
}

export function updateOf(
    { order, occasion, parts }: Identification,
    names: readonly string[] = [...parts.keys()],
): MarkUpdate {
    return { order, by: occasion.messageId, at: Date.parse(occasion.timestamp), names };
}

export function partOf({ customer, parts }: Identification, names: readonly string[]): CommercetoolsCustomer {
    return only(
        customer,
        names.flatMap((name) => parts.get(name) ?? []),
    );
}
