import type { components } from "../../spec/generated/events.types.ts";
import { canonicalJson } from "../shared/canonical.ts";
import type { BusEvent } from "../shared/events.ts";
import type { JsonObject } from "../shared/json.ts";
import type { StreamChange } from "../shared/outbox.ts";
import { versionOf } from "./catalogTable.ts";
import { productIn, shownProduct } from "./product.ts";

type ProductUpdated = components["schemas"]["ProductUpdated"];

/** `product.updated.v1` */
export interface ProductEvent extends BusEvent {
    readonly detail: ProductUpdated;
}

/**
 * The event of a change in the products table. Undefined for one that changes nothing of a product but how many pieces
 * are left: completions and orders make many of these.
 */
export function productUpdated(item: JsonObject, { before, id, at }: StreamChange): ProductEvent | undefined {
    const [was, is] = [stateOf(before, at), stateOf(item, at)];
    const isMerchants = versionOf(item) !== versionOf(before);
    const members = membersChanged(was, is);
    if (members.length === 0 || (!isMerchants && members.join() === "sellable")) return undefined;
    const { requestId, updatedAt, productId, stock } = item;
    const time = isMerchants && typeof updatedAt === "string" ? new Date(updatedAt) : at;
    const detail: ProductUpdated = {
        productId: String(productId),
        change: is === undefined ? "deleted" : was === undefined ? "created" : "changed",
        members: members.map((name) => (name === "sellable" ? "stock" : name)),
        ...(is && { product: is.product }),
        ...(is && typeof stock === "number" && { sellable: stock }),
        changeId: id,
        meta: { correlationId: isMerchants && typeof requestId === "string" ? requestId : id },
    };
    return { source: "catalog", type: "product.updated.v1", detail, time };
}

function stateOf(item: JsonObject | undefined, at: Date) {
    const data = productIn(item);
    if (item === undefined || data === undefined) return undefined;
    const { updatedAt: _, ...product } = shownProduct(item, data, at.getTime());
    return { product, sellable: item["stock"] };
}

type State = ReturnType<typeof stateOf>;

function membersChanged(was: State, is: State): string[] {
    const members = ({ product = undefined, sellable = undefined }: Partial<NonNullable<State>> = {}) =>
        new Map<string, unknown>([...Object.entries(product ?? {}), ["sellable", sellable]]);
    const [old, current] = [members(was), members(is)];
    const isOther = (name: string) => canonicalJson(old.get(name) ?? null) !== canonicalJson(current.get(name) ?? null);
    return [...new Set([...old.keys(), ...current.keys()])].filter(isOther);
}
