/**
 * The child process that holds queues and objects: fauxqs on 127.0.0.1, with its SQLite file in the directory that the
 * first argument names, for the region that the second names; delays of messages are as much shorter as the third says. Prints the port as one JSON line, and ends when its
 * standard input does, that is when the process that started it is gone.
 *
 * What fauxqs 2.4.1 lacks is put right from outside, at the borders that it shares with Node: where it listens, what one
 * request commits and what that costs, where a dead letter came from, who received what, and two faults.
 */
import { ServerResponse } from "node:http";
import { Server } from "node:net";
import { DatabaseSync, StatementSync } from "node:sqlite";

const [dataDir, defaultRegion, waitFactor = "1"] = process.argv.slice(2);
if (dataDir === undefined || defaultRegion === undefined)
    throw new Error("fauxqsProcess needs a directory and a region");

process.stdin.resume();
process.stdin.on("close", () => process.exit(0));

// It listens on all interfaces and has no setting for that.
Server.prototype.listen = new Proxy(Server.prototype.listen, {
    apply: (listen, server, [options, ...rest]) =>
        Reflect.apply(listen, server, ["port" in options ? { ...options, host: "127.0.0.1" } : options, ...rest]),
});

/**
 * A message whose receiver ended with the cloud would stay hidden for its whole visibility timeout: it is visible again.
 * Its receive counts all the same.
 */
const giveBack = "UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL";

/** A message that leaves one queue and arrives in another within one transaction has moved to a dead-letter queue. */
const deadLetterSources = `
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS dead_letter (message_id TEXT PRIMARY KEY, source_queue TEXT NOT NULL);
    CREATE TEMP TABLE leaving (message_id TEXT PRIMARY KEY, queue_name TEXT NOT NULL);
    CREATE TEMP TRIGGER message_leaves BEFORE DELETE ON sqs_messages BEGIN
        INSERT OR REPLACE INTO leaving VALUES (old.message_id, old.queue_name);
        DELETE FROM dead_letter WHERE message_id = old.message_id;
    END;
    CREATE TEMP TRIGGER message_arrives AFTER INSERT ON sqs_messages BEGIN
        INSERT OR REPLACE INTO dead_letter SELECT message_id, queue_name FROM leaving WHERE message_id = new.message_id;
    END;`;

/**
 * What one request writes is one transaction, committed before the answer leaves. fauxqs commits statement by statement,
 * so that a message could be lost between leaving its queue and arriving in the dead-letter queue. A commit survives
 * `kill -9` without being forced to the disk (synchronous = NORMAL): a third more messages a second on a fast disk.
 */
let database: DatabaseSync | undefined;
let open = false;

const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
    if (sql === "BEGIN") commit();
    exec.call(this, sql);
    if (sql.includes("CREATE TABLE IF NOT EXISTS sqs_messages")) {
        database = this;
        exec.call(this, `${giveBack};${deadLetterSources}`);
    }
};

StatementSync.prototype.run = new Proxy(StatementSync.prototype.run, {
    apply: (run, statement, values) => {
        if (database !== undefined && !database.isTransaction) {
            exec.call(database, "BEGIN");
            open = true;
            // What is written outside a request, while loading for instance, is committed at the end of the turn.
            setImmediate(commit);
        }
        return Reflect.apply(run, statement, values);
    },
});

function commit(): void {
    if (database === undefined || !open) return;
    open = false;
    exec.call(database, "DELETE FROM leaving; COMMIT");
}

ServerResponse.prototype.writeHead = new Proxy(ServerResponse.prototype.writeHead, {
    apply: (writeHead, response, values) => {
        commit();
        return Reflect.apply(writeHead, response, values);
    },
});

// It forgets the receive count when a message is made visible at once, which its own table refuses.
DatabaseSync.prototype.prepare = new Proxy(DatabaseSync.prototype.prepare, {
    apply: (prepare, opened, [sql, ...rest]) => {
        const kept = String(sql).replace(
            "approximate_receive_count = ?, approximate_first_receive_timestamp = ?",
            "approximate_receive_count = coalesce(?, approximate_receive_count), " +
                "approximate_first_receive_timestamp = coalesce(?, approximate_first_receive_timestamp)",
        );
        return Reflect.apply(prepare, opened, [kept, ...rest]);
    },
});

// It takes every character beyond the first 65536, an emoji for instance, for an illegal one. SQS allows them:
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
const { INVALID_MESSAGE_BODY_CHAR: illegal } = await import(
    new URL("sqs/sqsTypes.js", import.meta.resolve("fauxqs")).href
);
illegal.test = (body: string) => /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(body);

// Of all ways a message is given a delay, by the queue or by itself. No less than a second, SQS's own unit: a client that looks again
// in a few seconds would do so all the time.
const { SqsStore } = await import(new URL("sqs/sqsStore.js", import.meta.resolve("fauxqs")).href);
SqsStore.createMessage = new Proxy(SqsStore.createMessage, {
    apply: (create, store, [body, attributes, seconds, ...rest]) => {
        const shortened = seconds && Math.min(seconds, Math.max(1, seconds * Number(waitFactor)));
        return Reflect.apply(create, store, [body, attributes, shortened, ...rest]);
    },
});

const { startFauxqs } = await import("fauxqs");
const server = await startFauxqs({ port: 0, dataDir, logger: false, defaultRegion });
console.log(JSON.stringify({ port: server.port }));
process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
