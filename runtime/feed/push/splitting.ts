import type { Due } from "./due.ts";

/** How an API answers. */
export type Verdict =
    | { readonly kind: "taken" }
    /** There is a product among them that it does not take. */
    | { readonly kind: "refused"; readonly reason: string }
    | Unavailable;

/** It takes nothing for the time being. */
export interface Unavailable {
    readonly kind: "unavailable";
    readonly reason: string;
    /** It refuses whatever it is asked. */
    readonly isDoubted?: true;
    readonly retryAfterMs?: number;
}

interface Pushed {
    readonly taken: number;
    readonly refused: readonly { readonly due: Due; readonly reason: string }[];
    /** What the API has not got, and why. Absent: nothing. */
    readonly left?: { readonly due: readonly Due[]; readonly because?: Unavailable };
}

interface Ways {
    send(due: readonly Due[]): Promise<Verdict>;
    /** The API has these now. */
    taken(due: readonly Due[]): Promise<void>;
    /** Whether there is time for another request, and for its doubt. */
    mayGoOn(): boolean;
    /** Whose fault it is that a product is refused, where none was taken; asked once. */
    fault(reason: string): Promise<Fault>;
}

/** `theirs`: the products' own; `unknown` while the API has none; else it refuses whatever it is asked. */
export type Fault = "theirs" | "unknown" | Unavailable;

/** So many products are refused, and none is taken, where the API does not like the request itself. */
const suspicious = 10;

/** Sends products; where the API refuses some, in halves, until those are found that it does not take. */
export async function sendSplitting(all: readonly Due[], { send, taken, mayGoOn, fault }: Ways): Promise<Pushed> {
    const open: (readonly Due[])[] = [all];
    const refused: { due: Due; reason: string }[] = [];
    let count = 0;
    let isTheirs = false;
    for (let batch = open.shift(); batch !== undefined; batch = open.shift()) {
        const left = [batch, ...open].flat();
        if (!mayGoOn()) return pushed(left);
        const verdict = await send(batch);
        switch (verdict.kind) {
            case "taken":
                await taken(batch);
                count += batch.length;
                isTheirs = true;
                break;
            case "unavailable":
                return pushed(left, verdict);
            case "refused": {
                const { reason } = verdict;
                const [only, ...others] = batch;
                if (only === undefined) break;
                if (others.length > 0) {
                    const half = Math.ceil(batch.length / 2);
                    open.unshift(batch.slice(0, half), batch.slice(half));
                    break;
                }
                refused.push({ due: only, reason });
                if (isTheirs) break;
                const whose = refused.length === 1 ? await fault(reason) : "unknown";
                if (whose === "theirs") isTheirs = true;
                else if (whose !== "unknown") return pushed(all, whose);
                else if (refused.length === suspicious) return pushed(all);
            }
        }
    }
    return pushed([]);

    /** Where none was taken and nobody knows whose fault that is, none is refused yet. */
    function pushed(rest: readonly Due[], because?: Unavailable): Pushed {
        const [first] = refused;
        if (first !== undefined && !isTheirs) {
            const { reason } = first;
            const doubt = { kind: "unavailable", isDoubted: true, reason } as const;
            // The next try begins with others: one of them may be taken.
            const due = [...all.slice(refused.length), ...all.slice(0, refused.length)];
            return { taken: 0, refused: [], left: { due, because: because ?? doubt } };
        }
        if (rest.length === 0) return { taken: count, refused };
        return { taken: count, refused, left: { due: rest, ...(because && { because }) } };
    }
}
