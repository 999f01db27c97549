import {
    closeSync,
    existsSync,
    mkdirSync,
    openSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    writeSync,
} from "node:fs";
import { join } from "node:path";

/** Of one file; a new one is begun above it. */
const fileBytes = 8 * 2 ** 20;
/** Of all files: the oldest are deleted. */
const totalBytes = 64 * 2 ** 20;
const longestMs = 7 * 86_400_000;

interface Segment {
    readonly path: string;
    /** Sequence number of its first entry. */
    readonly first: number;
    bytes: number;
}

/**
 * The trace on disk: files of JSON lines, bounded by size and age. What happens in one turn of the event loop is written in
 * one call at its end, so that a killed cloud has lost nothing that it has reported.
 */
export class TraceFile {
    readonly #directory: string;
    /** Of earlier runs, the oldest first; looked for when it is first needed, as the state may be forgotten before. */
    #found: Segment[] | undefined;
    readonly #written: Segment[] = [];
    #descriptor: number | undefined;
    #lines: string[] = [];
    /** Number of the first of these lines. */
    #first = 0;
    #scheduled: NodeJS.Immediate | undefined;
    #isClosed = false;

    constructor(directory: string) {
        this.#directory = directory;
    }

    get #earlier(): Segment[] {
        this.#found ??= existsSync(this.#directory) ? segmentsIn(this.#directory) : [];
        return this.#found;
    }

    /** Above the numbers of all earlier runs, whatever the clock says: a run numbers its entries from here on. */
    get next(): number {
        const last = this.#earlier.at(-1);
        return Math.max(Date.now() * 1000, last === undefined ? 0 : last.first + last.bytes);
    }

    append(sequence: number, entry: object): void {
        if (this.#isClosed) return;
        if (this.#lines.length === 0) this.#first = sequence;
        this.#lines.push(JSON.stringify(entry));
        this.#scheduled ??= setImmediate(() => this.#flush());
    }

    /** What earlier runs have left, the oldest first; a line that was cut off is left out. */
    earlier(): unknown[] {
        return this.#earlier.flatMap(({ path }) =>
            readFileSync(path, "utf8")
                .split("\n")
                .flatMap((line) => {
                    try {
                        return line === "" ? [] : [JSON.parse(line)];
                    } catch {
                        return [];
                    }
                }),
        );
    }

    close(): void {
        if (this.#scheduled !== undefined) {
            clearImmediate(this.#scheduled);
            this.#flush();
        }
        if (this.#descriptor !== undefined) closeSync(this.#descriptor);
        this.#descriptor = undefined;
        this.#isClosed = true;
    }

    #flush(): void {
        const text = `${this.#lines.join("\n")}\n`;
        this.#lines = [];
        this.#scheduled = undefined;
        const current = this.#written.at(-1);
        const segment = current === undefined || current.bytes >= fileBytes ? this.#begin(this.#first) : current;
        if (this.#descriptor !== undefined) segment.bytes += writeSync(this.#descriptor, text);
    }

    #begin(first: number): Segment {
        if (this.#descriptor !== undefined) closeSync(this.#descriptor);
        mkdirSync(this.#directory, { recursive: true });
        const segment: Segment = { path: join(this.#directory, `${first}.jsonl`), first, bytes: 0 };
        this.#descriptor = openSync(segment.path, "a");
        this.#written.push(segment);
        const all = [...this.#earlier, ...this.#written];
        for (let total = all.reduce((sum, { bytes }) => sum + bytes, 0); total > totalBytes - fileBytes; ) {
            const oldest = all.shift();
            if (oldest === undefined || oldest === segment) break;
            total -= oldest.bytes;
            this.#forget(oldest);
        }
        return segment;
    }

    #forget(segment: Segment): void {
        rmSync(segment.path, { force: true });
        for (const list of [this.#earlier, this.#written]) {
            const index = list.indexOf(segment);
            if (index >= 0) list.splice(index, 1);
        }
    }
}

/** Those that are not too old, which are deleted. */
function segmentsIn(directory: string): Segment[] {
    return readdirSync(directory)
        .flatMap((name): Segment[] => {
            const [, first] = /^(\d+)\.jsonl$/.exec(name) ?? [];
            const path = join(directory, name);
            if (first === undefined) return [];
            const { size, mtimeMs } = statSync(path);
            if (Date.now() - mtimeMs > longestMs) rmSync(path, { force: true });
            return Date.now() - mtimeMs > longestMs ? [] : [{ path, first: Number(first), bytes: size }];
        })
        .sort((one, other) => one.first - other.first);
}
