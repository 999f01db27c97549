import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
    type DynamoDBDocumentClient,
    PutCommand,
    type PutCommandInput,
    UpdateCommand,
    type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { JsonObject } from "./json.ts";

/** The condition of a write did not hold. */
export class ConditionFailed {
    /** The item that is there; undefined where there is none. */
    readonly found: JsonObject | undefined;
    readonly cause: ConditionalCheckFailedException;

    constructor(cause: ConditionalCheckFailedException) {
        this.found = cause.Item && unmarshall(cause.Item);
        this.cause = cause;
    }
}

export type ConditionalUpdate = UpdateCommandInput & { readonly ConditionExpression: string };
type ConditionalPut = PutCommandInput & { readonly ConditionExpression: string };

/**
 * Writes an item on a condition. Where the answer to a write is lost, the SDK sends it again, and its condition then
 * fails on what it wrote itself: `isDone` tells that from what others wrote.
 * @param isDone whether an item is as this write, and no other, leaves it; not needed where the condition admits it
 * @returns the attributes that the write asks for (`ReturnValues`), the item itself where it was written before
 */
export async function conditionally(
    client: DynamoDBDocumentClient,
    write: { readonly Put: ConditionalPut } | { readonly Update: ConditionalUpdate },
    isDone: (found: JsonObject) => boolean = () => false,
): Promise<JsonObject | ConditionFailed> {
    const asked = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;
    try {
        const { Attributes = {} } = await ("Put" in write
            ? client.send(new PutCommand({ ...write.Put, ...asked }))
            : client.send(new UpdateCommand({ ...write.Update, ...asked })));
        return Attributes;
    } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const refused = new ConditionFailed(error);
        return refused.found !== undefined && isDone(refused.found) ? refused.found : refused;
    }
}
