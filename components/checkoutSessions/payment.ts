import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "../parts/context.ts";
import type { Grant } from "../parts/grant.ts";
import { readingOf, type Secret, secretOf } from "../parts/secret.ts";
import { Table } from "../parts/table.ts";

/** What a callback needs that charges buyers at the payment provider. */
export interface Payment {
    readonly provider: "stripe" | "sandbox";
    /** The account at the provider, which stays where the sandbox charges. */
    readonly account: Secret;
    /** The sandbox's charges. */
    readonly sandbox: Table | undefined;
    readonly environment: {
        readonly PAYMENT_PROVIDER: string;
        /** What the provider works with: a table by its name, or a secret by its ARN. */
        readonly PAYMENT_RESOURCE: pulumi.Output<string>;
    };
    /** The right to charge. */
    readonly use: Grant;
    /** The right to capture, refund and release. */
    readonly change: Grant;
    /** Whether the provider is reached by the internet. */
    readonly internet: boolean;
}

/** @param first the payment of the first region, which this one repeats. */
export function paymentOf(
    name: string,
    provider: Payment["provider"],
    first: Payment | undefined,
    context: Context,
    opts: pulumi.CustomResourceOptions,
): Payment {
    const account = secretOf(
        `${name}-payment`,
        {
            name: "commerce-payment",
            description: 'The account at the payment provider: {"secretKey": "sk_…", "webhookSecret": "whsec_…"}.',
            replicaOf: first?.account,
            context,
        },
        opts,
    );
    switch (provider) {
        case "sandbox": {
            const sandbox = new Table(
                `${name}-sandbox-payments`,
                { name: "checkout-sandbox-payments", key: ["key"], replicaOf: first?.sandbox, context },
                opts,
            );
            const environment = { PAYMENT_PROVIDER: provider, PAYMENT_RESOURCE: sandbox.name };
            const change = sandbox.allow("GetItem", "UpdateItem");
            return { provider, account, sandbox, environment, use: sandbox.allow("PutItem"), change, internet: false };
        }
        case "stripe": {
            const environment = { PAYMENT_PROVIDER: provider, PAYMENT_RESOURCE: account.arn };
            const use = readingOf(account);
            return { provider, account, sandbox: undefined, environment, use, change: use, internet: true };
        }
    }
}

/**
 * EventBridge pattern of the details that are about orders of sessions. That their payment has changed they hear by
 * `payment.updated.v1`, and not by `order.updated.v1` as well.
 */
export const ofSessions = {
    orderId: [{ prefix: "ord_" }],
    meta: { change: { type: [{ exists: false }, { "anything-but": ["payment"] }] } },
};
