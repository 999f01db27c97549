import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context } from "aws-lambda";
import { environment } from "../shared/environment.ts";
import {
    answer,
    bodyOf,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    header,
    problemAnswer,
} from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { secretReader } from "../shared/secret.ts";
import { type StripeNotice, StripeSignatures } from "./payment/stripe/signatures.ts";

export const env = environment("PAYMENT_RESOURCE", "PAYMENTS_QUEUE_URL");
const sqs = new SQSClient({});
const signatures = new StripeSignatures(secretReader(env.PAYMENT_RESOURCE));
await signatures.open().catch((error: unknown) => log.error("The payment account cannot be read", { error }));

/** Bytes; Stripe's events take a few thousand. */
const largestBody = 262_144;
/** Stripe's event of a charge comes before its completion has ended. */
const delaySeconds = 10;

/**
 * POST /payments/stripe: verifies an event of Stripe, and wakes `keepPayments` up to look at the event's payment. Nothing but the
 * payment's id is taken from the event.
 */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const invocation = log.forInvocation(context, { correlationId });
    const body = bodyOf(request);
    if (body.length > largestBody) return problemAnswer(request, { status: 413, detail: "the event is too large" });
    try {
        const verified = await signatures.verify(body.toString("utf8"), header(request, "stripe-signature") ?? "");
        if (verified === undefined) {
            invocation.warn("Event of Stripe refused: its signature is not right");
            return problemAnswer(request, { status: 400, detail: "stripe-signature is missing or not right" });
        }
        const { paymentId, ...event } = verified;
        if (paymentId !== undefined) await wakeUp(verified, correlationId);
        invocation.info(paymentId === undefined ? "Event of Stripe ignored" : "Event of Stripe received", event);
        return answer(200, correlationId, { received: true });
    } catch (error) {
        invocation.error("The event of Stripe could not be taken", { error });
        return problemAnswer(request, { status: 503, detail: "the event was not taken, send it again", retryAfter: 5 });
    }
}

async function wakeUp({ paymentId, type }: StripeNotice, correlationId: string): Promise<void> {
    await sqs.send(
        new SendMessageCommand({
            QueueUrl: env.PAYMENTS_QUEUE_URL,
            MessageBody: messageBody({ paymentId, type }),
            MessageAttributes: textAttributes({ correlationId }),
            DelaySeconds: delaySeconds,
        }),
    );
}
