import type { Post } from "../api/call.ts";
import { contended, inFlight, keyConflict, type Problem, tooLarge } from "../domain/problem.ts";
import { type Decision, decideOutcome } from "./decide.ts";
import type { KeptAnswer, Recall } from "./requests.ts";
import { evolve, type SessionEvent, type State } from "./session.ts";
import type { Shop } from "./sessions.ts";
import type { Committed } from "./store.ts";

/** What a POST came to. */
export type Transition =
    | { readonly state: State; readonly event: SessionEvent }
    | { readonly problem: Problem }
    /** The request was answered before. */
    | { readonly replay: KeptAnswer }
    /** It is a completion that somebody began and left. */
    | { readonly unfinished: true };

/** How a POST changes a session. */
export interface Step {
    /** Reads what the decision needs, and decides. */
    decide(): Promise<{ readonly before?: State; readonly decision: Decision }>;
    /** Writes the version together with the record of the request. */
    write(next: State, event: SessionEvent): Promise<Committed>;
}

const attempts = 5;
const unknown: Recall = { found: "nothing" };
/** Bytes of JSON that a session may have: SNS takes 256 KiB with all that is around it. */
const sessionLimit = 240_000;
/** Bytes of JSON that a session and what is hidden may have together: DynamoDB takes items of 400 KB. */
const stateLimit = 380_000;

/**
 * Decides and writes, once for each key. Nothing is reserved beforehand: who loses the race for the version reads and
 * decides again, and who loses the race for the key finds the winner's answer. Nor is the key looked up beforehand:
 * nearly all are new, and writing finds out; only a refusal that is not written looks before it is given.
 */
export async function transition<Body>(
    { scope }: Post<Body>,
    { decide, write }: Step,
    { store, merchant, now }: Pick<Shop, "store" | "merchant" | "now">,
): Promise<Transition> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const isFirst = attempt === 1;
        const [recall, { before, decision }] = await Promise.all([
            isFirst ? unknown : store.requests.recall(scope),
            decide(),
        ]);
        switch (recall.found) {
            case "answer":
                return { replay: recall.answer };
            case "another":
                return { problem: keyConflict() };
            case "in_flight":
                return { problem: inFlight((recall.until - now()) / 1000) };
            case "unfinished":
                return { unfinished: true };
            case "nothing":
                break;
        }
        if ("problem" in decision) {
            const { status, error, headers, unkept } = decision.problem;
            // It may be this very request that is at it, begun between the two reads: the record tells then.
            if (unkept && (isFirst || (status === 409 && attempt === 2))) continue;
            if (unkept) return decision;
            const kept = await store.requests.keep(scope, { status, body: JSON.stringify({ error, headers }) });
            if (kept === "committed") return decision;
            continue;
        }
        const next = evolve(before, decision.event, merchant);
        if (isTooLarge(largest(next, decision.event, { merchant, now }))) {
            if (isFirst) continue;
            return { problem: tooLarge("the checkout session would become too large") };
        }
        if ((await write(next, decision.event)) === "committed") return { state: next, event: decision.event };
    }
    return { problem: contended("others are changing the checkout session") };
}

/** What is paid must be told to everybody: a completion may begin only where its end fits, too. */
function largest(next: State, { reason }: SessionEvent, { merchant, now }: Pick<Shop, "merchant" | "now">): State {
    if (reason !== "completion_begun") return next;
    const paid = decideOutcome(next, { status: "succeeded", paymentId: "" }, merchant, new Date(now()));
    return evolve(next, paid, merchant);
}

function isTooLarge(state: State): boolean {
    const session = Buffer.byteLength(JSON.stringify(state.session));
    return session > sessionLimit || session + Buffer.byteLength(JSON.stringify(state.hidden)) > stateLimit;
}
