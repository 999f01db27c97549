import type { SQSBatchResponse } from "aws-lambda";
import { expect } from "chai";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { busEvent, cartBody, sqsRecord } from "./support/events.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

interface Email {
    readonly FromEmailAddress: string;
    readonly Destination: { readonly ToAddresses: readonly string[] };
    readonly Content: {
        readonly Simple: {
            readonly Subject: { readonly Data: string };
            readonly Body: { readonly Text: { readonly Data: string }; readonly Html: { readonly Data: string } };
            readonly Attachments?: readonly { readonly FileName: string; readonly RawContent: string }[];
        };
    };
}

const confirmationFile = "%PDF-1.7 of a test";
const lately = new Date().toISOString();
/** Of a checkout, without what the buyer gets. */
const bought = {
    currency: "eur",
    items: [{ id: "li_1", productId: "p", productName: "P", quantity: 1, unitPrice: 1, discount: 0, tax: 0, total: 1 }],
    fulfillments: [],
    totals: [{ type: "total", text: "Total", amount: 1 }],
    checkout: { sessionId: "cs_1" },
};

describe("mails to customers: order events to SES", () => {
    const database = started(new Database());
    const aws = startedAws(database, (one) => one.answers("GetObject", () => ({ text: confirmationFile })));
    const mailer = startedCallback(aws, "orderIntake/customerMail");
    let orderId = "";
    let count = 0;

    const sent = () => aws.inputs("SendEmail") as unknown as Email[];
    const subjects = () => sent().map(({ Content }) => Content.Simple.Subject.Data);
    const tell = async (...events: readonly object[]) =>
        (await mailer.invoke({
            Records: events.map((event, index) => sqsRecord(`m-${index}`, event)),
        })) as SQSBatchResponse;
    const stored = (over: object = {}) =>
        database.put("orders", {
            ...cartBody,
            orderId,
            customer: { name: "Jo Doe", email: "jo@example.com" },
            currency: "EUR",
            ...over,
            meta: { correlationId: "correlation-1", receivedAt: lately },
        });

    const confirmed = () =>
        busEvent("document.generated.v1", {
            orderId,
            bucket: "documents",
            key: `orders/${orderId}.pdf`,
            meta: { correlationId: "correlation-1", receivedAt: lately },
        });
    const updated = (detail: object) =>
        busEvent("order.updated.v1", { orderId, ...detail, meta: { occurredAt: lately } }, "order.api");
    const shipped = (id: string, more: object = {}) =>
        updated({ fulfillments: [{ id, status: "shipped", line_items: [{ id: "Widget A", quantity: 1 }], ...more }] });
    const paid = (...adjustments: object[]) =>
        busEvent("payment.updated.v1", { orderId, adjustments, meta: { receivedAt: lately } }, "order.payments");
    const refund = (id: string, status = "completed") => ({
        id,
        type: "refund",
        status,
        occurred_at: lately,
        amount: 550,
        currency: "eur",
    });

    beforeEach(() => {
        orderId = `order-${++count}`;
    });

    it("send the confirmation with the document, when there is one", async () => {
        await stored();

        expect(await tell(confirmed())).to.deep.equal({ batchItemFailures: [] });

        const [email, ...more] = sent();
        expect(more).to.deep.equal([]);
        expect(email).to.deep.include({
            FromEmailAddress: "shop@example.com",
            Destination: { ToAddresses: ["jo@example.com"] },
        });
        const { Subject, Body, Attachments } = email?.Content.Simple ?? {};
        expect(Subject?.Data).to.equal(`Your order ${orderId} at Example Shop`);
        expect(Body?.Text.Data).to.contain("Hello Jo Doe").and.to.contain("Total: EUR\u00a099.99");
        expect(Body?.Html.Data).to.contain("EUR\u00a099.99");
        const content = Buffer.from(confirmationFile).toString("base64");
        expect(Attachments?.map(({ FileName, RawContent }) => [FileName, RawContent])).to.deep.equal([
            [`order-${orderId}.pdf`, content],
        ]);
        expect(aws.inputs("GetObject").map(({ path }) => String(path).split("?")[0])).to.deep.equal([
            `/documents/orders/${orderId}.pdf`,
        ]);
    });

    it("are sent once each, however often and in whatever order events come", async () => {
        await stored();
        const events = [
            shipped("ful_2"),
            paid(refund("re_1")),
            confirmed(),
            shipped("ful_1"),
            paid(refund("re_1"), refund("re_2"), refund("re_3", "pending")),
            // The same parcel further on, and the same refund in the order's adjustments.
            shipped("ful_1", { status: "delivered" }),
            updated({ adjustments: [refund("re_2")] }),
            updated({ adjustments: [{ id: "cancel_1", type: "cancellation", status: "completed", line_items: [] }] }),
        ];
        for (const event of [...events, ...events.toReversed()]) await tell(event);

        expect(subjects().sort()).to.deep.equal([
            `Cancellation of your order ${orderId}`,
            `Refund for your order ${orderId}`,
            `Refund for your order ${orderId}`,
            `Your order ${orderId} at Example Shop`,
            `Your order ${orderId} is on its way`,
            `Your order ${orderId} is on its way`,
        ]);
    });

    it("are sent once although two copies of an event come at the same moment", async () => {
        await stored();
        const ended = Promise.withResolvers<void>();
        let claims = 0;
        aws.beforeAnswer = async ({ action }) => {
            if (action === "UpdateItem" && ++claims === 2) ended.resolve();
            if (action === "SendEmail") await ended.promise;
        };
        const results = await Promise.all([tell(shipped("ful_1")), tell(shipped("ful_1"))]);

        expect(sent()).to.have.length(1);
        expect(results.flatMap(({ batchItemFailures }) => batchItemFailures)).to.have.length(1);
    });

    it("are tried again where SES refuses for a while: those of the event that failed alone", async () => {
        await stored();
        for (const reason of ["TooManyRequestsException", "MessageRejected", "SendingPausedException"]) {
            aws.reset();
            const event = updated({
                fulfillments: [
                    { id: `${reason}-1`, status: "shipped" },
                    { id: `${reason}-2`, status: "shipped" },
                ],
            });
            let first = true;
            aws.answers("SendEmail", () => {
                const answer = first ? undefined : new Refusal(reason);
                first = false;
                return answer;
            });
            const { batchItemFailures } = await tell(event);
            aws.reset();
            const again = await tell(event);

            expect(batchItemFailures, reason).to.deep.equal([{ itemIdentifier: "m-0" }]);
            expect(again.batchItemFailures, reason).to.deep.equal([]);
            expect(sent(), reason).to.have.length(1);
        }
    });

    it("are not tried again for an address that SES never takes", async () => {
        await stored({ customer: { email: "jo@example.com" } });
        aws.answers("SendEmail", () => new Refusal("BadRequestException"));
        const results = [await tell(shipped("ful_1")), await tell(shipped("ful_1"))];

        expect(results).to.deep.equal([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
        expect(sent()).to.have.length(1);
        expect(mailer.log[0]).to.include({ level: "error", notDone: "MailRefused", order_id: orderId });
    });

    it("are not sent for orders without an address, nor for what happened long ago", async () => {
        for (const customer of ["John Doe", { name: "Jo", email: "unknown" }, { email: "a b@example.com" }]) {
            await stored({ ...(typeof customer !== "string" && bought), customer });
            expect(await tell(shipped("ful_1"))).to.deep.equal({ batchItemFailures: [] });
        }
        await stored();
        await tell(paid({ ...refund("re_1"), occurred_at: "2020-01-01T00:00:00Z" }));

        expect(sent()).to.deep.equal([]);
        expect(mailer.log.map(({ notDone }) => notDone)).to.deep.equal([
            "MailUnaddressed",
            "MailUnaddressed",
            "MailUnaddressed",
            undefined,
        ]);
    });

    it("go to domains of any script", async () => {
        await stored({ ...bought, customer: { email: "jo@münchen.example" }, total: 1 });
        await tell(shipped("ful_1"));

        expect(sent()[0]?.Destination.ToAddresses).to.deep.equal(["jo@xn--mnchen-3ya.example"]);
    });

    it("leave no personal data in the log", async () => {
        await stored({ customer: { name: "Ann Other", email: "ann@example.com" } });
        await tell(confirmed(), shipped("ful_1"), paid(refund("re_1")));

        expect(sent()).to.have.length(3);
        expect(mailer.text())
            .to.contain(orderId)
            .and.not.to.match(/Ann|Other|ann@|Widget/);
    });
});
