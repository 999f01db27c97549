import { randomUUID } from "node:crypto";
import { AwsError } from "../aws/call.ts";
import { type Input, isInput, parseInput, partOf, partsOf, textOf } from "../aws/input.ts";
import { partialCall } from "../aws/partial.ts";
import { conflicting, noOperation, transactionCancelled, transactionConflict } from "../aws/refusals.ts";
import { type AwsService, account } from "../aws/service.ts";
import type { TableEngine } from "../storage/dynoxide.ts";
import { type Answer, EngineClient, outputOf } from "../storage/engineClient.ts";
import { eventId, expiry, hasExpired, isChange, tableOfStream, withOpenShards } from "../storage/streamRecord.ts";
import { checkItems, checkKeyCondition, invalidItem, itemBytes, transactionBytes } from "./itemLimits.ts";
import { ItemsInUse, type ItemUse, itemUses, keyText, tableNameOf } from "./itemsInUse.ts";
import { streamOfIterator } from "./resources.ts";

const streamActions: ReadonlySet<string> = new Set(["ListStreams", "DescribeStream", "GetShardIterator", "GetRecords"]);
/** Answers that hold ARNs; all others are handed on as they come. */
const describingActions =
    /^(Create|Update|Delete|Describe|List|Restore)(Table|Tables|Stream|Streams|TimeToLive|TagsOfResource)$/;

/** Actions of a transaction that cannot be above its size, as an item has 400 KB at most. */
const smallTransaction = 10;

/** How the keys of a table and of its indexes are made. */
interface Schema {
    /** Names of the attributes that are the table's key. */
    readonly names: readonly string[];
    /** Types of the attributes that are keys anywhere, by name. */
    readonly types: Readonly<Record<string, string>>;
}

/**
 * DynamoDB and its streams: the engine, with what it tells of streams put right. ARNs name this cloud's region, an
 * iterator names its stream, an event's id is unique, and a write that changes nothing leaves no record. Transactions and
 * writes that meet at an item are in conflict.
 */
export class Tables implements AwsService {
    readonly #client: EngineClient;
    readonly #streams: TableEngine["streams"];
    readonly #writes: TableEngine["writes"];
    readonly #region: string;
    readonly #items = new ItemsInUse();
    /** By the table's name. */
    readonly #schemas = new Map<string, Schema>();
    readonly #lifetimes = new Map<string, string | undefined>();
    /** Prefix of the engine's ARNs, known from its first answer: `arn:aws:dynamodb:dynoxide:000000000000:` */
    #engineArn: string | undefined;

    constructor(engine: TableEngine, region: string) {
        this.#client = new EngineClient(engine.origin);
        this.#streams = engine.streams;
        this.#writes = engine.writes;
        this.#region = region;
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        return outputOf(await this.answer(action, input, JSON.stringify(input)));
    }

    /** @param body JSON text of the input. */
    async answer(action: string, input: Input, body: Buffer | string): Promise<Answer> {
        switch (action) {
            case "GetRecords":
                return this.#getRecords(input);
            case "GetShardIterator":
                return this.#getShardIterator(input);
            case "DescribeStream": {
                const stream = this.#engineForm(textOf(input, "StreamArn") ?? "");
                const answer = await this.#forward(action, JSON.stringify({ ...input, StreamArn: stream }));
                return rewritten(this.#withOwnArns(answer), withOpenShards);
            }
            case "PutItem":
            case "UpdateItem":
            case "DeleteItem":
            case "BatchWriteItem":
                checkItems(input);
                return this.#write(action, input, body);
            case "TransactGetItems": {
                checkItems(input);
                const answer = await this.#write(action, input, body);
                checkSize(answer.status === 200 ? itemsRead(outputOf(answer)) : []);
                return answer;
            }
            case "GetItem":
            case "Scan":
                checkItems(input);
                return this.#forward(action, withTableName(input, body));
            case "Query":
                checkItems(input);
                checkKeyCondition(input, (await this.#schemaOf(tableNameOf(input))).types);
                return this.#forward(action, withTableName(input, body));
            case "TransactWriteItems": {
                checkItems(input);
                if (partsOf(input, "TransactItems").length > smallTransaction) await this.#checkTransaction(input);
                const token = textOf(input, "ClientRequestToken");
                return this.#items.once(token, () => this.#write(action, input, body));
            }
            default: {
                if (action === "CreateTable" || action === "DeleteTable") this.#schemas.delete(tableNameOf(input));
                if (action === "UpdateTimeToLive") this.#lifetimes.delete(tableNameOf(input));
                const answer = await this.#forward(action, withTableName(input, body));
                if (answer.status === 400 && answer.body.includes("#UnknownOp")) throw noOperation("dynamodb", action);
                return describingActions.test(action) ? this.#withOwnArns(answer) : answer;
            }
        }
    }

    close(): void {
        this.#client.close();
    }

    /** @throws AwsError TransactionConflictException, TransactionCanceledException */
    async #write(action: string, input: Input, body: Buffer | string): Promise<Answer> {
        const uses = itemUses(action, input);
        const names = await Promise.all(uses.map((use) => this.#keyOf(use)));
        const keys = uses.map((use, index) => keyText(use, names[index] ?? []));
        const conflicts = this.#items.conflicts(action, keys);
        const forward = async (sent: Buffer | string, used = keys) => {
            const answer = await this.#items.during(action, used, () => this.#forward(action, sent));
            if (answer.status === 200 && action !== "TransactGetItems")
                for (const table of new Set(uses.map((use) => use.table))) this.#writes?.happened(table);
            return answer;
        };
        if (!conflicts.includes(true)) return forward(withTableName(input, body));
        switch (action) {
            case "TransactWriteItems":
            case "TransactGetItems":
                throw transactionCancelled(conflicts.map((meets) => (meets ? conflicting : { Code: "None" })));
            case "BatchWriteItem": {
                // What meets a transaction is left over for the caller to send again.
                const others = keys.filter((_, index) => !conflicts[index]);
                const left = [...conflicts];
                const call = partialCall("dynamodb", action, input, () => left.shift() === true);
                const answer =
                    call.input === undefined ? emptyAnswer() : await forward(JSON.stringify(call.input), others);
                return rewritten(answer, (output) => call.outputOf(output));
            }
            default:
                throw transactionConflict();
        }
    }

    /** Items that are updated, deleted or checked count as they are stored. @throws AwsError ValidationException */
    async #checkTransaction(input: Input): Promise<void> {
        const actions = partsOf(input, "TransactItems").flatMap((one) => Object.values(one).filter(isInput));
        const stored = actions
            .filter(({ Key }) => isInput(Key))
            .map(({ TableName, Key }) => ({ Get: { TableName: tableNameOf({ TableName }), Key } }));
        const items = actions.map((action) => partOf(action, "Item"));
        if (stored.length > 0) {
            const answer = await this.#forward("TransactGetItems", JSON.stringify({ TransactItems: stored }));
            // What the engine does not take here it does not take as a transaction either, and says why.
            if (answer.status === 200) items.push(...itemsRead(outputOf(answer)));
        }
        checkSize(items);
    }

    /** Names of the attributes that are the key of the item's table; none for a table that does not exist. */
    async #keyOf({ table, key }: ItemUse): Promise<readonly string[]> {
        if (key !== undefined) return Object.keys(key);
        // Not a tick later than with a key: calls meet in the order in which they come.
        const schema = this.#schemas.get(table) ?? (await this.#schemaOf(table));
        return schema.names;
    }

    /** Empty for a table that does not exist. */
    async #schemaOf(table: string): Promise<Schema> {
        const known = this.#schemas.get(table);
        if (known !== undefined) return known;
        const answer = await this.#forward("DescribeTable", JSON.stringify({ TableName: table }));
        if (answer.status !== 200) return { names: [], types: {} };
        const description = partOf(parseInput(answer.body.toString()), "Table");
        const schema = {
            names: partsOf(description, "KeySchema").map(({ AttributeName }) => String(AttributeName)),
            types: Object.fromEntries(
                partsOf(description, "AttributeDefinitions").map(({ AttributeName, AttributeType }) => [
                    String(AttributeName),
                    String(AttributeType),
                ]),
            ),
        };
        this.#schemas.set(table, schema);
        return schema;
    }

    #forward(action: string, body: Buffer | string): Promise<Answer> {
        const service = streamActions.has(action) ? "DynamoDBStreams_20120810" : "DynamoDB_20120810";
        return this.#client.send(
            "POST",
            "/",
            {
                "content-type": "application/x-amz-json-1.0",
                "x-amz-target": `${service}.${action}`,
                // The engine needs any signature; the caller is authorized before.
                "x-amz-date": "20260101T000000Z",
                authorization:
                    `AWS4-HMAC-SHA256 Credential=local/20260101/${this.#region}/dynamodb/aws4_request, ` +
                    "SignedHeaders=host, Signature=local",
            },
            body,
        );
    }

    /** @throws AwsError TrimmedDataAccessException */
    async #getShardIterator(input: Input): Promise<Answer> {
        const stream = textOf(input, "StreamArn") ?? "";
        const sequenceNumber = textOf(input, "SequenceNumber");
        if (sequenceNumber !== undefined && this.#streams?.hasTrimmed(tableOfStream(stream), sequenceNumber)) {
            throw new AwsError(
                "TrimmedDataAccessException",
                "The record was trimmed: its stream keeps it for 24 hours.",
            );
        }
        const body = JSON.stringify({ ...input, StreamArn: this.#engineForm(stream) });
        return rewritten(await this.#forward("GetShardIterator", body), (output) => ({
            ...output,
            ShardIterator: `${stream}|1|${output["ShardIterator"]}`,
        }));
    }

    async #getRecords(input: Input): Promise<Answer> {
        const iterator = textOf(input, "ShardIterator") ?? "";
        const stream = streamOfIterator(iterator);
        if (stream === undefined) throw new AwsError("ValidationException", "Invalid ShardIterator.");
        const position = iterator.slice(`${stream}|1|`.length);
        const answer = await this.#forward("GetRecords", JSON.stringify({ ...input, ShardIterator: position }));
        const lifetime = await this.#lifetimeOf(tableOfStream(stream));
        return rewritten(answer, (output) => {
            const next = textOf(output, "NextShardIterator");
            const records = partsOf(output, "Records").filter(isChange);
            return {
                ...output,
                Records: records.map((record) => ({
                    ...record,
                    eventID: eventId(stream, textOf(partOf(record, "dynamodb"), "SequenceNumber") ?? ""),
                    awsRegion: this.#region,
                    ...(hasExpired(record, lifetime) && { userIdentity: expiry }),
                })),
                ...(next === undefined ? {} : { NextShardIterator: `${stream}|1|${next}` }),
            };
        });
    }

    /** Name of the attribute that tells when an item of a table expires; undefined where none does. */
    async #lifetimeOf(table: string): Promise<string | undefined> {
        if (!this.#lifetimes.has(table)) {
            const answer = await this.#forward("DescribeTimeToLive", JSON.stringify({ TableName: table }));
            const output = answer.status === 200 ? outputOf(answer) : {};
            this.#lifetimes.set(table, textOf(partOf(output, "TimeToLiveDescription"), "AttributeName"));
        }
        return this.#lifetimes.get(table);
    }

    #withOwnArns(answer: Answer): Answer {
        const own = `arn:aws:dynamodb:${this.#region}:${account}:`;
        const text = answer.body.toString().replaceAll(/arn:aws:dynamodb:[^:"]*:\d*:(?=table\/)/g, (foreign) => {
            this.#engineArn = foreign;
            return own;
        });
        return { ...answer, headers: contentType(answer), body: Buffer.from(text) };
    }

    #engineForm(arn: string): string {
        return this.#engineArn === undefined ? arn : arn.replace(/^arn:aws:dynamodb:[^:]*:\d*:/, this.#engineArn);
    }
}

/** A table may be named by its ARN on AWS; the engine knows names only. */
function withTableName(input: Input, body: Buffer | string): Buffer | string {
    if (textOf(input, "TableName")?.startsWith("arn:") !== true) return body;
    return JSON.stringify({ ...input, TableName: tableNameOf(input) });
}

function itemsRead(output: Input): readonly Input[] {
    return partsOf(output, "Responses").map((response) => partOf(response, "Item"));
}

/** @throws AwsError ValidationException for a transaction that is too large */
function checkSize(items: readonly Input[]): void {
    const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
    if (bytes <= transactionBytes) return;
    throw invalidItem(`The aggregate size of the items in the transaction exceeds 4 MB: ${bytes} bytes`);
}

function emptyAnswer(): Answer {
    const headers = { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() };
    return { status: 200, headers, body: Buffer.from("{}") };
}

function rewritten(answer: Answer, rewrite: (output: Input) => Input): Answer {
    if (answer.status !== 200) return answer;
    const output: unknown = JSON.parse(answer.body.toString());
    if (!isInput(output)) return answer;
    return { ...answer, headers: contentType(answer), body: Buffer.from(JSON.stringify(rewrite(output))) };
}

/** The length and the checksum of the original are no longer true. */
function contentType({ headers }: Answer): Answer["headers"] {
    return { "content-type": headers["content-type"], "x-amzn-requestid": headers["x-amzn-requestid"] };
}
