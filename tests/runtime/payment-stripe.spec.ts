import { inspect } from "node:util";
import { expect } from "chai";
import {
    type Charge,
    type PaymentOutcome,
    PaymentOutcomeUnknownError,
    PaymentRequestRefusedError,
    PaymentUnavailableError,
    type TokenRefusal,
} from "../../runtime/checkoutSessions/payment/payment.ts";
import { accountIn } from "../../runtime/checkoutSessions/payment/stripe/account.ts";
import { StripePayments } from "../../runtime/checkoutSessions/payment/stripe/stripe.ts";
import { EnvironmentError } from "../../runtime/shared/environment.ts";
import { authenticated } from "./support/checkout.ts";
import { started } from "./support/started.ts";
import { acquirer, intent, type Mishap, StripeDouble, secretKey, stripeError } from "./support/stripe.ts";

const token = "spt_granted";
const now = Date.parse("2026-11-20T10:00:00Z");
const seconds = now / 1000;
/** What is wrong with the integration, not with the purchase. */
const faults: [status: number, details: object][] = [
    [400, {}],
    [400, { code: "parameter_unknown", param: "confirmed" }],
    [400, { code: "parameter_unknown", param: "payment_method_data_of_others" }],
    [400, { code: "parameter_invalid_integer", param: "amount" }],
    [404, {}],
];
const finals: [status: string, outcome: PaymentOutcome][] = [
    ["succeeded", { status: "succeeded", paymentId: "pi_open" }],
    ["canceled", { status: "declined", reason: "canceled" }],
    ["requires_payment_method", { status: "declined", reason: "requires_payment_method" }],
];

/** How a request to read something from Stripe fails. */
const unansweredLooks = (statuses: readonly number[]): [what: string, mishaps: Mishap[]][] => [
    ...statuses.map((status): [string, Mishap[]] => [
        `answered with ${status}`,
        [stripeError(status, "invalid_request_error")],
    ]),
    ["answered too late", ["silence"]],
    ["whose connections break", ["reset", "reset"]],
    ["answered with something else", [{ status: 200, body: { object: "list" } }]],
];

describe("the Stripe payment provider", () => {
    const stripe = started(new StripeDouble(secretKey, () => now));
    const charge = (more: Partial<Charge> = {}): Charge => ({
        key: "cs_1:5",
        isResumed: false,
        sessionId: "cs_1",
        orderId: "ord_1",
        amount: 2598,
        currency: "usd",
        capture: "automatic",
        token,
        ...more,
    });
    const provider = (more: object = {}) => {
        const account = accountIn(JSON.stringify({ secretKey, apiBase: stripe.url, ...more }));
        return new StripePayments(account, acquirer, { lookUp: 300, charge: 300 }, () => now);
    };
    const pay = (wanted = charge()) => provider().charge(wanted);
    const thrownBy = (wanted = charge(), by = provider()) =>
        by.charge(wanted).then(
            () => undefined,
            (error: unknown) => error,
        );
    const grant = (more: object = {}) =>
        stripe.tokens.set(token, {
            id: token,
            object: "shared_payment.granted_token",
            deactivated_at: null,
            deactivated_reason: null,
            payment_method_details: { type: "card", card: { brand: "visa" } },
            shared_metadata: null,
            usage_details: null,
            usage_limits: { currency: "usd", max_amount: 2598, expires_at: seconds + 600 },
            ...more,
        });

    beforeEach(() => {
        stripe.reset();
        grant();
    });

    describe("charging", () => {
        it("reads the token, then charges it under the charge's key, with session and order as metadata", async () => {
            expect(await pay()).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });

            expect(stripe.requests.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
                "GET /v1/shared_payment/granted_tokens/spt_granted",
                "POST /v1/payment_intents",
            ]);
            const [attempt] = stripe.attempts;
            expect(attempt?.headers).to.include({
                "idempotency-key": "cs_1:5",
                "content-type": "application/x-www-form-urlencoded",
            });
            expect(attempt?.form).to.deep.equal({
                amount: "2598",
                currency: "usd",
                confirm: "true",
                capture_method: "automatic",
                "payment_method_data[shared_payment_granted_token]": token,
                "metadata[checkout_session_id]": "cs_1",
                "metadata[order_id]": "ord_1",
                "metadata[charge]": "cs_1:5",
            });
        });

        it("charges a token of a card without asking for a grant, once", async () => {
            const card = (key: string, cardToken = "tok_1Nabc") =>
                pay(charge({ key, token: cardToken, isCardToken: true }));

            expect(await card("cs_1:5")).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
            expect(await card("cs_1:5")).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
            expect(stripe.requests.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
                "POST /v1/payment_intents",
                "POST /v1/payment_intents",
            ]);
            expect(stripe.attempts[0]?.form).to.include({
                "payment_method_data[type]": "card",
                "payment_method_data[card][token]": "tok_1Nabc",
            });
            expect(await card("cs_1:7")).to.include({ status: "declined", token: "used" });
            expect(await card("cs_1:8", "tok_gone")).to.include({ status: "declined", token: "unknown" });
            expect(await card("cs_1:9", "tok_chargeDeclined")).to.deep.include({ status: "declined" });
            expect(stripe.charges).to.have.length(1);
        });

        it("sends nothing that is not the token of a card to Stripe as one", async () => {
            expect(await pay(charge({ token: "spt_granted", isCardToken: true }))).to.include({
                status: "declined",
                token: "unknown",
            });
            expect(stripe.requests).to.be.empty;
        });

        it("hands a buyer who must authenticate over to the shop, if it is asked to, and takes no money", async () => {
            const wanted = { token: "tok_threeDSecure2Required", isCardToken: true } as const;

            expect(await pay(charge({ key: "cs_1:5", ...wanted, isHandedOver: true }))).to.deep.equal({
                status: "authentication_required",
            });
            expect(await pay(charge({ key: "cs_1:7", ...wanted }))).to.deep.equal({
                status: "declined",
                reason: "authentication_not_supported",
            });
            expect([...stripe.intents.values()].map(({ status }) => status)).to.deep.equal(["canceled", "canceled"]);
        });

        it("authorises a payment that is captured by hand", async () => {
            stripe.outcomes.set(token, intent("requires_capture"));

            expect(await pay(charge({ capture: "manual" }))).to.deep.equal({
                status: "authorized",
                paymentId: "pi_open",
            });
            expect(stripe.attempts[0]?.form).to.include({ capture_method: "manual" });
        });

        it("sends Stripe no data about the machine it runs on", async () => {
            await pay();

            for (const { headers } of stripe.requests) {
                const { platform, telemetry_id, application } = JSON.parse(
                    String(headers["x-stripe-client-user-agent"]),
                );
                expect({ platform, telemetry_id, application }).to.deep.equal({
                    platform: undefined,
                    telemetry_id: undefined,
                    application: undefined,
                });
                expect(headers).not.to.have.property("x-stripe-client-telemetry");
            }
        });

        it("returns the same payment for the same key, and charges once", async () => {
            expect(await pay()).to.deep.equal(await pay());
            expect(stripe.charges).to.have.length(1);
        });

        it("declines what the card's issuer declines, with its code", async () => {
            const codes = ["insufficient_funds", "expired_card", "fraudulent"];
            for (const [index, decline_code] of codes.entries()) {
                stripe.outcomes.set(token, stripeError(402, "card_error", { code: "card_declined", decline_code }));
                expect(await pay(charge({ key: `key-${index}` }))).to.deep.equal({
                    status: "declined",
                    reason: decline_code,
                });
            }
            stripe.outcomes.set(token, stripeError(402, "card_error", { code: "expired_card" }));
            expect(await pay(charge({ key: "key-without" }))).to.deep.equal({
                status: "declined",
                reason: "expired_card",
            });
        });

        const unpayable: [status: number, details: object, reason: string, token?: TokenRefusal][] = [
            [400, { code: "amount_too_small", param: "amount" }, "amount_too_small amount"],
            [400, { param: "payment_method_data" }, "unknown payment_method_data", "used"],
            [
                404,
                { code: "resource_missing", param: "payment_method_data[shared_payment_granted_token]" },
                "resource_missing payment_method_data[shared_payment_granted_token]",
                "unknown",
            ],
        ];
        for (const [status, details, reason, refusal] of unpayable) {
            it(`declines what cannot be charged, answered with ${status} ${reason}`, async () => {
                stripe.outcomes.set(token, stripeError(status, "invalid_request_error", details));

                expect(await pay()).to.deep.equal({ status: "declined", reason, ...(refusal && { token: refusal }) });
            });
        }

        for (const [status, details] of faults) {
            it(`says that the request was refused, and declines nothing, with ${status} ${JSON.stringify(details)}`, async () => {
                stripe.outcomes.set(token, stripeError(status, "invalid_request_error", details));

                expect(await thrownBy()).to.be.instanceOf(PaymentRequestRefusedError);
            });
        }

        for (const [status, outcome] of finals) {
            it(`looks again at a payment that is not decided yet: ${status}`, async () => {
                stripe.outcomes.set(token, intent("processing"));
                stripe.mishaps.intent.push(intent(status));

                expect(await pay()).to.deep.equal(outcome);
            });
        }

        it("reports an unknown outcome of a payment in another state", async () => {
            stripe.outcomes.set(token, intent("processing"));

            expect(await thrownBy())
                .to.be.instanceOf(PaymentOutcomeUnknownError)
                .with.property("message", "the payment intent is processing");
        });
    });

    describe("the token's checks", () => {
        const limits = { currency: "usd", max_amount: 2598, expires_at: seconds + 600 };
        const captured = (value: number) => ({ amount_captured: { value, currency: "usd" } });
        const bad: [what: string, refusal: TokenRefusal, token: object][] = [
            ["has expired", "expired", { usage_limits: { ...limits, expires_at: seconds } }],
            ["was found expired", "expired", { deactivated_at: 1, deactivated_reason: "expired" }],
            ["was revoked", "revoked", { deactivated_at: 1, deactivated_reason: "revoked" }],
            ["is deactivated without a reason", "revoked", { deactivated_at: 1 }],
            ["allows a cent less", "amount", { usage_limits: { ...limits, max_amount: 2597 } }],
            ["is for another currency", "currency", { usage_limits: { ...limits, currency: "eur" } }],
            ["has no limits", "unlimited", { usage_limits: null }],
            ["was granted for another session", "session", { shared_metadata: { checkout_session_id: "cs_2" } }],
            [
                "paid for something else",
                "used",
                { usage_limits: { ...limits, max_amount: 9000 }, usage_details: captured(1000) },
            ],
        ];
        for (const [what, refusal, more] of bad) {
            it(`decline one that ${what}, without a charge`, async () => {
                grant(more);

                const reason = `token_${refusal}`;
                expect(await pay()).to.deep.equal({ status: "declined", reason, token: refusal });
                expect(stripe.attempts).to.deep.equal([]);
            });
        }

        it("decline one that Stripe does not know, and what cannot be one, without a charge", async () => {
            stripe.tokens.clear();
            for (const unknown of [token, "", "../payment_intents", "spt_1?expand=x", `spt_${"x".repeat(300)}`]) {
                expect(await pay(charge({ token: unknown }))).to.deep.equal({
                    status: "declined",
                    reason: "token_unknown",
                    token: "unknown",
                });
            }
            expect(stripe.requests).to.have.length(1);
        });

        it("pass one that allows exactly the amount, for this session, until the next second", async () => {
            grant({
                usage_limits: { ...limits, expires_at: seconds + 1 },
                shared_metadata: { checkout_session_id: "cs_1" },
            });

            expect(await pay()).to.include({ status: "succeeded" });
        });

        it("ask by the key about a token that an earlier try of this charge used up", async () => {
            await pay();
            for (const used of [
                { usage_details: captured(2598) },
                { usage_details: captured(2598), deactivated_at: seconds, deactivated_reason: "consumed" },
                { deactivated_at: seconds, deactivated_reason: "consumed" },
                { usage_details: captured(2598), deactivated_at: seconds, deactivated_reason: "expired" },
            ]) {
                grant(used);
                expect(await pay(), JSON.stringify(used)).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
            }
            expect(stripe.charges).to.have.length(1);
        });

        it("leave it to Stripe to refuse a token that another charge used up", async () => {
            grant({ usage_details: captured(2598), deactivated_at: seconds, deactivated_reason: "consumed" });
            const param = "payment_method_data[shared_payment_granted_token]";
            stripe.outcomes.set(token, stripeError(400, "invalid_request_error", { param }));

            expect(await pay()).to.deep.equal({ status: "declined", reason: `unknown ${param}`, token: "used" });
            expect(stripe.charges).to.deep.equal([]);
        });
    });

    describe("a payment intent that is given up", () => {
        const statusOf = (id = "pi_1") => stripe.intents.get(id)?.status;

        it("is cancelled when the card is declined, or the buyer must be authenticated", async () => {
            for (const [index, named] of ["spt_declined", "spt_3ds"].entries()) {
                await pay(charge({ token: named, key: `cs_1:${index}` }));
                expect(statusOf(`pi_${index + 1}`), named).to.equal("canceled");
            }
        });

        it("is asked about again while it cannot be cancelled: its result is unknown until then", async () => {
            for (const mishap of [
                stripeError(500, "api_error"),
                "silence",
                stripeError(429, "rate_limit_error"),
            ] as const) {
                stripe.mishaps.cancel.push(mishap);
                const wanted = charge({ token: "spt_declined", key: `key-${JSON.stringify(mishap)}` });
                expect(await thrownBy(wanted)).to.be.instanceOf(PaymentOutcomeUnknownError);

                expect(await pay({ ...wanted, isResumed: true })).to.include({ status: "declined" });
            }
            expect([...stripe.intents.values()].map(({ status }) => status)).to.deep.equal(Array(3).fill("canceled"));
        });

        it("is a success when it has been paid meanwhile", async () => {
            stripe.beforeAnswer = async ({ path }) => {
                if (path !== "/v1/payment_intents") return;
                const [intent] = [...stripe.intents.values()];
                if (intent) stripe.intents.set(intent.id, { ...intent, status: "succeeded" });
            };

            expect(await pay(charge({ token: "spt_3ds" }))).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
        });
    });

    describe("resuming a charge", () => {
        const resumed = (more: Partial<Charge> = {}) => charge({ isResumed: true, ...more });
        const metadata = { checkout_session_id: "cs_1", order_id: "ord_1", charge: "cs_1:5" };
        /** The first try ended with a fault of Stripe, which it repeats for the key. */
        const failOnce = async () => {
            stripe.outcomes.set(token, stripeError(500, "api_error"));
            expect(await thrownBy()).to.be.instanceOf(PaymentOutcomeUnknownError);
            stripe.requests.length = 0;
        };
        const paths = () => stripe.requests.map(({ method, path }) => `${method} ${path}`);

        it("asks by the key alone: the token may be used up, expired, revoked or gone since", async () => {
            await pay();
            stripe.requests.length = 0;
            for (const change of [
                () => grant({ usage_limits: { currency: "usd", max_amount: 2598, expires_at: seconds - 1 } }),
                () => grant({ deactivated_at: 1, deactivated_reason: "revoked" }),
                () => grant({ usage_limits: null }),
                () => stripe.tokens.clear(),
            ]) {
                change();
                expect(await pay(resumed())).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
            }
            expect(new Set(paths())).to.deep.equal(new Set(["POST /v1/payment_intents"]));
            expect(stripe.charges).to.have.length(1);
        });

        it("charges when there is no charge yet", async () => {
            expect(await pay(resumed())).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
            expect(stripe.charges).to.have.length(1);
        });

        it("declines what Stripe declines for the key", async () => {
            stripe.outcomes.set(token, stripeError(402, "card_error", { code: "card_declined" }));
            expect(await pay(resumed())).to.deep.equal({ status: "declined", reason: "card_declined" });

            stripe.outcomes.set(token, stripeError(400, "invalid_request_error", { param: "payment_method_data" }));
            expect(await pay(resumed({ key: "cs_1:7" }))).to.include({ status: "declined" });
        });

        it("asks for the buyer's authentication with what the token says of the card", async () => {
            stripe.outcomes.set(token, intent("requires_action"));

            expect(await pay(resumed()))
                .to.include({ status: "authentication_required" })
                .with.nested.property("metadata.directory_server", "visa");
        });

        for (const [status, outcome] of finals) {
            it(`reports that a payment which was processing is ${status} now, although Stripe repeats the old answer`, async () => {
                stripe.outcomes.set(token, intent("processing"));
                expect(await thrownBy()).to.be.instanceOf(PaymentOutcomeUnknownError);
                stripe.intents.set("pi_open", { id: "pi_open", status, metadata });

                expect(await pay(resumed())).to.deep.equal(outcome);
            });

            it(`finds by its metadata that a payment is ${status} for whose key Stripe repeats a fault`, async () => {
                await failOnce();
                stripe.intents.set("pi_other", { id: "pi_other", status: "succeeded", metadata: { charge: "cs_1:4" } });
                stripe.intents.set("pi_open", { id: "pi_open", status, metadata });
                stripe.stale.set("pi_open", "requires_confirmation");

                expect(await pay(resumed())).to.deep.equal(outcome);
                expect(paths()).to.deep.equal([
                    "POST /v1/payment_intents",
                    "GET /v1/payment_intents/search",
                    "GET /v1/payment_intents/pi_open",
                    ...(status === "requires_payment_method" ? ["POST /v1/payment_intents/pi_open/cancel"] : []),
                ]);
            });
        }

        const missing = { code: "resource_missing", param: "payment_method_data[shared_payment_granted_token]" };
        const found = (status: string, of: object = metadata) =>
            stripe.intents.set("pi_open", { id: "pi_open", status, metadata: { ...of } as Record<string, string> });
        const unknown: [what: string, arrange: () => unknown][] = [
            ...(
                [
                    [404, missing],
                    [400, missing],
                ] as const
            ).map(([status, details]): [string, () => unknown] => [
                `${status} ${JSON.stringify(details)}`,
                () => stripe.outcomes.set(token, stripeError(status, "invalid_request_error", details)),
            ]),
            [
                "an authentication for a token that is gone",
                () => {
                    stripe.outcomes.set(token, intent("requires_action"));
                    stripe.tokens.clear();
                },
            ],
            ["a payment that is found processing", () => failOnce().then(() => found("processing"))],
            ...[
                { ...metadata, charge: "cs_1:4" },
                { ...metadata, charge: "CS_1:5" },
                { ...metadata, checkout_session_id: "cs_2" },
                {},
            ].map((other): [string, () => unknown] => [
                `a payment that is another's: ${JSON.stringify(other)}`,
                () => failOnce().then(() => found("succeeded", other)),
            ]),
            ...(["search", "intent"] as const).flatMap((kind) =>
                unansweredLooks([400, 401, 403, 404, 429, 500]).map(([what, mishaps]): [string, () => unknown] => [
                    `a look (${kind}) ${what}`,
                    async () => {
                        await failOnce();
                        found("succeeded");
                        stripe.mishaps[kind].push(...mishaps);
                    },
                ]),
            ),
        ];
        for (const [what, arrange] of unknown) {
            it(`does not know after ${what}`, async () => {
                await arrange();

                expect(await thrownBy(resumed())).to.be.instanceOf(PaymentOutcomeUnknownError);
            });
        }

        for (const [status, details] of faults) {
            it(`says that the request was refused where no payment is found after ${status} ${JSON.stringify(details)}`, async () => {
                stripe.outcomes.set(token, stripeError(status, "invalid_request_error", details));

                expect(await thrownBy(resumed())).to.be.instanceOf(PaymentRequestRefusedError);
                found("succeeded");
                expect(await pay(resumed())).to.deep.equal({ status: "succeeded", paymentId: "pi_open" });
            });
        }

        it("reports the error without a search at the first charge, because the search index lags", async () => {
            await failOnce();

            expect(await thrownBy()).to.be.instanceOf(PaymentOutcomeUnknownError);
            expect(paths()).not.to.include("GET /v1/payment_intents/search");
        });
    });

    describe("the buyer's authentication", () => {
        const servers = { visa: "visa", mastercard: "mastercard", amex: "american_express" };
        for (const [brand, directory_server] of Object.entries(servers)) {
            it(`is asked for with the acquirer and the directory server of ${brand}`, async () => {
                grant({ payment_method_details: { type: "card", card: { brand } } });
                stripe.outcomes.set(token, intent("requires_action"));

                expect(await pay()).to.deep.equal({
                    status: "authentication_required",
                    metadata: {
                        acquirer_details: acquirer,
                        directory_server,
                        flow_preference: { type: "challenge", challenge: { type: "mandated" } },
                    },
                });
            });
        }

        it("is asked for as well when the issuer declines for want of it", async () => {
            const details = { code: "authentication_required", decline_code: "authentication_required" };
            stripe.outcomes.set(token, stripeError(402, "card_error", details));

            expect(await pay()).to.include({ status: "authentication_required" });
        });

        it("is not asked for where the agent cannot do it, nor twice", async () => {
            stripe.outcomes.set(token, intent("requires_action"));
            const account = accountIn(JSON.stringify({ secretKey, apiBase: stripe.url }));
            expect(
                await new StripePayments(account, undefined, undefined, () => now).charge(charge({ key: "a" })),
            ).to.deep.equal({
                status: "declined",
                reason: "authentication_not_supported",
            });
            expect(await pay(charge({ key: "b", authentication: authenticated }))).to.deep.equal({
                status: "declined",
                reason: "authentication_not_accepted",
            });
            grant({ payment_method_details: { type: "card", card: { brand: "jcb" } } });
            expect(await pay(charge({ key: "c" }))).to.deep.equal({
                status: "declined",
                reason: "authentication_not_supported",
            });
        });

        const statuses = { authenticated: "Y", attempt_acknowledged: "A", informational: "I" } as const;
        for (const outcome of ["authenticated", "attempt_acknowledged", "informational"] as const) {
            it(`goes to Stripe with the charge when it ended with ${outcome}`, async () => {
                expect(await pay(charge({ authentication: { ...authenticated, outcome } }))).to.include({
                    status: "succeeded",
                });

                const card = "payment_method_options[card][three_d_secure]";
                expect(stripe.attempts[0]?.form).to.include({
                    [`${card}[ares_trans_status]`]: statuses[outcome],
                    [`${card}[cryptogram]`]: "AAIBBYNoEwAAACcKhAJkdQAAAAA=",
                    [`${card}[electronic_commerce_indicator]`]: "05",
                    [`${card}[transaction_id]`]: "f38e6948-5388-41a6-bca4-b49723c19437",
                    [`${card}[version]`]: "2.2.0",
                });
            });
        }

        it("that failed declines the charge without asking Stripe", async () => {
            for (const outcome of ["denied", "abandoned", "processing_error"] as const) {
                expect(await pay(charge({ authentication: { outcome } }))).to.deep.equal({
                    status: "declined",
                    reason: `authentication_${outcome}`,
                });
            }
            expect(stripe.requests).to.deep.equal([]);
        });
    });

    describe("an unknown outcome", () => {
        it("follows an answer that is too late; the same key gets it, with one charge", async () => {
            stripe.mishaps.charge.push("silence");

            expect(await thrownBy())
                .to.be.instanceOf(PaymentOutcomeUnknownError)
                .with.property("message")
                .that.matches(/ETIMEDOUT/);
            expect(await pay()).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
            expect(stripe.charges).to.have.length(1);
        });

        it("follows broken connections; the same key gets it, with one charge", async () => {
            stripe.mishaps.charge.push("reset", "reset");

            expect(await thrownBy()).to.be.instanceOf(PaymentOutcomeUnknownError);
            expect(await pay()).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
            expect(stripe.charges).to.have.length(1);
        });

        it("does not follow one broken connection: the library retries with the same key", async () => {
            stripe.mishaps.charge.push("reset");

            expect(await pay()).to.deep.equal({ status: "succeeded", paymentId: "pi_1" });
            expect(stripe.attempts.map(({ headers }) => headers["idempotency-key"])).to.deep.equal([
                "cs_1:5",
                "cs_1:5",
            ]);
            expect(stripe.charges).to.have.length(1);
        });

        it("follows a try while the first one is running", async () => {
            const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
            stripe.mishaps.charge.push(() => {
                begun.resolve();
                return gate.promise;
            });
            const account = accountIn(JSON.stringify({ secretKey, apiBase: stripe.url }));
            const first = new StripePayments(account, acquirer, undefined, () => now).charge(charge());
            try {
                await Promise.race([begun.promise, first]);
                expect(await thrownBy()).to.be.instanceOf(PaymentOutcomeUnknownError);
            } finally {
                gate.resolve();
            }

            expect(await first).to.deep.equal(await pay());
            expect(stripe.charges).to.have.length(1);
        });

        it("stays unknown while Stripe repeats a fault of its own, and is never charged again by us", async () => {
            stripe.outcomes.set(token, stripeError(500, "api_error"));
            expect(await thrownBy()).to.be.instanceOf(PaymentOutcomeUnknownError);
            stripe.outcomes.clear();

            expect(await thrownBy()).to.be.instanceOf(PaymentOutcomeUnknownError);
            expect(stripe.attempts.map(({ headers }) => headers["idempotency-key"])).to.deep.equal([
                "cs_1:5",
                "cs_1:5",
            ]);
        });

        const answers: [what: string, answer: Mishap][] = [
            ["503", stripeError(503, "api_error")],
            ["a gateway's 502 without an error", { status: 502, body: {} }],
            ["a key that belongs to another charge", stripeError(400, "idempotency_error")],
        ];
        for (const [what, answer] of answers) {
            it(`follows ${what}`, async () => {
                stripe.mishaps.charge.push(answer);

                expect(await thrownBy()).to.be.instanceOf(PaymentOutcomeUnknownError);
            });
        }
    });

    describe("Stripe is unavailable", () => {
        for (const status of [401, 403, 429]) {
            it(`after a charge answered with ${status}`, async () => {
                stripe.mishaps.charge.push(stripeError(status, "invalid_request_error"));

                expect(await thrownBy()).to.be.instanceOf(PaymentUnavailableError);
                expect(stripe.charges).to.deep.equal([]);
            });
        }

        const gateway: [string, Mishap[]] = ["answered by a gateway", [{ status: 502, body: {} }]];
        for (const [what, mishaps] of [...unansweredLooks([400, 401, 403, 409, 429, 500, 503]), gateway]) {
            it(`after a token request ${what}; nothing is charged`, async () => {
                stripe.mishaps.token.push(...mishaps);

                expect(await thrownBy()).to.be.instanceOf(PaymentUnavailableError);
                expect(stripe.attempts).to.deep.equal([]);
            });
        }

        it("after an invalid secret key; nothing is charged", async () => {
            const error = await thrownBy(charge(), provider({ secretKey: "sk_test_of_somebody" }));

            expect(error).to.be.instanceOf(PaymentUnavailableError);
            expect(stripe.attempts).to.deep.equal([]);
        });
    });

    it("never puts the token, the key or a text of Stripe into an error or a reason", async () => {
        const secrets = /spt_granted|sk_test|quote|pi_open_secret/;
        const mishaps: Mishap[] = [
            ...[400, 401, 402, 403, 404, 409, 429, 500].map((status) =>
                stripeError(status, "api_error", { code: `no spt_granted ${token}`, param: `x ${token}` }),
            ),
            { status: 200, body: { status: `spt_granted of ${secretKey}`, client_secret: "pi_open_secret" } },
            "silence",
        ];
        for (const kind of ["token", "charge", "search", "intent", "cancel"] as const) {
            for (const mishap of mishaps) {
                stripe.reset();
                grant();
                if (kind === "search") stripe.outcomes.set(token, stripeError(500, "api_error"));
                if (kind === "intent") stripe.outcomes.set(token, intent("processing"));
                if (kind === "cancel") stripe.outcomes.set(token, intent("requires_action"));
                stripe.mishaps[kind].push(mishap);
                const wanted = charge({ isResumed: kind === "search" });
                const said = inspect(await pay(wanted).catch((error: unknown) => error), {
                    depth: 10,
                    showHidden: true,
                });
                expect(said).not.to.match(secrets);
                expect(said, "something is said").to.match(/declined|Payment|authentication_required/);
            }
        }
    });
});

describe("the secret of the Stripe account", () => {
    const unusable: [what: string, secret: string, message: string][] = [
        ["is empty", "", "not JSON"],
        ["is the bare key", secretKey, "not JSON"],
        ["is a list", JSON.stringify([secretKey]), "not a JSON object"],
        ["lacks the key", JSON.stringify({ merchantId: "acct_1" }), "no secretKey"],
        ["has an empty key", JSON.stringify({ secretKey: "" }), "no secretKey"],
        ["has another address that is none", JSON.stringify({ secretKey, apiBase: "stripe" }), "apiBase"],
        ["has an address of a file", JSON.stringify({ secretKey, apiBase: "file:///etc" }), "apiBase"],
    ];
    for (const [what, secret, message] of unusable) {
        it(`is refused without being quoted when it ${what}`, () => {
            expect(() => accountIn(secret))
                .to.throw(EnvironmentError, message)
                .and.satisfy((error: Error) => !inspect(error).includes(secretKey));
        });
    }

    it("may hold what is meant for others", () => {
        const account = accountIn(JSON.stringify({ secretKey, merchantId: "acct_1" }));

        expect(account).to.deep.equal({ secretKey });
    });
});
