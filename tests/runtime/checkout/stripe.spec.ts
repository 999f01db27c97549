import { randomUUID } from "node:crypto";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { isProof } from "../../proof.ts";
import { storedKeys } from "../../storedKeys.ts";
import type { Aws } from "../support/aws.ts";
import { authenticated, Checkout, guide, payingWith, readyCart, sell, short } from "../support/checkout.ts";
import { ask } from "../support/checkoutCallbacks.ts";
import { Database } from "../support/database.ts";
import { sqsRecord } from "../support/events.ts";
import { merchant } from "../support/market.ts";
import { Callback, secretArn, started, startedAws, startedCallback } from "../support/started.ts";
import { acquirer, StripeDouble, secretKey, stripeError } from "../support/stripe.ts";

describe("the checkout's callbacks with Stripe", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    const stripe = started(new StripeDouble(secretKey));
    const answerSecrets = (aws: Aws) => {
        const secrets: Readonly<Record<string, object>> = {
            [secretArn("api-keys")]: storedKeys({ agent: { key: "key-of-agent", scopes: ["checkout"] } }),
            [secretArn("payment")]: { secretKey, apiBase: stripe.url },
        };
        aws.answers("GetSecretValue", ({ SecretId }) => ({
            ARN: SecretId,
            Name: SecretId,
            VersionId: "1",
            SecretString: JSON.stringify(secrets[String(SecretId)]),
        }));
    };
    const aws = startedAws(database, answerSecrets);
    const withStripe = {
        PAYMENT_PROVIDER: "stripe",
        PAYMENT_RESOURCE: secretArn("payment"),
        MERCHANT: JSON.stringify({ ...merchant, payment: { ...merchant.payment, provider: "stripe", acquirer } }),
    };
    const completer = startedCallback(aws, "checkoutSessions/complete", withStripe);
    const settler = startedCallback(aws, "checkoutSessions/settle", withStripe);
    beforeEach(() => stripe.reset());

    const created = async () => (await new Checkout(database.client).created(readyCart)).id;

    async function complete(id: string, body: object, { by = completer, key = randomUUID() as string } = {}) {
        const answer = await ask(by, "POST /checkout_sessions/{id}/complete", { id, body, key });
        return { said: short(answer), json: answer.json };
    }

    /** Asks by the same key until the answer is one that stays; what was said at first and at last. */
    async function persist(id: string, token: string, key = randomUUID() as string) {
        const said: string[] = [];
        do said.push((await complete(id, payingWith(token), { key })).said);
        while (said.at(-1)?.startsWith("503") && said.length < 50);
        return [said[0], said.at(-1)];
    }

    const paidFor = (id: string) => stripe.charges.filter(({ metadata }) => metadata["checkout_session_id"] === id);

    /** Each: the agent's first answer, its last answer, and the number of charges. */
    const ends: Readonly<Record<string, [first: string, last: string, charges: number]>> = {
        spt_success: ["200 completed", "200 completed", 1],
        spt_declined: ["200 ready_for_payment", "200 ready_for_payment", 0],
        spt_insufficient_funds: ["200 ready_for_payment", "200 ready_for_payment", 0],
        spt_processing: ["503 service_unavailable", "200 completed", 1],
        spt_processing_declined: ["503 service_unavailable", "200 ready_for_payment", 0],
        spt_500: ["503 service_unavailable", "200 completed", 1],
        spt_3ds: ["200 authentication_required", "200 authentication_required", 0],
    };
    for (const [token, [first, last, charges]] of Object.entries(ends)) {
        it(`answer ${token} with ${first}${first === last ? "" : `, and later by the same key with ${last}`}`, async () => {
            const id = await created();

            expect(await persist(id, token)).to.deep.equal([first, last]);
            expect(paidFor(id)).to.have.length(charges);
            const open = [...stripe.intents.values()].filter(
                ({ status }) => !["succeeded", "canceled"].includes(status),
            );
            expect(open, "intents that could still charge").to.deep.equal([]);
        });
    }

    it("charge a card that needs the buyer's authentication once there is one", async () => {
        const id = await created();
        const asked = await complete(id, payingWith("spt_3ds"));
        expect(asked.json.authentication_metadata).to.deep.include({ acquirer_details: acquirer });

        const body = payingWith("spt_3ds", { authentication_result: authenticated });
        expect((await complete(id, body)).said).to.equal("200 completed");
        expect(paidFor(id)).to.have.length(1);
    });

    it("leave a session ready while Stripe is unavailable", async () => {
        const id = await created();
        expect((await complete(id, payingWith("spt_down"))).said).to.equal("503 service_unavailable");

        expect((await complete(id, payingWith("spt_success"))).said).to.equal("200 completed");
    });

    it("ask for a later try when Stripe refuses a parameter of theirs", async () => {
        const id = await created();

        expect((await complete(id, payingWith("spt_misrequested"))).said).to.equal("503 service_unavailable");
        expect(paidFor(id)).to.deep.equal([]);
    });

    it("look again at an intent that cannot be canceled", async () => {
        stripe.mishaps.cancel.push(
            stripeError(400, "invalid_request_error", { code: "payment_intent_unexpected_state" }),
        );
        const id = await created();

        expect((await complete(id, payingWith("spt_3ds"))).said).to.equal("200 authentication_required");
        expect(stripe.requests.map(({ method, path }) => `${method} ${path.replace(/pi_\w+/, "*")}`))
            .to.include("POST /v1/payment_intents/*/cancel")
            .and.to.include("GET /v1/payment_intents/*");
    });

    it("report an unknown outcome after an error for which Stripe finds no payment", async () => {
        const id = await created();
        const [, last] = await persist(id, "spt_500_uncharged");

        expect(last).to.equal("503 service_unavailable");
        expect(stripe.attempts.every(({ headers }) => headers["idempotency-key"] === `${id}:2`)).to.equal(true);
        expect(paidFor(id)).to.deep.equal([]);
    });

    // The last makes the most calls: the others are for `npm run proof`.
    for (const token of isProof ? ["spt_success", "spt_processing", "spt_500"] : ["spt_500"]) {
        it(`end in one charge and one order wherever a completion is killed: ${token}`, async () => {
            const ended = [];
            for (let call = 1; ended.at(-1) !== "by itself"; call += 1) {
                const id = await created();
                ended.push(await killedAt(call, id, token));
                await settle(id);

                expect(paidFor(id), `charges, killed ${ended.at(-1)}`).to.have.length(1);
                const { json } = await complete(id, payingWith("spt_success"));
                expect(json.code, `killed ${ended.at(-1)}`).to.equal("session_completed");
            }
            expect(ended, "what a completion does").to.include.members([
                "after TransactWriteItems",
                "after POST /v1/payment_intents",
            ]);
        });
    }

    /** Kills a completion when its nth call since it began has been worked on, and before that is answered. */
    async function killedAt(call: number, id: string, token: string): Promise<string> {
        aws.reset();
        stripe.reset();
        answerSecrets(aws);
        const victim = new Callback(aws, "checkoutSessions/complete", withStripe);
        await victim.start();
        const killed = Promise.withResolvers<string>();
        let count = 0;
        const beforeAnswer = async (what: string) => {
            if (what === "TransactWriteItems" || count > 0) count += 1;
            if (count !== call) return;
            await victim.kill();
            killed.resolve(`after ${what}`);
        };
        aws.beforeAnswer = ({ action }) => beforeAnswer(action);
        stripe.beforeAnswer = ({ method, path }) => beforeAnswer(`${method} ${path.replace(/\/(pi|spt)_\w+$/, "/*")}`);
        const completed = complete(id, payingWith(token), { by: victim }).then(
            () => "by itself",
            () => killed.promise,
        );
        const how = await completed;
        await victim.stop();
        return how;
    }

    /** Hands the settlement of a completion to its function until it is done with it, when the lease is over. */
    async function settle(id: string): Promise<void> {
        aws.beforeAnswer = async () => {};
        stripe.beforeAnswer = async () => {};
        for (const { id: record, leaseUntil } of await database.all("idempotency")) {
            if (leaseUntil === undefined) continue;
            const expire = { UpdateExpression: "SET leaseUntil = :past", ExpressionAttributeValues: { ":past": 1 } };
            await database.client.send(new UpdateCommand({ TableName: "idempotency", Key: { id: record }, ...expire }));
        }
        const body = { sessionId: id, version: 2 };
        const batch = { Records: [sqsRecord("settlement", body, { correlationId: "trace-2" })] };
        for (let tries = 1; ; tries += 1) {
            const { batchItemFailures: failed } = (await settler.invoke(batch)) as { batchItemFailures: object[] };
            if (failed.length === 0) return;
            if (tries === 50) throw new Error(`not settled: ${JSON.stringify(settler.log.at(-1))}`);
        }
    }
});
