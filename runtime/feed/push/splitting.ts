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
    /** What the API refuses besides a product, of which it has taken no other: whatever it is asked. Undefined: the product alone. */
    doubt(reason: string): Promise<Unavailable | undefined>;
}

/** Sends products; where the API refuses some, in halves, until those are found that it does not take. */
export async function sendSplitting(all: readonly Due[], { send, taken, mayGoOn, doubt }: Ways): Promise<Pushed> {
    const open: (readonly Due[])[] = [all];
    const refused: { due: Due; reason: string }[] = [];
    let count = 0;
    for (let batch = open.shift(); batch !== undefined; batch = open.shift()) {
        const left = [batch, ...open].flat();
        if (!mayGoOn()) return { taken: count, refused, left: { due: left } };
        const verdict = await send(batch);
        switch (verdict.kind) {
            case "taken":
                await taken(batch);
                count += batch.length;
                break;
            case "unavailable":
                return { taken: count, refused, left: { due: left, because: verdict } };
            case "refused": {
                const { reason } = verdict;
                const [only, ...others] = batch;
                if (only === undefined) break;
                if (others.length > 0) {
                    const half = Math.ceil(batch.length / 2);
                    open.unshift(batch.slice(0, half), batch.slice(half));
                    break;
                }
                const because = count + refused.length === 0 ? await doubt(reason) : undefined;
                if (because !== undefined) return { taken: 0, refused: [], left: { due: all, because } };
                refused.push({ due: only, reason });
            }
        }
    }
    return { taken: count, refused };
}
