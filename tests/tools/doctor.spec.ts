import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { Route53Client } from "@aws-sdk/client-route-53";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SNSClient } from "@aws-sdk/client-sns";
import { STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { settingsIn } from "../../components/settings/read.ts";
import {
    backend,
    confirmed,
    credentials,
    examples,
    finding,
    openItems,
    passphrase,
    quota,
    secretValue,
    sender,
    zone,
} from "../../tools/operator/checkup.ts";
import { cliFault } from "../../tools/operator/pulumiCli.ts";

/** An answer of AWS as its API reference shows it: status, type of the error, body. */
interface Documented {
    readonly status?: number;
    readonly error?: string;
    readonly body: string;
}

describe("npm run doctor", () => {
    let server: Server;
    let answers: Documented[] = [];
    let settings: { endpoint: string; region: string; maxAttempts: number; credentials: object };

    before(async () => {
        server = createServer((_, response) => {
            const { status = 200, error, body } = answers.shift() ?? { status: 500, body: "{}" };
            response.writeHead(status, error === undefined ? {} : { "x-amzn-errortype": error }).end(body);
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
        const address = server.address();
        const port = typeof address === "object" ? address?.port : undefined;
        const known = { accessKeyId: "local", secretAccessKey: "local" };
        settings = { endpoint: `http://127.0.0.1:${port}`, region: "eu-west-1", maxAttempts: 1, credentials: known };
    });
    after(() => {
        server.closeAllConnections();
        server.close();
    });

    const client = <Client>(Kind: new (of: object) => Client) => new Kind(settings);
    const answered = <Result>(given: readonly Documented[], check: () => Promise<Result>) => {
        answers = [...given];
        return check();
    };
    const refused = {
        status: 403,
        error: "AccessDeniedException",
        body: '{"Message":"not authorized to perform that"}',
    };

    describe("credentials", () => {
        const ask = (given: Documented) => answered([given], () => credentials(client(STSClient)));
        const xml = (code: string) =>
            `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>refused</Message></Error></ErrorResponse>`;

        it("are the account's that answers", async () => {
            const body =
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/Ada</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";
            const result = await ask({ body });
            expect(result).to.include({ outcome: "good" });
            expect(result.words).to.include("123456789012");
        });

        for (const code of ["InvalidClientTokenId", "ExpiredToken", "SignatureDoesNotMatch"]) {
            it(`are missing where AWS answers ${code}`, async () => {
                const result = await ask({ status: 403, body: xml(code) });
                expect(result.outcome).to.equal("missing");
                expect(result.words).to.include("AWS does not take these credentials");
                expect(result.command).to.include("AWS_PROFILE");
            });
        }
    });

    describe("the quota", () => {
        const ask = (given: Documented, counted = 1000) =>
            answered([given], () => finding("quota", () => quota(client(LambdaClient), "prod", counted)));
        const has = (ConcurrentExecutions: number) => ({
            body: JSON.stringify({ AccountLimit: { ConcurrentExecutions } }),
        });

        it("is enough where the account has the settings' concurrency", async () => {
            expect(await ask(has(1000))).to.include({ outcome: "good" });
            expect(await ask(has(10), 10)).to.include({ outcome: "good" });
        });

        it("is missing in a new account of 10, with both numbers and how to raise it or to reserve less", async () => {
            const { outcome, words, command } = await ask(has(10));
            expect(outcome).to.equal("missing");
            expect(words).to.include("10 functions").and.to.include("1000");
            expect(command).to.include("L-B99A9384").and.to.include("'commerce:functions.concurrencyQuota' 10 -s prod");
        });

        it("is unknown without the permission to read it", async () => {
            const { outcome, words } = await ask(refused);
            expect(outcome).to.equal("unknown");
            expect(words).to.include("may not do that");
        });
    });

    describe("the sender of mail", () => {
        const ask = (...given: Documented[]) =>
            answered(given, () => finding("mail", () => sender(client(SESv2Client), "shop@shop.test")));
        const identity = (isVerified: boolean) => ({ body: JSON.stringify({ VerifiedForSendingStatus: isVerified }) });
        const none = { status: 404, error: "NotFoundException", body: '{"message":"Email identity does not exist."}' };

        it("is verified by itself or by its domain", async () => {
            expect(await ask(identity(true))).to.include({ outcome: "good" });
            expect(await ask(none, identity(true))).to.include({ outcome: "good" });
        });

        it("is missing where SES has neither, or has not verified them", async () => {
            for (const given of [
                [none, none],
                [identity(false), none],
            ]) {
                const { outcome, command } = await ask(...given);
                expect(outcome).to.equal("missing");
                expect(command).to.include("create-email-identity --email-identity shop@shop.test");
            }
        });

        it("is unknown without the permission to read it, and is not read where no mail is sent", async () => {
            expect(await ask(refused)).to.include({ outcome: "unknown" });
            expect(await sender(client(SESv2Client), undefined)).to.include({ outcome: "good" });
        });
    });

    describe("the hosted zone", () => {
        const ask = (given: Documented) =>
            answered([given], () =>
                finding("name", () => zone(client(Route53Client), { name: "api.shop.test", zone: "Z1" })),
            );
        const named = (name: string, isPrivate = false) => ({
            body: `<GetHostedZoneResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><HostedZone><Id>/hostedzone/Z1</Id><Name>${name}</Name><CallerReference>1</CallerReference><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone></GetHostedZoneResponse>`,
        });
        const fault = (code: string, status: number) => ({
            status,
            body: `<ErrorResponse xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
        });

        it("is the one that the name is in", async () => {
            expect(await ask(named("shop.test."))).to.include({ outcome: "good" });
        });

        it("is missing where there is none, another's, or a private one", async () => {
            for (const given of [fault("NoSuchHostedZone", 404), named("other.test."), named("shop.test.", true)]) {
                expect(await ask(given)).to.include({ outcome: "missing", command: "aws route53 list-hosted-zones" });
            }
        });

        it("is unknown without the permission to read it", async () => {
            expect(await ask(fault("AccessDenied", 403))).to.include({ outcome: "unknown" });
        });
    });

    describe("a secret", () => {
        const secret = { id: "commerce-payment-prod", command: "put", isOptional: false, up: "npm run up -- -s prod" };
        const ask = (given: Documented, of = secret) =>
            answered([given], () => finding("secret", () => secretValue(client(SecretsManagerClient), of)));
        const described = (stages: object) => ({
            body: JSON.stringify({ Name: secret.id, VersionIdsToStages: stages }),
        });
        const none = { status: 400, error: "ResourceNotFoundException", body: '{"Message":"can\'t find the secret"}' };

        it("has a value once a version is current", async () => {
            expect(await ask(described({ one: ["AWSCURRENT"] }))).to.include({ outcome: "good" });
        });

        it("has none before it is put there, or while its first rotation is on", async () => {
            for (const stages of [{}, { one: ["AWSPENDING"] }]) {
                expect(await ask(described(stages))).to.include({ outcome: "missing", command: "put" });
                expect(await ask(described(stages), { ...secret, isOptional: true })).to.include({ outcome: "later" });
            }
        });

        it("is made by up, before which it has no value to miss", async () => {
            expect(await ask(none)).to.include({ outcome: "later", command: "npm run up -- -s prod" });
        });

        it("is unknown without the permission to read it", async () => {
            expect(await ask({ ...refused, status: 400 })).to.include({ outcome: "unknown" });
        });
    });

    describe("the addresses of a topic", () => {
        const arn = "arn:aws:sns:eu-west-1:123456789012:order-processing-alarms-prod";
        const ask = (given: Documented) =>
            answered([given], () => finding("topic", () => confirmed(client(SNSClient), arn, ["a@shop.test"], "up")));
        const listed = (subscriptionArn: string) => ({
            body: `<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions><member><TopicArn>${arn}</TopicArn><Protocol>email</Protocol><SubscriptionArn>${subscriptionArn}</SubscriptionArn><Owner>123456789012</Owner><Endpoint>a@shop.test</Endpoint></member></Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`,
        });
        const fault = (code: string, status: number) => ({
            status,
            body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
        });

        it("have confirmed, or are named", async () => {
            expect(await ask(listed(`${arn}:8a21d249`))).to.include({ outcome: "good" });
            const { outcome, words } = await ask(listed("PendingConfirmation"));
            expect(outcome).to.equal("missing");
            expect(words).to.include("a@shop.test");
        });

        it("are for later before up, and unknown without the permission to read them", async () => {
            expect(await ask(fault("NotFound", 404))).to.include({ outcome: "later" });
            expect(await ask(fault("AuthorizationError", 403))).to.include({ outcome: "unknown" });
        });
    });

    describe("the shell", () => {
        let folder: string;
        before(() => {
            folder = mkdtempSync(join(tmpdir(), "commerce-state-"));
        });
        after(() => rmSync(folder, { recursive: true }));
        const stack = { name: "prod", project: "commerce" };

        it("names the state's backend, which has the stack, or lists the missing steps", () => {
            const home = { PULUMI_HOME: join(folder, "home") };
            expect(backend(stack, home).command).to.equal("npx pulumi login --local");
            const env = { ...home, PULUMI_BACKEND_URL: `file://${folder}/state` };
            expect(backend(stack, env).command).to.equal(`mkdir -p ${folder}/state`);
            mkdirSync(join(folder, "state/.pulumi/stacks/commerce"), { recursive: true });
            expect(backend(stack, env).command).to.equal("npx pulumi stack init prod");
            writeFileSync(join(folder, "state/.pulumi/stacks/commerce/prod.json"), "{}");
            expect(backend(stack, env)).to.include({ outcome: "good" });
            expect(backend(stack, { PULUMI_BACKEND_URL: "s3://state" })).to.include({ outcome: "later" });
        });

        it("has what the secrets in the stack's file are encrypted with", () => {
            expect(passphrase("config:\n", {})).to.include({ outcome: "later" });
            expect(passphrase("config:\n", { PULUMI_CONFIG_PASSPHRASE: "" })).to.include({ outcome: "good" });
            expect(passphrase("secretsprovider: awskms://alias/pulumi\n", {})).to.include({ outcome: "good" });
        });

        it("has Pulumi's tool or can fetch it, or names the variable for an installed one", async () => {
            const env = { PULUMI_HOME: folder, PULUMI_VERSION: "3.1.2" };
            const down = () =>
                Promise.reject(new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") }));
            for (const [ask, why] of [
                [down, "ENOTFOUND"],
                [() => Promise.resolve({ ok: false, status: 403 }), "answers 403"],
            ] as const) {
                const fault = await cliFault(env, ask);
                for (const part of [
                    why,
                    "3.1.2",
                    "PULUMI_HOME",
                    "PULUMI_VERSION",
                    join(folder, "versions/3.1.2/bin/pulumi"),
                ]) {
                    expect(fault).to.include(part);
                }
            }
            expect(await cliFault(env, () => Promise.resolve({ ok: true, status: 200 }))).to.equal(undefined);
            mkdirSync(join(folder, "versions/3.1.2/bin"), { recursive: true });
            writeFileSync(join(folder, "versions/3.1.2/bin/pulumi"), "#!/bin/sh\n", { mode: 0o755 });
            expect(await cliFault(env, down)).to.equal(undefined);
        });
    });

    it("names the examples that are left in the settings", () => {
        const settingsWith = (values: Readonly<Record<string, string>>) =>
            settingsIn({ project: "commerce", environment: "dev", values }).settings;
        const own = { merchant: { name: "Shop", url: "https://shop.test" }, payment: { account: "acct_1" } };
        const mail = { recipient: "sales@shop.test" };
        const { outcome, words, command } = examples(
            "prod",
            "commerce",
            settingsWith({
                "commerce:alarms": '{"emails":["operations@example.com"]}',
                "commerce:checkout": JSON.stringify({ ...own, payment: { account: "acct_example" } }),
                "commerce:orders": JSON.stringify({ mail }),
            }),
        );
        expect(outcome).to.equal("missing");
        expect(words)
            .to.include("alarms.emails")
            .and.to.include("checkout.payment.account")
            .and.not.to.include("checkout.merchant.name");
        expect(command).to.equal("npx pulumi config set --path 'commerce:checkout.payment.account' <yours> -s prod");
        const good = settingsWith({
            "commerce:checkout": JSON.stringify(own),
            "commerce:orders": JSON.stringify({ mail }),
        });
        expect(examples("prod", "commerce", good)).to.include({ outcome: "good" });
    });

    it("lists the items of the first account until the line of the stack stands below them", () => {
        const page = readFileSync("docs/operations/first-account.md", "utf8");
        const items = openItems(page, "prod");
        expect(items)
            .to.have.length((page.match(/^## \d+\. /gm) ?? []).length)
            .and.to.be.above(0);
        const [first = ""] = items;
        const done = page.replace(`## ${first}\n`, `## ${first}\n\nDone: prod, 2026-12-01\n`);
        expect(openItems(done, "prod")).to.deep.equal(items.slice(1));
        expect(openItems(done, "prod-eu")).to.deep.equal(items);
    });
});
