import type { components } from "../../spec/generated/catalog.types.ts";
import { rules, validateDiscountCode } from "../../spec/generated/catalog.validators.js";
import { instantOf } from "../shared/instant.ts";
import type { JsonObject } from "../shared/json.ts";
import { type ValidationError, validationErrorsOf } from "../shared/validationErrors.ts";

type Schemas = components["schemas"];
type ShownDiscountCode = Schemas["ShownDiscountCode"];
type DiscountData = Omit<Schemas["DiscountCode"], "code" | "timesRedeemed" | "updatedAt">;

/** Members of the data, which are attributes of the item; the checkout reads them, too (session/catalog.ts). */
export const attributes = [
    "name",
    "percentOff",
    "amountOff",
    "appliesTo",
    "products",
    "minimum",
    "startsAt",
    "endsAt",
    "usageLimit",
    "combinable",
    "priority",
] as const;

/** The discount code in a body, or what is wrong with it. @param code of the path, in upper case */
export function discountFrom(value: unknown, code: string): DiscountData | { readonly errors: ValidationError[] } {
    if (!validateDiscountCode(value)) return { errors: validationErrorsOf(validateDiscountCode.errors, rules) };
    const { code: named = code, timesRedeemed: _, updatedAt: __, ...data } = value;
    const { percentOff, amountOff, startsAt, endsAt } = data;
    const isOver = startsAt !== undefined && endsAt !== undefined && instantOf(endsAt) <= instantOf(startsAt);
    const errors = [
        ...(named.toUpperCase() === code ? [] : [{ pointer: "/code", detail: `is not the code's, which is ${code}` }]),
        ...(percentOff === undefined && amountOff === undefined
            ? [{ pointer: "/percentOff", detail: "is required, or amountOff" }]
            : []),
        ...(percentOff !== undefined && amountOff !== undefined
            ? [{ pointer: "/amountOff", detail: "cannot be there beside percentOff" }]
            : []),
        ...(isOver ? [{ pointer: "/endsAt", detail: "must be later than startsAt" }] : []),
    ];
    return errors.length > 0 ? { errors } : withoutDefaults(data);
}

/** So that what means the same is the same. */
function withoutDefaults({ appliesTo, combinable, ...data }: DiscountData): DiscountData {
    return {
        ...data,
        ...(appliesTo === "fulfillment" && { appliesTo }),
        ...(combinable === false && { combinable }),
    };
}

/** The data in an item; undefined if it is none of a code, such as what is left of a deleted one. */
export function discountIn(item: JsonObject | undefined): DiscountData | undefined {
    if (item === undefined || item["deletedAt"] !== undefined) return undefined;
    const { name = item["code"], ...data } = Object.fromEntries(
        attributes.flatMap((attribute) =>
            item[attribute] === undefined ? [] : [[attribute, item[attribute]] as const],
        ),
    );
    // Written by this domain, or by an operator with these names; the checkout checks again what it needs.
    return withoutDefaults({ name, ...data } as DiscountData);
}

export function shownDiscount({ code, timesRedeemed, updatedAt }: JsonObject, data: DiscountData): ShownDiscountCode {
    return {
        code: String(code),
        ...data,
        timesRedeemed: typeof timesRedeemed === "number" ? timesRedeemed : 0,
        ...(typeof updatedAt === "string" && { updatedAt }),
    };
}
