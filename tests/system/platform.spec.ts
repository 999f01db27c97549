import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { RoleReport } from "embedded-aws/policies";
import type { Total } from "../../runtime/checkoutSessions/domain/protocol.ts";
import { uuidOf } from "../../runtime/shared/ids.ts";
import { isDigestOf } from "../../runtime/shared/signing/digest.ts";
import { PlatformClient } from "../../tools/operator/platformClient.ts";
import { isProof } from "../proof.ts";
import { type Received, Receiver } from "../runtime/support/receiver.ts";
import { signatureFault } from "../runtime/support/signatureFault.ts";
import { PlatformKey } from "../runtime/support/signingKey.ts";
import { paying } from "../ucp.ts";
import { ask } from "./client.ts";
import { charges, versionsOf } from "./effects.ts";
import { Embedded, endAll, eventually, run } from "./embedded.ts";
import { callerId, Platform, profileUrl, projectWithWebhook, purchase } from "./platform.ts";
import { Agent, address, cart, payment } from "./shopping.ts";

const environment = { LOCAL_WAIT_FACTOR: "0.01" };

describe("a platform of UCP in the embedded cloud", () => {
    let embedded: Embedded;
    let platform: Platform;
    let receiver: Receiver;
    /** Of a client with the scope `checkout` alone. */
    let agentsKey: string;
    const key = new PlatformKey();
    /** Events that are refused once, so that they come again. */
    const refusedOnce = (id: string) => Number.parseInt(id.slice(0, 2), 16) < 64;

    before(async () => {
        const seen = new Set<string>();
        receiver = await Receiver.start((response, { headers }) => {
            const id = String(headers["webhook-id"]);
            const isFirst = !seen.has(id);
            seen.add(id);
            response.writeHead(isFirst && refusedOnce(id) ? 503 : 200).end();
        });
        await start();
        const { output } = await run("keys", ["add", "agent", "--scopes", "checkout", "--json", ...at()]);
        agentsKey = JSON.parse(output).key;
    });
    after(async () => {
        await endAll();
        await receiver.stop();
    });

    const at = () => ["--endpoint", embedded.awsUrl];

    /** As the merchant does, once the order is stored. */
    async function change(orderId: string, what: string, body: object): Promise<void> {
        const key = randomUUID();
        await eventually(async () => {
            const answer = await ask(`${embedded.url}/orders/${orderId}/${what}`, {
                method: "POST",
                headers: { "content-type": "application/json", "x-api-key": "local-key", "idempotency-key": key },
                body: JSON.stringify(body),
            });
            expect(answer.status, `${what} ${await answer.text()}`).to.be.within(200, 202);
        });
    }

    const eventsOf = (orderId: string) => receiver.received.filter(({ body }) => JSON.parse(body).id === orderId);
    /** The versions of the session that were told, in the order in which they came, with repetitions. */
    function versionsTold(id: string, orderId: string, latest: number): number[] {
        const ids = new Map(
            Array.from({ length: latest }, (_, index) =>
                ["create", "update"].map(
                    (kind) => [uuidOf(`${id}:${index + 1}:ucp_order_${kind}`), index + 1] as const,
                ),
            ).flat(),
        );
        return eventsOf(orderId).map(({ headers }) => ids.get(String(headers["webhook-id"])) ?? Number.NaN);
    }
    /** Waits until the last event tells the order as it is, and proves that all came in order. */
    async function expectAllToldInOrder(id: string, orderId: string): Promise<void> {
        await eventually(async () => {
            const versions = await versionsOf(embedded, id);
            const latest = versions.at(-1)?.Version ?? 0;
            const first = versions.find(({ Reason }) => Reason === "completed")?.Version ?? 0;
            const told = versionsTold(id, orderId, latest);
            expect(told.at(-1), orderId).to.equal(latest);
            expect(told, orderId).to.deep.equal(told.toSorted((one, other) => one - other));
            const all = Array.from({ length: latest - first + 1 }, (_, index) => first + index);
            expect([...new Set(told)], orderId).to.deep.equal(all);
        });
    }

    it("buys, and hears of its order by signed events, each the whole order, in their order", async () => {
        const { id, orderId } = await platform.bought();
        expect((await charges(embedded)).filter(({ sessionId }) => sessionId === id)).to.have.length(1);
        await change(orderId, "fulfillments", {
            carrier: "UPS",
            trackingNumber: "1Z",
            lines: [{ id: "li_1", quantity: 1 }],
        });
        await change(orderId, "refunds", { amount: 1 });
        await change(orderId, "fulfillments", { carrier: "UPS", lines: [{ id: "li_1", quantity: 1 }] });

        await eventually(async () => {
            const { json } = await platform.rest(`GET /orders/${orderId}`);
            expect(json.line_items[0].quantity).to.deep.equal({ original: 2, total: 2, fulfilled: 2 });
            expect(
                json.adjustments.map(({ status, totals }: { status: string; totals: object[] }) => [status, totals]),
            ).to.deep.equal([["completed", [{ type: "total", amount: -100 }]]]);
            const { ucp: _, ...order } = json;
            const { ucp: __, ...told } = JSON.parse(eventsOf(orderId).at(-1)?.body ?? "{}");
            expect(told).to.deep.equal(order);
        });
        await expectAllToldInOrder(id, orderId);

        const keys = await platform.merchantsKeys();
        const faults = eventsOf(orderId).map((received) => faultOf(received, keys));
        expect(faults.filter((fault) => fault !== undefined)).to.deep.equal([]);
        const times = eventsOf(orderId).map(({ headers }) => Number(headers["webhook-timestamp"]));
        expect(times).to.deep.equal(times.toSorted());
    });

    it("that signs all that it says buys by both doors at ACP's price, and is answered and told by signatures", async () => {
        const signing = new Platform(embedded.url, key.signer);
        const { id, orderId } = await signing.bought();
        const created = await signing.tool("create_checkout", { checkout: { ...purchase, fulfillment: undefined } });
        expect(created.status).to.equal("incomplete");
        const updated = await signing.tool("update_checkout", { id: created.id, checkout: purchase });
        expect(updated.status, JSON.stringify(updated)).to.equal("ready_for_complete");
        const completed = await signing.tool("complete_checkout", { id: created.id, checkout: paying() });
        expect(completed.status, JSON.stringify(completed)).to.equal("completed");

        const agent = new Agent(embedded.url);
        const ordered = await agent.parcel();
        const { session: theirs } = await agent.complete(ordered.id, payment("spt_success", address));
        expect(theirs.status).to.equal("completed");
        const total = (totals: readonly Total[]) => totals.find(({ type }) => type === "total")?.amount;
        const keys = await signing.merchantsKeys();
        for (const [checkout, order] of [
            [id, orderId],
            [created.id, completed.order.id],
        ]) {
            await eventually(async () => {
                const { json } = await signing.rest(`GET /orders/${order}`);
                expect(json.checkout_id, JSON.stringify(json)).to.equal(checkout);
                expect(json.totals).to.deep.equal(completed.totals);
                expect(total(json.totals)).to.equal(total(theirs.totals));
                expect(eventsOf(order)).not.to.have.length(0);
            });
            expect(eventsOf(order).flatMap((received) => faultOf(received, keys) ?? [])).to.deep.equal([]);
        }
    });

    it("hands a buyer over to the shop's page, which pays for it, and hears of the order", async () => {
        const id = await platform.ready();
        const escalated = await platform.rest(`POST /checkout-sessions/${id}/complete`, paying("spt_3ds"));
        expect(escalated.json).to.include({
            status: "requires_escalation",
            continue_url: `https://shop.example.com/checkout/${id}`,
        });
        // The page's server has a key with the scopes checkout and merchant.
        const page = new Agent(embedded.url);
        expect((await page.get(id)).session.status).to.equal("authentication_required");
        const { session } = await page.complete(id, payment("spt_success", address));
        expect(session.status).to.equal("completed");
        const { json } = await platform.rest(`GET /checkout-sessions/${id}`);
        expect(json).to.deep.include({ status: "completed" });
        await eventually(() => expect(eventsOf(json.order.id)).not.to.have.length(0));
        expect((await charges(embedded)).filter(({ sessionId }) => sessionId === id)).to.have.length(1);
        await expectAllToldInOrder(id, json.order.id);
    });

    it("is at the command line, too, with a key that the command has made", async () => {
        const folder = mkdtempSync(join(tmpdir(), "commerce-platform-"));
        try {
            const file = join(folder, "key.json");
            const made = await run("ucp", ["key", file]);
            const [jwk] = JSON.parse(made.output).signing_keys;
            expect(statSync(file).mode & 0o777).to.equal(0o600);
            const body = JSON.stringify(purchase);
            const send = (...args: string[]) => run("ucp", [...args, "--api", embedded.url, "--key", file]);
            const stranger = await send("send", "POST", "/checkout-sessions", body);
            expect([stranger.code, JSON.parse(stranger.output).code]).to.deep.equal([1, "key_not_found"]);

            const { dynamo } = embedded.clients();
            const url = "https://command.example/profile";
            await dynamo.send(
                new PutCommand({
                    TableName: "ucp-profiles-dev",
                    Item: { url, document: JSON.stringify({ ...JSON.parse(made.output), signing_keys: [jwk] }) },
                }),
            );
            dynamo.destroy();
            const known = (...args: string[]) => send(...args, "--profile", url);
            const created = await known("send", "POST", "/checkout-sessions", body);
            expect(created).to.include({ code: 0, errors: "" });
            const { id } = JSON.parse(created.output);
            const bought = await known("call", "complete_checkout", JSON.stringify({ id, checkout: paying() }));
            expect(JSON.parse(bought.output)).to.include({ id, status: "completed" });
            const totals = JSON.parse((await known("send", "GET", `/checkout-sessions/${id}`)).output).totals;
            const again = await platform.ready();
            expect((await platform.rest(`GET /checkout-sessions/${again}`)).json.totals).to.deep.equal(totals);
            for (const wrong of [["send", "POST", "/carts", "{"], ["send", "POST"], ["call"], ["key", file]]) {
                expect(await known(...wrong), wrong.join(" ")).to.include({ code: 2, output: "" });
            }
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    it("has its endpoint registered and served by the rights that the callbacks have", async () => {
        const roles: RoleReport[] = await embedded.look("permissions");
        const of = (name: string) => roles.find(({ roleArn }) => roleArn.includes(`role/${name}-role`));
        for (const name of ["ucp-checkouts-serve", "ucp-checkouts-complete", "webhooks-dispatch", "webhooks-deliver"]) {
            expect(of(name)?.denied, name).to.deep.equal([]);
        }
        const used = of("webhooks-dispatch")?.used.map(({ action }) => action);
        expect(used).to.include.members(["dynamodb:Query", "dynamodb:GetItem", "dynamodb:UpdateItem"]);
    });

    it("whose key has changed under its name is refused until the operator forgets its profile", async () => {
        const url = "https://moved.example/profile";
        const [old, next] = [new PlatformKey(), new PlatformKey()];
        const { dynamo } = embedded.clients();
        const capabilities = { "dev.ucp.shopping.checkout": ["2026-04-08"] };
        const profile = { version: "2026-04-08", capabilities, keys: [old.jwk] };
        const seen = JSON.stringify({ profile, fetchedAt: Date.now(), freshUntil: Date.now() + 3_600_000 });
        await dynamo.send(new PutCommand({ TableName: "ucp-profiles-dev", Item: { url, seen } }));
        dynamo.destroy();
        const moved = new PlatformClient(embedded.url, url, { ...next.signer, keyid: old.jwk.kid }, ask);
        const asked = async () => (await moved.rest("POST", "/checkout-sessions", purchase)).json.code;
        expect(await asked()).to.equal("signature_invalid");

        const listed = await run("ucp", ["platforms", "--json", ...at()]);
        expect(JSON.parse(listed.output)).to.deep.include({
            url,
            freshUntil: new Date(JSON.parse(seen).freshUntil).toISOString(),
            keys: [old.jwk.kid],
        });
        expect(await run("ucp", ["forget", url, ...at()])).to.include({ code: 0, output: `${url} is forgotten\n` });
        expect(await run("ucp", ["forget", url, ...at()])).to.include({ code: 1 });
        expect((await run("ucp", ["forget", profileUrl, ...at()])).code).to.equal(1);
        // Functions rely upon their memory for a minute; new ones fetch the profile anew, of a host that is none.
        await restart();
        expect(await asked()).to.equal("profile_unreachable");
        const unreached = await moved.tool("create_checkout", { checkout: purchase });
        expect([unreached.status, unreached.json.data.code]).to.deep.equal([424, "profile_unreachable"]);
    });

    it("is refused with the signature of another key, and without any proof", async () => {
        const { status, json } = await new Platform(embedded.url, new PlatformKey().signer).rest(
            "POST /checkout-sessions",
            purchase,
        );
        expect([status, json.code]).to.deep.equal([401, "key_not_found"]);
        const own = new PlatformKey();
        const forged = { ...own.signer, keyid: key.jwk.kid };
        const error = await new Platform(embedded.url, forged).tool("create_checkout", { checkout: purchase });
        expect(error.data.code).to.equal("signature_invalid");
        const answer = await ask(`${embedded.url}/ucp/2026-04-08/checkout-sessions`, {
            method: "POST",
            headers: { "ucp-agent": `profile="${profileUrl}"`, "content-type": "application/json" },
            body: JSON.stringify(purchase),
        });
        expect(answer.status).to.equal(401);
        expect(await answer.json()).to.include({ code: "signature_missing" });
    });

    it("leaves the confirmation by mail to the shop", async () => {
        const { orderId } = await platform.bought();
        await eventually(async () => {
            const mails: { to: string[]; subject: string }[] = await embedded.look("mail?limit=1000");
            const own = mails.filter(({ subject }) => subject.includes(orderId));
            expect(JSON.stringify(own)).to.include("ada@example.com");
        });
    });

    it("is one of many doors to one session: versions without a gap, and one charge", async () => {
        const id = await platform.ready();
        const agent = new Agent(embedded.url, agentsKey);
        const others = await agent.create(cart);
        const path = `/checkout-sessions/${id}`;
        const all = await Promise.all([
            ...[1, 2, 3].map(() => platform.rest(`PUT ${path}`, purchase)),
            ...[1, 2, 3].map(() => platform.tool("update_checkout", { id, checkout: purchase })),
            ...[1, 2].map(() => platform.rest(`POST ${path}/complete`, paying())),
            ...[1, 2].map(() => platform.tool("complete_checkout", { id, checkout: paying() })),
            // A client of ACP has sessions of its own, and none of a platform.
            agent.complete(id, payment("spt_success")).then(({ status }) => expect(status).to.equal(404)),
            agent.update(id, {}).then(({ status }) => expect(status).to.equal(404)),
            agent.cancel(id).then(({ status }) => expect(status).to.equal(404)),
            ...["update", "complete", "cancel"].map((action) => acpTool(`${action}_checkout_session`, id)),
            platform
                .rest(`POST /checkout-sessions/${others.session.id}/cancel`)
                .then(({ json }) => expect(json.messages[0].code).to.equal("not_found")),
        ]);
        expect(all).to.have.length(17);
        await eventually(async () => {
            const { json } = await platform.rest(`GET ${path}`);
            if (json.status !== "completed") await platform.tool("complete_checkout", { id, checkout: paying() });
            expect(json.status).to.equal("completed");
        });

        const versions = await versionsOf(embedded, id);
        expect(versions.map(({ Version }) => Version)).to.deep.equal(versions.map((_, index) => index + 1));
        expect(versions.filter(({ Reason }) => Reason === "completed")).to.have.length(1);
        expect(new Set(versions.map(({ hidden }) => hidden.caller))).to.deep.equal(new Set([callerId]));
        expect((await charges(embedded)).filter(({ sessionId }) => sessionId === id)).to.have.length(1);
        expect((await agent.get(others.session.id)).session.status).to.equal("ready_for_payment");
    });

    it("hears of every version of its orders in order, and of none twice out of it, when everything is killed", async () => {
        const orders = await Promise.all(Array.from({ length: isProof ? 8 : 3 }, () => platform.bought()));
        const before = receiver.received.length;
        for (const { orderId } of orders) await change(orderId, "refunds", { amount: 1 });
        for (const { orderId } of orders)
            await change(orderId, "notes", { text: "Leave it at the door", audience: "customer" });
        // Some have come, and others are on their way.
        await receiver.has(before + orders.length);
        await restart();
        for (const { orderId } of orders) await change(orderId, "refunds", { amount: 2 });
        for (const { id, orderId } of orders) await expectAllToldInOrder(id, orderId);
    });

    async function start(continues?: Embedded): Promise<void> {
        const directory = projectWithWebhook(receiver.url, key.jwk);
        embedded = await Embedded.start({ directory, environment, ...(continues && { continues }) });
        platform = new Platform(embedded.url);
    }

    /** Everything is killed, and goes on with what is on disk. */
    async function restart(): Promise<void> {
        await embedded.kill();
        await start(embedded);
    }

    /** A tool of ACP changes no session of a platform. */
    async function acpTool(name: string, id: string): Promise<void> {
        const payload = { update_checkout_session: {}, complete_checkout_session: payment("spt_success") }[name];
        const args = { meta: { api_version: "2026-04-17" }, id, ...(payload && { payload }) };
        const answer = await ask(`${embedded.url}/mcp`, {
            method: "POST",
            headers: { authorization: `Bearer ${agentsKey}`, "content-type": "application/json" },
            body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: args } }),
        });
        const { result, error } = (await answer.json()) as { result?: object; error?: { data: object } };
        expect(result, name).to.equal(undefined);
        expect(error?.data, name).to.include({ code: "session_not_found" });
    }

    function faultOf({ method, path, headers, body }: Received, keys: Parameters<typeof signatureFault>[1]["keys"]) {
        const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
        expect(texts["x-goog-api-key"]).to.equal("local-webhook-key");
        expect(texts["ucp-agent"]).to.match(/^profile="http:\/\/.*\/\.well-known\/ucp"$/);
        expect(texts["ucp-agent"]).not.to.include(profileUrl);
        expect(isDigestOf(texts["content-digest"] ?? "", Buffer.from(body))).to.equal(true);
        const target = { method, authority: texts["host"] ?? "", path, query: "" };
        const required = [
            "@method",
            "@authority",
            "@path",
            "content-digest",
            "content-type",
            "ucp-agent",
            "webhook-id",
        ];
        const created = Number(/created=(\d+)/.exec(texts["signature-input"] ?? "")?.[1]) * 1000;
        return signatureFault({ headers: texts, target }, { keys, required, now: created });
    }
});
