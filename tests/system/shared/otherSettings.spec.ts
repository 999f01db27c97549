import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { expect } from "chai";
import { ask } from "../client.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { otherShop } from "./cloud.ts";

const order = { customer: "Ada", items: ["Widget A"], total: 5 };

interface Mail {
    readonly to: readonly string[];
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly attachments?: readonly { readonly fileName: string; readonly content: string }[];
}

interface Queue {
    readonly name: string;
    readonly visible: number;
    readonly messages: readonly { readonly body: Record<string, unknown> }[];
}

describe("another program and other settings", () => {
    let embedded: Embedded;

    before(async function () {
        embedded = await otherShop.open(this);
    });

    it("ingress direct: API Gateway answers by itself, good orders are stored, bad ones are rejected by an event", async () => {
        const { functions } = await embedded.look("resources");
        expect(functions.map(({ name }: { name: string }) => name)).not.to.include("order-receiver-dev");

        const answers = await Promise.all([
            embedded.post({ ...order, orderId: "straight" }),
            embedded.post(order),
            embedded.post({ ...order, orderId: "wrong", total: -1 }),
            embedded.post("{ no JSON"),
            // Whatever it says of itself: it is not from the checkout.
            embedded.post(
                { ...order, orderId: "ord_stolen", metadata: { sender: "checkout" } },
                { sender: "checkout" },
            ),
        ]);
        expect(answers.map(({ status }) => status)).to.deep.equal([202, 202, 202, 202, 202]);

        await eventually(async () => {
            const stored = await ask(`${embedded.url}/orders/straight`);
            expect(await stored.json()).to.include({ orderId: "straight", total: 5 });
            const trace: { what: string; payload: string }[] = await embedded.look("trace?correlationId=order.");
            const events = trace.filter(({ what }) => what === "event").map(({ payload }) => payload);
            expect(events.filter((text) => text.includes("order.received.v1"))).to.have.length(2);
            const rejected = events.filter((text) => text.includes("order.rejected.v1"));
            expect(rejected).to.have.length(3);
            expect(rejected.some((text) => text.includes('"pointer":"/total"'))).to.equal(true);
        });
        for (const id of ["wrong", "ord_stolen"]) {
            expect((await ask(`${embedded.url}/orders/${id}`)).status).to.equal(404);
        }
        const queues: (Queue & { deadLetters: boolean })[] = await embedded.look("queues");
        const held = queues.filter(({ deadLetters, visible }) => deadLetters && visible > 0);
        expect(held.map(({ name, visible }) => [name.replace(/rejected.*/, "rejected"), visible])).to.deep.equal([
            ["orders-rejected", 3],
        ]);
    });

    it("sends each notification by e-mail, once", async () => {
        const posted = Array.from({ length: 5 }, () => embedded.post({ ...order, orderId: "mailed" }));
        for (const answer of await Promise.all(posted)) expect(answer.status).to.equal(202);
        const sent = await eventually(async () => {
            const mails: { sentBy: string; subject: string; to: string[]; from: string }[] =
                await embedded.look("mail");
            const bySes = mails.filter(({ sentBy, subject }) => sentBy === "ses" && subject.endsWith(" mailed"));
            expect(bySes).to.have.length(1);
            return bySes;
        });
        expect(sent[0]).to.deep.include({
            from: "shop@example.com",
            to: ["sales@example.com"],
            subject: "New Order Received: mailed",
        });
        const found = await (await ask(`${embedded.url}/orders/mailed`)).json();
        expect((found as { steps: { name: string }[] }).steps.map(({ name }) => name)).to.include("mail");
    });

    it("mails the customer the confirmation with its document, and a parcel that is on its way", async () => {
        const customer = { name: "Łukasz", email: "lukasz@example.com" };
        const bought = { ...order, orderId: "bought", customer, currency: "EUR", locale: "pl" };
        expect((await embedded.post(bought)).status).to.equal(202);
        const mailed = (subject: string) =>
            eventually(async () => {
                const mails: Mail[] = await embedded.look("mail");
                const found = mails.filter((mail) => mail.to.includes(customer.email) && mail.subject === subject);
                expect(found).to.have.length(1);
                return found[0];
            });
        const confirmation = await mailed("Your order bought at Example Shop");
        expect(confirmation?.text).to.contain("Łukasz").and.to.contain("5,00\u00a0EUR");
        expect(confirmation?.html).to.contain("5,00\u00a0EUR");
        const [document] = confirmation?.attachments ?? [];
        expect(document?.fileName).to.equal("order-bought.pdf");
        expect(
            Buffer.from(document?.content ?? "", "base64")
                .subarray(0, 5)
                .toString(),
        ).to.equal("%PDF-");

        const fulfillments = [
            { id: "ful_1", type: "shipping", status: "shipped", carrier: "DHL", tracking_number: "0034" },
        ];
        const event = { EventBusName: "order-processing-bus-dev", Source: "shop", DetailType: "order.updated.v1" };
        const Detail = JSON.stringify({ orderId: "bought", fulfillments });
        await embedded.clients().events.send(new PutEventsCommand({ Entries: [{ ...event, Detail }] }));
        expect((await mailed("Your order bought is on its way"))?.text).to.contain("Tracking number: 0034 (DHL)");
        const found = await (await ask(`${embedded.url}/orders/bought`)).json();
        const steps = (found as { steps: { name: string }[] }).steps.map(({ name }) => name);
        expect(steps).to.include.members(["confirmation-mail", "shipment-mail/ful_1"]);

        const change = async (what: string, body: object) => {
            const key = { "x-api-key": "local-key", "idempotency-key": what };
            const headers = { "content-type": "application/json", ...key };
            const request = { method: "POST", headers, body: JSON.stringify(body) };
            expect((await ask(`${embedded.url}/orders/bought/${what}`, request)).status, what).to.equal(200);
        };
        await change("notes", { text: "We are sorry.", audience: "customer" });
        await change("cancel", { reason: "Sold out", restock: false });
        expect((await mailed("About your order bought"))?.text).to.contain("We are sorry.");
        expect((await mailed("Cancellation of your order bought"))?.text).to.contain("Reason: Sold out");
    });

    it("the consumer gets every order by one call in the program", async () => {
        await embedded.post({ ...order, orderId: "loyal" });
        await eventually(() => expect(embedded.output).to.match(/awarded 7 to .*loyal/));
    });
});
