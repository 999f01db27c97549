import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { Ajv2020 as Ajv } from "ajv/dist/2020.js";
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { Access } from "../../src/identity/access.ts";
import { answered, Launched } from "../launched.ts";
import { emptyPagesWithoutAction, startBrowser, Visit } from "./browser.ts";

const example = join(import.meta.dirname, "../../example");

describe("The views of a running cloud", () => {
    let cloud: Launched;

    before(async () => {
        cloud = await Launched.start(example);
        expect(cloud.isReady, cloud.output).to.equal(true);
        const answer = await fetch(`${cloud.url}/notes`, { method: "POST", body: "tea" });
        expect(answer.status).to.equal(202);
    });
    after(() => cloud?.stop());

    it("answer as the OpenAPI document says, each of them", async () => {
        const look = async (path: string) => JSON.parse(await (await fetch(cloud.url + path)).text());
        const { paths, components } = await look("/_local/openapi.json");
        const { nodes }: { nodes: { urn: string; kind: string; name: string }[] } = await look("/_local/graph");
        const table = nodes.find(({ kind }) => kind === "table");
        const needed: Readonly<Record<string, string>> = {
            urn: table?.urn ?? "",
            table: table?.name ?? "",
            correlationId: "tea",
        };
        const read = Object.keys(paths).filter((path) => paths[path].get !== undefined && path !== "/_local/stream");
        expect(read).to.include.members(
            (await look("/_local")).filter((path: string) => !/(console|program|stream)$/.test(path)),
        );
        for (const path of read) {
            const { parameters, responses } = paths[path].get;
            const asked = new URLSearchParams();
            for (const { name, required } of parameters) if (required) asked.set(name, needed[name] ?? "");
            const validate = new Ajv({ strict: false }).compile({
                ...responses[200].content["application/json"].schema,
                components,
            });
            expect(validate(await look(`${path}?${asked}`)), `${path}: ${JSON.stringify(validate.errors)}`).to.equal(
                true,
            );
        }
    });
});

describe("The console in a browser, for a program that adds nothing to it", () => {
    let browser: Browser | undefined;
    let launched: Launched;
    const port = () => new URL(launched.url).port;
    const note = (text: string) => fetch(`${launched.url}/notes`, { method: "POST", body: text });

    before(async function () {
        browser = await startBrowser();
        if (browser === undefined) return this.skip();
        launched = await Launched.start(example);
        expect(launched.isReady, launched.output).to.equal(true);
    });
    after(async () => {
        await browser?.close();
        await launched?.stop();
    });

    async function visiting(path: string, then: (visit: Visit) => Promise<void>): Promise<void> {
        if (browser === undefined) throw new Error("there is no browser");
        const visit = await Visit.start(browser);
        await visit.page.goto(`${launched.url}/_local/console${path}`);
        await then(visit);
        await visit.end();
    }

    it("shows the graph, also as a list, and a node's settings, last invocations and rights", async () => {
        await note("milk");
        await visiting("", async ({ page }) => {
            await page.getByRole("link", { name: /^function, store/ }).click();
            const details = page.getByRole("complementary", { name: "Details" });
            await details.getByRole("tab", { name: "Rights" }).click();
            await details.getByText("dynamodb:PutItem").waitFor();
            await details.getByRole("tab", { name: "Last" }).click();
            await details.getByText("succeeded").first().waitFor();
            await page.getByRole("button", { name: "As a list" }).click();
            await page.getByRole("row", { name: /receive.*function/ }).waitFor();
        });
    });

    it("says on every empty page what fills it", async () => {
        const pages = [
            { path: "", view: "graph", answer: { stack: "dev", project: "p", nodes: [], edges: [] } },
            { path: "/trace", view: "entries", answer: { entries: [], next: null } },
            { path: "/trace/an-id", view: "trace", answer: [] },
            { path: "/failures", view: "queues", answer: [] },
            { path: "/data/tables", view: "tables", answer: [] },
            { path: "/data/tables", view: "items", answer: { items: [], keys: [], next: null } },
            { path: "/data/queues", view: "queues", answer: [] },
            {
                path: "/data/queues",
                view: "queues",
                answer: [{ name: "q", deadLetters: false, visible: 0, inFlight: 0, delayed: 0, messages: [] }],
            },
            { path: "/data/objects", view: "objects", answer: [] },
            { path: "/data/schedules", view: "resources", answer: { resources: [], pending: [] } },
            { path: "/mail", view: "mail", answer: [] },
            { path: "/rights", view: "permissions", answer: [] },
            { path: "/no-such-page", view: "none", answer: [] },
            { path: "?node=urn:none", view: "none", answer: [] },
        ];
        await visiting("", async (visit) => {
            expect(await emptyPagesWithoutAction(visit, launched.url, pages)).to.deep.equal([]);
            const known = new Set(pages.map(({ path }) => path.split(/[/?]/)[1] ?? ""));
            const menu = await visit.page
                .locator(".menu li a")
                .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
            expect(menu.map((path) => path?.split("/")[3]).filter((path = "") => !known.has(path))).to.deep.equal([]);
        });
    });

    it("gives what is opened an address, which a reload shows again and from which Back leads to what was before", async () => {
        await note("an-address");
        await visiting("/trace/an-address", async ({ page }) => {
            const timeline = page.getByRole("region", { name: "Timeline" });
            const calls = () => timeline.getByRole("button", { name: "sqs:SendMessage" });
            await timeline
                .getByRole("button", { name: /calls of receive/ })
                .first()
                .click();
            await calls().click();
            const details = page.getByRole("complementary", { name: "Details" });
            await details.getByRole("tab", { name: "Policy" }).click();
            await details.getByRole("region", { name: "Statement" }).waitFor();
            await page.reload();
            await details.getByRole("region", { name: "Statement" }).waitFor();
            expect(await calls().getAttribute("aria-pressed")).to.equal("true");
            await page.goBack();
            await details.getByRole("tab", { name: "Sent", selected: true }).waitFor();
            await page.goBack();
            await details.waitFor({ state: "detached" });
            expect(await calls().count()).to.equal(1);
            await page.goBack();
            await calls().waitFor({ state: "detached" });
        });
    });

    it("invokes a function again with an edited payload", async () => {
        await note("to-be-edited");
        await visiting("/trace/to-be-edited", async ({ page }) => {
            await page
                .getByRole("region", { name: "Timeline" })
                .getByRole("button", { name: "receive", exact: true })
                .first()
                .click();
            const details = page.getByRole("complementary", { name: "Details" });
            await details.getByRole("tab", { name: "Invoke again" }).click();
            const event = details.getByRole("textbox", { name: "Event" });
            await event.fill((await event.inputValue()).replaceAll("to-be-edited", "edited-by-hand"));
            await details.getByRole("button", { name: "Invoke", exact: true }).click();
            await details.getByText(/^✓answered/).waitFor();
        });
        await answered(async () => {
            const held: unknown = await (
                await fetch(`${launched.url}/_local/trace?correlationId=edited-by-hand`)
            ).json();
            return JSON.stringify(held).includes("dynamodb:PutItem") || undefined;
        });
    });

    it("puts, edits and deletes items, each with an address", async () => {
        await visiting("/data/tables", async ({ page }) => {
            const item = page.getByRole("textbox", { name: "The item as JSON" });
            const put = async (text: string) => {
                await item.fill(text);
                await page.getByRole("button", { name: "Put", exact: true }).click();
                await item.waitFor({ state: "detached" });
            };
            await page.getByRole("button", { name: "Put an item", exact: true }).first().click();
            await put('{"id":"by-hand","text":"first"}');
            await page.getByRole("textbox", { name: "id" }).fill("by-hand");
            await page.getByRole("button", { name: "Find" }).click();
            await page.getByRole("button", { name: "by-hand" }).click();
            await page.reload();
            await put((await item.inputValue()).replace("first", "second"));
            await page.getByRole("cell", { name: "second" }).waitFor();
            await page.getByRole("button", { name: "by-hand" }).click();
            await page.getByRole("button", { name: "Delete" }).click();
            await page.getByText("No items").waitFor();
        });
    });

    it("goes on without a gap and without doubles when the cloud is killed and started again", async () => {
        await visiting("/trace?kind=logs", async ({ page }) => {
            await page.getByRole("status").getByText("live", { exact: true }).waitFor();
            await note("bread");
            await page
                .getByRole("row", { name: /REPORT/ })
                .first()
                .waitFor();
            await launched.kill();
            await page.getByText("not connected").waitFor();
            const { state } = launched;
            const awsPort = new URL(launched.awsUrl).port;
            launched = await Launched.start(example, { state, port: port(), awsPort });
            expect(launched.isReady, launched.output).to.equal(true);
            await page.getByRole("status").getByText("live", { exact: true }).waitFor();
            await note("butter");
            // What the page has is what the trace has: the same entries in the same order.
            await answered(async () => {
                const answer = await fetch(`${launched.url}/_local/entries?what=log&limit=60`);
                const { entries }: { entries: { sequence: number }[] } = JSON.parse(await answer.text());
                const shown = await page
                    .locator("tbody tr")
                    .evaluateAll((all) => all.map((row) => row.getAttribute("data-sequence")));
                const told = entries.map(({ sequence }) => String(sequence));
                return JSON.stringify(shown) === JSON.stringify(told) || undefined;
            });
            expect(await page.locator("tbody tr").count()).to.be.greaterThan(0);
        });
    });

    it("shows the statement that a denied call lacks, among the rights and at the call in its trace", async () => {
        const look = async (view: string) => JSON.parse(await (await fetch(`${launched.url}/_local/${view}`)).text());
        const roles: { roleArn: string; allowed: { action: string; resource: string }[] }[] = await look("permissions");
        const { functions }: { functions: { name: string }[] } = await look("resources");
        // Its credentials are given out with its first environment.
        await note("jam");
        const session = functions.find(({ name }) => name.startsWith("store"))?.name ?? "";
        const store = roles.find(({ allowed }) => allowed.some(({ action }) => action === "dynamodb:PutItem"));
        const queue = store?.allowed.find(({ action }) => action === "sqs:ReceiveMessage")?.resource ?? "";
        const name = queue.split(":").at(-1);
        const credentials = new Access({ account: "000000000000" }).credentialsOf(store?.roleArn ?? "", session);
        const client = new SQSClient({ endpoint: launched.awsUrl, region: "us-east-1", credentials, maxAttempts: 1 });
        const call = new SendMessageCommand({ QueueUrl: `${launched.awsUrl}/000000000000/${name}`, MessageBody: "x" });
        await client.send(call).then(
            () => expect.fail("it is allowed"),
            (error: Error) => expect(error.message).to.include("not authorized"),
        );
        client.destroy();
        await visiting("/rights?only=denied", async ({ page }) => {
            await page.getByRole("row", { name: /sqs:SendMessage.*denied/ }).waitFor();
        });
        await visiting("/trace?kind=failures", async ({ page }) => {
            await page
                .getByRole("row", { name: /sqs:SendMessage/ })
                .getByRole("link")
                .click();
            const details = page.getByRole("complementary", { name: "Details" });
            await details.getByRole("tab", { name: "Policy", selected: true }).waitFor();
            const statement = JSON.parse(await details.getByRole("region", { name: "Statement" }).innerText());
            expect(statement).to.deep.equal({ Effect: "Allow", Action: "sqs:SendMessage", Resource: queue });
        });
    });

    it("holds a page of rows in the document, whatever the trace has: here 50,000 entries", async () => {
        await launched.kill();
        const { state } = launched;
        const folder = join(state, "dev/trace");
        mkdirSync(folder, { recursive: true });
        const lines = Array.from({ length: 50_000 }, (_, index) =>
            JSON.stringify({
                sequence: index + 1,
                time: index,
                what: index % 2 ? "log" : "event",
                where: "f",
                text: `line ${index}`,
            }),
        );
        writeFileSync(join(folder, "1.jsonl"), `${lines.join("\n")}\n`);
        const ports = { port: port(), awsPort: new URL(launched.awsUrl).port };
        launched = await Launched.start(example, { state, ...ports });
        await visiting("/trace?kind=logs", async ({ page }) => {
            await page.locator("tbody tr").first().waitFor();
            await page.getByRole("button", { name: "Older" }).click();
            await page.getByText("line 49").first().waitFor();
            const count = await page.locator("body *").count();
            expect(await page.locator("tbody tr").count()).to.be.at.most(60);
            expect(count).to.be.below(1500);
            // All of one id: "line" is in each of them.
            await page.goto(`${launched.url}/_local/console/trace/line`);
            await page.getByRole("button", { name: /Show 400 more of/ }).waitFor();
            expect(await page.locator(".waterfall .row").count()).to.equal(400);
            expect(await page.locator("body *").count()).to.be.below(8000);
        });
    });

    it("has no accessibility fault above minor on any of its pages, in light and in dark", async () => {
        const pages = [
            "",
            "?view=list",
            "/trace",
            "/trace?kind=calls",
            "/failures",
            "/data/tables?item=new",
            "/data/queues",
        ];
        const more = ["/data/objects", "/data/schedules", "/mail", "/rights", "/no-such-page"];
        for (const colorScheme of ["light", "dark"] as const) {
            if (browser === undefined) throw new Error("there is no browser");
            const visit = await Visit.start(browser, { colorScheme, reducedMotion: "reduce" });
            for (const path of [...pages, ...more]) {
                await visit.page.goto(`${launched.url}/_local/console${path}`);
                await visit.page.locator("main > * + *").first().waitFor();
                expect(await visit.accessibilityFaults(), `${colorScheme} ${path}`).to.deep.equal([]);
            }
            await visit.end();
        }
    });
});
