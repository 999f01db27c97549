import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { groupsOf } from "./groups.ts";
import type { JsonObject } from "./json.ts";
import { pause } from "./pause.ts";

/** DynamoDB repeatedly left keys unprocessed. */
export class UnprocessedKeysError extends Error {
    override readonly name = "UnprocessedKeysError";
}

const perCall = 100;

interface Wanted {
    readonly table: string;
    readonly key: JsonObject;
}

/**
 * The existing items by table, read by parallel calls of 100 keys. Retries unprocessed keys. Throws UnprocessedKeysError.
 * @param wanted keys by table, without duplicates
 * @param attempts maximum calls for a key
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
            if (attempt > attempts) throw new UnprocessedKeysError(`keys are unprocessed after ${attempts} attempts`);
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
