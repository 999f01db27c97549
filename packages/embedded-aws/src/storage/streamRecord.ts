import { isDeepStrictEqual } from "node:util";

interface Images {
    readonly eventName?: string;
    readonly dynamodb?: { readonly OldImage?: unknown; readonly NewImage?: unknown };
}

/**
 * Whether DynamoDB would have put this record into the stream: a write that changes nothing makes no record
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html), but Dynoxide makes one.
 */
export function isChange(record: Images): boolean {
    const { OldImage, NewImage } = record.dynamodb ?? {};
    if (record.eventName !== "MODIFY" || OldImage === undefined || NewImage === undefined) return true;
    return !isDeepStrictEqual(withSortedSets(OldImage), withSortedSets(NewImage));
}

/** The members of a set (SS, NS, BS) have no order. */
function withSortedSets(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withSortedSets);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value).map(([name, member]) => {
            const isSet = (name === "SS" || name === "NS" || name === "BS") && Array.isArray(member);
            return [name, isSet ? member.toSorted() : withSortedSets(member)];
        }),
    );
}
