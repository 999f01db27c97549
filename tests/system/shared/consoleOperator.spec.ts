import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { freePort } from "embedded-aws/freePort";
import { auditRows } from "../effects.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { EndpointOwner } from "../endpointOwner.ts";
import { ConsoleVisits } from "./consoleVisits.ts";

describe("the console for operators, in a browser", () => {
    let visits: ConsoleVisits;
    let embedded: Embedded;

    before(async function () {
        visits = await ConsoleVisits.open(this);
        embedded = visits.embedded;
    });
    after(() => visits?.close());

    it("says why an order has no document, redrives it once the cause is gone, and the document is there", async () => {
        const { s3 } = embedded.clients();
        const Bucket = await embedded.idOf("aws:s3/bucket:Bucket", "orders-documents");
        // Orders of other specs may still get their documents.
        await eventually(async () => {
            for (const { bucket, key } of await embedded.look("objects")) {
                if (bucket === Bucket) await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
            }
            await s3.send(new DeleteBucketCommand({ Bucket }));
        });
        try {
            await embedded.post({ orderId: "without-document", customer: "Ada", items: ["Widget"], total: 7 });
            await eventually(async () => {
                const queues: { name: string; visible: number }[] = await embedded.look("queues");
                expect(queues.some(({ name, visible }) => name.includes("document-failures") && visible > 0)).to.equal(
                    true,
                );
            });
            await visits.asOperator(async (page) => {
                await page.evaluate(
                    "globalThis.clicks = 0; addEventListener('click', () => { globalThis.clicks += 1; }, true)",
                );
                await page.getByRole("link", { name: "Orders", exact: true }).click();
                await page.getByRole("link", { name: "without-document" }).click();
                await page.getByRole("button", { name: /document-failures/ }).click();
                await page
                    .getByText(/NoSuchBucket/)
                    .first()
                    .waitFor();
                // The page was never loaded anew: it has counted all of them.
                expect(await page.evaluate("globalThis.clicks")).to.be.within(1, 4);
                expect(await page.getByRole("button", { name: "Refund all" }).count()).to.equal(0);
                await page.getByRole("link", { name: /^Failures/ }).click();
                expect(await page.getByRole("button", { name: "Redrive all" }).first().isDisabled()).to.equal(true);
            });
            await visits.visit("/failures", async (page) => {
                await page
                    .getByText(/NoSuchBucket/)
                    .first()
                    .waitFor();
                await s3.send(new CreateBucketCommand({ Bucket }));
                await page.getByRole("link", { name: /Failures.*\d/ }).waitFor();
                await page.getByRole("button", { name: "Dry run" }).click();
                await page.getByText("would be redriven").first().waitFor();
                await page.getByRole("button", { name: "Redrive all" }).click();
                await page
                    .getByText(/^✓redriven/)
                    .first()
                    .waitFor();
                await page.getByText("No dead letters").waitFor();
                await page.goto(`${embedded.url}/_local/console/orders/without-document?tab=pdf`);
                await page.locator("iframe.preview").waitFor();
            });
        } finally {
            await s3.send(new CreateBucketCommand({ Bucket })).catch(() => undefined);
            s3.destroy();
        }
    });

    it("delivers what a dead endpoint did not take, once its receiver is there and the dead letter is redriven", async () => {
        const owner = new EndpointOwner(embedded.url);
        const port = await freePort();
        const url = `http://127.0.0.1:${port}/hooks`;
        const { id } = await owner.register({
            url,
            eventTypes: ["order.received.v1"],
            schedule: [1],
            description: "dead",
        });
        const bodies: string[] = [];
        const receiver = createServer((request, response) => {
            void text(request).then((body) => bodies.push(body));
            response.end();
        });
        try {
            await embedded.post({ orderId: "for-a-dead-endpoint", customer: "Ada", items: ["Widget"], total: 7 });
            await visits.visit("/failures", async (page) => {
                const letter = page.getByRole("region", { name: /webhooks-exhausted/ });
                await letter.getByText(id).first().waitFor();
                receiver.listen(port, "127.0.0.1");
                await once(receiver, "listening");
                await letter.getByRole("button", { name: "Redrive all" }).click();
                await page
                    .getByText(/^✓redriven/)
                    .first()
                    .waitFor();
                await eventually(() => expect(bodies.join()).to.include("for-a-dead-endpoint"));
                await page.goto(`${embedded.url}/_local/console/webhooks/${id}`);
                await page.getByText(/^✓delivered/).waitFor();
                await page.getByText(/2 attempts|3 attempts/).waitFor();
            });
        } finally {
            receiver.close();
            await owner.call("DELETE", `/${id}`);
        }
    });

    it("registers an endpoint, tests it, resends, rotates its secret, disables, enables and replays, each by a button", async () => {
        const port = await freePort();
        const address = `http://127.0.0.1:${port}/by-hand`;
        const receiver = createServer((_, response) => response.end("taken")).listen(port, "127.0.0.1");
        await once(receiver, "listening");
        const owner = new EndpointOwner(embedded.url);
        let id = "";
        try {
            await visits.visit("/webhooks", async (page) => {
                const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click();
                await page.getByRole("textbox", { name: "Address" }).fill(address);
                await press("Register");
                await page.getByText(/Its secret, shown once: whsec_/).waitFor();
                await page.getByRole("link", { name: address }).click();
                await page.waitForURL(/\/webhooks\/ep_/);
                id = page.url().split("/").at(-1) ?? "";
                await press("Send a test event");
                const delivery = page.locator("details.card summary").first();
                await delivery.getByText(/^✓delivered/).waitFor();
                await delivery.click();
                await page.getByRole("row", { name: /^1 .*200 taken/ }).waitFor();
                await page.getByRole("region", { name: "Body" }).first().waitFor();
                await press("Resend");
                await delivery.getByText("2 attempts").waitFor();
                await press("Rotate the secret");
                await page.getByText(/Its new secret, shown once: whsec_/).waitFor();
                await press("Disable");
                await page.getByText(/^✕disabled/).waitFor();
                await press("Enable");
                await page.getByText(/^✓enabled/).waitFor();
                await press("Replay a day's failures");
                await page.getByRole("button", { name: "Replay a day's failures", disabled: false }).waitFor();
                expect(await page.getByRole("alert").allTextContents()).to.deep.equal([]);
            });
        } finally {
            receiver.close();
            if (id !== "") await owner.call("DELETE", `/${id}`);
        }
    });

    it("resends and refunds as an operator with --allow, each with an audit row, and not without", async () => {
        const rowsOf = async (type: string) =>
            (await auditRows(embedded)).filter(({ messageType }) => messageType === type).length;
        let order = "";
        await visits.visit("", async (page) => {
            await page.getByRole("button", { name: "Buy as an agent" }).click();
            await page.waitForURL(/\/orders\/ord_/);
            await page.getByText(/^\d+ delivered$/).waitFor();
            order = new URL(page.url()).pathname;
        });
        await visits.asOperator(async (page, origin) => {
            await page.goto(`${origin}${order}?tab=deliveries`);
            await page.locator("details.card summary").first().click();
            expect(await page.getByRole("button", { name: "Resend" }).first().isDisabled()).to.equal(true);
            const refused = await page.request.post(`${origin}/_local/program/refund`, {
                headers: { "x-console": "1" },
                data: { orderId: order.split("/").at(-1), key: "k" },
            });
            expect(refused.status()).to.equal(400);
            expect(await rowsOf("refund")).to.equal(0);
        });
        await visits.asOperator(async (page, origin) => {
            await page.goto(`${origin}${order}?tab=deliveries`);
            const [before, summary] = [await rowsOf("resend"), page.locator("details.card summary").first()];
            await summary.click();
            await page.getByRole("button", { name: "Resend" }).first().click();
            await summary.getByText("2 attempts").waitFor();
            expect(await rowsOf("resend")).to.equal(before + 2);
            await page.getByRole("button", { name: "Refund all" }).click();
            await page.getByRole("tab", { name: "Payment" }).click();
            await page.getByText('"refund"').first().waitFor();
            expect(await rowsOf("refund")).to.equal(2);
        }, "--allow");
    });

    it("shows an environment on AWS while things happen there, and says what AWS cannot tell", async () => {
        await visits.asOperator(async (page, origin) => {
            await page.goto(`${origin}/_local/console/orders`);
            await page.getByRole("status").getByText("live, some seconds late").waitFor();
            await embedded.post({ orderId: "seen-from-afar", customer: "Grace Hopper", items: ["Widget"], total: 7 });
            await page.getByRole("row", { name: /seen-from-afar/ }).waitFor();
            await page.goto(`${origin}/_local/console/mail`);
            await page.getByText(/SES keeps no copy/).waitFor();
            await page.goto(`${origin}/_local/console/data/queues`);
            await page.getByText(/SQS shows a message only to who receives it/).waitFor();
            await page.goto(`${origin}/_local/console/trace`);
            await page
                .getByRole("row", { name: /order-store/ })
                .first()
                .waitFor();
            // The hops of one order, each invocation with what it logged.
            await page.goto(`${origin}/_local/console/orders/seen-from-afar`);
            const timeline = page.getByRole("region", { name: "Timeline" });
            await timeline.getByRole("button", { name: "order-store", exact: true }).first().click();
            await page.getByRole("tab", { name: /^Log \d/ }).click();
            await page.locator(".log li").first().waitFor();
            await page.goto(`${origin}/_local/console/feeds`);
            const build = page.getByRole("button", { name: "Build anew" });
            await build.first().waitFor();
            expect(await build.first().isDisabled()).to.equal(true);
            await page.goto(`${origin}/_local/console/orders/seen-from-afar?tab=pdf`);
            const document = await page.locator("iframe.preview").getAttribute("src");
            const pdf = await page.request.get(`${origin}${document}`);
            expect((await pdf.body()).toString("latin1", 0, 5)).to.equal("%PDF-");
        });
    });
});
