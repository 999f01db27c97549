import { randomUUID } from "node:crypto";
import type { TaskQueue } from "../taskQueue.ts";
import type { Trace } from "../trace.ts";

/** A mail that the cloud would have sent. */
export interface Mail {
    readonly id: string;
    /** Milliseconds since the epoch. */
    readonly time: number;
    /** What sent it: SES for a program, SNS for a topic. */
    readonly sentBy: "ses" | "sns";
    readonly from: string;
    readonly to: readonly string[];
    readonly cc: readonly string[];
    readonly bcc: readonly string[];
    readonly replyTo: readonly string[];
    readonly subject: string;
    readonly text?: string;
    readonly html?: string;
    /** The whole MIME message, when it was given as one. */
    readonly raw?: string;
    readonly attachments?: readonly Attachment[];
}

/** A file that a mail brings. */
interface Attachment {
    readonly fileName: string;
    readonly contentType?: string;
    /** In base 64. */
    readonly content: string;
}

/** Where all mail of the cloud ends: nothing leaves the machine. Durable, in the task queue's database. */
export class Outbox {
    readonly #taskQueue: TaskQueue;
    readonly #trace: Trace;

    constructor(taskQueue: TaskQueue, trace: Trace) {
        this.#taskQueue = taskQueue;
        this.#trace = trace;
        taskQueue.database.exec(`
            CREATE TABLE IF NOT EXISTS mail (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL, mail TEXT NOT NULL)`);
    }

    /**
     * Takes a mail in; durable when it returns.
     * @param id given by a sender that may try again: the same mail is taken once.
     * @returns its id.
     */
    put(mail: Omit<Mail, "id" | "time">, id: string = randomUUID()): string {
        const complete: Mail = { id, time: Date.now(), ...mail };
        const insert = this.#taskQueue.database.prepare("INSERT OR IGNORE INTO mail (id, mail) VALUES (?, ?)");
        if (insert.run(id, JSON.stringify(complete)).changes === 0) return id;
        const text = `${mail.subject} to ${mail.to.join(", ")}\n${mail.text ?? mail.html ?? mail.raw ?? ""}`;
        this.#trace({ time: complete.time, what: "mail", where: mail.from, text, requestId: id });
        return id;
    }

    /** The newest first. @param limit @default 100 @param about text in them @default all */
    outbox(limit = 100, about = ""): Mail[] {
        const select = "SELECT mail FROM mail WHERE ?2 = '' OR instr(mail, ?2) > 0 ORDER BY number DESC LIMIT ?1";
        const rows = this.#taskQueue.database.prepare(select).all(limit, about);
        return rows.map((row) => JSON.parse(String(row["mail"])));
    }
}
