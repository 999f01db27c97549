import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { ConditionFailed, conditionally } from "../../runtime/shared/conditionally.ts";
import { Idempotency } from "../../runtime/shared/idempotency.ts";
import { DeliveryStore } from "../../runtime/webhookFanout/delivery/deliveryStore.ts";
import type { Endpoint } from "../../runtime/webhookFanout/endpoints/endpoint.ts";
import { EndpointStore } from "../../runtime/webhookFanout/endpoints/endpointStore.ts";
import { clientAt, Database } from "./support/database.ts";
import { deliveryItem, endpointItem } from "./support/outbound.ts";
import { started } from "./support/started.ts";

describe("a conditional write whose answer is lost", () => {
    const database = started(new Database());
    let client: DynamoDBDocumentClient;
    let isLost = false;

    before(() => {
        client = clientAt(database.url);
        // Inside of the SDK's retries: the call is done, and its answer does not get to them.
        client.middlewareStack.add(
            (next) => async (request) => {
                const answer = await next(request);
                if (!isLost) return answer;
                isLost = false;
                throw Object.assign(new Error("lost"), { $retryable: {} });
            },
            { step: "finalizeRequest", priority: "low", name: "lose" },
        );
    });
    beforeEach(() => {
        isLost = true;
    });
    afterEach(() => {
        expect(isLost, "nothing was lost").to.equal(false);
    });
    after(() => client.destroy());

    it("is distinguished from a write of another process", async () => {
        const put = (by: string) => ({
            Put: {
                TableName: "orders",
                Item: { orderId: "order-1", by },
                ConditionExpression: "attribute_not_exists(orderId)",
            },
        });
        const mine = await conditionally(client, put("me"), ({ by }) => by === "me");
        expect(mine).not.to.be.instanceOf(ConditionFailed);
        const others = await conditionally(client, put("you"), ({ by }) => by === "you");
        if (!(others instanceof ConditionFailed)) throw new Error("it was written");
        expect(others.found).to.deep.equal({ orderId: "order-1", by: "me" });
        isLost = false;
    });

    it("ends an effect as done, not as in progress elsewhere", async () => {
        const idempotency = new Idempotency(client, "effects", 0);
        isLost = false;
        const run = async () => {
            isLost = true;
            return "sent";
        };
        const key = { orderId: "order-1", step: "mail" };
        const done = await idempotency.runOnce(key, { holder: "one", ms: 1000 }, run);
        expect(done).to.deep.equal({ repeated: false, outcome: "sent" });
        expect(await database.get("effects", { orderId: "order-1", effect: "mail" })).to.include({ outcome: "sent" });
    });

    it("replaces an endpoint's secrets once, and says so", async () => {
        const endpoints = new EndpointStore(client, "endpoints");
        isLost = false;
        await database.put("endpoints", { ...endpointItem() });
        const [before] = await endpoints.ofTenant(endpointItem().tenantId);
        if (before === undefined) throw new Error("there is no endpoint");
        isLost = true;
        const secrets: Endpoint["secrets"] = [{ scheme: "v1", sealed: "new" }, ...before.secrets];
        const after = await endpoints.replaceSecrets(before, secrets, "2026-11-20T10:00:00.000Z");
        expect(after?.secrets).to.deep.equal(secrets);
    });

    it("makes a delivery due again once, and returns it, so that its message is sent", async () => {
        await database.put("deliveries", { ...deliveryItem({ status: "exhausted" }) });
        const again = await new DeliveryStore(client, "deliveries").again(deliveryItem(), ["exhausted"]);
        expect(again).to.include({ status: "pending", deliveryId: deliveryItem().deliveryId });
    });
});
