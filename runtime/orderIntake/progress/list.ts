import { type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { components } from "../../../spec/generated/orders.types.ts";
import type { HttpRequest, Problem, Refused } from "../../shared/http.ts";
import { instantOf } from "../../shared/instant.ts";
import type { JsonObject } from "../../shared/json.ts";
import { customerKeyOf, type Listing, type Source, shards, sourceKeyOf, sources, statusKeyIn } from "./listing.ts";
import { type ShownStatus, shownStatuses } from "./orderState.ts";

type ListedOrder = components["schemas"]["ListedOrder"];

/** What a client asks for. */
interface ListRequest {
    readonly status?: ShownStatus;
    readonly source?: Source;
    readonly email?: string;
    /** ISO 8601: received then or later. */
    readonly from?: string;
    /** Received before. */
    readonly to?: string;
    readonly limit: number;
    /** The place of the last order of the page before (`Listing.listedAt`). */
    readonly after?: string;
}

const parameters: ReadonlySet<string> = new Set(["status", "source", "email", "from", "to", "limit", "after"]);
const mostListed = 100;

export function listRequestIn({ queryStringParameters = {} }: HttpRequest): ListRequest | Refused {
    const { status, source, email, from, to, limit = "20", after } = queryStringParameters;
    const unknown = Object.keys(queryStringParameters).find((name) => !parameters.has(name));
    if (unknown !== undefined) return bad(`${unknown.slice(0, 50)} is no parameter of the list`);
    const known = status === undefined ? undefined : shownStatuses.find((one) => one === status);
    if (status !== undefined && known === undefined) return bad(`status must be one of ${shownStatuses.join(", ")}`);
    const placed = source === undefined ? undefined : sources.find((one) => one === source);
    if (source !== undefined && placed === undefined) return bad(`source must be one of ${sources.join(", ")}`);
    if (email !== undefined && (email.trim() === "" || email.length > 255)) return bad("email must be an address");
    const [since, before] = [timeIn(from), timeIn(to)];
    if (since === null || before === null)
        return bad("from and to must be times of RFC 3339 with a zone, such as 2026-02-28T23:59:59Z");
    const most = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
    if (most < 1 || most > mostListed) return bad(`limit must be between 1 and ${mostListed}`);
    const place = after === undefined ? undefined : Buffer.from(after, "base64url").toString();
    if (place !== undefined && !/^[\d-]{10}T[\d:.]{12}Z \S{1,64}$/.test(place)) {
        return bad("after must be the value next of another page");
    }
    return {
        ...(known && { status: known }),
        ...(placed && { source: placed }),
        ...(email !== undefined && { email }),
        ...(since !== undefined && { from: since }),
        ...(before !== undefined && { to: before }),
        ...(place !== undefined && { after: place }),
        limit: most,
    };
}

/** RFC 3339 but for the days of months. */
const timeForm =
    /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** Null for a text that is no time, or none that has four digits of the year in UTC, by which orders are sorted. */
function timeIn(text: string | undefined): string | undefined | null {
    if (text === undefined) return undefined;
    const [, day] = timeForm.exec(text) ?? [];
    if (day === undefined || isoOf(`${day}T00:00:00Z`)?.slice(0, 10) !== day) return null;
    const time = isoOf(text);
    return time !== undefined && /^\d/.test(time) ? time : null;
}

function isoOf(text: string): string | undefined {
    const time = instantOf(text);
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

const bad = (detail: string): { readonly problem: Problem } => ({ problem: { status: 400, detail } });

interface Page {
    readonly orders: readonly ListedOrder[];
    readonly next?: string;
}

type ListedItem = Listing & { readonly orderId: string };

/** What one key of an index has. */
interface Strand {
    readonly items: readonly ListedItem[];
    /** All later orders were looked at, and none before; absent: all. */
    readonly seenTo?: string;
}

/**
 * A page, newest first: the pages of all keys of one index, merged. An order counts only as far as every key was read, so
 * that none is left out between two pages.
 */
export async function listOrders(client: DynamoDBDocumentClient, table: string, asked: ListRequest): Promise<Page> {
    const { index, attribute, keys } = indexFor(asked);
    const strands = await Promise.all(keys.map((key) => strandOf(client, table, { index, attribute, key }, asked)));
    const seenTo = strands
        .flatMap((strand) => strand.seenTo ?? [])
        .reduce((one, other) => (one > other ? one : other), "");
    const found = strands
        .flatMap(({ items }) => items)
        .filter(({ listedAt }) => listedAt >= seenTo)
        .sort((one, other) => (one.listedAt < other.listedAt ? 1 : -1));
    const page = found.slice(0, asked.limit);
    const place = found.length > asked.limit ? page.at(-1)?.listedAt : seenTo;
    return { orders: page.map(shown), ...(place && { next: Buffer.from(place).toString("base64url") }) };
}

/** The index with the fewest orders that can be meant, and its keys. */
function indexFor({ email, status, source }: ListRequest) {
    if (email !== undefined) {
        return { index: "byCustomer", attribute: "customerKey", keys: [customerKeyOf(email)] };
    }
    if (status !== undefined) {
        const keys = shards.map((shard) => statusKeyIn(status, shard));
        return { index: "byStatus", attribute: "statusKey", keys };
    }
    const keys = (source ? [source] : sources).flatMap((one) => shards.map((shard) => sourceKeyOf(one, shard)));
    return { index: "byTime", attribute: "sourceKey", keys };
}

async function strandOf(
    client: DynamoDBDocumentClient,
    TableName: string,
    { index, attribute, key }: { readonly index: string; readonly attribute: string; readonly key: string },
    { status, source, from = "0", to, after, limit }: ListRequest,
): Promise<Strand> {
    // Times are shorter than places, and so before all places of their time.
    const before = [to, after].filter((one) => one !== undefined).sort()[0] ?? "9";
    if (from > before) return { items: [] };
    const filters = [
        ...(status !== undefined && attribute !== "statusKey" ? ["#status = :status"] : []),
        ...(source !== undefined && attribute !== "sourceKey" ? ["#source = :source"] : []),
    ];
    const filtered = filters.length > 0;
    const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
            TableName,
            IndexName: index,
            KeyConditionExpression: "#key = :key AND listedAt BETWEEN :from AND :before",
            ...(filtered && { FilterExpression: filters.join(" AND ") }),
            ExpressionAttributeNames: {
                "#key": attribute,
                ...(filters.join().includes("#status") && { "#status": "status" }),
                ...(filters.join().includes("#source") && { "#source": "source" }),
            },
            ExpressionAttributeValues: {
                ":key": key,
                ":from": from,
                ":before": before,
                ...(filters.join().includes("#status") && { ":status": status }),
                ...(filters.join().includes("#source") && { ":source": source }),
            },
            ScanIndexForward: false,
            // One more, which says whether there are more; another one, since the place itself is in between.
            Limit: filtered ? mostRead : limit + 2,
        }),
    );
    const items = Items.map(listedIn).filter(({ listedAt }) => listedAt !== after);
    const last = LastEvaluatedKey?.["listedAt"];
    return { items, ...(typeof last === "string" && { seenTo: last }) };
}

/** Orders that one query looks at to find those that a filter means. */
const mostRead = 1000;

/** `listingOf` wrote it. */
const listedIn = (item: JsonObject): ListedItem => item as unknown as ListedItem;

function shown({ orderId, listedAt, status, source, listed }: ListedItem): ListedOrder {
    const { customer, items, total, currency } = listed;
    return {
        orderId,
        receivedAt: listedAt.slice(0, 24),
        status,
        source,
        customer,
        items,
        ...(total !== undefined && { total }),
        ...(currency !== undefined && { currency }),
    };
}
