import type { Context, SQSRecord } from "aws-lambda";
import { expect } from "chai";
import { eachEvent } from "../../runtime/shared/messages.ts";
import { done } from "../../runtime/shared/outcome.ts";

const context = { awsRequestId: "request-1", getRemainingTimeInMillis: () => 1000 } as Context;

const message = (messageId: string, body: string) =>
    ({
        messageId,
        body,
        receiptHandle: "handle",
        attributes: { ApproximateReceiveCount: "2" },
        eventSource: "aws:sqs",
    }) as unknown as SQSRecord;

const event = (orderId: string) =>
    JSON.stringify({
        "detail-type": "order.received.v1",
        detail: { orderId, total: 7, meta: { correlationId: "c-1" } },
    });

/** The lines that a batch writes, and the messages that SQS retries. */
async function handled(work: Parameters<typeof eachEvent>[0], records: readonly SQSRecord[]) {
    const lines: Record<string, unknown>[] = [];
    const write = process.stdout.write;
    process.stdout.write = (text: unknown) => lines.push(JSON.parse(String(text))) > 0;
    try {
        const { batchItemFailures } = await eachEvent(work)({ Records: [...records] }, context);
        return { lines, retried: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
    } finally {
        process.stdout.write = write;
    }
}

describe("a consumer of events", () => {
    it("logs each event with the ids of its order and its request", async () => {
        const { lines, retried } = await handled(
            async ({ type, detail, log }) => done(log, type, { total: detail["total"] }),
            [message("m-1", event("o-1"))],
        );
        expect(retried).to.deep.equal([]);
        expect(lines).to.have.length(1);
        expect(lines[0]).to.include({ message: "order.received.v1", order_id: "o-1", correlationId: "c-1", total: 7 });
    });

    it("logs an error with the same ids and the try, and has SQS retry the failed event alone", async () => {
        const { lines, retried } = await handled(
            async ({ detail, log }) => {
                if (detail["orderId"] === "o-2") throw new Error("no luck");
                return done(log, "Done");
            },
            [
                message("m-1", event("o-1")),
                message("m-2", event("o-2")),
                message("m-3", "{}"),
                message("m-4", "no JSON"),
            ],
        );
        expect(retried).to.have.members(["m-2", "m-3", "m-4"]);
        const [failed] = lines.filter(({ order_id }) => order_id === "o-2");
        expect(failed).to.include({ level: "error", correlationId: "c-1", attempt: 2 });
        expect(failed?.["error"]).to.include({ message: "no luck" });
        expect(lines.filter(({ level }) => level === "error")).to.have.length(3);
    });
});
