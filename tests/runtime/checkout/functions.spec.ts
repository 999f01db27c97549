import { createHmac, randomUUID } from "node:crypto";
import { expect } from "chai";
import type { CompleteRequest } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { scopes } from "../../../spec/generated/scopes.ts";
import { storedKeys } from "../../storedKeys.ts";
import { type Aws, Refusal } from "../support/aws.ts";
import { expectSound, guide, jo, payingWith, readyCart, sell, short, traceOf } from "../support/checkout.ts";
import { ask, type CallbackAsking } from "../support/checkoutCallbacks.ts";
import { Database } from "../support/database.ts";
import { sqsRecord } from "../support/events.ts";
import { figuresIn } from "../support/figures.ts";
import type { LogLine } from "../support/function.ts";
import { merchant } from "../support/market.ts";
import { Callback, secretArn, started, startedAws, startedCallback } from "../support/started.ts";

const signingSecret = "signing-secret-of-the-signer";
const keys = storedKeys({
    agent: { key: "key-of-agent", scopes: ["checkout"] },
    signer: { key: "key-of-signer", scopes: ["checkout"], signingSecret },
    ...Object.fromEntries(scopes.map((scope) => [`only-${scope}`, { key: `key-of-${scope}`, scopes: [scope] }])),
});
const secret = () => ({ ARN: secretArn("api-keys"), Name: "keys", SecretString: JSON.stringify(keys), VersionId: "1" });

const create = "POST /checkout_sessions";
const read = "GET /checkout_sessions/{id}";
const update = "POST /checkout_sessions/{id}";
const cancel = "POST /checkout_sessions/{id}/cancel";
const complete = "POST /checkout_sessions/{id}/complete";
const versions = "GET /checkout_sessions/{id}/versions";
const version = "GET /checkout_sessions/{id}/versions/{version}";

describe("the checkout's callbacks", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    const answerSecret = (aws: Aws) => aws.answers("GetSecretValue", secret);
    const aws = startedAws(database, answerSecret);
    const manager = startedCallback(aws, "checkoutSessions/manage");
    const ruled = startedCallback(aws, "checkoutSessions/manage", {
        MERCHANT: JSON.stringify({ ...merchant, rules: "example" }),
    });
    const completer = startedCallback(aws, "checkoutSessions/complete");

    /** A callback in a process of its own, for one test. */
    async function start(callback: string, over: Readonly<Record<string, string>> = {}): Promise<Callback> {
        const started = new Callback(aws, `checkoutSessions/${callback}`, over);
        await started.start();
        return started;
    }

    it("loads the merchant's rules by their name, of which bundles have a file of their own", async () => {
        const priceOf = async (quantity: number) => {
            const body = { ...readyCart, line_items: [{ id: guide.productId, quantity }] };
            return (await ask(ruled, create, { body })).json.line_items?.[0]?.unit_amount;
        };
        expect([await priceOf(9), await priceOf(10)]).to.deep.equal([1500, 1350]);
    });

    async function created(body: object = readyCart): Promise<string> {
        const { status, json } = await ask(manager, create, { body });
        expect(status, JSON.stringify(json)).to.equal(201);
        return json.id ?? "";
    }

    const reset = () => {
        aws.reset();
        answerSecret(aws);
    };

    // ----- AWS is not as it should be

    describe("when DynamoDB is unavailable", () => {
        it("answers 503 with Retry-After, and loses nothing", async () => {
            const id = await created();
            const asked: [callback: Callback, route: string, asking: CallbackAsking, then: string][] = [
                [manager, create, { body: readyCart, key: randomUUID() }, "201 ready_for_payment"],
                [manager, read, { id }, "200 ready_for_payment"],
                [manager, versions, { id }, "200 undefined"],
                [manager, update, { id, body: { buyer: jo }, key: randomUUID() }, "200 ready_for_payment"],
                [completer, complete, { id, body: payingWith("spt_success"), key: randomUUID() }, "200 completed"],
            ];
            for (const [callback, route, asking, then] of asked) {
                for (const action of ["Query", "GetItem", "BatchGetItem", "TransactWriteItems"]) {
                    aws.answers(action, () => new Refusal("InternalServerError", 500));
                }
                const refused = await ask(callback, route, asking);
                expect(short(refused), route).to.equal("503 service_unavailable");
                expect(refused.json.type).to.equal("service_unavailable");
                expect(Number(refused.headers["retry-after"])).to.be.within(1, 60);

                reset();
                const served = await ask(callback, route, asking);
                expect(short(served), route).to.equal(then);
                expect(served.headers).not.to.have.property("idempotent-replayed");
            }
            await expectSound(database, id);
        });

        it("or throttled, answers the same", async () => {
            // The SDK would be patient for seconds.
            const manager = await start("manage", { AWS_MAX_ATTEMPTS: "1" });
            const id = await created();
            for (const code of ["ThrottlingException", "ProvisionedThroughputExceededException"]) {
                aws.answers("Query", () => new Refusal(code));
                const answer = await ask(manager, read, { id });
                expect(short(answer), code).to.equal("503 service_unavailable");
                expect(answer.headers).to.have.property("retry-after");
            }
            await manager.stop();
        });

        it("after it has written, answers the retry with the stored result", async () => {
            aws.answers("TransactWriteItems", async (input) => {
                // Written once, and the SDK asks again for nothing.
                if (aws.inputs("TransactWriteItems").length === 1) await aws.forward("TransactWriteItems", input);
                return new Refusal("InternalServerError", 500);
            });
            const key = randomUUID();
            expect(short(await ask(manager, create, { body: readyCart, key }))).to.equal("503 service_unavailable");
            reset();

            const again = await ask(manager, create, { body: readyCart, key });

            expect(short(again)).to.equal("201 ready_for_payment");
            expect(again.headers["idempotent-replayed"]).to.equal("true");
            expect((await traceOf(database, again.json.id ?? "")).reasons).to.deep.equal(["created"]);
        });

        it("permanently, still answers", async () => {
            // Nothing listens on port 1.
            const alone = await start("manage", { AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:1" });

            const answer = await ask(alone, create, { body: readyCart });

            expect(short(answer)).to.equal("503 service_unavailable");
            expect(answer.headers["retry-after"]).to.match(/^\d+$/);
            await alone.stop();
        });

        it("when it comes to the charge, leaves the completion to the retry, which charges once", async () => {
            const id = await created();
            const body = payingWith("spt_success");
            const key = randomUUID();
            aws.answers("PutItem", async (input) => {
                if (aws.inputs("PutItem").length === 1) await aws.forward("PutItem", input);
                return new Refusal("InternalServerError", 500);
            });
            const unknown = await ask(completer, complete, { id, body, key });
            expect(short(unknown)).to.equal("503 service_unavailable");
            expect(short(await ask(manager, cancel, { id }))).to.equal("409 version_conflict");
            reset();

            const answer = await ask(completer, complete, { id, body, key });

            expect(short(answer)).to.equal("200 completed");
            await expectSound(database, id);
        });
    });

    describe("when DynamoDB does not answer", () => {
        const actions = ["Query", "GetItem", "BatchGetItem", "PutItem", "UpdateItem", "TransactWriteItems"];
        const hung = Promise.withResolvers<undefined>();

        after(() => hung.resolve(undefined));

        it("answer 503 on every route, before their timeout and the gateway's", async () => {
            const id = await created();
            for (const [callback, route, asking] of [
                [manager, create, { body: readyCart }],
                [manager, read, { id }],
                [manager, update, { id, body: { buyer: jo } }],
                [manager, cancel, { id }],
                [manager, versions, { id }],
                [manager, version, { id, path: { version: "1" } }],
                [completer, complete, { id, body: payingWith("spt_success") }],
            ] as const) {
                for (const action of actions) aws.answers(action, () => hung.promise);
                // Nothing else can answer: what they wait for never comes.
                const answer = await ask(callback, route, { ...asking, remainingMs: 600 });
                reset();
                expect(short(answer), route).to.equal("503 service_unavailable");
                expect(answer.headers, route).to.have.property("retry-after");
                expect(callback.log.at(-1), route).to.include({ level: "error", correlationId: "trace-1" });
            }
        });

        for (const action of ["PutItem", "TransactWriteItems"]) {
            it(`to a completion's ${action}, leave it to the retry, which charges once`, async () => {
                const id = await created();
                const released = Promise.withResolvers<undefined>();
                const asking = { id, body: payingWith("spt_success"), key: randomUUID() };
                aws.answers(action, () => released.promise);
                expect(short(await ask(completer, complete, { ...asking, remainingMs: 600 }))).to.equal(
                    "503 service_unavailable",
                );
                reset();
                let answer = await ask(completer, complete, asking);
                while (answer.status === 409) answer = await ask(completer, complete, asking);
                // What the first one waited for comes after all.
                released.resolve(undefined);

                expect(short(answer)).to.equal("200 completed");
                expect(short(await ask(completer, complete, asking))).to.equal("200 completed");
                await expectSound(database, id);
            });
        }
    });

    it("answer with 500 when they lack a permission, and log which", async () => {
        const id = await created();
        for (const action of ["Query", "GetItem", "BatchGetItem", "TransactWriteItems"]) {
            aws.answers(action, () => new Refusal("AccessDeniedException"));
        }
        const asked: [callback: Callback, route: string, asking: CallbackAsking][] = [
            [manager, read, { id }],
            [manager, update, { id, body: {} }],
            [manager, cancel, { id }],
            [completer, complete, { id, body: payingWith("spt_success") }],
        ];
        for (const [callback, route, asking] of asked) {
            expect(short(await ask(callback, route, asking)), route).to.equal("500 processing_error");
        }
        const { status, json } = await ask(manager, create, { body: readyCart });
        expect(status).to.equal(500);
        expect(json).to.deep.equal({
            type: "processing_error",
            code: "session_creation_failed",
            message: "Failed to create checkout session",
        });
        for (const callback of [manager, completer]) {
            expect(callback.log.filter(({ level }) => level === "error")).not.to.deep.equal([]);
            expect(callback.text()).to.contain("AccessDeniedException");
        }
    });

    it("ask DynamoDB again for products that it left out, and answer 503 in the end", async () => {
        aws.answers("BatchGetItem", async (input) => {
            if (aws.inputs("BatchGetItem").length < 3) return { Responses: {}, UnprocessedKeys: input["RequestItems"] };
            return await aws.forward("BatchGetItem", input);
        });
        expect(short(await ask(manager, create, { body: readyCart }))).to.equal("201 ready_for_payment");
        expect(aws.inputs("BatchGetItem")).to.have.length(3);

        aws.answers("BatchGetItem", (input) => ({ Responses: {}, UnprocessedKeys: input["RequestItems"] }));
        const answer = await ask(manager, create, { body: readyCart });
        expect(short(answer)).to.equal("503 service_unavailable");
        expect(answer.headers).to.have.property("retry-after");
    });

    it("retry a write that conflicts with another one, and answer 409 in the end", async () => {
        const reasons = [{ Code: "TransactionConflict" }, { Code: "None" }];
        const conflict = () => new Refusal("TransactionCanceledException", 400, { CancellationReasons: reasons });
        aws.answers("TransactWriteItems", () => (aws.inputs("TransactWriteItems").length < 3 ? conflict() : undefined));
        const key = randomUUID();
        const first = await ask(manager, create, { body: readyCart, key });
        expect(short(first)).to.equal("201 ready_for_payment");
        expect((await traceOf(database, first.json.id ?? "")).reasons).to.deep.equal(["created"]);

        aws.answers("TransactWriteItems", conflict);
        const second = await ask(manager, update, { id: first.json.id ?? "", body: {} });
        expect(short(second)).to.equal("409 version_conflict");
        expect(second.headers).to.have.property("retry-after");
    });

    it("refuse every client while the keys cannot be read, and allow them as soon as they can", async () => {
        aws.answers("GetSecretValue", () => new Refusal("InternalServiceErrorException", 500));
        const locked = await start("manage");
        const refused = await ask(locked, create, { body: readyCart });
        expect(short(refused)).to.equal("503 service_unavailable");
        expect(refused.headers).to.have.property("retry-after");
        expect(aws.inputs("TransactWriteItems")).to.deep.equal([]);

        aws.answers("GetSecretValue", secret);
        let answer = refused;
        // They are read again at most once a second.
        while (answer.status === 503) answer = await ask(locked, create, { body: readyCart });
        expect(short(answer)).to.equal("201 ready_for_payment");
        await locked.stop();
    });

    // ----- who asks

    describe("of a caller that signs", () => {
        const body = JSON.stringify(readyCart);
        const now = () => new Date().toISOString();
        const signatureOf = (timestamp: string, text = body, key = signingSecret) =>
            createHmac("sha256", key).update(`${timestamp}.${text}`).digest("base64url");
        const signed = (timestamp: string, signature: string) => ({
            authorization: "Bearer key-of-signer",
            timestamp,
            signature,
        });
        const post = (headers: Readonly<Record<string, string>>, text = body) =>
            ask(manager, create, { body: text, headers });

        it("accept a signed request, also one of a few minutes ago", async () => {
            for (const minutes of [0, -4, 4]) {
                const timestamp = new Date(Date.now() + minutes * 60_000).toISOString();
                const answer = await post(signed(timestamp, signatureOf(timestamp)));
                expect(short(answer), `${minutes} minutes`).to.equal("201 ready_for_payment");
            }
        });

        it("accept a GET that is signed with an empty body", async () => {
            const timestamp = now();
            const { json } = await post(signed(timestamp, signatureOf(timestamp)));
            const headers = signed(timestamp, signatureOf(timestamp, ""));

            expect(short(await ask(manager, read, { id: json.id ?? "", headers }))).to.equal("200 ready_for_payment");
        });

        const early = new Date(Date.now() + 3_600_000).toISOString();
        const late = new Date(Date.now() - 400_000).toISOString();
        const today = now();
        const refused: [what: string, headers: Readonly<Record<string, string>>, text?: string][] = [
            ["no signature", { authorization: "Bearer key-of-signer" }],
            ["no timestamp", { authorization: "Bearer key-of-signer", signature: signatureOf(today) }],
            ["another secret's signature", signed(today, signatureOf(today, body, "another"))],
            ["another body's signature", signed(today, signatureOf(today)), `${body} `],
            ["another time's signature", signed(today, signatureOf(late))],
            ["an old signature", signed(late, signatureOf(late))],
            ["a signature from the future", signed(early, signatureOf(early))],
            ["a timestamp that is none", signed("today", signatureOf("today"))],
            ["an empty signature", signed(today, "")],
        ];
        for (const [what, headers, text] of refused) {
            it(`refuse ${what}`, async () => {
                const answer = await post(headers, text);

                expect(short(answer)).to.equal("401 invalid_signature");
                expect(aws.inputs("TransactWriteItems")).to.deep.equal([]);
            });
        }

        it("and ignore signatures of other callers", async () => {
            const answer = await post({ timestamp: late, signature: "nonsense" });
            expect(short(answer)).to.equal("201 ready_for_payment");
        });
    });

    // ----- what the operator reads

    describe("log", () => {
        const attribution = { provider: "partner", token: "attribution-secret" };
        const session = {
            ...readyCart,
            order_notes: "Leave it with Mrs Smith",
            affiliate_attribution: attribution,
            metadata: { note: "private words" },
        };
        const linesOf = (callback: Callback) => callback.log.splice(0);

        it("one line for each request, by which it and its session are found", async () => {
            const key = randomUUID();
            const first = await ask(manager, create, { body: session, key });
            const id = first.json.id ?? "";
            expect(linesOf(manager)).to.have.length(1);
            const asked: [callback: Callback, route: string, asking: CallbackAsking][] = [
                [manager, read, {}],
                [manager, update, { body: {}, key }],
                [manager, update, { body: {}, key }],
                [manager, update, { body: { order_notes: "another" }, key }],
                [manager, update, { body: { fulfillment_groups: [{ id: "g", item_ids: ["no such line"] }] } }],
                [manager, update, { body: "{" }],
                [manager, read, { headers: { "api-version": "2020-01-01" } }],
                [manager, read, { headers: { authorization: "Bearer unknown" } }],
                [manager, versions, {}],
                [manager, version, { path: { version: "1" } }],
                [manager, version, { path: { version: "77" } }],
                [completer, complete, { body: payingWith("spt_declined") }],
                [completer, complete, { body: payingWith("spt_success"), key }],
                [completer, complete, { body: payingWith("spt_success"), key }],
                [completer, complete, { body: payingWith("spt_success") }],
                [manager, cancel, {}],
            ];
            for (const [callback, route, asking] of asked) {
                const { status } = await ask(callback, route, { id, ...asking });
                const [line, ...more] = linesOf(callback);
                expect(more, `${route} ${status}`).to.deep.equal([]);
                expect(line, `${route} ${status}`).to.include({
                    level: "info",
                    correlationId: "trace-1",
                    sessionId: id,
                });
            }
        });

        it("metrics of paid checkouts, declined ones and unanswered requests to the provider", async () => {
            const figures = { in: "Commerce/Business by function-under-test", SessionsCompleted: 0 };
            for (const [token, counted] of [
                ["spt_success", { SessionsCompleted: 1, PaymentsDeclined: 0, PaymentsUnanswered: 0 }],
                ["spt_declined", { PaymentsDeclined: 1, PaymentsUnanswered: 0 }],
                ["spt_timeout", { PaymentsDeclined: 0, PaymentsUnanswered: 1 }],
            ] as const) {
                const id = await created();
                linesOf(completer);
                await ask(completer, complete, { id, body: payingWith(token) });
                expect(figuresIn(linesOf(completer)), token).to.deep.equal([{ ...figures, ...counted }]);
            }
        });

        it("metrics of requests that the provider refuses", async () => {
            const id = await created();
            linesOf(completer);
            await ask(completer, complete, { id, body: payingWith("spt_misrequested") });

            const counted = { in: "Commerce/Business by function-under-test", PaymentRequestsRefused: 1 };
            expect(figuresIn(linesOf(completer))).to.deep.equal([counted]);
        });

        it("why a request is refused, in our own words", async () => {
            const id = await created();
            linesOf(manager);
            await ask(manager, update, {
                id,
                body: {
                    selected_fulfillment_options: [{ type: "digital", option_id: "digital", item_ids: ["Mr Brown"] }],
                },
            });

            const [line] = linesOf(manager);
            expect(line).to.include({
                message: "Checkout request refused",
                status: 400,
                code: "invalid",
                param: "$.selected_fulfillment_options[0].item_ids[0]",
            });
            expect(JSON.stringify(line)).not.to.contain("Brown");
        });

        it("no person, no secret and no key", async () => {
            const key = "idempotency-key-in-person";
            const lines: LogLine[] = [];
            for (const token of ["spt_declined", "spt_timeout", "spt_success"]) {
                const { json } = await ask(manager, create, { body: session });
                const id = json.id ?? "";
                const person = { email: "mary@example.org", full_name: "Mary Major" };
                await ask(manager, update, { id, body: { buyer: person }, key });
                const body: CompleteRequest = payingWith(token, { affiliate_attribution: attribution });
                await ask(completer, complete, { id, body, key });
                await ask(completer, complete, { id, body: { ...body, order_notes: "Mrs Smith" }, key });
                await ask(manager, cancel, {
                    id,
                    body: { intent_trace: { reason_code: "other", trace_summary: "Mary" } },
                });
                lines.push(...linesOf(manager), ...linesOf(completer));
            }

            expect(lines.length).to.be.greaterThan(10);
            expect(JSON.stringify(lines)).not.to.match(
                /Jo\b|Mary|Major|Smith|jo@|mary@|Main Street|94131|spt_|attribution-secret|private words|key-of-|in-person/,
            );
        });
    });

    // ----- clients that do not come back

    describe("of a completion whose client does not come back", () => {
        const settler = startedCallback(aws, "checkoutSessions/settle");
        const settlement = (id: string, of = 2) =>
            sqsRecord("m-1", { sessionId: id, version: of }, { correlationId: "trace-2" });
        const settle = (...records: object[]) => settler.invoke({ Records: records });
        const settled = { batchItemFailures: [] };
        const toComeAgain = { batchItemFailures: [{ itemIdentifier: "m-1" }] };

        it("are finished once by the settlement, and the client finds its answer later", async () => {
            const id = await created();
            const asking = { id, body: payingWith("spt_timeout"), key: randomUUID() };
            expect(short(await ask(completer, complete, asking))).to.equal("503 service_unavailable");

            const results = await Promise.all([1, 2, 3].map(() => settle(settlement(id))));

            expect(results).to.deep.include(settled);
            expect(await settle(settlement(id))).to.deep.equal(settled);
            expect(settler.log.find(({ level }) => level === "warn")).to.include({
                sessionId: id,
                correlationId: "trace-2",
            });
            expect(short(await ask(manager, read, { id }))).to.equal("200 completed");
            const answer = await ask(completer, complete, asking);
            expect(short(answer)).to.equal("200 completed");
            expect(answer.headers["idempotent-replayed"]).to.equal("true");
            await expectSound(database, id);
            expect((await traceOf(database, id)).reasons).to.deep.equal(["created", "completion_begun", "completed"]);
        });

        it("are left alone when they have ended by themselves", async () => {
            const id = await created();
            await ask(completer, complete, { id, body: payingWith("spt_declined") });

            expect(await settle(settlement(id))).to.deep.equal(settled);

            expect((await traceOf(database, id)).reasons).to.have.length(3);
        });

        it("are retried later when DynamoDB is unavailable, and nothing is lost", async () => {
            const id = await created();
            const asking = { id, body: payingWith("spt_timeout"), key: randomUUID() };
            await ask(completer, complete, asking);
            aws.answers("TransactWriteItems", () => new Refusal("AccessDeniedException"));
            // A lease that is over at once, as when its function has timed out.
            const inTime = { remainingMs: -2000 };
            const failed = await settler.invoke({ Records: [settlement(id)] }, inTime);
            expect(failed).to.deep.equal(toComeAgain);
            expect(settler.text()).to.contain("AccessDeniedException");
            reset();

            expect(await settle(settlement(id))).to.deep.equal(settled);
            await expectSound(database, id);
        });

        it("are left to a process that may still be working on it: the message is retried", async () => {
            const id = await created();
            const held = Promise.withResolvers<undefined>();
            const charging = Promise.withResolvers<void>();
            aws.answers("PutItem", () => {
                charging.resolve();
                return held.promise;
            });
            const completing = ask(completer, complete, { id, body: payingWith("spt_success") });
            await charging.promise;

            expect(await settle(settlement(id))).to.deep.equal(toComeAgain);
            held.resolve(undefined);

            expect(short(await completing)).to.equal("200 completed");
            expect(await settle(settlement(id))).to.deep.equal(settled);
            await expectSound(database, id);
        });

        for (const [what, body] of [
            ["is not JSON", "{"],
            ["names no session", { version: 2 }],
            ["names no version", { sessionId: "cs_1" }],
        ] as const) {
            it(`do not stop at a message that ${what}`, async () => {
                const id = await created();
                await ask(completer, complete, { id, body: payingWith("spt_timeout") });
                const poison = sqsRecord("m-poison", body, {});

                expect(await settle(poison, settlement(id))).to.deep.equal({
                    batchItemFailures: [{ itemIdentifier: "m-poison" }],
                });
                expect(short(await ask(manager, read, { id }))).to.equal("200 completed");
            });
        }
    });
});
