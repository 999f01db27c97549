import { expect } from "chai";
import { isProof } from "../proof.ts";
import { effectsIn, stockOf } from "./effects.ts";
import { Embedded, endAll, eventually } from "./embedded.ts";

/** In `npm run proof` so many that there are some at every station of their way. */
const [orders, clientsAtOnce] = isProof ? [150, 8] : [20, 4];

describe("the embedded cloud after kill -9", () => {
    after(endAll);

    it("has stored and published every accepted order, and done each of its steps once", async () => {
        const first = await Embedded.start();
        const stock = await stockOf(first, "12345");
        const accepted = new Set<string>();
        let next = 0;
        let posting = true;
        const clients = Array.from({ length: clientsAtOnce }, async () => {
            while (posting) {
                const orderId = `kill-${next++}`;
                const item = { productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 1 };
                const answer = await first
                    .post({ orderId, customer: "Ada", items: [item], total: 12.99 })
                    .catch(() => undefined);
                if (answer?.status === 202) accepted.add(orderId);
            }
        });
        // In the middle of it: some orders are done, some are on their way.
        await eventually(() => expect(accepted.size).to.be.greaterThan(orders));
        const { functions }: { functions: { pids: number[] }[] } = await first.look("resources");
        const mostAtOnce = Math.max(...functions.map(({ pids }) => pids.length));
        await first.kill();
        posting = false;
        await Promise.all(clients);

        const second = await Embedded.start({ continues: first });
        await eventually(async () => {
            const effects = await effectsIn(second);
            const stored = [...effects.orders.keys()];
            expect(
                [...accepted].filter((id) => !effects.orders.has(id)),
                "lost",
            ).to.deep.equal([]);
            const undone = stored.filter(
                (id) =>
                    !effects.notifications.has(id) ||
                    !effects.documents.has(id) ||
                    !effects.announcements.has(id) ||
                    !effects.recorded.get(id)?.some(({ effect }) => effect === "reservation"),
            );
            expect(undone, "not done").to.deep.equal([]);
            expect(stock - (await stockOf(second, "12345")), "reserved once each").to.equal(stored.length);
            // Between sending and recording that it was sent there is an instant. At most as many orders of each can have
            // been in it as processes ran its callback, of which some may have started after they were counted.
            for (const counts of [effects.notifications, effects.announcements]) {
                const repeated = [...counts.values()].filter((count) => count > 1);
                expect(repeated.length, "sent twice").to.be.at.most(2 * mostAtOnce);
            }
        });
        const queues: { name: string; deadLetters: boolean; messages: unknown[] }[] = await second.look("queues");
        expect(queues.filter(({ deadLetters, messages }) => deadLetters && messages.length > 0)).to.deep.equal([]);
        await second.stop();
    });
});
