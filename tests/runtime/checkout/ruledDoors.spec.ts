import { randomUUID } from "node:crypto";
import { cp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import type { Message, Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import type { JsonObject } from "../../../runtime/shared/json.ts";
import { storedKeys } from "../../storedKeys.ts";
import type { Aws } from "../support/aws.ts";
import { bundleOf } from "../support/bundles.ts";
import { expectSound, guide, payingWith, readyCart, sell, totalOf, traceOf } from "../support/checkout.ts";
import { ask } from "../support/checkoutCallbacks.ts";
import { Database } from "../support/database.ts";
import { merchant } from "../support/market.ts";
import { fetchOf } from "../support/mcp.ts";
import { secretArn, started, startedAws, startedCallback } from "../support/started.ts";

const keys = storedKeys({ agent: { key: "key-of-agent", scopes: ["checkout"] } });
const secret = () => ({ ARN: secretArn("api-keys"), Name: "keys", SecretString: JSON.stringify(keys), VersionId: "1" });
const meta = { api_version: "2026-04-17" };
const unpriced = "The shop cannot price this cart at the moment. Nothing here is a price. Try again in a minute.";

/** How the shop's module behaves: takes a tenth off each price, or fails. */
const behaviours = {
    answers: "return questions.map(({ price }) => price * 0.9)",
    throws: 'throw new Error("out of order")',
    hangs: "return await new Promise(() => undefined)",
    "answers nonsense": 'return questions.map(() => "12")',
} as const;
const failures = ["throws", "hangs", "answers nonsense"] as const;

const rulesModule = `import { readFileSync } from "node:fs";
const behaviours = {
${Object.entries(behaviours)
    .map(([name, body]) => `    ${JSON.stringify(name)}: async (questions) => { ${body}; },`)
    .join("\n")}
};
export const rules = {
    prices: (questions) => behaviours[readFileSync(new URL("../behaviour", import.meta.url), "utf8")](questions),
};
`;

/** Bundles as they are deployed, in which the module of the name `example` is another. */
class RuledBundles {
    readonly #folder = join(tmpdir(), `ruled-${randomUUID()}`);
    readonly #entries: readonly string[];

    constructor(...entries: readonly string[]) {
        this.#entries = entries;
    }

    async start(): Promise<void> {
        for (const entry of this.#entries) {
            const folder = join(this.#folder, entry);
            await cp(dirname(await bundleOf(`checkoutSessions/${entry}`)), folder, { recursive: true });
            await writeFile(join(folder, "exampleRules.lazy.mjs"), rulesModule);
        }
        await this.behave("answers");
    }

    async behave(as: keyof typeof behaviours): Promise<void> {
        await writeFile(join(this.#folder, "behaviour"), as);
    }

    fileOf(entry: string): string {
        return join(this.#folder, entry, `${entry}.mjs`);
    }

    async stop(): Promise<void> {
        await rm(this.#folder, { recursive: true, force: true });
    }
}

describe("the shop's own rules, whichever way a client comes", () => {
    const database = started(new Database(), (own) => sell(own, guide));
    const aws = startedAws(database, (own: Aws) => own.answers("GetSecretValue", secret));
    const bundles = started(new RuledBundles("manage", "complete", "mcp", "carts"));
    const callback = (entry: string) =>
        startedCallback(aws, bundles.fileOf(entry), { MERCHANT: JSON.stringify({ ...merchant, rules: "example" }) });
    const manager = callback("manage");
    const completer = callback("complete");
    const tools = callback("mcp");
    const keeper = callback("carts");

    afterEach(() => bundles.behave("answers"));

    /** A session as a tool shows it. */
    async function called(name: string, args: JsonObject): Promise<Session> {
        const answer = await fetchOf(tools)("https://shop.example/mcp", {
            method: "POST",
            headers: {
                "content-type": "application/json",
                accept: "application/json, text/event-stream",
                authorization: "Bearer key-of-agent",
            },
            body: JSON.stringify({
                jsonrpc: "2.0",
                id: 1,
                method: "tools/call",
                params: { name, arguments: { meta, ...args } },
            }),
        });
        const { result, error } = JSON.parse(await answer.text());
        expect(error, JSON.stringify(error)).to.equal(undefined);
        return result.structuredContent;
    }
    const createdByTool = () => called("create_checkout_session", { payload: readyCart });
    const update = { line_items: [{ id: guide.productId, quantity: 3 }] };
    const payment = payingWith("spt_success");
    const cart = { line_items: readyCart.line_items };
    const contents = (messages: readonly Message[] = []) => messages.map(({ content }) => content);

    it("price a session by tools as by REST, from its creation to its payment", async () => {
        const created = await createdByTool();
        const { id } = created;
        const updated = await called("update_checkout_session", { id, payload: update });
        const completed = await called("complete_checkout_session", { id, payload: payment });
        expect(completed.status).to.equal("completed");
        await expectSound(database, id);

        const first = (await ask(manager, "POST /checkout_sessions", { body: readyCart })).json;
        const rest = { id: first.id ?? "" };
        const second = (await ask(manager, "POST /checkout_sessions/{id}", { ...rest, body: update })).json;
        const last = (await ask(completer, "POST /checkout_sessions/{id}/complete", { ...rest, body: payment })).json;
        expect([created, updated, completed].map(({ totals }) => totals)).to.deep.equal(
            [first, second, last].map(({ totals }) => totals),
        );
        expect([created, updated].map(({ line_items }) => line_items[0]?.unit_amount)).to.deep.equal([1350, 1350]);
    });

    it("price a cart as the session that is made of it", async () => {
        const { id } = (await ask(keeper, "POST /carts", { body: cart })).json;
        const read = (await ask(keeper, "GET /carts/{id}", { id: id ?? "" })).json;
        expect(read.line_items?.[0]?.unit_amount).to.equal(1350);
        expect(totalOf({ totals: read.totals ?? [] })).to.equal(2700);
        expect(read).not.to.have.property("messages");
    });

    for (const failure of failures) {
        it(`never lead to a price by tools when the module ${failure}`, async () => {
            const [before, open] = await Promise.all([createdByTool(), createdByTool()]);
            expect(before.status).to.equal("ready_for_payment");
            await bundles.behave(failure);
            const sessions = await Promise.all([
                createdByTool(),
                called("update_checkout_session", { id: open.id, payload: update }),
                called("complete_checkout_session", { id: before.id, payload: payment }),
            ]);
            for (const { id, status, messages } of sessions) {
                expect(status).to.equal("not_ready_for_payment");
                expect(contents(messages)).to.deep.equal([unpriced]);
                expect((await traceOf(database, id)).taken).to.deep.equal([]);
            }
        });

        it(`leave a cart without a price, which says so, when the module ${failure}`, async () => {
            const { id } = (await ask(keeper, "POST /carts", { body: cart })).json;
            await bundles.behave(failure);
            const carts = await Promise.all([
                ask(keeper, "POST /carts", { body: cart }),
                ask(keeper, "GET /carts/{id}", { id: id ?? "" }),
            ]);
            for (const { json } of carts) expect(contents(json.messages)).to.deep.equal([unpriced]);
            await bundles.behave("answers");
            expect((await ask(keeper, "GET /carts/{id}", { id: id ?? "" })).json).not.to.have.property("messages");
        });
    }
});
