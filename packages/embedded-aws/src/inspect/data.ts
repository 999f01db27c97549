import { convertToAttr, marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { AwsCall } from "../aws/call.ts";
import { type Input, isInput, partOf, partsOf, textOf } from "../aws/input.ts";
import type { Graph } from "../graph/graph.ts";
import { ofType, type Properties } from "../provision/properties.ts";
import { holdsDeadLetters } from "./graph.ts";
import { type Actions, ViewRequestError, type Views, wholeNumber } from "./views.ts";

const administrator = { kind: "administrator" } as const;

interface DataSettings {
    graph(): Graph;
    readonly call: AwsCall;
}

/** Tables, queues and functions as the console shows them: by page and key. */
export function dataViews({ graph, call }: DataSettings): Views {
    return {
        tables: () => tablesIn(graph()).map(shapeOf),
        items: async (parameters) => {
            const table = tableNamed(graph(), parameters.get("table"));
            const { keys, indexes } = shapeOf(table);
            const index = parameters.get("index");
            const [hash, range] = (index === null ? keys : indexes.find(({ name }) => name === index)?.keys) ?? [];
            const value = parameters.get("key");
            const from = parameters.get("from");
            const page = {
                TableName: table.text("name"),
                Limit: wholeNumber(parameters.get("limit") ?? "50", "limit"),
                ...(index !== null && { IndexName: index }),
                ...(from !== null && { ExclusiveStartKey: JSON.parse(from) }),
            };
            const newestFirst = { ScanIndexForward: parameters.get("order") !== "descending" };
            const output =
                value === null || hash === undefined
                    ? await call(administrator, "dynamodb", "Scan", page)
                    : await call(administrator, "dynamodb", "Query", {
                          ...page,
                          ...newestFirst,
                          ...keyed(hash, value),
                      });
            const items = partsOf(output, "Items").map((item) => unmarshall(JSON.parse(JSON.stringify(item))));
            const next = output["LastEvaluatedKey"];
            return {
                items,
                keys: [hash, range].filter(Boolean).map((key) => key?.name),
                next: next === undefined ? null : JSON.stringify(next),
            };
        },
        depths: async () => {
            const queues = ofType(graph(), "aws:sqs/queue:Queue");
            const depths = queues.map(async (queue) => {
                const input = { QueueUrl: queue.text("url"), AttributeNames: ["All"] };
                const all = partOf(await call(administrator, "sqs", "GetQueueAttributes", input), "Attributes");
                const count = (name: string) => Number(all[`ApproximateNumberOfMessages${name}`] ?? 0);
                return {
                    name: queue.text("name"),
                    deadLetters: holdsDeadLetters(graph(), queue),
                    visible: count(""),
                    inFlight: count("NotVisible"),
                    delayed: count("Delayed"),
                };
            });
            return await Promise.all(depths);
        },
    };
}

/** What a person at the console may change in tables and queues, and have run. */
export function dataActions({ graph, call }: DataSettings): Actions {
    const queueUrl = (name: string) => {
        const queue = ofType(graph(), "aws:sqs/queue:Queue").find((each) => each.text("name") === name);
        if (queue === undefined) throw new ViewRequestError(`there is no queue ${name}`);
        return queue.text("url");
    };
    return {
        invoke: async (input) => {
            const asked = {
                FunctionName: needed(input, "function"),
                InvocationType: "RequestResponse",
                Payload: needed(input, "payload"),
            };
            JSON.parse(asked.Payload);
            const { Payload, FunctionError } = await call(administrator, "lambda", "Invoke", asked);
            return { result: Payload, error: FunctionError ?? null };
        },
        send: (input) => {
            const sent = { QueueUrl: queueUrl(needed(input, "queue")), MessageBody: needed(input, "body") };
            return call(administrator, "sqs", "SendMessage", sent);
        },
        purge: async (input) => {
            await call(administrator, "sqs", "PurgeQueue", { QueueUrl: queueUrl(needed(input, "queue")) });
            return { purged: true };
        },
        "put-item": async (input) => {
            const TableName = tableNamed(graph(), needed(input, "table")).text("name");
            const item = input["item"];
            if (!isInput(item)) throw new ViewRequestError("item is a JSON object");
            await call(administrator, "dynamodb", "PutItem", { TableName, Item: marshall(item) });
            return { put: true };
        },
        "delete-item": async (input) => {
            const table = tableNamed(graph(), needed(input, "table"));
            const item = partOf(input, "key");
            const Key = Object.fromEntries(shapeOf(table).keys.map(({ name }) => [name, convertToAttr(item[name])]));
            await call(administrator, "dynamodb", "DeleteItem", { TableName: table.text("name"), Key });
            return { deleted: true };
        },
    };
}

function needed(input: Input, name: string): string {
    const value = textOf(input, name);
    if (value === undefined || value === "") throw new ViewRequestError(`${name} is missing`);
    return value;
}

const tablesIn = (graph: Graph): Properties[] => ofType(graph, "aws:dynamodb/table:Table");

function tableNamed(graph: Graph, name: string | null): Properties {
    const table = tablesIn(graph).find((each) => each.text("name") === name);
    if (table === undefined) throw new ViewRequestError(`there is no table ${name}`);
    return table;
}

interface Key {
    readonly name: string;
    readonly type: string;
}

/** What a table's items, and those of its indexes, are found by. */
function shapeOf(table: Properties) {
    const types = new Map(table.children("attributes").map((each) => [each.text("name"), each.text("type")]));
    const keysOf = (of: Properties): Key[] =>
        ["hashKey", "rangeKey"].flatMap((key) => {
            const name = of.optionalText(key);
            return name === undefined ? [] : { name, type: types.get(name) ?? "S" };
        });
    return {
        name: table.text("name"),
        keys: keysOf(table),
        indexes: table.children("globalSecondaryIndexes").map((index) => ({
            name: index.text("name"),
            keys: indexKeys(index, keysOf, types),
        })),
    };
}

/** The provider also takes the schema of a key as a list. */
function indexKeys(index: Properties, keysOf: (of: Properties) => Key[], types: ReadonlyMap<string, string>): Key[] {
    const plain = keysOf(index);
    if (plain.length > 0) return plain;
    return index.children("keySchemas").map((each) => {
        const name = each.text("attributeName");
        return { name, type: types.get(name) ?? "S" };
    });
}

const keyed = ({ name, type }: Key, value: string) => ({
    KeyConditionExpression: "#key = :value",
    ExpressionAttributeNames: { "#key": name },
    ExpressionAttributeValues: { ":value": { [type]: value } },
});
