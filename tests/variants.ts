import { isProof } from "./proof.ts";

/** A stack with some settings changed. */
export interface Variant {
    readonly stack: "dev" | "prod";
    /** As `pulumi config set` would take them: lists and tables as JSON. */
    readonly settings: Readonly<Record<string, string>>;
}

const jwt = { jwtIssuer: "https://login.example.com/", jwtAudience: '["shop"]' };

/** Every option that adds something. */
const everything = {
    allowedOrigins: '["https://shop.example.com"]',
    notificationSender: "shop@example.com",
    announcementEmails: '["orders@example.com"]',
    alarmEmails: '["operations@example.com"]',
    slackChannel: "T07EA123LEP/C07EZ1ABC23",
    monitoring: "all",
    monthlyBudget: "500",
    commercetoolsApi: "true",
    marketingChannels: '["email","sms"]',
    requiredInterventions: '["3ds"]',
    deployment: "canary",
    reservedConcurrency: '{"order-receiver":50,"order-store":10}',
    provisionedConcurrency: '{"order-receiver":5}',
    archiveDays: "90",
    historyDays: "120",
    backupDays: "35",
    secondaryRegion: "eu-central-1",
    domainName: "api.shop.example",
    hostedZone: "Z0123456789ABCDEFGHIJ",
    waf: "true",
    network: "vpc",
    availabilityZones: "3",
    encryption: "customer",
    tlsOnly: "true",
    secretRotationDays: "30",
    logMasking: "true",
};

/** Every option that takes something away, and none that adds anything. */
const nothing = {
    announcementEmails: "[]",
    allowedOrigins: "[]",
    messagesApi: "false",
    webhookSender: "false",
    monitoring: "essential",
};

const domain = { domainName: "api.shop.example", hostedZone: "Z0123456789ABCDEFGHIJ" };

/**
 * The stacks that the whole program is checked with, in up and preview mode: what a setting adds is looked at when it is
 * set in one of them. Between them each front stands with each authentication, and each other option with and without
 * its neighbours.
 */
export const variants: Readonly<Record<string, Variant>> = {
    // The lambda front with nobody asked, and with API keys.
    dev: { stack: "dev", settings: {} },
    prod: { stack: "prod", settings: {} },
    "everything on": { stack: "prod", settings: everything },
    "everything on, a region lost": {
        stack: "prod",
        settings: { ...everything, lostRegion: "eu-west-1", takeoverAt: "2026-11-21T10:00:00Z" },
    },
    "everything off": { stack: "dev", settings: nothing },
    "prod, everything off": { stack: "prod", settings: nothing },
    "lambda front, iam, two regions": {
        stack: "prod",
        settings: { ordersAuthentication: "iam", secondaryRegion: "eu-central-1", encryption: "aws" },
    },
    "lambda front, jwt, a domain": { stack: "prod", settings: { ordersAuthentication: "jwt", ...jwt, ...domain } },
    "queue front, none, a network": { stack: "dev", settings: { ordersFront: "queue", network: "vpc" } },
    "queue front, iam, a network": {
        stack: "prod",
        settings: { ordersFront: "queue", ordersAuthentication: "iam", network: "vpc", deployment: "allAtOnce" },
    },
    "queue front, jwt, a firewall": {
        stack: "prod",
        settings: { ordersFront: "queue", ordersAuthentication: "jwt", ...jwt, ...domain, waf: "true" },
    },
    "queue front, apiKey, two regions": {
        stack: "prod",
        settings: { ordersFront: "queue", ...domain, secondaryRegion: "eu-central-1" },
    },
};

/** All of them are checked by `npm run proof`, the outermost by `npm test`. */
export const checkedVariants: Readonly<Record<string, Variant>> = isProof
    ? variants
    : Object.fromEntries(Object.entries(variants).filter(([name]) => ["dev", "prod", "everything on"].includes(name)));
