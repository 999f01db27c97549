import { type HttpRequest, header, type Problem, type Refused } from "../http.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Write } from "../transact.ts";

// The version of an order that clients see: what became of the order and what became of its payment are versions in tables
// of their own (components/orderIntake/orderTables.ts), and each of the two numbers only grows.

/**
 * @param ofOrder the order's latest version in its table; 0: none
 * @param ledger the latest item of the payments table, if there is one. Versions that change nothing do not count.
 */
export function shownVersion(ofOrder: number, ledger: JsonObject | undefined): number {
    const { changes } = isJsonObject(ledger?.["ledger"]) ? ledger["ledger"] : {};
    return 1 + ofOrder + Number(changes ?? ledger?.["version"] ?? 0);
}

/**
 * The version that the client has read. Quotation marks are part of an entity tag (RFC 9110, section 8.8.3); `*` is any
 * order that exists.
 */
export function expectedVersionIn(request: HttpRequest): { readonly expected?: number } | Refused {
    const text = header(request, "if-match")?.trim();
    if (text === undefined || text === "*") return {};
    const [, digits] = /^"(\d{1,15})"$/.exec(text) ?? [];
    if (digits !== undefined) return { expected: Number(digits) };
    return { problem: { status: 400, detail: "If-Match must be the ETag of the order, or *" } };
}

export const changedSince = (version: number): { readonly problem: Problem } => ({
    problem: { status: 412, detail: `the order has changed: its version is ${version}` },
});

/** Part of a transaction: fails if the table has a later version of the order than this one. */
export const unchanged = (TableName: string, orderId: string, version: number): Write => ({
    ConditionCheck: {
        TableName,
        Key: { orderId, version: version + 1 },
        ConditionExpression: "attribute_not_exists(orderId)",
    },
});
