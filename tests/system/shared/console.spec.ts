import { expect } from "chai";
import { picturedNow, shownOn } from "../../../tools/pictures.ts";
import { isProof } from "../../proof.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { ConsoleVisits, choose, search, tabTo } from "./consoleVisits.ts";

const dollars = (text: string): number => Number(text.replace(/[$,]/g, ""));

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
            await answers.getByText("201").waitFor();
            await page.getByRole("button", { name: "Choose the shipping" }).click();
            await page.getByRole("button", { name: "Send", exact: true }).click();
            await page.getByRole("button", { name: "Send again with the same key" }).click();
            await answers.getByText("Choose the shipping").nth(1).waitFor();
            const sent = await answers.locator("[aria-label=Answer]").allTextContents();
            const [again, once] = sent.map((answer) => JSON.parse(answer));
            expect(again).to.deep.equal(once);
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

    it("has no accessibility fault above minor, in light and in dark", async () => {
        const { rows } = JSON.parse(JSON.stringify(await embedded.look("program/orders")));
        const [{ id }] = rows;
        const main = ["", "/trace", `/orders/${id}`, "/agent"];
        const light = [...main, "?view=list", "/failures", "/data", "/mail", "/rights", "/orders", "/webhooks"];
        const pages = { light, dark: isProof ? light : main };
        for (const colorScheme of ["light", "dark"] as const) {
            await visits.visit(
                "",
                async (page, visit) => {
                    for (const path of pages[colorScheme]) {
                        await page.goto(`${embedded.url}/_local/console${path}`);
                        await page.getByRole("heading", { level: 1 }).waitFor();
                        await eventually(async () =>
                            expect(await page.locator("main > *").count()).to.be.greaterThan(1),
                        );
                        // The same elements in other colours; `npm run proof` asks for everything again.
                        const rules = colorScheme === "dark" && !isProof ? ["color-contrast"] : [];
                        expect(await visit.accessibilityFaults(...rules), `${colorScheme} ${path}`).to.deep.equal([]);
                    }
                },
                { colorScheme, reducedMotion: "reduce" },
            );
        }
    });
});
