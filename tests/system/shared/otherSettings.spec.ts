import { expect } from "chai";
import { ask } from "../client.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { otherShop } from "./cloud.ts";

const order = { customer: "Ada", items: ["Widget A"], total: 5 };

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

    it("the consumer gets every order by one call in the program", async () => {
        await embedded.post({ ...order, orderId: "loyal" });
        await eventually(() => expect(embedded.output).to.match(/awarded 7 to .*loyal/));
    });
});
