import { readFileSync } from "node:fs";
import { join } from "node:path";
import { olderDialect } from "../../../runtime/checkoutSessions/acp/older/dialects.ts";
import type { CommandName, UpdateMode } from "../../../runtime/checkoutSessions/domain/call.ts";
import type { Dialect, Raised } from "../../../runtime/checkoutSessions/domain/dialect.ts";
import type { JsonObject } from "../../../runtime/shared/json.ts";
import { type Judge, judge } from "../../protocol.ts";
import type { Definitions } from "./schema.ts";

export const olderVersions = ["2025-09-29", "2025-12-12", "2026-01-16", "2026-01-30"] as const;
export type OlderVersion = (typeof olderVersions)[number];

const fileOf = (version: OlderVersion, name: string): string =>
    readFileSync(join(import.meta.dirname, "../../acp", version, name), "utf8");

/** The schemas of a version. 2025-09-29 has a keyword in the form of an older draft, which no validator of its own takes. */
export function definitionsOf(version: OlderVersion): Definitions {
    return JSON.parse(fileOf(version, "schema.json").replaceAll('"exclusiveMinimum": true', '"exclusiveMinimum": 0'))
        .$defs;
}

/** The official examples of a version. */
export const examplesOf = (version: OlderVersion): Readonly<Record<string, JsonObject>> =>
    JSON.parse(fileOf(version, "examples.json"));

export const requestSchemas: Readonly<Record<CommandName, string>> = {
    create: "CheckoutSessionCreateRequest",
    update: "CheckoutSessionUpdateRequest",
    complete: "CheckoutSessionCompleteRequest",
    cancel: "CancelSessionRequest",
};

/** The requests among the official examples. */
export function requestsOf(version: OlderVersion): { name: string; command: CommandName; body: JsonObject }[] {
    return Object.entries(examplesOf(version)).flatMap(([name, body]) => {
        const [, command] = /^(create|update|complete|cancel)_(?:checkout_)?session.*_request/.exec(name) ?? [];
        return isCommand(command) ? [{ name, command, body }] : [];
    });
}

function isCommand(name: string | undefined): name is CommandName {
    return name !== undefined && name in requestSchemas;
}

export function dialectOf(version: OlderVersion): Dialect {
    const dialect = olderDialect(version, "usd");
    if (dialect === undefined) throw new Error(`there is no dialect ${version}`);
    return dialect;
}

const judges = new Map<string, Judge>();

/**
 * What is wrong with a session by the version's schema. The closed form of 2025-09-29 has no order, and the form with one
 * demands both: it is judged on its own there.
 */
export function sessionFaults(version: OlderVersion, session: JsonObject): string[] {
    const { order, ...rest } = session;
    if (version !== "2025-09-29" || order === undefined) return faults(version, "CheckoutSession", session);
    return [...faults(version, "CheckoutSession", rest), ...faults(version, "Order", order)];
}

export function faults(version: OlderVersion, name: string, value: unknown): string[] {
    const own = judges.get(version) ?? judge(definitionsOf(version));
    judges.set(version, own);
    return own(name, JSON.parse(JSON.stringify(value)));
}

// The way back of a request, which only the tests need: nothing that a client said is lost on its way up.

const members = (value: unknown): JsonObject => value as JsonObject;
const given = (members: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

const outcomes: Readonly<Record<string, string>> = {
    denied: "failed",
    not_supported: "unavailable",
    attempt_acknowledged: "attempt",
};

/** The request of a version that has become this. */
export function lowered(version: OlderVersion, command: CommandName, { body, mode = {} }: Raised): JsonObject {
    if (version === "2026-01-30") return members(body);
    const { currency: _, capabilities: __, line_items: items, payment_data: payment, ...rest } = members(body);
    const { selected_fulfillment_options: selected, authentication_result: result, ...more } = rest;
    const flat = given({
        ...(command === "cancel" ? members(body) : more),
        items,
        payment_data: payment && tokenIn(members(payment)),
        selected_fulfillment_options: Array.isArray(selected) ? selected.map(nested) : selected,
        authentication_result: result && version === "2026-01-16" ? withOutcome(members(result)) : result,
    });
    return version === "2025-09-29" ? earliest(flat, mode) : flat;
}

function tokenIn({ instrument, billing_address }: JsonObject): JsonObject {
    return given({ provider: "stripe", token: members(members(instrument)["credential"])["token"], billing_address });
}

function nested({ type, option_id, item_ids }: JsonObject): JsonObject {
    return { type, [String(type)]: { option_id, item_ids } };
}

function withOutcome({ outcome, ...rest }: JsonObject): JsonObject {
    return { ...rest, outcome: outcomes[String(outcome)] ?? outcome };
}

function earliest({ fulfillment_details: details, ...rest }: JsonObject, { options }: UpdateMode): JsonObject {
    return given({
        ...rest,
        fulfillment_address: details && members(details)["address"],
        fulfillment_option_id: options?.[0]?.id,
    });
}
