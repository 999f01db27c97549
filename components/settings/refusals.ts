import type { StackSettings } from "./schema.ts";

/** A value that a stack whose name begins with `prod` does not take. */
interface Refusal {
    readonly refuses: (settings: StackSettings, environment: string) => boolean;
    /** The setting, why it is refused and what to set. */
    readonly message: string | ((settings: StackSettings) => string);
}

/** All that prod refuses. */
const table: readonly Refusal[] = [
    {
        refuses: ({ orders }) => orders.authentication === "none",
        message: "orders.authentication is none, which leaves the order API open: set iam, jwt or apiKey",
    },
    {
        refuses: ({ checkout }) => checkout.payment.provider === "sandbox",
        message: "checkout.payment.provider is sandbox, which sells goods for public test tokens: set stripe",
    },
    {
        refuses: ({ checkout, api }) => checkout.ucp?.trust === "open" && api.firewall === undefined,
        message:
            "checkout.ucp.trust is open, so callers without a profile make checkouts: set signed, or api.firewall, which limits the requests of an address",
    },
    {
        refuses: ({ checkout }) =>
            (checkout.ucp?.platforms ?? []).some(({ profile }) => !profile.startsWith("https://")),
        message: "checkout.ucp.platforms has a profile that is not at https://, which is for tests: remove it",
    },
    {
        refuses: ({ webhooks }) => webhooks.allowedAddresses.length > 0,
        message: "webhooks.allowedAddresses lets webhooks reach addresses that are not public: remove it",
    },
    {
        refuses: ({ alarms }) => alarms.emails.length === 0,
        message: "alarms.emails is empty, so alarms are not sent: set an address",
    },
    {
        refuses: ({ deployment }, environment) => !deployment.deletionProtection && deployment.takeDown !== environment,
        message: "deployment.deletionProtection is false: remove it (to destroy the stack set deployment.takeDown)",
    },
    {
        refuses: ({ encryption }) => !encryption.tlsOnly,
        message: "encryption.tlsOnly is false, so queues accept calls without TLS: remove it",
    },
    {
        refuses: (settings) => insecureOrigins(settings).length > 0,
        message: (settings) =>
            `api.allowedOrigins contains ${insecureOrigins(settings)
                .map((origin) => JSON.stringify(origin))
                .join(", ")}: set origins that begin with https://`,
    },
];

const insecureOrigins = ({ api }: StackSettings): string[] =>
    api.allowedOrigins.filter((origin) => !/^https:\/\/[^*]+$/.test(origin));

export const refusals = (settings: StackSettings, environment: string): string[] =>
    table
        .filter(({ refuses }) => refuses(settings, environment))
        .map(({ message }) => (typeof message === "string" ? message : message(settings)));
