import { expect } from "chai";
import { emptyPagesWithoutAction } from "embedded-aws/testing";
import { picturedNow, shownOn } from "../../../tools/pictures.ts";
import { isProof } from "../../proof.ts";
import { ask } from "../client.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { ConsoleVisits, choose, search, tabTo } from "./consoleVisits.ts";

const dollars = (text: string): number => Number(text.replace(/[$,]/g, ""));

/** Pixels that a page is too wide. */
const widerThanScreen = "Math.max(0, document.documentElement.scrollWidth - innerWidth)";

describe("the console in a browser", () => {
    let visits: ConsoleVisits;
    let embedded: Embedded;

    before(async function () {
        visits = await ConsoleVisits.open(this);
        embedded = visits.embedded;
    });
    after(() => visits?.close());

    it("buys, and follows the purchase to its versions, document, mail and signed webhook, by keyboard alone", async () => {
        await visits.visit("", async (page) => {
            await page.getByRole("heading", { name: "Flow" }).waitFor();
            await choose(page, "Buy as an agent");
            await page.waitForURL(/\/orders\/ord_/);
            await page.getByText(/^\d+ delivered$/).waitFor();
            await page.getByRole("region", { name: "Timeline" }).getByText("session-completer").first().waitFor();
            // What the README's pictures show is what is there: `npm run docs` takes them anew.
            await eventually(async () => expect(await shownOn(page)).to.deep.equal(picturedNow()));
            await tabTo(page, "[role=tab][aria-selected=true]");
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
            await page.getByText("checkout_session.completed", { exact: true }).waitFor();
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
        await visits.visit("/orders", async (page) => {
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
            await visits.visit("", async (page) => {
                await page.getByRole("button", { name: action }).click();
                await page.getByRole("region", { name: "Timeline" }).getByText(hop, { exact: true }).first().waitFor();
            });
        }
    });

    it("repeats a purchase, and sends again with the same key as an agent", async () => {
        await visits.visit("", async (page) => {
            await choose(page, "Buy as an agent");
            await page.waitForURL(/\/orders\/ord_/);
            const first = page.url();
            await page.getByRole("button", { name: "Repeat" }).click();
            await page.waitForURL((url) => url.href !== first && url.pathname.includes("/orders/ord_"));
            await page.getByText("captured or authorised").waitFor();
            await choose(page, "Agent");
            const answers = page.getByRole("region", { name: "Answers" });
            await page.getByRole("button", { name: "Send", exact: true }).click();
            // An id may have these digits, too.
            await answers.getByText(/^✓201$/).waitFor();
            await page.getByRole("button", { name: "Choose the shipping" }).click();
            await page.getByRole("button", { name: "Send", exact: true }).click();
            await page.getByRole("button", { name: "Send again with the same key" }).click();
            await answers.getByText("Choose the shipping").nth(1).waitFor();
            const sent = await answers.locator("[aria-label=Answer]").allTextContents();
            const [again, once] = sent.map((answer) => JSON.parse(answer));
            expect(again).to.deep.equal(once);
        });
    });

    it("lets an agent send two requests at once, and choose what the sandbox makes of the payment", async () => {
        await visits.visit("/agent", async (page) => {
            const answers = page.getByRole("region", { name: "Answers" });
            const statuses = () => answers.locator("summary .badge").allTextContents();
            await page.getByRole("button", { name: "Send", exact: true }).click();
            await page.waitForURL(/\/agent\/cs_/);
            await page.getByRole("button", { name: "Choose the shipping" }).click();
            await page.getByRole("button", { name: "Two at once" }).click();
            await eventually(async () => expect(await statuses()).to.have.length(3));
            // One of them is decided; the other has the same answer, or is told that it came while the first ran.
            const [one, other] = (await statuses()).map((text) => text.replace(/\D/g, ""));
            expect([one, other]).to.include("200");
            expect(["200", "409"]).to.include.members([one, other]);
            await page.getByRole("button", { name: "Pay" }).click();
            await page.getByRole("combobox", { name: "The payment" }).selectOption("spt_declined");
            expect(new URL(page.url()).search).to.include("payment=spt_declined");
            await page.reload();
            await page.getByRole("textbox", { name: "Body" }).waitFor();
            expect(await page.getByRole("textbox", { name: "Body" }).inputValue()).to.include("spt_declined");
            await page.getByRole("button", { name: "Send", exact: true }).click();
            await answers
                .getByText(/payment_declined/)
                .first()
                .waitFor();
        });
    });

    it("shows how feeds stand, what they leave out and why, what is not sent, and builds one anew", async () => {
        const headers = { "x-api-key": "local-key", "content-type": "application/json" };
        const product = { title: "Lamp", prices: { usd: 3900 }, stock: 4, description: "Gives light." };
        const put = await ask(`${embedded.url}/products/lamp-without-image`, {
            method: "PUT",
            headers,
            body: JSON.stringify(product),
        });
        expect(put.status).to.be.within(200, 201);
        await visits.visit("/feeds", async (page) => {
            const feed = page.getByRole("region", { name: "shop-us" });
            await feed.getByText(/left out$/).click();
            await feed.getByRole("row", { name: /lamp-without-image.*lacks image/ }).waitFor();
            await page.reload();
            await feed.getByRole("row", { name: /lamp-without-image.*lacks image/ }).waitFor();
            const before = await embedded.look("program/feeds");
            const runOf = (feeds: { name: string; state: { lastSnapshotAt?: string } }[]) =>
                feeds.find(({ name }) => name === "shop-us")?.state.lastSnapshotAt;
            await feed.getByRole("button", { name: "Build anew" }).click();
            await eventually(async () => {
                const run = runOf(await embedded.look("program/feeds"));
                expect(run).to.be.a("string");
                expect(run).not.to.equal(runOf(before));
            });
            await feed.getByText("up to date").waitFor();
        });
    });

    it("says on every empty page what fills it", async () => {
        const nothing = { order: null, effects: [], versions: [], ledger: [], correlationIds: [], deliveries: [] };
        const thing = (tab: string) => ({ path: `/orders/none?tab=${tab}`, view: "program/thing", answer: nothing });
        const endpoint = {
            id: "ep_none",
            url: "",
            kind: "",
            status: "",
            eventTypes: [],
            failures: 0,
            owner: "",
            settings: {},
        };
        const bill = { stack: "dev", region: "r", bills: [{ orders: 1, total: 0, fixed: 0, perOrder: 0, lines: [] }] };
        const lists = ["orders", "sessions", "customers"].flatMap((kind) =>
            ["", "?search=none"].map((query) => ({
                path: `/${kind}${query}`,
                view: `program/${kind}`,
                answer: { rows: [] },
            })),
        );
        const pages = [
            ...lists,
            ...["pdf", "mails", "deliveries", "payment"].map(thing),
            { path: "/failures", view: "program/dead-letters", answer: [] },
            { path: "/webhooks", view: "program/endpoints", answer: [] },
            { path: "/webhooks/ep_none", view: "program/endpoint", answer: { endpoint, deliveries: [] } },
            { path: "/webhooks/inbox", view: "program/received", answer: [] },
            { path: "/feeds", view: "program/feeds", answer: [] },
            { path: "/cost", view: "program/cost", answer: bill },
            {
                path: "/settings?about=none",
                view: "program/settings",
                answer: { stack: "dev", rows: [], refusedInProd: [] },
            },
        ];
        await visits.visit("", async (page, visit) => {
            expect(await emptyPagesWithoutAction(visit, embedded.url, pages)).to.deep.equal([]);
            // Those of the console itself are tested with it; the steps of an agent are never empty.
            const known = new Set([
                "",
                "trace",
                "data",
                "mail",
                "rights",
                "agent",
                ...pages.map(({ path }) => path.split(/[/?]/)[1]),
            ]);
            const menu = await page
                .locator(".menu li a")
                .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
            expect(menu.filter((path) => !known.has(path?.split("/")[3] ?? ""))).to.deep.equal([]);
        });
    });

    it("finds each page, action and resource with Ctrl-K", async () => {
        await visits.visit("/settings", async (page) => {
            for (const [words, found, address] of [
                ["Customers", "Customers Shop", /\/customers$/],
                ["order-store", "order-store function", /\?node=urn/],
                ["Trace", "Trace Watch", /\/trace$/],
            ] as const) {
                await search(page, words);
                await page.getByRole("button", { name: found }).waitFor();
                await page.keyboard.press("Enter");
                await page.waitForURL(address);
            }
            await search(page, "Place an");
            await page.getByRole("button", { name: "Place an order action" }).click();
            await page.waitForURL(/\/orders\/[\w-]+$/);
        });
    });

    it("finds any id with Ctrl-K, also one that does not say what it is of, and a queue of dead letters", async () => {
        await embedded.post({ orderId: "an-id-of-any-form", customer: "Ada", items: ["Widget"], total: 7 });
        await eventually(async () =>
            expect(await embedded.look("program/named?id=an-id-of-any-form")).to.have.length(1),
        );
        await visits.visit("/cost", async (page) => {
            await search(page, "an-id-of-any-form");
            await page.getByRole("button", { name: "an-id-of-any-form orders" }).click();
            await page.getByRole("heading", { name: "Order", level: 1 }).waitFor();
            await choose(page, "orders-document-failures");
            await page.waitForURL(/\/data\/queues\/orders-document-failures/);
        });
    });

    it("shows what a node costs in a month, and each stack's bill over the orders", async () => {
        const { nodes } = await embedded.look("graph");
        const urn = nodes.find(({ name }: { name: string }) => name.startsWith("webhook-deliverer"))?.urn;
        await visits.visit(`?node=${encodeURIComponent(urn)}`, async (page) => {
            await page.getByText("runtime/webhookFanout/deliver.ts").waitFor();
            const cost = page.getByRole("region", { name: "Cost a month" });
            await cost.getByRole("row", { name: /^1,000 orders \$\d/ }).waitFor();
            await cost.getByRole("row", { name: /^10,000,000 orders \$\d/ }).waitFor();
            await page.goto(`${embedded.url}/_local/console/cost`);
            const bills = page.locator("main .card header strong");
            // The program is evaluated for each stack.
            await bills.nth(1).waitFor();
            const totals = () => bills.allTextContents();
            const few = await totals();
            await page.locator("input[type=range]").focus();
            await page.keyboard.press("End");
            await page.getByText("10,000,000 orders a month").waitFor();
            for (const [index, total] of (await totals()).entries())
                expect(dollars(total)).to.be.greaterThan(dollars(few[index] ?? "") * 10);
        });
    });

    it("lists orders by time however many there are, a page at a time", async () => {
        const before = (await embedded.look("program/orders")).rows.length;
        for (let number = before; number < 62; number += 1)
            await embedded.post({ orderId: `one-of-many-${number}`, customer: "Ada", items: ["Widget"], total: 7 });
        await eventually(async () => expect((await embedded.look("program/orders")).next).to.be.a("string"));
        await eventually(async () => {
            const [two, [second]] = [await embedded.look("mail?limit=2"), await embedded.look("mail?limit=1&offset=1")];
            expect(second).to.deep.equal(two[1]);
            const objects: { modified: string }[] = await embedded.look("objects");
            const times = objects.map(({ modified }) => modified);
            expect(times).to.deep.equal(times.toSorted().reverse());
        });
        await visits.visit("/orders", async (page) => {
            await page.locator("tbody tr").nth(59).waitFor();
            const first = await page.locator("tbody tr td:first-child").allTextContents();
            await page.getByRole("button", { name: "Older" }).click();
            await page.getByRole("link", { name: "Newest" }).waitFor();
            await eventually(async () => {
                const older = await page.locator("tbody tr td:first-child").allTextContents();
                expect(older.length).to.be.greaterThan(0);
                expect(older.filter((id) => first.includes(id))).to.deep.equal([]);
            });
        });
    });

    /** The id of an order that an agent has placed, with an endpoint that was told of it. */
    async function purchased(): Promise<string> {
        const { rows }: { rows: { id: string }[] } = await embedded.look("program/orders?search=ord_");
        const [known] = rows;
        let id = known?.id ?? "";
        if (known === undefined) {
            await visits.visit("", async (page) => {
                await page.getByRole("button", { name: "Buy as an agent" }).click();
                await page.waitForURL(/\/orders\/ord_/);
                id = page.url().split("/").at(-1) ?? "";
                await page.getByText(/^\d+ delivered$/).waitFor();
            });
        }
        return id;
    }

    for (const colorScheme of ["light", "dark"] as const) {
        it(`has no accessibility fault above minor on any page, in ${colorScheme}`, async () => {
            const id = await purchased();
            const [{ id: endpoint }] = await embedded.look("program/endpoints");
            await visits.visit(
                "",
                async (page, visit) => {
                    await page.locator(".menu li a").first().waitFor();
                    const menu = await page
                        .locator(".menu li a")
                        .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
                    const base = "/_local/console";
                    const parts = ["timeline", "versions", "pdf", "mails", "deliveries", "payment", "raw"];
                    const deeper = [
                        ...["?view=list", "/trace?kind=calls", `/trace/${id}`, "/agent?step=complete"],
                        ...["/webhooks/inbox", "/webhooks/types", `/webhooks/${endpoint}`],
                        ...["/data/queues", "/data/objects", "/data/schedules", "/data/tables?item=new"],
                        ...parts.map((part) => `/orders/${id}?tab=${part}`),
                    ].map((path) => base + path);
                    for (const path of [...menu, ...deeper]) {
                        await page.goto(embedded.url + path);
                        await page.getByRole("heading", { level: 1 }).waitFor();
                        await eventually(async () =>
                            expect(await page.locator("main > *").count()).to.be.greaterThan(1),
                        );
                        // The same elements in other colours; `npm run proof` asks for everything again.
                        const rules = colorScheme === "dark" && !isProof ? ["color-contrast"] : [];
                        expect(await visit.accessibilityFaults(...rules), path).to.deep.equal([]);
                        await page.setViewportSize({ width: 390, height: 800 });
                        expect(await page.evaluate(widerThanScreen), `${path} on a narrow screen`).to.equal(0);
                        await page.setViewportSize({ width: 1440, height: 900 });
                    }
                },
                { colorScheme, reducedMotion: "reduce" },
            );
        });
    }
});
