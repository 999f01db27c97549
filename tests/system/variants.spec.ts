import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ask } from "./client.ts";
import { copyOfProject, Embedded, endAll, eventually } from "./embedded.ts";

const order = { customer: "Ada", items: ["Widget A"], total: 5 };

interface Queue {
    readonly name: string;
    readonly visible: number;
    readonly messages: readonly { readonly body: Record<string, unknown> }[];
}

describe("another program or other settings", () => {
    let copy: string;

    before(() => {
        copy = copyOfProject();
    });

    after(endAll);

    it("ingress direct: API Gateway answers by itself, good orders are stored, bad ones are rejected by an event", async () => {
        writeFileSync(
            join(copy, "Pulumi.direct.yaml"),
            "config:\n  commerce:orders:\n    authentication: none\n    ingress: direct\n",
        );
        const embedded = await Embedded.start({ directory: copy, args: ["--stack", "direct"] });
        const { functions } = await embedded.look("resources");
        expect(functions.map(({ name }: { name: string }) => name)).not.to.include("order-receiver-direct");

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
            const trace: { what: string; text: string }[] = await embedded.look("trace?correlationId=order.");
            const events = trace.filter(({ what }) => what === "event").map(({ text }) => text);
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
        await embedded.stop();
    });

    describe("with a sender, every function called by its alias, and a consumer of one's own", () => {
        let embedded: Embedded;

        before(async () => {
            mkdirSync(join(copy, "runtime/loyalty"));
            writeFileSync(
                join(copy, "runtime/loyalty/award.ts"),
                [
                    'import type { SQSEvent } from "aws-lambda";',
                    'import { environment } from "../shared/environment.ts";',
                    'export const env = environment("POINTS");',
                    "export async function handler({ Records }: SQSEvent) {",
                    "    const ids = Records.map(({ body }) => JSON.parse(body).detail.orderId);",
                    '    console.log("awarded", env.POINTS, "to", ...ids);',
                    "    return { batchItemFailures: [] };",
                    "}",
                ].join("\n"),
            );
            const file = join(copy, "components/region.ts");
            const consumer = `orders.subscribe<typeof import("../runtime/loyalty/award.ts")>("loyalty", {
                entry: "loyalty/award", name: "loyalty", description: "Awards points.", environment: { POINTS: "7" },
            });`;
            const before = "checkSizes(context.functions, inventory);";
            const program = readFileSync(file, "utf8");
            expect(program).to.include(before);
            writeFileSync(file, program.replace(before, `${consumer}\n${before}`));
            const settings = {
                "commerce:orders": { authentication: "none", mail: { sender: "shop@example.com" } },
                "commerce:deployment": { rollout: "canary" },
                "commerce:functions": { byName: { "order-receiver": { provisioned: 1 } } },
                // One machine is one region.
                "commerce:failover": { region: "eu-central-1" },
            };
            writeFileSync(join(copy, "Pulumi.mailing.yaml"), JSON.stringify({ config: settings }));
            embedded = await Embedded.start({ directory: copy, args: ["--stack", "mailing"] });
        });

        after(() => embedded.stop());

        it("sends each notification by e-mail, once", async () => {
            const posted = Array.from({ length: 5 }, () => embedded.post({ ...order, orderId: "mailed" }));
            for (const answer of await Promise.all(posted)) expect(answer.status).to.equal(202);
            const sent = await eventually(async () => {
                const mails: { sentBy: string; subject: string; to: string[]; from: string }[] =
                    await embedded.look("mail");
                const bySes = mails.filter(({ sentBy }) => sentBy === "ses");
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
});
