import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { isProof } from "../proof.ts";
import { charges, effectsIn, stockOf, storedVersions } from "./effects.ts";
import { Embedded, endAll, eventually } from "./embedded.ts";
import { Agent, cleaner, letLeasesRunOut, payment, type Reply } from "./shopping.ts";

/** A completion that its caller tries until it is answered. */
interface Purchase {
    readonly sessionId: string;
    readonly key: string;
    answer?: Reply;
}

/** Completions that a kill meets. */
const atOnce = isProof ? 8 : 4;
/** What a completion has done when everything is killed; `npm test` has time for the moment at which most is at stake. */
const moments = isProof ? [hasBegun, isCharged] : [isCharged];

describe("completions of the checkout after kill -9", () => {
    after(endAll);

    const complete = async (agent: Agent, purchase: Purchase) => {
        const headers = { "idempotency-key": purchase.key };
        const reply = await agent.complete(purchase.sessionId, payment("spt_success"), headers);
        if (reply.status === 200) purchase.answer = reply;
        return reply;
    };
    it("are finished by their callers' next try, with one charge and one order each", async () => {
        const environment = { LOCAL_WAIT_FACTOR: "0.004" };
        let embedded = await Embedded.start({ environment });
        let agent = new Agent(embedded.url);
        const stock = await stockOf(embedded, cleaner);
        const purchases: Purchase[] = [];
        const unanswered = () => purchases.filter(({ answer }) => answer === undefined);

        // Killed between two steps of the completion of one of them, the others stand before and behind it. Where the machine
        // is so busy that all of them were answered before the kill, further ones are begun.
        for (const isInTheMiddle of moments) {
            const before = unanswered().length;
            for (let round = 0; round < 10 && unanswered().length === before; round += 1) {
                const sessions = await Promise.all(Array.from({ length: atOnce }, () => agent.parcel()));
                const begun = sessions.map(({ id }): Purchase => ({ sessionId: id, key: `pay ${id}` }));
                purchases.push(...begun);
                const tries = begun.map((purchase) => complete(agent, purchase).catch(() => undefined));
                await seen(embedded, (dynamo) => isInTheMiddle(dynamo, begun[atOnce / 2]?.sessionId ?? ""));
                await embedded.kill();
                await Promise.all(tries);
                embedded = await Embedded.start({ environment, continues: embedded });
                agent = new Agent(embedded.url);
            }
            expect(unanswered().length, "killed in the middle").to.be.greaterThan(before);
        }

        const replies = await Promise.all(unanswered().map((purchase) => complete(agent, purchase)));
        for (const { status, headers, error } of replies.filter(({ status }) => status !== 200)) {
            // The process that began it may still be at work, for as long as its callback may run.
            expect([status, error.code]).to.deep.equal([409, "idempotency_in_flight"]);
            expect(Number(headers.get("retry-after"))).to.be.within(1, 2);
        }
        await letLeasesRunOut(embedded);
        await Promise.all(unanswered().map((purchase) => complete(agent, purchase)));
        expect(unanswered()).to.deep.equal([]);

        const orderIds = purchases.map(({ answer }) => answer?.session.order?.id ?? "no order");
        const paid = await charges(embedded);
        expect(paid.map(({ sessionId }) => sessionId)).to.have.members(purchases.map(({ sessionId }) => sessionId));
        expect(paid.map(({ orderId }) => orderId)).to.have.members(orderIds);
        await eventually(async () => {
            const { orders, recorded, documents, notifications } = await effectsIn(embedded);
            expect([...orders.keys()]).to.have.members(orderIds);
            for (const orderId of orderIds) {
                expect(documents.has(orderId), "documented").to.equal(true);
                expect(notifications.has(orderId), "notified").to.equal(true);
                expect(recorded.get(orderId)?.map(({ effect }) => effect)).to.include("reservation");
            }
            const versions = Map.groupBy(await storedVersions(embedded), ({ SessionId }) => SessionId);
            for (const { sessionId } of purchases) {
                const ofSession = (versions.get(sessionId) ?? []).sort((one, other) => one.Version - other.Version);
                expect(ofSession.map(({ Version }) => Version)).to.deep.equal(ofSession.map((_, index) => index + 1));
                expect(ofSession.filter(({ Reason }) => Reason === "completed")).to.have.length(1);
                expect(ofSession.at(-1)?.Reason).to.equal("order_updated");
            }
        });
        expect(stock - (await stockOf(embedded, cleaner))).to.equal(2 * purchases.length);
        await embedded.stop();
    });
});

// The session has been created and got a way to ship it: its third version begins the completion.

/** Its completion is written, and perhaps no more. */
async function hasBegun(dynamo: DynamoDBDocumentClient, SessionId: string): Promise<boolean> {
    const Key = { SessionId, Version: 3 };
    return (await dynamo.send(new GetCommand({ TableName: "checkout-sessions-dev", Key }))).Item !== undefined;
}

/** It is charged, and perhaps no more. */
async function isCharged(dynamo: DynamoDBDocumentClient, sessionId: string): Promise<boolean> {
    const Key = { key: `${sessionId}:3` };
    return (await dynamo.send(new GetCommand({ TableName: "checkout-sandbox-payments-dev", Key }))).Item !== undefined;
}

/** Looks without a pause: what comes next is only milliseconds away. */
async function seen(embedded: Embedded, isThere: (dynamo: DynamoDBDocumentClient) => Promise<boolean>): Promise<void> {
    const { dynamo } = embedded.clients();
    const deadline = Date.now() + 180_000;
    while (!(await isThere(dynamo))) if (Date.now() > deadline) throw new Error("it was never seen");
    dynamo.destroy();
}
