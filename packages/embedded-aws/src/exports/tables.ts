import type { Graph } from "../graph/graph.ts";
import { provisionTables } from "../provision/tables.ts";
import { startDynamoDb } from "../storage/dynoxide.ts";
import type { Engine } from "../storage/engine.ts";
import { EngineClient, outputOf } from "../storage/engineClient.ts";

export type { Engine };

/** What the engine takes for a signature: it does not look at it. */
const authorization =
    "AWS4-HMAC-SHA256 Credential=local/20261120/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none";

/** A graph's tables in the engine alone, with no cloud before it. */
export async function startTables(graph: Graph, directory: string): Promise<Engine> {
    const engine = await startDynamoDb({ directory, environment: {}, onDeath: (failure) => console.error(failure) });
    const client = new EngineClient(engine.origin);
    try {
        await provisionTables(graph, async (_principal, _service, action, input) => {
            const headers = {
                "content-type": "application/x-amz-json-1.0",
                "x-amz-target": `DynamoDB_20120810.${action}`,
                "x-amz-date": "20261120T100000Z",
                authorization,
            };
            return outputOf(await client.send("POST", "/", headers, JSON.stringify(input)));
        });
        return engine;
    } catch (error) {
        await engine.stop();
        throw error;
    } finally {
        client.close();
    }
}
