import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Session } from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { behaviours, Receiver } from "../../runtime/support/receiver.ts";
import { ask } from "../client.ts";
import { type Embedded, eventually, run } from "../embedded.ts";
import { EndpointOwner } from "../endpointOwner.ts";
import { Agent, cart, parcel, payment } from "../shopping.ts";
import { shop } from "./cloud.ts";

interface ProductEvent {
    readonly id: string;
    readonly type: string;
    readonly data: {
        readonly productId: string;
        readonly change: string;
        readonly members: readonly string[];
        readonly product?: { readonly title: string; readonly availability: string };
    };
}

describe("the catalogue on the embedded cloud", () => {
    let embedded: Embedded;
    let owner: EndpointOwner;
    let receiver: Receiver;
    let agent: Agent;
    let folder: string;

    before(async function () {
        embedded = await shop.open(this);
        owner = new EndpointOwner(embedded.url);
        agent = new Agent(embedded.url);
        receiver = await Receiver.start(behaviours.healthy);
        await owner.register({ url: receiver.url, eventTypes: ["product.updated.v1"], ordered: true });
        folder = mkdtempSync(join(tmpdir(), "commerce-catalogue-"));
    });
    after(async () => {
        await owner?.leave();
        await receiver?.stop();
        if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    });

    const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
        const answer = await ask(`${embedded.url}${path}`, {
            method,
            headers: { "x-api-key": "local-key", "content-type": "application/json", ...headers },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const text = await answer.text();
        return { status: answer.status, headers: answer.headers, json: text === "" ? {} : JSON.parse(text) };
    };
    const seen = async (id: string) => {
        const answer = await ask(`${embedded.url}/products/${id}`);
        return { status: answer.status, json: await answer.json() };
    };
    /** A session is priced by reads that may be a moment behind. */
    const created = (body: object): Promise<Session> => eventually(async () => (await agent.create(body)).session);
    const codesOf = ({ messages }: Session) =>
        messages.flatMap((message) => (message.type === "error" ? [message.code] : []));
    const idOf = () => `p-${randomUUID()}`;
    const eventsOf = (id: string): ProductEvent[] =>
        receiver.received
            .map(({ body }) => JSON.parse(body) as ProductEvent)
            .filter(({ data }) => data.productId === id);

    it("sells what the merchant puts there, and tells of every change once", async () => {
        const id = idOf();
        const download = { title: "A download", prices: { usd: 700, eur: 600 }, digital: true, stock: 1 };
        expect((await call("PUT", `/products/${id}`, download)).status).to.equal(201);
        expect((await call("PUT", `/products/${id}`, download)).status).to.equal(200);
        expect((await seen(id)).json).to.include({ title: "A download", availability: "limited_stock" });

        const session = await created({ ...cart, line_items: [{ id }] });
        expect(session.line_items[0]).to.include({ name: "A download", unit_amount: 700 });
        const completed = await agent.complete(session.id, payment("spt_success"));
        expect(completed.session.status).to.equal("completed");

        expect((await seen(id)).json).to.include({ availability: "out_of_stock" });
        await eventually(async () => {
            expect((await call("GET", `/products/${id}`)).json).to.include({ stock: 0, held: 0 });
        });
        const restocked = await call("PUT", `/products/${id}/stock`, { stock: 9 });
        expect(restocked.json).to.deep.equal({ productId: id, stock: 9, held: 0, availability: "in_stock" });
        const adjust = { "idempotency-key": randomUUID() };
        for (let time = 1; time <= 2; time += 1) {
            const adjusted = await call("POST", `/products/${id}/stock/adjustments`, { by: -2 }, adjust);
            expect(adjusted.json).to.include({ stock: 7 });
        }
        const current = await call("GET", `/products/${id}`);
        const etag = { "if-match": current.headers.get("etag") ?? "" };
        const race = await Promise.all(
            ["One", "Two", "Three"].map((title) =>
                call("PUT", `/products/${id}`, { ...download, title, stock: undefined }, etag),
            ),
        );
        expect(race.map(({ status }) => status).sort()).to.deep.equal([200, 412, 412]);
        expect((await call("DELETE", `/products/${id}`)).status).to.equal(204);
        expect((await seen(id)).status).to.equal(404);
        await eventually(async () => {
            const { error } = await agent.create({ ...cart, line_items: [{ id }] });
            expect(error).to.include({ code: "invalid_item_id" });
        });

        // Events of one moment come in any order.
        await eventually(() => {
            const told = eventsOf(id).map(
                ({ data }) => `${data.change}${data.members.includes("availability") ? ", availability" : ""}`,
            );
            expect(told).to.have.members([
                "created, availability",
                "changed, availability",
                "changed, availability",
                "changed",
                "changed",
                "deleted, availability",
            ]);
        });
        expect(new Set(eventsOf(id).map((event) => event.id)).size).to.equal(6);
        const deletion = eventsOf(id).find(({ data }) => data.change === "deleted");
        expect(deletion?.data).not.to.have.property("product");
    });

    it("hides a product that who knows its id can buy, and sells none before its time", async () => {
        const [hidden, later] = [idOf(), idOf()];
        const product = { title: "Gift", prices: { usd: 100 }, weight: 300 };
        await call("PUT", `/products/${hidden}`, { ...product, hidden: true });
        await call("PUT", `/products/${later}`, { ...product, availableFrom: "2999-01-01T00:00:00Z" });

        for (const id of [hidden, later]) expect((await seen(id)).status).to.equal(404);
        const gift = await created({ ...parcel, line_items: [{ id: hidden }] });
        expect(gift.line_items[0]).to.deep.include({ unit_amount: 100, weight: { value: 300, unit: "g" } });
        expect(codesOf(gift)).to.deep.equal(["missing"]);
        const early = await created({ ...parcel, line_items: [{ id: later }] });
        expect(codesOf(early)).to.include("out_of_stock");
    });

    it("takes a file by the operator's command, and gives it back", async () => {
        const [one, two] = [idOf(), idOf()];
        const file = join(folder, "products.csv");
        writeFileSync(file, `productId,title,prices.usd,stock\n${one},One,100,5\n${two},Two,-1,\n`);
        const at = ["--endpoint", embedded.awsUrl];

        const imported = await run("products", ["import", file, ...at, "--json"]);
        expect(imported.code).to.equal(1);
        expect(JSON.parse(imported.output)).to.include({ created: 1, refused: 1 });
        expect((await seen(one)).json).to.include({ title: "One", availability: "limited_stock" });
        await eventually(() => expect(eventsOf(one)).to.have.length(1));

        const copy = join(folder, "catalogue.jsonl");
        expect(await run("products", ["export", copy, ...at])).to.include({ code: 0, errors: "" });
        const rows = readFileSync(copy, "utf8")
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line));
        expect(rows.find(({ productId }) => productId === one)).to.deep.include({ prices: { usd: 100 }, stock: 5 });
        expect(rows.map(({ productId }) => productId))
            .to.include("12345")
            .and.not.include(two);
    });

    it("keeps the discount codes of the checkout", async () => {
        const code = `CODE${randomUUID().slice(0, 8)}`;
        expect((await call("PUT", `/discount_codes/${code}`, { name: "Half", percentOff: 50 })).status).to.equal(201);

        await eventually(async () => {
            const { session } = await agent.create({ ...cart, discounts: { codes: [code] } });
            expect(session.discounts?.applied?.[0]).to.deep.include({ amount: 500 });
        });
        expect((await call("GET", `/discount_codes/${code}`)).json).to.include({ percentOff: 50, timesRedeemed: 0 });
        expect((await call("DELETE", `/discount_codes/${code}`)).status).to.equal(204);
        expect((await call("GET", `/discount_codes/${code}`)).status).to.equal(404);
    });
});
