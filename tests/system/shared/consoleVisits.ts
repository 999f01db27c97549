import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { startBrowser, Visit } from "embedded-aws/testing";
import type { Browser, Page } from "playwright-core";
import type { Embedded } from "../embedded.ts";
import { EndpointOwner } from "../endpointOwner.ts";
import { shop } from "./cloud.ts";

type Preferences = Parameters<typeof Visit.start>[1];

/** Nothing moves: a browser without a graphics card draws each step by the processor. The cloud's own tests see it move. */
const still: Preferences = { reducedMotion: "reduce" };

/** The console of the shared cloud, in a browser. */
export class ConsoleVisits {
    readonly embedded: Embedded;
    readonly #browser: Browser;

    private constructor(embedded: Embedded, browser: Browser) {
        this.embedded = embedded;
        this.#browser = browser;
    }

    /** For `before`; without a browser the tests are skipped. */
    static async open(context: Mocha.Context): Promise<ConsoleVisits> {
        const browser = await startBrowser();
        if (browser === undefined) return context.skip();
        return new ConsoleVisits(await shop.open(context), browser);
    }

    async close(): Promise<void> {
        await this.#browser.close();
        // The cloud is shared with other specs, which list all endpoints and deliveries.
        const owner = new EndpointOwner(this.embedded.url);
        for (const { id, description } of await owner.list()) {
            if (description === "Inbox of the console") await owner.call("DELETE", `/${id}`);
        }
    }

    async visit(
        path: string,
        then: (page: Page, visit: Visit) => Promise<void>,
        preferences: Preferences = still,
    ): Promise<void> {
        const visit = await Visit.start(this.#browser, preferences);
        await visit.page.goto(`${this.embedded.url}/_local/console${path}`);
        await then(visit.page, visit);
        await visit.end();
    }

    /** The console of an environment on AWS: the AWS endpoint of the embedded cloud stands for AWS. */
    async asOperator(then: (page: Page, origin: string) => Promise<void>, ...options: string[]): Promise<void> {
        const args = ["--disable-warning=ExperimentalWarning", "tools/console.ts", "--port", "0", "--json", ...options];
        const child = spawn(process.execPath, [...args, "--endpoint", this.embedded.awsUrl], {
            env: { PATH: process.env["PATH"], NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] },
            stdio: ["ignore", "pipe", "inherit"],
        });
        const visit = await Visit.start(this.#browser, still);
        try {
            const [line] = await once(createInterface({ input: child.stdout }), "line");
            const { url } = JSON.parse(String(line));
            await visit.page.goto(url);
            await then(visit.page, new URL(url).origin);
        } finally {
            child.kill("SIGKILL");
        }
        await visit.end();
    }
}

/** Goes on with the tabulator until something has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 150; presses += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    }
    expect.fail(`no key leads to ${selector}`);
}

/** Finds something by Ctrl-K and opens it. */
export async function choose(page: Page, words: string): Promise<void> {
    await search(page, words);
    await page.keyboard.press("Enter");
}

export async function search(page: Page, words: string): Promise<void> {
    await page.getByRole("button", { name: /^Search/ }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("searchbox", { name: /Any id/ }).waitFor();
    await page.keyboard.type(words);
}
