import { randomUUID } from "node:crypto";
import { PublishCommand, SNSClient, SNSServiceException } from "@aws-sdk/client-sns";
import type { Context } from "aws-lambda";
import type { components } from "../../spec/generated/messages.types.ts";
import { messagesRoutes } from "../../spec/generated/scopes.ts";
import { fingerprint } from "../shared/canonical.ts";
import { environment } from "../shared/environment.ts";
import {
    answer,
    callerOf,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    idempotencyKeyOf,
    type Problem,
    problemAnswer,
    type Refused,
    scopeProblem,
} from "../shared/http.ts";
import { type Log, log } from "../shared/log.ts";
import { messageMetrics, msSince } from "../shared/metrics.ts";
import { notDone } from "../shared/outcome.ts";
import { shortPointer } from "../shared/validationErrors.ts";
import { Circuit, CircuitOpenError } from "./messages/circuit.ts";
import { type Accepted, type Publication, publicationOf, repeated } from "./messages/publication.ts";

export const env = environment("TOPIC_ARN", "ENVIRONMENT", "REQUESTS_TABLE");
// The circuit breaker retries, and must see every failure.
const sns = new SNSClient({ maxAttempts: 1 });
const circuit = new Circuit(isTransient);
/** Milliseconds for a request to SNS. */
const patience = 5000;

/** POST /messages: validates and sanitises the message, and publishes it. */
export async function handler(received: HttpRequest, context: Context): Promise<HttpAnswer> {
    const request = identified(received);
    const correlationId = correlationIdOf(request);
    const apiRequestId = received.requestContext.requestId;
    const invocation = log.forInvocation(context, { correlationId, apiRequestId });

    const accepted = accept(request);
    if ("problem" in accepted) return refuse(request, accepted.problem, invocation);
    const { messageType, removed } = accepted;
    const start = performance.now();
    try {
        const message = await firstOf(request, accepted);
        if ("problem" in message) return refuse(request, message.problem, invocation);
        const { messageId } = message;
        if (!message.isPublished) await circuit.run(() => publish(repeated(accepted.publication, message), invocation));
        if (message.requestKey !== undefined && !message.isPublished) await remember(message.requestKey);
        const counted = messageMetrics({ Published: 1, PublishFailed: 0, PublishMs: msSince(start) });
        invocation.info("Message published", { messageId, messageType, removed: removed.length, ...counted });
        if (removed.length > 0) notDone(invocation, "MessageShortened", { messageId, removed: removed.length });
        const body = { messageId, correlationId: message.correlationId, ...shown(removed) };
        return answer(202, correlationId, body);
    } catch (error) {
        const counted = messageMetrics({ Published: 0, PublishFailed: 1, PublishMs: msSince(start) });
        invocation.error("The message was not published", { messageType, error, ...counted });
        return problemAnswer(request, {
            status: 503,
            detail: "the message was not published, send it again",
            retryAfter: error instanceof CircuitOpenError ? error.retryAfter : 5,
        });
    }
}

/** Removed members that an answer names: a message can have thousands, with names as long as itself. */
const mostNamed = 100;

function shown(removed: readonly string[]): Pick<components["schemas"]["Publication"], "removed" | "moreRemoved"> {
    const named = new Set(removed.slice(0, mostNamed).map(shortPointer));
    const more = removed.length - mostNamed;
    return { ...(removed.length > 0 && { removed: [...named] }), ...(more > 0 && { moreRemoved: more }) };
}

interface AcceptedMessage extends Accepted {
    readonly key?: string;
}

function accept(request: HttpRequest): AcceptedMessage | Refused {
    const problem = scopeProblem(request, messagesRoutes);
    if (problem !== undefined) return { problem };
    const given = idempotencyKeyOf(request);
    if ("problem" in given) return given;
    const accepted = publicationOf(request, env.ENVIRONMENT, new Date());
    return "problem" in accepted ? accepted : { ...accepted, ...given };
}

function refuse(request: HttpRequest, problem: Problem, invocation: Log): HttpAnswer {
    invocation.info("Message refused", { ...problem, ...messageMetrics({ Refused: 1 }) });
    return problemAnswer(request, problem);
}

interface Identified {
    readonly messageId: string;
    readonly correlationId: string;
    /** Digest of client and Idempotency-Key. */
    readonly requestKey?: string;
    readonly isPublished: boolean;
}

/** The message of the first request with the same Idempotency-Key. DynamoDB's client is loaded on demand. */
async function firstOf(
    request: HttpRequest,
    { key, messageType, publication }: AcceptedMessage,
): Promise<Identified | Refused> {
    const ids = { messageId: request.requestContext.requestId, correlationId: correlationIdOf(request) };
    const isPublished = false;
    if (key === undefined) return { ...ids, isPublished };
    const own = {
        ...ids,
        isPublished,
        requestKey: fingerprint([callerOf(request), key]),
        fingerprint: fingerprint([messageType, publication.Message]),
    };
    const { firstRequest } = await import("./messageRequests.lazy.ts");
    const first = await firstRequest(env.REQUESTS_TABLE, own, Date.now());
    if (first.fingerprint === own.fingerprint) return first;
    return { problem: { status: 422, detail: "this Idempotency-Key was used with another message" } };
}

async function remember(requestKey: string): Promise<void> {
    const { markPublished } = await import("./messageRequests.lazy.ts");
    await markPublished(env.REQUESTS_TABLE, requestKey);
}

/** The request with a new UUID as request id, which is the default correlation id. */
function identified(request: HttpRequest): HttpRequest {
    return { ...request, requestContext: { ...request.requestContext, requestId: randomUUID() } };
}

async function publish(publication: Publication, invocation: Log): Promise<void> {
    try {
        const command = new PublishCommand({ TopicArn: env.TOPIC_ARN, ...publication });
        await sns.send(command, { abortSignal: AbortSignal.timeout(patience) });
    } catch (error) {
        invocation.warn("SNS did not accept the message", { error });
        throw error;
    }
}

/** No connection, timeout, throttling or a server error. */
function isTransient(error: unknown): boolean {
    if (!(error instanceof SNSServiceException)) return true;
    const { httpStatusCode = 500 } = error.$metadata;
    return httpStatusCode >= 500 || httpStatusCode === 429 || /throttl/i.test(error.name);
}
