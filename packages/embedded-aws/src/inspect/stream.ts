import type { IncomingMessage, ServerResponse } from "node:http";
import type { TraceStore } from "../trace.ts";
import { type ResourceNames, shownEntry } from "./entries.ts";

/** A page draws at most ten times a second: more often it is told nothing. */
const intervalMs = 100;
/** As much of the past as a page that comes back is told; one that was away for longer reads a page of `entries`. */
const mostMissed = 5_000;

/**
 * `/_local/stream`: what happens, as Server-Sent Events of up to ten lists a second. The id of each is the number of its
 * last entry; a browser that lost the connection says it in `Last-Event-ID` and gets all that came since, each once.
 * Without a reader nothing is listened to.
 */
export class EntryStream {
    readonly #trace: TraceStore;
    readonly #names: () => ResourceNames;
    readonly #open = new Set<ServerResponse>();

    constructor(trace: TraceStore, names: () => ResourceNames) {
        this.#trace = trace;
        this.#names = names;
    }

    serve({ headers, url = "/" }: IncomingMessage, response: ServerResponse): void {
        const since = headers["last-event-id"] ?? new URL(url, "http://127.0.0.1").searchParams.get("since");
        response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
        response.write("retry: 500\n\n");
        this.#open.add(response);
        const last = typeof since === "string" ? Number(since) : Number.NaN;
        let waiting = Number.isFinite(last) ? this.#trace.after(last).slice(-mostMissed) : [];
        let timer: NodeJS.Timeout | undefined;
        const send = () => {
            timer = undefined;
            const sent = waiting;
            waiting = [];
            const shown = sent.map((entry) => shownEntry(entry, this.#names(), true));
            response.write(`id: ${sent.at(-1)?.sequence}\nevent: entries\ndata: ${JSON.stringify(shown)}\n\n`);
        };
        if (waiting.length > 0) send();
        const end = this.#trace.listen((entry) => {
            waiting.push(entry);
            timer ??= setTimeout(send, intervalMs);
        });
        response.on("close", () => {
            clearTimeout(timer);
            end();
            this.#open.delete(response);
        });
    }

    close(): void {
        for (const response of this.#open) response.end();
    }
}
