import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { groupsOf } from "./groups.ts";
import type { JsonObject } from "./json.ts";
import { pause } from "./pause.ts";

/** DynamoDB did not give some of the items, time and again. */
export class UnprocessedKeysError extends Error {
    override readonly name = "UnprocessedKeysError";
}

/** Items that one call takes. */
const perCall = 100;

interface Wanted {
    readonly table: string;
    readonly key: JsonObject;
}

/**
 * The items that there are, by table; of more than 100 keys, by several calls at once. BatchGetItem succeeds as a call
 * although it leaves out some of them: these are asked for again. Throws UnprocessedKeysError.
 * @param wanted by table: keys of items, none twice
 * @param attempts most calls for a key
 */
export async function batchGet(
    client: DynamoDBDocumentClient,
    wanted: Readonly<Record<string, readonly JsonObject[]>>,
    { consistent = false, attempts = Number.POSITIVE_INFINITY }: { consistent?: boolean; attempts?: number } = {},
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
    const found = new Map<string, JsonObject[]>();
    const all = Object.entries(wanted).flatMap(([table, keys]) => keys.map((key) => ({ table, key })));
    const get = async (group: readonly Wanted[]) => {
        let open = group;
        for (let attempt = 1; open.length > 0; attempt += 1) {
            if (attempt > attempts) throw new UnprocessedKeysError(`after ${attempts} tries items are missing`);
            if (attempt > 1) await pause(attempt);
            const asked = [...Map.groupBy(open, ({ table }) => table)].map(([table, keys]) => [
                table,
                { Keys: keys.map(({ key }) => ({ ...key })), ConsistentRead: consistent },
            ]);
            const { Responses = {}, UnprocessedKeys = {} } = await client.send(
                new BatchGetCommand({ RequestItems: Object.fromEntries(asked) }),
            );
            for (const [table, items] of Object.entries(Responses)) {
                found.set(table, [...(found.get(table) ?? []), ...items]);
            }
            open = Object.entries(UnprocessedKeys).flatMap(([table, { Keys = [] }]) =>
                Keys.map((key) => ({ table, key })),
            );
        }
    };
    await Promise.all(groupsOf(all, perCall).map(get));
    return found;
}
