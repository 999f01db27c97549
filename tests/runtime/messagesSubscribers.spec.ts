import { randomUUID } from "node:crypto";
import { expect } from "chai";
import type { AuditRow } from "../../runtime/shared/auditChain.ts";
import { verify } from "../../tools/audit.ts";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { snsEvent, sqsRecord } from "./support/events.ts";
import { Callback, started, startedAws, startedCallback } from "./support/started.ts";

const at = "2026-11-20T10:11:12.000Z";

/** What a topic says of a message, to a function as to a queue. */
function notification(id: string, content: unknown, over: Record<string, string> = {}): Record<string, unknown> {
    const attributes = { CorrelationId: `correlation-of-${id}`, MessageType: "business-event", Timestamp: at, ...over };
    return {
        Type: "Notification",
        MessageId: id,
        Message: typeof content === "string" ? content : JSON.stringify(content),
        Timestamp: "2026-11-20T10:11:13.000Z",
        MessageAttributes: Object.fromEntries(
            Object.entries(attributes)
                .filter(([, Value]) => Value !== "")
                .map(([name, Value]) => [name, { Type: "String", Value }]),
        ),
    };
}

/** As the topic calls a function. */
function direct(...notifications: Record<string, unknown>[]) {
    const { Records } = snsEvent(...notifications.map(() => ""));
    return {
        Records: Records.map((record, index) => ({ ...record, Sns: { ...record.Sns, ...notifications[index] } })),
    };
}

/** As a queue behind the topic hands them over; the queue has ids of its own for them. */
const queued = (...notifications: unknown[]) => ({
    Records: notifications.map((body, index) => sqsRecord(`queue-id-${index}`, body)),
});

describe("subscribers", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const start = (entry: string, SUBSCRIBER: string) => startedCallback(aws, `webhookFanout/${entry}`, { SUBSCRIBER });
    const record = start("recordMessage", "record");
    const alert = start("alertOnMessage", "alert");
    /** The same, in other processes. */
    const [otherRecord, otherAlert] = [start("recordMessage", "record"), start("alertOnMessage", "alert")];
    const fresh = () => randomUUID();

    /** The rows of a message, in no particular order. */
    async function rowsOf(messageId: string): Promise<AuditRow[]> {
        // Items of the audit table with a message's id are rows.
        const rows = (await database.all("audit")) as unknown as AuditRow[];
        return rows.filter((row) => row.messageId === messageId);
    }
    const copiesOf = async (messageId: string) =>
        (await database.all("messages")).filter(({ published }) => String(published).endsWith(`#${messageId}`));
    const thrownBy = (running: Promise<unknown>) => running.catch((error: unknown) => error);

    afterEach(async () => {
        expect((await verify({ client: database.client, table: "audit", copies: "messages" })).findings).to.deep.equal(
            [],
        );
    });
    for (const [by, event, answer] of [
        ["the topic itself", direct, null],
        ["a queue", queued, { batchItemFailures: [] }],
    ] as const) {
        it(`process every message that arrives by ${by}`, async () => {
            const ids = Array.from({ length: 10 }, fresh);

            const result = await record.invoke(event(...ids.map((id, index) => notification(id, { index }))));

            expect(result).to.deep.equal(answer);
            for (const [index, id] of ids.entries()) {
                const [copy, ...copies] = await copiesOf(id);
                expect(copies).to.deep.equal([]);
                const { expiresAt, ...readable } = copy ?? {};
                expect(readable).to.deep.equal({
                    messageType: "business-event",
                    published: `${at}#${id}`,
                    correlationId: `correlation-of-${id}`,
                    message: `{"index":${index}}`,
                });
                expect(expiresAt).to.equal(Date.parse(at) / 1000 + 365 * 86_400);
                expect((await rowsOf(id)).map(({ outcome, sequence }) => [outcome, sequence > 0])).to.deep.equal([
                    ["processed", true],
                ]);
            }
        });

        it(`process a message once that arrives by ${by} again, alone, twice at once or behind later ones`, async () => {
            const [first = "", second = ""] = [fresh(), fresh()];
            await record.invoke(event(notification(second, { n: 2 })));
            await record.invoke(event(notification(first, { n: 1 }), notification(first, { n: 1 })));
            await record.invoke(event(notification(first, { n: 1 })));
            await record.invoke(event(notification(second, { n: 2 }), notification(first, { n: 1 })));

            for (const id of [first, second]) {
                expect(await rowsOf(id)).to.have.length(1);
                expect(await copiesOf(id)).to.have.length(1);
            }
            expect(record.text()).to.contain("Message processed before");
        });
    }

    it("recognize a message by the topic's id, by any way it arrives", async () => {
        const id = fresh();
        await record.invoke(direct(notification(id, {})));
        await record.invoke(queued(notification(id, {})));

        expect(await rowsOf(id)).to.have.length(1);
    });

    it("recognize a message by its publisher's id, where it was published twice", async () => {
        const id = fresh();
        await record.invoke(direct(notification(fresh(), {}, { MessageId: id })));
        await record.invoke(queued(notification(fresh(), {}, { MessageId: id })));

        expect(await rowsOf(id)).to.have.length(1);
    });

    it("process a message once that two processes receive at the same moment", async () => {
        const ids = Array.from({ length: 20 }, fresh);
        const event = queued(...ids.map((id) => notification(id, {})));

        const results = await Promise.all([record.invoke(event), otherRecord.invoke(event)]);

        expect(results).to.deep.equal([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
        for (const id of ids) expect(await rowsOf(id)).to.have.length(1);
        const lines = [...record.log, ...otherRecord.log];
        expect(lines.filter(({ Worked }) => Worked === 1)).to.have.length(20);
        expect(lines.filter(({ Repeated }) => Repeated === 1)).to.have.length(20);
    });

    it("each process a message independently", async () => {
        const id = fresh();
        const message = notification(id, { severity: "info", code: "a" });
        await record.invoke(queued(message));
        await alert.invoke(direct(message));

        const rows = await rowsOf(id);
        expect(rows.map(({ subscriber, outcome }) => [subscriber, outcome])).to.have.deep.members([
            ["record", "processed"],
            ["alert", "skipped"],
        ]);
    });

    it("write the message's ids into the audit row, without its content", async () => {
        const id = fresh();
        await alert.invoke(direct(notification(id, { severity: "critical", code: "offline", who: "Jo Doe" })));

        const [row] = await rowsOf(id);
        expect(row).to.include({
            subscriber: "alert",
            messageId: id,
            messageType: "business-event",
            correlationId: `correlation-of-${id}`,
            outcome: "processed",
        });
        expect(row?.result).to.deep.equal({ severity: "critical", code: "offline" });
        expect(row?.contentHash).to.match(/^[0-9a-f]{64}$/);
        expect(JSON.stringify(row)).not.to.contain("Doe");
        expect(alert.text()).not.to.contain("Doe");
    });

    it("log an alert by its severity, with the ids, and count it", async () => {
        for (const severity of ["warning", "critical"]) {
            await alert.invoke(direct(notification(fresh(), { severity, code: "stock-low" })));
        }

        const lines = alert.log.filter(({ message }) => message === "Business alert");
        expect(lines.map(({ level, code, Alerts }) => [level, code, Alerts])).to.deep.equal([
            ["warn", "stock-low", 1],
            ["fatal", "stock-low", 1],
        ]);
        for (const { correlationId } of lines) expect(correlationId).to.match(/^correlation-of-/);
    });

    it("fail only for a poison message in a batch, at every try, and log the reason", async () => {
        const [good = "", bad = ""] = [fresh(), fresh()];
        const event = queued("no notification", notification(good, {}), notification(bad, "no JSON"));

        for (let time = 1; time <= 2; time += 1) {
            expect(await record.invoke(event)).to.deep.equal({
                batchItemFailures: [{ itemIdentifier: "queue-id-0" }, { itemIdentifier: "queue-id-2" }],
            });
        }

        expect(await rowsOf(good)).to.have.length(1);
        const errors = record.log.filter(({ level }) => level === "error");
        expect(errors.map(({ record_id }) => record_id)).to.deep.equal([
            "queue-id-0",
            "queue-id-2",
            "queue-id-0",
            "queue-id-2",
        ]);
        expect(JSON.stringify(errors)).to.contain("InvalidMessageError").and.to.contain("is not a JSON object");
    });

    it("throw after processing every other message of the topic's event, and name the failed ones", async () => {
        const [first = "", bad = "", last = ""] = [fresh(), fresh(), fresh()];
        const good = { severity: "warning", code: "a" };

        const error = await thrownBy(
            alert.invoke(direct(notification(first, good), notification(bad, { code: "a" }), notification(last, good))),
        );

        expect(error).to.include({ name: "MessagesFailedError", message: `failed at the messages ${bad}` });
        for (const id of [first, last])
            expect((await rowsOf(id)).map(({ outcome }) => outcome)).to.deep.equal(["processed"]);
    });

    it("write a row for each failed try, and process the message at a retry", async () => {
        const id = fresh();
        await thrownBy(alert.invoke(direct(notification(id, { severity: "loud", code: "a" }))));
        await thrownBy(otherAlert.invoke(direct(notification(id, { severity: "loud", code: "a" }))));
        await otherAlert.invoke(direct(notification(id, { severity: "warning", code: "a" })));

        const rows = await rowsOf(id);
        expect(rows.map(({ outcome }) => outcome)).to.have.members(["failed", "failed", "processed"]);
        expect(rows.filter(({ outcome }) => outcome === "failed").map(({ result }) => result)).to.deep.equal([
            { error: "InvalidAlertError" },
            { error: "InvalidAlertError" },
        ]);
    });

    const unreadable: [what: string, message: Record<string, unknown>][] = [
        ["without an id", { ...notification("", {}) }],
        ["that is an array", notification(fresh(), [1])],
        ["without a type", notification(fresh(), {}, { MessageType: "" })],
        ["of no time", { ...notification(fresh(), {}, { Timestamp: "" }), Timestamp: "yesterday" }],
    ];
    for (const [what, message] of unreadable) {
        it(`fail for a message ${what}`, async () => {
            const { batchItemFailures } = (await record.invoke(queued(message))) as { batchItemFailures: unknown[] };
            expect(batchItemFailures).to.have.length(1);
        });
    }

    it("process a message that another program published, under its own id", async () => {
        const id = fresh();
        await record.invoke(direct(notification(id, {}, { CorrelationId: "", Timestamp: "" })));

        expect(await copiesOf(id)).to.have.nested.property("[0].published", `2026-11-20T10:11:13.000Z#${id}`);
        expect((await rowsOf(id))[0]?.correlationId).to.equal(id);
    });

    it("write nothing for a message while the table does not answer, and everything afterwards", async () => {
        const id = fresh();
        aws.answers("TransactWriteItems", () => new Refusal("ResourceNotFoundException"));
        const event = queued(notification(id, {}));

        expect(await record.invoke(event)).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "queue-id-0" }] });
        expect([...(await rowsOf(id)), ...(await copiesOf(id))]).to.deep.equal([]);

        aws.reset();
        expect(await record.invoke(event)).to.deep.equal({ batchItemFailures: [] });
        expect([...(await rowsOf(id)), ...(await copiesOf(id))]).to.have.length(2);
    });

    it("write once where the answer to the writing is lost", async () => {
        const id = fresh();
        let lost = 0;
        aws.answers("TransactWriteItems", async (input) => {
            lost += 1;
            if (lost > 1) return undefined;
            await aws.forward("TransactWriteItems", input);
            return new Refusal("InternalServerError", 500);
        });

        expect(await record.invoke(queued(notification(id, {})))).to.deep.equal({ batchItemFailures: [] });

        expect(lost).to.be.greaterThan(1);
        expect(await rowsOf(id)).to.have.length(1);
        expect(await copiesOf(id)).to.have.length(1);
    });

    it("do not start without the retention of rows", async () => {
        const wrong = new Callback(aws, "webhookFanout/recordMessage", { SUBSCRIBER: "a", AUDIT_DAYS: "a year" });
        const error = await thrownBy(wrong.start());
        expect(String(error)).to.contain("AUDIT_DAYS must be a number of days");
    });
});
