import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Ajv } from "ajv";
import { expect } from "chai";
import { readStackConfig } from "embedded-aws/stackConfig";
import { parse } from "yaml";
import { merchantLimit } from "../../components/settings/contradictions.ts";
import { settingsIn } from "../../components/settings/read.ts";
import { renamed } from "../../components/settings/renamed.ts";
import { leaves, valuesIn } from "../../components/settings/schema.ts";
import { pagerDutySetting, readSettings, SettingsError } from "../../components/settings/settings.ts";
import { scopes } from "../../spec/generated/scopes.ts";
import { withDeclarations } from "../../tools/settings.ts";
import { settingsPage } from "../../tools/settingsPage.ts";
import { type Changes, graphOf, withChanges } from "../graph.ts";
import { several, sized } from "../variants.ts";

const reading = (changes: Changes, environment = "test") =>
    settingsIn({ project: "commerce", environment, region: "eu-west-1", values: withChanges({}, "commerce", changes) });

const errorsOf = (changes: Changes, environment?: string) => reading(changes, environment).errors.join("\n");

const valueAt = (changes: Changes, wanted: string): unknown =>
    valuesIn(reading(changes).settings).find(({ path }) => path === wanted)?.value;

/** What prod demands. */
const prod = { "alarms.emails": ["operations@example.com"] };

const storeIn = (country: string) => ({
    name: "Store",
    address: { name: "Shop", line_one: "1 Main St", city: "X", state: "CA", country, postal_code: "1" },
});

describe("the schema of settings", () => {
    const committed = ["dev", "prod"].map((stack) => `Pulumi.${stack}.yaml`);

    it("is the source of the groups in Pulumi.yaml (npm run generate)", () => {
        const file = readFileSync("Pulumi.yaml", "utf8");
        expect(withDeclarations(file)).to.equal(file);
    });

    it("is the source of docs/settings.md (npm run docs)", () => {
        expect(readFileSync("docs/settings.md", "utf8")).to.equal(settingsPage("commerce"));
    });

    it("names the scopes that the API documents name", () => {
        const { schema } = leaves.find(({ path }) => path === "api.plainKeyScopes") ?? expect.fail();
        const { items } = schema.additionalProperties as { items: { enum: string[] } };
        expect(items.enum).to.have.members([...scopes]);
    });

    it("completes and checks stack files in editors, which name it in their first line", () => {
        const schema = JSON.parse(readFileSync("spec/generated/stack.schema.json", "utf8"));
        const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
        for (const file of committed) {
            const text = readFileSync(file, "utf8");
            expect(text.split("\n")[0]).to.equal("# yaml-language-server: $schema=spec/generated/stack.schema.json");
            expect(validate(parse(text)), `${file}: ${JSON.stringify(validate.errors)}`).to.equal(true);
        }
        for (const [key, value] of [
            ["commerce:orders", { authentification: "iam" }],
            ["commerce:order", { authentication: "iam" }],
            ["commerce:alarms", { pagerDuty: "https://events.pagerduty.com/in/the/open" }],
        ] as const) {
            expect(validate({ config: { [key]: value } }), key).to.equal(false);
        }
        for (const written of [
            { "commerce:checkout": { tax: { rates: { "US-CA": "7.25" } }, merchant: { name: 1808 } } },
            { "commerce:tags": { CostCenter: 4711 } },
        ]) {
            expect(validate({ config: written }), JSON.stringify(validate.errors)).to.equal(true);
        }
        expect(validate({ config: { "commerce:checkout": { tax: { rates: { "US-CA": "much" } } } } })).to.equal(false);
        expect(validate({ "commerce:orders": { ingress: "direct" } })).to.equal(false);
        expect(validate({ config: { "commerce:alarms": { pagerDuty: { secure: "v1:x" } }, "other:key": 1 } })).to.equal(
            true,
        );
    });

    it("finds stack files in the form that Pulumi writes: a change by its command changes one line", () => {
        for (const file of committed) {
            const lines = readFileSync(file, "utf8").split("\n");
            // Keys in Go's order for YAML, two spaces a level, lists inside of their key, no flow style.
            const sorted = (value: unknown): unknown => {
                if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
                return Object.fromEntries(
                    Object.entries(value)
                        .sort(([one], [other]) => (one < other ? -1 : 1))
                        .map(([key, member]) => [key, sorted(member)]),
                );
            };
            const { config } = parse(lines.join("\n"));
            expect(JSON.stringify(config)).to.equal(JSON.stringify(sorted(config)));
            for (const line of lines.filter((text) => text !== "" && !text.trimStart().startsWith("#"))) {
                expect(line, file)
                    .to.match(/^( {2})*(- )?[^ {[]/)
                    .and.not.to.match(/[{}]|: \[./);
            }
        }
    });
});

describe("settings", () => {
    it("have the defaults of the schema when a stack sets nothing", () => {
        const { settings, errors, warnings } = reading({});
        expect(errors).to.deep.equal([]);
        expect(warnings).to.deep.equal([]);
        for (const { path, value } of valuesIn(settings)) {
            const byDefault = leaves.find((leaf) => leaf.path === path)?.schema;
            // What is not served without a setting has no defaults before.
            if (path.startsWith("checkout.ucp.")) expect(value, path).to.equal(undefined);
            else if (path !== "tags") expect(value, path).to.deep.equal(byDefault?.default);
        }
        expect(settings.tags).to.deep.equal({ Project: "OrderProcessing", CostCenter: "Engineering" });
    });

    // As the command writes them, which knows no type: fractions as text, digits as numbers.
    for (const [changes, path, value] of [
        [{ "checkout.tax.rates.US-CA": "7.25" }, "checkout.tax.rates", { "US-CA": 7.25 }],
        [{ "tags.CostCenter": 4711 }, "tags", { Project: "OrderProcessing", CostCenter: "4711" }],
        [{ "webhooks.send": "false" }, "webhooks.send", false],
    ] as const) {
        it(`are read as pulumi config set writes them: ${JSON.stringify(changes)}`, () => {
            expect(errorsOf(changes)).to.equal("");
            expect(valueAt(changes, path)).to.deep.equal(value);
        });
    }

    it("are read from a stack file with encrypted values inside of groups, and name those", () => {
        const { encrypted, values } = readStackConfig("tests/components/stacks", "encrypted");
        expect(encrypted).to.deep.equal(["commerce:alarms.pagerDuty"]);
        expect(JSON.parse(values["commerce:alarms"] ?? "")).to.deep.equal({
            emails: ["operations@example.com"],
            pagerDuty: "local",
        });
    });

    it("are read from Pulumi.yaml in its short form, too", () => {
        const { project, values } = readStackConfig("tests/components/stacks", "encrypted");
        expect(values["commerce:memory"]).to.equal("512");
        expect(values["commerce:zones"]).to.equal('["a","b"]');
        expect(settingsIn({ project, environment: "test", values }).errors).to.include(
            "memory is now functions.memory",
        );
    });

    for (const [text, message] of [
        ["commerce:orders:\n  ingress: direct\n", "has commerce:orders beside config: indent it below config"],
        ["config:\n  - commerce:orders\n", "has a config that is no map"],
    ] as const) {
        it(`are refused where the stack file's would be ignored: ${JSON.stringify(text)}`, () => {
            const folder = mkdtempSync(join(tmpdir(), "settings-"));
            try {
                writeFileSync(join(folder, "Pulumi.yaml"), "name: commerce\n");
                writeFileSync(join(folder, "Pulumi.odd.yaml"), text);
                expect(() => readStackConfig(folder, "odd")).to.throw(`Pulumi.odd.yaml ${message}`);
            } finally {
                rmSync(folder, { recursive: true });
            }
        });
    }

    it("keep a secret out of the settings and give it to the program as a secret output", async () => {
        const url = "https://events.pagerduty.com/integration/0123456789abcdef/enqueue";
        const values = withChanges({}, "commerce", { "alarms.pagerDuty": url });
        pulumi.runtime.setAllConfig(values, ["commerce:alarms"]);
        const config = new pulumi.Config("commerce");
        expect(JSON.stringify(readSettings(config, "test"))).not.to.include("0123456789abcdef");
        const output = pagerDutySetting(config);
        expect(await pulumi.isSecret(pulumi.output(output))).to.equal(true);
        pulumi.runtime.setAllConfig({});
        expect(pagerDutySetting(config)).to.equal(undefined);
    });

    for (const [what, changes, message] of [
        ["an open order API", { "orders.authentication": "none" }, "set iam, jwt or apiKey"],
        ["payments that charge no cards", { "checkout.payment.provider": "sandbox" }, "set stripe"],
        [
            "checkouts by platforms that prove nothing",
            { "checkout.ucp.trust": "open" },
            "checkout.ucp.trust is open, so callers without a profile make checkouts: set signed, or api.firewall",
        ],
        [
            "a platform's profile without TLS",
            { "checkout.ucp.platforms": [{ profile: "http://localhost/agent", document: {} }] },
            "checkout.ucp.platforms has a profile that is not at https://, which is for tests: remove it",
        ],
        ["alarms without an address", { "alarms.emails": [] }, "alarms.emails is empty"],
        [
            "data without deletion protection",
            { "deployment.deletionProtection": false },
            "deployment.deletionProtection is false: remove it (to destroy the stack set deployment.takeDown)",
        ],
        [
            "webhooks to addresses that are not public",
            { "webhooks.allowedAddresses": ["127.0.0.1"] },
            "webhooks.allowedAddresses lets webhooks reach addresses that are not public: remove it",
        ],
        [
            "an API open to every website",
            { "api.allowedOrigins": ["*"] },
            'api.allowedOrigins contains "*": set origins that begin with https://',
        ],
        [
            "an API open to websites that others can change in transit",
            { "api.allowedOrigins": ["https://shop.example", "http://shop.example"] },
            'api.allowedOrigins contains "http://shop.example": set origins that begin with https://',
        ],
        ["calls that others can read in transit", { "encryption.tlsOnly": false }, "encryption.tlsOnly is false"],
        [
            "to be taken down by another name",
            { "deployment.takeDown": "dev" },
            'deployment.takeDown is "dev": set the name of the stack',
        ],
    ] as const) {
        it(`refuse ${what} in prod and say what to set`, async () => {
            const error = await graphOf("prod", changes).then(
                () => expect.fail("nothing was refused"),
                (fault: Error) => fault,
            );
            expect(error).to.be.instanceOf(SettingsError);
            expect(error.message).to.include("stack prod").and.to.include(message);
        });

        it(`allow ${what} in dev`, () => {
            expect(errorsOf(changes, "dev")).to.equal("");
        });
    }

    for (const stack of ["prod", "prod-eu", "production"]) {
        it(`take the stack ${stack} for production, protected and by TLS only without a setting`, () => {
            expect(errorsOf({ ...prod, "orders.authentication": "none" }, stack)).to.include("open");
            const { settings, errors } = reading(prod, stack);
            expect(errors).to.deep.equal([]);
            expect(settings.deployment.deletionProtection).to.equal(true);
            expect(settings.encryption.tlsOnly).to.equal(true);
        });
    }

    it("refuse feeds that undo each other, or change a tax that the country does not have", () => {
        const agent = { kind: "acp", country: "US", feedId: "feed_1", endpoint: "https://agent.example.com" };
        const feeds = (...targets: object[]) =>
            errorsOf({ "checkout.tax.rates": { "US-PR": 11.5 }, "feed.targets": targets });
        expect(feeds({ ...agent, name: "one" }, { ...agent, name: "two" })).to.include(
            "feed.targets[1] has the feedId and endpoint of feed.targets[0]",
        );
        const file = { name: "file", kind: "file", format: "google-tsv", pricesIncludeTax: true };
        expect(feeds({ ...file, country: "FR" })).to.include("FR has no rate: set checkout.tax.rates.FR");
        expect(feeds({ ...file, country: "PR" })).to.equal("");
    });

    it("refuse feeds whose files are fetched by one name", () => {
        const file = { kind: "file", format: "openai-jsonl", country: "US", hosted: "public" };
        const faults = (one: object, other: object) =>
            errorsOf({
                "feed.targets": [
                    { ...file, name: "shop", shards: 2, ...one },
                    { ...file, name: "shop-2", ...other },
                ],
            });
        expect(faults({}, {})).to.include("feed.targets[1] is hosted as shop-2.jsonl.gz, as shop is: set another name");
        expect(faults({}, { format: "acp-jsonl" })).to.include("shop-2.jsonl.gz");
        expect(faults({ hosted: "signed" }, {})).to.include("shop-2.jsonl.gz");
        for (const [one, other] of [
            [{}, { hosted: "none" }],
            [{}, { gzip: false }],
            [{}, { format: "google-tsv" }],
            [{ shards: 1 }, {}],
            [{}, { shards: 2 }],
        ] as const)
            expect(faults(one, other)).to.equal("");
    });

    it("refuse members of feeds that have no effect", () => {
        const agent = { name: "agent", kind: "acp", country: "US", feedId: "f", endpoint: "https://agent.example.com" };
        const file = { name: "file", kind: "file", format: "google-tsv", country: "US" };
        const faults = (feed: object) => errorsOf({ "feed.targets": [feed] });
        for (const idle of [{ format: "acp-jsonl" }, { gzip: false }, { shards: 2 }, { hosted: "public" }])
            expect(faults({ ...agent, ...idle })).to.equal(
                `feed.targets[0].${Object.keys(idle)} is ${Object.values(idle)}, which only kind file uses: leave it out`,
            );
        for (const idle of [{ feedId: "f" }, { endpoint: "https://agent.example.com" }, { rate: 100 }])
            expect(faults({ ...file, ...idle })).to.equal(
                `feed.targets[0].${Object.keys(idle)} is ${Object.values(idle)}, which only kinds acp and openai-api use: leave it out`,
            );
        for (const feed of [agent, file, { ...file, format: "acp-jsonl" }])
            expect(faults({ ...feed, eligibleForCheckout: true })).to.include("[0].eligibleForCheckout is true");
        const used = { format: "openai-csv", eligibleForCheckout: true, shards: 2, gzip: false, hosted: "signed" };
        expect(faults({ ...file, ...used })).to.equal("");
        expect(faults({ ...agent, rate: 100 })).to.equal("");
        expect(errorsOf({ "feed.leftOutAlarm": 10 })).to.include("feed.leftOutAlarm is 10, and there is no feed");
    });

    it("take deletion protection off in prod for the stack that takeDown names", () => {
        const { settings, errors } = reading({ ...prod, "deployment.takeDown": "prod" }, "prod");
        expect(errors).to.deep.equal([]);
        expect(settings.deployment.deletionProtection).to.equal(false);
    });

    for (const [changes, message] of [
        [
            { "orders.ingress": "functoin" },
            'orders.ingress is "functoin": set one of function, direct (did you mean function?)',
        ],
        [{ "retention.logDays": 31 }, "retention.logDays is 31: set one of 1, 3, 5, 7"],
        [{ "functions.memory": 100 }, "functions.memory is 100: set a whole number from 128 to 10240"],
        [{ "functions.memory": "many" }, 'functions.memory is "many": set a whole number'],
        [{ "functions.memory": null }, "functions.memory has no value: set one, or remove it"],
        [
            { "functions.memroy": 512 },
            "functions.memroy is no setting, did you mean functions.memory? There are memory,",
        ],
        [{ "orders.logLevel": "info" }, "orders.logLevel is no setting, did you mean functions.logLevel?"],
        [{ "functions.byName.order-store.memry": 512 }, "did you mean functions.byName.order-store.memory?"],
        [{ toString: "x" }, "toString is no setting"],
        [{ constructor: { a: 1 } }, "constructor is no setting"],
        [{ orders: null }, "orders has no value: set one, or remove it"],
        [{ "orders.mail.recipient": "sales" }, 'orders.mail.recipient is "sales": set an e-mail address'],
        [{ "orders.mail.sender": "x" }, 'orders.mail.sender is "x": set an e-mail address'],
        [{ "alarms.emails": ["a b@c"] }, 'alarms.emails[0] is "a b@c": set an e-mail address'],
        [
            { "orders.mail.announcements": ["a@shop.example", "a@shop.example"] },
            'orders.mail.announcements has an item twice, "a@shop.example": set it once',
        ],
        [{ ordres: "{}" }, "ordres is no setting, did you mean orders? There are orders, checkout,"],
        [{ orders: "direct" }, 'orders is "direct": set a map'],
        [{ "orders.mail.announcements": { a: 1 } }, 'orders.mail.announcements is {"a":1}: set a list'],
        [{ "orders.authentication": "jwt" }, "set orders.jwt.issuer and orders.jwt.audience"],
        [{ "orders.jwt.issuer": "http://x" }, 'orders.jwt.issuer is "http://x": set an https URL'],
        [{ "orders.jwt.issuer": "https://x" }, "orders.jwt.audience is not set: set it, or remove orders.jwt"],
        [{ "orders.jwt.audience": [] }, "orders.jwt.audience is []: set a list of 1 or more"],
        [
            { "checkout.merchant.currency": "USD" },
            'checkout.merchant.currency is "USD": set a currency of ISO 4217 in three',
        ],
        [
            { "checkout.merchant.currency": "abc" },
            'checkout.merchant.currency is "abc": set a currency of ISO 4217 in three',
        ],
        [
            { "checkout.merchant.currency": "kwd" },
            "checkout.merchant.currency is kwd, for which Stripe uses other smallest units",
        ],
        [
            { "checkout.currencies.kwd.shipping": {} },
            "checkout.currencies is kwd, for which Stripe uses other smallest units",
        ],
        [
            { "checkout.currencies.usd.shipping": {} },
            "checkout.currencies has usd, which is checkout.merchant.currency",
        ],
        [
            { "checkout.currencies.EUR.shipping": {} },
            'checkout.currencies has the key "EUR": set a currency of ISO 4217',
        ],
        [
            { "checkout.currencies.eur.shipping.UK.standard": 1 },
            'checkout.currencies.eur.shipping has the key "UK": set a country or region of ISO 3166',
        ],
        [
            { "checkout.currencies.eur.shipping.DE": { steps: [{ upTo: 2 }, { upTo: 1 }] } },
            "checkout.currencies.eur.shipping.DE.steps[1].upTo is 1: set more than 2",
        ],
        [
            { "checkout.rules": "mine" },
            "checkout.rules is mine, which runtime/checkoutSessions/session/shopRules.ts does",
        ],
        [{ "checkout.merchant.name": "" }, 'checkout.merchant.name is "": set a text'],
        [
            { "checkout.merchant.url": "http://shop.example" },
            'checkout.merchant.url is "http://shop.example": set an https URL',
        ],
        [{ "checkout.merchant.url": "https://shop.example/" }, "set an https URL without a slash at the end"],
        [{ "checkout.merchant.url": "https://shop.example?a" }, "set an https URL without a slash at the end"],
        [{ "checkout.sessionHours": 0 }, "checkout.sessionHours is 0: set a whole number from 1"],
        [{ "checkout.tax.rates": [] }, "checkout.tax.rates is []: set a map"],
        [{ "checkout.tax.rates.DE": 119 }, "checkout.tax.rates.DE is 119: set a percentage from 0 to 100"],
        [{ "checkout.tax.rates.*": "much" }, 'checkout.tax.rates["*"] is "much": set a percentage'],
        [
            { "checkout.tax.rates.Germany": 19 },
            'checkout.tax.rates has the key "Germany": set a country (DE), a country and region (US-CA)',
        ],
        [
            { "checkout.shipping.rates.US-CA.standard": 1 },
            'checkout.shipping.rates has the key "US-CA": set a country (DE), a country and beginning of a postal code',
        ],
        [
            { "checkout.shipping.rates.US.standard": 5.99 },
            "checkout.shipping.rates.US.standard is 5.99: set a whole number from 0",
        ],
        [
            { "checkout.shipping.rates.US": { standard: 599, expres: 900 } },
            "checkout.shipping.rates.US.expres is no setting, did you mean checkout.shipping.rates.US.express?",
        ],
        [
            { "checkout.shipping.rates.US": { steps: [{ standard: 900 }] } },
            "checkout.shipping.rates.US.steps[0].upTo is not set",
        ],
        ...[1000, 999].map((upTo): [Record<string, unknown>, string] => [
            {
                "checkout.shipping.rates.US": {
                    steps: [
                        { upTo: 1000, standard: 599 },
                        { upTo, standard: 900 },
                    ],
                },
            },
            `checkout.shipping.rates.US.steps[1].upTo is ${upTo}: set more than 1000, that of the step before`,
        ]),
        [{ "checkout.shipping.pickup.x.name": "Store" }, "checkout.shipping.pickup.x.address is not set"],
        [
            { "checkout.shipping.pickup.x": storeIn("USA") },
            'address.country is "USA": set a country in two letters (US)',
        ],
        [{ "checkout.shipping.pickup.a b": storeIn("US") }, 'checkout.shipping.pickup has the key "a b": set up to 64'],
        [{ "checkout.tax.rates.UK": 20 }, 'checkout.tax.rates has the key "UK": set a country or region of ISO 3166'],
        [
            { "checkout.tax.classes.reduced.US-XX": 1 },
            'checkout.tax.classes.reduced has the key "US-XX": set a country',
        ],
        [
            { "checkout.shipping.rates.UK:BT.standard": 1 },
            'checkout.shipping.rates has the key "UK:BT": set a country or region of ISO 3166',
        ],
        [{ "checkout.merchant.marketingChannels": ["E-Mail"] }, 'marketingChannels[0] is "E-Mail": set a channel'],
        [{ "checkout.payment.interventions": ["4ds"] }, 'checkout.payment.interventions[0] is "4ds": set 3ds'],
        [
            { "checkout.payment.provider": "stripe", "checkout.payment.interventions": ["3ds"] },
            "checkout.payment.interventions requires 3ds, which is not offered without an acquirer: set checkout.payment.acquirer",
        ],
        [
            { "checkout.payment.provider": "paypal" },
            'checkout.payment.provider is "paypal": set one of stripe, sandbox',
        ],
        [{ "checkout.payment.account": "my account" }, "set up to 256 characters without a space"],
        [{ "retention.auditDays": 30 }, "retention.auditDays is 30: set a whole number from 60"],
        [{ "retention.historyDays": 29 }, "retention.historyDays is 29: set 0, or at least 30, "],
        [{ "retention.historyDays": 119, "retention.archiveDays": 90 }, "historyDays is 119: set 0, or at least 120, "],
        [{ "retention.historyDays": 40, "checkout.sessionHours": 960 }, "historyDays is 40: set 0, or at least 41, "],
        [{ "customers.segmentRegion": "us-east-1" }, 'customers.segmentRegion is "us-east-1": set one of us, eu'],
        [
            { "customers.commercetoolsPrincipal": "*" },
            'commercetoolsPrincipal is "*": set the ARN of a user or role of IAM',
        ],
        [
            { "customers.commercetoolsPrincipal": "arn:aws:iam::362576667341:root" },
            "set the ARN of a user or role of IAM",
        ],
        [{ "api.plainKeyScopes": { "the shop": ["merchant"] } }, 'api.plainKeyScopes has the key "the shop": set '],
        [{ "api.plainKeyScopes.shop": ["orders"] }, 'api.plainKeyScopes.shop[0] is "orders": set one of checkout,'],
        [{ "api.plainKeyScopes.shop": "merchant" }, 'api.plainKeyScopes.shop is "merchant": set a list'],
        [
            { "webhooks.allowedAddresses": ["localhost"] },
            'webhooks.allowedAddresses[0] is "localhost": set an IP address',
        ],
        ...["http://a.example/", "https://a.example:8443/", "https://u@a.example/", "https://a.example/#x"].map(
            (profile): [Record<string, unknown>, string] => [
                { "checkout.ucp.platforms": [{ profile }] },
                `checkout.ucp.platforms[0].profile is "${profile}", from which no profile is fetched: set an https URL`,
            ],
        ),
        [
            { "checkout.ucp.platforms": [{ profile: "https://A.example" }, { profile: "https://a.example/" }] },
            'checkout.ucp.platforms has "https://a.example/" twice: set it once',
        ],
        [
            { "checkout.ucp.platforms": [{ profile: "https://a.example/", webhookUrl: "http://a.example/" }] },
            'checkout.ucp.platforms[0].webhookUrl is "http://a.example/": set an https URL',
        ],
        [{ "checkout.ucp.signingKeys": ["a", "a"] }, "checkout.ucp.signingKeys has a name twice: set it once"],
        [{ "checkout.ucp.signingKeys": [] }, "checkout.ucp.signingKeys is []: set a list of 1 or more"],
        [{ "checkout.ucp.continueUrl": "https://a.example/x" }, "set an https URL with {id}"],
        [{ "tags.Environment": "x" }, 'tags has the key "Environment": set the key of a tag other than Environment'],
        [{ "failover.lost": { region: "eu-west-1", since: "2026-11-21 10:00:00 +0000 UTC" } }, "set a time in quotes"],
    ] as const) {
        it(`refuse ${JSON.stringify(changes)}`, () => {
            expect(errorsOf(changes)).to.include(message);
        });
    }

    it("refuse an old flat name and say the new one", () => {
        for (const [old, now] of Object.entries(renamed)) {
            const { errors } = settingsIn({
                project: "commerce",
                environment: "test",
                values: { [`commerce:${old}`]: "x" },
            });
            expect(errors.join("\n"), old).to.include(`${old} is now ${now}`);
            const path = now.split(" ")[0]?.replace(/\.<function>.*/, "");
            if (!now.startsWith("nothing:"))
                expect(
                    leaves.some((leaf) => `${path}.`.startsWith(`${leaf.path}.`)),
                    now,
                ).to.equal(true);
        }
        expect(errorsOf({ deployment: "canary" })).to.include("deployment is now deployment.rollout");
    });

    it("refuse a path that was set without --path, and say so", () => {
        for (const key of ["commerce:orders.ingress", "commerce:checkout.tax.rates.DE", "commerce:alarms.emails[0]"]) {
            const { errors } = settingsIn({ project: "commerce", environment: "test", values: { [key]: "x" } });
            expect(errors).to.deep.equal([`${key} is written as one key: remove it, and set it with --path`]);
        }
    });

    it("suggest a name only where values are names", () => {
        expect(errorsOf({ "retention.logDays": 31 })).not.to.include("did you mean");
    });

    it("warn of a namespace that no package of the program uses", () => {
        const values = { "comerce:orders": "{}", "aws:region": "eu-west-1", "github:owner": "x" };
        const { warnings, errors } = settingsIn({ project: "commerce", environment: "test", values });
        expect(errors).to.deep.equal([]);
        expect(warnings).to.deep.equal([
            "comerce:orders is used by no package of this program, did you mean commerce?",
            "github:owner is used by no package of this program",
        ]);
    });

    it("name every error at once", () => {
        expect(reading({ "orders.ingress": "x", "alarms.slack": "#alarms" }).errors).to.have.length(2);
        expect(reading({ "orders.ingress": null, "alarms.slack": "#alarms", api: "x" }).errors).to.have.length(3);
        expect(reading({ "orders.authentication": "none", "encryption.tlsOnly": false }, "prod").errors).to.have.length(
            3,
        );
    });

    it("refuse more of checkouts than the variables of a function can hold", () => {
        const stores = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`store-${index}`, storeIn("US")]));
        expect(errorsOf({ "checkout.shipping.pickup": stores })).to.match(
            /the settings of checkout take \d{4} bytes: shorten .*checkout\.shipping\.pickup/,
        );
    });

    it("give one function its own memory", async () => {
        const graph = await graphOf(sized.stack, sized.settings);
        const sizes = graph.of("aws:lambda/function:Function").filter(({ inputs }) => inputs["memorySize"] === 2048);
        expect(sizes.map(({ name }) => name)).to.deep.equal(["orders-receive-function"]);
    });

    it("reach the callbacks of checkouts as the merchant's decisions, and leave room for the other variables", async () => {
        const graph = await graphOf(several.stack, several.settings);
        for (const callback of ["discover", "manage", "complete", "settle", "follow"]) {
            const { inputs } = graph.one("aws:lambda/function:Function", `checkout-${callback}-function`);
            const { variables } = inputs["environment"] as { variables: Record<string, string> };
            const { MERCHANT = "", ...others } = variables;
            expect(JSON.parse(MERCHANT), callback).to.deep.include({
                name: "Müller & Söhne",
                currency: "usd",
                taxRates: { US: 8, "US-CA": 7.25, DE: 19, "*": 0 },
                requiredInterventions: ["3ds"],
                payment: {
                    provider: "stripe",
                    merchantId: "sandbox_merchant",
                    acquirer: {
                        acquirer_bin: "411111",
                        acquirer_country: "DE",
                        acquirer_merchant_id: "m-1",
                        merchant_name: "Example Shop",
                    },
                    capture: "automatic",
                    unfulfillable: "refund",
                },
            });
            // 4 KB for all of a function: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
            const bytes = Object.entries(others).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
            expect(bytes + "MERCHANT".length + merchantLimit, callback).to.be.below(4096);
        }
    });
});
