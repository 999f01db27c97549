import { instantOf } from "../../shared/instant.ts";
import type { Merchant } from "../domain/merchant.ts";
import type { Discounts } from "../domain/protocol.ts";
import { sumOf } from "./amounts.ts";
import type { PricedLine } from "./lines.ts";
import type { DiscountCode, Market } from "./market.ts";

type Reason = NonNullable<Discounts["rejected"]>[number]["reason"];

/** In the client's order. */
interface CodeChecks {
    readonly accepted: readonly { readonly sent: string; readonly code: DiscountCode }[];
    readonly rejected: readonly {
        readonly sent: string;
        /** Index in the client's list. */
        readonly index: number;
        readonly reason: Reason;
        /** For the buyer. */
        readonly message: string;
    }[];
}

/** Checks the codes for a cart. Of codes that cannot be combined the first valid one wins. */
export function checkCodes(
    codes: readonly string[],
    lines: readonly PricedLine[],
    { discounts, now, merchant }: Market,
): CodeChecks {
    const accepted: CodeChecks["accepted"][number][] = [];
    const rejected: CodeChecks["rejected"][number][] = [];
    for (const [index, sent] of codes.entries()) {
        const others = accepted.map(({ code }) => code);
        const checked = checkCode(inCurrency(discounts.get(sent.toUpperCase()), merchant), others, lines, now);
        if ("reason" in checked) {
            rejected.push({ sent, index, reason: checked.reason, message: `The code '${sent}' ${checked.why}.` });
        } else {
            accepted.push({ sent, code: checked });
        }
    }
    return { accepted, rejected };
}

/** Whether the code applies to the line's product, which must be on sale. */
export function isFor({ products }: DiscountCode, { product }: PricedLine): boolean {
    return product !== undefined && (products?.includes(product.productId) ?? true);
}

/** Amounts of a code are in the merchant's own currency, and mean nothing in another. */
function inCurrency(code: DiscountCode | undefined, { currency, ownCurrency = currency }: Merchant) {
    const hasAmounts = code?.amountOff !== undefined || (code?.minimum ?? 0) > 0;
    return hasAmounts && ownCurrency !== currency ? "of another currency" : code;
}

interface CodeRefusal {
    readonly reason: Reason;
    readonly why: string;
}

function checkCode(
    code: DiscountCode | "of another currency" | undefined,
    others: readonly DiscountCode[],
    lines: readonly PricedLine[],
    now: Date,
): DiscountCode | CodeRefusal {
    const refused = (reason: Reason, why: string): CodeRefusal => ({ reason, why });
    if (code === undefined) return refused("discount_code_invalid", "is not known");
    if (code === "of another currency") return refused("discount_code_invalid", "is for another currency");
    if (others.includes(code)) return refused("discount_code_already_applied", "is applied already");
    const { startsAt, endsAt, usageLimit, timesRedeemed = 0, minimum = 0, combinable = true } = code;
    // Negated, so that an invalid date never makes a code valid.
    if (startsAt !== undefined && !(instantOf(startsAt) <= now.getTime())) {
        return refused("discount_code_expired", "is not valid yet");
    }
    if (endsAt !== undefined && !(now.getTime() < instantOf(endsAt))) {
        return refused("discount_code_expired", "has expired");
    }
    if (usageLimit !== undefined && timesRedeemed >= usageLimit) {
        return refused("discount_code_usage_limit_reached", "has reached its usage limit");
    }
    if (lines.length > 0 && !lines.some((line) => isFor(code, line))) {
        return refused("discount_code_invalid", "applies to no item of this cart");
    }
    if (sumOf(lines.map(({ base }) => base)) < minimum) {
        return refused("discount_code_minimum_not_met", "requires a larger cart");
    }
    if (others.length > 0 && !(combinable && others.every((other) => other.combinable ?? true))) {
        return refused("discount_code_combination_disallowed", "cannot be combined with another code");
    }
    return code;
}
