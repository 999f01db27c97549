import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { answered, Launched } from "../launched.ts";
import { startBrowser, Visit } from "./browser.ts";

const counting = pathToFileURL(join(import.meta.dirname, "counting.ts")).href;

describe("The console of a cloud, before and while a page is open", () => {
    const folder = mkdtempSync(join(tmpdir(), "counted-"));
    const file = join(folder, "counted");
    let browser: Browser | undefined;
    let launched: Launched;

    before(async function () {
        browser = await startBrowser();
        if (browser === undefined) return this.skip();
        const environment = { NODE_OPTIONS: `--import=${counting}`, COUNTED: file };
        launched = await Launched.start(join(import.meta.dirname, "../../example"), { environment });
        expect(launched.isReady, launched.output).to.equal(true);
    });
    after(async () => {
        await browser?.close();
        await launched?.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    /** What the cloud's own process has done so far. */
    const counted = (): string[] => {
        const lines = readFileSync(file, { encoding: "utf8", flag: "a+" }).split("\n");
        return lines
            .filter((line) => line.startsWith(`${launched.pid} `))
            .map((line) => line.split(" ").slice(1).join(" "));
    };
    const times = (what: string) => counted().filter((each) => each === what).length;
    const layouts = (page: Page) => page.evaluate(`performance.getEntriesByName("layout of the graph").length`);
    const note = async (text: string) => {
        await fetch(`${launched.url}/notes`, { method: "POST", body: text });
        await answered(async () => {
            const { entries } = JSON.parse(await (await fetch(`${launched.url}/_local/entries?about=${text}`)).text());
            return (
                entries.some(
                    ({ what, where }: { what: string; where: string }) =>
                        what === "invocation" && where.startsWith("store"),
                ) || undefined
            );
        });
    };

    it("costs nothing until a page is asked for: it builds nothing, and nothing subscribes to the trace", async () => {
        await note("unseen");
        expect(counted()).to.deep.equal([]);
    });

    it("is built with the first page, has one stream while it is seen, lays the graph out once, and none afterwards", async () => {
        if (browser === undefined) throw new Error("there is no browser");
        const visit = await Visit.start(browser);
        const { page } = visit;
        await page.goto(`${launched.url}/_local/console/trace`);
        await page.getByRole("status").getByText("live", { exact: true }).waitFor();
        expect(times("loads esbuild")).to.be.greaterThan(0);
        expect(times("subscribes") - times("unsubscribes")).to.equal(1);
        expect(await layouts(page)).to.equal(0);
        await page.getByRole("link", { name: "Flow", exact: true }).click();
        const node = page.getByRole("link", { name: /^function, store/ });
        await node.waitFor();
        await note("seen");
        await page.getByRole("link", { name: /^function, store \d/ }).waitFor();
        expect(await layouts(page)).to.equal(1);
        expect(times("subscribes") - times("unsubscribes")).to.equal(1);
        await visit.end();
        await answered(async () => times("subscribes") === times("unsubscribes") || undefined);
    });
});

describe("A start with --open", () => {
    it("prints the console's address, and opens it in the browser", async function () {
        if (process.platform !== "linux") return this.skip();
        const folder = mkdtempSync(join(tmpdir(), "opened-"));
        const opened = join(folder, "opened");
        // What desktops have for it.
        writeFileSync(join(folder, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$1" > '${opened}'\n`, { mode: 0o755 });
        const environment = { PATH: `${folder}:${process.env["PATH"]}` };
        const launched = await Launched.start(join(import.meta.dirname, "../../example"), {
            args: ["--open"],
            environment,
        });
        try {
            const address = `${launched.url}/_local/console`;
            await answered(async () => launched.output.includes(`console ${address}\n`) || undefined);
            const asked = await answered(async () => (existsSync(opened) && readFileSync(opened, "utf8")) || undefined);
            expect(asked).to.equal(`${address}\n`);
        } finally {
            await launched.stop();
            rmSync(folder, { recursive: true, force: true });
        }
    });
});
