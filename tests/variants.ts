import type { Changes } from "./graph.ts";
import { isProof } from "./proof.ts";

/** A stack with some settings changed. */
export interface Variant {
    readonly stack: "dev" | "prod";
    /** By path. */
    readonly settings: Changes;
}

const jwt = { "orders.jwt.issuer": "https://login.example.com/", "orders.jwt.audience": ["shop"] };

/** Feeds of each kind. */
export const feeds: Changes = {
    "feed.targets": [
        { name: "agent-us", kind: "acp", country: "US", feedId: "feed_1", endpoint: "https://agent.example.com" },
        { name: "shop-de", kind: "file", format: "google-tsv", country: "DE", hosted: "signed" },
    ],
};

/** Every option that adds something. */
const everything = {
    "api.allowedOrigins": ["https://shop.example.com"],
    "orders.mail.sender": "shop@example.com",
    "orders.mail.announcements": ["orders@example.com"],
    "alarms.emails": ["operations@example.com"],
    "alarms.slack": "T07EA123LEP/C07EZ1ABC23",
    "alarms.pagerDuty": "https://events.pagerduty.com/integration/0123456789abcdef/enqueue",
    "alarms.level": "all",
    "alarms.monthlyBudget": 500,
    "customers.commercetoolsApi": true,
    "checkout.merchant.marketingChannels": ["email", "sms"],
    "checkout.payment.interventions": ["3ds"],
    "checkout.payment.acquirer": { bin: "411111", country: "DE", merchantId: "m-1", merchantName: "Example Shop" },
    "checkout.currencies": { eur: { shipping: { DE: { standard: 490 } } } },
    "checkout.rules": "example",
    "checkout.ucp.continueUrl": "https://shop.example/checkout/{id}",
    "checkout.ucp.signingKeys": ["2026-11", "first"],
    "checkout.ucp.platforms": [
        { profile: "https://agent.example/profile", client: "agent", webhookUrl: "https://agent.example/orders" },
        { profile: "https://pinned.example/profile", document: { ucp: { version: "2026-04-08" } } },
    ],
    ...feeds,
    "feed.leftOutAlarm": 100,
    "deployment.rollout": "canary",
    "functions.byName.order-receiver.reserved": 50,
    "functions.byName.order-store.reserved": 10,
    "functions.byName.order-receiver.provisioned": 5,
    "retention.archiveDays": 90,
    "retention.historyDays": 120,
    "retention.backupDays": 35,
    "failover.region": "eu-central-1",
    "api.domain.name": "api.shop.example",
    "api.domain.zone": "Z0123456789ABCDEFGHIJ",
    "api.firewall.requestsPerAddress": 10_000,
    "network.availabilityZones": 3,
    "encryption.keys": "customer",
    "encryption.tlsOnly": true,
    "webhooks.secretRotationDays": 30,
    "functions.logMasking": true,
};

/** Every option that takes something away, and none that adds anything. */
const nothing = {
    "orders.mail.announcements": [],
    "api.allowedOrigins": [],
    "messages.api": false,
    "webhooks.send": false,
    "alarms.level": "essential",
};

const domain = { "api.domain.name": "api.shop.example", "api.domain.zone": "Z0123456789ABCDEFGHIJ" };

/**
 * The stacks that the whole program is checked with, in up and preview mode: what a setting adds is looked at when it is
 * set in one of them. Between them each ingress stands with each authentication, and each other option with and without
 * its neighbours.
 */
export const variants: Readonly<Record<string, Variant>> = {
    // The ingress function without authentication, and with API keys.
    dev: { stack: "dev", settings: {} },
    prod: { stack: "prod", settings: {} },
    "everything on": { stack: "prod", settings: everything },
    "everything on, a region lost": {
        stack: "prod",
        settings: { ...everything, "failover.lost.region": "eu-west-1", "failover.lost.since": "2026-11-21T10:00:00Z" },
    },
    "everything off": { stack: "dev", settings: nothing },
    "prod, everything off": { stack: "prod", settings: nothing },
    "function ingress, iam, two regions": {
        stack: "prod",
        settings: { "orders.authentication": "iam", "failover.region": "eu-central-1", "encryption.keys": "aws" },
    },
    "function ingress, jwt, a domain": {
        stack: "prod",
        settings: { "orders.authentication": "jwt", ...jwt, ...domain },
    },
    "direct ingress, none, a network": {
        stack: "dev",
        settings: { "orders.ingress": "direct", "network.availabilityZones": 2 },
    },
    "direct ingress, iam, a network": {
        stack: "prod",
        settings: {
            "orders.ingress": "direct",
            "orders.authentication": "iam",
            "network.availabilityZones": 2,
            "deployment.rollout": "allAtOnce",
        },
    },
    "direct ingress, jwt, a firewall": {
        stack: "prod",
        settings: {
            "orders.ingress": "direct",
            "orders.authentication": "jwt",
            ...jwt,
            ...domain,
            "api.firewall.requestsPerAddress": 10_000,
        },
    },
    "direct ingress, apiKey, two regions": {
        stack: "prod",
        settings: { "orders.ingress": "direct", ...domain, "failover.region": "eu-central-1" },
    },
};

/** Orders that go straight into their queue: dev, in an account with the fewest executions that AWS gives. */
export const direct = (authentication: string, ingress = "direct"): Variant => ({
    stack: "dev",
    settings: {
        "orders.ingress": ingress,
        "orders.authentication": authentication,
        ...jwt,
        "functions.concurrencyQuota": 10,
    },
});

/** Options of several groups at a time, which know nothing of each other. */
export const several: Variant = {
    stack: "dev",
    settings: {
        "checkout.merchant.name": "Müller & Söhne",
        "checkout.payment.interventions": ["3ds"],
        "checkout.payment.provider": "stripe",
        "checkout.payment.acquirer": {
            bin: "411111",
            country: "DE",
            merchantId: "m-1",
            merchantName: "Example Shop",
        },
        retention: { auditDays: 90, auditLock: "compliance" },
        "alarms.pagerDuty": everything["alarms.pagerDuty"],
    },
};

/** Sizes that are refused, each for a reason of its own. */
export const refused: Variant = {
    stack: "prod",
    settings: {
        "functions.concurrencyQuota": 10,
        "functions.byName.mailer.reserved": 5,
        "functions.byName.order-receiver-dev.provisioned": 1,
    },
};

/** Sizes of single functions: dev with e-mails. */
export const sized: Variant = {
    stack: "dev",
    settings: {
        "orders.mail.sender": "shop@example.com",
        "functions.byName.mailer.reserved": 5,
        "functions.byName.notifier.reserved": 7,
        "functions.byName.order-store.reserved": 0,
        "functions.byName.order-reader.provisioned": 3,
        "functions.byName.order-receiver.memory": 2048,
    },
};

/** All of them are checked by `npm run proof`, the outermost by `npm test`. */
export const checkedVariants: Readonly<Record<string, Variant>> = isProof
    ? variants
    : Object.fromEntries(Object.entries(variants).filter(([name]) => ["dev", "prod", "everything on"].includes(name)));

/** Those that are checked in preview mode, too: what is only known after an up is much the same in dev and prod. */
export const previewedVariants: Readonly<Record<string, Variant>> = isProof
    ? variants
    : Object.fromEntries(Object.entries(checkedVariants).filter(([name]) => name !== "prod"));
