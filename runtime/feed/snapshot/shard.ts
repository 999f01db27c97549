import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

/** Characters of lines that are packed at once. */
const perMember = 512 * 1024;
/** S3 takes no smaller part but the last. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const smallestPart = 5 * 1024 * 1024;

/** The end of a file in the making: lines that are in none of its parts yet, packed. Members of gzip may follow each other. */
export class ShardBuffer {
    readonly #isPacked: boolean;
    #lines: string[] = [];
    #characters = 0;
    #chunks: Buffer[] = [];
    #bytes = 0;

    /** @param rest what was left of the step before */
    constructor(isPacked: boolean, rest?: Buffer) {
        this.#isPacked = isPacked;
        if (rest !== undefined) this.#append(rest);
    }

    add(line: string): void {
        this.#lines.push(line);
        this.#characters += line.length;
        if (this.#characters >= perMember) this.#pack();
    }

    /** Whether it is large enough for a part. */
    get isPart(): boolean {
        return this.#bytes >= smallestPart;
    }

    /** All that it has, which it forgets. */
    take(): Buffer {
        this.#pack();
        const all = Buffer.concat(this.#chunks);
        this.#chunks = [];
        this.#bytes = 0;
        return all;
    }

    /** As `take`, of a file that has no part yet: packed, also nothing takes bytes. */
    takeFirst(): Buffer {
        const all = this.take();
        return all.length === 0 && this.#isPacked ? gzipSync(all) : all;
    }

    #pack(): void {
        if (this.#characters === 0) return;
        const text = Buffer.from(this.#lines.join(""));
        this.#lines = [];
        this.#characters = 0;
        this.#append(this.#isPacked ? gzipSync(text) : text);
    }

    #append(chunk: Buffer): void {
        this.#chunks.push(chunk);
        this.#bytes += chunk.length;
    }
}

/** The file that a product is in: always the same of as many. */
export const shardOf = (productId: string, shards: number): number =>
    createHash("sha256").update(productId).digest().readUInt32BE() % shards;
