import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import type { Log } from "../../shared/log.ts";
import { unstorableIn } from "../../shared/storable.ts";
import { jsonPathOf, shortPointer } from "../../shared/validationErrors.ts";
import type { Sent } from "../calls/commands.ts";
import { readable } from "../calls/read.ts";
import { resultOf } from "../calls/result.ts";
import type { Call, Served } from "../domain/call.ts";
import { asideOf } from "../session/aside.ts";
import { present } from "../session/session.ts";
import type { SessionVersions } from "../session/versions.ts";
import { capability, envelopeOf } from "./capabilities.ts";
import { keptVersion, ucpCartDialect, ucpDialect } from "./dialect.ts";
import { ucpError } from "./messages.ts";
import type { Operation } from "./operations.ts";
import { isOfPurchase, refusedAs } from "./refusal.ts";
import type { Telling } from "./telling.ts";
import { malformedAt } from "./up.ts";

/** A call of a platform, however it came. */
export interface UcpCall {
    readonly operation: Operation;
    readonly id?: string | undefined;
    readonly key: string | undefined;
    readonly body: unknown;
    readonly call: Call;
    readonly telling: Telling;
    readonly context: Context;
}

/** What carries calls out; an operation that a callback does not have is not in its routes. */
export type Serve = (asked: UcpCall) => Promise<Served>;

interface UcpAnswer {
    readonly status: number;
    readonly body: object;
    readonly headers?: Readonly<Record<string, string>>;
    readonly isReplay?: boolean;
}

/** The answer in the words of UCP, also for what has gone wrong. */
export async function ucpAnswer(
    asked: UcpCall,
    serve: Serve,
    versions: Pick<SessionVersions, "at" | "latest">,
): Promise<UcpAnswer> {
    const { operation, telling, call, id } = asked;
    if (!telling.negotiated.capabilities.has(operation.capability)) return incompatible(operation, telling);
    const { result, isReplay } = await resultOf(call, operation.name, served(asked, serve), versions);
    if ("problem" in result) {
        const isAboutSession = operation.capability === capability.checkout && id !== undefined;
        const state = isAboutSession && isOfPurchase(result.problem) ? await readable(versions, id, call) : undefined;
        const found = state && { session: present(state.session, new Date()), ...asideOf(state) };
        return { ...refusedAs(result.problem, telling, operation.composed, found), isReplay };
    }
    const dialect =
        operation.capability === capability.cart
            ? ucpCartDialect(telling, asked.body)
            : ucpDialect(telling, operation.name === "create_checkout" ? asked.body : undefined);
    return { ...dialect.down(result), isReplay };
}

/** Nothing is done with what is nested beyond measure, or cannot be a key: members that are not known may have it, too. */
async function served(asked: UcpCall, serve: Serve): Promise<Served> {
    const unusable = unstorableIn(asked.body);
    if (unusable === undefined) return await serve(asked);
    return malformedAt(jsonPathOf(shortPointer(unusable.pointer)), unusable.detail);
}

/** A platform's call, which sees what is its own. */
export function callOf(telling: Telling, correlationId: string, log: Log): Call {
    const { callerId, profileUrl, isProven, orderWebhook } = telling.negotiated.platform;
    return {
        callerId,
        isMerchant: false,
        correlationId,
        version: keptVersion(telling),
        ...(isProven && orderWebhook !== undefined && { orderWebhook }),
        log: log.with({ callerId, profileUrl }),
    };
}

/** A request for a command. Unproven callers have one id in common: their keys are told apart by what they say they are. */
export function sentIn({ id, key, body, telling }: UcpCall): Sent {
    const { isProven, profileUrl } = telling.negotiated.platform;
    const own = key !== undefined && !isProven ? `${key} of ${profileUrl}` : key;
    return { key: own ?? randomUUID(), body, ...(id !== undefined && { sessionId: id }) };
}

function incompatible({ capability: needed }: Operation, { negotiated }: Telling): UcpAnswer {
    const message = `Platform and merchant do not have ${needed} in common.`;
    return {
        status: 200,
        body: {
            ucp: envelopeOf(negotiated, [...negotiated.capabilities.keys()], "error"),
            messages: [ucpError("capabilities_incompatible", undefined, message, "unrecoverable")],
        },
    };
}

/** Retention of responses: the protocol recommends two days. */
export const keptHours = 48;
