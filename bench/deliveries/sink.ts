/**
 * The receiver of a whole bench: takes every event, verifies it as its owner would, with the library of Standard Webhooks,
 * and remembers when it came. A process of its own; ends with the process that forked it.
 */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

/** Whose events come by which path. */
export interface Owner {
    readonly path: string;
    readonly secret: string;
    /** Never answers, after three seconds, or with 503; what comes then is not reported. @default accepts at once */
    readonly behaviour?: "hanging" | "slow" | "refusing";
}
export type Question = { readonly owners: readonly Owner[] } | "what came?";
/** What came: when, in milliseconds since 1970, by the id of the event; and how much of it could not be verified. */
export interface Arrivals {
    readonly arrivals: readonly (readonly [id: string, at: number])[];
    readonly unverified: number;
}

const slowMs = 3000;
const webhooks = new Map<string, Webhook>();
const behaviours = new Map<string, Owner["behaviour"]>();
let arrivals: [string, number][] = [];
let unverified = 0;

const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const at = performance.timeOrigin + performance.now();
    const body = await text(request);
    const behaviour = behaviours.get(request.url ?? "");
    if (behaviour === "hanging") return;
    if (behaviour !== undefined) {
        if (behaviour === "slow") setTimeout(() => response.end(), slowMs);
        else response.writeHead(503).end();
        return;
    }
    response.end();
    const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = request.headers;
    const headers = {
        "webhook-id": String(id),
        "webhook-timestamp": String(timestamp),
        "webhook-signature": String(signature),
    };
    try {
        const webhook = webhooks.get(request.url ?? "");
        if (webhook === undefined) throw new Error("unknown path");
        webhook.verify(body, headers);
        arrivals.push([String(id), at]);
    } catch {
        unverified += 1;
    }
});
process.on("message", (question: Question) => {
    if (question === "what came?") {
        const answer: Arrivals = { arrivals, unverified };
        process.send?.(answer);
        arrivals = [];
        unverified = 0;
        return;
    }
    for (const { path, secret, behaviour } of question.owners) {
        webhooks.set(path, new Webhook(secret));
        behaviours.set(path, behaviour);
    }
    process.send?.("known");
});
server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object" && address !== null) process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit(0));
