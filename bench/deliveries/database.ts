import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { evaluateProgram } from "embedded-aws";
import { type Engine, startTables } from "embedded-aws/tables";
import { BenchError } from "../benchError.ts";
import { usageOf } from "../processes.ts";

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
            projectDirectory: join(import.meta.dirname, "../.."),
            fixturesDirectory: join(import.meta.dirname, "../../tools/embedded"),
            stack: "dev",
            account: "000000000000",
            awsUrl: "http://127.0.0.1:4566",
            apiUrl: "http://127.0.0.1:8787",
            codeDirectory: join(directory, "code"),
        });
        return new Database(await startTables(graph, directory));
    }

    /** Of the engine, since it has started. */
    cpuSeconds(): number {
        const { processId } = this.#engine;
        if (processId === undefined) throw new BenchError("the engine has no process here");
        return usageOf(processId).cpuSeconds;
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
