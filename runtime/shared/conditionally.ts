import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
    DeleteCommand,
    type DeleteCommandInput,
    type DynamoDBDocumentClient,
    PutCommand,
    type PutCommandInput,
    UpdateCommand,
    type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { JsonObject } from "./json.ts";

/** The condition of a write failed. */
export class ConditionFailed {
    /** The existing item, if any. */
    readonly found: JsonObject | undefined;
    readonly cause: ConditionalCheckFailedException;

    constructor(cause: ConditionalCheckFailedException) {
        this.found = cause.Item && unmarshall(cause.Item);
        this.cause = cause;
    }
}

export type ConditionalUpdate = UpdateCommandInput & { readonly ConditionExpression: string };
type ConditionalPut = PutCommandInput & { readonly ConditionExpression: string };
type ConditionalDelete = DeleteCommandInput & { readonly ConditionExpression: string };
type ConditionalWrite =
    | { readonly Put: ConditionalPut }
    | { readonly Update: ConditionalUpdate }
    | { readonly Delete: ConditionalDelete };

/**
 * Writes or deletes an item on a condition. If the response is lost, the SDK retries the write, whose condition then fails because
 * of its own first try: `isDone` recognises that.
 * @param isDone whether this very write left the item so; not needed if the condition still holds then
 * @returns the attributes of `ReturnValues`, or the item if a lost try wrote it
 */
export async function conditionally(
    client: DynamoDBDocumentClient,
    write: ConditionalWrite,
    isDone: (found: JsonObject) => boolean = () => false,
): Promise<JsonObject | ConditionFailed> {
    try {
        const { Attributes = {} } = await written(client, write);
        return Attributes;
    } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const refused = new ConditionFailed(error);
        return refused.found !== undefined && isDone(refused.found) ? refused.found : refused;
    }
}

const asked = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" } as const;

function written(client: DynamoDBDocumentClient, write: ConditionalWrite) {
    if ("Put" in write) return client.send(new PutCommand({ ...write.Put, ...asked }));
    if ("Update" in write) return client.send(new UpdateCommand({ ...write.Update, ...asked }));
    return client.send(new DeleteCommand({ ...write.Delete, ...asked }));
}
