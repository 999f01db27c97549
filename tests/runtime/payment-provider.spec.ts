import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import * as esbuild from "esbuild";
import { awsSdkTrim } from "../../components/parts/awsSdkTrim.ts";
import { stripeTrim } from "../../components/parts/stripeTrim.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { RunningFunction } from "./support/function.ts";
import { started, startedAws } from "./support/started.ts";
import { StripeDouble, secretKey } from "./support/stripe.ts";

const secretArn = "arn:aws:secretsmanager:eu-west-1:000000000000:secret:payment";
const charge = {
    key: "cs_1:5",
    sessionId: "cs_1",
    orderId: "ord_1",
    amount: 2598,
    currency: "usd",
    capture: "automatic",
};

/** Says so when it is evaluated. */
const announcing: esbuild.Plugin = {
    name: "announcing",
    setup(build) {
        build.onResolve({ filter: /^stripe$/ }, () => ({ path: "stripe", namespace: "announcing" }));
        build.onLoad({ filter: /./, namespace: "announcing" }, () => ({
            contents: `console.log(JSON.stringify({ evaluated: "stripe" })); export default class {}`,
        }));
    },
};

describe("the payment provider of a stack", () => {
    let folder: string;
    const stripe = started(new StripeDouble(secretKey));
    const database = started(new Database());
    const aws = startedAws(database);
    const running: RunningFunction[] = [];
    const bundle = (name: string) => join(folder, `${name}.mjs`);
    const environmentOf = (PAYMENT_PROVIDER: string) => ({
        ...aws.environment,
        PAYMENT_PROVIDER,
        PAYMENT_RESOURCE: PAYMENT_PROVIDER === "sandbox" ? "payments" : secretArn,
    });
    async function start(name: string, provider: string): Promise<RunningFunction> {
        const started = await RunningFunction.start(bundle(name), environmentOf(provider));
        running.push(started);
        return started;
    }

    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "payments-"));
        const build = (name: string, plugins: esbuild.Plugin[]) =>
            esbuild.build({
                entryPoints: [join(import.meta.dirname, "support/payments.ts")],
                outfile: bundle(name),
                bundle: true,
                platform: "node",
                target: "node24",
                format: "esm",
                mainFields: ["module", "main"],
                minify: true,
                logLevel: "silent",
                plugins: [awsSdkTrim, stripeTrim, ...plugins],
            });
        await Promise.all([build("charging", []), build("announcing", [announcing])]);
    });
    beforeEach(() => {
        stripe.reset();
        for (const id of ["spt_1", "spt_2"]) {
            stripe.tokens.set(id, {
                object: "shared_payment.granted_token",
                usage_limits: { currency: "usd", max_amount: 2598 },
            });
        }
        const SecretString = JSON.stringify({ secretKey, apiBase: stripe.url });
        aws.answers("GetSecretValue", () => ({ ARN: secretArn, Name: "payment", SecretString }));
    });
    after(async () => {
        await Promise.all(running.map((each) => each.stop()));
        if (folder) await rm(folder, { recursive: true });
    });

    it("is the sandbox on its table, where the stack says sandbox", async () => {
        const sandbox = await start("charging", "sandbox");

        expect(await sandbox.invoke({ ...charge, token: "spt_success" })).to.include({ status: "succeeded" });
        expect(await database.get("payments", { key: charge.key })).to.include({ outcome: "succeeded", amount: 2598 });
        expect(aws.inputs("GetSecretValue")).to.deep.equal([]);
    });

    it("is Stripe with the secret's account, where the stack says stripe; the secret is read at the start", async () => {
        const charging = await start("charging", "stripe");
        expect(aws.inputs("GetSecretValue")).to.deep.equal([{ SecretId: secretArn }]);

        expect(await charging.invoke({ ...charge, token: "spt_1" })).to.include({ status: "succeeded" });
        expect(await charging.invoke({ ...charge, key: "cs_2:3", token: "spt_2" })).to.include({ status: "succeeded" });

        expect(stripe.charges).to.have.length(2);
        expect(aws.inputs("GetSecretValue")).to.have.length(1);
        expect(charging.text()).not.to.match(/sk_test|spt_1/);
    });

    it("evaluates Stripe's library only where the stack says stripe", async () => {
        const evaluated = async (provider: string) =>
            (await start("announcing", provider)).log.filter((line) => line["evaluated"] === "stripe").length;

        expect(await evaluated("sandbox")).to.equal(0);
        expect(await evaluated("stripe")).to.equal(1);
    });

    it("charges at Stripe without the slow modules of Node", async () => {
        const program = `const { handler } = await import(${JSON.stringify(pathToFileURL(bundle("charging")).href)});
            const outcome = await handler(${JSON.stringify({ ...charge, token: "spt_1" })});
            console.log(JSON.stringify([outcome.status, ...process.moduleLoadList]));
            process.exit();`;
        const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
            env: environmentOf("stripe"),
        });

        const [status, ...loaded]: string[] = JSON.parse(stdout);
        expect(status).to.equal("succeeded");
        expect(loaded).to.include("NativeModule https");
        for (const part of ["undici", "webstreams", "readline", "zlib", "http2", "child_process"]) {
            expect(
                loaded.filter((name) => name.includes(part)),
                part,
            ).to.deep.equal([]);
        }
    });

    const broken: [what: string, answer: () => object, logged: RegExp][] = [
        ["is not JSON", () => ({ SecretString: secretKey }), /EnvironmentError.*not JSON/],
        ["has no value", () => ({}), /EnvironmentError.*not JSON/],
        ["may not be read", () => new Refusal("AccessDeniedException"), /AccessDeniedException/],
    ];
    for (const [what, answer, logged] of broken) {
        it(`charges nothing while the secret ${what}, says so in the log without the key, and charges when it is mended`, async () => {
            aws.answers("GetSecretValue", answer);
            const charging = await start("charging", "stripe");
            const refused = await charging.invoke({ ...charge, token: "spt_1" }).then(() => undefined, String);
            expect(refused).to.include("PaymentUnavailableError");
            expect(stripe.charges).to.deep.equal([]);
            expect(charging.text())
                .to.match(logged)
                .and.not.to.match(/sk_test/);

            const SecretString = JSON.stringify({ secretKey, apiBase: stripe.url });
            aws.answers("GetSecretValue", () => ({ ARN: secretArn, Name: "payment", SecretString }));
            expect(await charging.invoke({ ...charge, token: "spt_1" })).to.include({ status: "succeeded" });
        });
    }

    it("does not start with another provider", async () => {
        const error = await start("charging", "paypal").then(() => undefined, String);
        expect(error).to.match(/EnvironmentError.*PAYMENT_PROVIDER must be sandbox or stripe/);
    });
});
