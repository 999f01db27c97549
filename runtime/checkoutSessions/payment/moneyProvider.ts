import { dynamo } from "../../shared/dynamo.ts";
import { EnvironmentError } from "../../shared/environment.ts";
import { secretReader } from "../../shared/secret.ts";
import type { MoneyProvider } from "./money.ts";
import { PaymentUnavailableError } from "./payment.ts";
import type { PaymentEnvironment } from "./provider.ts";
import { SandboxMoney } from "./sandbox/sandboxMoney.ts";

/** The payment provider of the stack, for what follows the charge. Throws EnvironmentError for another provider. */
export function moneyProviderFrom({
    PAYMENT_PROVIDER: provider,
    PAYMENT_RESOURCE: resource,
}: PaymentEnvironment): MoneyProvider {
    switch (provider) {
        case "sandbox":
            return new SandboxMoney(dynamo, resource);
        case "stripe":
            return new Account(async () => {
                // Loaded on demand, as for charges.
                const [{ stripeMoneyFrom }, secret] = await Promise.all([
                    import("./stripe/stripeMoney.ts"),
                    secretReader(resource)(),
                ]);
                return stripeMoneyFrom(secret);
            });
        default:
            throw new EnvironmentError(`PAYMENT_PROVIDER must be sandbox or stripe, not ${provider}`);
    }
}

/** Opens the merchant's account before the first call and caches it. */
class Account implements MoneyProvider {
    readonly #read: () => Promise<MoneyProvider>;
    #provider: MoneyProvider | undefined;

    constructor(read: () => Promise<MoneyProvider>) {
        this.#read = read;
    }

    look: MoneyProvider["look"] = async (paymentId) => await (await this.#opened()).look(paymentId);

    carryOut: MoneyProvider["carryOut"] = async (order) => await (await this.#opened()).carryOut(order);

    async #opened(): Promise<MoneyProvider> {
        try {
            this.#provider ??= await this.#read();
            return this.#provider;
        } catch (cause) {
            throw new PaymentUnavailableError("the payment account cannot be read", { cause });
        }
    }
}
