import { groupsOf } from "../../shared/groups.ts";
import { toldOf } from "../offer.ts";
import { dueOf } from "../push/due.ts";
import { mostProducts, type PushQueue } from "../push/pushQueue.ts";
import { wantedIn } from "../push/wanted.ts";
import type { Run } from "../stored/run.ts";
import type { SentProducts } from "../stored/sentProducts.ts";
import type { Feed, PushTarget } from "../target.ts";
import type { MissingProducts, ReadProducts } from "./products.ts";
import { Tally } from "./tally.ts";

interface PushTools {
    readonly feed: Pick<Feed, "shop">;
    readonly read: ReadProducts;
    readonly missing: MissingProducts;
    readonly sent: SentProducts;
    readonly queue: PushQueue;
    now(): number;
    mayGoOn(): boolean;
}

/** Characters of an id: of one that is longer no API was told, and a key of the state's table has no room for any. */
const longestId = 255;
/** Pages of a step. */
const mostPages = 50;

/**
 * Goes on comparing the products with what an API has, and sends on those that differ: what its changes have not told,
 * such as a time that has come; then what it has with the products, of which another program may have deleted some.
 * @returns the run as it is then
 */
export async function pushStep(run: Run, target: PushTarget, tools: PushTools): Promise<Run> {
    const { feed, read, missing, sent, queue, now, mayGoOn } = tools;
    const tally = new Tally(run);
    let { after, sentAfter, isScanned = false, sent: count } = run;
    let isRead = false;
    for (let pages = 0; pages < mostPages && !isRead && (pages === 0 || mayGoOn()); pages += 1) {
        if (isScanned) {
            const { productIds, after: last } = await sent.page(target.name, sentAfter);
            for (const gone of groupsOf(await missing(productIds), mostProducts)) await send(gone);
            sentAfter = last;
            isRead = last === undefined;
            continue;
        }
        const page = await read(after);
        for (const items of groupsOf(page.items, mostProducts)) {
            const ids = items.map(({ productId }) => String(productId));
            const known = await sent.read(
                target.name,
                ids.filter((id) => id.length <= longestId),
                false,
            );
            const due = items.flatMap((item, index) => {
                const id = ids[index] ?? "";
                const told = toldOf(item, target, feed, now());
                tally.count(told);
                return dueOf(id, wantedIn(told, target, feed), known.get(id), run.isAnew) ?? [];
            });
            if (due.length > 0) await send(due.map(({ productId }) => productId));
        }
        after = page.after;
        isScanned = after === undefined;
    }
    const { after: _, sentAfter: __, ...rest } = run;
    return {
        ...rest,
        ...tally.figures,
        sent: count,
        isScanned,
        isRead,
        step: run.step + 1,
        ...(after !== undefined && { after }),
        ...(sentAfter !== undefined && { sentAfter }),
    };

    async function send(productIds: readonly string[]): Promise<void> {
        const changedAt = now();
        const message = { target: target.name, productIds, correlationId: run.id, changedAt, isAnew: run.isAnew };
        await queue.send(message, run.id, String(run.round), productIds.join());
        count += productIds.length;
    }
}
