import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { parse } from "yaml";
import { merchantLimit, readSettings, SettingsError, settingsTable } from "../../components/settings/settings.ts";
import { readStackConfig } from "../../packages/embedded-aws/src/graph/stackConfig.ts";
import { settingsPage } from "../../tools/settingsRows.ts";
import { graphOf } from "../graph.ts";

const rejection = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
        () => {
            throw new Error("nothing was refused");
        },
        (error: Error) => error,
    );

const storeIn = (country: string) => ({
    name: "Store",
    address: { name: "Shop", line_one: "1 Main St", city: "X", state: "CA", country, postal_code: "1" },
});

describe("settings", () => {
    it("are declared in Pulumi.yaml with the types, defaults and descriptions that the program uses", () => {
        const declared = parse(readFileSync("Pulumi.yaml", "utf8")).config;
        const typeOf = (value: unknown) =>
            Array.isArray(value)
                ? { type: "array", items: { type: "string" } }
                : { type: typeof value === "number" ? "integer" : typeof value };
        const used = Object.entries(settingsTable).map(([key, { default: byDefault, description }]) => [
            key,
            { ...typeOf(byDefault), default: byDefault, description },
        ]);
        delete declared["aws:region"];
        expect(declared).to.deep.equal(Object.fromEntries(used));
    });

    it("are in docs/settings.md as npm run docs writes it", () => {
        expect(readFileSync("docs/settings.md", "utf8")).to.equal(settingsPage());
    });

    it("hold their defaults when a stack says nothing", () => {
        pulumi.runtime.setAllConfig({});
        const { environment, region: _, ...settings } = readSettings(new pulumi.Config("commerce"), "test");
        expect(environment).to.equal("test");
        expect(settings).to.deep.equal(
            Object.fromEntries(Object.entries(settingsTable).map(([key, setting]) => [key, setting.default])),
        );
    });

    for (const [what, settings, message] of [
        ["an open order API", { ordersAuthentication: "none" }, "set iam, jwt or apiKey"],
        ["payments that charge nobody", { paymentProvider: "sandbox" }, "set stripe"],
        ["alarms that nobody hears", { alarmEmails: "[]" }, "alarmEmails is empty"],
        ["data without deletion protection", { deletionProtection: "false" }, "deletionProtection is false: set true"],
        [
            "webhooks to what is not public",
            { allowedAddresses: '["127.0.0.1"]' },
            "allowedAddresses lets webhooks reach",
        ],
        ["an API open to every website", { allowedOrigins: '["*"]' }, 'allowedOrigins holds "*": name origins'],
        [
            "an API open to websites that others can change on the way",
            { allowedOrigins: '["https://shop.example","http://shop.example"]' },
            'allowedOrigins holds "http://shop.example": name origins that begin with https://',
        ],
        ["calls that others can read on the way", { tlsOnly: "false" }, "tlsOnly is false"],
        ["to be taken down by another's name", { takeDown: "dev" }, 'takeDown is "dev": set the name of the stack'],
    ] as const) {
        it(`refuse ${what} in prod and say what to set`, async () => {
            const error = await rejection(graphOf("prod", settings));
            expect(error).to.be.instanceOf(SettingsError);
            expect(error.message).to.include("stack prod").and.to.include(message);
        });

        it(`allow ${what} in dev`, () => {
            const values = Object.entries(settings).map(([key, value]) => [`commerce:${key}`, value]);
            pulumi.runtime.setAllConfig({ ...readStackConfig(".", "dev").values, ...Object.fromEntries(values) });
            expect(readSettings(new pulumi.Config("commerce"), "dev")).to.include.keys(Object.keys(settings));
        });
    }

    for (const stack of ["prod", "prod-eu", "production"]) {
        it(`take the stack ${stack} for production`, () => {
            pulumi.runtime.setAllConfig({ "commerce:ordersAuthentication": "none" });
            expect(() => readSettings(new pulumi.Config("commerce"), stack)).to.throw(SettingsError, "open");
        });
    }

    for (const [settings, message] of [
        [{ ordersFront: "lamda" }, 'ordersFront is "lamda": set one of lambda, queue'],
        [{ logRetentionDays: "31" }, "logRetentionDays is 31: set one of 1, 3, 5, 7"],
        [{ maxReceives: "0" }, "maxReceives is 0: set a whole number from 1"],
        [{ maxReceives: "many" }, "maxReceives: "],
        [{ orderFront: "queue" }, "orderFront is no setting: there are ordersFront"],
        [{ announcementEmails: '{"a":1}' }, 'announcementEmails is {"a":1}: set a list of texts'],
        [{ ordersAuthentication: "jwt", jwtIssuer: "http://x" }, "set jwtIssuer to an https URL"],
        [{ ordersAuthentication: "jwt", jwtIssuer: "https://x" }, "set jwtAudience"],
        [
            { checkoutCurrency: "USD" },
            'checkoutCurrency is "USD": set a currency of ISO 4217 in three lower-case letters',
        ],
        [
            { checkoutCurrency: "abc" },
            'checkoutCurrency is "abc": set a currency of ISO 4217 in three lower-case letters',
        ],
        [{ shopName: "" }, 'shopName is "": set a text'],
        [{ shopUrl: "http://shop.example" }, 'shopUrl is "http://shop.example": set an https URL'],
        [{ shopUrl: "https://shop.example/" }, "set an https URL without a slash at the end"],
        [{ sessionHours: "0" }, "sessionHours is 0: set a whole number from 1"],
        [{ taxRates: "[]" }, "taxRates is []: set a table"],
        [{ taxRates: '{"DE":119}' }, "taxRates.DE is 119: set a percentage from 0 to 100"],
        [{ taxRates: '{"DE":"19"}' }, 'taxRates.DE is "19": set a percentage'],
        [
            { taxRates: '{"Germany":19}' },
            'a key of taxRates is "Germany": set a country (DE), a country and state (US-CA)',
        ],
        [{ shippingRates: '{"US-CA":{"standard":1}}' }, 'a key of shippingRates is "US-CA": set a country (DE) or *'],
        [{ shippingRates: '{"US":{"standard":5.99}}' }, "set {standard, express}, whole numbers from 0"],
        [{ shippingRates: '{"US":{"standard":599,"expres":900}}' }, "set {standard, express}"],
        [{ shippingRates: '{"US":{"express":900}}' }, "set {standard, express}"],
        [{ pickupLocations: '{"x":{"name":"Store"}}' }, "set {name, address: {name, line_one, city,"],
        [{ pickupLocations: JSON.stringify({ x: storeIn("USA") }) }, "the country of two letters (US)"],
        [
            { pickupLocations: JSON.stringify({ "a b": storeIn("US") }) },
            'a key of pickupLocations is "a b": set up to 64',
        ],
        [{ marketingChannels: '["E-Mail"]' }, 'marketingChannels[0] is "E-Mail": set a channel'],
        [{ requiredInterventions: '["4ds"]' }, 'requiredInterventions[0] is "4ds": set one of 3ds'],
        [{ paymentProvider: "paypal" }, 'paymentProvider is "paypal": set one of stripe, sandbox'],
        [{ auditRetentionDays: "30" }, "auditRetentionDays is 30: set a whole number from 60"],
        [{ historyDays: "29" }, "historyDays is 29: set 0, or at least 30, "],
        [{ historyDays: "119", archiveDays: "90" }, "historyDays is 119: set 0, or at least 120, "],
        [{ historyDays: "40", sessionHours: "960" }, "historyDays is 40: set 0, or at least 41, "],
        [{ segmentRegion: "us-east-1" }, 'segmentRegion is "us-east-1": set one of us, eu'],
        [{ commercetoolsPrincipal: "*" }, 'commercetoolsPrincipal is "*": set the ARN of a user or role of IAM'],
        [{ commercetoolsPrincipal: "arn:aws:iam::362576667341:root" }, "set the ARN of a user or role of IAM"],
        [
            { merchantCallers: '["shop"]' },
            "merchantCallers is no setting any more: give those clients the scope merchant",
        ],
        [{ plainKeyScopes: '{"the shop":["merchant"]}' }, 'a key of plainKeyScopes is "the shop": set '],
        [
            { plainKeyScopes: '{"shop":["orders"]}' },
            'plainKeyScopes.shop is ["orders"]: set a list of scopes: checkout,',
        ],
        [{ plainKeyScopes: '{"shop":"merchant"}' }, 'plainKeyScopes.shop is "merchant": set a list of scopes'],
        [{ allowedAddresses: '["localhost"]' }, 'allowedAddresses[0] is "localhost": set an IP address'],
        [{ merchantId: "my account" }, "set up to 256 characters without a space"],
    ] as const) {
        it(`refuse ${JSON.stringify(settings)}`, async () => {
            expect((await rejection(graphOf("dev", settings))).message).to.include(message);
        });
    }

    it("name every fault at once", async () => {
        const { message } = await rejection(graphOf("prod", { ordersFront: "x", alarmEmails: "[]" }));
        expect(message).to.include("ordersFront").and.to.include("alarmEmails");
    });

    it("refuse more of checkouts than the variables of a function can hold", async () => {
        const stores = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`store-${index}`, storeIn("US")]));
        const { message } = await rejection(graphOf("dev", { pickupLocations: JSON.stringify(stores) }));
        expect(message).to.match(/the settings of checkouts take \d{4} bytes: shorten .*pickupLocations/);
    });

    it("reach the callbacks of checkouts as the merchant's decisions, and leave room for the other variables", async () => {
        const graph = await graphOf("dev", {
            shopName: "Müller & Söhne",
            requiredInterventions: '["3ds"]',
            paymentProvider: "stripe",
        });
        for (const callback of ["discover", "manage", "complete", "settle", "follow"]) {
            const { inputs } = graph.one("aws:lambda/function:Function", `checkout-${callback}-function`);
            const { variables } = inputs["environment"] as { variables: Record<string, string> };
            const { MERCHANT = "", ...others } = variables;
            expect(JSON.parse(MERCHANT), callback).to.deep.include({
                name: "Müller & Söhne",
                currency: "usd",
                taxRates: { US: 8, "US-CA": 7.25, DE: 19, "*": 0 },
                requiredInterventions: ["3ds"],
                payment: { provider: "stripe", merchantId: "sandbox_merchant" },
            });
            // 4 KB for all of a function: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
            const bytes = Object.entries(others).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
            expect(bytes + "MERCHANT".length + merchantLimit, callback).to.be.below(4096);
        }
    });
});
