import { isIP } from "node:net";
import { validateCurrency } from "../../spec/generated/orders.validators.js";
import { scopes } from "../../spec/generated/scopes.ts";

/** What a setting's value must be, in words that follow "set …". */
export interface Rule {
    readonly words: string;
    readonly holds: (value: unknown) => boolean;
}

const matching = (pattern: RegExp, words: string): Rule => ({
    words,
    holds: (value) => typeof value === "string" && pattern.test(value),
});

export const oneOf = (...values: readonly string[]): Rule => ({
    words: `one of ${values.join(", ")}`,
    holds: (value) => values.some((one) => one === value),
});

export const shortText = matching(/^\S.{0,99}$/u, "a text of up to 100 characters");
export const currency: Rule = {
    words: "a currency of ISO 4217 in three lower-case letters",
    holds: (value) => validateCurrency(value) && value === value.toLowerCase(),
};
export const country = matching(/^(\*|[A-Z]{2})$/, "a country (DE) or *");
export const countryOrState = matching(
    /^(\*|[A-Z]{2}(-[A-Z0-9]{1,3})?)$/,
    "a country (DE), a country and state (US-CA) or *",
);
export const identifier = matching(/^[\w-]{1,64}$/, "up to 64 of a-z, A-Z, 0-9, _ and -");
export const channel = matching(/^[a-z][a-z_]{0,31}$/, "a channel such as email or sms");
/** As long as the protocol allows (ACP 2026-04-17, delegate payment: `allowance.merchant_id`). */
export const merchantAccount = matching(/^\S{1,256}$/, "up to 256 characters without a space");

export const principal = matching(/^arn:aws(-cn)?:iam::\d{12}:(user|role)\/\S+$/, "the ARN of a user or role of IAM");
export const regionName = matching(/^([a-z]{2}(-[a-z]+){1,2}-\d)?$/, "a region of AWS (eu-central-1), or nothing");
export const hostName = matching(
    // Short enough for one more label of 40 characters in front (components/production/customDomain.ts), and for a certificate's 64.
    /^(?=.{0,62}$)(([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,})?$/,
    "a lower-case host name of up to 62 characters (api.example.com), or nothing",
);
export const zoneId = matching(/^(Z[A-Z0-9]{1,31})?$/, "the id of a hosted zone (Z0123456789ABCDEFGHIJ), or nothing");
export const slackChannel = matching(
    /^(T[0-9A-Z]{2,20}\/[CG][0-9A-Z]{2,20})?$/,
    "the ids of a workspace and a channel (T07EA123LEP/C07EZ1ABC23), or nothing",
);
export const time = matching(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$/, "a time (2026-11-21T10:00:00Z), or nothing");
export const address: Rule = {
    words: "an IP address",
    holds: (value) => typeof value === "string" && isIP(value) !== 0,
};

export const shopAddress: Rule = {
    words: "an https URL without a slash at the end",
    holds: (value) => {
        if (typeof value !== "string" || value.endsWith("/") || !URL.canParse(value)) return false;
        const { protocol, search, hash } = new URL(value);
        return protocol === "https:" && search === "" && hash === "";
    },
};

export const atLeast = (smallest: number): Rule => ({
    words: `a whole number from ${smallest}`,
    holds: (value) => Number.isSafeInteger(value) && Number(value) >= smallest,
});

export const percent: Rule = {
    words: "a percentage from 0 to 100",
    holds: (value) => typeof value === "number" && value >= 0 && value <= 100,
};

export const scopeList: Rule = {
    words: `a list of scopes: ${scopes.join(", ")}`,
    holds: (value) => Array.isArray(value) && value.every((one) => scopes.some((scope) => scope === one)),
};

const isAmount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

export const shippingRate: Rule = {
    words: "{standard, express}, whole numbers from 0, express only where there is a faster way",
    holds: (value) =>
        isTable(value) &&
        isAmount(value["standard"]) &&
        (value["express"] === undefined || isAmount(value["express"])) &&
        hasOnly(value, ["standard", "express"]),
};

const addressParts = ["name", "line_one", "city", "state", "country", "postal_code"];

export const location: Rule = {
    words: `{name, address: {${addressParts.join(", ")}}}, all of them texts, the country of two letters (US)`,
    holds: (value) =>
        isTable(value) && isText(value["name"]) && isAddress(value["address"]) && hasOnly(value, ["name", "address"]),
};

/** The protocol's address; `line_two` and `company` may be left out. */
const isAddress = (value: unknown): boolean =>
    isTable(value) &&
    addressParts.every((part) => part in value) &&
    Object.values(value).every(isText) &&
    /^[A-Z]{2}$/.test(String(value["country"])) &&
    hasOnly(value, [...addressParts, "line_two", "company"]);

const hasOnly = (table: Readonly<Record<string, unknown>>, keys: readonly string[]): boolean =>
    Object.keys(table).every((key) => keys.includes(key));

export const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
