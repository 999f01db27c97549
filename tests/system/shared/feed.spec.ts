import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import type { AcpProduct } from "../../../runtime/feed/rows/acpProduct.ts";
import { ask, redirected } from "../client.ts";
import { type Embedded, eventually, run } from "../embedded.ts";
import { shop } from "./cloud.ts";

interface ReceivedRequest {
    readonly method: string;
    readonly body: { readonly products?: readonly AcpProduct[] };
}

describe("feeds on the embedded cloud", () => {
    let embedded: Embedded;
    const productId = `feed-${Date.now()}`;
    const product = {
        title: "Kettle",
        prices: { usd: 3900 },
        stock: 40,
        description: "Boils a litre.",
        images: ["https://shop.example/kettle.jpg"],
    };

    before(async function () {
        embedded = await shop.open(this);
    });

    const put = async (path: string, body: object) => {
        const headers = { "x-api-key": "local-key", "content-type": "application/json" };
        const answer = await ask(`${embedded.url}${path}`, { method: "PUT", headers, body: JSON.stringify(body) });
        expect(answer.status).to.be.within(200, 201);
    };
    /** What the agent's API was told of the product, in order. */
    const told = async (of = productId): Promise<AcpProduct["variants"][number][]> => {
        const answer = await ask(`${embedded.url}/_local/doubles?name=feedAgent`);
        const { feedAgent = [] } = (await answer.json()) as { feedAgent?: readonly ReceivedRequest[] };
        return feedAgent
            .filter(({ method }) => method === "PATCH")
            .flatMap(({ body }) => body.products ?? [])
            .filter(({ id }) => id === of)
            .flatMap(({ variants }) => variants);
    };
    const operate = (tool: string, ...args: string[]) =>
        run(tool, args, { LOCAL_AWS_PORT: new URL(embedded.awsUrl).port });
    const command = (...args: string[]) => operate("feed", ...args);

    it("tell an agent each change of a product once, and none that keeps the word for its availability", async () => {
        await put(`/products/${productId}`, product);
        await eventually(async () => expect(await told()).to.have.length(1));
        await put(`/products/${productId}/stock`, { stock: 39 });
        await put(`/products/${productId}/stock`, { stock: 6 });
        await put(`/products/${productId}`, { ...product, prices: { usd: 3500 } });
        await eventually(async () => expect(await told()).to.have.length(2));
        await put(`/products/${productId}/stock`, { stock: 5 });
        await eventually(async () => expect(await told()).to.have.length(3));
        const heard = (await told()).map(({ price, availability }) => [price?.amount, availability.status]);
        expect(heard).to.deep.equal([
            [3900, "in_stock"],
            [3500, "in_stock"],
            [3500, "limited_stock"],
        ]);
    });

    it("keep a product that the agent does not take as a dead letter with the answer, which can be redriven", async () => {
        const free = `${productId}-free`;
        const requests = async () => (await told(free)).length;
        await put(`/products/${free}`, { ...product, prices: { usd: 0 } });
        const queue = await eventually(async () => {
            const { output } = await operate("dlq", "--json");
            const held: readonly { readonly queue: string }[] = JSON.parse(output);
            const [refused = expect.fail("none is refused")] = held.filter(({ queue: name }) =>
                name.includes("feed-refused"),
            );
            return refused.queue;
        });
        const shown = await operate("dlq", "show", queue);
        expect(shown.output).to.include("HTTP 422").and.to.include("has no price");
        const before = await requests();
        // Right by now, the product is taken.
        await put(`/products/${free}`, product);
        await eventually(async () => expect(await requests()).to.be.greaterThan(before));
        const redriven = await operate("dlq", "redrive", queue);
        expect(redriven.code, redriven.output + redriven.errors).to.equal(0);
        await eventually(async () => expect(await requests()).to.be.greaterThan(before + 1));
        expect((await told(free)).at(-1)?.price?.amount).to.equal(3900);
    });

    it("are files that everybody fetches under a name that stays, or who has the signed address", async () => {
        await command("build", "shop-us");
        await command("build", "shop-de");
        const rows = await eventually(async () => {
            const answer = await redirected(`${embedded.url}/feeds/shop-us.jsonl.gz`);
            expect(answer.status).to.equal(200);
            const lines = gunzipSync(Buffer.from(await answer.arrayBuffer()))
                .toString()
                .trim()
                .split("\n");
            const found = lines.map((line) => JSON.parse(line)).filter(({ item_id: id }) => id === productId);
            expect(found).to.have.length(1);
            return found;
        });
        expect(rows[0]).to.include({ price: "35.00 USD", availability: "in_stock", is_eligible_checkout: "false" });
        // Between the two another file may have been published.
        await eventually(async () => {
            const first = await ask(`${embedded.url}/feeds/shop-us.jsonl.gz`, { redirect: "manual" });
            const etag = first.headers.get("etag") ?? "";
            const again = await ask(`${embedded.url}/feeds/shop-us.jsonl.gz`, {
                redirect: "manual",
                headers: { "if-none-match": etag },
            });
            expect([first.status, again.status]).to.deep.equal([302, 304]);
        });

        const address = await eventually(async () => {
            const [, path = ""] = /(\/feeds\/shop-de\S+)/.exec((await command("status", "shop-de")).output) ?? [];
            const answer = await redirected(`${embedded.url}${path}`);
            expect(answer.status).to.equal(200);
            expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).to.include(
                `\n${productId}\tKettle\t`,
            );
            return path;
        });
        expect((await ask(`${embedded.url}${address.split("?")[0]}`)).status).to.equal(403);
    });
});
