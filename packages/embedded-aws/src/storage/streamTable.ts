import { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";

/** So long DynamoDB keeps a record: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const keptSeconds = 24 * 60 * 60;
/** The engine waits while these are deleted. */
const deletedAtATime = 500;
/** How long another statement on the database may take. */
const patienceMs = 5_000;

/** The records of all streams, in the database that Dynoxide has open at the same time. */
export class StreamTable {
    readonly #file: string;

    constructor(file: string) {
        this.#file = file;
    }

    /**
     * Without it the engine reads all records at each write, for the last sequence number, and at each read of a stream: its
     * statements find the index by this very expression.
     */
    index(): void {
        this.#use((database) => {
            database.exec(`CREATE INDEX IF NOT EXISTS _stream_records_in_order
                ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`);
        });
    }

    /**
     * Deletes the records that DynamoDB would have no longer. The last one of each table stays: the engine counts on from it.
     * @param now milliseconds since the epoch
     */
    async trim(now: number): Promise<void> {
        const before = Math.floor(now / 1000) - keptSeconds;
        for (let after: number | undefined = 0; after !== undefined; await nextTurn()) {
            after = this.#trimSome(after, before);
        }
    }

    /** Whether the record of this number is gone, and with it the place to read on from. */
    hasTrimmed(table: string, sequenceNumber: string): boolean {
        return this.#use((database) => {
            const oldest = database
                .prepare(
                    "SELECT MIN(CAST(sequence_number AS INTEGER)) AS number FROM _stream_records WHERE table_name = ?",
                )
                .get(table)?.["number"];
            return typeof oldest === "number" && Number(sequenceNumber) < oldest;
        });
    }

    /** @returns the row after which to go on, if there may be more */
    #trimSome(after: number, before: number): number | undefined {
        return this.#use((database) => {
            // Rows are in the order of time: what follows a young one is young.
            const some = database.prepare(
                "SELECT id, created_at FROM _stream_records WHERE id > ? ORDER BY id LIMIT ?",
            );
            const old = some.all(after, deletedAtATime).filter(({ created_at }) => Number(created_at) < before);
            const last = old.at(-1)?.["id"];
            if (typeof last !== "number") return undefined;
            const trim = database.prepare(`DELETE FROM _stream_records AS record WHERE id > ? AND id <= ? AND EXISTS (
                SELECT 1 FROM _stream_records AS later WHERE later.table_name = record.table_name
                    AND CAST(later.sequence_number AS INTEGER) > CAST(record.sequence_number AS INTEGER))`);
            trim.run(after, last);
            return old.length === deletedAtATime ? last : undefined;
        });
    }

    #use<Result>(work: (database: DatabaseSync) => Result): Result {
        const database = new DatabaseSync(this.#file, { timeout: patienceMs });
        try {
            return work(database);
        } finally {
            database.close();
        }
    }
}
