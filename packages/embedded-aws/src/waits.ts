/**
 * How long the embedded cloud waits where AWS waits for minutes: between attempts of an asynchronous invocation, a
 * rule's target, a stream batch, or until a failed message is visible again. Counts stay as on AWS, waits shrink by one
 * factor, so that a poison message reaches its dead-letter queue while its author still watches.
 */
export class Waits {
    readonly factor: number;

    /** @param factor 1 waits as long as AWS does, 0.02 fifty times less. */
    constructor(factor: number) {
        this.factor = factor;
    }

    /** The wait in milliseconds for one that lasts `seconds` on AWS; at least 50 ms, so that a retry is never a spin. */
    ms(seconds: number): number {
        return Math.max(50, seconds * 1000 * this.factor);
    }
}
