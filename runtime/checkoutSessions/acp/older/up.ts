import { isJsonObject, type JsonObject } from "../../../shared/json.ts";
import type { CommandName, UpdateMode } from "../../domain/call.ts";
import type { Raised } from "../../domain/dialect.ts";
import { type CommandRefused, invalid } from "../../domain/problem.ts";
import { cardHandler } from "../../domain/protocol.ts";

/** A request of 2025-09-29 as one of 2025-12-12. */
export function up20250929(
    command: CommandName,
    { fulfillment_address: address, fulfillment_option_id: option, ...rest }: JsonObject,
): { readonly body: JsonObject; readonly mode: UpdateMode } | CommandRefused {
    if (option !== undefined && typeof option !== "string") {
        return { problem: invalid("must be a string", "$.selected_fulfillment_options") };
    }
    const name = isJsonObject(address) ? address["name"] : undefined;
    const details = { ...(name !== undefined && { name }), address };
    return {
        body: { ...rest, ...(address !== undefined && { fulfillment_details: details }) },
        mode: {
            ...(command === "update" && address !== undefined && { keepsContact: true }),
            ...(option !== undefined && { options: [{ id: option }] }),
        },
    };
}

/** A request of 2025-12-12 or 2026-01-16 as one of 2026-01-30. @param currency the merchant's, since it names none */
export function up20260116(
    command: CommandName,
    { items, payment_data: payment, selected_fulfillment_options: selected, ...rest }: JsonObject,
    currency: string,
): Raised | CommandRefused {
    // Later versions have 1 piece by default.
    const uncounted = Array.isArray(items)
        ? items.findIndex((item) => isJsonObject(item) && !("quantity" in item))
        : -1;
    if (uncounted >= 0) return { problem: invalid("is required", `$.line_items[${uncounted}].quantity`) };
    if (isJsonObject(payment) && payment["provider"] !== "stripe") {
        return { problem: invalid("must be stripe", "$.payment_data.provider") };
    }
    return {
        body: {
            ...rest,
            ...(command === "create" && { currency, capabilities: {} }),
            ...(items !== undefined && { line_items: items }),
            ...(payment !== undefined && { payment_data: isJsonObject(payment) ? paymentBy(payment) : payment }),
            ...(selected !== undefined && {
                selected_fulfillment_options: Array.isArray(selected) ? selected.map(selection) : selected,
            }),
        },
    };
}

const paymentBy = ({ token, billing_address: billing }: JsonObject): JsonObject => ({
    handler_id: cardHandler,
    instrument: { type: "card", credential: { type: "spt", ...(token !== undefined && { token }) } },
    ...(billing !== undefined && { billing_address: billing }),
});

function selection(selected: unknown): unknown {
    if (!isJsonObject(selected)) return selected;
    const { type } = selected;
    const chosen = typeof type === "string" ? selected[type] : undefined;
    return { type, ...(isJsonObject(chosen) && chosen) };
}

/** Outcomes of an authentication in 2026-01-16 that have other names elsewhere. */
const outcomes20260116: Readonly<Record<string, string>> = {
    failed: "denied",
    unavailable: "not_supported",
    attempt: "attempt_acknowledged",
};

/** The outcomes that nothing can be done with unless there are details, which 2026-01-16 does not demand. */
const detailed: ReadonlySet<unknown> = new Set(["authenticated", "attempt"]);

export function withOutcome({ authentication_result: result, ...rest }: JsonObject): JsonObject {
    if (!isJsonObject(result)) return { ...rest, ...(result !== undefined && { authentication_result: result }) };
    const { outcome, outcome_details: details } = result;
    if (detailed.has(outcome) && details === undefined) return rest;
    const known = typeof outcome === "string" && Object.hasOwn(outcomes20260116, outcome);
    return {
        ...rest,
        authentication_result: { ...result, outcome: known ? outcomes20260116[outcome] : outcome },
    };
}
