import { dynamo } from "../../shared/dynamo.ts";
import { EnvironmentError } from "../../shared/environment.ts";
import { log } from "../../shared/log.ts";
import { secretReader } from "../../shared/secret.ts";
import type { Merchant } from "../domain/merchant.ts";
import { type Charge, type PaymentOutcome, type PaymentProvider, PaymentUnavailableError } from "./payment.ts";
import { Sandbox } from "./sandbox/sandbox.ts";

export interface PaymentEnvironment {
    /** `sandbox` or `stripe` */
    readonly PAYMENT_PROVIDER: string;
    /** For `sandbox` the name of the payments table; for `stripe` the ARN of the secret: see `stripe/account.ts`. */
    readonly PAYMENT_RESOURCE: string;
}

/**
 * The payment provider of the stack, created at a function's initialisation. An unreadable or invalid secret does not
 * fail the initialisation; it is read again at each charge. Throws EnvironmentError for another provider.
 */
export async function providerFrom(
    { PAYMENT_PROVIDER: provider, PAYMENT_RESOURCE: resource }: PaymentEnvironment,
    { payment: { acquirer } }: Pick<Merchant, "payment">,
): Promise<PaymentProvider> {
    switch (provider) {
        case "sandbox":
            return new Sandbox(dynamo, resource);
        case "stripe": {
            const account = new Account(async () => {
                // Loaded on demand: other stacks save the time at cold starts.
                const [{ stripeFrom }, secret] = await Promise.all([
                    import("./stripe/stripe.ts"),
                    secretReader(resource)(),
                ]);
                return stripeFrom(secret, acquirer);
            });
            await account.open().catch((error: unknown) => log.error("The payment account cannot be read", { error }));
            return account;
        }
        default:
            throw new EnvironmentError(`PAYMENT_PROVIDER must be sandbox or stripe, not ${provider}`);
    }
}

/** Opens the merchant's account before the first charge and caches it. */
class Account implements PaymentProvider {
    readonly #read: () => Promise<PaymentProvider>;
    #provider: PaymentProvider | undefined;

    constructor(read: () => Promise<PaymentProvider>) {
        this.#read = read;
    }

    async open(): Promise<PaymentProvider> {
        this.#provider ??= await this.#read();
        return this.#provider;
    }

    async charge(charge: Charge): Promise<PaymentOutcome> {
        const provider = await this.open().catch((cause: unknown) => {
            throw new PaymentUnavailableError("the payment account cannot be read", { cause });
        });
        return await provider.charge(charge);
    }
}
