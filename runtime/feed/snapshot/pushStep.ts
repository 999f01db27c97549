import { groupsOf } from "../../shared/groups.ts";
import { toldOf } from "../offer.ts";
import { dueOf } from "../push/due.ts";
import { mostProducts, type PushQueue } from "../push/pushQueue.ts";
import { wantedIn } from "../push/wanted.ts";
import type { Run } from "../stored/run.ts";
import type { SentProducts } from "../stored/sentProducts.ts";
import type { Feed, PushTarget } from "../target.ts";
import type { ReadProducts } from "./products.ts";
import { Tally } from "./tally.ts";

interface PushTools {
    readonly feed: Pick<Feed, "shop">;
    readonly read: ReadProducts;
    readonly sent: SentProducts;
    readonly queue: PushQueue;
    now(): number;
    mayGoOn(): boolean;
}

/** Pages of a step. */
const mostPages = 50;

/**
 * Goes on comparing the products with what an API has, and sends on those that differ: what its changes have not told,
 * such as a time that has come.
 * @returns the run as it is then
 */
export async function pushStep(run: Run, target: PushTarget, tools: PushTools): Promise<Run> {
    const { feed, read, sent, queue, now, mayGoOn } = tools;
    const tally = new Tally(run);
    let { after, sent: count } = run;
    let isRead = false;
    for (let pages = 0; pages < mostPages && !isRead && (pages === 0 || mayGoOn()); pages += 1) {
        const page = await read(after);
        for (const items of groupsOf(page.items, mostProducts)) {
            const ids = items.map(({ productId }) => String(productId));
            const known = await sent.read(target.name, ids);
            const due = items.flatMap((item, index) => {
                const id = ids[index] ?? "";
                const told = toldOf(item, target, feed, now());
                tally.count(told);
                return dueOf(id, wantedIn(told, target, feed), known.get(id), run.isAnew) ?? [];
            });
            if (due.length === 0) continue;
            const productIds = due.map(({ productId }) => productId);
            const message = { target: target.name, productIds, correlationId: run.id, isAnew: run.isAnew };
            await queue.send(message, run.id, productIds.join());
            count += due.length;
        }
        after = page.after;
        isRead = after === undefined;
    }
    const { after: _, ...rest } = run;
    return {
        ...rest,
        ...tally.figures,
        sent: count,
        isRead,
        step: run.step + 1,
        ...(after !== undefined && { after }),
    };
}
