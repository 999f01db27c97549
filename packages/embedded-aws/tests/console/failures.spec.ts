import { join } from "node:path";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { answered, Launched } from "../launched.ts";
import { startBrowser, Visit } from "./browser.ts";

describe("Dead letters in the console, of a program that says nothing about them", () => {
    let browser: Browser | undefined;
    let launched: Launched;
    let [deadLetters, results] = ["", ""];

    before(async function () {
        browser = await startBrowser();
        if (browser === undefined) return this.skip();
        launched = await Launched.start(join(import.meta.dirname, "../foreign"));
        expect(launched.isReady, launched.output).to.equal(true);
        const { nodes }: { nodes: { name: string }[] } = await look("graph");
        const named = (start: string) => nodes.find(({ name }) => name.startsWith(start))?.name ?? "";
        [deadLetters, results] = [named("dead-letters"), named("results")];
    });
    after(async () => {
        await browser?.close();
        await launched?.stop();
    });

    const look = async (view: string) => JSON.parse(await (await fetch(`${launched.url}/_local/${view}`)).text());
    const change = async (action: string, input: object, headers = { "x-console": "1" }) => {
        const sent = { method: "POST", headers, body: JSON.stringify(input) };
        const answer = await fetch(`${launched.url}/_local/${action}`, sent);
        return JSON.parse(await answer.text());
    };
    const recorded = async (): Promise<unknown[]> => (await look(`items?table=${results}`)).items;

    /** Presses a button as a keyboard does. */
    async function press(page: Page, name: string): Promise<void> {
        await page.getByRole("button", { name, exact: true }).first().focus();
        await page.keyboard.press("Enter");
    }

    it("are tried dry, redriven to the queue that they were in, and discarded, by keyboard", async () => {
        if (browser === undefined) throw new Error("there is no browser");
        for (const id of ["mended", "mended-too"])
            await change("send", { queue: deadLetters, body: JSON.stringify({ id }) });
        const visit = await Visit.start(browser);
        const { page } = visit;
        await page.goto(`${launched.url}/_local/console/failures`);
        await press(page, "Dry run");
        await page.getByText("would be redriven").nth(1).waitFor();
        expect(await recorded()).to.deep.equal([]);
        await press(page, "Redrive");
        await page.getByText(/^✓redriven/).waitFor();
        await answered(async () => ((await recorded()).length === 1 ? true : undefined));
        await press(page, "Redrive all");
        await page.getByText("No dead letters").waitFor();
        await answered(async () => ((await recorded()).length === 2 ? true : undefined));
        await change("send", { queue: deadLetters, body: "never to be mended" });
        await page.getByText("Message", { exact: true }).click();
        await page.getByText("never to be mended").waitFor();
        expect(await visit.accessibilityFaults()).to.deep.equal([]);
        await press(page, "Discard");
        await page.getByText(/^✓discarded/).waitFor();
        await page.getByText("No dead letters").waitFor();
        expect(await recorded()).to.have.length(2);
        await visit.end();
    });

    it("that hold an event for a function go to it, and those that only name records of a stream stay", async () => {
        const { nodes }: { nodes: { name: string; kind: string }[] } = await look("graph");
        const recorder = nodes.find(({ name, kind }) => kind === "function" && name.startsWith("recorder"))?.name ?? "";
        const functionArn = `arn:aws:lambda:us-east-1:000000000000:function:${recorder}`;
        const requestPayload = { Records: [{ body: JSON.stringify({ id: "asynchronous" }) }] };
        const asynchronous = JSON.stringify({ requestContext: { functionArn }, requestPayload });
        await change("send", { queue: deadLetters, body: asynchronous });
        await change("send", { queue: deadLetters, body: JSON.stringify({ DDBStreamBatchInfo: {} }) });
        const done: { outcome: string }[] = await change("redrive", { queue: deadLetters });
        expect(done.map(({ outcome }) => outcome).sort()).to.deep.equal(["left", "redriven"]);
        await answered(async () => (JSON.stringify(await recorded()).includes("asynchronous") ? true : undefined));
        const [queue] = await look(`queues?name=${deadLetters}`);
        expect(queue.visible).to.equal(1);
    });

    it("are changed by no page of another origin", async () => {
        const refused = await change("discard", { queue: deadLetters }, {
            "x-console": "1",
            origin: "http://evil.example",
        } as never);
        expect(JSON.stringify(refused)).to.match(/[Oo]rigin/);
        const [queue] = await look(`queues?name=${deadLetters}`);
        expect(queue.visible).to.equal(1);
    });

    it("are put into a queue by hand, and purged from it", async () => {
        if (browser === undefined) throw new Error("there is no browser");
        const visit = await Visit.start(browser);
        const { page } = visit;
        page.on("dialog", (dialog) => void dialog.accept());
        await page.goto(`${launched.url}/_local/console/data/queues/${deadLetters}`);
        await page.getByRole("textbox", { name: "Message" }).fill('"put by hand"');
        await page.getByRole("button", { name: "Send", exact: true }).click();
        await page.getByText("0 receives").last().click();
        await page.getByText("put by hand").waitFor();
        await page.reload();
        await page.getByText("put by hand").waitFor();
        await page.getByRole("button", { name: "Purge" }).click();
        await page.getByText("No messages").waitFor();
        const [queue] = await look(`queues?name=${deadLetters}`);
        expect(queue.visible).to.equal(0);
        await visit.end();
    });

    it("make the node red that they failed at; a node also tells its last error", async () => {
        if (browser === undefined) throw new Error("there is no browser");
        const visit = await Visit.start(browser);
        const { page } = visit;
        await page.goto(`${launched.url}/_local/console`);
        await page.getByRole("status").getByText("live", { exact: true }).waitFor();
        const { nodes }: { nodes: { name: string; kind: string }[] } = await look("graph");
        const recorder = nodes.find(({ name, kind }) => kind === "function" && name.startsWith("recorder"))?.name ?? "";
        const failing = await change("invoke", { function: recorder, payload: '{"Records":[{"body":"no JSON"}]}' });
        expect(failing.error).to.be.a("string");
        await page.getByRole("link", { name: /^function, recorder !1, .*last error: failed with/ }).waitFor();
        await change("send", { queue: deadLetters, body: "it failed" });
        const source = page.getByRole("link", { name: /^queue, changes ✕1, 1 dead/ });
        await source.waitFor();
        expect(await source.getAttribute("class")).to.match(/\bbad\b/);
        await visit.end();
    });
});
