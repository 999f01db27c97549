import { inspect } from "node:util";
import { expect } from "chai";
import { ApiKeyReader } from "../../runtime/shared/apiKeyReader.ts";
import { ApiKeys, ApiKeysUnreadableError } from "../../runtime/shared/apiKeys.ts";
import { scopes } from "../../spec/generated/scopes.ts";
import { storedKeys } from "../storedKeys.ts";
import { Refusal } from "./support/aws.ts";
import { httpRequest } from "./support/events.ts";
import { Callback, startedAws } from "./support/started.ts";

const keys = { "shop-a": "key-of-shop-a", "shop-a-next": "next-key-of-shop-a", "shop-b": "key-of-shop-b" };
const stored = storedKeys(keys);
const [aKey] = stored["shop-a"]?.keys ?? [];
const secret = (value: string) => ({ ARN: "arn", Name: "keys", SecretString: value, VersionId: "1" });

describe("authorize: the authorizer of the HTTP API", () => {
    const aws = startedAws();
    const running: Callback[] = [];
    async function start(answer: () => object, unanswered = "") {
        aws.answers("GetSecretValue", answer);
        const authorize = new Callback(aws, "access/authorize", {
            PLAIN_KEY_SCOPES: JSON.stringify({ webshop: ["orders:write"] }),
            UNANSWERED_ROUTES: unanswered,
        });
        running.push(authorize);
        await authorize.start();
        return (headers: Record<string, string>, routeKey = "POST /orders") =>
            authorize.invoke(httpRequest({ type: "REQUEST", headers, routeKey }));
    }
    const refused = { isAuthorized: false, context: {} };

    after(() => Promise.all(running.map((authorize) => authorize.stop())));

    it("allows each active key on any route, with its client and scopes", async () => {
        const authorize = await start(() => secret(JSON.stringify(stored)));

        // It reads the secret when it starts, and not again for keys it knows.
        expect(aws.inputs("GetSecretValue")).to.have.length(1);
        for (const [callerId, key] of Object.entries(keys)) {
            const granted = { isAuthorized: true, context: { callerId, scopes: scopes.join(" ") } };
            expect(await authorize({ "x-api-key": key })).to.deep.equal(granted);
            expect(await authorize({ "x-api-key": key }, "GET /a-route-of-another-program")).to.deep.equal(granted);
        }
        expect(aws.inputs("GetSecretValue")).to.have.length(1);
    });

    it("refuses a client without the scope on routes that no callback answers, and allows it on all others", async () => {
        const clients = storedKeys({
            shop: { key: "key-of-shop", scopes: ["orders:write"] },
            agent: { key: "key-of-agent", scopes: ["checkout", "orders:read"] },
        });
        const authorize = await start(() => secret(JSON.stringify(clients)), "POST /orders,POST /messages");
        const isLetIn = async (key: string, route: string) =>
            ((await authorize({ "x-api-key": key }, route)) as { isAuthorized: boolean }).isAuthorized;

        expect(await isLetIn("key-of-shop", "POST /orders")).to.equal(true);
        expect(await isLetIn("key-of-agent", "POST /orders")).to.equal(false);
        expect(await isLetIn("key-of-shop", "POST /messages")).to.equal(false);
        expect(await isLetIn("key-of-shop", "GET /orders/{orderId}")).to.equal(true);
    });

    it("gives keys in the older form the scopes that the stack names, and changes no other key's scopes", async () => {
        const old = { webshop: "key-of-webshop", agent: { key: "key-of-agent", signingSecret: "signing" } };
        const authorize = await start(() => secret(JSON.stringify({ ...old, ...stored })));

        for (const [key, callerId, own] of [
            ["key-of-webshop", "webshop", "orders:write"],
            ["key-of-agent", "agent", ""],
            ["key-of-shop-a", "shop-a", scopes.join(" ")],
        ] as const) {
            const granted = { isAuthorized: true, context: { callerId, scopes: own } };
            expect(await authorize({ "x-api-key": key })).to.deep.equal(granted);
        }
    });

    it("refuses every other key, and a request without a key", async () => {
        const authorize = await start(() => secret(JSON.stringify(stored)));

        for (const key of ["", "key-of-shop-", "key-of-shop-aa", "KEY-OF-SHOP-A", "shop-a"]) {
            expect(await authorize({ "x-api-key": key })).to.deep.equal(refused);
        }
        expect(await authorize({})).to.deep.equal(refused);
    });

    const unusable: [what: string, answer: () => object][] = [
        ["without a value", () => new Refusal("ResourceNotFoundException")],
        ["that it may not read", () => new Refusal("AccessDeniedException")],
        ["that is not JSON", () => secret("key-of-shop-a")],
    ];
    for (const [what, answer] of unusable) {
        it(`fails on a secret ${what}, so that API Gateway caches no answer, and logs that once`, async () => {
            const authorize = await start(answer);

            for (const key of ["key-of-shop-a", "key-of-shop-b"]) {
                const error = await authorize({ "x-api-key": key }).then(() => undefined, String);
                expect(error).to.include("ApiKeysUnavailableError");
            }
            const log = running.at(-1)?.log ?? [];
            expect(log.filter(({ level }) => level === "error")).to.have.length(1);
        });
    }

    it("never writes a key to the log", async () => {
        const broken = await start(() => secret('{"shop-a": "key-of-shop-a"'));
        await broken({ "x-api-key": "key-of-shop-a" }).catch(() => undefined);
        const working = await start(() => secret(JSON.stringify(stored)));
        await working({ "x-api-key": "key-of-shop-a" });
        await working({ "x-api-key": "stranger-with-a-key" });

        for (const authorize of running.slice(-2)) {
            expect(authorize.log).not.to.deep.equal([]);
            expect(authorize.text()).not.to.match(/key-of-shop|stranger/);
        }
    });
});

describe("the keyring", () => {
    let now: number;
    let value: string;
    let reads: number;
    let failures: number;
    function keyring() {
        const read = async () => {
            reads += 1;
            return value;
        };
        return new ApiKeyReader(
            read,
            () => {
                failures += 1;
            },
            { now: () => now },
        );
    }

    beforeEach(() => {
        [now, reads, failures] = [1_000_000, 0, 0];
        value = JSON.stringify(stored);
    });

    it("allows a new key within a second of its rotation, and refuses the old one within five minutes", async () => {
        const ring = keyring();
        await ring.refresh();
        value = JSON.stringify(storedKeys({ "shop-a": "rotated" }));

        now += 999;
        expect(await ring.callerOf("rotated")).to.equal(undefined);
        expect(await ring.callerOf("key-of-shop-a")).to.include({ callerId: "shop-a" });
        now += 1;
        expect(await ring.callerOf("rotated")).to.include({ callerId: "shop-a" });
        expect(await ring.callerOf("key-of-shop-a")).to.equal(undefined);
    });

    it("reads the secret again after five minutes although every key is known", async () => {
        const ring = keyring();
        await ring.refresh();

        now += 299_999;
        await ring.callerOf("key-of-shop-a");
        expect(reads).to.equal(1);
        now += 1;
        await ring.callerOf("key-of-shop-a");
        expect(reads).to.equal(2);
    });

    it("reads the secret at most once a second for unknown keys", async () => {
        const ring = keyring();
        await ring.refresh();

        await ring.callerOf("stranger too early");
        expect(reads).to.equal(1);
        now += 1000;
        await Promise.all(Array.from({ length: 50 }, (_, index) => ring.callerOf(`stranger ${index}`)));

        expect(reads).to.equal(2);
    });

    it("uses the keys it has for ten minutes when the secret cannot be read, and tries again every second", async () => {
        const ring = keyring();
        await ring.refresh();
        value = "";
        now += 1000;
        expect(await ring.callerOf("a stranger's")).to.equal(undefined);
        expect([reads, failures]).to.deep.equal([2, 1]);
        expect(await ring.callerOf("key-of-shop-a")).to.include({ callerId: "shop-a" });
        now += 1000;
        expect(await ring.callerOf("key-of-shop-a")).to.include({ callerId: "shop-a" });
        expect([reads, failures]).to.deep.equal([3, 1]);

        now += 600_000;
        expect(await ring.callerOf("key-of-shop-a")).to.equal(undefined);
        expect(ring.isReadable).to.equal(false);
    });

    it("refuses every key while the secret cannot be read, and allows them when it can be read again", async () => {
        const ring = keyring();
        value = "";
        await ring.refresh();
        now += 10_000;
        expect(await ring.callerOf("key-of-shop-a")).to.equal(undefined);
        expect(failures).to.equal(1);

        value = JSON.stringify(stored);
        now += 10_000;
        expect(await ring.callerOf("key-of-shop-a")).to.include({ callerId: "shop-a" });
    });

    it("decides which clients have a scope, and reads the secret again when it is stale", async () => {
        const ring = new ApiKeyReader(
            async () => value,
            () => undefined,
            { staleAfter: 5000, now: () => now },
        );
        value = JSON.stringify(
            storedKeys({ shop: { key: "1", scopes: ["merchant"] }, agent: { key: "2", scopes: [] } }),
        );
        expect(await ring.callersWith("merchant")).to.deep.equal(["shop"]);

        value = JSON.stringify(storedKeys({ agent: { key: "2", scopes: ["merchant"] } }));
        now += 4999;
        expect(await ring.callersWith("merchant")).to.deep.equal(["shop"]);
        now += 1;
        expect(await ring.callersWith("merchant")).to.deep.equal(["agent"]);
    });

    for (const [what, value] of [
        ["has an empty key", { "shop-a": "" }],
        ["has a digest that is none", { a: { scopes: [], keys: [{ ...aKey, sha256: "0" }] } }],
        ["has scopes that are a text", { a: { scopes: "checkout", keys: [aKey] } }],
        ["has keys that are none", { a: { scopes: [], keys: "key-of-shop-a" } }],
        ["is a list", ["key-of-shop-a"]],
        ["has a signing secret that is a number", { "shop-a": { key: "key-of-shop-a", signingSecret: 1 } }],
    ] as const) {
        it(`accepts no key of a secret that ${what}`, () => {
            expect(() => new ApiKeys(JSON.stringify(value))).to.throw(ApiKeysUnreadableError);
        });
    }

    it("does not quote the secret when it is unreadable", () => {
        const read = () => new ApiKeys('{"shop-a": key-of-shop-a}');

        expect(read)
            .to.throw(ApiKeysUnreadableError)
            .and.satisfy((error: Error) => !inspect(error).includes("key-of"));
    });
});
