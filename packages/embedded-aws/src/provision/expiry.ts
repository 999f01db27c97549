import { type AwsCall, AwsError } from "../aws/call.ts";
import { type Input, partOf, partsOf } from "../aws/input.ts";
import type { Graph } from "../graph/graph.ts";
import type { Principal } from "../identity/principal.ts";
import { ofType } from "./properties.ts";

const administrator: Principal = { kind: "administrator" };

/** What is older than that is taken for a mistake and stays, as on AWS. */
const oldestSeconds = 5 * 365 * 86_400;

/**
 * Deletes the items whose time to live is over, which the engine keeps.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 * @param now seconds since the epoch
 */
export async function expireItems(graph: Graph, call: AwsCall, now: number): Promise<void> {
    for (const table of ofType(graph, "aws:dynamodb/table:Table")) {
        const ttl = table.child("ttl");
        if (ttl?.flag("enabled") !== true) continue;
        const names = [table.text("hashKey"), table.optionalText("rangeKey")].filter((name) => name !== undefined);
        const condition = {
            ExpressionAttributeNames: { "#ttl": ttl.text("attributeName") },
            ExpressionAttributeValues: { ":now": { N: String(now) }, ":oldest": { N: String(now - oldestSeconds) } },
        };
        // Other types than numbers are never between two numbers.
        const expired = "#ttl BETWEEN :oldest AND :now";
        for (let start: Input | undefined = {}; start !== undefined; ) {
            const output: Input = await call(administrator, "dynamodb", "Scan", {
                TableName: table.text("name"),
                FilterExpression: expired,
                ...condition,
                ...start,
            });
            for (const item of partsOf(output, "Items")) {
                const Key = Object.fromEntries(names.map((name) => [name, item[name]]));
                await call(administrator, "dynamodb", "DeleteItem", {
                    TableName: table.text("name"),
                    Key,
                    ConditionExpression: expired,
                    ...condition,
                }).catch((error: unknown) => {
                    // The item has changed meanwhile: the next search looks at it again.
                    if (!(error instanceof AwsError)) throw error;
                });
            }
            const last: Input = partOf(output, "LastEvaluatedKey");
            start = Object.keys(last).length === 0 ? undefined : { ExclusiveStartKey: last };
        }
    }
}
