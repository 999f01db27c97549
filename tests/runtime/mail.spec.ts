import type { SQSBatchResponse } from "aws-lambda";
import { expect } from "chai";
import { Refusal } from "./support/aws.ts";
import { Database } from "./support/database.ts";
import { cartBody, sqsRecord } from "./support/events.ts";
import { started, startedAws, startedCallback } from "./support/started.ts";

interface Email {
    readonly FromEmailAddress: string;
    readonly Destination: { readonly ToAddresses: readonly string[] };
    readonly Content: {
        readonly Simple: {
            readonly Subject: { readonly Data: string };
            readonly Body: { readonly Text: { readonly Data: string }; readonly Html: { readonly Data: string } };
        };
    };
}

describe("mail: e-mail queue to SES", () => {
    const database = started(new Database());
    const aws = startedAws(database);
    const mail = startedCallback(aws, "orderIntake/mail");
    let count = 0;
    const sent = () => aws.inputs("SendEmail") as unknown as Email[];
    function message(messageId: string, over: object = {}) {
        const orderData = { ...cartBody, orderId: `order-${++count}`, ...over };
        const subject = `New Order Received: ${orderData.orderId}`;
        return sqsRecord(
            messageId,
            { recipient: "sales@example.com", subject, orderData },
            { correlationId: "correlation-1" },
        );
    }

    it("sends a mail that can be read as text and as HTML", async () => {
        const items = ["Widget A", { productId: "12345", productName: "Cleaner", quantity: 2, unitPrice: 12.5 }];
        const result = await mail.invoke({ Records: [message("m-1", { orderId: "o-1", items, currency: "eur" })] });

        expect(result).to.deep.equal({ batchItemFailures: [] });
        const [email] = sent();
        expect(email).to.deep.include({
            FromEmailAddress: "shop@example.com",
            Destination: { ToAddresses: ["sales@example.com"] },
        });
        expect(email?.Content.Simple.Subject.Data).to.equal("New Order Received: o-1");
        const { Text, Html } = email?.Content.Simple.Body ?? {};
        expect(Text?.Data.split("\n")).to.deep.equal([
            "New order o-1",
            "",
            "1 x Widget A",
            "2 x Cleaner (12345) at EUR\u00a012.50",
            "",
            "Customer: John Doe",
            "Total: EUR\u00a099.99",
            "",
        ]);
        for (const part of [
            "New order o-1",
            "Widget A",
            "Cleaner (12345)",
            "EUR\u00a012.50",
            "John Doe",
            "EUR\u00a099.99",
        ]) {
            expect(Html?.Data).to.contain(part);
        }
    });

    it("sends a single-product order without a total", async () => {
        const customer = { name: "Ann", email: "ann@example.com" };
        await mail.invoke({ Records: [message("m-1", { customer, total: undefined })] });

        const text = sent()[0]?.Content.Simple.Body.Text.Data;
        expect(text).to.contain("Customer: Ann <ann@example.com>").and.not.to.contain("Total");
    });

    it("escapes a client's text", async () => {
        const customer = `<script>alert("x")</script> & 'co'`;
        await mail.invoke({ Records: [message("m-1", { customer, items: ["<b>bold</b>"] })] });

        const html = sent()[0]?.Content.Simple.Body.Html.Data;
        expect(html).not.to.contain("<script>").and.not.to.contain("<b>");
        expect(html).to.contain("&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62; &#38; &#39;co&#39;");
    });

    it("sends once for an order, although its message arrives many times", async () => {
        const record = message("m-1");
        for (let time = 0; time < 3; time += 1) await mail.invoke({ Records: [record] });

        expect(sent()).to.have.length(1);
        expect(mail.log.map(({ message: said }) => said)).to.deep.equal([
            "Mail sent",
            "Mail sent before",
            "Mail sent before",
        ]);
    });

    it("sends once although two copies of a message come at the same moment, in one batch or in two", async () => {
        for (const inOneBatch of [true, false]) {
            aws.reset();
            const record = message("m-1");
            const copy = { ...record, receiptHandle: inOneBatch ? "another" : record.receiptHandle };
            // SES answers when the copy has tried to claim the mail, too.
            const ended = Promise.withResolvers<void>();
            let claims = 0;
            aws.beforeAnswer = async ({ action }) => {
                if (action === "UpdateItem" && ++claims === 2) ended.resolve();
                if (action === "SendEmail") await ended.promise;
            };
            const batches = inOneBatch ? [[record, copy]] : [[record], [copy]];

            const results = await Promise.all(batches.map((Records) => mail.invoke({ Records })));

            expect(sent(), `in one batch: ${inOneBatch}`).to.have.length(1);
            expect(results.flatMap((result) => (result as SQSBatchResponse).batchItemFailures)).to.have.length(1);
        }
    });

    it("reports only the mails that failed, with the reason in the log, and sends them when they come again", async () => {
        const [good, rejected, unreadable] = [
            message("m-good"),
            message("m-rejected"),
            sqsRecord("m-unreadable", "{}"),
        ];
        const rejectedId = JSON.parse(rejected.body).orderData.orderId;
        aws.answers("SendEmail", (input) =>
            JSON.stringify(input).includes(rejectedId) ? new Refusal("MessageRejected") : undefined,
        );

        const result = await mail.invoke({ Records: [rejected, unreadable, good] });
        aws.answers("SendEmail", () => undefined);
        const again = await mail.invoke({ Records: [rejected] });

        expect(result).to.deep.equal({
            batchItemFailures: [{ itemIdentifier: "m-unreadable" }, { itemIdentifier: "m-rejected" }],
        });
        expect(mail.log.filter(({ level }) => level === "error").map(({ message_id }) => message_id)).to.have.members([
            "m-rejected",
            "m-unreadable",
        ]);
        expect(mail.text()).to.contain("MessageRejected");
        expect(again).to.deep.equal({ batchItemFailures: [] });
        expect(sent()).to.have.length(3);
    });

    it("keeps addresses and names out of the log", async () => {
        await mail.invoke({ Records: [message("m-1", { customer: { name: "Ann Other", email: "ann@example.com" } })] });

        expect(mail.text())
            .to.contain("s***@example.com")
            .and.not.to.match(/Ann|Other|sales@/);
    });
});
