import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { parse } from "yaml";
import { readSettings, SettingsError, settingsTable } from "../../components/parts/settings.ts";
import { settingsRows } from "../../scripts/settingsRows.ts";
import { graphOf } from "../graph.ts";

const rejection = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
        () => {
            throw new Error("nothing was refused");
        },
        (error: Error) => error,
    );

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

    it("are described in the README, every one with its default (npm run docs)", () => {
        expect(readFileSync("README.md", "utf8")).to.include(settingsRows());
    });

    it("hold their defaults when a stack says nothing", () => {
        pulumi.runtime.setAllConfig({});
        const { environment, ...settings } = readSettings(new pulumi.Config("commerce"), "test");
        expect(environment).to.equal("test");
        expect(settings).to.deep.equal(
            Object.fromEntries(Object.entries(settingsTable).map(([key, setting]) => [key, setting.default])),
        );
    });

    for (const [what, settings, message] of [
        ["an open order API", { ordersAuthentication: "none" }, "set iam, jwt or apiKey"],
        ["alarms that nobody hears", { alarmEmails: "[]" }, "alarmEmails is empty"],
        ["data without deletion protection", { deletionProtection: "false" }, "deletionProtection is false: set true"],
        ["an API open to every website", { allowedOrigins: '["*"]' }, 'allowedOrigins holds "*"'],
    ] as const) {
        it(`refuse ${what} in prod and say what to set`, async () => {
            const error = await rejection(graphOf("prod", settings));
            expect(error).to.be.instanceOf(SettingsError);
            expect(error.message).to.include("stack prod").and.to.include(message);
        });

        it(`allow ${what} in dev`, async () => {
            await graphOf("dev", settings);
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
    ] as const) {
        it(`refuse ${JSON.stringify(settings)}`, async () => {
            expect((await rejection(graphOf("dev", settings))).message).to.include(message);
        });
    }

    it("name every fault at once", async () => {
        const { message } = await rejection(graphOf("prod", { ordersFront: "x", alarmEmails: "[]" }));
        expect(message).to.include("ordersFront").and.to.include("alarmEmails");
    });
});
