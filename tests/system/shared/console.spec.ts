import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { startBrowser, Visit } from "embedded-aws/testing";
import type { Browser, Page } from "playwright-core";
import { type Embedded, eventually } from "../embedded.ts";
import { EndpointOwner } from "../endpointOwner.ts";
import { shop } from "./cloud.ts";

describe("the console in a browser", () => {
    let browser: Browser | undefined;
    let embedded: Embedded;

    before(async function () {
        browser = await startBrowser();
        if (browser === undefined) return this.skip();
        embedded = await shop.open(this);
    });
    after(async () => {
        if (browser === undefined) return;
        await browser.close();
        // The cloud is shared with other specs, which list all endpoints and deliveries.
        const owner = new EndpointOwner(embedded.url);
        for (const { id, description } of await owner.list()) {
            if (description === "Inbox of the console") await owner.call("DELETE", `/${id}`);
        }
    });

    async function visiting(
        path: string,
        then: (page: Page, visit: Visit) => Promise<void>,
        preferences: Parameters<typeof Visit.start>[1] = {},
    ): Promise<void> {
        if (browser === undefined) throw new Error("there is no browser");
        const visit = await Visit.start(browser, preferences);
        await visit.page.goto(`${embedded.url}/_local/console${path}`);
        await then(visit.page, visit);
        await visit.end();
    }

    /** The console of an environment on AWS: the AWS endpoint of the embedded cloud stands for AWS. */
    async function asOperator(then: (page: Page) => Promise<void>): Promise<void> {
        if (browser === undefined) throw new Error("there is no browser");
        const args = ["--disable-warning=ExperimentalWarning", "tools/console.ts", "--port", "0", "--json"];
        const child = spawn(process.execPath, [...args, "--endpoint", embedded.awsUrl], {
            env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] },
            stdio: ["ignore", "pipe", "inherit"],
        });
        const visit = await Visit.start(browser);
        try {
            const [line] = await once(createInterface({ input: child.stdout }), "line");
            await visit.page.goto(JSON.parse(String(line)).url);
            await then(visit.page);
        } finally {
            child.kill("SIGKILL");
        }
        await visit.end();
    }

    /** What the README's pictures show: parts, steps and hops of a purchase. `npm run pictures` takes them anew. */
    async function pictured(page: Page): Promise<void> {
        const texts = async (selector: string) =>
            (await page.locator(selector).allTextContents()).map((text) => text.trim());
        const shown = async () => ({
            menu: (await texts(".menu li a")).map((text) => text.replace(/[✕\d]/g, "")),
            parts: (await texts("[role=tab]")).map((text) => text.replace(/ \d+$/, "")),
            steps: (await texts(".steps li")).map((text) => text.split(" ")[1]),
            // Calls and mails name ids.
            hops: [...new Set(await texts(".waterfall .name > .text:first-of-type"))]
                .filter((hop) => !/[:_]0|:|ord_/.test(hop))
                .sort(),
        });
        const file = "docs/pictures/console.json";
        if (process.env["PICTURES"] === "write") {
            await page.locator(".steps li.done").nth(5).waitFor();
            for (const colorScheme of ["light", "dark"] as const) {
                await page.emulateMedia({ colorScheme });
                await page.screenshot({ path: `docs/pictures/console-${colorScheme}.png` });
            }
            await page.emulateMedia({ colorScheme: "light" });
            writeFileSync(file, `${JSON.stringify(await shown(), undefined, 2)}\n`);
        }
        await eventually(async () => expect(await shown()).to.deep.equal(JSON.parse(readFileSync(file, "utf8"))));
    }

    /** Goes on with the tabulator until something has the focus. */
    async function tabTo(page: Page, selector: string): Promise<void> {
        for (let presses = 0; presses < 150; presses += 1) {
            await page.keyboard.press("Tab");
            if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
        }
        expect.fail(`no key leads to ${selector}`);
    }

    async function choose(page: Page, words: string): Promise<void> {
        await page.keyboard.press("Control+k");
        await page.getByRole("searchbox", { name: /Any id/ }).waitFor();
        await page.keyboard.type(words);
        await page.keyboard.press("Enter");
    }

    it("buys, and follows the purchase to its versions, document, mail and signed webhook, by keyboard alone", async () => {
        await visiting("", async (page) => {
            await page.getByRole("heading", { name: "Flow" }).waitFor();
            await choose(page, "Buy as an agent");
            await page.waitForURL(/\/orders\/ord_/);
            await page.getByText(/^\d+ delivered$/).waitFor();
            await page.getByRole("region", { name: "Timeline" }).getByText("session-completer").first().waitFor();
            await pictured(page);
            await tabTo(page, "#tab-timeline");
            await page.keyboard.press("ArrowRight");
            await tabTo(page, "input[type=range]");
            for (let version = 0; version < 4; version += 1) await page.keyboard.press("ArrowLeft");
            await page.getByText("The first version").waitFor();
            await page.keyboard.press("ArrowRight");
            const changes = page.getByRole("region", { name: "What changed" });
            await changes.getByText("totals[fulfillment]").waitFor();
            expect(await changes.getByText(/totals\[subtotal\]/).count()).to.equal(0);
            await tabTo(page, "body *");
            await page.getByRole("tab", { name: /^Versions/ }).focus();
            await page.keyboard.press("ArrowRight");
            const document = await page.locator("iframe.preview").getAttribute("src");
            expect(
                (await (await page.request.get(`${embedded.url}${document}`)).body()).toString("latin1", 0, 5),
            ).to.equal("%PDF-");
            await page.keyboard.press("ArrowRight");
            await page.getByRole("article").getByText("orders@example.com").first().waitFor();
            await page.keyboard.press("ArrowRight");
            await page.getByText("checkout_session.completed").waitFor();
            await tabTo(page, "main header button");
            await page.keyboard.press("Enter");
            await page
                .getByText(/^order\.updated\.v1$/)
                .first()
                .waitFor();
            await choose(page, "Webhooks");
            await page.getByRole("heading", { name: "Webhooks" }).waitFor();
            await tabTo(page, "a[href$='/webhooks/inbox']");
            await page.keyboard.press("Enter");
            await page.getByText("signature verified").first().waitFor();
            expect(await page.getByText("not verified").count()).to.equal(0);
        });
    });

    it("shows a new order in the list without a reload", async () => {
        await visiting("/orders", async (page) => {
            await page.getByRole("status").getByText("live", { exact: true }).waitFor();
            await embedded.post({ orderId: "seen-at-once", customer: "Grace Hopper", items: ["Widget"], total: 7 });
            await page.getByRole("row", { name: /seen-at-once.*Grace Hopper/ }).waitFor();
        });
    });

    it("publishes a message and changes a customer, and shows the way of each", async () => {
        for (const [action, hop] of [
            ["Publish a message", "message-recorder"],
            ["Change a customer", "customer-sync"],
        ] as const) {
            await visiting("", async (page) => {
                await page.getByRole("button", { name: action }).click();
                await page.getByRole("region", { name: "Timeline" }).getByText(hop, { exact: true }).first().waitFor();
            });
        }
    });

    it("says why an order has no document, redrives it once the cause is gone, and the document is there", async () => {
        const { s3 } = embedded.clients();
        const Bucket = await embedded.idOf("aws:s3/bucket:Bucket", "orders-documents");
        for (const { bucket, key } of await embedded.look("objects")) {
            if (bucket === Bucket) await s3.send(new DeleteObjectCommand({ Bucket, Key: key }));
        }
        await s3.send(new DeleteBucketCommand({ Bucket }));
        try {
            await embedded.post({ orderId: "without-document", customer: "Ada", items: ["Widget"], total: 7 });
            await eventually(async () => {
                const queues: { name: string; visible: number }[] = await embedded.look("queues");
                expect(queues.some(({ name, visible }) => name.includes("document-failures") && visible > 0)).to.equal(
                    true,
                );
            });
            await asOperator(async (page) => {
                await page.getByRole("link", { name: "Orders", exact: true }).click();
                await page.getByRole("link", { name: "without-document" }).click();
                await page.getByRole("button", { name: /document-failures/ }).click();
                await page
                    .getByText(/NoSuchBucket/)
                    .first()
                    .waitFor();
                expect(await page.getByRole("button", { name: "Refund all" }).count()).to.equal(0);
                await page.getByRole("link", { name: /^Failures/ }).click();
                expect(await page.getByRole("button", { name: "Redrive all" }).first().isDisabled()).to.equal(true);
            });
            await visiting("/failures", async (page) => {
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

    it("has no accessibility fault above minor, in light and in dark", async () => {
        const [{ id }] = JSON.parse(JSON.stringify(await embedded.look("program/orders")));
        const main = ["", "/trace", `/orders/${id}`, "/agent"];
        const pages = {
            light: [...main, "?view=list", "/failures", "/data", "/mail", "/rights", "/orders", "/webhooks"],
            dark: main,
        };
        for (const colorScheme of ["light", "dark"] as const) {
            await visiting(
                "",
                async (page, visit) => {
                    for (const path of pages[colorScheme]) {
                        await page.goto(`${embedded.url}/_local/console${path}`);
                        await page.getByRole("heading", { level: 1 }).waitFor();
                        await eventually(async () =>
                            expect(await page.locator("main > *").count()).to.be.greaterThan(1),
                        );
                        expect(await visit.accessibilityFaults(), `${colorScheme} ${path}`).to.deep.equal([]);
                    }
                },
                { colorScheme, reducedMotion: "reduce" },
            );
        }
    });
});
