import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Merchant, PickupLocation, ShippingRate } from "../../runtime/checkoutSessions/domain/merchant.ts";
import {
    address,
    atLeast,
    channel,
    country,
    countryOrState,
    currency,
    hostName,
    identifier,
    isTable,
    location,
    merchantAccount,
    oneOf,
    percent,
    principal,
    type Rule,
    regionName,
    scopeList,
    shippingRate,
    shopAddress,
    shortText,
    slackChannel,
    time,
    zoneId,
} from "./rules.ts";

/** One setting: what the stack file may say, what holds when it says nothing, what it is for. */
interface Setting<Value> {
    readonly default: Value;
    readonly description: string;
    /** The only values that make sense; anything else is refused with this list. */
    readonly oneOf?: readonly Value[];
    /** Smallest value of a number. */
    readonly minimum?: number;
    /** Largest value of a number that has a smallest. */
    readonly maximum?: number;
    /** What a text must be, each element of a list, or each value of a table. */
    readonly rule?: Rule;
    /** What each key of a table must be. */
    readonly keys?: Rule;
}

const text = (setting: Setting<string>) => setting;
const choice = <const Value extends string>(setting: Setting<Value>) => setting;
const number = (setting: Setting<number>) => setting;
const flag = (setting: Setting<boolean>) => setting;
const list = (setting: Setting<readonly string[]>) => setting;
const choices = <Value extends string>(setting: Setting<readonly Value[]>) => setting;
const table = <Value>(setting: Setting<Readonly<Record<string, Value>>>) => setting;

/**
 * Every setting of a stack. `Pulumi.yaml` declares the same keys, types, defaults and descriptions (a test holds the
 * two equal), so that `pulumi config set` refuses a wrong type and this table is what the code relies on.
 */
export const settingsTable = {
    ordersFront: choice<"lambda" | "queue">({
        default: "lambda",
        oneOf: ["lambda", "queue"],
        description:
            "What stands behind POST /orders: lambda validates and answers precisely; queue lets API Gateway write straight into the orders queue.",
    }),
    ordersAuthentication: choice<"none" | "iam" | "jwt" | "apiKey">({
        default: "apiKey",
        oneOf: ["none", "iam", "jwt", "apiKey"],
        description: "Who may call the order API: none (refused in prod), iam, jwt or apiKey.",
    }),
    jwtIssuer: text({ default: "", description: "Issuer URL of the tokens when ordersAuthentication is jwt." }),
    jwtAudience: list({ default: [], description: "Audiences accepted when ordersAuthentication is jwt." }),
    allowedOrigins: list({ default: [], description: "Origins that browsers may call the API from (CORS)." }),
    checkoutCurrency: text({
        default: "usd",
        rule: currency,
        description: "The currency that checkouts are settled in (ISO 4217, lower case).",
    }),
    shopName: text({ default: "Example Shop", rule: shortText, description: "The shop's name as buyers see it." }),
    shopUrl: text({
        default: "https://shop.example.com",
        rule: shopAddress,
        description: "The shop's website, below which checkouts link its policies and orders.",
    }),
    sessionHours: number({
        default: 24,
        minimum: 1,
        description: "Hours after its last change when an open checkout session expires.",
    }),
    taxRates: table<number>({
        default: {},
        keys: countryOrState,
        rule: percent,
        description:
            "Percent of tax by country (DE) or country and state (US-CA), * for all others; without a match, none.",
    }),
    shippingRates: table<ShippingRate>({
        default: {},
        keys: country,
        rule: shippingRate,
        description:
            "What shipping costs in minor units by country, * for all others: {standard, express}; without a match, nothing is shipped.",
    }),
    pickupLocations: table<PickupLocation>({
        default: {},
        keys: identifier,
        rule: location,
        description: "Where goods can be fetched: {name, address} by an id.",
    }),
    marketingChannels: list({
        default: [],
        rule: channel,
        description: "Channels that buyers may subscribe to at checkout: email, sms.",
    }),
    requiredInterventions: choices<"3ds">({
        default: [],
        rule: oneOf("3ds"),
        description: "Interventions without which nothing is sold to an agent: 3ds.",
    }),
    paymentProvider: choice<"stripe" | "sandbox">({
        default: "stripe",
        oneOf: ["stripe", "sandbox"],
        description:
            "Who charges: stripe, or sandbox, which charges nobody (refused in prod); a stack that leaves the sandbox forgets its charges.",
    }),
    merchantId: text({
        default: "acct_example",
        rule: merchantAccount,
        description: "The merchant's account at the payment provider, which agents name when they ask for a token.",
    }),
    messagesApi: flag({
        default: true,
        description: "Whether POST /messages publishes messages; without it only who has the right to the topic does.",
    }),
    auditRetentionDays: number({
        default: 365,
        minimum: 60,
        description: "Days that audit rows and copies of messages are kept.",
    }),
    segmentRegion: choice<"us" | "eu">({
        default: "us",
        oneOf: ["us", "eu"],
        description: "Where the source in Segment lives that customers are told to: us or eu.",
    }),
    commercetoolsApi: flag({
        default: false,
        description:
            "Whether customers are read from the API of commercetools instead of pieced together from its messages.",
    }),
    commercetoolsPrincipal: text({
        default: "arn:aws:iam::362576667341:user/subscriptions",
        rule: principal,
        description: "The principal that may publish customer events.",
    }),
    webhookSender: flag({
        default: true,
        description:
            "Whether webhooks are sent; without it the deliveries queue is left to a consumer of your own, and endpoints, deliveries and secrets stay.",
    }),
    plainKeyScopes: table<readonly string[]>({
        default: {},
        keys: identifier,
        rule: scopeList,
        description:
            "Scopes of clients whose keys are in plain text in the secret of API keys, by client; one that is not named here has none.",
    }),
    allowedAddresses: list({
        default: [],
        rule: address,
        description:
            "Addresses that webhooks may go to although they are not public; for the embedded run alone, refused in prod.",
    }),
    domainName: text({
        default: "",
        rule: hostName,
        description: "The name that the API is reached by (api.example.com); empty for the one that AWS gives it.",
    }),
    hostedZone: text({
        default: "",
        rule: zoneId,
        description: "Id of the Route 53 zone that domainName is in, or is the name of.",
    }),
    waf: flag({
        default: false,
        description: "Whether a web application firewall stands in front of the API, by way of CloudFront.",
    }),
    requestsPerAddress: number({
        default: 10_000,
        minimum: 10,
        description: "Requests that the firewall lets one address make in five minutes.",
    }),
    network: choice<"public" | "vpc">({
        default: "public",
        oneOf: ["public", "vpc"],
        description: "Where callbacks run: public is Lambda's own network; vpc is one of the stack's own.",
    }),
    availabilityZones: number({
        default: 2,
        minimum: 1,
        // No region of AWS has more.
        maximum: 6,
        description: "Availability zones of the network when it is vpc; each costs its endpoints and its way out.",
    }),
    throttleRate: number({
        default: 1000,
        minimum: 1,
        description: "Requests per second the API accepts before it answers 429.",
    }),
    throttleBurst: number({
        default: 2000,
        minimum: 1,
        description: "Requests the API accepts at once before it answers 429.",
    }),
    notificationRecipient: text({
        default: "sales@example.com",
        description: "Whom the notification of a new order is addressed to.",
    }),
    notificationSender: text({
        default: "",
        description:
            "Verified SES address that notifications are sent from; empty leaves them in the queue for a consumer of your own.",
    }),
    announcementEmails: list({
        default: [],
        description: "Addresses subscribed to a readable announcement of every order.",
    }),
    alarmEmails: list({ default: [], description: "Addresses that alarms are sent to; prod needs at least one." }),
    slackChannel: text({
        default: "",
        rule: slackChannel,
        description: "Slack channel that alarms are sent to, by ids: T07EA123LEP/C07EZ1ABC23; empty for none.",
    }),
    monitoring: choice<"all" | "essential">({
        default: "all",
        oneOf: ["all", "essential"],
        description:
            "How much is watched: all, by severity; or essential, by one topic: failures, dead letters, full queues, late streams.",
    }),
    concurrencyQuota: number({
        default: 1000,
        minimum: 1,
        description:
            "The account's quota of concurrent executions of Lambda: what is reserved must leave 100 of it, and an alarm goes off at 80 % of what that leaves.",
    }),
    monthlyBudget: number({
        default: 0,
        minimum: 0,
        description:
            "US dollars a month; alarmEmails hear when the stack is about to cost more, or unusually much; 0 for none.",
    }),
    maxReceives: number({
        default: 3,
        minimum: 1,
        description:
            "How often a message is tried before it goes to the dead-letter queue; at least five times where concurrencyQuota is below 40.",
    }),
    memory: number({ default: 512, minimum: 128, description: "Memory of a callback in MB." }),
    reservedConcurrency: table<number>({
        default: {},
        keys: identifier,
        rule: atLeast(0),
        description:
            "Most executions at a time by function (order-receiver: 50), taken out of the account's pool; 0 stops it.",
    }),
    reservedByKind: table<number>({
        default: {},
        keys: oneOf("callers", "queues"),
        rule: atLeast(2),
        description:
            "The same for each function that reservedConcurrency does not name: callers, for whose answer somebody waits; queues, which read a queue.",
    }),
    provisionedConcurrency: table<number>({
        default: {},
        keys: identifier,
        rule: atLeast(1),
        description: "Executions kept ready by function (order-receiver: 5), which spares callers the cold start.",
    }),
    deployment: choice<"allAtOnce" | "canary">({
        default: "allAtOnce",
        oneOf: ["allAtOnce", "canary"],
        description:
            "How new code takes over: allAtOnce, or canary, by which a tenth of the traffic tries it for five minutes.",
    }),
    logLevel: choice<"debug" | "info" | "warn" | "error">({
        default: "info",
        oneOf: ["debug", "info", "warn", "error"],
        description: "Lowest level that callbacks log.",
    }),
    logRetentionDays: number({
        default: 30,
        oneOf: [
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
        ],
        description: "Days that logs are kept.",
    }),
    deletionProtection: flag({
        default: true,
        description: "Protects tables, documents, secrets, keys and backups against deletion; prod needs it.",
    }),
    takeDown: text({
        default: "",
        description:
            "The stack's own name, when it is about to be destroyed: takes deletionProtection off, in prod, too; empty else.",
    }),
    archiveDays: number({
        default: 0,
        minimum: 0,
        description:
            "Days that the order bus keeps its events so that they can be replayed; 0 keeps none, nor those kept so far.",
    }),
    historyDays: number({
        default: 0,
        minimum: 0,
        description:
            "Days that versions of checkout sessions, and what was done about orders, are kept: at least 30 more than archiveDays; 0 keeps them for good.",
    }),
    backupDays: number({
        default: 0,
        minimum: 0,
        description:
            "Days that daily backups of tables and documents are kept; 0 makes none, and leaves those that there are.",
    }),
    secondaryRegion: text({
        default: "",
        rule: regionName,
        description:
            "A second region that takes over when the first fails; empty for none. One that is taken away is deleted with all that is there alone: documents, messages, logs.",
    }),
    lostRegion: text({
        default: "",
        rule: regionName,
        description: "The region of the two that is lost: the other one stands in for it; empty for none.",
    }),
    takeoverAt: text({
        default: "",
        rule: time,
        description:
            "Now, when lostRegion is set (2026-11-21T10:00:00Z): what that region wrote before, the other one takes up.",
    }),
    encryption: choice<"aws" | "customer">({
        default: "aws",
        oneOf: ["aws", "customer"],
        description:
            "Whose keys data at rest is encrypted with: aws, or customer, by keys of your own account; the way back deletes the key and is refused where data is protected; with a second region neither way can be gone.",
    }),
    tlsOnly: flag({
        default: false,
        description:
            "Whether every queue has a policy that refuses calls without TLS; topics, buckets and queues that AWS services write to always have one.",
    }),
    secretRotationDays: number({
        default: 365,
        minimum: 1,
        maximum: 1000,
        description:
            "Days after which the key that seals the secrets of webhook endpoints is changed; the first change makes its first value.",
    }),
    logMasking: flag({
        default: false,
        description:
            "Whether CloudWatch masks e-mail addresses, card numbers and AWS keys that a log line should hold.",
    }),
    project: text({ default: "OrderProcessing", description: "Value of the tag Project on every resource." }),
    costCenter: text({ default: "Engineering", description: "Value of the tag CostCenter on every resource." }),
};

type Table = typeof settingsTable;

/** The settings of one stack, plus the environment, which is the stack's name, and the region that is being built. */
export type Settings = { readonly [Key in keyof Table]: Table[Key]["default"] } & {
    readonly environment: string;
    readonly region: string;
};

/** A stack file says something that the program cannot or must not follow. The message says what to set. */
export class SettingsError extends Error {
    override readonly name = "SettingsError";
}

/** Reads the stack's settings; throws SettingsError with every fault at once. */
export function readSettings(config = new pulumi.Config(), environment = pulumi.getStack()): Settings {
    const faults: string[] = [...unknownKeys(config.name)];
    const entries = Object.entries(settingsTable).map(([key, setting]) => {
        try {
            return [key, configured(config, key, setting)];
        } catch (error) {
            faults.push(`${key}: ${error instanceof Error ? error.message : error}`);
            return [key, setting.default];
        }
    });
    // The table is the type: each value was read as the type of its default.
    const read = { ...Object.fromEntries(entries), environment, region: aws.config.region ?? "" } as Settings;
    const settings = isTakenDown(read) ? { ...read, deletionProtection: false } : read;
    faults.push(...outOfRange(settings), ...contradictions(settings), ...insecure(settings));
    if (faults.length > 0) {
        throw new SettingsError(
            `the settings of stack ${environment} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
        );
    }
    return settings;
}

/** Whether the stack is about to be destroyed (docs/operations/deploy.md, "Delete a stack"). */
const isTakenDown = ({ takeDown, environment }: Settings): boolean => takeDown === environment;

/**
 * Settings that are secrets, which do not travel with the others: those are in the state of a stack for all to read.
 * `Pulumi.yaml` cannot declare them: a secret has no default there, and without one every stack would have to set it.
 */
const secretSettings = ["pagerDutyUrl"] as const;

/** The value of a secret setting, if the stack has one (`pulumi config set --secret pagerDutyUrl …`). */
export const secretSetting = (key: (typeof secretSettings)[number]): pulumi.Output<string> | undefined =>
    new pulumi.Config().getSecret(key);

/** The tags on every resource. */
export const tagsOf = (settings: Settings): Record<string, string> => ({
    Project: settings.project,
    Environment: settings.environment,
    ManagedBy: "Pulumi",
    CostCenter: settings.costCenter,
});

/** A misspelt setting would silently leave the default in force. */
function* unknownKeys(project: string): Generator<string> {
    for (const qualified of Object.keys(pulumi.runtime.allConfig())) {
        const [namespace, key = ""] = qualified.split(":");
        if (namespace === project && key === "merchantCallers") {
            yield "merchantCallers is no setting any more: give those clients the scope merchant (npm run keys)";
        } else if (
            namespace === project &&
            !(key in settingsTable) &&
            !secretSettings.some((secret) => secret === key)
        ) {
            yield `${key} is no setting: there are ${Object.keys(settingsTable).join(", ")}`;
        }
    }
}

function configured(config: pulumi.Config, key: string, setting: Setting<unknown>): unknown {
    const byDefault = setting.default;
    if (typeof byDefault === "number") return config.getNumber(key) ?? byDefault;
    if (typeof byDefault === "boolean") return config.getBoolean(key) ?? byDefault;
    if (typeof byDefault === "object") return config.getObject<unknown>(key) ?? byDefault;
    return config.get(key) ?? byDefault;
}

function* outOfRange(settings: Settings): Generator<string> {
    for (const [key, setting] of Object.entries(settingsTable) as [keyof Table, Setting<unknown>][]) {
        yield* faultsOf(key, settings[key], setting);
    }
    if (!/^[a-z][a-z0-9-]{0,15}$/.test(settings.environment)) {
        yield `the stack is called ${settings.environment}: names of resources end in it, so use up to 16 of a-z, 0-9 and -`;
    }
}

function* faultsOf(key: string, value: unknown, setting: Setting<unknown>): Generator<string> {
    const { default: byDefault, oneOf, minimum, maximum = Number.POSITIVE_INFINITY, rule, keys } = setting;
    if (oneOf !== undefined && !oneOf.includes(value)) yield faultOf(key, value, `one of ${oneOf.join(", ")}`);
    if (minimum !== undefined && !(Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum)) {
        const end = Number.isFinite(maximum) ? ` to ${maximum}` : "";
        yield faultOf(key, value, `a whole number from ${minimum}${end}`);
    }
    if (Array.isArray(byDefault)) {
        if (!isListOfText(value)) yield faultOf(key, value, "a list of texts");
        else for (const [index, element] of value.entries()) yield* broken(rule, `${key}[${index}]`, element);
    } else if (typeof byDefault === "object") {
        if (!isTable(value)) yield faultOf(key, value, "a table");
        else {
            for (const [name, element] of Object.entries(value)) {
                yield* broken(keys, `a key of ${key}`, name);
                yield* broken(rule, `${key}.${name}`, element);
            }
        }
    } else yield* broken(rule, key, value);
}

function* broken(rule: Rule | undefined, what: string, value: unknown): Generator<string> {
    if (rule !== undefined && !rule.holds(value)) yield faultOf(what, value, rule.words);
}

const faultOf = (what: string, value: unknown, wanted: string) => `${what} is ${JSON.stringify(value)}: set ${wanted}`;

const isListOfText = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((element) => typeof element === "string");

/** What the merchant has decided about checkouts, for the callbacks' variable MERCHANT. */
export const merchantOf = (settings: Settings): Merchant => ({
    name: settings.shopName,
    shopUrl: settings.shopUrl,
    currency: settings.checkoutCurrency,
    sessionHours: settings.sessionHours,
    taxRates: settings.taxRates,
    shippingRates: settings.shippingRates,
    pickupLocations: settings.pickupLocations,
    marketingChannels: settings.marketingChannels,
    requiredInterventions: settings.requiredInterventions,
    payment: { provider: settings.paymentProvider, merchantId: settings.merchantId },
});

/**
 * Bytes that the merchant's settings may take: AWS allows a function 4 KB of variables in all (Lambda quotas), and the
 * names of tables, queues and secrets take the rest.
 */
export const merchantLimit = 3000;

/** https://docs.stripe.com/currencies: special cases, currencies of three decimals, and MGA, of which Stripe knows none. */
const unlikeIso: ReadonlySet<string> = new Set(["isk", "ugx", "mga", "kwd", "bhd", "jod", "omr", "tnd"]);

function* contradictions(settings: Settings): Generator<string> {
    if (settings.ordersAuthentication === "jwt") {
        if (!settings.jwtIssuer.startsWith("https://"))
            yield "ordersAuthentication is jwt: set jwtIssuer to an https URL";
        if (settings.jwtAudience.length === 0) yield "ordersAuthentication is jwt: set jwtAudience";
    }
    if (settings.paymentProvider === "stripe" && unlikeIso.has(settings.checkoutCurrency)) {
        yield `checkoutCurrency is ${settings.checkoutCurrency}, of which Stripe counts other smallest units than ISO 4217: not supported`;
    }
    for (const [name, provisioned] of Object.entries(settings.provisionedConcurrency)) {
        const reserved = settings.reservedConcurrency[name];
        if (reserved !== undefined && provisioned > reserved) {
            yield `provisionedConcurrency.${name} is ${provisioned}: set no more than its reservedConcurrency, ${reserved}`;
        }
    }
    if (settings.secondaryRegion !== "" && settings.secondaryRegion === settings.region) {
        yield `secondaryRegion is ${settings.secondaryRegion}, as aws:region is: set another`;
    }
    const regions = settings.secondaryRegion === "" ? [] : [settings.region, settings.secondaryRegion];
    if (settings.lostRegion !== "" && !regions.includes(settings.lostRegion)) {
        yield `lostRegion is ${settings.lostRegion}: set one of two regions, aws:region or secondaryRegion`;
    }
    const { historyDays, archiveDays, sessionHours } = settings;
    const fewest = Math.max(archiveDays + 30, Math.ceil(sessionHours / 24) + 1);
    if (historyDays !== 0 && historyDays < fewest) {
        yield `historyDays is ${historyDays}: set 0, or at least ${fewest}, which is longer than events can be replayed (archiveDays, and 28 days in dead letters) and sessions are open (sessionHours)`;
    }
    if ((settings.lostRegion === "") !== (settings.takeoverAt === "")) {
        yield "lostRegion and takeoverAt belong together: set both, or neither";
    }
    if ((settings.domainName === "") !== (settings.hostedZone === "")) {
        yield "domainName and hostedZone belong together: set both, or neither";
    }
    if (settings.waf && settings.domainName === "") {
        yield "waf is true, and the API could be reached around it by the name that AWS gives it: set domainName and hostedZone";
    }
    if (settings.waf && settings.ordersAuthentication === "iam") {
        yield "waf is true and ordersAuthentication is iam, whose signatures do not outlive the change of the host in between: set jwt or apiKey";
    }
    if (settings.takeDown !== "" && !isTakenDown(settings)) {
        yield `takeDown is ${JSON.stringify(settings.takeDown)}: set the name of the stack that is to be destroyed, ${settings.environment}, or leave it empty`;
    }
    if (settings.monthlyBudget > 0 && (settings.alarmEmails.length < 1 || settings.alarmEmails.length > 10)) {
        yield "monthlyBudget is told to alarmEmails: set one address to ten";
    }
    const bytes = Buffer.byteLength(JSON.stringify(merchantOf(settings)));
    if (bytes > merchantLimit) {
        yield `the settings of checkouts take ${bytes} bytes: shorten taxRates, shippingRates or pickupLocations to ${merchantLimit} in all`;
    }
}

/** Whether a stack is production: `prod`, `production`, `prod-eu`. In doubt it is: that only asks for more safety. */
export const isProduction = ({ environment }: Pick<Settings, "environment">): boolean => environment.startsWith("prod");

function* insecure(settings: Settings): Generator<string> {
    if (!isProduction(settings)) return;
    if (settings.ordersAuthentication === "none") {
        yield "ordersAuthentication is none, which leaves the order API open: set iam, jwt or apiKey";
    }
    if (settings.paymentProvider === "sandbox") {
        yield "paymentProvider is sandbox, which gives goods away for tokens that anybody knows: set stripe";
    }
    if (settings.allowedAddresses.length > 0) {
        yield "allowedAddresses lets webhooks reach what is not public: leave it empty";
    }
    if (settings.alarmEmails.length === 0) yield "alarmEmails is empty, so nobody hears an alarm: set an address";
    if (!settings.deletionProtection && !isTakenDown(settings)) {
        yield "deletionProtection is false: set true (to destroy the stack set takeDown)";
    }
    if (!settings.tlsOnly) yield "tlsOnly is false, so that queues take calls without TLS: set true";
    for (const origin of settings.allowedOrigins.filter((one) => !/^https:\/\/[^*]+$/.test(one))) {
        yield `allowedOrigins holds ${JSON.stringify(origin)}: name origins that begin with https://`;
    }
}
