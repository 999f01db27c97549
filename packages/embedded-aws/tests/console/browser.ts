import { createRequire } from "node:module";
import { expect } from "chai";
import type { Browser, BrowserContext, Page } from "playwright-core";

export { startBrowser } from "../../tools/browser.ts";

/** What the browser is told of the person before it. */
type Preferences = NonNullable<Parameters<Browser["newContext"]>[0]>;

/** A page that notes what it should not do: ask another machine, and fail. */
export class Visit {
    readonly page: Page;
    readonly #context: BrowserContext;
    readonly #outside: string[] = [];
    readonly #failures: string[] = [];

    private constructor(page: Page, context: BrowserContext) {
        this.page = page;
        this.#context = context;
        page.on("request", (request) => {
            const { hostname, protocol } = new URL(request.url());
            if (protocol.startsWith("http") && hostname !== "127.0.0.1") this.#outside.push(request.url());
        });
        page.on("pageerror", (error) => this.#failures.push(error.stack ?? error.message));
    }

    static async start(browser: Browser, preferences: Preferences = {}): Promise<Visit> {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...preferences });
        // A machine that does much else answers late.
        context.setDefaultTimeout(90_000);
        return new Visit(await context.newPage(), context);
    }

    /** Ends the visit, and fails where the page asked another machine or failed itself. */
    async end(): Promise<void> {
        await this.#context.close();
        expect(this.#outside, "requests to other machines").to.deep.equal([]);
        expect(this.#failures, "failures of the page").to.deep.equal([]);
    }

    /**
     * What axe finds that is more than minor: rules with the elements.
     * @param rules by their names @default all
     */
    async accessibilityFaults(...rules: readonly string[]): Promise<string[]> {
        const axe = createRequire(import.meta.url).resolve("axe-core");
        await this.page.evaluate(await sourceOf(axe));
        const options = { resultTypes: ["violations"], ...(rules.length > 0 && { runOnly: rules }) };
        const found = await this.page.evaluate(`axe.run(document, ${JSON.stringify(options)})`);
        const { violations } = found as { violations: { id: string; impact: string; nodes: { html: string }[] }[] };
        return violations
            .filter(({ impact }) => impact !== "minor")
            .map(
                ({ id, impact, nodes }) =>
                    `${id} (${impact}): ${nodes
                        .map(({ html }) => html.slice(0, 160))
                        .slice(0, 3)
                        .join(" | ")}`,
            );
    }
}

/** What a page shows where a view has nothing: the view's answer. */
export interface EmptyPage {
    /** Below the console's address. */
    readonly path: string;
    readonly view: string;
    readonly answer: object;
}

/** Each empty page with what it says, where that names neither an action to press nor what the program is to have. */
export async function emptyPagesWithoutAction(
    visit: Visit,
    base: string,
    pages: readonly EmptyPage[],
): Promise<string[]> {
    const faults: string[] = [];
    for (const { path, view, answer } of pages) {
        const url = (address: URL) => address.pathname === `/_local/${view}`;
        await visit.page.route(url, (route) => route.fulfill({ json: answer }));
        await visit.page.goto(`${base}/_local/console${path}`);
        const empty = visit.page.locator("main .empty");
        await empty.first().waitFor();
        for (const each of await empty.all()) {
            if ((await each.locator("a, button, code").count()) === 0)
                faults.push(`${path}: ${await each.innerText()}`);
        }
        await visit.page.unroute(url);
    }
    return faults;
}

const sourceOf = async (file: string): Promise<string> => (await import("node:fs/promises")).readFile(file, "utf8");
