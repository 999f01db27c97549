import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { LocalServer } from "./server.ts";

/** An event as Segment gets it. */
export interface Identified {
    readonly type: string;
    readonly userId?: string | null;
    readonly anonymousId?: string;
    readonly messageId: string;
    readonly timestamp: string;
    readonly traits: Readonly<Record<string, unknown>>;
}

/** A request that came. */
export interface SegmentRequest {
    readonly path: string;
    readonly authorization: string | undefined;
    readonly events: readonly Identified[];
}

/** How the next request is answered, instead of with 200. */
export type Mishap =
    | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
    | "silence"
    | "reset";

/** A Segment on this machine: accepts every batch by default, and remembers it. */
export class SegmentServer extends LocalServer {
    readonly requests: SegmentRequest[] = [];
    /** For the next requests, one each. */
    readonly mishaps: Mishap[] = [];
    /** For every request without one of its own. */
    always: Mishap | undefined;

    /** All events that it confirmed, each once, as Segment takes them: by their ids. */
    get taken(): Identified[] {
        return [...this.#taken.values()];
    }

    readonly #taken = new Map<string, Identified>();

    reset(): void {
        this.requests.length = 0;
        this.mishaps.length = 0;
        this.always = undefined;
        this.#taken.clear();
    }

    protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { batch = [] }: { batch?: Identified[] } = JSON.parse((await text(request)) || "{}");
        const { url: path = "", headers } = request;
        this.requests.push({ path, authorization: headers.authorization, events: batch });
        const mishap = this.mishaps.shift() ?? this.always;
        if (mishap === "silence") return;
        if (mishap === "reset") {
            response.socket?.resetAndDestroy();
            return;
        }
        if (mishap === undefined) {
            for (const event of batch) if (!this.#taken.has(event.messageId)) this.#taken.set(event.messageId, event);
        }
        const { status, headers: more = {}, body = '{"success":true}' } = mishap ?? { status: 200 };
        response.writeHead(status, { "content-type": "application/json", ...more });
        response.end(body);
    }
}
