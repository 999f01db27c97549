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
}

/** Lambda and SQS: 100,015 retries over 23 days. */
export const managedPolicy: DeliveryPolicy = {
    withoutDelay: 3,
    atMinimum: 2,
    backingOff: 10,
    atMaximum: 100_000,
    minimum: 1,
    maximum: 20,
};

/** E-mail: 50 retries over six hours. */
export const mailPolicy: DeliveryPolicy = {
    withoutDelay: 0,
    atMinimum: 2,
    backingOff: 10,
    atMaximum: 38,
    minimum: 10,
    maximum: 600,
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
        return minimum * (maximum / minimum) ** progress;
    }
    return retry - policy.backingOff <= policy.atMaximum ? maximum : undefined;
}
