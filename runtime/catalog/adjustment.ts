import { writtenHere } from "../shared/region.ts";
import { heldIn, onlyIfUnsold, type Pieces } from "./stock.ts";
import type { Found } from "./storedProduct.ts";

/** The maximum of `Count` in spec/catalog.openapi.yaml. */
const largestCount = 1_000_000_000;

/** What can be sold may not be below it when so many pieces are taken out, nor above it when they are added. */
const boundOf = (pieces: Pieces, by: number): number => (by < 0 ? -by : largestCount - heldIn(pieces) - by);

/** Why so many pieces cannot be added, or taken out. */
export function obstacleTo(pieces: Pieces, by: number): string | undefined {
    const { sellable } = pieces;
    if (sellable === undefined) return "the stock of the product is not counted: set it first";
    const bound = boundOf(pieces, by);
    if (by < 0 && sellable < bound) return `only ${Math.max(0, sellable)} pieces are neither sold nor held`;
    return by > 0 && sellable > bound ? `a stock is at most ${largestCount} pieces` : undefined;
}

/** The update of the item that has been found. What is sold meanwhile is no obstacle, unless the change is `ifUnsold`. */
export function adjustmentOf(
    productId: string,
    by: number,
    { item, pieces }: Found,
    {
        correlationId,
        ifUnsold,
        now,
    }: { readonly correlationId: string; readonly ifUnsold?: boolean; readonly now: number },
) {
    const { region } = writtenHere;
    const version = item?.["version"];
    const unsold = onlyIfUnsold({ set: [], remove: [], condition: [], values: {} }, pieces);
    const bound = boundOf(pieces, by);
    return {
        Key: { productId },
        UpdateExpression:
            "SET stock = stock + :by, #version = if_not_exists(#version, :none) + :one, updatedAt = :at, " +
            `requestId = :request${region === undefined ? "" : ", #region = :region"}`,
        ConditionExpression: [
            "attribute_not_exists(deletedAt)",
            `stock ${by < 0 ? ">=" : "<="} :bound`,
            ...(ifUnsold
                ? [
                      ...unsold.condition,
                      version === undefined ? "attribute_not_exists(#version)" : "#version = :version",
                  ]
                : []),
        ].join(" AND "),
        ExpressionAttributeNames: { "#version": "version", ...(region !== undefined && { "#region": "region" }) },
        ExpressionAttributeValues: {
            ":by": by,
            ":bound": bound,
            ":none": 0,
            ":one": 1,
            ":at": new Date(now).toISOString(),
            ":request": correlationId,
            ...(region !== undefined && { ":region": region }),
            ...(ifUnsold && { ...unsold.values, ...(version !== undefined && { ":version": version }) }),
        },
    };
}
