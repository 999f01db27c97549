import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import { cert, key } from "../../bench/functions/certificate.ts";
import type { StoredDelivery } from "../../runtime/webhookFanout/delivery/delivery.ts";
import { Sealing } from "../../runtime/webhookFanout/endpoints/sealing.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import {
    deliveryItem,
    endpointItem,
    masterKeys,
    outboundEvent,
    owner,
    takeBatches,
    wakeUpsIn,
} from "./support/outbound.ts";
import { type Asking, callRoute } from "./support/routes.ts";
import { Callback, started, startedAws, startedCallback } from "./support/started.ts";

const day = 24 * 60 * 60_000;
const url = "http://127.0.0.1:9999/hooks";

const otherKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });

describe("endpoints: the API of webhook endpoints", () => {
    const database = started(new Database());
    const aws = startedAws(database, (own) => {
        own.answers("GetSecretValue", () => ({ SecretString: masterKeys }));
        takeBatches(own);
    });
    const endpoints = startedCallback(aws, "webhookFanout/endpoints", { ACP_VERSIONS: "2026-01-30,2026-04-17" });
    beforeEach(() => database.clear("endpoints", "deliveries", "attempts"));

    const call = (routeKey: string, asking: Asking = {}) => callRoute(endpoints, routeKey, { ...owner, ...asking });
    const create = (body: object = {}, options: Asking = {}) =>
        call("POST /webhook_endpoints", { body: { url, ...body }, ...options });
    const about = (action: string, id: string, options: Asking = {}) =>
        call(action.replace(" ", " /webhook_endpoints/{id}"), {
            ...options,
            parameters: { id, ...options.parameters },
        });
    const registered = async (body: object = {}, options: Asking = {}): Promise<string> =>
        (await create(body, options)).json.endpoint.id;
    const item = async (id: string, tenantId = "shop") =>
        (await database.get("endpoints", { tenantId, endpointId: id })) ?? {};
    const sealed = async (id: string) => {
        const { secrets } = await item(id);
        return secrets as { scheme: string; sealed: string; expiresAt?: string }[];
    };
    const put = async (...deliveries: readonly StoredDelivery[]) => {
        await database.putAll("deliveries", deliveries);
    };
    const shown = (id: string, deliveryId: string) =>
        about("GET /deliveries/{deliveryId}", id, { parameters: { deliveryId } });
    const resend = (id: string, deliveryId: string) =>
        about("POST /deliveries/{deliveryId}/resend", id, { parameters: { deliveryId } });
    /** The ids of an endpoint's deliveries, page by page. */
    async function pagesOf(id: string, limit: string): Promise<string[][]> {
        const pages: string[][] = [];
        for (let after: string | undefined = ""; after !== undefined; ) {
            const { json } = await about("GET /deliveries", id, { query: { limit, ...(after && { after }) } });
            pages.push(json.deliveries.map((delivery: { id: string }) => delivery.id));
            after = json.next;
        }
        return pages;
    }
    const pointers = (json: { errors?: { pointer: string }[] }) => json.errors?.map(({ pointer }) => pointer);

    describe("registering", () => {
        it("answers with the endpoint and, this once, its secret", async () => {
            const { statusCode, headers, json } = await create({
                eventTypes: ["order.*", "order_create"],
                description: "Shop",
                headers: { Authorization: "Bearer token-of-the-receiver" },
                rate: 5,
                concurrency: 2,
                ordered: true,
            });

            const { id, createdAt, ...endpoint } = json.endpoint;
            expect(statusCode).to.equal(201);
            expect(id).to.match(/^ep_[0-9a-f-]{36}$/);
            expect(headers).to.include({ location: `/webhook_endpoints/${id}`, "cache-control": "no-store" });
            expect(json.secret).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
            expect(Date.parse(createdAt)).to.be.closeTo(Date.now(), 60_000);
            expect(endpoint).to.deep.equal({
                kind: "standard",
                url,
                description: "Shop",
                eventTypes: ["order.*", "order_create"],
                headerNames: ["Authorization"],
                rate: 5,
                concurrency: 2,
                ordered: true,
                status: "enabled",
                secrets: [{ scheme: "v1" }],
                updatedAt: createdAt,
            });
            const { json: again, body } = await about("GET ", id);
            expect(again).to.deep.equal(json.endpoint);
            expect(body).not.to.contain("token-of-the-receiver").and.not.to.contain("whsec_");
            expect(JSON.stringify(await database.all("endpoints"))).not.to.contain("token-of-the-receiver");
        });

        const roleArn = "arn:aws:iam::111111111111:role/commerce-webhooks-events";
        const queue = { type: "sqs", queueArn: "arn:aws:sqs:eu-west-1:111111111111:events", roleArn };
        const bus = {
            type: "eventbridge",
            busArn: "arn:aws:events:eu-west-1:111111111111:event-bus/shop",
            roleArn,
        };

        it("takes a queue or bus of the owner's account in place of a URL, and tells the external id", async () => {
            for (const destination of [queue, bus]) {
                const { statusCode, json } = await create({ url: undefined, destination });
                expect(statusCode).to.equal(201);
                expect(json.endpoint.destination).to.deep.equal({ ...destination, externalId: json.endpoint.id });
                expect(json.endpoint).not.to.have.property("url");
            }
        });

        it("takes schedule, time-out, payload, retention and credentials, whose secrets it encrypts", async () => {
            const auth = { type: "oauth2", tokenUrl: url, clientId: "shop", clientSecret: "the client's secret" };
            const options = { schedule: "brief", timeoutSeconds: 30, payload: "thin", retentionDays: 3 };
            const { json, body } = await create({ ...options, auth });
            const schedule = [5, 30, 300];
            const shown = { type: "oauth2", tokenUrl: url, clientId: "shop" };
            expect(json.endpoint).to.deep.include({ ...options, schedule, auth: shown });
            const mtls = { type: "mtls", certificate: cert, key };
            const changed = await about("PATCH ", json.endpoint.id, { body: { auth: mtls, schedule: [7] } });
            expect(changed.json.auth).to.include({ type: "mtls", subject: "CN=receiver.test" });
            const stored = JSON.stringify(await database.all("endpoints"));
            for (const text of [body, changed.body, stored])
                expect(text).not.to.contain("the client's secret").and.not.to.contain("PRIVATE KEY");
            const without = await about("PATCH ", json.endpoint.id, { body: { auth: null } });
            expect(without.json)
                .to.deep.include({ schedule: [7] })
                .and.not.to.have.property("auth");
            expect(JSON.stringify(await database.all("endpoints"))).not.to.contain("sealedAuth");
        });

        const other = "arn:aws:iam::222222222222:role/commerce-webhooks-events";
        const oauth2 = { type: "oauth2", clientId: "a", clientSecret: "b" };
        for (const [what, over, named] of [
            ["neither a URL nor a destination", { url: undefined }, ["/url"]],
            ["both", { destination: queue }, ["/url"]],
            [
                "a destination of another kind",
                { url: undefined, destination: { ...queue, type: "sns" } },
                ["/destination/type"],
            ],
            [
                "a bus that is a queue",
                { url: undefined, destination: { ...queue, type: "eventbridge" } },
                ["/destination/busArn", "/destination/queueArn"],
            ],
            [
                "a queue's URL",
                { url: undefined, destination: { ...queue, queueArn: "https://sqs.internal/1/a" } },
                ["/destination/queueArn"],
            ],
            [
                "a region with a host",
                { url: undefined, destination: { ...queue, queueArn: "arn:aws:sqs:evil.example/-1:111111111111:a" } },
                ["/destination/queueArn"],
            ],
            [
                "another role",
                { url: undefined, destination: { ...queue, roleArn: "arn:aws:iam::111111111111:role/admin" } },
                ["/destination/roleArn"],
            ],
            [
                "a role of another account",
                { url: undefined, destination: { ...queue, roleArn: other } },
                ["/destination/roleArn"],
            ],
            ["headers for a queue", { url: undefined, destination: queue, headers: { "x-a": "b" } }, ["/headers"]],
            ["a private token URL", { auth: { ...oauth2, tokenUrl: "https://169.254.169.254/" } }, ["/auth/tokenUrl"]],
            [
                "a header that auth sets",
                { auth: { type: "basic", username: "a", password: "b" }, headers: { Authorization: "x" } },
                ["/headers/Authorization"],
            ],
            [
                "a user name with a colon",
                { auth: { type: "basic", username: "a:b", password: "b" } },
                ["/auth/username"],
            ],
            [
                "a key of another certificate",
                { auth: { type: "mtls", certificate: cert, key: otherKey } },
                ["/auth/key"],
            ],
            ["a certificate that is none", { auth: { type: "mtls", certificate: "x", key } }, ["/auth"]],
            ["an unknown schedule", { schedule: "never" }, ["/schedule"]],
            ["a schedule of months", { schedule: Array.from({ length: 20 }, () => 86_400) }, ["/schedule"]],
            [
                "a retention below the schedule",
                { schedule: [86_400, 86_400, 86_400], retentionDays: 3 },
                ["/retentionDays"],
            ],
            ["a long time-out", { timeoutSeconds: 31 }, ["/timeoutSeconds"]],
            ["a thin payload of the protocol", { kind: "acp", payload: "thin" }, ["/payload"]],
            ["a queue for the protocol", { kind: "acp", url: undefined, destination: queue }, ["/destination"]],
        ] as const)
            it(`refuses ${what}`, async () => {
                const { statusCode, json } = await create({ ...over });
                expect([statusCode, pointers(json)]).to.deep.equal([400, [...named]]);
            });

        it("subscribes to all event types of the kind by default", async () => {
            const { json } = await create({ kind: "acp" });

            expect(json.endpoint).to.include({ kind: "acp", concurrency: 10, ordered: false });
            expect(json.endpoint.eventTypes).to.deep.equal(["*"]);
        });

        it("pins a version of the protocol, which can be changed and removed", async () => {
            const { json } = await create({ kind: "acp", api_version: "2026-01-30" });
            expect(json.endpoint.api_version).to.equal("2026-01-30");
            const { id } = json.endpoint;
            for (const [api_version, kept] of [
                ["2026-04-17", "2026-04-17"],
                [undefined, "2026-04-17"],
                [null, undefined],
                ["2026-01-30", "2026-01-30"],
            ]) {
                const changed = await about("PATCH ", id, { body: { api_version } });
                expect([changed.statusCode, changed.json.api_version]).to.deep.equal([200, kept]);
                expect((await about("GET ", id)).json.api_version).to.equal(kept);
            }
            expect((await create({ kind: "acp" })).json.endpoint).not.to.have.property("api_version");
        });

        it("refuses to pin a version that the stack does not serve, and names those that it does", async () => {
            const id = await registered({ kind: "acp", api_version: "2026-01-30" });
            const detail = "is not supported, must be one of 2026-04-17, 2026-01-30";
            for (const api_version of ["2025-09-29", "2026-01-22", "unreleased", ""]) {
                for (const { statusCode, json } of [
                    await create({ kind: "acp", api_version }),
                    await about("PATCH ", id, { body: { api_version } }),
                ])
                    expect([statusCode, json.errors]).to.deep.equal([400, [{ pointer: "/api_version", detail }]]);
            }
            expect((await about("GET ", id)).json.api_version).to.equal("2026-01-30");
        });

        it("refuses to pin a version for an endpoint of another kind", async () => {
            const id = await registered();
            for (const { statusCode, json } of [
                await create({ api_version: "2026-04-17" }),
                await about("PATCH ", id, { body: { api_version: "2026-04-17" } }),
            ])
                expect([statusCode, pointers(json)]).to.deep.equal([400, ["/api_version"]]);
        });

        it("seals the secret, for this endpoint", async () => {
            const { json } = await create();
            const [secret] = await sealed(json.endpoint.id);
            const sealing = await Sealing.from(async () => masterKeys);

            expect(JSON.stringify(await database.all("endpoints"))).not.to.contain(json.secret.slice(6));
            expect(await sealing.open(secret?.sealed ?? "", json.endpoint.id)).to.equal(json.secret);
            expect(endpoints.text()).not.to.contain("whsec_");
        });

        it("answers with the public key only for a v1a secret, which can be read again", async () => {
            const { json, body } = await create({ scheme: "v1a" });

            expect(json).to.have.all.keys("endpoint", "publicKey");
            expect(json.publicKey).to.match(/^whpk_[A-Za-z0-9+/]{43}=$/);
            expect(body).not.to.contain("whsk_");
            const { json: read } = await about("GET ", json.endpoint.id);
            expect(read.secrets).to.deep.equal([{ scheme: "v1a", publicKey: json.publicKey }]);
        });

        it("accepts an existing secret", async () => {
            const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;

            expect((await create({ secret })).json.secret).to.equal(secret);
            expect((await create({ kind: "acp", secret: "shared-with-the-platform" })).statusCode).to.equal(201);
        });

        const refusals: [what: string, body: object, pointers: string[]][] = [
            ["no URL", { url: undefined }, ["/url"]],
            ["what is no URL", { url: "nowhere" }, ["/url"]],
            ["an unknown member", { secrets: [] }, ["/secrets"]],
            ["another kind", { kind: "soap" }, ["/kind"]],
            ["a version that is no text", { kind: "acp", api_version: 20260417 }, ["/api_version"]],
            ["an event that there is not", { eventTypes: ["order.*", "order.exploded"] }, ["/eventTypes/1"]],
            ["a wildcard within a word", { eventTypes: ["order*"] }, ["/eventTypes/0"]],
            ["no event at all", { eventTypes: [] }, ["/eventTypes"]],
            ["a filter without anything", { filter: {} }, ["/filter"]],
            ["a filter of the envelope", { filter: { detail: { total: [1] } } }, ["/filter/detail"]],
            [
                "an alternative of a filter that nothing matches",
                { filter: { $or: [{ type: ["a"] }, { id: ["b"] }] } },
                ["/filter/$or/1/id"],
            ],
            ["a value of a filter without a list", { filter: { data: { country: "DE" } } }, ["/filter/data/country"]],
            [
                "an operator that EventBridge has not",
                { filter: { data: { total: [1, { above: 5 }] } } },
                ["/filter/data/total/1/above"],
            ],
            [
                "a filter that is lost when it is stored",
                { filter: JSON.parse('{"data":{"__proto__":["x"]}}') },
                ["/filter/data/__proto__"],
            ],
            ["a filter over a constructor", { filter: { data: { constructor: ["x"] } } }, ["/filter/data/constructor"]],
            ...["12345678901234567890", "1e200", "9007199254740993", "1e-200"].map(
                (number): [string, object, string[]] => [
                    `a filter with the number ${number}`,
                    { filter: JSON.parse(`{"$or":[{"data":{"total":[1,{"numeric":["=",${number}]}]}}]}`) },
                    ["/filter/$or/0/data/total/1/numeric/1"],
                ],
            ),
            ["a filter longer than EventBridge's", { filter: { type: ["x".repeat(4096)] } }, ["/filter"]],
            [
                "event types that the protocol does not have",
                { kind: "acp", eventTypes: ["order.*"] },
                ["/eventTypes/0"],
            ],
            ["a host", { headers: { Host: "internal" } }, ["/headers/Host"]],
            ["a length", { headers: { "content-length": "1" } }, ["/headers/content-length"]],
            ["a signature", { headers: { "Webhook-Signature": "v1,forged" } }, ["/headers/Webhook-Signature"]],
            ["the protocol's signature", { headers: { "merchant-signature": "t=1" } }, ["/headers/merchant-signature"]],
            ["a header's name with a space", { headers: { "X Shop": "1" } }, ["/headers/X Shop"]],
            ["a header twice", { headers: { "X-Shop": "1", "x-shop": "2" } }, ["/headers/x-shop"]],
            ["a value of two lines", { headers: { "X-Shop": "1\r\nX-Other: 2" } }, ["/headers/X-Shop"]],
            ["a value with an accent", { headers: { "X-Shop": "Zoë" } }, ["/headers/X-Shop"]],
            ["no concurrency", { concurrency: 0 }, ["/concurrency"]],
            ["half a delivery a second", { rate: 0.5 }, ["/rate"]],
            ["a signature that the protocol has not", { kind: "acp", scheme: "v1a" }, ["/scheme"]],
            ["a short secret", { secret: "whsec_c2hvcnQtc2VjcmV0" }, ["/secret"]],
            ["a secret in another form", { secret: "not-a-standard-secret" }, ["/secret"]],
            ["a secret of one's own for v1a", { scheme: "v1a", secret: `whsec_${"A".repeat(32)}` }, ["/secret"]],
            ["several faults", { url: "nowhere", rate: 0, concurrency: "2" }, ["/rate", "/concurrency"]],
            [
                "faults that the schema does not know",
                { url: "ftp://a.example", headers: { te: "1" } },
                ["/url", "/headers/te"],
            ],
        ];
        for (const [what, body, expected] of refusals) {
            it(`refuses ${what}, with its pointer`, async () => {
                const { statusCode, headers, json } = await create(body);

                expect(statusCode).to.equal(400);
                expect(headers["content-type"]).to.equal("application/problem+json");
                expect(pointers(json)).to.have.members(expected);
                expect(await database.all("endpoints")).to.deep.equal([]);
            });
        }

        it("refuses a body that is not JSON, has another type or more than 64 KiB", async () => {
            const body = JSON.stringify({ url });
            const statuses = await Promise.all([
                call("POST /webhook_endpoints", { body: "{" }),
                call("POST /webhook_endpoints", { body, headers: { "content-type": "text/plain" } }),
                create({ description: "x".repeat(70_000) }),
                call("POST /webhook_endpoints"),
            ]);

            expect(statuses.map(({ statusCode }) => statusCode)).to.deep.equal([400, 415, 413, 400]);
        });

        it("and all other writes are retried while another transaction is in the way", async () => {
            const once = (action: string, code: string, details: object) => {
                const refusals = [new Refusal(code, 400, { ...details })];
                aws.answers(action, () => refusals.pop());
            };
            const conflict = { CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }] };
            once("TransactWriteItems", "TransactionCanceledException", conflict);
            const { statusCode, json } = await create();
            expect(statusCode, JSON.stringify(json)).to.equal(201);
            once("UpdateItem", "TransactionConflictException", {});
            const { id } = json.endpoint;
            expect((await about("POST /disable", id)).statusCode).to.equal(200);
            once("TransactWriteItems", "TransactionCanceledException", conflict);
            expect((await about("DELETE ", id)).statusCode).to.equal(204);
        });

        it("refuses the twenty-first endpoint, also when they come at the same time, and takes it once one is gone", async () => {
            const answers = await Promise.all(Array.from({ length: 24 }, () => createPatiently()));
            const created = answers.filter(({ statusCode }) => statusCode === 201);

            expect(created).to.have.length(20);
            expect(new Set(answers.map(({ statusCode }) => statusCode))).to.deep.equal(new Set([201, 409]));
            expect((await create({}, { caller: "another" })).statusCode).to.equal(201);
            await about("DELETE ", created[0]?.json.endpoint.id);
            expect((await create()).statusCode).to.equal(201);
            expect((await create()).statusCode).to.equal(409);
        });

        /** Transactions that meet are refused with 503 and may be sent again. */
        async function createPatiently(): ReturnType<typeof create> {
            const answer = await create();
            return answer.statusCode === 503 ? await createPatiently() : answer;
        }
    });

    describe("registering with an Idempotency-Key", () => {
        const headers = { "idempotency-key": "key-1" };

        it("registers once and answers the same again, with the secret", async () => {
            const [first, second] = await Promise.all([create({}, { headers }), create({}, { headers })]);
            const third = await create({}, { headers });

            expect([first.statusCode, second.statusCode, third.statusCode]).to.deep.equal([201, 201, 201]);
            expect(second.json).to.deep.equal(first.json);
            expect(third.json).to.deep.equal(first.json);
            expect((await call("GET /webhook_endpoints")).json.endpoints).to.have.length(1);
        });

        it("answers the same public key again", async () => {
            const [first, second] = [
                await create({ scheme: "v1a" }, { headers }),
                await create({ scheme: "v1a" }, { headers }),
            ];

            expect(second.json).to.deep.equal(first.json);
        });

        it("refuses another body", async () => {
            await create({}, { headers });

            expect((await create({ rate: 1 }, { headers })).statusCode).to.equal(422);
        });

        it("answers without the secret after the endpoint was changed", async () => {
            const { json } = await create({}, { headers });
            await about("POST /rotate", json.endpoint.id);

            const { statusCode, body } = await create({}, { headers });

            expect(statusCode).to.equal(409);
            expect(body).to.contain(json.endpoint.id).and.not.to.contain("whsec_");
        });

        it("answers without the secret after a day", async () => {
            const { json } = await create({}, { headers });
            const then = new Date(Date.now() - day - 1000).toISOString();
            await database.put("endpoints", { ...(await item(json.endpoint.id)), createdAt: then, updatedAt: then });

            expect((await create({}, { headers })).statusCode).to.equal(409);
        });

        it("registers another endpoint after the first is deleted, without the deliveries of the first", async () => {
            const first = await registered({}, { headers });
            expect((await about("DELETE ", first)).statusCode).to.equal(204);
            const second = await registered({ url: `${url}/new` }, { headers });

            expect(second).not.to.equal(first);
            expect((await call("GET /webhook_endpoints")).json.endpoints).to.have.length(1);
            expect((await about("GET ", first)).statusCode).to.equal(404);
            expect((await about("DELETE ", second)).statusCode).to.equal(204);
            // Nothing is left of either but the count.
            expect((await database.all("endpoints")).map(({ endpointId }) => endpointId)).to.deep.equal(["count"]);
        });

        it("keeps the keys of callers apart", async () => {
            const [one, other] = [
                await registered({}, { headers }),
                await registered({}, { headers, caller: "agent" }),
            ];

            expect(one).not.to.equal(other);
        });

        it("refuses an invalid key", async () => {
            expect((await create({}, { headers: { "idempotency-key": "two words" } })).statusCode).to.equal(400);
        });
    });

    describe("where only addresses of the internet are allowed", () => {
        const strict = startedCallback(aws, "webhookFanout/endpoints", { ALLOWED_ADDRESSES: "" });
        const asked = async (route: string, url: string, id = "") => {
            return callRoute(strict, route, { ...owner, id, body: { url } });
        };

        for (const place of ["http://127.0.0.1:9999/hooks", "http://example.com/hooks", "https://localhost/"]) {
            it(`refuses ${place}, for a change as well, and says why`, async () => {
                const id = await registered();
                for (const route of ["POST /webhook_endpoints", "PATCH /webhook_endpoints/{id}"]) {
                    const { statusCode, body } = await asked(route, place, id);

                    expect(statusCode, route).to.equal(400);
                    expect(pointers(JSON.parse(body)), route).to.deep.equal(["/url"]);
                }
            });
        }

        it("takes an address of the internet, also in its newer form", async () => {
            for (const url of ["https://203.0.114.1/hooks", "https://[2606:4700:4700::1111]/hooks"]) {
                expect(await asked("POST /webhook_endpoints", url), url).to.include({ statusCode: 201 });
            }
        });
    });

    describe("tenants", () => {
        const routes: [route: string, body?: object][] = [
            ["GET "],
            ["PATCH ", { rate: 1 }],
            ["DELETE "],
            ["POST /enable"],
            ["POST /disable"],
            ["POST /rotate"],
            ["POST /test"],
            ["GET /deliveries"],
            ["GET /deliveries/{deliveryId}"],
            ["POST /deliveries/{deliveryId}/resend"],
            ["POST /replay", { since: new Date().toISOString() }],
        ];
        for (const [route, body] of routes) {
            it(`cannot read each other's endpoints: ${route}`, async () => {
                const id = await registered();
                await put(deliveryItem({ endpointId: id, deliveryId: "evt_1" }));
                const before = await Promise.all([database.all("endpoints"), database.all("deliveries")]);

                const parameters = { deliveryId: "evt_1" };
                const strange = await about(route, id, { caller: "agent", body, parameters });
                const unknown = await about(route, id.replace(/.$/, "x"), { body, parameters });

                expect(strange.statusCode).to.equal(404);
                expect(unknown.statusCode).to.equal(404);
                expect(strange.json.detail).to.equal("the client has no such endpoint");
                expect(await Promise.all([database.all("endpoints"), database.all("deliveries")])).to.deep.equal(
                    before,
                );
                expect(wakeUpsIn(aws)).to.deep.equal([]);
            });
        }

        it("see their own endpoints alone, page by page", async () => {
            const own = [await registered(), await registered(), await registered()];
            await registered({}, { caller: "agent" });

            const first = (await call("GET /webhook_endpoints", { query: { limit: "2" } })).json;
            const second = (await call("GET /webhook_endpoints", { query: { limit: "2", after: first.next } })).json;

            expect(first.endpoints).to.have.length(2);
            expect(second).not.to.have.property("next");
            expect([...first.endpoints, ...second.endpoints].map(({ id }) => id)).to.have.members(own);
            for (const query of [{ limit: "0" }, { after: "" }, { after: "ep_1" }, { after: `${first.next}x` }])
                expect((await call("GET /webhook_endpoints", { query })).statusCode).to.equal(400);
        });

        it("cannot read the other items of the table", async () => {
            await registered();
            for (const route of ["GET ", "DELETE ", "POST /enable"]) {
                expect((await about(route, "count")).statusCode).to.equal(404);
            }
        });
    });

    describe("changing", () => {
        it("sets given members, removes null members, and leaves the rest", async () => {
            const id = await registered({ description: "Shop", rate: 5, headers: { "X-Shop": "1" } });

            const { statusCode, json } = await about("PATCH ", id, { body: { rate: null, concurrency: 3 } });

            expect(statusCode).to.equal(200);
            expect(json).to.include({ description: "Shop", concurrency: 3, url }).and.not.to.have.property("rate");
            expect(json.headerNames).to.deep.equal(["X-Shop"]);
            expect((await about("PATCH ", id, { body: { headers: {} } })).json.headerNames).to.deep.equal([]);
        });

        it("encrypts the headers of an endpoint of an older version, which are not", async () => {
            const older = endpointItem({ headers: { Authorization: "Bearer of-the-receiver" } });
            await database.put("endpoints", { ...older });
            const { json } = await about("PATCH ", older.endpointId, { body: { rate: 1 } });
            expect(json.headerNames).to.deep.equal(["Authorization"]);
            expect(JSON.stringify(await database.all("endpoints"))).not.to.contain("of-the-receiver");
        });

        it("reads null as absent where there is nothing to remove", async () => {
            const absent = { kind: null, description: null, eventTypes: null, headers: { "X-Shop": null }, rate: null };
            const id = await registered({ ...absent, concurrency: null, ordered: null, scheme: null, secret: null });

            const { statusCode, json } = await about("PATCH ", id, { body: { url: null, eventTypes: null } });

            expect(statusCode).to.equal(200);
            expect(json).to.deep.include({ url, kind: "standard", headerNames: [] });
            expect((await create({ url: null })).statusCode).to.equal(400);
        });

        it("refuses what registering refuses", async () => {
            const id = await registered({ kind: "acp" });
            const body = { eventTypes: ["inventory.*"], headers: { Host: "x" }, url: "nowhere" };

            const { statusCode, json } = await about("PATCH ", id, { body });

            expect(statusCode).to.equal(400);
            expect(pointers(json)).to.have.members(["/eventTypes/0", "/headers/Host", "/url"]);
            expect((await about("PATCH ", id, { body: { kind: "standard" } })).statusCode).to.equal(400);
        });

        it("keeps what the deliverer writes meanwhile", async () => {
            const id = await registered();
            await database.put("endpoints", {
                ...(await item(id)),
                failures: 3,
                failingSince: "2026-11-20T10:00:00.000Z",
            });

            expect((await about("PATCH ", id, { body: { rate: 1 } })).json).to.include({ failures: 3, rate: 1 });
        });

        it("disables, and enables with a failure count of zero", async () => {
            const id = await registered();

            expect((await about("POST /disable", id)).json).to.include({
                status: "disabled",
                disabledBecause: "owner",
            });
            const failing = {
                failures: 9,
                failingSince: "2026-11-20T10:00:00.000Z",
                failingSteadilySince: "2026-11-20T22:00:00.000Z",
            };
            await database.put("endpoints", { ...(await item(id)), disabledBecause: "failing", ...failing });
            const { json } = await about("POST /enable", id);

            expect(json).to.include({ status: "enabled" });
            expect(await item(id)).to.not.have.any.keys("disabledBecause", ...Object.keys(failing));
        });

        it("deletes", async () => {
            const id = await registered();

            const { statusCode, body } = await about("DELETE ", id);

            expect([statusCode, body]).to.deep.equal([204, undefined]);
            expect((await about("GET ", id)).statusCode).to.equal(404);
            expect((await about("DELETE ", id)).statusCode).to.equal(404);
            expect((await call("GET /webhook_endpoints")).json).to.deep.equal({ endpoints: [] });
        });
    });

    it("of a registered type of a client are subscribed to by name and by prefix, and by no endpoint of the protocol", async () => {
        await database.put("event-types", { catalogue: "own", type: "shipment.delayed", owner: "shop", schema: "{}" });
        expect((await create({ eventTypes: ["shipment.delayed"] })).statusCode).to.equal(201);
        expect((await create({ eventTypes: ["shipment.*", "order.*"] })).statusCode).to.equal(201);
        expect(pointers((await create({ eventTypes: ["shipment.lost"] })).json)).to.deep.equal(["/eventTypes/0"]);
        const protocol = await create({ kind: "acp", eventTypes: ["shipment.*"] });
        expect(pointers(protocol.json)).to.deep.equal(["/eventTypes/0"]);
        await database.clear("event-types");
    });

    describe("a filter", () => {
        const filter = { data: { country: ["DE", null], total: [{ numeric: [">", 5] }] } };

        it("is shown, changed and removed", async () => {
            const id = await registered({ filter });
            expect((await about("GET ", id)).json.filter).to.deep.equal(filter);
            const other = { type: [{ prefix: "order." }] };
            expect((await about("PATCH ", id, { body: { filter: other } })).json.filter).to.deep.equal(other);
            expect((await about("PATCH ", id, { body: { rate: 5 } })).json.filter).to.deep.equal(other);
            expect((await about("PATCH ", id, { body: { filter: null } })).json).not.to.have.property("filter");
            const refused = await about("PATCH ", id, { body: { filter: { data: { total: [{}] } } } });
            expect([refused.statusCode, pointers(refused.json)]).to.deep.equal([400, ["/filter/data/total/0"]]);
        });

        it("is tested with an event, and so is another one", async () => {
            const id = await registered({ filter, eventTypes: ["order.*"] });
            const tested = async (body: object) =>
                (await about("POST /filter_test", id, { body: { type: "order.received.v1", ...body } })).json;

            expect(await tested({ data: { country: "DE", total: 6 } })).to.deep.equal({
                matches: true,
                eventTypes: true,
                filter: true,
            });
            expect(await tested({ data: { country: null, total: 6 } })).to.include({ matches: true });
            expect(await tested({ data: { country: "FR", total: 6 } })).to.include({ matches: false, filter: false });
            expect(await tested({ type: "document.generated.v1", data: { country: "DE", total: 6 } })).to.include({
                matches: false,
                eventTypes: false,
                filter: true,
            });
            const french = { data: { country: ["FR"] } };
            expect(await tested({ data: { country: "FR" }, filter: french })).to.include({ matches: true });
            expect(await tested({ data: {}, filter: { id: ["x"] } })).to.deep.nested.include({
                "errors[0].pointer": "/filter/id",
            });
            expect((await about("POST /filter_test", id, { body: { data: {} } })).statusCode).to.equal(400);
            expect(await database.all("deliveries")).to.deep.equal([]);
        });

        it("sees an event of the protocol as it is delivered", async () => {
            const id = await registered({ kind: "acp", filter: { data: { payment: [{ exists: false }] } } });
            const body = { type: "order_create", data: { type: "order", payment: "secret" } };
            expect((await about("POST /filter_test", id, { body })).json).to.include({ matches: true });
        });
    });

    describe("rotating the secret", () => {
        it("answers with the new secret this once, and uses the old one for a day", async () => {
            const { json: before } = await create();
            const id = before.endpoint.id;

            const { statusCode, json } = await about("POST /rotate", id);

            expect(statusCode).to.equal(200);
            expect(json.secret)
                .to.match(/^whsec_/)
                .and.not.to.equal(before.secret);
            const [newest, older, ...others] = await sealed(id);
            const sealing = await Sealing.from(async () => masterKeys);
            expect(others).to.deep.equal([]);
            expect(await sealing.open(newest?.sealed ?? "", id)).to.equal(json.secret);
            expect(await sealing.open(older?.sealed ?? "", id)).to.equal(before.secret);
            expect(newest).not.to.have.property("expiresAt");
            expect(Date.parse(older?.expiresAt ?? "")).to.be.closeTo(Date.now() + day, 60_000);
            expect(json.endpoint.secrets).to.deep.equal([
                { scheme: "v1" },
                { scheme: "v1", expiresAt: older?.expiresAt },
            ]);
        });

        it("uses the old one for the requested time, up to seven days, or not at all", async () => {
            const id = await registered();
            await about("POST /rotate", id, { body: { overlapSeconds: 604_800 } });
            const [, older] = await sealed(id);
            expect(Date.parse(older?.expiresAt ?? "")).to.be.closeTo(Date.now() + 7 * day, 60_000);

            await about("POST /rotate", id, { body: { overlapSeconds: 0 } });
            expect(await sealed(id)).to.have.length(1);
            expect((await about("POST /rotate", id, { body: { overlapSeconds: 604_801 } })).statusCode).to.equal(400);
        });

        it("changes to another scheme, and keeps the scheme by default", async () => {
            const id = await registered();

            const { json } = await about("POST /rotate", id, { body: { scheme: "v1a" } });
            expect(json.publicKey).to.match(/^whpk_/);
            expect((await sealed(id)).map(({ scheme }) => scheme)).to.deep.equal(["v1a", "v1"]);
            expect((await about("POST /rotate", id)).json).to.have.property("publicKey");
        });

        it("refuses v1a for an endpoint of the protocol's kind", async () => {
            const id = await registered({ kind: "acp" });

            const { statusCode, json } = await about("POST /rotate", id, { body: { scheme: "v1a" } });

            expect([statusCode, pointers(json)]).to.deep.equal([400, ["/scheme"]]);
        });

        it("loses no secret when two rotate at the same time", async () => {
            const id = await registered();

            const answers = await Promise.all([about("POST /rotate", id), about("POST /rotate", id)]);

            const done = answers.filter(({ statusCode }) => statusCode === 200);
            expect(await sealed(id)).to.have.length(1 + done.length);
            for (const { statusCode } of answers) expect(statusCode).to.be.oneOf([200, 409]);
        });

        it("refuses more secrets than can be used", async () => {
            const id = await registered();
            for (let count = 1; count < 10; count += 1) {
                expect((await about("POST /rotate", id)).statusCode).to.equal(200);
            }

            expect((await about("POST /rotate", id)).statusCode).to.equal(409);
            expect((await about("POST /rotate", id, { body: { overlapSeconds: 0 } })).statusCode).to.equal(200);
        });
    });

    describe("the test event", () => {
        it("is sent to every endpoint, whatever its event types", async () => {
            const id = await registered({ eventTypes: ["order_create"] });

            const { statusCode, json } = await about("POST /test", id, { headers: { "x-correlation-id": "trace-1" } });

            expect(statusCode).to.equal(202);
            expect(json).to.include({
                endpointId: id,
                type: "webhook.test",
                status: "pending",
                correlationId: "trace-1",
            });
            const kept = await database.get("deliveries", { endpointId: id, deliveryId: `${json.id}#body` });
            expect(JSON.parse(String(kept?.["body"]))).to.deep.equal({
                id: json.id,
                type: "webhook.test",
                timestamp: json.occurredAt,
                data: { endpointId: id },
            });
            expect(wakeUpsIn(aws)).to.deep.equal([
                {
                    wakeUp: { tenantId: "shop", endpointId: id, deliveryId: json.id, attempt: 1 },
                    group: id,
                    correlationId: "trace-1",
                },
            ]);
        });

        it("is sent neither to a disabled endpoint nor to one of the protocol's kind", async () => {
            const [disabled, acp] = [await registered(), await registered({ kind: "acp" })];
            await about("POST /disable", disabled);

            expect((await about("POST /test", disabled)).statusCode).to.equal(409);
            expect((await about("POST /test", acp)).statusCode).to.equal(409);
            expect(wakeUpsIn(aws)).to.deep.equal([]);
        });
    });

    describe("deliveries", () => {
        const at = (ago: number) => new Date(Date.now() - ago).toISOString();
        const deliveryTo = (endpointId: string, deliveryId: string, over: Partial<StoredDelivery> = {}) =>
            deliveryItem({ endpointId, deliveryId, ...over });

        it("are listed with the newest event first, page by page, without their bodies", async () => {
            const id = await registered();
            await put(
                ...[3, 1, 5, 2, 4].map((hour) => deliveryTo(id, `evt_${hour}`, { occurredAt: at(hour * 3_600_000) })),
            );
            await put(deliveryTo("ep_other", "evt_9"));

            const pages = await pagesOf(id, "2");

            expect(pages).to.deep.equal([["evt_1", "evt_2"], ["evt_3", "evt_4"], ["evt_5"]]);
            const { json } = await about("GET /deliveries", id, { query: { limit: "1" } });
            expect(json.deliveries[0]).to.have.all.keys(
                ...["id", "endpointId", "type", "occurredAt", "status", "attempts", "nextAttemptAt", "correlationId"],
            );
        });

        it("are listed by their status", async () => {
            const id = await registered();
            for (const [index, status] of (["delivered", "exhausted", "delivered", "skipped"] as const).entries()) {
                await put(deliveryTo(id, `evt_${index}`, { status, occurredAt: at(index * 1000) }));
            }

            const { json } = await about("GET /deliveries", id, { query: { status: "delivered", limit: "1" } });
            const rest = await about("GET /deliveries", id, { query: { status: "delivered", after: json.next } });

            expect(json.deliveries.map((delivery: { id: string }) => delivery.id)).to.deep.equal(["evt_0"]);
            expect(rest.json.deliveries.map((delivery: { id: string }) => delivery.id)).to.deep.equal(["evt_2"]);
            expect(rest.json).not.to.have.property("next");
        });

        const position = (text: string) => Buffer.from(text).toString("base64url");
        const damaged = ["", "!", "YQ", `${position(`${at(0)} evt_1`)}!`, position(`${"x".repeat(24)} evt_1`)];
        const bad = [{ status: "lost" }, { limit: "101" }, { limit: "x" }, ...damaged.map((after) => ({ after }))];
        for (const query of bad) {
            it(`are not listed for ${JSON.stringify(query)}`, async () => {
                const id = await registered();

                expect((await about("GET /deliveries", id, { query: { ...query } })).statusCode).to.equal(400);
            });
        }

        it("have statistics by day, over all slots of the endpoint", async () => {
            const id = await registered();
            const today = new Date().toISOString().slice(0, 10).replaceAll("-", "");
            const counts = {
                [`d${today}attempts`]: 2,
                [`d${today}succeeded`]: 1,
                [`d${today}ms`]: 300,
                [`d${today}upTo1`]: 2,
            };
            for (const slot of [1, 2]) await database.put("capacity", { endpointId: id, slot, ...counts });
            const { statusCode, json } = await about("GET /stats", id);
            expect(statusCode).to.equal(200);
            expect(json.days).to.have.length(1);
            expect(json.days[0]).to.include({ attempts: 4, succeeded: 2, failed: 2, averageMs: 150 });
            expect(json.days[0].latency[1]).to.deep.equal({ upToMs: 500, attempts: 4 });
        });

        it("are shown with their body and every attempt", async () => {
            const id = await registered();
            const delivery = deliveryTo(id, "cs_1:4:completed", { status: "delivered", attempts: 2, lastError: "500" });
            await put(delivery);
            const attempt = { deliveryKey: `${id}#cs_1:4:completed`, at: at(0), durationMs: 12, expiresAt: 1 };
            await database.put("attempts", {
                ...attempt,
                number: 2,
                status: "succeeded",
                httpStatus: 204,
                response: "",
            });
            await database.put("attempts", { ...attempt, number: 1, status: "failed", error: "no answer" });

            const { statusCode, json } = await shown(id, "cs_1:4:completed");

            expect(statusCode).to.equal(200);
            expect(json).to.include({ body: delivery.body, attempts: 2, status: "delivered", lastError: "500" });
            expect(json.log).to.deep.equal([
                { number: 1, at: attempt.at, durationMs: 12, status: "failed", error: "no answer" },
                { number: 2, at: attempt.at, durationMs: 12, status: "succeeded", httpStatus: 204, response: "" },
            ]);
        });

        it("are shown with their body where it is a separate item, which is kept as long as they are", async () => {
            const id = await registered();
            const { json: sent } = await about("POST /test", id);
            const key = { endpointId: id, deliveryId: `${sent.id}#body` };
            const item = await database.get("deliveries", key);
            const { json } = await shown(id, sent.id);
            expect(json.body).to.equal(item?.["body"]);
            expect(JSON.parse(json.body)).to.include({ id: sent.id });
            // Its retention is nearly over, and its owner requests it again.
            await database.put("deliveries", { ...item, expiresAt: 1 });
            await resend(id, sent.id);
            const row = await database.get("deliveries", { endpointId: id, deliveryId: sent.id });
            expect((await database.get("deliveries", key))?.["expiresAt"]).to.equal(row?.["expiresAt"]);
            expect((await about("GET /deliveries", id)).json.deliveries).to.have.length(1);
        });

        for (const deliveryId of ["evt_none", "", "a b", "x".repeat(3000)]) {
            it(`are not there under ${JSON.stringify(deliveryId.slice(0, 10))}`, async () => {
                const id = await registered();

                expect((await shown(id, deliveryId)).statusCode).to.equal(404);
                expect((await resend(id, deliveryId)).statusCode).to.equal(404);
            });
        }

        for (const status of ["delivered", "exhausted", "skipped", "pending"] as const) {
            it(`are sent again at once when they are ${status}, with all their retries`, async () => {
                const id = await registered();
                const { nextAttemptAt: _, ...done } = deliveryTo(id, "evt_1", { status, attempts: 8 });
                await put(done);

                const { statusCode, json } = await resend(id, "evt_1");

                expect(statusCode).to.equal(202);
                expect(json).to.include({ status: "pending", attempts: 8 });
                const kept = await database.get("deliveries", { endpointId: id, deliveryId: "evt_1" });
                expect(kept).to.include({ status: "pending", attempts: 8, attemptsBefore: 8, body: done.body });
                expect(Date.parse(String(kept?.["nextAttemptAt"]))).to.be.closeTo(Date.now(), 60_000);
                expect(wakeUpsIn(aws).map(({ wakeUp }) => wakeUp)).to.deep.equal([
                    { tenantId: "shop", endpointId: id, deliveryId: "evt_1", attempt: 9 },
                ]);
            });
        }

        it("are not sent again to a disabled endpoint", async () => {
            const id = await registered();
            await put(deliveryTo(id, "evt_1", { status: "delivered" }));
            await about("POST /disable", id);

            expect((await resend(id, "evt_1")).statusCode).to.equal(409);
            expect((await about("POST /replay", id, { body: { since: at(day) } })).statusCode).to.equal(409);
        });

        it("are due although their message could not be sent: the reconciler finds them", async () => {
            const id = await registered();
            await put(deliveryTo(id, "evt_1", { status: "exhausted" }));
            takeBatches(aws, () => true);

            const { statusCode } = await resend(id, "evt_1");

            expect(statusCode).to.equal(202);
            expect(await database.get("deliveries", { endpointId: id, deliveryId: "evt_1" })).to.have.property(
                "nextAttemptAt",
            );
            expect(endpoints.log.at(-1)).to.include({ notWoken: 1 });
        });

        describe("replayed", () => {
            let id = "";
            beforeEach(async () => {
                id = await registered();
                const bus = { eventType: "order.received.v1" };
                await put(
                    deliveryTo(id, "evt_old", { status: "exhausted", occurredAt: at(3 * day) }),
                    deliveryTo(id, "evt_skipped", { status: "skipped", occurredAt: at(day) }),
                    deliveryTo(id, "evt_order", { status: "exhausted", occurredAt: at(day / 2), ...bus }),
                    deliveryTo(id, "evt_delivered", { status: "delivered", occurredAt: at(day / 3), ...bus }),
                    deliveryTo(id, "evt_pending", { status: "pending", occurredAt: at(day / 4) }),
                );
            });
            const replay = (body: object) => about("POST /replay", id, { body });
            const woken = () =>
                wakeUpsIn(aws).map(({ wakeUp }) => (wakeUp as { readonly deliveryId: string }).deliveryId);

            it("are the failed and skipped deliveries since a time, the oldest first", async () => {
                const { statusCode, json } = await replay({ since: at(2 * day) });

                expect([statusCode, json]).to.deep.equal([202, { replayed: 2 }]);
                expect(woken()).to.deep.equal(["evt_skipped", "evt_order"]);
                const statuses = (await database.all("deliveries")).map((one) => [one["deliveryId"], one["status"]]);
                expect(Object.fromEntries(statuses)).to.include({ evt_skipped: "pending", evt_old: "exhausted" });
            });

            it("are those of the types and statuses that are named", async () => {
                await replay({
                    since: at(14 * day - 60_000),
                    types: ["order.*"],
                    statuses: ["delivered", "exhausted"],
                });

                expect(woken()).to.deep.equal(["evt_order", "evt_delivered"]);
            });

            it("are not replayed for types that no event has, or after a damaged position", async () => {
                const since = at(2 * day);
                const unknown = await replay({ since, types: ["order.*", "order.lost.v1", "orders.*"] });
                expect([unknown.statusCode, pointers(unknown.json)]).to.deep.equal([400, ["/types/1", "/types/2"]]);
                for (const after of damaged) expect((await replay({ since, after })).statusCode).to.equal(400);
                expect(woken()).to.deep.equal([]);
            });

            it("are replayed once after repeated requests", async () => {
                await replay({ since: at(2 * day) });
                const { json } = await replay({ since: at(2 * day) });

                expect(json).to.deep.equal({ replayed: 0 });
            });

            it("are replayed 500 at a time", async () => {
                const many = Array.from({ length: 510 }, (_, index) => `evt_many_${String(index).padStart(3, "0")}`);
                await put(...many.map((one) => deliveryTo(id, one, { status: "skipped", occurredAt: at(day / 5) })));

                const first = (await replay({ since: at(day / 4) })).json;
                const second = (await replay({ since: at(day / 4), after: first.next })).json;

                expect(first.replayed).to.equal(500);
                expect(second).to.deep.equal({ replayed: 10 });
                expect(woken()).to.have.members(many);
            });

            for (const [what, since] of [
                ["before two weeks ago", new Date(Date.now() - 14 * day - 60_000).toISOString()],
                ["in the future", new Date(Date.now() + day).toISOString()],
                ["that is none", "yesterday"],
            ] as const) {
                it(`are not replayed since a time ${what}`, async () => {
                    const { statusCode, json } = await replay({ since });

                    expect([statusCode, pointers(json)]).to.deep.equal([400, ["/since"]]);
                    expect(woken()).to.deep.equal([]);
                });
            }
        });
    });

    it("answers 503 while the table cannot be reached, without the reason", async () => {
        aws.answers("GetItem", () => new Refusal("AccessDeniedException"));

        const { statusCode, headers, body } = await about("GET ", endpointItem().endpointId);

        expect(statusCode).to.equal(503);
        expect(headers["retry-after"]).to.equal("5");
        expect(body).not.to.contain("AccessDenied");
        expect(JSON.stringify(endpoints.log.at(-1))).to.contain("AccessDenied");
    });

    it("does not start without the master keys", async () => {
        aws.answers("GetSecretValue", () => ({ SecretString: "{}" }));

        const failure = await new Callback(aws, "webhookFanout/endpoints").start().catch(String);

        expect(String(failure)).to.contain("SealingKeysUnreadableError");
    });

    it("logs the client, the operation and the endpoint, and no secret", async () => {
        const id = await registered({
            headers: { Authorization: "Bearer token-of-the-receiver" },
            url: `${url}?token=abc`,
        });

        expect(endpoints.log.at(-1)).to.include({ message: "Endpoint registered", tenantId: "shop", endpointId: id });
        await create({ secret: "not-a-standard-secret" });
        expect(endpoints.text()).not.to.match(/token|whsec_|not-a-standard/);
    });

    it("keeps deliveries of events of the same time apart", async () => {
        const id = await registered();
        const { occurredAt } = outboundEvent();
        const ids = Array.from({ length: 7 }, (_, index) => `evt_${index}`);
        await put(...ids.map((one) => deliveryItem({ endpointId: id, deliveryId: one, occurredAt })));

        const seen = (await pagesOf(id, "3")).flat();

        expect(seen).to.have.length(7).and.to.have.members(ids);
    });
});
