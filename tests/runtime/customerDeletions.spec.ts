import { randomUUID } from "node:crypto";
import { expect } from "chai";
import { EnvironmentError } from "../../runtime/shared/environment.ts";
import { publicApiAccountIn } from "../../runtime/webhookFanout/customers/accounts.ts";
import { personOf } from "../../runtime/webhookFanout/customers/segment.ts";
import { changeNotification, customerCreated, platformMessage, seedPayload } from "./support/customers.ts";
import { Database } from "./support/database.ts";
import { snsEvent, sqsRecord } from "./support/events.ts";
import { SegmentServer } from "./support/segment.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

describe("customerSync: deleted customers", () => {
    const database = started(new Database());
    const segment = started(new SegmentServer());
    const aws = startedAws(database, (own) =>
        own.answers("GetSecretValue", () => ({
            SecretString: JSON.stringify({
                writeKey: "write-key-1",
                apiBase: segment.url,
                publicApiToken: "token-1",
                publicApiBase: `${segment.url}/public/`,
            }),
        })),
    );
    const toQueue = startedCallback(aws, "webhookFanout/customerSync");
    const toSegment = startedCallback(aws, "webhookFanout/customerSync", { DELETIONS: "segment" });
    const own = <Payload extends object>(id: string, payload: Payload) => ({
        ...payload,
        resource: { typeId: "customer", id },
    });
    const deleted = (id: string, over: object = {}) =>
        own(id, platformMessage("CustomerDeleted", 9, { email: "ada@example.com" }, { id: randomUUID(), ...over }));
    const gone = (id: string, dataErasure?: boolean) =>
        own(id, changeNotification("ResourceDeleted", { ...(dataErasure !== undefined && { dataErasure }) }));
    const events = () =>
        aws.inputs("PutEvents").flatMap(({ Entries }) => Entries as { DetailType: string; Detail: string }[]);

    beforeEach(() => segment.reset());
    afterEach(() => {
        for (const { text } of [toQueue, toSegment].map((callback) => ({ text: callback.text() })))
            expect(text).not.to.match(/ada@example|token-1/);
    });

    it("are an event for who deletes them, once, with ids alone", async () => {
        const id = randomUUID();
        expect(await toQueue.invoke(snsEvent(deleted(id), gone(id), deleted(id)))).to.deep.equal({ deleted: 3 });

        const [event, ...more] = events();
        expect(more).to.deep.equal([]);
        expect(event).to.include({
            Source: "customer.sync",
            DetailType: "customer.deleted.v1",
            EventBusName: "order-bus",
        });
        expect(JSON.parse(event?.Detail ?? "")).to.deep.equal({
            projectKey: "demo",
            customerId: id,
            ...personOf("ada@example.com"),
            dataErasure: false,
            deletedAt: "2022-10-25T13:30:09.760Z",
            meta: {
                correlationId: "message-0",
                receivedAt: "2026-11-20T10:11:12.000Z",
                occurredAt: "2022-10-25T13:30:09.760Z",
            },
        });
        expect(segment.requests).to.deep.equal([]);
    });

    it("are another event when the erasure of their data or the person of their address becomes known later", async () => {
        const [later, first, plain] = [randomUUID(), randomUUID(), randomUUID()];
        await toQueue.invoke(snsEvent(deleted(later), gone(later, true), gone(first, true), deleted(first)));
        await toQueue.invoke(snsEvent(gone(plain), deleted(plain), gone(plain), deleted(plain)));

        const { anonymousId } = personOf("ada@example.com");
        const said = events().map(({ Detail }) => JSON.parse(Detail));
        expect(said.map((each) => [each.customerId, each.dataErasure, each.anonymousId])).to.deep.equal([
            [later, false, anonymousId],
            [later, true, anonymousId],
            [first, true, undefined],
            [first, true, anonymousId],
            [plain, false, undefined],
            [plain, false, anonymousId],
        ]);
    });

    it("are deleted by Segment's Public API, and refused for ever after an erasure", async () => {
        const id = randomUUID();
        await toSegment.invoke(snsEvent(deleted(id), deleted(id), gone(id, true)));

        expect(segment.regulations).to.deep.equal([
            { regulationType: "DELETE_ONLY", subjectType: "USER_ID", subjectIds: [id] },
            { regulationType: "SUPPRESS_WITH_DELETE", subjectType: "USER_ID", subjectIds: [id] },
        ]);
        // Segment takes no anonymous ids, so nothing is new.
        const erased = randomUUID();
        await toSegment.invoke(snsEvent(gone(erased, true), deleted(erased)));
        expect(segment.regulations.slice(2).map(({ subjectIds }) => subjectIds)).to.deep.equal([[erased]]);
        expect(segment.token).to.equal("Bearer token-1");
        expect(segment.requests[0]?.path).to.equal("/public/regulations");
        expect(events()).to.deep.equal([]);
    });

    for (const [what, mishap] of [
        ["401", { status: 401 }],
        ["429", { status: 429 }],
        ["500", { status: 500 }],
        ["200 without a regulation", { status: 200, body: "{}" }],
        ["200 and no JSON", { status: 200, body: "ada@example.com" }],
        ["a redirect", { status: 307, headers: { location: "/elsewhere" } }],
        ["a reset", "reset"],
    ] as const) {
        it(`are requested again from the queue when Segment answers ${what}`, async () => {
            const id = randomUUID();
            segment.mishaps.push(mishap);
            expect(await toSegment.invoke(snsEvent(gone(id, true)))).to.deep.equal({ failed: 1 });
            expect(segment.regulations).to.deep.equal([]);
            const [waiting] = aws.sentTo("retries");

            expect(await toSegment.invoke({ Records: [sqsRecord("m-1", waiting)] })).to.deep.equal({
                batchItemFailures: [],
            });
            expect(segment.regulations.map(({ subjectIds }) => subjectIds)).to.deep.equal([[id]]);
        });
    }

    it("are requested again when the bus refuses the event in an answer that says 200", async () => {
        aws.answers("PutEvents", () => ({
            FailedEntryCount: 1,
            Entries: [{ ErrorCode: "InternalFailure", ErrorMessage: "x" }],
        }));
        expect(await toQueue.invoke(snsEvent(gone(randomUUID())))).to.deep.equal({ failed: 1 });
        expect(aws.sentTo("retries")).to.have.length(1);
    });

    it("are not told to Segment again: neither by their id nor by what was published of their e-mail address before", async () => {
        const id = randomUUID();
        const email = `${id}@example.com`;
        const published = snsEvent({ ...seedPayload, customer: { email } });
        await toQueue.invoke(snsEvent(deleted(id, { email, lastModifiedAt: "2030-01-01T00:00:00.000Z" })));

        expect(await toQueue.invoke(snsEvent(own(id, customerCreated(1))))).to.deep.equal({ ignored: 1 });
        expect(await toQueue.invoke(published)).to.deep.equal({ known: 1 });
        expect(segment.requests).to.deep.equal([]);
        for (const each of published.Records) each.Sns.Timestamp = "2031-01-01T00:00:00.000Z";
        expect(await toQueue.invoke(published), "a new customer by the same address").to.deep.equal({ identified: 1 });
    });

    it("need a token in Segment's secret, which is not quoted", () => {
        expect(() => publicApiAccountIn('{"writeKey":"write-key-1"}', "us"))
            .to.throw(EnvironmentError, "the Segment secret has no publicApiToken")
            .and.satisfy((error: Error) => !error.message.includes("write-key-1"));
        expect(publicApiAccountIn('{"publicApiToken":"t"}', "eu").publicApiBase.href).to.equal(
            "https://eu1.api.segmentapis.com/",
        );
    });
});
