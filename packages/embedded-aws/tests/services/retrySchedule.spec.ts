import { expect } from "chai";
import { type DeliveryPolicy, mailPolicy, managedPolicy, secondsToRetry } from "../../src/topics/retrySchedule.ts";

/** The first waits of a policy, rounded. */
function waits(policy: DeliveryPolicy, count: number): (number | undefined)[] {
    return Array.from({ length: count }, (_, index) => {
        const seconds = secondsToRetry(policy, index + 1);
        return seconds === undefined ? undefined : Math.round(seconds);
    });
}

describe("The delivery retries of SNS", () => {
    it("to Lambda and SQS: 3 at once, 2 after a second, 10 backing off to 20 seconds, then for 23 days", () => {
        expect(waits(managedPolicy, 17)).to.deep.equal([0, 0, 0, 1, 1, 1, 1, 2, 3, 4, 5, 7, 10, 14, 20, 20, 20]);
        expect(secondsToRetry(managedPolicy, 100_015)).to.equal(20);
        expect(secondsToRetry(managedPolicy, 100_016)).to.equal(undefined);
    });

    it("by e-mail: 50 over six hours", () => {
        expect(waits(mailPolicy, 4)).to.deep.equal([10, 10, 10, 16]);
        expect(secondsToRetry(mailPolicy, 50)).to.equal(600);
        expect(secondsToRetry(mailPolicy, 51)).to.equal(undefined);
    });
});
