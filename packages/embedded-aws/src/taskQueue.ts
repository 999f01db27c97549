import { DatabaseSync } from "node:sqlite";

/** A task the cloud has accepted and must not lose: an asynchronous invocation, an event for a target. */
export interface Task<Payload = unknown> {
    readonly id: number;
    readonly kind: string;
    readonly payload: Payload;
    /** 1 for the first attempt. */
    readonly attempt: number;
    readonly acceptedAt: number;
}

/** Result of an attempt: `done` deletes the task, `retryInMs` retries it after that many milliseconds. */
export type Outcome = { readonly done: true } | { readonly retryInMs: number; readonly reason: string };

interface Lane {
    readonly run: (task: Task) => Promise<Outcome>;
    readonly concurrency: number;
    running: number;
    readonly due: Task[];
}

interface Row {
    id: number;
    kind: string;
    payload: string;
    attempt: number;
    accepted_at: number;
    due_at: number;
}

const schema = `
    CREATE TABLE IF NOT EXISTS work (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, payload TEXT NOT NULL,
        attempt INTEGER NOT NULL, accepted_at INTEGER NOT NULL, due_at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS fact (key TEXT PRIMARY KEY, value TEXT NOT NULL);`;

/** Another process has the database open, so another cloud uses the same state. */
export class StateInUseError extends Error {
    override readonly name = "StateInUseError";
}

/**
 * The durable memory of the embedded cloud: tasks for later, and small facts such as a stream position.
 * SQLite in WAL mode: what `add` or `remember` returned from survives `kill -9`.
 */
export class TaskQueue {
    readonly database: DatabaseSync;
    readonly #lanes = new Map<string, Lane>();
    readonly #timers = new Set<NodeJS.Timeout>();
    /** By the transaction that is open. */
    readonly #accepted: { readonly task: Task; readonly dueAt: number }[] = [];
    /** Reasons of retries, by the task's id. */
    readonly #reasons = new Map<number, string>();
    readonly #mayProceed: () => Promise<void>;
    #started = false;

    /**
     * @param file path of the database, or ":memory:". Throws StateInUseError.
     * @param mayProceed asked before each attempt. @default always at once
     */
    constructor(file: string, mayProceed: () => Promise<void> = async () => {}) {
        this.#mayProceed = mayProceed;
        this.database = new DatabaseSync(file);
        try {
            this.database.exec(`
                PRAGMA locking_mode = EXCLUSIVE;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                ${schema}`);
        } catch (error) {
            this.database.close();
            if (!String(error).includes("locked")) throw error;
            throw new StateInUseError(`${file} is in use by another process`, { cause: error });
        }
    }

    /** Sets the handler of a kind of task, at most `concurrency` at a time. Call before `start`. */
    handle<Payload>(kind: string, concurrency: number, run: (task: Task<Payload>) => Promise<Outcome>): void {
        // The payload of a kind is written by `add` and read here only: this is the one place that knows its type.
        this.#lanes.set(kind, { run: run as (task: Task) => Promise<Outcome>, concurrency, running: 0, due: [] });
    }

    /** Accepts tasks; all entries or, when one fails, none. Durable when it returns. */
    add(entries: readonly { readonly kind: string; readonly payload: unknown; readonly delayMs?: number }[]): void {
        const now = Date.now();
        const insert = this.database.prepare(
            "INSERT INTO work (kind, payload, attempt, accepted_at, due_at) VALUES (?, ?, 1, ?, ?)",
        );
        this.atomically(() => {
            for (const { kind, payload, delayMs = 0 } of entries) {
                const { lastInsertRowid } = insert.run(kind, JSON.stringify(payload), now, now + delayMs);
                const task = { id: Number(lastInsertRowid), kind, payload, attempt: 1, acceptedAt: now };
                this.#accepted.push({ task, dueAt: now + delayMs });
            }
        });
    }

    /** Runs `write` in one transaction: durable when this returns, rolled back when it throws. */
    atomically<Result>(write: () => Result): Result {
        if (this.database.isTransaction) return write();
        this.database.exec("BEGIN IMMEDIATE");
        try {
            const result = write();
            this.database.exec("COMMIT");
            if (this.#started) for (const { task, dueAt } of this.#accepted) this.#schedule(task, dueAt);
            return result;
        } catch (error) {
            this.database.exec("ROLLBACK");
            throw error;
        } finally {
            this.#accepted.length = 0;
        }
    }

    /** Runs the tasks an earlier run left, then all new ones. */
    start(): void {
        this.#started = true;
        for (const row of this.#rows()) {
            this.#schedule(
                {
                    id: row.id,
                    kind: row.kind,
                    payload: JSON.parse(row.payload),
                    attempt: row.attempt,
                    acceptedAt: row.accepted_at,
                },
                row.due_at,
            );
        }
    }

    /** Pending tasks, and the reason of each one's last failed attempt of this run. */
    pending(
        kind?: string,
    ): { kind: string; payload: unknown; attempt: number; dueAt: number; reason: string | undefined }[] {
        return this.#rows()
            .filter((row) => kind === undefined || row.kind === kind)
            .map((row) => ({
                kind: row.kind,
                payload: JSON.parse(row.payload),
                attempt: row.attempt,
                dueAt: row.due_at,
                reason: this.#reasons.get(row.id),
            }));
    }

    /** Writes a fact, durable when it returns. */
    remember(key: string, value: unknown): void {
        this.database.prepare("INSERT OR REPLACE INTO fact VALUES (?, ?)").run(key, JSON.stringify(value));
    }

    /** Reads a fact; undefined when it was never written. */
    recall(key: string): unknown {
        const row = this.database.prepare("SELECT value FROM fact WHERE key = ?").get(key);
        return typeof row?.["value"] === "string" ? JSON.parse(row["value"]) : undefined;
    }

    /** All facts whose key starts with `prefix`, in the order of their keys. */
    recallAll(prefix: string): { key: string; value: unknown }[] {
        const rows = this.database
            .prepare("SELECT key, value FROM fact WHERE substr(key, 1, ?) = ? ORDER BY key")
            .all(prefix.length, prefix);
        return rows.map((row) => ({ key: String(row["key"]), value: JSON.parse(String(row["value"])) }));
    }

    /** Drops all that is in the database, other services' tables included. Call before `start`. */
    forgetAll(): void {
        const tables = this.database.prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
        );
        for (const { name } of tables.all()) this.database.exec(`DROP TABLE "${name}"`);
        this.database.exec(schema);
    }

    /** Stops running tasks and closes the database; pending tasks run after the next start. */
    close(): void {
        this.#started = false;
        for (const timer of this.#timers) clearTimeout(timer);
        this.database.close();
    }

    #rows(): Row[] {
        return this.database.prepare("SELECT * FROM work ORDER BY id").all() as unknown as Row[];
    }

    #schedule(task: Task, dueAt: number): void {
        const delay = dueAt - Date.now();
        if (delay <= 0) {
            this.#enqueue(task);
            return;
        }
        const timer = setTimeout(() => {
            this.#timers.delete(timer);
            this.#enqueue(task);
        }, delay);
        this.#timers.add(timer);
    }

    #enqueue(task: Task): void {
        const lane = this.#lanes.get(task.kind);
        if (lane === undefined) throw new Error(`no handler for tasks of the kind ${task.kind}`);
        lane.due.push(task);
        this.#next(lane);
    }

    #next(lane: Lane): void {
        while (this.#started && lane.running < lane.concurrency) {
            const task = lane.due.shift();
            if (task === undefined) return;
            lane.running += 1;
            void this.#attempt(lane, task).finally(() => {
                lane.running -= 1;
                this.#next(lane);
            });
        }
    }

    async #attempt(lane: Lane, task: Task): Promise<void> {
        await this.#mayProceed();
        if (!this.#started) return;
        // A handler that throws has a bug; the task is retried and not lost.
        const outcome = await lane
            .run(task)
            .catch((error: unknown): Outcome => ({ retryInMs: 1000, reason: String(error) }));
        if (!this.#started) return;
        if ("done" in outcome) {
            this.#reasons.delete(task.id);
            this.database.prepare("DELETE FROM work WHERE id = ?").run(task.id);
            return;
        }
        this.#reasons.set(task.id, outcome.reason);
        const attempt = task.attempt + 1;
        const dueAt = Date.now() + outcome.retryInMs;
        this.database.prepare("UPDATE work SET attempt = ?, due_at = ? WHERE id = ?").run(attempt, dueAt, task.id);
        this.#schedule({ ...task, attempt }, dueAt);
    }
}
