import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { groupsOf } from "../../shared/groups.ts";
import type { JsonObject } from "../../shared/json.ts";

interface ExpungeArgs {
    readonly client: DynamoDBDocumentClient;
    readonly deliveriesTable: string;
    readonly attemptsTable: string;
    /** Whether there is time for more. */
    readonly hasTime: () => boolean;
}

/** What was deleted. */
interface Expunged {
    readonly deliveries: number;
    readonly attempts: number;
    /** False if time ran out before everything was. */
    readonly isAll: boolean;
}

type Key = Readonly<Record<string, unknown>>;

/** Items of a page, and deletions at a time. */
const pageSize = 100;
const atATime = 25;

/** Deletes the deliveries of an endpoint with their bodies and attempts. Repeated, it goes on where it was. */
export async function expungeEndpoint(
    { client, deliveriesTable, attemptsTable, hasTime }: ExpungeArgs,
    endpointId: string,
): Promise<Expunged> {
    let [deliveries, attempts] = [0, 0];
    for (;;) {
        if (!hasTime()) return { deliveries, attempts, isAll: false };
        const page = await pageOf(client, deliveriesTable, { endpointId }, "deliveryId");
        if (page.length === 0) return { deliveries, attempts, isAll: true };
        for (const { deliveryId } of page) {
            // A body's attempts are its delivery's, and a replay has none.
            if (String(deliveryId).includes("#")) continue;
            const deliveryKey = `${endpointId}#${deliveryId}`;
            for (;;) {
                const made = await pageOf(client, attemptsTable, { deliveryKey }, "number");
                if (made.length === 0) break;
                await deleteAll(client, attemptsTable, made);
                attempts += made.length;
            }
            deliveries += 1;
        }
        // After their attempts, which are found by them.
        await deleteAll(client, deliveriesTable, page);
    }
}

/** Keys of the first items of a partition. */
async function pageOf(
    client: DynamoDBDocumentClient,
    TableName: string,
    partition: Key,
    sortKey: string,
): Promise<Key[]> {
    const [[name, value] = ["", ""]] = Object.entries(partition);
    const { Items = [] } = await client.send(
        new QueryCommand({
            TableName,
            KeyConditionExpression: "#partition = :value",
            ProjectionExpression: "#partition, #sort",
            ExpressionAttributeNames: { "#partition": name, "#sort": sortKey },
            ExpressionAttributeValues: { ":value": value },
            ConsistentRead: true,
            Limit: pageSize,
        }),
    );
    return Items satisfies JsonObject[];
}

async function deleteAll(client: DynamoDBDocumentClient, TableName: string, keys: readonly Key[]): Promise<void> {
    for (const group of groupsOf(keys, atATime))
        await Promise.all(group.map((Key) => client.send(new DeleteCommand({ TableName, Key }))));
}
