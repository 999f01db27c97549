import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { toldOf } from "../../runtime/feed/offer.ts";
import { wantedIn } from "../../runtime/feed/push/wanted.ts";
import { type SentProduct, SentProducts } from "../../runtime/feed/stored/sentProducts.ts";
import { FeedStates } from "../../runtime/feed/stored/state.ts";
import { type Feed, type FeedTarget, isPushed } from "../../runtime/feed/target.ts";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { UsageError } from "../operator/command.ts";
import { askForBuild } from "../operator/feedBuild.ts";
import { pathsOf } from "../operator/feedFiles.ts";
import { deployedFeed } from "../operator/feedOf.ts";
import { inBatches, type Stack } from "../operator/stack.ts";
import type { ShownFeed } from "./shown.ts";
import { mostItems, type ShopTables, textIn } from "./tables.ts";

/** Products of a feed that are shown one by one. */
const mostShown = 100;
const perRead = 100;

/** How each feed stands, which products it leaves out and why, and which its API has not, or not so. */
export async function shownFeeds(tables: ShopTables): Promise<ShownFeed[]> {
    const feed = await deployedFeed(tables.stack);
    if (feed === undefined) return [];
    const { items, isWhole } = await tables.scan("catalog-products");
    return await Promise.all(
        feed.targets.map(async (target) => ({
            ...(await standingOf(tables.stack, target)),
            ...(await productsOf(tables.stack, { target, feed, items })),
            ...(!isWhole && { bound: mostItems }),
        })),
    );
}

async function standingOf(stack: Stack, target: FeedTarget) {
    const table = stack.named("feed-state");
    const get = new GetCommand({ TableName: table, Key: { target: target.name, entry: "run" } });
    const [{ since: _, files: __, nextRequestAt: ___, ...state }, { Item = {} }, paths] = await Promise.all([
        new FeedStates(stack.dynamo, table).read(target.name),
        stack.dynamo.send(get),
        pathsOf(stack, target),
    ]);
    const { name, kind, format, country, currency } = target;
    const startedAt = isJsonObject(Item["run"]) ? textIn(Item["run"]["startedAt"]) : "";
    return {
        name,
        kind: format === undefined ? kind : `${kind}, ${format}`,
        isPushed: isPushed(target),
        sells: `${country}, ${currency.toUpperCase()}`,
        paths,
        state,
        ...(startedAt !== "" && { runningSince: startedAt }),
    };
}

interface Asked {
    readonly target: FeedTarget;
    readonly feed: Feed;
    readonly items: readonly JsonObject[];
}

async function productsOf(
    stack: Stack,
    { target, feed, items }: Asked,
): Promise<Pick<ShownFeed, "leftOut" | "unsent">> {
    const now = Date.now();
    const told = items.map((item) => ({ productId: textIn(item["productId"]), told: toldOf(item, target, feed, now) }));
    const leftOut = told.flatMap(({ productId, told: each }) =>
        each !== undefined && "lacks" in each ? [{ productId, lacks: each.lacks }] : [],
    );
    if (!isPushed(target)) return { leftOut: shownOf(leftOut), unsent: shownOf([]) };
    const sent = new SentProducts(stack.dynamo, stack.named("feed-state"));
    const slices = Array.from({ length: Math.ceil(told.length / perRead) }, (_, index) =>
        told.slice(index * perRead, (index + 1) * perRead),
    );
    const unsent = await inBatches(4, slices, async (slice) => {
        const known = await sent.read(
            target.name,
            slice.map(({ productId }) => productId),
        );
        return slice.flatMap(({ productId, told: each }) => {
            const why = unsentBecause(wantedIn(each, target, feed)?.digest, known.get(productId));
            return why === undefined ? [] : [{ productId, why }];
        });
    });
    return { leftOut: shownOf(leftOut), unsent: shownOf(unsent.flat()) };
}

const shownOf = <Product>(all: readonly Product[]) => ({ count: all.length, first: all.slice(0, mostShown) });

/** @param wanted digest of what the API is to have; undefined for nothing */
function unsentBecause(wanted: string | undefined, sent: SentProduct | undefined): string | undefined {
    if (sent?.isUnsure) return "its last request was not answered: it is sent again";
    if (sent?.digest === wanted) return undefined;
    if (wanted === undefined) return sent?.refused === undefined ? "is to be taken away" : refusedWith(sent);
    if (sent?.refused === wanted) return refusedWith(sent);
    return sent?.digest === undefined ? "waits to be sent" : "has changed, and waits to be sent";
}

const refusedWith = ({ reason = "without a reason" }: SentProduct): string => `refused: ${reason}`;

/** As `npm run feed -- build <target> --anew`. */
export async function buildAnew(stack: Stack, name: string): Promise<{ readonly asked: string }> {
    const { targets } = (await deployedFeed(stack)) ?? stack.feed;
    if (!targets.some((target) => target.name === name)) throw new UsageError(`there is no feed ${name}`);
    await askForBuild(stack, name, true);
    return { asked: name };
}
