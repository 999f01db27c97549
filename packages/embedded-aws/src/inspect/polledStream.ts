import type { IncomingMessage, ServerResponse } from "node:http";
import { type TraceEntry, TraceStore } from "../trace.ts";
import type { ResourceNames } from "./entries.ts";
import { EntryStream } from "./stream.ts";

/** The stream of what happens elsewhere: it is asked for while a page is open, and never otherwise. */
export class PolledStream {
    readonly #news: () => Promise<readonly TraceEntry[]>;
    readonly #trace = new TraceStore();
    readonly #stream: EntryStream;
    #readers = 0;
    #isAsking = false;
    #failure: string | undefined;
    #timer: NodeJS.Timeout | undefined;

    readonly #pauseMs: number;

    /** @param news what happened since it was last asked */
    constructor(news: () => Promise<readonly TraceEntry[]>, names: () => ResourceNames, pauseMs = 5_000) {
        this.#news = news;
        this.#pauseMs = pauseMs;
        this.#stream = new EntryStream(this.#trace, names);
    }

    serve(message: IncomingMessage, response: ServerResponse): void {
        this.#readers += 1;
        response.on("close", () => {
            this.#readers -= 1;
            if (this.#readers > 0) return;
            clearTimeout(this.#timer);
            this.#timer = undefined;
        });
        this.#stream.serve(message, response);
        if (this.#timer === undefined && !this.#isAsking) void this.#ask();
    }

    async #ask(): Promise<void> {
        this.#isAsking = true;
        try {
            for (const entry of await this.#news()) this.#trace.add(entry);
            this.#failure = undefined;
        } catch (error) {
            const text = `what happens cannot be read: ${error instanceof Error ? error.message : String(error)}`;
            // Told once, until it can be read again.
            if (text !== this.#failure) this.#trace.add({ time: Date.now(), what: "failure", where: "console", text });
            this.#failure = text;
        }
        this.#isAsking = false;
        if (this.#readers > 0) this.#timer = setTimeout(() => void this.#ask(), this.#pauseMs);
    }

    close(): void {
        clearTimeout(this.#timer);
        this.#stream.close();
    }
}
