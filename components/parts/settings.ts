import * as pulumi from "@pulumi/pulumi";
import type { PickupLocation, ShippingRate } from "../../runtime/checkoutSessions/merchant.ts";
import { merchantOf } from "./merchant.ts";
import {
    address,
    channel,
    country,
    countryOrState,
    currency,
    identifier,
    isTable,
    location,
    merchantAccount,
    oneOf,
    percent,
    principal,
    type Rule,
    shippingRate,
    shopAddress,
    shortText,
} from "./settingRules.ts";

/** One setting: what the stack file may say, what holds when it says nothing, what it is for. */
interface Setting<Value> {
    readonly default: Value;
    readonly description: string;
    /** The only values that make sense; anything else is refused with this list. */
    readonly oneOf?: readonly Value[];
    /** Smallest value of a number. */
    readonly minimum?: number;
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
        description: "Who charges: stripe, or sandbox, which charges nobody (refused in prod).",
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
        description: "Whether webhooks are sent; without it the deliveries queue is left to a consumer of your own.",
    }),
    merchantCallers: list({
        default: [],
        rule: identifier,
        description: "Callers whose webhook endpoints are told of everything; others hear of their own sessions only.",
    }),
    allowedAddresses: list({
        default: [],
        rule: address,
        description:
            "Addresses that webhooks may go to although they are not public; for the embedded run alone, refused in prod.",
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
    maxReceives: number({
        default: 3,
        minimum: 1,
        description: "How often a message is tried before it goes to the dead-letter queue.",
    }),
    memory: number({ default: 512, minimum: 128, description: "Memory of a callback in MB." }),
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
        description: "Protects tables and documents against deletion; prod needs it.",
    }),
    project: text({ default: "OrderProcessing", description: "Value of the tag Project on every resource." }),
    costCenter: text({ default: "Engineering", description: "Value of the tag CostCenter on every resource." }),
};

type Table = typeof settingsTable;

/** The settings of one stack, plus the environment, which is the stack's name. */
export type Settings = { readonly [Key in keyof Table]: Table[Key]["default"] } & { readonly environment: string };

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
    const settings = { ...Object.fromEntries(entries), environment } as Settings;
    faults.push(...outOfRange(settings), ...contradictions(settings), ...insecure(settings));
    if (faults.length > 0) {
        throw new SettingsError(
            `the settings of stack ${environment} cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
        );
    }
    return settings;
}

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
        if (namespace === project && !(key in settingsTable)) {
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
    const { default: byDefault, oneOf, minimum, rule, keys } = setting;
    if (oneOf !== undefined && !oneOf.includes(value)) yield faultOf(key, value, `one of ${oneOf.join(", ")}`);
    if (minimum !== undefined && !(Number.isInteger(value) && Number(value) >= minimum)) {
        yield faultOf(key, value, `a whole number from ${minimum}`);
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
    const bytes = Buffer.byteLength(JSON.stringify(merchantOf(settings)));
    if (bytes > merchantLimit) {
        yield `the settings of checkouts take ${bytes} bytes: shorten taxRates, shippingRates or pickupLocations to ${merchantLimit} in all`;
    }
}

/** Whether a stack is production: `prod`, `production`, `prod-eu`. In doubt it is: that only asks for more safety. */
const isProduction = (settings: Settings): boolean => settings.environment.startsWith("prod");

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
    if (!settings.deletionProtection) yield "deletionProtection is false: set true";
    if (settings.allowedOrigins.includes("*")) yield 'allowedOrigins holds "*": name the origins';
}
