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

/** What Segment's Public API is asked to delete. */
export interface Regulation {
    readonly regulationType: string;
    readonly subjectType: string;
    readonly subjectIds: readonly string[];
}

/** How the next request is answered, instead of with 200. */
export type Mishap =
    | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
    | "silence"
    | "reset";

/** A Segment on this machine: accepts every batch and regulation by default, and remembers it. */
export class SegmentServer extends LocalServer {
    readonly requests: SegmentRequest[] = [];
    /** Those that it confirmed, and the token that came with the last one. */
    readonly regulations: Regulation[] = [];
    token: string | undefined;
    /** For the next requests, one each. */
    readonly mishaps: Mishap[] = [];
    /** For every request without one of its own. */
    always: Mishap | undefined;

    /** All events that it confirmed, each once, as Segment takes them: by their ids. */
    get taken(): Identified[] {
        return [...this.#taken.values()];
    }

    /**
     * The traits of each person, by the resolution of identities: ids that came in one call are the same person's.
     * https://www.twilio.com/docs/segment/unify/identity-resolution
     */
    get profiles(): { readonly ids: readonly string[]; readonly traits: Readonly<Record<string, unknown>> }[] {
        let profiles: { ids: Set<string>; events: Identified[] }[] = [];
        for (const event of this.taken) {
            const ids = new Set([event.userId, event.anonymousId].filter((id) => typeof id === "string"));
            const same = profiles.filter((each) => !each.ids.isDisjointFrom(ids));
            const events = [...same.flatMap((each) => each.events), event];
            const merged = { ids: new Set([...ids, ...same.flatMap((each) => [...each.ids])]), events };
            profiles = [...profiles.filter((each) => !same.includes(each)), merged];
        }
        return profiles.map(({ ids, events }) => ({
            ids: [...ids],
            traits: Object.assign({}, ...events.map(({ traits }) => traits)),
        }));
    }

    readonly #taken = new Map<string, Identified>();

    reset(): void {
        this.requests.length = 0;
        this.regulations.length = 0;
        this.mishaps.length = 0;
        this.always = undefined;
        this.#taken.clear();
    }

    protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const sent: { batch?: Identified[] } & Regulation = JSON.parse((await text(request)) || "{}");
        const { batch = [] } = sent;
        const { url: path = "", headers } = request;
        this.requests.push({ path, authorization: headers.authorization, events: batch });
        const mishap = this.mishaps.shift() ?? this.always;
        if (mishap === "silence") return;
        if (mishap === "reset") {
            response.socket?.resetAndDestroy();
            return;
        }
        if (mishap === undefined && path.endsWith("/regulations")) {
            this.regulations.push(sent);
            this.token = headers.authorization;
            const body = JSON.stringify({ data: { regulateId: `regulation-${this.regulations.length}` } });
            response.writeHead(200, { "content-type": "application/json" }).end(body);
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
