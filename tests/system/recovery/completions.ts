import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { isProof } from "../../proof.ts";
import { charges, effectsIn, storedVersions } from "../effects.ts";
import { type Embedded, eventually } from "../embedded.ts";
import { Agent, letLeasesRunOut, payment, type Reply } from "../shopping.ts";
import { isDone } from "./orders.ts";

/** A completion that its caller tries until it is answered. */
interface Purchase {
    readonly sessionId: string;
    readonly key: string;
    answer?: Reply;
}

/** Completions that a kill meets. */
const atOnce = isProof ? 8 : 4;

/** What a completion has done at some moment. */
export type Moment = (dynamo: DynamoDBDocumentClient, SessionId: string) => Promise<boolean>;

// The session has been created and got a way to ship it: its third version begins the completion.

/** Its completion is written, and perhaps no more. */
export const hasBegun: Moment = async (dynamo, SessionId) => {
    const Key = { SessionId, Version: 3 };
    return (await dynamo.send(new GetCommand({ TableName: "checkout-sessions-dev", Key }))).Item !== undefined;
};

/** It is charged, and perhaps no more. */
export const isCharged: Moment = async (dynamo, sessionId) => {
    const Key = { key: `${sessionId}:3` };
    return (await dynamo.send(new GetCommand({ TableName: "checkout-sandbox-payments-dev", Key }))).Item !== undefined;
};

/** Completions of sessions with a parcel of two cleaners. */
export class Completions {
    readonly #purchases: Purchase[] = [];
    #ready: Purchase[] = [];

    get unanswered(): readonly Purchase[] {
        return this.#purchases.filter(({ answer }) => answer === undefined);
    }

    get length(): number {
        return this.#purchases.length;
    }

    async prepare(embedded: Embedded): Promise<void> {
        const agent = new Agent(embedded.url);
        const sessions = await Promise.all(Array.from({ length: atOnce }, () => agent.parcel()));
        this.#ready = sessions.map(({ id }) => ({ sessionId: id, key: `pay ${id}` }));
    }

    /** Begins all, and returns when one is at this moment: the others stand before and behind it. */
    async begin(embedded: Embedded, moment: Moment): Promise<{ ended: Promise<unknown> }> {
        const begun = this.#ready;
        this.#purchases.push(...begun);
        const tries = begun.map((purchase) => complete(embedded, purchase).catch(() => undefined));
        await seen(embedded, (dynamo) => moment(dynamo, begun[atOnce / 2]?.sessionId ?? ""));
        return { ended: Promise.all(tries) };
    }

    /** The next tries of its caller finish it, with one charge and one order. */
    async expectDone(embedded: Embedded): Promise<void> {
        const replies = await Promise.all(this.unanswered.map((purchase) => complete(embedded, purchase)));
        for (const { status, headers, error } of replies.filter(({ status }) => status !== 200)) {
            // The process that began it may still be at work, for as long as its callback may run.
            expect([status, error.code]).to.deep.equal([409, "idempotency_in_flight"]);
            expect(Number(headers.get("retry-after"))).to.be.within(1, 2);
        }
        await letLeasesRunOut(embedded);
        await eventually(async () => {
            await Promise.all(this.unanswered.map((purchase) => complete(embedded, purchase)));
            expect(this.unanswered).to.deep.equal([]);
        });

        const orderIds = this.#purchases.map(({ answer }) => answer?.session.order?.id ?? "no order");
        const paid = await charges(embedded);
        expect(paid.map(({ sessionId }) => sessionId)).to.have.members(
            this.#purchases.map(({ sessionId }) => sessionId),
        );
        expect(paid.map(({ orderId }) => orderId)).to.have.members(orderIds);
        await eventually(async () => {
            const effects = await effectsIn(embedded);
            const stored = [...effects.orders.keys()].filter((id) => id.startsWith("ord_"));
            expect(stored).to.have.members(orderIds);
            expect(
                orderIds.filter((id) => !isDone(effects, id)),
                "not done",
            ).to.deep.equal([]);
            const versions = Map.groupBy(await storedVersions(embedded), ({ SessionId }) => SessionId);
            for (const { sessionId } of this.#purchases) {
                const ofSession = (versions.get(sessionId) ?? []).sort((one, other) => one.Version - other.Version);
                expect(ofSession.map(({ Version }) => Version)).to.deep.equal(ofSession.map((_, index) => index + 1));
                expect(ofSession.filter(({ Reason }) => Reason === "completed")).to.have.length(1);
                expect(ofSession.at(-1)?.Reason).to.equal("order_updated");
            }
        });
    }
}

async function complete(embedded: Embedded, purchase: Purchase): Promise<Reply> {
    const headers = { "idempotency-key": purchase.key };
    const reply = await new Agent(embedded.url).complete(purchase.sessionId, payment("spt_success"), headers);
    if (reply.status === 200) purchase.answer = reply;
    return reply;
}

/** Looks without a pause: what comes next is only milliseconds away. */
async function seen(embedded: Embedded, isThere: (dynamo: DynamoDBDocumentClient) => Promise<boolean>): Promise<void> {
    const { dynamo } = embedded.clients();
    const deadline = Date.now() + 180_000;
    while (!(await isThere(dynamo))) if (Date.now() > deadline) throw new Error("it was never seen");
    dynamo.destroy();
}
