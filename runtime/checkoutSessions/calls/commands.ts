import type { ValidateFunction } from "ajv";
import {
    rules,
    validateCancelSessionRequest,
    validateCheckoutSessionCompleteRequest,
    validateCheckoutSessionCreateRequest,
    validateCheckoutSessionUpdateRequest,
} from "../../../spec/generated/checkout.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import { isJsonObject } from "../../shared/json.ts";
import { unstorableIn } from "../../shared/storable.ts";
import {
    jsonPathOf,
    member,
    shortPointer,
    type ValidationError,
    validationErrorsOf,
} from "../../shared/validationErrors.ts";
import type { Call, ChangeCommand, CommandName, CompleteCommand, Holder, Scope, UpdateMode } from "../domain/call.ts";
import type { Dialect } from "../domain/dialect.ts";
import { type CommandRefused, invalid } from "../domain/problem.ts";

/** A request for a command, in its client's dialect. */
export interface Sent {
    /** Of all commands but create. */
    readonly sessionId?: string;
    /** A fresh one if the client sent none and need not. */
    readonly key: string;
    readonly body: unknown;
}

// One function for each command, so that a bundle contains only the validators that it uses.

export function createIn(sent: Sent, call: Call, dialect: Dialect): ChangeCommand | CommandRefused {
    const post = postIn("create", sent, call, dialect, validateCheckoutSessionCreateRequest);
    return "problem" in post
        ? post
        : { name: "create", ...(dialect.handsOver && { handsOver: true }), ...call, ...post };
}

export function updateIn(sent: Sent, call: Call, dialect: Dialect): ChangeCommand | CommandRefused {
    const post = postIn("update", sent, call, dialect, validateCheckoutSessionUpdateRequest);
    return "problem" in post ? post : { name: "update", sessionId: sent.sessionId ?? "", ...call, ...post };
}

export function cancelIn(sent: Sent, call: Call, dialect: Dialect): ChangeCommand | CommandRefused {
    const post = postIn("cancel", sent, call, dialect, validateCancelSessionRequest);
    return "problem" in post ? post : { name: "cancel", sessionId: sent.sessionId ?? "", ...call, ...post };
}

export function completeIn(sent: Sent, call: Call, dialect: Dialect, holder: Holder): CompleteCommand | CommandRefused {
    const post = postIn("complete", sent, call, dialect, validateCheckoutSessionCompleteRequest);
    return "problem" in post
        ? post
        : {
              name: "complete",
              sessionId: sent.sessionId ?? "",
              holder,
              challenges: dialect.challenges,
              ...(dialect.handsOver && { handsOver: true }),
              ...(dialect.credentials && { credentials: dialect.credentials }),
              ...call,
              ...post,
          };
}

export const isKeyUsable = (key: string): boolean => /^[ -~]{1,255}$/.test(key);

/** By which records of keys know the operation, through whichever door it came: the routes of REST. */
export const operations: Readonly<Record<CommandName, string>> = {
    create: "POST /checkout_sessions",
    update: "POST /checkout_sessions/{id}",
    complete: "POST /checkout_sessions/{id}/complete",
    cancel: "POST /checkout_sessions/{id}/cancel",
};

function postIn<Body>(
    command: CommandName,
    { sessionId, key, body: sent }: Sent,
    { callerId, log }: Call,
    dialect: Dialect,
    validate: ValidateFunction<Body>,
): { readonly body: Body; readonly scope: Scope; readonly mode?: UpdateMode } | CommandRefused {
    const raised = dialect.up(command, sent);
    if ("problem" in raised) return raised;
    const { body, mode, ignored = [] } = raised;
    if (ignored.length > 0)
        log.info("The request has members that its version does not define", { command, members: ignored });
    if (!validate(body)) {
        const [fault] = validationErrorsOf(validate.errors, rules);
        return { problem: invalid(fault?.detail ?? "is not allowed", paramOf(fault?.pointer ?? "")) };
    }
    // What is left out may be as deep as a body can be.
    const unusable = unstorableIn(body) ?? longTextIn(body) ?? (body === sent ? undefined : unstorableIn(sent));
    if (unusable !== undefined) return { problem: invalid(unusable.detail, paramOf(unusable.pointer)) };
    const scope = scopeOf(command, { key, body: sent, ...(sessionId !== undefined && { sessionId }) }, { callerId });
    return { body, scope, ...(mode && { mode }) };
}

export const scopeOf = (
    command: CommandName,
    { sessionId, key, body }: Sent,
    { callerId }: Pick<Call, "callerId">,
): Scope => ({
    recordId: fingerprint([callerId, operations[command], sessionId ?? null, key]),
    fingerprint: fingerprint(body),
});

/** Shortened: a client's member name may be as long as the body. */
const paramOf = (pointer: string): string => jsonPathOf(shortPointer(pointer));

/** Members of a request with addresses, which travel with the order onto labels and documents. */
const addressed = ["fulfillment_details", "fulfillment_groups", "payment_data"];

/** A text of an address or group that is too long. The protocol sets no limit. Long names are cut instead. */
export function longTextIn(body: unknown): ValidationError | undefined {
    if (!isJsonObject(body)) return undefined;
    return addressed.map((name) => longIn(body[name], member("", name), false)).find((found) => found);
}

function longIn(value: unknown, pointer: string, isAddress: boolean): ValidationError | undefined {
    if (typeof value === "string") {
        const isInstruction = pointer.endsWith("/instructions");
        const most = isInstruction ? 500 : 255;
        const isLong = (isAddress || isInstruction) && value.length > most;
        return isLong ? { pointer, detail: `must have at most ${most} characters` } : undefined;
    }
    if (!Array.isArray(value) && !isJsonObject(value)) return undefined;
    for (const [name, inside] of Object.entries(value)) {
        const found = longIn(inside, member(pointer, name), isAddress || /address$/.test(name));
        if (found) return found;
    }
    return undefined;
}
