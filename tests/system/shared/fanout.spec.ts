import { createHmac } from "node:crypto";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { PublishCommand } from "@aws-sdk/client-sns";
import { DeleteCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { seedPayload } from "../../runtime/support/customers.ts";
import { type Behaviour, behaviours, type Received, Receiver } from "../../runtime/support/receiver.ts";
import { storedKeys } from "../../storedKeys.ts";
import { ask } from "../client.ts";
import { auditRows } from "../effects.ts";
import { type Embedded, eventually, run } from "../embedded.ts";
import { EndpointOwner, eventOf, happen } from "../endpointOwner.ts";
import { OwnersAccount } from "../ownersAccount.ts";
import { Agent, cart, payment } from "../shopping.ts";
import { shop } from "./cloud.ts";

describe("webhooks on the embedded cloud", () => {
    let embedded: Embedded;
    let owner: EndpointOwner;
    let agent: Agent;
    const receivers: Receiver[] = [];
    let orders = 0;

    before(async function () {
        embedded = await shop.open(this);
        owner = new EndpointOwner(embedded.url);
        agent = new Agent(embedded.url);
    });
    afterEach(async () => {
        await owner?.leave();
        for (const receiver of receivers.splice(0)) await receiver.stop();
    });

    const receiving = async (behaviour: Behaviour = behaviours.healthy) => {
        const receiver = await Receiver.start(behaviour);
        receivers.push(receiver);
        return receiver;
    };
    const place = async (): Promise<string> => {
        const orderId = `fanout-${++orders}`;
        const item = { productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 1 };
        const answer = await embedded.post({ orderId, customer: "Ada", items: [item], total: 12.99 });
        expect(answer.status).to.equal(202);
        return orderId;
    };
    /** What a receiver has received about an order or session, once there are so many. */
    const receivedOf = (receiver: Receiver, key: string, count: number): Promise<Received[]> =>
        eventually(() => {
            const found = receiver.received.filter(({ body }) => body.includes(key));
            expect(found.map(typeOf), `about ${key}`).to.have.length.of.at.least(count);
            return found;
        });

    it("send an order's events to the endpoints that ask for them, signed as Standard Webhooks says", async () => {
        const [receiver, picky] = [await receiving(), await receiving()];
        const { id, secret } = await owner.register({ url: receiver.url, headers: { "x-shop": "example" } });
        await owner.register({ url: picky.url, eventTypes: ["inventory.*"] });
        const orderId = await place();

        const events = await receivedOf(receiver, orderId, 3);
        expect(events.map(typeOf)).to.have.members([
            "order.received.v1",
            "inventory.reserved.v1",
            "document.generated.v1",
        ]);
        const [received] = events.filter((each) => typeOf(each) === "order.received.v1");
        if (received === undefined) throw new Error("the endpoint has not received the order");
        expect(verified(received, secret)).to.nested.include({ type: "order.received.v1", "data.orderId": orderId });
        expect(received.headers).to.include({ "x-shop": "example", "content-type": "application/json" });
        const webhookId = idOf(received);
        expect(JSON.parse(received.body).id).to.equal(webhookId);
        const other = `whsec_${Buffer.alloc(32, "x").toString("base64")}`;
        expect(() => verified(received, other)).to.throw(WebhookVerificationError);
        expect(() => verified({ ...received, body: `${received.body} ` }, secret)).to.throw(WebhookVerificationError);

        const { attempts, body, log } = await owner.settled(id, webhookId, "delivered");
        expect({ attempts, body }).to.deep.equal({ attempts: 1, body: received.body });
        expect(log).to.have.length(1);
        expect(log[0]).to.include({ number: 1, status: "succeeded", httpStatus: 200, response: "ok" });
        expect((await receivedOf(picky, orderId, 1)).map(typeOf)).to.deep.equal(["inventory.reserved.v1"]);
    });

    it("send an agentic platform an order in its protocol's form, and in the version that its endpoint pins", async () => {
        const [receiver, pinned] = [await receiving(), await receiving()];
        const secret = "agreed with the platform".replaceAll(" ", "-");
        await owner.register({ url: receiver.url, kind: "acp", secret });
        await owner.register({ url: pinned.url, kind: "acp", secret, api_version: "2025-09-29" });
        const { id } = await agent.ready();
        const { session } = await agent.complete(id, payment("spt_success"));

        const [received] = await receivedOf(receiver, id, 1);
        if (received === undefined) throw new Error("the endpoint has not received the order");
        const { type, data } = JSON.parse(received.body);
        expect(type).to.equal("order_create");
        expect(data).to.include({ type: "order", id: session.order?.id, checkout_session_id: id });
        const { "merchant-signature": signature = "", "request-id": requestId, timestamp } = received.headers;
        const [, at = "", v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(signature)) ?? [];
        expect(v1).to.equal(createHmac("sha256", secret).update(`${at}.${received.body}`).digest("hex"));
        expect(Math.abs(Date.now() / 1000 - Number(at))).to.be.below(300);
        expect(Math.floor(Date.parse(String(timestamp)) / 1000)).to.equal(Number(at));
        expect(requestId).to.match(new RegExp(`^${id}:\\d+:order_create$`));

        const [older] = await receivedOf(pinned, id, 1);
        if (older === undefined) throw new Error("the endpoint that pins a version has not received the order");
        const form = { type: "order", checkout_session_id: id, permalink_url: session.order?.permalink_url };
        expect(JSON.parse(older.body)).to.deep.equal({ type, data: { ...form, status: "created", refunds: [] } });
        expect(older.headers["merchant-signature"]).to.equal(
            createHmac("sha256", secret).update(older.body).digest("hex"),
        );
    });

    it("are signed with both secrets while one replaces the other, and with the new one alone without an overlap", async () => {
        const receiver = await receiving();
        const { id, secret: first } = await owner.register({ url: receiver.url, eventTypes: testsAlone });
        const second = await owner.rotate(id, { overlapSeconds: 3600 });
        await owner.test(id);
        await receiver.has(1);
        const third = await owner.rotate(id, { overlapSeconds: 0 });
        await owner.test(id);
        await receiver.has(2);

        const [overlapping, after] = receiver.received;
        if (overlapping === undefined || after === undefined)
            throw new Error("the endpoint has not received the events");
        for (const secret of [first, second])
            expect(verified(overlapping, secret)).to.include({ type: "webhook.test" });
        expect(verified(after, third)).to.include({ type: "webhook.test" });
        for (const secret of [first, second]) expect(() => verified(after, secret)).to.throw(WebhookVerificationError);
    });

    it("are retried unchanged by the schedule when the receiver fails", async () => {
        const receiver = await receiving((response, _, count) => {
            response.writeHead(count === 1 ? 500 : 200).end(count === 1 ? "not now" : "ok");
        });
        const { id, secret } = await owner.register({ url: receiver.url, eventTypes: testsAlone });
        const { id: deliveryId } = await owner.test(id);

        await receiver.has(1);
        const failed = await eventually(async () => {
            const delivery = await owner.delivery(id, deliveryId);
            expect(delivery).to.include({ status: "pending", attempts: 1, lastError: "HTTP 500" });
            return delivery;
        });
        // Five seconds, less a fifth at most; the second wait would be minutes.
        const wait = Date.parse(failed.nextAttemptAt ?? "") - Date.parse(failed.log[0]?.at ?? "");
        expect(wait).to.be.within(4000, 60_000);
        const { log } = await owner.settled(id, deliveryId, "delivered");
        expect(log.map(({ number, status, httpStatus }) => [number, status, httpStatus])).to.deep.equal([
            [1, "failed", 500],
            [2, "succeeded", 200],
        ]);
        expect(log[0]?.response).to.equal("not now");
        const [once, again] = receiver.received;
        expect(again?.body).to.equal(once?.body);
        expect(receiver.ids).to.deep.equal([deliveryId, deliveryId]);
        for (const received of receiver.received) expect(verified(received, secret)).to.include({ id: deliveryId });
    });

    it("stop after a receiver answers 410, are kept meanwhile, and are replayed on request", async () => {
        const [receiver, watcher] = [await receiving(behaviours.answering(410)), await receiving()];
        const since = new Date().toISOString();
        const { id } = await owner.register({ url: receiver.url, eventTypes: ["order.received.v1"] });
        await owner.register({ url: watcher.url, eventTypes: ["webhook.endpoint_disabled", "order.received.v1"] });
        const refused = await place();
        await receivedOf(receiver, refused, 1);

        await eventually(async () => {
            expect(await owner.endpoint(id)).to.include({ status: "disabled", disabledBecause: "gone" });
        });
        const [notice] = await receivedOf(watcher, "webhook.endpoint_disabled", 1);
        expect(JSON.parse(notice?.body ?? "").data).to.include({ endpointId: id, disabledBecause: "gone" });

        const missed = await place();
        await receivedOf(watcher, missed, 1);
        const skipped = await eventually(async () => {
            const deliveries = await owner.deliveries(id, "?status=skipped");
            expect(deliveries).to.have.length(2);
            return deliveries;
        });
        expect(receiver.received).to.have.length(1);
        expect((await owner.call("POST", `/${id}/replay`, { since })).status, "while disabled").to.equal(409);

        receiver.behaviour = behaviours.healthy;
        await owner.enable(id);
        expect(await owner.replay(id, { since })).to.equal(2);
        await Promise.all(skipped.map((delivery) => owner.settled(id, delivery.id, "delivered")));
        expect(receiver.ids.slice(1)).to.have.members(skipped.map((delivery) => delivery.id));
        await receivedOf(receiver, missed, 1);
    });

    it("are sent again on request, under the same id", async () => {
        const receiver = await receiving();
        const { id, secret } = await owner.register({ url: receiver.url, eventTypes: testsAlone });
        const { id: deliveryId } = await owner.test(id);
        await owner.settled(id, deliveryId, "delivered");

        expect(await owner.resend(id, deliveryId)).to.include({ id: deliveryId, status: "pending" });
        const { attempts, log } = await owner.settled(id, deliveryId, "delivered");
        expect([attempts, log.map(({ number }) => number)]).to.deep.equal([2, [1, 2]]);
        const [once, again] = receiver.received;
        expect(receiver.ids).to.deep.equal([deliveryId, deliveryId]);
        expect(again?.body).to.equal(once?.body);
        for (const received of receiver.received) expect(verified(received, secret)).to.include({ id: deliveryId });
    });

    it("belong to their owner: a client without the scope merchant receives events of its own sessions, and reads no others", async () => {
        await embedded.giveOutKeys(
            storedKeys({ local: "local-key", other: { key: "other-key", scopes: ["checkout", "webhooks"] } }),
        );
        const stranger = new EndpointOwner(embedded.url, "other-key");
        // Callbacks look for keys that they do not know at most once a second.
        await eventually(async () => expect((await stranger.call("GET")).status).to.equal(200));
        const [mine, theirs] = [await receiving(), await receiving()];
        const { id } = await owner.register({ url: mine.url });
        const { id: theirId } = await stranger.register({ url: theirs.url });
        try {
            const orderId = await place();
            const [received] = await receivedOf(mine, orderId, 1);
            if (received === undefined) throw new Error("the merchant has not received the event");
            const delivery = `/${id}/deliveries/${idOf(received)}`;
            for (const [method, path, body] of [
                ["GET", `/${id}`],
                ["PATCH", `/${id}`, { rate: 1 }],
                ["DELETE", `/${id}`],
                ["POST", `/${id}/disable`],
                ["POST", `/${id}/enable`],
                ["POST", `/${id}/rotate`],
                ["POST", `/${id}/test`],
                ["GET", `/${id}/deliveries`],
                ["GET", delivery],
                ["POST", `${delivery}/resend`],
                ["POST", `/${id}/replay`, { since: new Date().toISOString() }],
            ] as const) {
                expect((await stranger.call(method, path, body)).status, `${method} ${path}`).to.equal(404);
            }
            expect((await stranger.list()).map((each) => each.id)).to.deep.equal([theirId]);
            expect((await owner.list()).map((each) => each.id)).to.deep.equal([id]);

            const theirAgent = new Agent(embedded.url, "other-key");
            const { id: sessionId } = await eventually(() => theirAgent.ready(cart));
            const { id: mySessionId } = await agent.ready(cart);
            for (const session of [sessionId, mySessionId]) await receivedOf(mine, session, 1);
            await receivedOf(theirs, sessionId, 1);
            const known = await stranger.deliveries(theirId, "?limit=100");
            expect(known.map((each) => each.id.split(":")[0])).to.deep.equal([sessionId]);
        } finally {
            await stranger.leave();
        }
    });

    it("are sent to public addresses only", async () => {
        for (const url of [
            "https://169.254.169.254/latest/meta-data/",
            "https://2852039166/latest/meta-data/",
            "https://[::ffff:a9fe:a9fe]/",
            "https://169.254.170.2/v2/credentials/",
            "https://10.0.0.1/",
            "https://172.16.0.1/",
            "https://192.168.1.1:8443/",
            "https://100.64.0.1/",
            "https://127.0.0.2/",
            "https://0x7f000002/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[fd00:ec2::254]/",
            "https://[64:ff9b::a00:1]/",
            "http://93.184.215.14/",
        ]) {
            const { status, body } = await owner.call("POST", "", { url });
            expect([status, body.errors?.[0]?.pointer], url).to.deep.equal([400, "/url"]);
            expect(body.errors[0].detail, url).to.match(/^the address \S+ is not public$/);
        }
        for (const [url, problem] of [
            ["ftp://127.0.0.1/", /https/],
            ["https://user:word@shop.example/", /user name/],
            ["https://127.0.0.1:22/", /port 22/],
        ] as const) {
            const { status, body } = await owner.call("POST", "", { url });
            expect([status, body.errors?.[0]?.pointer], url).to.deep.equal([400, "/url"]);
            expect(body.errors[0].detail).to.match(problem);
        }
        expect(await owner.list()).to.deep.equal([]);
    });

    it("reach a healthy endpoint before another one that hangs has been tried for each of them", async () => {
        const [healthy, hanging] = [await receiving(), await receiving(behaviours.hanging)];
        const eventTypes = ["checkout_session.*"];
        await owner.register({ url: hanging.url, eventTypes });
        await owner.register({ url: healthy.url, eventTypes });
        const events = Array.from({ length: 40 }, (_, index) => eventOf("beside", index));
        await happen(embedded, events);

        await eventually(() => expect(healthy.ids).to.include.members(events.map(({ id }) => id)));
        // Each try takes as long as the time-out. Were they in the way, there were as many as events.
        expect(hanging.received.length).to.be.within(1, events.length / 4);
    });

    it("of commercetools identify a customer at Segment", async () => {
        const { segment: before = [] } = await embedded.look("doubles?name=segment");
        const { sns } = embedded.clients();
        await sns.send(
            new PublishCommand({
                TopicArn: await embedded.idOf("aws:sns/topic:Topic", "customers-events"),
                Message: JSON.stringify(seedPayload),
            }),
        );
        sns.destroy();

        const request = await eventually(async () => {
            const { segment } = await embedded.look("doubles?name=segment");
            expect(segment).to.have.length.above(before.length);
            return segment.at(-1);
        });
        expect(request).to.include({ method: "POST", path: "/v1/batch", status: 200 });
        expect(request.headers.authorization).to.equal(`Basic ${Buffer.from("local-write-key:").toString("base64")}`);
        expect(request.body.batch).to.have.length(1);
        const [identify] = request.body.batch;
        expect(identify.type).to.equal("identify");
        expect(identify.traits).to.deep.equal({
            email: "johndoe@example.com",
            firstName: "John",
            lastName: "Doe",
            name: "John Doe",
            address: { street: "Any Street 1337", city: "Any City", postalCode: "11111", country: "US" },
        });
    });

    it("are listed, and sent again by filter, by npm run webhooks", async () => {
        const receiver = await receiving();
        const { id } = await owner.register({
            url: receiver.url,
            eventTypes: ["order.received.v1"],
            retentionDays: 3,
        });
        const [first] = [await place(), await place()];
        await receivedOf(receiver, "order.received.v1", 2);
        const webhooks = async (...args: string[]) => {
            const { code, output } = await run("webhooks", [...args, "--json", "--endpoint", embedded.awsUrl]);
            return { code, json: JSON.parse(output) };
        };
        await eventually(async () => {
            const { json } = await webhooks("deliveries", id, "--status", "delivered");
            expect(json).to.have.length(2);
        });
        expect((await webhooks("list")).json.map(({ endpointId }: { endpointId: string }) => endpointId)).to.include(
            id,
        );
        const filter = ["replay", id, "--status", "delivered", "--types", "order.*"];
        expect((await webhooks(...filter, "--dry-run")).json).to.deep.equal({ endpointId: id, found: 2 });
        const { json: replay } = await webhooks(...filter);
        expect(replay).to.include({ status: "done", found: 2, replayed: 2 });
        expect((await owner.call("GET", `/${id}/replays/${replay.id}`)).body).to.deep.equal(replay);
        expect((await webhooks("cancel", id, replay.id)).json, "it has ended").to.deep.equal(replay);
        await receivedOf(receiver, "order.received.v1", 4);
        expect(receiver.received.filter(({ body }) => body.includes(first))).to.have.length(2);

        // What the API refuses is refused here, too.
        const [{ deliveryId }] = (await webhooks("deliveries", id)).json;
        const refused = async (...args: string[]) => {
            const { code, errors } = await run("webhooks", [...args, "--endpoint", embedded.awsUrl]);
            return `${code} ${errors}`;
        };
        expect(await refused("replay", id, "--types", "nope.nope")).to.match(/^2 .*nope\.nope matches no event/s);
        expect(await refused("deliveries", "ep_none")).to.match(/^2 .*there is no endpoint ep_none/s);
        expect((await webhooks("resend", id, deliveryId)).code).to.equal(0);
        await receivedOf(receiver, "order.received.v1", 5);
        const { dynamo } = embedded.clients();
        const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: "webhook-deliveries-dev" }));
        dynamo.destroy();
        const kept = Items.filter(
            ({ endpointId, deliveryId }) => endpointId === id && !String(deliveryId).startsWith("replay#"),
        ).map(({ expiresAt }) => Number(expiresAt));
        expect(kept).not.to.deep.equal([]);
        expect(Math.max(...kept), "kept as long as its endpoint says").to.be.below(Date.now() / 1000 + 4 * 86_400);
        expect(await refused("resend", "ep_none", deliveryId)).to.match(/^2 .*there is no endpoint ep_none/s);
        await owner.call("POST", `/${id}/disable`);
        expect(await refused("resend", id, deliveryId)).to.match(/^2 .*is disabled/s);
    });

    it("reach a queue and a bus of an owner's account, by a role that trusts the endpoint's id", async () => {
        const account = new OwnersAccount(embedded, "orders");
        const ofQueue = await account.makeQueue("orders");
        const ofBus = await account.makeQueue("orders-of-the-bus");
        const busArn = await account.makeBus("orders", ofBus);
        const { roleArn } = account;
        const eventTypes = ["order.received.v1"];
        const queue = { type: "sqs", queueArn: ofQueue.arn, roleArn };
        const bus = { type: "eventbridge", busArn, roleArn };
        const toQueue = await owner.register({ url: undefined, destination: queue, eventTypes });
        const toBus = await owner.register({ url: undefined, destination: bus, eventTypes });
        await account.trust([toQueue.id, toBus.id], [ofQueue.arn, busArn]);

        const orderId = await place();
        const ids: string[] = [];
        for (const { url } of [ofQueue, ofBus]) {
            const arrived: string[] = [];
            await eventually(async () => {
                await account.take(url, (arrivals) =>
                    arrived.push(...arrivals.filter(({ body }) => body.includes(orderId)).map(({ id }) => id)),
                );
                expect(arrived).to.have.length(1);
            });
            ids.push(...arrived);
        }
        expect(new Set(ids).size, "one event").to.equal(1);
        account.close();
    });

    it("and messages reach their subscribers, with an audit trail that shows every edit", async () => {
        const publish = async (message: object, messageType: string) => {
            const response = await ask(`${embedded.url}/messages`, {
                method: "POST",
                headers: { "content-type": "application/json", "x-correlation-id": `msg-${messageType}` },
                body: JSON.stringify({ messageType, message }),
            });
            expect(response.status).to.equal(202);
            return ((await response.json()) as { messageId: string }).messageId;
        };
        const alert = await publish({ severity: "warning", code: "stock-low", password: "12345" }, "business-alert");
        const other = await publish({ event: "stock-counted" }, "business-event");

        const rows = await eventually(async () => {
            const written = (await auditRows(embedded)).filter(({ messageId }) => [alert, other].includes(messageId));
            expect(written.map(({ subscriber, messageId }) => [subscriber, messageId])).to.deep.include.members([
                ["alert", alert],
                ["record", alert],
                ["record", other],
            ]);
            return written;
        });
        expect(rows).to.have.length(3);
        for (const row of rows)
            expect(row).to.include({ outcome: "processed", correlationId: `msg-${row.messageType}` });

        const { dynamo, lambda } = embedded.clients();
        const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: "audit-anchor-dev" }));
        expect(FunctionError).to.equal(undefined);
        lambda.destroy();
        expect(await verifiedAudit(embedded)).to.deep.equal([0, true]);

        // What happens to a copy, to a row, and to a whole chain with all that names it.
        const ofAlert = rows.find(({ subscriber }) => subscriber === "alert");
        const ofRecord = rows.find(({ subscriber, messageId }) => subscriber === "record" && messageId === other);
        if (ofAlert === undefined || ofRecord === undefined) throw new Error("there is no row");
        const copy = { messageType: "business-event", published: String(ofRecord.result["published"]) };
        await dynamo.send(new DeleteCommand({ TableName: "pubsub-messages-dev", Key: copy }));
        await dynamo.send(
            new UpdateCommand({
                TableName: "pubsub-audit-dev",
                Key: { chain: ofRecord.chain, sequence: ofRecord.sequence },
                UpdateExpression: "SET correlationId = :other",
                ExpressionAttributeValues: { ":other": "another row's" },
            }),
        );
        const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: "pubsub-audit-dev" }));
        for (const { chain, sequence, rowChain, of } of Items)
            if ([chain, rowChain, of].includes(ofAlert.chain))
                await dynamo.send(new DeleteCommand({ TableName: "pubsub-audit-dev", Key: { chain, sequence } }));
        dynamo.destroy();
        const [code, isWhole, said] = await verifiedAudit(embedded);
        expect([code, isWhole]).to.deep.equal([1, false]);
        expect(said).to.contain(`row ${ofRecord.sequence} of ${ofRecord.chain} was changed`);
        expect(said).to.contain(`the head of ${ofAlert.chain} is missing, and all of its chain`);
        expect(said).to.contain(`the copy ${copy.messageType} ${copy.published} is missing`);
    });
});

/** Not what other tests bring about. */
const testsAlone = ["webhook.test"];

const typeOf = ({ body }: Received): string => JSON.parse(body).type;
const idOf = ({ headers }: Received): string => String(headers["webhook-id"]);

/** What a receiver makes of it that trusts nothing but signatures. */
function verified({ headers, body }: Received, secret: string): unknown {
    const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature } = headers;
    return new Webhook(secret).verify(body, {
        "webhook-id": String(id),
        "webhook-timestamp": String(timestamp),
        "webhook-signature": String(signature),
    });
}

/** What `npm run audit:verify` comes to: its exit code, whether it says that all is whole, and all that it says. */
async function verifiedAudit({ awsUrl }: Embedded): Promise<[code: unknown, isWhole: boolean, said?: string]> {
    const { code, output, errors } = await run("audit", ["--endpoint", awsUrl], {
        AWS_ACCESS_KEY_ID: "local",
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_REGION: "eu-west-1",
    });
    const isWhole = output.includes("all as they were written");
    return code === 0 ? [code, isWhole] : [code, isWhole, errors + output];
}
