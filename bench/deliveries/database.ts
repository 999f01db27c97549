import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { evaluateProgram } from "../../packages/embedded-aws/src/program.ts";
import { realiseTables } from "../../packages/embedded-aws/src/realise/tables.ts";
import { startDynamoDb } from "../../packages/embedded-aws/src/storage/dynoxide.ts";
import type { Engine } from "../../packages/embedded-aws/src/storage/engine.ts";
import { EngineClient, outputOf } from "../../packages/embedded-aws/src/storage/engineClient.ts";
import { BenchError } from "../benchError.ts";

/** What the engine takes for a signature: it does not look at it. */
const authorization =
    "AWS4-HMAC-SHA256 Credential=bench/20261120/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none";

/** The program's tables in the engine of the embedded cloud, and nothing of the cloud before it. */
export class Database {
    readonly url: string;
    readonly #engine: Engine;
    readonly #client: DynamoDBDocumentClient;

    private constructor(engine: Engine) {
        this.url = engine.origin;
        this.#engine = engine;
        const credentials = { accessKeyId: "bench", secretAccessKey: "bench" };
        const client = new DynamoDBClient({ endpoint: engine.origin, region: "eu-west-1", credentials });
        this.#client = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    }

    static async start(directory: string): Promise<Database> {
        const { graph } = await evaluateProgram({
            stack: "dev",
            account: "000000000000",
            awsUrl: "http://127.0.0.1:4566",
            apiUrl: "http://127.0.0.1:8787",
            codeDirectory: join(directory, "code"),
        });
        const engine = await startDynamoDb({
            directory,
            environment: {},
            onDeath: (failure) => console.error(failure),
        });
        const client = new EngineClient(engine.origin);
        try {
            await realiseTables(graph, async (_principal, _service, action, input) => {
                const headers = {
                    "content-type": "application/x-amz-json-1.0",
                    "x-amz-target": `DynamoDB_20120810.${action}`,
                    "x-amz-date": "20261120T100000Z",
                    authorization,
                };
                return outputOf(await client.send("POST", "/", headers, JSON.stringify(input)));
            });
            return new Database(engine);
        } catch (error) {
            await engine.stop();
            throw error;
        } finally {
            client.close();
        }
    }

    async put(table: string, items: readonly object[]): Promise<void> {
        for (let first = 0; first < items.length; first += 25) {
            const Puts = items.slice(first, first + 25).map((Item) => ({ PutRequest: { Item: { ...Item } } }));
            const put = new BatchWriteCommand({ RequestItems: { [table]: Puts } });
            const { UnprocessedItems = {} } = await this.#client.send(put);
            if (Object.keys(UnprocessedItems).length > 0) throw new BenchError(`${table} does not take everything`);
        }
    }

    async stop(): Promise<void> {
        this.#client.destroy();
        await this.#engine.stop();
    }
}
