import type { TaskQueue } from "embedded-aws/doubles";
import { missing, type Reply, refusal } from "./answers.ts";
import type { Scenario } from "./grantedTokens.ts";
import { Kept } from "./kept.ts";

const param = "payment_method_data[card][token]";

/** Stripe's tokens for tests, which are good for any number of charges: https://docs.stripe.com/testing */
const named: Readonly<Record<string, Scenario>> = {
    tok_visa: "success",
    tok_mastercard: "success",
    tok_chargeDeclined: "declined",
    tok_visa_chargeDeclinedInsufficientFunds: "insufficient_funds",
    tok_threeDSecure2Required: "3ds",
    tok_createDispute: "dispute",
};
/** What a wallet made of a card: good for one payment method. */
const single = /^tok_1\w+$/;

/** Tokens of cards, as Google Pay gets them from Stripe. */
export class CardTokens {
    readonly #used: Kept<boolean>;

    constructor(taskQueue: TaskQueue) {
        this.#used = new Kept(taskQueue, "used card token");
    }

    scenarioOf(token: string): Scenario | undefined {
        return named[token] ?? (single.test(token) ? "success" : undefined);
    }

    /** Why it makes no payment method; undefined when it does, which uses it up. */
    take(token: string): Reply | undefined {
        if (this.scenarioOf(token) === undefined) return missing("token", token, param);
        if (named[token] !== undefined) return undefined;
        if (this.#used.get(token)) {
            return refusal("You cannot use a Stripe token more than once.", { code: "token_already_used" });
        }
        this.#used.set(token, true);
        return undefined;
    }
}
