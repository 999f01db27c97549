import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Log } from "../../shared/log.ts";
import { type Merchant, sellingIn } from "../domain/merchant.ts";
import type { Market } from "../pricing/market.ts";
import type { Regions } from "../pricing/regions.ts";
import { rulesOf } from "../pricing/tables.ts";
import { Catalog } from "./catalog.ts";
import { regionsFor } from "./regions.ts";
import { type RulesMaker, shopRulesFor } from "./shopRules.ts";

/** What every price comes from, whichever way a client asks for it. Nothing here is optional: no callback leaves it out. */
export interface Shop {
    readonly catalog: Catalog;
    readonly merchant: Merchant;
    readonly regions: Regions;
    /** The merchant's own, for one request; undefined: the catalogue's prices and the settings' tables. */
    readonly rules: RulesMaker | undefined;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

/** The shop of a callback. Throws EnvironmentError. */
export async function shopOf(
    merchant: Merchant,
    client: DynamoDBDocumentClient,
    env: Parameters<typeof Catalog.of>[1],
): Promise<Shop> {
    const [regions, rules] = await Promise.all([regionsFor(merchant), shopRulesFor(merchant)]);
    return { catalog: Catalog.of(client, env), merchant, regions, rules, now: Date.now };
}

interface Wanted {
    readonly currency: string;
    readonly productIds: readonly string[];
    readonly codes: readonly string[];
    /** Whether stock and uses of codes must be current: a write has found them changed. @default false */
    readonly consistent?: boolean;
}

/** Decides in the market of what is wanted, which goes by the merchant's module if there is one. */
export async function decideInMarket<Decision>(
    shop: Shop,
    { currency, productIds, codes, consistent }: Wanted,
    log: Log,
    decide: (market: Market) => Decision,
): Promise<Decision> {
    const { catalog, regions, rules: rulesFor, now } = shop;
    const offers = await catalog.offers(productIds, codes, consistent);
    const merchant = sellingIn(shop.merchant, currency.toLowerCase());
    const market: Market = { ...offers, merchant, regions, now: new Date(now()) };
    if (rulesFor === undefined) return decide(market);
    const rules = rulesFor(rulesOf(market), log);
    return await rules.decided(() => decide({ ...market, rules }));
}
