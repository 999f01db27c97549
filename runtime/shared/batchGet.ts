import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { JsonObject } from "./json.ts";
import { pause } from "./pause.ts";

/** DynamoDB did not give some of the items, time and again. */
export class ItemsWithheld extends Error {
    override readonly name = "ItemsWithheld";
}

/** By table: keys of items, at most 100 in all. */
type Wanted = Readonly<Record<string, { readonly keys: readonly JsonObject[]; readonly consistent?: boolean }>>;

/**
 * The items that there are, by table. BatchGetItem succeeds as a call although it leaves out some of them: these are
 * asked for again. Throws ItemsWithheld.
 * @param attempts most calls
 */
export async function batchGet(
    client: DynamoDBDocumentClient,
    wanted: Wanted,
    attempts = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
    const found = new Map<string, JsonObject[]>();
    let open = Object.entries(wanted).map(([table, { keys }]) => ({ table, keys }));
    for (let attempt = 1; open.some(({ keys }) => keys.length > 0); attempt += 1) {
        if (attempt > attempts) throw new ItemsWithheld(`after ${attempts} tries items are missing`);
        if (attempt > 1) await pause(attempt);
        const asked = open
            .filter(({ keys }) => keys.length > 0)
            .map(({ table, keys }) => [
                table,
                { Keys: keys.map((key) => ({ ...key })), ConsistentRead: wanted[table]?.consistent ?? false },
            ]);
        const { Responses = {}, UnprocessedKeys = {} } = await client.send(
            new BatchGetCommand({ RequestItems: Object.fromEntries(asked) }),
        );
        for (const [table, items] of Object.entries(Responses))
            found.set(table, [...(found.get(table) ?? []), ...items]);
        open = Object.entries(UnprocessedKeys).map(([table, { Keys = [] }]) => ({ table, keys: Keys }));
    }
    return found;
}
