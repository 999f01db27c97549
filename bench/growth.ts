import http from "node:http";
import { join } from "node:path";
import { marshall } from "@aws-sdk/util-dynamodb";
import { BenchError } from "./benchError.ts";
import { Database } from "./deliveries/database.ts";
import { order } from "./deliveries/order.ts";
import type { Findings } from "./figures.ts";

const table = "ecommerce-orders-dev";
const orders = 100_000;
const rounds = 8;
const putsOfARound = 500;

/** The puts of orders into a table that has 100,000 of them, and their stream's records, beside those into a new one. */
export async function measureGrowth(directory: string): Promise<Findings> {
    const [grown, young] = [
        await Database.start(join(directory, "grown")),
        await Database.start(join(directory, "young")),
    ];
    const agent = new http.Agent({ keepAlive: true });
    try {
        const before = Array.from({ length: orders }, (_, index) => ({ ...order, orderId: `before-${index}` }));
        await grown.put(table, before);
        const cpu = { grown: 0, young: 0 };
        // In turn, so that both have the same share of what else the machine does.
        for (let round = 0; round < rounds; round += 1) {
            cpu.grown += await cpuOfPuts(grown, agent, round);
            cpu.young += await cpuOfPuts(young, agent, round);
        }
        const msOf = (seconds: number) => (seconds * 1000) / (rounds * putsOfARound);
        return {
            tables: [
                {
                    title: `Puts of ${rounds * putsOfARound} orders, one after the other`,
                    rows: [
                        { "orders before": orders, "the engine's CPU ms a put": msOf(cpu.grown) },
                        { "orders before": 0, "the engine's CPU ms a put": msOf(cpu.young) },
                    ],
                },
            ],
            budgets: [
                {
                    what: `a put after ${orders} orders, times the CPU of one into an empty table`,
                    measured: cpu.grown / cpu.young,
                    atMost: 1.2,
                },
            ],
        };
    } finally {
        agent.destroy();
        await grown.stop();
        await young.stop();
    }
}

async function cpuOfPuts(database: Database, agent: http.Agent, round: number): Promise<number> {
    const before = database.cpuSeconds();
    for (let index = 0; index < putsOfARound; index += 1) {
        const Item = marshall({ ...order, orderId: `round-${round}-${index}` });
        await send(database.url, agent, JSON.stringify({ TableName: table, Item }));
    }
    return database.cpuSeconds() - before;
}

/** Without the SDK, which takes longer than the engine; that one looks at no signature. */
function send(url: string, agent: http.Agent, body: string): Promise<void> {
    const headers = {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "DynamoDB_20120810.PutItem",
        "x-amz-date": "20261120T100000Z",
        authorization:
            "AWS4-HMAC-SHA256 Credential=bench/20261120/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none",
        "content-length": Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
        const request = http.request(url, { agent, method: "POST", headers }, (response) => {
            response.resume().on("end", () => {
                if (response.statusCode === 200) resolve();
                else reject(new BenchError(`a put was answered with ${response.statusCode}`));
            });
        });
        request.on("error", reject).end(body);
    });
}
