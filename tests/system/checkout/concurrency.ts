import { expect } from "chai";
import { charges, effectsIn, storedVersions, versionsOf } from "../effects.ts";
import { eventually } from "../embedded.ts";
import { cart, payment, type Reply, type Shop } from "../shopping.ts";

const ten = <Result>(call: (number: number) => Promise<Result>) =>
    Promise.all(Array.from({ length: 10 }, (_, number) => call(number)));
const statuses = (replies: readonly Reply[]) => replies.map(({ status }) => status);

/** Many calls at once. */
export function concurrency(shop: Shop): void {
    describe("ten calls at once", () => {
        it("that create with one key make one session, and each is answered with it or with 409", async () => {
            const metadata = { who: "ten creates" };
            const replies = await ten(() => shop.agent.create({ ...cart, metadata }, { "idempotency-key": "ten" }));
            for (const { status, headers } of replies) {
                expect(status).to.be.oneOf([201, 409]);
                if (status === 409) expect(headers.get("retry-after")).to.match(/^[1-9]/);
            }
            const created = replies.filter(({ status }) => status === 201);
            expect(new Set(created.map(({ session }) => session.id)).size).to.equal(1);
            expect(created.filter(({ isReplay }) => !isReplay)).to.have.length(1);
            const stored = (await storedVersions(shop.embedded)).filter(
                ({ Data }) => Data.metadata?.["who"] === metadata.who,
            );
            expect(stored).to.have.length(1);
        });

        it("that complete one session with keys of their own make one charge and one order", async () => {
            const { id } = await shop.agent.ready();
            const replies = await ten(() => shop.agent.complete(id, payment("spt_success")));
            expect(statuses(replies).sort()).to.deep.equal([200, ...Array(9).fill(409)]);
            for (const reply of replies.filter(({ status }) => status === 409)) {
                expect(reply.error.code).to.be.oneOf(["version_conflict", "session_completed"]);
            }
            const paid = (await charges(shop.embedded)).filter(({ sessionId }) => sessionId === id);
            expect(paid).to.have.length(1);
            await eventually(async () => {
                const { orders, notifications, recorded } = await effectsIn(shop.embedded);
                const ofSession = [...orders.keys()].filter((orderId) => orderId === paid[0]?.orderId);
                expect(ofSession).to.have.length(1);
                expect(notifications.get(paid[0]?.orderId ?? "")).to.equal(1);
                expect(recorded.get(paid[0]?.orderId ?? "")?.map(({ effect }) => effect)).to.include("reservation");
            });
        });

        it("that complete one session with one key are one completion, replayed or answered with 409", async () => {
            const { id } = await shop.agent.ready();
            const headers = { "idempotency-key": "ten-completions" };
            const replies = await ten(() => shop.agent.complete(id, payment("spt_success"), headers));
            for (const reply of replies) {
                expect(reply.status).to.be.oneOf([200, 409]);
                if (reply.status === 200) expect(reply.session.status).to.equal("completed");
                else {
                    expect(reply.error.code).to.equal("idempotency_in_flight");
                    expect(reply.headers.get("retry-after")).to.match(/^[1-9]\d*$/);
                }
            }
            expect(replies.filter(({ status, isReplay }) => status === 200 && !isReplay)).to.have.length(1);
            expect((await charges(shop.embedded)).filter(({ sessionId }) => sessionId === id)).to.have.length(1);
        });

        it("that update, complete and cancel one session leave versions without a gap", async () => {
            const { id } = await shop.agent.ready();
            const replies = await ten((number) => {
                if (number === 4) return shop.agent.complete(id);
                if (number === 7) return shop.agent.cancel(id);
                return shop.agent.update(id, { order_notes: `Note ${number}` });
            });
            for (const { status } of replies) expect(status).to.be.oneOf([200, 405, 409]);
            const { session } = await shop.agent.get(id);
            expect(session.status).to.be.oneOf(["completed", "canceled"]);
            const versions = await versionsOf(shop.embedded, id);
            expect(versions.map(({ Version }) => Version)).to.deep.equal(versions.map((_, index) => index + 1));
            const paid = (await charges(shop.embedded)).filter(({ sessionId }) => sessionId === id);
            expect(paid).to.have.length(session.status === "completed" ? 1 : 0);
        });
    });
}
