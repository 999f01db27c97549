import { numberOf, parseInput, partOf, textOf } from "../aws/input.ts";

/** The phases of a delivery policy: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export interface DeliveryPolicy {
    readonly withoutDelay: number;
    readonly atMinimum: number;
    readonly backingOff: number;
    readonly atMaximum: number;
    /** Seconds. */
    readonly minimum: number;
    /** Seconds. */
    readonly maximum: number;
    readonly backoff: "exponential" | "linear";
}

/** Lambda and SQS: 100,015 retries over 23 days. */
export const managedPolicy: DeliveryPolicy = {
    withoutDelay: 3,
    atMinimum: 2,
    backingOff: 10,
    atMaximum: 100_000,
    minimum: 1,
    maximum: 20,
    backoff: "exponential",
};

/** E-mail: 50 retries over six hours. */
export const mailPolicy: DeliveryPolicy = {
    withoutDelay: 0,
    atMinimum: 2,
    backingOff: 10,
    atMaximum: 38,
    minimum: 10,
    maximum: 600,
    backoff: "exponential",
};

/** HTTP and HTTPS, unless the subscription says otherwise: three retries, 20 seconds apart. */
export const webPolicy: DeliveryPolicy = {
    withoutDelay: 0,
    atMinimum: 3,
    backingOff: 0,
    atMaximum: 0,
    minimum: 20,
    maximum: 20,
    backoff: "linear",
};

/** Seconds from a failed attempt to the next; undefined when there is no next. @param attempt 1 for the first. */
export function secondsToRetry(policy: DeliveryPolicy, attempt: number): number | undefined {
    const { minimum, maximum } = policy;
    let retry = attempt;
    if (retry <= policy.withoutDelay) return 0;
    retry -= policy.withoutDelay;
    if (retry <= policy.atMinimum) return minimum;
    retry -= policy.atMinimum;
    if (retry <= policy.backingOff) {
        const progress = policy.backingOff === 1 ? 1 : (retry - 1) / (policy.backingOff - 1);
        return policy.backoff === "linear"
            ? minimum + (maximum - minimum) * progress
            : minimum * (maximum / minimum) ** progress;
    }
    return retry - policy.backingOff <= policy.atMaximum ? maximum : undefined;
}

/** The policy in a subscription's `DeliveryPolicy` attribute (JSON text). */
export function webPolicyOf(text: string): DeliveryPolicy {
    const given = partOf(parseInput(text), "healthyRetryPolicy");
    const number = (name: string, otherwise: number) => numberOf(given, name) ?? otherwise;
    const curve = textOf(given, "backoffFunction");
    const withoutDelay = number("numNoDelayRetries", 0);
    const atMinimum = number("numMinDelayRetries", 0);
    const atMaximum = number("numMaxDelayRetries", 0);
    return {
        withoutDelay,
        atMinimum,
        backingOff: Math.max(0, number("numRetries", 3) - withoutDelay - atMinimum - atMaximum),
        atMaximum,
        minimum: number("minDelayTarget", 20),
        maximum: number("maxDelayTarget", 20),
        backoff: curve === "exponential" || curve === "geometric" ? "exponential" : "linear",
    };
}
