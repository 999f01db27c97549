import { randomUUID } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { applyPatch } from "rfc6902";
import { changesBetween } from "../../../runtime/checkoutSessions/api/read.ts";
import { eventOf, publicationOf } from "../../../runtime/checkoutSessions/events/publication.ts";
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

    it("with more codes than one transaction can count is completed all the same", async () => {
        const codes = Array.from({ length: 120 }, (_, number) => `MANY${number}`);
        for (const code of codes) {
            await database.put("discounts", { code, name: code, amountOff: 1, usageLimit: 1000 });
        }
        const { id } = await checkout().created({ ...readyCart, discounts: { codes } });

        const paid = await checkout().complete(id, payingWith("spt_success"));

        expect([paid.status, paid.json.status]).to.deep.equal([200, "completed"]);
        const used = (await database.all("discounts")).filter(({ timesRedeemed }) => timesRedeemed === 1);
        expect(used).to.have.length(50);
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
});
