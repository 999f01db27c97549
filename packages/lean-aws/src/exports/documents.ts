import type {
    BatchGetCommandInput,
    BatchWriteCommandInput,
    DeleteCommandInput,
    GetCommandInput,
    PutCommandInput,
    QueryCommandInput,
    ScanCommandInput,
    TransactGetCommandInput,
    TransactWriteCommandInput,
    TranslateConfig,
    UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Sending } from "../client.ts";
import type { JsonObject } from "../json.ts";
import { marshalled, type Places, unmarshalled } from "../marshalling.ts";
import { Command, type Operation } from "../operation.ts";
import type { DynamoDBClient } from "./dynamodb.ts";

/** Takes and gives JavaScript's values in place of DynamoDB's attribute values. */
export class DynamoDBDocumentClient {
    readonly middlewareStack: DynamoDBClient["middlewareStack"];
    readonly #client: DynamoDBClient;
    readonly #config: TranslateConfig;

    private constructor(client: DynamoDBClient, config: TranslateConfig) {
        this.middlewareStack = client.middlewareStack;
        this.#client = client;
        this.#config = config;
    }

    static from(client: DynamoDBClient, config: TranslateConfig = {}): DynamoDBDocumentClient {
        return new DynamoDBDocumentClient(client, config);
    }

    async send({ operation, places, input }: DocumentCommand<object>, ...sending: Sending): Promise<JsonObject> {
        const [asked, answered] = places;
        const command = { operation, input: marshalled(input, asked, this.#config) };
        return unmarshalled(await this.#client.send(command, ...sending), answered, this.#config);
    }
}

abstract class DocumentCommand<Input extends object> extends Command<Input> {
    /** In the input, and in the output. */
    abstract readonly places: readonly [input: Places, output: Places];
}

const written: Places = { Attributes: "values", ItemCollectionMetrics: { ItemCollectionKey: "values" } };
const tablesWritten: Places = { "*": { "*": { ItemCollectionKey: "values" } } };
const pages: Places = { Items: { "*": "values" }, LastEvaluatedKey: "values" };
const keysByTable: Places = { "*": { Keys: { "*": "values" } } };
const putsByTable: Places = { "*": { "*": { PutRequest: { Item: "values" }, DeleteRequest: { Key: "values" } } } };
const keyed: Places = { Key: "values", ExpressionAttributeValues: "values" };
const put: Places = { Item: "values", ExpressionAttributeValues: "values" };
const paged: Places = { ExclusiveStartKey: "values", ExpressionAttributeValues: "values" };

export class GetCommand extends DocumentCommand<GetCommandInput> {
    readonly operation: Operation = { name: "GetItem", attributes: true };
    readonly places = [{ Key: "values" }, { Item: "values" }] as const;
}

export class PutCommand extends DocumentCommand<PutCommandInput> {
    readonly operation: Operation = { name: "PutItem", attributes: true };
    readonly places = [put, written] as const;
}

export class UpdateCommand extends DocumentCommand<UpdateCommandInput> {
    readonly operation: Operation = { name: "UpdateItem", attributes: true };
    readonly places = [keyed, written] as const;
}

export class DeleteCommand extends DocumentCommand<DeleteCommandInput> {
    readonly operation: Operation = { name: "DeleteItem", attributes: true };
    readonly places = [keyed, written] as const;
}

export class QueryCommand extends DocumentCommand<QueryCommandInput> {
    readonly operation: Operation = { name: "Query", attributes: true };
    readonly places = [paged, pages] as const;
}

export class ScanCommand extends DocumentCommand<ScanCommandInput> {
    readonly operation: Operation = { name: "Scan", attributes: true };
    readonly places = [paged, pages] as const;
}

export class BatchGetCommand extends DocumentCommand<BatchGetCommandInput> {
    readonly operation: Operation = { name: "BatchGetItem", attributes: true };
    readonly places = [
        { RequestItems: keysByTable },
        { Responses: { "*": { "*": "values" } }, UnprocessedKeys: keysByTable },
    ] as const;
}

export class BatchWriteCommand extends DocumentCommand<BatchWriteCommandInput> {
    readonly operation: Operation = { name: "BatchWriteItem", attributes: true };
    readonly places = [
        { RequestItems: putsByTable },
        { UnprocessedItems: putsByTable, ItemCollectionMetrics: tablesWritten },
    ] as const;
}

export class TransactGetCommand extends DocumentCommand<TransactGetCommandInput> {
    readonly operation: Operation = { name: "TransactGetItems", attributes: true };
    readonly places = [
        { TransactItems: { "*": { Get: { Key: "values" } } } },
        { Responses: { "*": { Item: "values" } } },
    ] as const;
}

export class TransactWriteCommand extends DocumentCommand<TransactWriteCommandInput> {
    readonly operation: Operation = { name: "TransactWriteItems", token: "ClientRequestToken", attributes: true };
    readonly places = [
        { TransactItems: { "*": { ConditionCheck: keyed, Put: put, Delete: keyed, Update: keyed } } },
        { ItemCollectionMetrics: tablesWritten },
    ] as const;
}
