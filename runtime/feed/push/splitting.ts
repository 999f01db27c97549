import type { Due } from "./due.ts";

/** How an API answers. */
export type Verdict =
    | { readonly kind: "taken" }
    /** There is a product among them that it does not take. */
    | { readonly kind: "refused"; readonly reason: string }
    /** It takes nothing for the time being. */
    | {
          readonly kind: "unavailable";
          readonly reason: string;
          /** It refuses whatever it is asked. */
          readonly isDoubted?: true;
          readonly retryAfterMs?: number;
      };

interface Pushed {
    readonly taken: number;
    readonly refused: readonly { readonly due: Due; readonly reason: string }[];
    /** What the API has not got, and why. Absent: nothing. */
    readonly left?: { readonly due: readonly Due[]; readonly because?: Extract<Verdict, { kind: "unavailable" }> };
}

interface Ways {
    send(due: readonly Due[]): Promise<Verdict>;
    /** The API has these now. */
    taken(due: readonly Due[]): Promise<void>;
    /** Whether there is time for another request. */
    mayGoOn(): boolean;
}

/** So many products are refused, and none is taken, where the API does not like the request itself. */
const suspicious = 10;

/**
 * Sends products; where the API refuses some, in halves, until those are found that it does not take.
 * @param isTheirs whether it is the products' own fault also where it takes none of them
 */
export async function sendSplitting(
    all: readonly Due[],
    isTheirs: boolean,
    { send, taken, mayGoOn }: Ways,
): Promise<Pushed> {
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
                const [only, ...others] = batch;
                const half = Math.ceil(batch.length / 2);
                if (only !== undefined && others.length === 0) refused.push({ due: only, reason: verdict.reason });
                else open.unshift(batch.slice(0, half), batch.slice(half));
                if (refused.length === suspicious && count === 0 && !isTheirs) {
                    const { reason } = verdict;
                    return { taken: 0, refused: [], left: { due: all, because: { ...ofRequest, reason } } };
                }
            }
        }
    }
    return { taken: count, refused };
}

/** Not of the products: a version that is no more, a member that every product has. */
const ofRequest = { kind: "unavailable", isDoubted: true } as const;
