import { randomUUID } from "node:crypto";
import { PublishCommand, SNSClient, SNSServiceException } from "@aws-sdk/client-sns";
import type { Context } from "aws-lambda";
import { environment } from "../shared/environment.ts";
import {
    answer,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    problemAnswer,
    scopeProblem,
} from "../shared/http.ts";
import { type Log, log } from "../shared/log.ts";
import { messageMetrics, msSince } from "../shared/metrics.ts";
import { notDone } from "../shared/outcome.ts";
import { Circuit, CircuitOpenError } from "./messages/circuit.ts";
import { type Publication, publicationOf } from "./messages/publication.ts";

export const env = environment("TOPIC_ARN", "ENVIRONMENT");
// The circuit breaker retries, and must see every failure.
const sns = new SNSClient({ maxAttempts: 1 });
const circuit = new Circuit(isTransient);
/** Milliseconds for a request to SNS. */
const patience = 5000;

/** POST /messages: validates and sanitises the message, and publishes it to the topic. */
export async function handler(received: HttpRequest, context: Context): Promise<HttpAnswer> {
    const request = identified(received);
    const correlationId = correlationIdOf(request);
    const { requestId: messageId } = request.requestContext;
    const apiRequestId = received.requestContext.requestId;
    const invocation = log.forInvocation(context, { correlationId, apiRequestId });

    const denied = scopeProblem(request);
    const accepted = denied === undefined ? publicationOf(request, env.ENVIRONMENT, new Date()) : { problem: denied };
    if ("problem" in accepted) {
        invocation.info("Message refused", { ...accepted.problem, ...messageMetrics({ Refused: 1 }) });
        return problemAnswer(request, accepted.problem);
    }

    const { publication, messageType, removed } = accepted;
    const start = performance.now();
    try {
        await circuit.run(() => publish(publication, invocation));
        const counted = messageMetrics({ Published: 1, PublishFailed: 0, PublishMs: msSince(start) });
        invocation.info("Message published", { messageId, messageType, removed: removed.length, ...counted });
        if (removed.length > 0) notDone(invocation, "MessageShortened", { messageId, removed: removed.length });
        return answer(202, correlationId, { messageId, correlationId, ...(removed.length > 0 && { removed }) });
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
