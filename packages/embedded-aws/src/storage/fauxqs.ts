import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Waits } from "../waits.ts";
import { type Engine, type EngineError, scriptPath, startEngine } from "./engine.ts";

/** The engine of queues and objects. */
export interface QueueEngine extends Engine {
    /** Name of the queue from which a message came to its dead-letter queue; undefined when it did not come so. */
    deadLetterSource(messageId: string): string | undefined;
}

/** Starts SQS and S3: fauxqs with its database in `directory`. @throws EngineError when it does not start. */
export async function startFauxqs(options: {
    readonly directory: string;
    readonly region: string;
    /** Of the delays of messages. @default as long as on AWS */
    readonly waits?: Waits;
    onDeath(failure: EngineError): void;
}): Promise<QueueEngine> {
    const engine = await startEngine({
        title: "SQS and S3 (fauxqs)",
        program: process.execPath,
        arguments: [
            "--disable-warning=ExperimentalWarning",
            scriptPath("./fauxqsProcess.ts"),
            options.directory,
            options.region,
            String(options.waits?.factor ?? 1),
        ],
        ready: async (child) => {
            if (child.stdout === null) throw new Error("no standard output");
            const [line] = await once(child.stdout, "data");
            const { port } = JSON.parse(String(line));
            return `http://127.0.0.1:${port}`;
        },
        onDeath: options.onDeath,
    });
    const database = new DatabaseSync(join(options.directory, "fauxqs.db"), { readOnly: true });
    const source = database.prepare("SELECT source_queue FROM dead_letter WHERE message_id = ?");
    return {
        ...engine,
        deadLetterSource: (messageId) => {
            const queue = source.get(messageId)?.["source_queue"];
            return typeof queue === "string" ? queue : undefined;
        },
        stop: async () => {
            if (database.isOpen) database.close();
            await engine.stop();
        },
    };
}
