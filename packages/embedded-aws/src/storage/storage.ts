import { mkdirSync } from "node:fs";
import type { Waits } from "../waits.ts";
import { startDynamoDb, type TableEngine } from "./dynoxide.ts";
import type { EngineError } from "./engine.ts";
import { type QueueEngine, startFauxqs } from "./fauxqs.ts";

/** The two engines that keep tables, queues and objects. */
export interface Storage {
    readonly tables: TableEngine;
    readonly queues: QueueEngine;
    stop(): Promise<void>;
}

/**
 * Starts the engines on the state in `directory`. They end with this process, however it ends.
 * @throws EngineError when one does not start; then none is left running.
 */
export async function startStorage(options: {
    /** Is made when it does not exist. */
    readonly directory: string;
    readonly region: string;
    /** Of the delays of messages. @default as long as on AWS */
    readonly waits?: Waits;
    /** `DYNAMODB_ENDPOINT`: the address of a DynamoDB to use instead of starting one. */
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Called when an engine ends by itself. */
    onDeath(failure: EngineError): void;
}): Promise<Storage> {
    mkdirSync(options.directory, { recursive: true });
    const [tables, queues] = await Promise.allSettled([startDynamoDb(options), startFauxqs(options)]);
    if (tables.status === "fulfilled" && queues.status === "fulfilled") {
        return {
            tables: tables.value,
            queues: queues.value,
            stop: async () => void (await Promise.all([tables.value.stop(), queues.value.stop()])),
        };
    }
    for (const started of [tables, queues]) if (started.status === "fulfilled") await started.value.stop();
    throw tables.status === "rejected" ? tables.reason : queues.status === "rejected" ? queues.reason : undefined;
}
