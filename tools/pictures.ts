import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { startBrowser } from "embedded-aws/browser";
import { freePort } from "embedded-aws/freePort";
import type { Browser, Page } from "playwright-core";

const root = join(import.meta.dirname, "..");
const folder = "docs/pictures";
const file = `${folder}/console.json`;
const schemes = ["light", "dark"] as const;
/** All that a purchase causes has happened by then. */
const patienceMs = 60_000;

/** What the README's pictures show: actions, facts, parts, steps and hops of a purchase. */
export const picturedNow = (): unknown => JSON.parse(readFileSync(join(root, file), "utf8"));

/** The same of a page that shows a purchase. */
export async function shownOn(page: Page): Promise<unknown> {
    const texts = async (selector: string) =>
        (await page.locator(selector).allTextContents()).map((text) => text.trim());
    return {
        menu: (await texts(".menu li a")).map((text) => text.replace(/[✕\d]/g, "")),
        actions: await texts("main header .actions button"),
        facts: await texts(".summary dt"),
        parts: (await texts("[role=tab]")).map((text) => text.replace(/ \d+$/, "")),
        steps: (await texts(".steps li")).map((text) => text.split(" ")[1]),
        // Calls and mails name ids.
        hops: [...new Set(await texts(".waterfall .name > .text:first-of-type"))]
            .filter((hop) => !/[:_]0|:|ord_/.test(hop))
            .sort(),
    };
}

/**
 * Buys at an embedded cloud of its own, and takes the README's pictures anew where they show something else by now; ids and
 * times alone are no reason. @returns the files written; undefined without a browser
 */
export async function takePictures(): Promise<readonly string[] | undefined> {
    const browser = await startBrowser();
    if (browser === undefined) return undefined;
    const state = mkdtempSync(join(tmpdir(), "pictures-"));
    const bin = join(root, "node_modules/.bin/embedded-aws");
    const cloud = spawn(
        process.execPath,
        ["--disable-warning=ExperimentalWarning", bin, "--fixtures", "tools/embedded"],
        {
            cwd: root,
            env: {
                ...process.env,
                PORT: String(await freePort()),
                LOCAL_AWS_PORT: String(await freePort()),
                LOCAL_STATE_DIR: state,
                LOCAL_WAIT_FACTOR: "0.01",
            },
            stdio: ["ignore", "pipe", "inherit"],
        },
    );
    const end = () => cloud.kill("SIGKILL");
    process.once("exit", end);
    try {
        const url = await new Promise<string>((resolve, reject) => {
            createInterface({ input: cloud.stdout })
                .on("line", (line) => {
                    const [, ready] = /^ready (\S+)$/.exec(line) ?? [];
                    if (ready !== undefined) resolve(ready);
                })
                .on("close", () => reject(new Error("the embedded cloud ended before it was ready")));
        });
        return await pictures(browser, url);
    } finally {
        process.off("exit", end);
        end();
        await browser.close();
        rmSync(state, { recursive: true, force: true });
    }
}

async function pictures(browser: Browser, url: string): Promise<readonly string[]> {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${url}/_local/console`);
    await page.getByRole("button", { name: "Buy as an agent" }).click();
    await page.locator(".steps li.done").nth(5).waitFor();
    await page.getByText(/^\d+ delivered$/).waitFor();
    const deadline = Date.now() + patienceMs;
    let shown = await shownOn(page);
    while (!isDeepStrictEqual(shown, picturedNow())) {
        if (Date.now() > deadline) return await written(page, shown);
        await setTimeout(500);
        shown = await shownOn(page);
    }
    return [];
}

async function written(page: Page, shown: unknown): Promise<readonly string[]> {
    const files: string[] = [];
    for (const colorScheme of schemes) {
        const path = `${folder}/console-${colorScheme}.png`;
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(root, path) });
        files.push(path);
    }
    writeFileSync(join(root, file), `${JSON.stringify(shown, undefined, 2)}\n`);
    return [...files, file];
}
