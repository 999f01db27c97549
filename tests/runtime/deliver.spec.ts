import { createHmac } from "node:crypto";
import { expect } from "chai";
import type { Result } from "../../runtime/webhookFanout/delivery/attempt.ts";
import { statsIn } from "../../runtime/webhookFanout/delivery/counters.ts";
import type { WakeUp } from "../../runtime/webhookFanout/delivery/delivery.ts";
import { DeliveryStore } from "../../runtime/webhookFanout/delivery/deliveryStore.ts";
import { Sender } from "../../runtime/webhookFanout/delivery/sender.ts";
import { readEvent } from "../../runtime/webhookFanout/dispatch/event.ts";
import { Refusal } from "./support/aws.ts";
import { busEvent, sqsRecord } from "./support/events.ts";
import { figuresIn } from "./support/figures.ts";
import { masterKeys } from "./support/outbound.ts";
import { type Behaviour, behaviours, Receiver } from "./support/receiver.ts";
import { body, leaseMs, Sending, secret, start, verified } from "./support/sending.ts";
import { started, startedCallback } from "./support/started.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

describe("deliver", () => {
    const sending = started(new Sending());
    const receivers: Receiver[] = [];

    beforeEach(() => sending.reset());
    afterEach(() => Promise.all(receivers.splice(0).map((receiver) => receiver.stop())));

    async function receiverThat(behaviour: Behaviour): Promise<Receiver> {
        const receiver = await Receiver.start(behaviour);
        receivers.push(receiver);
        return receiver;
    }

    /** An endpoint whose receiver answers so, and a delivery to it that is due. */
    async function given(behaviour: Behaviour, ...overs: Parameters<Sending["endpoint"]>[1][]) {
        const receiver = await receiverThat(behaviour);
        const endpoint = await sending.endpoint(receiver.url, Object.assign({}, ...overs));
        return { receiver, endpoint, wakeUp: await sending.delivery() };
    }

    describe("an attempt", () => {
        it("posts the stored event, which its receiver can verify, and ends as delivered", async () => {
            const sealedHeaders = sending.sealing.seal('{"X-Shop":"berlin"}', "ep_1");
            const { receiver, wakeUp } = await given(behaviours.healthy, { headerNames: ["X-Shop"], sealedHeaders });

            expect(await sending.attempt(wakeUp)).to.include({ outcome: "delivered", httpStatus: 200 });

            const request = receiver.only;
            expect(request.method).to.equal("POST");
            expect(request.body).to.equal(body);
            expect(verified(request)).to.deep.equal(JSON.parse(body));
            expect(request.headers).to.include({
                "webhook-id": "cs_1:4:completed",
                "webhook-timestamp": String(start / 1000),
                "content-type": "application/json",
                "x-shop": "berlin",
                "user-agent": "commerce-webhooks/1",
            });
            expect(await sending.row()).to.include({ status: "delivered", attempts: 1 });
            expect(await sending.row()).not.to.have.property("nextAttemptAt");
            expect(sending.waking).to.deep.equal([]);
            expect(sending.notices).to.deep.equal([]);
        });

        it("sends the body of a row of an older version, which contains it", async () => {
            const { receiver } = await given(behaviours.healthy);
            const own = '{"id":"evt_old"}';
            const wakeUp = await sending.delivery({ deliveryId: "evt_old", body: own });
            expect(await sending.attempt(wakeUp)).to.include({ outcome: "delivered" });
            expect(receiver.received.map((request) => request.body)).to.deep.equal([own]);
        });

        it("is recorded with its response and duration", async () => {
            const { wakeUp } = await given(behaviours.answering(503, {}, "down for a moment"));

            await sending.attempt(wakeUp);

            const [attempt, ...others] = await sending.attempts();
            expect(others).to.deep.equal([]);
            expect(attempt).to.deep.include({
                number: 1,
                at: "2026-11-20T10:00:00.000Z",
                status: "failed",
                httpStatus: 503,
                response: "down for a moment",
                error: "HTTP 503",
            });
            expect(attempt?.durationMs).to.be.within(0, 1000);
            expect(attempt?.expiresAt).to.equal(start / 1000 + 30 * 86_400);
        });

        it("signs for endpoints of the protocol's kind as the protocol says", async () => {
            const { receiver, wakeUp } = await given(behaviours.healthy, { kind: "acp" });

            await sending.attempt(wakeUp);

            expect(receiver.only.headers).to.include({
                "request-id": "cs_1:4:completed",
                timestamp: "2026-11-20T10:00:00.000Z",
            });
            expect(receiver.only.headers["merchant-signature"]).to.match(/^t=1795168800,v1=[a-f0-9]{64}$/);
        });

        it("signs a body of the form until 2026-01-30 as that form says", async () => {
            const receiver = await receiverThat(behaviours.healthy);
            await sending.endpoint(receiver.url, { kind: "acp" });

            await sending.attempt(await sending.delivery({ isOlderForm: true }));

            const hmac = createHmac("sha256", secret).update(receiver.only.body).digest("hex");
            expect(receiver.only.headers["merchant-signature"]).to.equal(hmac);
        });

        it("signs with every secret that is still valid during a rotation", async () => {
            const older = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
            const sealed = (text: string) => sending.sealing.seal(text, "ep_1");
            const { receiver, wakeUp } = await given(behaviours.healthy, {
                secrets: [
                    { scheme: "v1", sealed: sealed(secret) },
                    { scheme: "v1", sealed: sealed(older), expiresAt: new Date(start + hour).toISOString() },
                    { scheme: "v1", sealed: "k1.gone", expiresAt: new Date(start - hour).toISOString() },
                ],
            });

            await sending.attempt(wakeUp);

            const request = receiver.only;
            expect(verified(request, secret)).to.deep.equal(JSON.parse(body));
            expect(verified(request, older)).to.deep.equal(JSON.parse(body));
            expect(String(request.headers["webhook-signature"]).split(" ")).to.have.length(2);
        });

        it("does not let a header of the owner replace a header of the protocol", async () => {
            const { receiver, wakeUp } = await given(behaviours.healthy, {
                headers: { "Webhook-Id": "forged", "CONTENT-TYPE": "text/plain", "webhook-signature": "v1,forged" },
            });

            await sending.attempt(wakeUp);

            const request = receiver.only;
            expect(verified(request)).to.deep.equal(JSON.parse(body));
            expect(request.headers).to.include({ "webhook-id": wakeUp.deliveryId, "content-type": "application/json" });
        });

        it("waits as long for the response as the endpoint asks for", async () => {
            const { wakeUp } = await given(behaviours.slow(1500), { timeoutSeconds: 3 });
            expect(await sending.attempt(wakeUp)).to.include({ outcome: "delivered" });
            const { wakeUp: hasty } = await given(behaviours.hanging, { endpointId: "ep_2", timeoutSeconds: 1 });
            const other = await sending.delivery({ endpointId: "ep_2" });
            expect(hasty.endpointId).to.equal("ep_1");
            expect(await sending.attempt(other)).to.include({ outcome: "failed", error: "no answer within 1 s" });
        });

        it("sends a user name and password", async () => {
            const auth = { type: "basic", username: "ada", password: "p:w d" } as const;
            const sealedAuth = sending.sealing.seal(JSON.stringify(auth), "ep_1");
            const { receiver, wakeUp } = await given(behaviours.healthy, { auth, sealedAuth });
            await sending.attempt(wakeUp);
            const authorization = `Basic ${Buffer.from("ada:p:w d").toString("base64")}`;
            expect(receiver.only.headers).to.include({ authorization });
        });

        it("is made once, although its message arrives many times and at the same moment", async () => {
            const { receiver, wakeUp } = await given(behaviours.slow(50));

            const results = await sending.batch([wakeUp, wakeUp, wakeUp, wakeUp, wakeUp]);
            await sending.attempt(wakeUp);
            await sending.run();

            expect(results.map(({ outcome }) => outcome).sort()).to.deep.equal([
                "delivered",
                ...Array(4).fill("put back"),
            ]);
            expect(receiver.received).to.have.length(1);
            expect(await sending.attempts()).to.have.length(1);
            expect(sending.waking).to.deep.equal([]);
        });

        it("is not made for a message of an earlier attempt, of a later one, or of an unknown delivery", async () => {
            const { receiver } = await given(behaviours.healthy);
            const wakeUp = await sending.delivery({ attempts: 3 });

            for (const attempt of [1, 2, 3, 5]) {
                expect(await sending.attempt({ ...wakeUp, attempt })).to.include({ outcome: "passed over" });
            }
            expect(await sending.attempt({ ...wakeUp, deliveryId: "gone" })).to.include({ outcome: "passed over" });
            expect(receiver.received).to.deep.equal([]);
        });

        it("is made again when its process has died, after its lease ends", async () => {
            const { receiver } = await given(behaviours.healthy);
            const wakeUp = await sending.delivery();
            await sending.underWay(wakeUp, start + leaseMs);

            expect(await sending.attempt(wakeUp)).to.include({ outcome: "put back" });
            expect(receiver.received).to.deep.equal([]);
            expect(sending.waking).to.deep.equal([{ wakeUp, dueAt: start + leaseMs + second, by: "queue" }]);

            expect((await sending.run()).map(({ outcome }) => outcome)).to.deep.equal(["delivered"]);
        });
    });

    describe("a failure", () => {
        /** Hours, minutes and seconds since the beginning. */
        const since = (at: number) => (at - start) / second;

        it("is followed by eight attempts in 28 hours, and then by a dead-letter message", async () => {
            const { receiver, wakeUp } = await given(behaviours.answering(500));

            await sending.attempt(wakeUp);
            const results = await sending.run();

            expect(results.map(({ outcome }) => outcome)).to.deep.equal([...Array(6).fill("failed"), "exhausted"]);
            expect(results.map(({ at }) => since(at))).to.deep.equal([5, 305, 2105, 9305, 27_305, 63_305, 99_305]);
            expect(receiver.ids).to.deep.equal(Array(8).fill("cs_1:4:completed"));
            const timestamps = receiver.received.map(({ headers }) => Number(headers["webhook-timestamp"]));
            expect(timestamps.map((time) => time - start / second)).to.deep.equal([
                0,
                ...results.map(({ at }) => since(at)),
            ]);
            for (const request of receiver.received) {
                expect(request.body).to.equal(body);
                expect(verified(request)).to.deep.equal(JSON.parse(body));
            }

            const row = await sending.row();
            expect(row).to.include({ status: "exhausted", attempts: 8, lastError: "HTTP 500" });
            expect(row).not.to.have.any.keys("nextAttemptAt", "body");
            expect((await sending.attempts()).map(({ number }) => number)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
            expect(sending.aws.sentTo("exhausted")).to.deep.equal([
                {
                    reason: "HTTP 500",
                    error: "HTTP 500",
                    endpointId: "ep_1",
                    deliveryId: "cs_1:4:completed",
                    eventType: "checkout_session.completed",
                    attempts: 8,
                    tenantId: "agent",
                    occurredAt: "2026-11-20T10:00:00.000Z",
                    correlationId: "correlation-1",
                },
            ]);
        });

        it("waits in the queue for a quarter of an hour at most, and by a schedule for longer", async () => {
            const { wakeUp } = await given(behaviours.answering(500));

            await sending.attempt(wakeUp);
            await sending.run();

            const queued = sending.aws.messages.filter(({ url }) => url.endsWith("/attempts"));
            expect(queued.map(({ entry }) => [entry.DelaySeconds, entry.MessageGroupId])).to.deep.equal([
                [5, "ep_1"],
                [300, "ep_1"],
            ]);
            const schedules = sending.aws.inputs("CreateSchedule");
            expect(schedules).to.have.length(5);
            const name = String(schedules[0]?.["Name"]);
            expect(name).to.match(/^[0-9a-f-]{36}-4$/);
            expect(schedules[0]).to.deep.equal({
                Name: name,
                GroupName: "webhook-attempts",
                ClientToken: name,
                ScheduleExpression: "at(2026-11-20T10:35:05)",
                ScheduleExpressionTimezone: "UTC",
                FlexibleTimeWindow: { Mode: "OFF" },
                ActionAfterCompletion: "DELETE",
                Target: {
                    Arn: "arn:aws:sqs:eu-west-1:000000000000:attempts",
                    RoleArn: "arn:aws:iam::000000000000:role/wake",
                    Input: JSON.stringify({
                        tenantId: "agent",
                        endpointId: "ep_1",
                        deliveryId: "cs_1:4:completed",
                        attempt: 4,
                    }),
                    DeadLetterConfig: { Arn: "arn:aws:sqs:eu-west-1:000000000000:attempts-dlq" },
                },
            });
        });

        it("is stored before the message for the next attempt is sent", async () => {
            const { wakeUp } = await given(behaviours.answering(500));
            const rows: unknown[] = [];
            sending.aws.answers("SendMessageBatch", async () => {
                rows.push(await sending.row());
                return undefined;
            });

            await sending.attempt(wakeUp);

            expect(rows).to.have.length(1);
            expect(rows[0]).to.include({ attempts: 1, status: "pending", nextAttemptAt: "2026-11-20T10:00:05.000Z" });
        });

        const answers: [what: string, behaviour: Behaviour, waitSeconds: number, error: RegExp][] = [
            ["429", behaviours.answering(429), 60, /^HTTP 429$/],
            ["503 with Retry-After", behaviours.answering(503, { "retry-after": "7" }), 7, /^HTTP 503$/],
            ["no answer in time", behaviours.hanging, 60, /^no answer within/],
            ["a broken connection", behaviours.resetting, 5, /the connection was closed/],
            ["301", behaviours.answering(301, { location: "/" }), 5, /redirects are not followed/],
            ["400", behaviours.answering(400), 5, /^HTTP 400$/],
        ];
        for (const [what, behaviour, waitSeconds, error] of answers) {
            it(`that is ${what} is tried again after ${waitSeconds} s`, async () => {
                const { wakeUp, receiver } = await given(behaviour);

                expect(await sending.attempt(wakeUp)).to.include({ outcome: "failed" });

                expect(sending.waking.map(({ dueAt }) => since(dueAt))).to.deep.equal([waitSeconds]);
                expect((await sending.row())?.["lastError"]).to.match(error);
                expect(receiver.received).to.have.length(1);
            });
        }

        it("is made once more when a replay is requested while it runs, after success and after failure", async () => {
            for (const status of [200, 500, 410]) {
                await sending.reset();
                const { receiver, wakeUp } = await given(async (response, _, count) => {
                    if (count === 1) {
                        const store = new DeliveryStore(sending.database.client, "deliveries");
                        const { endpointId, deliveryId } = wakeUp;
                        expect(await store.again({ endpointId, deliveryId }, ["pending"])).to.include({ attempts: 0 });
                    }
                    response.writeHead(count === 1 ? status : 200).end();
                });
                await sending.attempt(wakeUp);
                expect(await sending.row()).to.include({ status: "pending", attempts: 1, attemptsBefore: 1 });

                await sending.run();

                // One that says that it is gone (410) is disabled: what is asked for waits for its owner.
                const [end, times] = status === 410 ? ["skipped", 1] : ["delivered", 2];
                expect(await sending.row(), String(status)).to.include({ status: end });
                expect(receiver.received, String(status)).to.have.length(Number(times));
                expect((await sending.attempts())[0]?.httpStatus).to.equal(status);
            }
        });

        it("begins the schedule again for a replay, and continues the attempt numbers", async () => {
            const { receiver } = await given(behaviours.answering(500));
            sending.now = start + 10 * day;
            const again = await sending.delivery({
                attempts: 8,
                attemptsBefore: 8,
                createdAt: new Date(start).toISOString(),
                retryUntil: new Date(start + 28 * hour).toISOString(),
            });

            await sending.attempt(again);
            await sending.run();

            expect(receiver.received).to.have.length(8);
            expect((await sending.attempts()).map(({ number }) => number)).to.deep.equal([
                9, 10, 11, 12, 13, 14, 15, 16,
            ]);
            expect(await sending.row()).to.include({ status: "exhausted", attempts: 16 });
        });
    });

    describe("an endpoint", () => {
        for (const status of [200, 500]) {
            it(`is disabled when its receiver says so with a ${status}`, async () => {
                const { wakeUp } = await given(behaviours.answering(status, { "webhook-delivery": "disable" }));

                await sending.attempt(wakeUp);

                expect(await sending.destination()).to.include({ status: "disabled", disabledBecause: "owner" });
                expect(await sending.row()).to.include({ status: status === 200 ? "delivered" : "skipped" });
            });
        }

        it("is sent no delivery again that its receiver rejects for good", async () => {
            const { wakeUp } = await given(behaviours.answering(500, { "webhook-delivery": "abort-message" }));

            expect(await sending.attempt(wakeUp)).to.include({ outcome: "exhausted" });

            expect(await sending.destination()).to.include({ status: "enabled" });
            expect(sending.aws.sentTo("exhausted")[0]?.["reason"]).to.match(/refused for good by the receiver/);
            expect(sending.waking).to.deep.equal([]);
        });

        it("that was deleted receives nothing, and is not created again by its failure count", async () => {
            const { wakeUp } = await given((response) => {
                void deleted.promise.then(() => response.writeHead(500).end());
            });
            const deleted = Promise.withResolvers<void>();
            const attempting = sending.attempt(wakeUp);
            await receivers[0]?.has(1);
            await sending.reset();
            await sending.underWay(await sending.delivery(), start + leaseMs);
            deleted.resolve();
            await attempting;

            expect(await sending.destination()).to.equal(undefined);
            sending.now += 5 * second;
            expect(await sending.attempt({ ...wakeUp, attempt: 2 })).to.include({ outcome: "skipped" });
        });

        /** Tries a new delivery once. */
        async function fail(at: number, deliveryId = `event-${at}`): Promise<void> {
            sending.now = at;
            await sending.attempt(await sending.delivery({ deliveryId }));
        }

        it("is disabled after five days of failures only, each counted once", async () => {
            await given(behaviours.answering(500));

            let failures = 0;
            for (let at = start; at <= start + 5.5 * day; at += 6 * hour) {
                expect(await sending.destination(), new Date(at).toISOString()).to.include({ status: "enabled" });
                await fail(at);
                failures += 1;
            }

            const disabled = { status: "disabled", disabledBecause: "failing", failures };
            expect(await sending.destination()).to.include(disabled);
            expect(sending.notices.map(({ type }) => type)).to.deep.equal(["webhook.endpoint_disabled"]);
        });

        it("is disabled with an event that tells the delivery's state after the attempt, and its error", async () => {
            await given(behaviours.answering(410));
            await fail(start, "event-1");
            const [{ data } = { data: {} }] = sending.notices;
            expect(data).to.include({ deliveryId: "event-1", attempts: 1, error: "HTTP 410", disabledBecause: "gone" });
            expect(data).not.to.have.property("nextAttemptAt");
        });

        it("is not disabled by a few failures over a long time", async () => {
            await given(behaviours.answering(500));

            for (const days of [0, 2, 4, 6, 8, 10, 12]) await fail(start + days * day);

            expect(await sending.destination()).to.include({ status: "enabled", failures: 1 });
        });

        it("is not disabled by many failures at once, five days before another one", async () => {
            await given(behaviours.answering(500));

            for (const minutes of [0, 1, 2, 3, 4, 5]) await fail(start + minutes * minute);
            await fail(start + 6 * day);

            expect(await sending.destination()).to.include({ status: "enabled", failures: 1 });
        });

        it("begins its five days again after one success among the failures", async () => {
            const { receiver } = await given(behaviours.answering(500));

            for (let at = start; at <= start + 8 * day; at += 6 * hour) {
                receiver.behaviour = at === start + 4 * day ? behaviours.healthy : behaviours.answering(500);
                await fail(at);
            }

            expect(await sending.destination()).to.include({ status: "enabled" });
        });
    });

    describe("the owner of an endpoint", () => {
        it("receives an event when a delivery fails for the fourth time, and when it is exhausted", async () => {
            const { wakeUp } = await given(behaviours.answering(500));

            await sending.attempt(wakeUp);
            await sending.run({ until: start + 20 * minute });
            expect(sending.notices).to.deep.equal([]);
            await sending.run();

            const [failing, exhausted, ...others] = sending.notices;
            expect(others).to.deep.equal([]);
            expect(failing).to.deep.include({
                type: "webhook.failing",
                tenantId: "agent",
                correlationId: "correlation-1",
                timestamp: "2026-11-20T10:35:05.000Z",
                data: {
                    endpointId: "ep_1",
                    deliveryId: "cs_1:4:completed",
                    eventType: "checkout_session.completed",
                    attempts: 4,
                    error: "HTTP 500",
                    nextAttemptAt: "2026-11-20T12:35:05.000Z",
                },
            });
            expect(exhausted).to.include({ type: "webhook.exhausted" });
            for (const { id } of sending.notices) expect(id).to.match(/^[\w:-]{1,200}$/);
        });

        it("receives an event when a failing delivery succeeds, and none after a few failures", async () => {
            const { receiver, wakeUp } = await given((response, _, count) => {
                response.writeHead(count < 5 ? 500 : 200).end();
            });
            await sending.attempt(wakeUp);
            await sending.run();
            expect(sending.notices.map(({ type }) => type)).to.deep.equal(["webhook.failing", "webhook.recovered"]);

            sending.aws.calls.length = 0;
            receiver.received.length = 3;
            await sending.attempt(await sending.delivery({ deliveryId: "another" }));
            await sending.run();
            expect(await sending.row("another")).to.include({ status: "delivered", attempts: 2 });
            expect(sending.notices).to.deep.equal([]);
        });

        it("receives no event about the deliveries of such events, which would never end", async () => {
            await given(behaviours.answering(500));
            const wakeUp = await sending.delivery({ eventType: "webhook.failing" });

            await sending.attempt(wakeUp);
            await sending.run();

            expect(await sending.row()).to.include({ status: "exhausted" });
            expect(sending.notices).to.deep.equal([]);
            expect(sending.aws.sentTo("exhausted")).to.have.length(1);
        });
    });

    describe("the order of deliveries with one key", () => {
        /** Deliveries of one session, a second apart, that settled a while ago. */
        async function versions(count: number, over: Parameters<Sending["delivery"]>[0] = {}): Promise<WakeUp[]> {
            const wakeUps: WakeUp[] = [];
            for (let version = 1; version <= count; version += 1) {
                const deliveryId = `${over.orderingKey ?? "cs_1"}:${version}:updated`;
                const occurredAt = new Date(start - minute + version * second).toISOString();
                wakeUps.push(
                    await sending.delivery({
                        createdAt: new Date(start - minute).toISOString(),
                        deliveryId,
                        occurredAt,
                        orderKey: `ep_1#${over.orderingKey ?? "cs_1"}`,
                        ...over,
                    }),
                );
            }
            return wakeUps;
        }

        it("is kept where an endpoint asks for it, in any order of messages", async () => {
            const { receiver } = await given(behaviours.healthy, { ordered: true });
            const wakeUps = await versions(12);

            await sending.batch(wakeUps.toReversed());
            await sending.run();

            expect(receiver.ids).to.deep.equal(Array.from({ length: 12 }, (_, index) => `cs_1:${index + 1}:updated`));
            expect(sending.waking).to.deep.equal([]);
        });

        it("follows the versions of events that happened at the same moment", async () => {
            const { receiver } = await given(behaviours.healthy, { ordered: true });
            const wakeUps = await versions(11, { occurredAt: new Date(start - minute).toISOString() });

            await sending.batch(wakeUps.toReversed());
            await sending.run();

            expect(receiver.ids).to.deep.equal(Array.from({ length: 11 }, (_, index) => `cs_1:${index + 1}:updated`));
        });

        it("is that of an order's own times, also of changes in one second, which is all that the bus keeps", async () => {
            const { receiver } = await given(behaviours.healthy, { ordered: true });
            const events = Array.from({ length: 8 }, (_, index) => {
                const occurredAt = new Date(start - minute + index + 1).toISOString();
                const change = { type: "note", id: `note_${index + 1}` };
                const detail = { orderId: "o-1", meta: { correlationId: "c", occurredAt, version: index + 2, change } };
                return readEvent(JSON.stringify(busEvent("order.updated.v1", detail, "order.api")));
            });
            const ids = events.map(({ id }) => id);
            expect(ids.toSorted(), "by their ids they would be in another order").not.to.deep.equal(ids);
            const wakeUps: WakeUp[] = [];
            for (const { id, type, orderingKey, occurredAt } of events) {
                const createdAt = new Date(start - minute).toISOString();
                const delivery = { deliveryId: id, eventType: type, orderingKey, occurredAt, createdAt };
                wakeUps.push(await sending.delivery({ ...delivery, orderKey: `ep_1#${orderingKey}` }));
            }

            await sending.batch(wakeUps.toReversed());
            await sending.run();

            expect(receiver.ids).to.deep.equal(ids);
        });

        it("makes later deliveries wait for a failing one without polling, and delays no other key", async () => {
            const receiver = await receiverThat((response, { headers }, count) => {
                const isFirst = String(headers["webhook-id"]).startsWith("cs_1:1:");
                response.writeHead(isFirst && count < 8 ? 500 : 200).end();
            });
            await sending.endpoint(receiver.url, { ordered: true });
            const [first, second_, third] = await versions(3);
            const [other] = await versions(1, { orderingKey: "cs_2" });
            if (!first || !second_ || !third || !other) throw new Error("four were made");

            const results = await sending.batch([first, second_, third, other]);
            expect(results.map(({ outcome }) => outcome)).to.deep.equal(["failed", "waiting", "waiting", "delivered"]);
            expect(sending.waking.map(({ wakeUp }) => wakeUp)).to.deep.equal([{ ...first, attempt: 2 }]);
            expect(await sending.row(second_.deliveryId)).to.include({ attempts: 0, status: "pending" });

            await sending.run();
            expect(receiver.ids.slice(-3)).to.deep.equal(["cs_1:1:updated", "cs_1:2:updated", "cs_1:3:updated"]);
            expect(await sending.attempts(third.deliveryId)).to.have.length(1);
        });

        it("continues after an exhausted and after a skipped delivery", async () => {
            const receiver = await receiverThat((response, { headers }) => {
                const isFirst = String(headers["webhook-id"]).startsWith("cs_1:1:");
                const control = { "webhook-delivery": "abort-message" };
                response.writeHead(isFirst ? 400 : 200, isFirst ? control : {}).end();
            });
            await sending.endpoint(receiver.url, { ordered: true });
            const wakeUps = await versions(3);

            await sending.batch(wakeUps.toReversed());
            await sending.run();

            expect(await sending.row("cs_1:1:updated")).to.include({ status: "exhausted" });
            expect(receiver.ids).to.deep.equal(["cs_1:1:updated", "cs_1:2:updated", "cs_1:3:updated"]);
        });

        it("sends no order_update after a later one, which contains it, unless its owner asks for it", async () => {
            const { receiver } = await given(behaviours.healthy, { ordered: true });
            const update = (version: number, over: object = {}) =>
                sending.delivery({
                    deliveryId: `cs_1:${version}:order_update`,
                    eventType: "order_update",
                    orderKey: "ep_1#cs_1",
                    createdAt: new Date(start - minute).toISOString(),
                    ...over,
                });
            await sending.attempt(await update(5));
            const late = await sending.attempt(await update(4));

            expect(late).to.include({ outcome: "skipped", error: "a later event of the order was delivered" });
            expect(receiver.ids).to.deep.equal(["cs_1:5:order_update"]);
            await sending.attempt(await update(4, { asks: 1 }));
            await sending.attempt(await update(6));
            expect(receiver.ids.slice(1)).to.deep.equal(["cs_1:4:order_update", "cs_1:6:order_update"]);
        });

        it("waits until events of the same time are visible", async () => {
            const { receiver } = await given(behaviours.healthy, { ordered: true });
            const wakeUp = await sending.delivery({ orderKey: "ep_1#cs_1" });

            expect(await sending.attempt(wakeUp)).to.include({ outcome: "put back" });
            expect(sending.waking).to.deep.equal([{ wakeUp, dueAt: start + 2 * second, by: "queue" }]);

            await sending.run();
            expect(receiver.received).to.have.length(1);
        });

        it("is not kept for an endpoint that did not ask for it", async () => {
            const receiver = await receiverThat(behaviours.healthy);
            await sending.endpoint(receiver.url);
            const [, last] = await versions(2);
            if (last === undefined) throw new Error("two were made");

            expect(await sending.attempt(last)).to.include({ outcome: "delivered" });
        });
    });

    describe("the capacity of an endpoint", () => {
        beforeEach(() => {
            // The same numbers at every run, in a pseudorandom order (Park and Miller).
            let seed = 20_261_120;
            sending.random = () => {
                seed = (seed * 48_271) % 2_147_483_647;
                return seed / 2_147_483_647;
            };
        });

        const many = (count: number) =>
            Promise.all(
                Array.from({ length: count }, (_, index) => sending.delivery({ deliveryId: `event-${index}` })),
            );

        it("is not exceeded by several environments, and waiting costs no delivery an attempt", async () => {
            let current = 0;
            let most = 0;
            const { receiver } = await given(
                (response) => {
                    most = Math.max(most, ++current);
                    setTimeout(() => {
                        current -= 1;
                        response.end();
                    }, 30);
                },
                { concurrency: 3 },
            );
            const wakeUps = await many(24);
            const environments = [sending.environment(), sending.environment(), sending.environment()];

            const results = await Promise.all(
                wakeUps.map((wakeUp, index) => environments[index % 3]?.attempt(wakeUp, false)),
            );
            for (const result of results) expect(result?.outcome).to.be.oneOf(["delivered", "put back"]);
            for (const { dueAt } of sending.waking) expect(dueAt - start).to.be.within(second, 4 * second);
            await sending.run();

            expect(most).to.be.within(2, 3);
            expect(new Set(receiver.ids)).to.have.property("size", 24);
            expect(receiver.received).to.have.length(24);
            for (const { attempt, deliveryId } of wakeUps) {
                expect(await sending.row(deliveryId)).to.include({ status: "delivered", attempts: attempt });
            }
        });

        it("serves many deliveries at the same time, one after the other where the endpoint is quick", async () => {
            const { receiver } = await given(behaviours.slow(5), { concurrency: 20 });

            const results = await sending.batch(await many(10));

            expect(results.map(({ outcome }) => outcome)).to.deep.equal(Array(10).fill("delivered"));
            expect(receiver.received).to.have.length(10);
        });

        it("is one slot in an environment that is new to the endpoint, and grows with its answers in the same batch", async () => {
            const open: (() => void)[] = [];
            const { receiver } = await given((response) => open.push(() => response.end()), { concurrency: 10 });

            const delivering = sending.batch(await many(10));
            await receiver.has(1);
            const begun = performance.now();
            // Others of the same environment are delivered meanwhile, from the beginning to the end.
            await sending.endpoint((await receiverThat(behaviours.healthy)).url, { endpointId: "ep_other" });
            for (let other = 1; performance.now() - begun < 50; other += 1) {
                const wakeUp = await sending.delivery({ endpointId: "ep_other", deliveryId: `other-${other}` });
                await sending.attempt(wakeUp);
            }
            expect(receiver.received).to.have.length(1);
            open.shift()?.();
            // The place that is free, and two more: three for whom it has answered once, when it takes its time.
            await receiver.has(4);
            receiver.behaviour = behaviours.healthy;
            for (const answer of open.splice(0)) answer();

            expect((await delivering).map(({ outcome }) => outcome)).to.deep.equal(Array(10).fill("delivered"));
        });

        it("keeps at most two environments busy with a hanging endpoint; the others deliver to other endpoints", async () => {
            const open: (() => void)[] = [];
            const hanging = await receiverThat((response) => open.push(() => response.end()));
            const healthy = await receiverThat(behaviours.healthy);
            await sending.endpoint(hanging.url, { endpointId: "ep_hanging" });
            await sending.endpoint(healthy.url, { endpointId: "ep_healthy" });
            const ended: Result[] = [];
            // No request ends before this test lets it.
            const sender = new Sender({ allowed: ["127.0.0.1"], deadlineMs: hour });

            const all = Array.from({ length: 8 }, async (_, index) => {
                const environment = sending.environment(sender);
                const ids = { deliveryId: `event-${index}` };
                const toHanging = await sending.delivery({ ...ids, endpointId: "ep_hanging" });
                const toHealthy = await sending.delivery({ ...ids, endpointId: "ep_healthy" });
                const waiting = environment.attempt(toHanging, false).then((result) => ended.push(result));
                // Whoever finds no free slot comes again, as its wake-up does.
                while ((await environment.attempt(toHealthy, false)).outcome === "put back");
                return { waiting };
            });

            // While the hanging one has answered nothing.
            const others = await Promise.all(all);
            expect(healthy.received).to.have.length(8);
            while (ended.length + open.length < 8) await new Promise(setImmediate);
            expect(ended.map(({ outcome }) => outcome)).to.deep.equal(Array(6).fill("put back"));
            expect(hanging.received).to.have.length(2);
            for (const answer of open) answer();
            await Promise.all(others.map(({ waiting }) => waiting));
            expect(ended.slice(6).map(({ outcome }) => outcome)).to.deep.equal(["delivered", "delivered"]);
            sender.close();
        });

        it("is used at once by a healthy endpoint beside a dead, a hanging and a slow one, in every environment", async () => {
            const open: (() => void)[] = [];
            const unanswered: Behaviour = (response) => open.push(() => response.end());
            const receiverOf = {
                healthy: await receiverThat(behaviours.healthy),
                dead: await receiverThat(behaviours.resetting),
                hanging: await receiverThat(unanswered),
                slow: await receiverThat(unanswered),
            };
            const names = Object.keys(receiverOf);
            for (const [name, receiver] of Object.entries(receiverOf))
                await sending.endpoint(receiver.url, { endpointId: `ep_${name}` });
            const sender = new Sender({ allowed: ["127.0.0.1"] });
            const environments = [1, 2, 3, 4, 5].map(() => sending.environment(sender));
            let finished = 0;
            const attempts = new Map(names.map((name) => [name, [] as Promise<Result>[]]));
            for (const [batch, environment] of environments.entries()) {
                for (const [index, name] of [...names, ...names].entries()) {
                    const ids = { endpointId: `ep_${name}`, deliveryId: `event-${batch}-${index}` };
                    const attempt = sending.delivery(ids).then((wakeUp) => environment.attempt(wakeUp, false));
                    attempts.get(name)?.push(attempt);
                }
            }
            const finishing = environments.map((_, batch) =>
                Promise.all(names.flatMap((name) => attempts.get(name)?.slice(2 * batch, 2 * batch + 2) ?? [])).then(
                    () => {
                        finished += 1;
                    },
                ),
            );

            // While the others have answered nothing. Whoever finds no free slot comes again a little later.
            const outcomes = (await Promise.all(attempts.get("healthy") ?? [])).map(({ outcome }) => outcome);
            for (const outcome of outcomes) expect(outcome).to.be.oneOf(["delivered", "put back"]);
            expect(outcomes.filter((outcome) => outcome === "delivered")).to.have.length.at.least(4);
            // At most two environments wait for each of the others, and put back what would wait for its turn.
            while (finished < 1) await new Promise(setImmediate);
            expect(receiverOf.hanging.received).to.have.length.at.most(2);
            expect(receiverOf.slow.received).to.have.length.at.most(2);
            for (const name of ["hanging", "slow"] as const) receiverOf[name].behaviour = behaviours.healthy;
            for (const answer of open) answer();
            await Promise.all(finishing);
            sender.close();
        });

        it("has an endpoint marked as crowded whose requests take long, once in a while", async () => {
            const { receiver, endpoint } = await given(behaviours.healthy);
            const held = { endpointId: "ep_1", holder: "another", heldUntil: start + leaseMs - 3 * second };
            for (const slot of [1, 2]) await sending.database.put("capacity", { ...held, slot });
            const crowdedUntil = new Date(start + 30 * second).toISOString();

            const results = await sending.batch(await many(3));

            expect(results.map(({ outcome }) => outcome)).to.deep.equal(Array(3).fill("put back"));
            expect(receiver.received).to.deep.equal([]);
            expect(await sending.destination()).to.include({ crowdedUntil });
            for (const { dueAt } of sending.waking) expect(dueAt - start).to.be.within(6 * second, 24 * second);

            sending.now += 10 * second;
            await sending.endpoint(endpoint.url, { crowdedUntil });
            await sending.attempt(await sending.delivery({ deliveryId: "another" }));
            expect(await sending.destination()).to.include({ crowdedUntil });
        });

        it("is waited for by first attempts in proportion to their age", async () => {
            const { endpoint } = await given(behaviours.healthy, { concurrency: 1 });
            for (const [isLong, ageSeconds, least, most] of [
                [false, 0, 1, 4],
                [false, 100, 50, 100],
                [false, 10_000, 300, 300],
                [true, 100, 200, 400],
                [true, 10_000, 900, 900],
            ] as const) {
                await sending.reset();
                await sending.endpoint(endpoint.url, {
                    concurrency: 1,
                    ...(isLong && { failures: 3, failingSince: new Date(start).toISOString() }),
                });
                const held = { endpointId: "ep_1", slot: 1, holder: "another", heldUntil: start + leaseMs };
                await sending.database.put("capacity", held);
                const createdAt = new Date(start - ageSeconds * second).toISOString();

                expect(await sending.attempt(await sending.delivery({ createdAt }))).to.include({
                    outcome: "put back",
                });

                const [waking] = sending.waking;
                expect(((waking?.dueAt ?? 0) - start) / second, String(ageSeconds)).to.be.within(least, most);
            }
        });

        it("closes when a quick endpoint begins to hang, also in environments that have delivered to it", async () => {
            const { receiver } = await given(behaviours.healthy);
            const environments = Array.from({ length: 5 }, () => sending.environment());
            for (const [index, environment] of environments.entries()) {
                for (const each of [1, 2, 3, 4, 5, 6, 7, 8]) {
                    const wakeUp = await sending.delivery({ deliveryId: `quick-${index}-${each}` });
                    await environment.attempt(wakeUp, false);
                }
            }
            let current = 0;
            let most = 0;
            receiver.behaviour = (response) => {
                most = Math.max(most, ++current);
                response.on("close", () => {
                    current -= 1;
                });
            };
            receiver.received.length = 0;

            const attempts: Promise<unknown>[] = [];
            for (const [index, environment] of environments.entries()) {
                const wakeUp = await sending.delivery({ deliveryId: `slow-${index}` });
                const before = receiver.received.length;
                const attempt = environment.attempt(wakeUp, false);
                attempts.push(attempt);
                await Promise.race([attempt, receiver.has(before + 1)]);
                sending.now += second;
            }
            await Promise.all(attempts);

            expect(most).to.be.within(1, 2);
        });

        it("is free again when the process that holds a slot has died", async () => {
            const { wakeUp } = await given(behaviours.healthy, { concurrency: 1 });
            await sending.database.put("capacity", {
                endpointId: "ep_1",
                slot: 1,
                holder: "the dead",
                heldUntil: start + leaseMs,
            });

            expect(await sending.attempt(wakeUp)).to.include({ outcome: "put back" });
            sending.now = start + leaseMs + 1;
            expect(await sending.attempt(wakeUp)).to.include({ outcome: "delivered" });
        });

        it("is one delivery at a time for a failing endpoint, and the others wait at least a minute", async () => {
            await given(behaviours.hanging, { failures: 3, failingSince: new Date(start).toISOString() });

            const results = await sending.batch(await many(5));

            expect(results.map(({ outcome }) => outcome).sort()).to.deep.equal([
                "failed",
                ...Array(4).fill("put back"),
            ]);
            for (const { dueAt } of sending.waking) expect(dueAt - start).to.be.at.least(minute);
        });

        it("never exceeds the rate that the endpoint asked for, from the first second", async () => {
            const { receiver } = await given(behaviours.healthy, { rate: 50 });
            const times: number[] = [];
            receiver.behaviour = (response) => {
                times.push(sending.now);
                response.end();
            };

            await sending.batch(await many(50));
            await sending.run();

            expect(times).to.have.length(50);
            for (const time of times) {
                const most = 1 + (50 * (time - start)) / second;
                expect(times.filter((other) => other <= time)).to.have.length.at.most(Math.floor(most + 0.001));
            }
        });
    });

    describe("an internal fault", () => {
        async function fault(attempting: Promise<unknown>): Promise<string> {
            return await attempting.then(
                () => "there was none",
                (error: unknown) => String(error),
            );
        }

        it("is not counted as the endpoint's when its secret cannot be opened, and the next try delivers", async () => {
            const sealed = sending.sealing.seal(secret, "ep_another");
            const { receiver, endpoint, wakeUp } = await given(behaviours.healthy, {
                secrets: [{ scheme: "v1", sealed }],
            });

            expect(await fault(sending.attempt(wakeUp))).to.contain("UnsealError");

            expect(receiver.connections).to.equal(0);
            expect(await sending.destination()).not.to.have.property("failures");
            expect(await sending.row()).to.include({ status: "pending", attempts: 0 });
            expect(await sending.attempts()).to.deep.equal([]);
            await sending.endpoint(endpoint.url);
            expect(await sending.attempt(wakeUp, true)).to.include({ outcome: "delivered" });
        });

        it("leaves the delivery to its one message, until its next attempt is planned", async () => {
            const sealed = sending.sealing.seal(secret, "ep_another");
            const { endpoint, wakeUp } = await given(behaviours.answering(500), {
                secrets: [{ scheme: "v1", sealed }],
            });
            const isOverdueSoon = async () => (await sending.row())?.["dueShard"] !== undefined;

            await fault(sending.attempt(wakeUp));
            expect(await isOverdueSoon()).to.equal(true);
            for (const _ of [2, 3]) await fault(sending.attempt(wakeUp, true));
            expect(await isOverdueSoon()).to.equal(false);
            expect(await sending.row()).to.include({ status: "pending", attempts: 0 });

            // An operator sends it back.
            await sending.endpoint(endpoint.url);
            expect(await sending.attempt(wakeUp)).to.include({ outcome: "failed" });
            expect(await isOverdueSoon()).to.equal(true);
        });

        it("between the row and the message for the next attempt is repaired by the redelivered message", async () => {
            const { receiver, wakeUp } = await given(behaviours.answering(500));
            sending.aws.answers("SendMessageBatch", () => new Refusal("ServiceUnavailable", 503));

            expect(await fault(sending.attempt(wakeUp))).to.contain("ServiceUnavailable");
            expect(await sending.row()).to.include({ attempts: 1, status: "pending" });
            sending.listen();
            expect(await sending.attempt(wakeUp, true)).to.include({ outcome: "passed over" });

            expect(sending.waking.map(({ wakeUp: next }) => next)).to.deep.equal([{ ...wakeUp, attempt: 2 }]);
            expect(receiver.received).to.have.length(1);
        });

        it("between the row and the dead-letter message is repaired by the redelivered message", async () => {
            await given(behaviours.answering(500));
            const wakeUp = await sending.delivery({ attempts: 7 });
            sending.aws.answers("SendMessageBatch", () => new Refusal("ServiceUnavailable", 503));

            expect(await fault(sending.attempt(wakeUp))).to.contain("ServiceUnavailable");
            expect(await sending.row()).to.include({ attempts: 8, status: "exhausted" });
            expect(sending.aws.sentTo("exhausted").length + sending.aws.sentTo("events").length).to.be.greaterThan(0);
            sending.aws.calls.length = 0;
            sending.listen();
            await sending.attempt(wakeUp, true);

            expect(sending.aws.sentTo("exhausted")).to.have.length(1);
            expect(sending.notices.map(({ type }) => type)).to.deep.equal(["webhook.exhausted"]);
        });

        it("is not assumed for a duplicate message, which sends nothing again", async () => {
            const { wakeUp } = await given(behaviours.answering(500));

            await sending.attempt(wakeUp);
            await sending.attempt(wakeUp);

            expect(sending.waking).to.have.length(1);
        });
    });
});

describe("deliver, as Lambda runs it", () => {
    const sending = started(new Sending());
    let receiver: Receiver;

    before(async () => {
        sending.aws.answers("GetSecretValue", () => ({ SecretString: masterKeys }));
        receiver = await Receiver.start(behaviours.healthy);
    });
    const deliver = startedCallback(sending.aws, "webhookFanout/deliver");
    beforeEach(async () => {
        await sending.reset();
        // The function's clock is the real one.
        sending.now = Date.now();
        receiver.received.length = 0;
        receiver.behaviour = behaviours.healthy;
        await sending.endpoint(receiver.url, { headers: { authorization: "Bearer of-the-owner" } });
    });
    after(() => receiver?.stop());

    /** Hands a batch over as Lambda does. */
    const invoke = (...wakeUps: readonly WakeUp[]) =>
        deliver.invoke({ Records: wakeUps.map((wakeUp, index) => sqsRecord(`m-${index + 1}`, wakeUp)) });
    const deliveries = (count: number) =>
        Promise.all(Array.from({ length: count }, (_, index) => sending.delivery({ deliveryId: `event-${index}` })));

    it("delivers a batch, and reports the messages that it could not process", async () => {
        const wakeUps = await deliveries(3);

        const result = await deliver.invoke({
            Records: [
                ...wakeUps.map((wakeUp, index) => sqsRecord(`m-${index}`, wakeUp)),
                sqsRecord("m-broken", "{"),
                sqsRecord("m-foreign", { hello: "world" }),
            ],
        });

        expect(result).to.deep.equal({
            batchItemFailures: [{ itemIdentifier: "m-broken" }, { itemIdentifier: "m-foreign" }],
        });
        expect(receiver.ids.sort()).to.deep.equal(["event-0", "event-1", "event-2"]);
        for (const request of receiver.received) expect(verified(request)).to.deep.equal(JSON.parse(body));
    });

    it("counts attempts by day, success and response time, in the update that releases the slot", async () => {
        await invoke(...(await deliveries(3)));
        receiver.behaviour = behaviours.answering(500);
        await invoke(await sending.delivery({ deliveryId: "event-failed" }));
        const slots = await sending.database.all("capacity");
        const [today, ...others] = statsIn(slots, Date.now());
        expect(others).to.deep.equal([]);
        expect(today).to.include({ attempts: 4, succeeded: 3, failed: 1 });
        expect(today?.latency.reduce((sum, { attempts }) => sum + attempts, 0)).to.equal(4);
    });

    describe("to an owner's account", () => {
        const roleArn = "arn:aws:iam::111111111111:role/commerce-webhooks-events";
        const queue = { type: "sqs", queueArn: "arn:aws:sqs:eu-west-1:111111111111:events.fifo", roleArn } as const;
        const bus = {
            type: "eventbridge",
            busArn: "arn:aws:events:eu-west-1:111111111111:event-bus/shop",
            roleArn,
        } as const;
        let endpoints = 0;
        const given = async (destination: typeof queue | typeof bus, over: object = {}) => {
            const endpointId = `ep_aws_${++endpoints}`;
            await sending.endpoint("", { endpointId, destination, ...over });
            return await sending.delivery({ endpointId });
        };

        it("sends a message to a queue, with the role that trusts the endpoint's id, once asked for", async () => {
            const wakeUp = await given(queue);
            const { endpointId } = wakeUp;
            await invoke(wakeUp);
            await invoke(await sending.delivery({ endpointId, deliveryId: "cs_1:5:completed" }));

            const [asked, ...others] = sending.aws.inputs("AssumeRole");
            expect(others).to.deep.equal([]);
            expect(asked).to.include({ RoleArn: roleArn, ExternalId: endpointId });
            const [sent] = sending.aws.inputs("SendMessage");
            expect(sent).to.include({
                QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111111111111/events.fifo",
                MessageBody: body,
                MessageGroupId: "cs_1",
                MessageDeduplicationId: `${endpointId}:cs_1:4:completed`,
            });
            const attributes = sent?.["MessageAttributes"] as Record<string, { StringValue: string }>;
            const headers = Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]);
            expect(verified({ headers: Object.fromEntries(headers), body })).to.deep.equal(JSON.parse(body));
            expect(await sending.row("cs_1:4:completed", endpointId)).to.include({ status: "delivered" });
        });

        it("gives a resend to a FIFO queue an id of its own, and the attempts of one ask the same", async () => {
            const { endpointId } = await given(queue);
            const send = async (over: object) => invoke(await sending.delivery({ endpointId, ...over }));
            await send({});
            await send({ attempts: 1 });
            await send({ asks: 1, attempts: 2 });
            await send({ asks: 1, attempts: 3 });
            await send({ deliveryId: "x".repeat(129), asks: 2 });
            const ids = sending.aws.inputs("SendMessage").flatMap((input) => input["MessageDeduplicationId"] ?? []);
            expect(ids.slice(0, 4)).to.deep.equal(
                ["", "", ":ask1", ":ask1"].map((end) => `${endpointId}:cs_1:4:completed${end}`),
            );
            expect(ids[4]).to.match(/^[0-9a-f]{64}$/);
        });

        it("gives the messages of two endpoints in one FIFO queue different ids, of which it drops none", async () => {
            const wakeUps = [await given(queue), await given(queue)];
            for (const wakeUp of wakeUps) await invoke(wakeUp);
            for (const { endpointId } of wakeUps)
                await invoke(await sending.delivery({ endpointId, deliveryId: "x".repeat(129) }));
            const ids = sending.aws.inputs("SendMessage").flatMap((input) => input["MessageDeduplicationId"] ?? []);
            expect(new Set(ids).size).to.equal(4);
        });

        it("has a session of the role for each region", async () => {
            const { endpointId } = await given(queue);
            let sent = 0;
            for (const region of ["eu-west-1", "us-east-2", "us-east-2"]) {
                const queueArn = queue.queueArn.replace("eu-west-1", region);
                await sending.endpoint("", { endpointId, destination: { ...queue, queueArn } });
                await invoke(await sending.delivery({ endpointId, deliveryId: `evt_${++sent}` }));
            }
            expect(sending.aws.inputs("SendMessage")).to.have.length(3);
            expect(sending.aws.inputs("AssumeRole")).to.have.length(2);
        });

        it("puts an event on a bus, and fails where an entry fails", async () => {
            await invoke(await given(bus));
            const [{ Entries } = {}] = sending.aws.inputs("PutEvents");
            expect(Entries).to.have.length(1);
            expect((Entries as object[])[0]).to.include({
                EventBusName: bus.busArn,
                Source: "commerce.webhooks",
                DetailType: "checkout_session.completed",
                Detail: body,
            });
            sending.aws.answers("PutEvents", () => ({
                FailedEntryCount: 1,
                Entries: [{ ErrorCode: "ThrottlingException", ErrorMessage: "slow down" }],
            }));
            const failing = await given(bus);
            await invoke(failing);
            expect(await sending.row("cs_1:4:completed", failing.endpointId)).to.include({
                status: "pending",
                lastError: "eventbridge: ThrottlingException",
            });
        });

        it("is a failure of the endpoint when its role or queue refuses, and none when AWS is unreachable", async () => {
            sending.aws.answers("AssumeRole", () => new Refusal("AccessDenied", 403));
            const denied = await given(queue);
            await invoke(denied);
            const row = await sending.row("cs_1:4:completed", denied.endpointId);
            expect(row).to.include({ status: "pending", attempts: 1 });
            expect(row?.["lastError"]).to.contain("must trust this account with the endpoint's external id");
            sending.aws.answers("AssumeRole", () => undefined);
            sending.aws.answers("SendMessage", () => new Refusal("QueueDoesNotExist", 400));
            const gone = await given(queue);
            await invoke(gone);
            expect(await sending.row("cs_1:4:completed", gone.endpointId)).to.include({
                attempts: 1,
                lastError: "sqs: QueueDoesNotExist",
            });
        });
    });

    it("deletes the message of an endpoint that fails: the queue's retries are for internal faults", async () => {
        receiver.behaviour = behaviours.answering(500);
        const wakeUp = await sending.delivery();

        const result = await invoke(wakeUp);

        expect(result).to.deep.equal({ batchItemFailures: [] });
        expect(sending.waking.map(({ wakeUp: next }) => next)).to.deep.equal([{ ...wakeUp, attempt: 2 }]);
    });

    it("keeps the message when the database is unavailable, and counts no failure of the endpoint", async () => {
        const wakeUp = await sending.delivery();
        sending.aws.answers("TransactWriteItems", () => new Refusal("AccessDeniedException"));

        const result = await invoke(wakeUp);

        expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
        expect(await sending.destination()).not.to.have.property("failures");
        expect(await sending.row()).to.include({ status: "pending", attempts: 0 });
        expect(deliver.log.filter(({ level }) => level === "error")).to.have.length(1);
    });

    describe("the calls of a batch", () => {
        const ids = Array.from({ length: 10 }, (_, index) => `ep_of-${index}`);
        const counts = () =>
            Object.fromEntries(
                [...Map.groupBy(sending.aws.calls, ({ action }) => action)].map(([action, all]) => [
                    action,
                    all.length,
                ]),
            );
        /**
         * Calls for a delivery to each of these endpoints: until so many requests are there, and from their answers, which come
         * at the same moment.
         */
        async function callsFor(endpointIds: readonly string[], requests: number, status: number) {
            const open: (() => void)[] = [];
            receiver.behaviour = (response) => open.push(() => response.writeHead(status).end());
            for (const endpointId of new Set(endpointIds)) await sending.endpoint(receiver.url, { endpointId });
            const wakeUps = await Promise.all(
                endpointIds.map((endpointId, index) => sending.delivery({ endpointId, deliveryId: `event-${index}` })),
            );
            sending.aws.calls.length = 0;
            const invoking = invoke(...wakeUps);
            await receiver.has(requests);
            const before = counts();
            sending.aws.calls.length = 0;
            receiver.behaviour = behaviours.answering(status);
            for (const answer of open) answer();
            expect(await invoking).to.deep.equal({ batchItemFailures: [] });
            expect(receiver.received.splice(0)).to.have.length(10);
            return { before, after: counts() };
        }

        it("are as many for ten endpoints as for one before the requests", async () => {
            const one = await callsFor(Array(10).fill("ep_one"), 1, 200);
            expect(one.before).to.deep.equal({ BatchGetItem: 1, TransactWriteItems: 1, UpdateItem: 1 });
            const ten = await callsFor(ids, 10, 200);
            expect(ten.before).to.deep.equal({ BatchGetItem: 1, TransactWriteItems: 2 });
        });

        it("are few for ten refused requests: health, attempts and wake-ups are written together", async () => {
            const { after } = await callsFor(ids, 10, 503);

            for (const id of ids) expect(await sending.destination(id)).to.include({ failures: 1 });
            expect(sending.waking).to.have.length(10);
            // Attempts, health, slots and wake-ups; more if the answers are read more than 20 ms apart.
            const calls = Object.values(after).reduce((sum, count) => sum + count, 0);
            expect(calls, JSON.stringify(after)).to.be.within(4, 20);
        });

        it("count all failures of an endpoint", async () => {
            await callsFor(Array(10).fill("ep_one"), 1, 503);

            expect(await sending.destination("ep_one")).to.include({ failures: 10 });
            expect(sending.waking).to.have.length(10);
        });

        it("put the deliveries of an endpoint back together that has one request at a time", async () => {
            const failing = { failures: 5, failingSince: new Date().toISOString() };
            await sending.endpoint(receiver.url, { endpointId: "ep_down", ...failing });
            receiver.behaviour = behaviours.answering(503);
            const wakeUps = await Promise.all(
                ids.map((_, index) => sending.delivery({ endpointId: "ep_down", deliveryId: `event-${index}` })),
            );
            sending.aws.calls.length = 0;

            await invoke(...wakeUps);

            expect(receiver.received).to.have.length(1);
            expect(sending.waking).to.have.length(10);
            // The first attempt was the sixth failure.
            const seconds = sending.waking.map(({ dueAt }) => (dueAt - sending.now) / second);
            expect(
                seconds.every((each) => each >= 60),
                seconds.join(),
            ).to.equal(true);
            const claims = sending.aws
                .inputs("TransactWriteItems")
                .flatMap(({ TransactItems }) => TransactItems as object[]);
            expect(claims.filter((write) => "Put" in write)).to.have.length(2);
            // Before: three for each of them.
            expect(sending.aws.calls.length).to.be.at.most(15);
        });
    });

    it("reads again what DynamoDB leaves out of its answer", async () => {
        const wakeUp = await sending.delivery();
        let reads = 0;
        sending.aws.answers("BatchGetItem", ({ RequestItems }) => {
            reads += 1;
            return reads === 1 ? { Responses: {}, UnprocessedKeys: RequestItems } : undefined;
        });

        await invoke(wakeUp);

        expect(reads).to.equal(2);
        expect(receiver.ids).to.deep.equal([wakeUp.deliveryId]);
    });

    it("keeps the deliveries of a disabled endpoint, and sends it nothing", async () => {
        await sending.endpoint(receiver.url, { status: "disabled" });
        await invoke(await sending.delivery());

        expect(receiver.ids).to.deep.equal([]);
        expect(await sending.row())
            .to.include({ status: "skipped", attempts: 0 })
            .and.not.to.have.property("nextAttemptAt");
        expect(await sending.attempts()).to.deep.equal([]);
    });

    for (const eventType of ["order.received.v1", "webhook.test", "webhook.exhausted", "webhook.endpoint_disabled"])
        it(`disables an endpoint that is gone (410) for ${eventType}, keeps it for a replay, and sends the owner an event`, async () => {
            receiver.behaviour = behaviours.answering(410);
            await invoke(await sending.delivery({ eventType }));

            expect(await sending.destination()).to.include({ status: "disabled", disabledBecause: "gone" });
            expect(await sending.row()).to.include({ status: "skipped", attempts: 1, lastError: "HTTP 410" });
            expect(await sending.attempts()).to.have.length(1);
            expect(sending.waking).to.deep.equal([]);
            expect(
                sending.notices.map(({ type, tenantId, data }) => [type, tenantId, data.disabledBecause]),
            ).to.deep.equal([["webhook.endpoint_disabled", "agent", "gone"]]);
        });

    it("counts an endpoint's failures, also those of one batch, and resets the count after a success", async () => {
        receiver.behaviour = behaviours.answering(500);
        const failing = await deliveries(2);
        await invoke(...failing);
        const endpoint = await sending.destination();
        expect(endpoint).to.include({ failures: 2 });
        expect(Date.parse(String(endpoint?.["failingSince"]))).to.be.closeTo(sending.now, 60_000);

        receiver.behaviour = behaviours.healthy;
        const failingSince = new Date().toISOString();
        await sending.endpoint(receiver.url, { failures: 1, failingSince, failingSteadilySince: failingSince });
        await invoke(await sending.delivery());
        expect(await sending.destination()).not.to.have.any.keys("failures", "failingSince", "failingSteadilySince");
    });

    it("counts a failure as the first when another environment succeeds during the request", async () => {
        const begun = new Date(sending.now - second).toISOString();
        await sending.endpoint(receiver.url, { failures: 3, failingSince: begun });
        receiver.behaviour = async (response) => {
            await sending.endpoint(receiver.url);
            response.writeHead(503).end();
        };

        await invoke(await sending.delivery());

        const { failures, failingSince } = (await sending.destination()) ?? {};
        expect(failures).to.equal(1);
        expect(failingSince).to.be.a("string").and.not.equal(begun);
    });

    it("returns deliveries to the queue above the endpoint's rate or concurrency", async () => {
        await sending.endpoint(receiver.url, { rate: 1 });
        const taken = { endpointId: "ep_1", slot: 0, dueAt: Date.now() + 30_000 };
        await sending.database.put("capacity", taken);
        await invoke(...(await deliveries(3)));
        expect(receiver.ids).to.deep.equal([]);
        expect(sending.waking).to.have.length(3);

        await sending.endpoint(receiver.url, { endpointId: "ep_busy", concurrency: 1 });
        const held = { endpointId: "ep_busy", slot: 1, holder: "another", heldUntil: sending.now + 30_000 };
        await sending.database.put("capacity", held);
        const waiting = await sending.delivery({ endpointId: "ep_busy" });
        await invoke(waiting);
        expect(receiver.ids).to.deep.equal([]);
        expect(sending.waking.map(({ wakeUp }) => wakeUp)).to.deep.include(waiting);
    });

    it("keeps the order of a key, and sends the message of the next delivery", async () => {
        await sending.endpoint(receiver.url, { ordered: true });
        const at = (ms: number) => new Date(sending.now - ms).toISOString();
        const ordered = (index: number, age: number) =>
            sending.delivery({
                deliveryId: `event-${index}`,
                orderKey: "ep_1#cs_1",
                occurredAt: at(age),
                createdAt: at(age),
            });
        const [first, next] = [await ordered(1, 120_000), await ordered(2, 60_000)];
        await invoke(next);
        expect(receiver.ids).to.deep.equal([]);

        await invoke(first);
        expect(receiver.ids).to.deep.equal([first.deliveryId]);
        expect(sending.waking.map(({ wakeUp }) => wakeUp)).to.deep.equal([next]);
    });

    it("creates a schedule for a long wait, and accepts one that exists", async () => {
        receiver.behaviour = behaviours.answering(500);
        const ids = ["event-1", "event-2"];
        for (const deliveryId of ids) {
            const wakeUp = await sending.delivery({ deliveryId, attempts: 2 });
            await invoke(wakeUp);
            sending.aws.answers("CreateSchedule", () => new Refusal("ConflictException", 409));
        }

        expect(sending.aws.inputs("CreateSchedule")).to.have.length(2);
        expect(sending.waking.map(({ by, wakeUp }) => `${by} ${wakeUp.attempt}`)).to.deep.equal(["scheduler 4"]);
        expect((await sending.row("event-2"))?.["attempts"]).to.equal(3);
    });

    it("counts attempts by outcome, and not deliveries without an attempt", async () => {
        const wakeUp = await sending.delivery();
        await invoke(wakeUp);
        await invoke(wakeUp);
        receiver.behaviour = behaviours.answering(500);
        const failing = await sending.delivery({ deliveryId: "cs_1:5:completed" });
        await invoke(failing);

        const sent = {
            in: "Commerce/Business by function-under-test",
            DeliveriesExhausted: 0,
            AttemptMs: "Milliseconds",
        };
        expect(figuresIn(deliver.log)).to.deep.equal([
            { ...sent, DeliveriesDelivered: 1, DeliveriesFailed: 0 },
            { ...sent, DeliveriesDelivered: 0, DeliveriesFailed: 1 },
        ]);
    });

    it("logs the delivery and its outcome, and no secret, no address and no content of the event", async () => {
        const wakeUp = await sending.delivery();

        await invoke(wakeUp);

        expect(deliver.log.at(-1)).to.deep.include({
            level: "info",
            message: "Delivery delivered",
            endpointId: "ep_1",
            deliveryId: "cs_1:4:completed",
            attempt: 1,
            correlationId: "correlation-1",
            tenantId: "agent",
            httpStatus: 200,
        });
        expect(deliver.text()).not.to.contain("whsec_").and.not.to.contain("of-the-owner");
        expect(deliver.text()).not.to.contain(receiver.url).and.not.to.contain('"data"');
    });
});
