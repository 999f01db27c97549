import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { dynamo } from "../../shared/dynamo.ts";
import { EnvironmentError } from "../../shared/environment.ts";
import type { PaymentProvider } from "./payment.ts";
import { Sandbox } from "./sandbox.ts";

/** The variables that choose who charges. */
export interface PaymentEnvironment {
    /** `sandbox` or `stripe` */
    readonly PAYMENT_PROVIDER: string;
    /** For `sandbox` the name of the payments table; for `stripe` the ARN of the secret: see `stripeAccount.ts`. */
    readonly PAYMENT_RESOURCE: string;
}

/**
 * Who charges in this stack: for a callback's INIT. Throws EnvironmentError for another provider and for a secret
 * without the account, and what Secrets Manager throws.
 */
export async function providerFrom({
    PAYMENT_PROVIDER: provider,
    PAYMENT_RESOURCE: resource,
}: PaymentEnvironment): Promise<PaymentProvider> {
    switch (provider) {
        case "sandbox":
            return new Sandbox(dynamo, resource);
        case "stripe": {
            // Only here: evaluating the library costs every cold start of a stack that does not use it.
            const [{ stripeFrom }, secret] = await Promise.all([import("./stripe.ts"), secretAt(resource)]);
            return stripeFrom(secret);
        }
        default:
            throw new EnvironmentError(`PAYMENT_PROVIDER must be sandbox or stripe, not ${provider}`);
    }
}

async function secretAt(arn: string): Promise<string> {
    const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: arn }));
    return SecretString ?? "";
}
