import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { startBrowser } from "embedded-aws/browser";
import { build } from "embedded-aws/console";
import type { Browser } from "playwright-core";
import { startCloud } from "./embedded/cloud.ts";
import { copyProject } from "./embedded/copy.ts";
import { type Findings, spreadOf } from "./figures.ts";

const visits = 7;
/** KB of 1024 bytes, of all files, also of those that load later. */
const largest = 150;

/** The console's files, and when a browser first paints it: against an empty page in the same browser. */
export async function measureConsole(directory: string): Promise<Findings> {
    const files = await build(join(import.meta.dirname, "../tools/console/pages/index.tsx"));
    const rows = [...files].map(([file, content]) => ({ file, "gzip KB": gzipSync(content).length / 1024 }));
    const size = rows.reduce((sum, row) => sum + row["gzip KB"], 0);
    const sizes = { what: "console, all files compressed, KB", measured: size, atMost: largest };
    const tables = [{ title: "Console, files", rows }];
    const browser = await startBrowser();
    if (browser === undefined) return { tables, budgets: [sizes] };
    const project = join(directory, "project");
    copyProject(project);
    const cloud = await startCloud(join(directory, "state"), { project });
    const plain = createServer((_, response) => response.end("<!doctype html><title>Empty</title><p>empty"));
    try {
        plain.listen(0, "127.0.0.1");
        await once(plain, "listening");
        const address = plain.address();
        const empty = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
        const url = `${cloud.url}/_local/console`;
        const first = await paintOf(browser, url);
        const [consoles, empties]: [number[], number[]] = [[], []];
        for (let visit = 0; visit < visits; visit += 1) {
            consoles.push(await paintOf(browser, url));
            empties.push(await paintOf(browser, empty));
        }
        const [own, other] = [spreadOf(consoles), spreadOf(empties)];
        return {
            tables: [
                ...tables,
                {
                    title: "Console, first contentful paint, ms after the navigation began",
                    rows: [
                        { page: "console, first visit of a cloud, which builds it", ms: first },
                        { page: "console, later visits", ms: own },
                        { page: "an empty page", ms: other },
                    ],
                },
            ],
            budgets: [
                sizes,
                { what: "console, first paint, times an empty page's", measured: own.median / other.median, atMost: 8 },
            ],
        };
    } finally {
        plain.close();
        await browser.close();
        await cloud.stop();
    }
}

/** Runs in the browser. */
const firstPaint = `new Promise((resolve) => {
    new PerformanceObserver((list) => {
        const [paint] = list.getEntriesByName("first-contentful-paint");
        if (paint !== undefined) resolve(paint.startTime);
    }).observe({ type: "paint", buffered: true });
})`;

/** In a context of its own, so that nothing is cached. */
async function paintOf(browser: Browser, url: string): Promise<number> {
    const context = await browser.newContext();
    try {
        const page = await context.newPage();
        await page.goto(url);
        return await page.evaluate<number>(firstPaint);
    } finally {
        await context.close();
    }
}
