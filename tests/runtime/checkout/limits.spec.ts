import { randomUUID } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import fc from "fast-check";
import { applyPatch } from "rfc6902";
import { eventOf, publicationOf } from "../../../runtime/checkoutSessions/events/publication.ts";
import { changesBetween } from "../../../runtime/checkoutSessions/rest/changes.ts";
import { Checkout, guide, mug, payingWith, readyCart, sell, sessionIn, traceOf } from "../support/checkout.ts";
import { Database } from "../support/database.ts";
import { sanFrancisco } from "../support/market.ts";
import { started } from "../support/started.ts";

describe("a session that grows", () => {
    const database = started(new Database(), (own) => sell(own, guide, mug));
    const checkout = () => new Checkout(database.client);

    for (const characters of [1000, 30_000, 60_000, 80_000, 100_000, 110_000]) {
        it(`with an address of ${characters} characters is published whole when it is paid, or is not paid`, async () => {
            const address = { ...sanFrancisco, line_two: "x".repeat(characters) };
            const body = {
                ...readyCart,
                line_items: [{ id: mug.productId }, { id: guide.productId }, { id: mug.productId }],
                fulfillment_details: { address },
            };
            const created = await checkout().create(body);
            expect(created.status).to.be.oneOf([201, 413]);
            if (created.status === 413) return;
            const { id } = sessionIn(created);
            const chosen = await checkout().update(id, {
                selected_fulfillment_options: [
                    { type: "shipping", option_id: "shipping_standard", item_ids: ["li_1"] },
                    { type: "shipping", option_id: "shipping_express", item_ids: ["li_3"] },
                ],
            });
            const charges = (await database.all("payments")).length;

            const paid = await checkout().complete(id, payingWith("spt_success"), { key: randomUUID() });

            if (paid.status === 200 && chosen.status === 200) {
                expect(paid.json.status).to.equal("completed");
                const { last } = await traceOf(database, id);
                const Key = { SessionId: id, Version: last?.version };
                const { Item = {} } = await database.client.send(new GetCommand({ TableName: "sessions", Key }));
                const { session } = JSON.parse(publicationOf(eventOf(Item)).Message);
                expect(session).to.deep.equal(Item["Data"]);
            } else {
                expect(paid.status).to.be.oneOf([409, 413]);
                expect(await database.all("payments")).to.have.length(charges);
            }
        });
    }

    it("to the most products and discount codes is completed, and holds them all", async () => {
        const codes = Array.from({ length: 10 }, (_, number) => `MANY${number}`);
        for (const code of codes) {
            await database.put("discounts", { code, name: code, amountOff: 1, usageLimit: 1000 });
        }
        const ids = Array.from({ length: 85 }, (_, number) => `mug-${number}`);
        await sell(database, ...ids.map((productId) => ({ ...mug, productId, digital: true, stock: 1 })));
        const cart = { ...readyCart, line_items: ids.map((id) => ({ id })), discounts: { codes } };
        const { id } = await checkout().created(cart);

        const paid = await checkout().complete(id, payingWith("spt_success"));

        expect([paid.status, paid.json.status]).to.deep.equal([200, "completed"]);
        const used = (await database.all("discounts")).filter(({ timesRedeemed }) => timesRedeemed === 1);
        expect(used).to.have.length(10);
        const taken = (await database.all("products")).filter(({ stock }) => stock === 0);
        expect(taken).to.have.length(85);
    });
});

describe("the changes between two values", () => {
    it("are found in the time that reading them takes, however long the lists are", () => {
        const list = (name: string) => Array.from({ length: 3000 }, (_, number) => ({ code: `${name}${number}` }));
        const [before, after] = [{ list: list("A") }, { list: list("B") }];
        const { user } = process.cpuUsage();

        const changes = changesBetween(before, after);

        expect(process.cpuUsage().user - user, "µs").to.be.below(500_000);
        applyPatch(before, changes);
        expect(before).to.deep.equal(after);
    });

    it("compare members of lists by their ids, types or codes, not by position", () => {
        const line = (id: string, quantity: number) => ({ id, quantity });
        const total = (type: string, amount: number) => ({ type, amount });
        const before = { lines: [line("a", 1), line("b", 2)], totals: [total("base", 3), total("total", 3)] };
        const after = {
            lines: [line("b", 2), line("c", 1)],
            totals: [total("base", 3), total("tax", 1), total("total", 4)],
        };

        expect(changesBetween(before, after)).to.deep.equal([
            { op: "remove", path: "/lines/0" },
            { op: "add", path: "/lines/1", value: line("c", 1) },
            { op: "add", path: "/totals/1", value: total("tax", 1) },
            { op: "replace", path: "/totals/2/amount", value: 4 },
        ]);
    });

    it("lead from any list to any other", () => {
        const key = fc.constantFrom("a", "b", "c", "d", "e");
        const element = fc.oneof(
            key,
            fc.record({ id: key, amount: fc.nat(2) }),
            fc.record({ code: key, param: key }),
            fc.nat(3),
        );
        const list = fc.oneof(
            fc.array(element, { maxLength: 6 }),
            fc.uniqueArray(fc.record({ id: key, amount: fc.nat(2) }), { selector: ({ id }) => id }),
        );
        fc.assert(
            fc.property(list, list, (before, after) => {
                const patched = { list: structuredClone(before) };
                const faults = applyPatch(patched, changesBetween({ list: before }, { list: after }));
                expect(faults.filter((fault) => fault !== null)).to.deep.equal([]);
                expect(patched.list).to.deep.equal(after);
            }),
        );
    });
});
