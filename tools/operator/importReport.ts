import { randomUUID } from "node:crypto";
import {
    closeSync,
    createReadStream,
    fsyncSync,
    ftruncateSync,
    linkSync,
    openSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
    writeSync,
} from "node:fs";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import type { ValidationError } from "../../runtime/shared/validationErrors.ts";
import { UsageError } from "./command.ts";

/** `changedMeanwhile`: between an import that was interrupted while it wrote the row, and the one that goes on. */
export type Outcome = "created" | "changed" | "unchanged" | "refused" | "changedMeanwhile";

/** A line of the report: what became of a row. */
export interface Reported {
    readonly line: number;
    readonly productId?: string;
    readonly outcome: Outcome;
    readonly errors?: readonly ValidationError[];
}

export type Counts = Readonly<Record<Outcome, number>>;
const none: Counts = { created: 0, changed: 0, unchanged: 0, refused: 0, changedMeanwhile: 0 };
export const isOutcome = (value: unknown): value is Outcome => typeof value === "string" && Object.hasOwn(none, value);

/** What an import is of. */
interface Subject {
    /** SHA-256 of the file. */
    readonly file: string;
    /** The stack, in words. */
    readonly into: string;
}

/** Rows that are being written, of which each may have been written already. */
interface Open {
    readonly rows: number;
    /** Of the products, as they were before. Null: there was nothing. */
    readonly versions: JsonObject;
}

interface Progress {
    readonly id: string;
    readonly rows: number;
    readonly counts: Counts;
    readonly open?: Open;
    /** Of the report's whole lines. */
    readonly bytes: number;
}

interface ReportArgs extends Subject {
    readonly path: string;
    /** Whether an import that was interrupted goes on. */
    readonly isResumed: boolean;
}

/**
 * A line for each row of an import, behind one that says of what it is. Before rows are written, a line says so, and is on
 * the disk: what an interrupted import may have written is known. No two imports write it at the same time.
 */
export class ImportReport {
    readonly progress: Progress;
    readonly #output: number;
    readonly #lock: string;
    #position: number;

    private constructor(progress: Progress, output: number, lock: string) {
        this.progress = progress;
        this.#output = output;
        this.#lock = lock;
        this.#position = progress.bytes;
    }

    /** Throws UsageError if the report is another import's. */
    static async open({ path, isResumed, ...subject }: ReportArgs): Promise<ImportReport> {
        const lock = `${path}.lock`;
        take(lock, path);
        try {
            const before = isResumed ? await interruptedIn(path, subject) : undefined;
            const progress = before ?? { id: randomUUID(), rows: 0, counts: none, bytes: 0 };
            const report = new ImportReport(progress, openSync(path, before === undefined ? "w" : "r+"), lock);
            // What was being written when the import ended.
            if (before !== undefined) ftruncateSync(report.#output, before.bytes);
            else report.#print({ import: progress.id, ...subject });
            return report;
        } catch (error) {
            rmSync(lock, { force: true });
            throw error;
        }
    }

    /** Before the rows are written. */
    begin({ rows, versions }: Open): void {
        this.#print({ writing: rows, versions });
        fsyncSync(this.#output);
    }

    add(rows: readonly Reported[]): void {
        for (const row of rows) this.#print(row);
    }

    end(counts: Counts): void {
        this.#print({ ended: counts });
    }

    close(): void {
        closeSync(this.#output);
        rmSync(this.#lock, { force: true });
    }

    #print(value: object): void {
        this.#position += writeSync(this.#output, `${JSON.stringify(value)}\n`, this.#position);
    }
}

/** Takes the lock, also from a process that ended without giving it back. Throws UsageError if another one holds it. */
function take(lock: string, report: string): void {
    const own = `${lock}.${process.pid}`;
    writeFileSync(own, String(process.pid));
    try {
        // Linked, not created: so it is never seen without its content.
        if (linked(own, lock)) return;
        const holder = pidIn(lock);
        if (holder === undefined || !isRunning(holder)) {
            const left = `${own}.left`;
            renameSync(lock, left);
            // Another process may have taken it first.
            const isOther = pidIn(left) !== holder;
            if (isOther) linked(left, lock);
            rmSync(left, { force: true });
            if (!isOther && linked(own, lock)) return;
        }
        const by = holder === undefined ? "" : ` (process ${holder})`;
        throw new UsageError(`another import${by} writes ${report}; if there is none, delete ${lock}`);
    } finally {
        rmSync(own, { force: true });
    }
}

function linked(from: string, to: string): boolean {
    try {
        linkSync(from, to);
        return true;
    } catch (error) {
        if (isErrno(error) && error.code === "EEXIST") return false;
        throw error;
    }
}

function pidIn(lock: string): number | undefined {
    try {
        const pid = Number(readFileSync(lock, "utf8"));
        return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
    } catch (error) {
        if (isErrno(error) && error.code === "ENOENT") return undefined;
        throw error;
    }
}

function isRunning(pid: number): boolean {
    // A container's processes have the same numbers after it is started anew.
    if (pid === process.pid) return false;
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return isErrno(error) && error.code === "EPERM";
    }
}

const isErrno = (error: unknown): error is NodeJS.ErrnoException => error instanceof Error && "code" in error;

/** What the report of an import says that did not end. Throws UsageError if it is of something else. */
async function interruptedIn(report: string, of: Subject): Promise<Progress | undefined> {
    let first: JsonObject | undefined;
    let open: Open | undefined;
    const counts = { ...none };
    let [rows, bytes] = [0, 0];
    for await (const text of wholeLinesIn(report)) {
        const line = valueIn(text);
        const { outcome } = line ?? {};
        bytes += text.length + 1;
        if (line !== undefined && first === undefined && typeof line["import"] === "string") first = line;
        else if (line === undefined || first === undefined) throw unreadable(report);
        else if ("ended" in line) return undefined;
        else if (typeof line["writing"] === "number" && isJsonObject(line["versions"])) {
            open = { rows: line["writing"], versions: line["versions"] };
        } else if (isOutcome(outcome) && open !== undefined && open.rows > 0) {
            open = { ...open, rows: open.rows - 1 };
            rows += 1;
            counts[outcome] += 1;
        } else throw unreadable(report);
    }
    if (first === undefined) {
        if ((statSync(report, { throwIfNoEntry: false })?.size ?? 0) > 0) throw unreadable(report);
        return undefined;
    }
    if (first["file"] !== of.file || first["into"] !== of.into) {
        const what = first["file"] === of.file ? `into ${String(first["into"])}` : "of another content of the file";
        throw new UsageError(`${report} is of an import ${what} that did not end: --anew begins this one`);
    }
    return { id: String(first["import"]), rows, bytes, counts, ...(open && open.rows > 0 && { open }) };
}

const unreadable = (report: string) =>
    new UsageError(
        `${report} is no report of an import, or is damaged: --anew overwrites it and begins at the first row`,
    );

function valueIn(text: Buffer): JsonObject | undefined {
    try {
        const value: unknown = JSON.parse(text.toString());
        return isJsonObject(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

/** Without what follows the last line's end. */
async function* wholeLinesIn(file: string): AsyncGenerator<Buffer> {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) return;
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(file)) {
        rest = Buffer.concat([rest, Buffer.from(chunk)]);
        for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
            yield rest.subarray(0, end);
            rest = rest.subarray(end + 1);
        }
    }
}
