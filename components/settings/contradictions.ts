import { readFileSync } from "node:fs";
import { join } from "node:path";
import { countries } from "../../spec/generated/countries.ts";
import { regions } from "../../spec/generated/regions.ts";
import { feedContradictions } from "./feed.ts";
import { merchantOf } from "./merchant.ts";
import type { StackSettings } from "./schema.ts";
import { ucpContradictions, ucpOf } from "./ucp.ts";

/**
 * Bytes that the merchant's settings may take: AWS allows a function 4 KB of variables in all (Lambda quotas), and the
 * names of tables, queues and secrets take the rest.
 */
export const merchantLimit = 3000;

/** https://docs.stripe.com/currencies: special cases, currencies of three decimals, and MGA, which Stripe does not take. */
const unlikeIso: ReadonlySet<string> = new Set(["isk", "ugx", "mga", "kwd", "bhd", "jod", "omr", "tnd"]);

/** Values that are valid alone and not together. */
export function* contradictions(
    settings: StackSettings,
    { environment, region }: { readonly environment: string; readonly region: string },
): Generator<string> {
    const { orders, checkout, api, functions, failover, alarms, retention, deployment } = settings;
    if (orders.authentication === "jwt" && orders.jwt === undefined) {
        yield "orders.authentication is jwt: set orders.jwt.issuer and orders.jwt.audience";
    }
    const { provider, acquirer, interventions } = checkout.payment;
    if (provider === "stripe" && acquirer === undefined && interventions.includes("3ds")) {
        yield "checkout.payment.interventions requires 3ds, which is not offered without an acquirer: set checkout.payment.acquirer";
    }
    const { currency } = checkout.merchant;
    const currencies = [
        ["merchant.currency", currency],
        ...Object.keys(checkout.currencies).map((code) => ["currencies", code]),
    ];
    for (const [setting, code = ""] of provider === "stripe" ? currencies : []) {
        if (!unlikeIso.has(code)) continue;
        yield `checkout.${setting} is ${code}, for which Stripe uses other smallest units than ISO 4217: not supported`;
    }
    if (currency in checkout.currencies) {
        yield `checkout.currencies has ${currency}, which is checkout.merchant.currency: its prices of shipping are checkout.shipping.rates`;
    }
    if (checkout.rules !== undefined && !hasRules(checkout.rules)) {
        yield `checkout.rules is ${checkout.rules}, which runtime/checkoutSessions/session/shopRules.ts does not have`;
    }
    for (const [name, { reserved, provisioned = 0 }] of Object.entries(functions.byName)) {
        if (reserved !== undefined && provisioned > reserved) {
            yield `functions.byName.${name}.provisioned is ${provisioned}: set no more than its reserved, ${reserved}`;
        }
    }
    if (failover.region === region && region !== "") {
        yield `failover.region is ${failover.region}, as aws:region is: set another`;
    }
    const { lost } = failover;
    if (lost !== undefined && (failover.region === undefined || ![region, failover.region].includes(lost.region))) {
        yield `failover.lost.region is ${lost.region}: set one of two regions, aws:region or failover.region`;
    }
    const { historyDays, archiveDays } = retention;
    const fewest = Math.max(archiveDays + 30, Math.ceil(checkout.sessionHours / 24) + 1);
    if (historyDays !== 0 && historyDays < fewest) {
        yield `retention.historyDays is ${historyDays}: set 0, or at least ${fewest}, which is longer than events can be replayed (retention.archiveDays, and 28 days in dead letters) and sessions are open (checkout.sessionHours)`;
    }
    if (api.firewall !== undefined && api.domain === undefined) {
        yield "api.firewall is set, and the API could be reached without it by the name that AWS gives it: set api.domain.name and api.domain.zone";
    }
    if (api.firewall !== undefined && orders.authentication === "iam") {
        yield "api.firewall is set and orders.authentication is iam, whose signatures do not survive the change of the host by CloudFront: set jwt or apiKey";
    }
    if (deployment.takeDown !== undefined && deployment.takeDown !== environment) {
        yield `deployment.takeDown is ${JSON.stringify(deployment.takeDown)}: set the name of the stack that is to be destroyed, ${environment}, or remove it`;
    }
    if (alarms.monthlyBudget !== undefined && (alarms.emails.length < 1 || alarms.emails.length > 10)) {
        yield "alarms.monthlyBudget is mailed to alarms.emails: set one address to ten";
    }
    yield* unknownPlaces(checkout);
    yield* misorderedSteps(checkout);
    yield* feedContradictions(settings);
    const { ucp } = checkout;
    if (ucp !== undefined) yield* ucpContradictions(ucp, settings.webhooks.allowedAddresses);
    const variables = [JSON.stringify(merchantOf(settings)), ucp === undefined ? "" : JSON.stringify(ucpOf(ucp, api))];
    const bytes = Buffer.byteLength(variables.join(""));
    if (bytes > merchantLimit) {
        yield `the settings of checkout take ${bytes} bytes: shorten checkout.tax.rates, checkout.shipping.rates, checkout.shipping.pickup or checkout.ucp.platforms to ${merchantLimit} in all`;
    }
}

/** The first step that a shipment does not exceed counts: one below or equal to its predecessor would never. */
function* misorderedSteps(checkout: StackSettings["checkout"]): Generator<string> {
    for (const [path, rates] of Object.entries(shippingRatesIn(checkout))) {
        for (const [key, { steps = [] }] of Object.entries(rates)) {
            for (const [index, { upTo }] of steps.entries()) {
                const before = steps[index - 1]?.upTo ?? -1;
                if (upTo > before) continue;
                yield `${path}.${key}.steps[${index}].upTo is ${upTo}: set more than ${before}, that of the step before`;
            }
        }
    }
}

/** By the settings that have them. */
const shippingRatesIn = ({ shipping, currencies }: StackSettings["checkout"]) => ({
    "checkout.shipping.rates": shipping.rates,
    ...Object.fromEntries(
        Object.entries(currencies).map(([code, { shipping: rates }]) => [
            `checkout.currencies.${code}.shipping`,
            rates,
        ]),
    ),
});

/** The registry names each module with its file. */
const hasRules = (name: string): boolean => new RegExp(`^ +${name}: \\(\\) => import\\(`, "m").test(registry());
const registry = () =>
    readFileSync(join(import.meta.dirname, "../../runtime/checkoutSessions/session/shopRules.ts"), "utf8");

/** A rate for a place that ISO 3166 does not have would never apply: UK is GB there. */
function* unknownPlaces(checkout: StackSettings["checkout"]): Generator<string> {
    const { tax } = checkout;
    const known = new Set(countries.split(" "));
    const isKnown = (key: string): boolean => {
        const [, country = "", region] = /^([A-Z]{2})(?:-(.*)|:.*)?$/.exec(key) ?? [];
        const hasRegion = () => (regions[country] ?? "").includes(`|${region} `);
        return key === "*" || (known.has(country) && (region === undefined || hasRegion()));
    };
    const maps = {
        "checkout.tax.rates": tax.rates,
        ...Object.fromEntries(
            Object.entries(tax.classes).map(([name, rates]) => [`checkout.tax.classes.${name}`, rates]),
        ),
        ...shippingRatesIn(checkout),
    };
    for (const [path, rates] of Object.entries(maps)) {
        for (const key of Object.keys(rates).filter((one) => !isKnown(one))) {
            yield `${path} has the key ${JSON.stringify(key)}: set a country or region of ISO 3166`;
        }
    }
}
