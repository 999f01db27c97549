import { expect } from "chai";
import { isProof } from "../../proof.ts";
import { type Effects, effectsIn } from "../effects.ts";
import { type Embedded, eventually } from "../embedded.ts";

/** In `npm run proof` so many that there are some at every station of their way. */
const [acceptedAtLeast, clients] = isProof ? [150, 8] : [15, 2];

/** Orders that clients place, one after the other, until everything is killed. */
export class Orders {
    /** By id: what was answered 202. */
    readonly accepted = new Set<string>();
    #placed = 0;
    #mayRepeat = 0;

    /** @returns what ends when the cloud does */
    async begin(embedded: Embedded): Promise<{ ended: Promise<unknown> }> {
        const before = this.accepted.size;
        const ended = Promise.all(Array.from({ length: clients }, () => this.#place(embedded)));
        await eventually(() => expect(this.accepted.size - before).to.be.greaterThan(acceptedAtLeast));
        return { ended };
    }

    async #place(embedded: Embedded): Promise<void> {
        for (;;) {
            const orderId = `kill-${this.#placed++}`;
            const item = { productId: "12345", productName: "Eco-Friendly Cleaner", quantity: 1 };
            const order = { orderId, customer: "Ada", items: [item], total: 12.99 };
            const answer = await embedded.post(order).catch(() => undefined);
            if (answer === undefined) return;
            if (answer.status === 202) this.accepted.add(orderId);
        }
    }

    /**
     * Between sending and recording that it was sent there is an instant. At most as many orders of each can have been in it
     * as processes ran its callback, of which some may have started after they were counted.
     */
    async countProcesses(embedded: Embedded): Promise<void> {
        const { functions }: { functions: { pids: number[] }[] } = await embedded.look("resources");
        this.#mayRepeat += 2 * Math.max(...functions.map(({ pids }) => pids.length));
    }

    /** All that were accepted are stored, and each of their steps is done. @returns the number of stored ones */
    async expectDone(embedded: Embedded): Promise<number> {
        return await eventually(async () => {
            const effects = await effectsIn(embedded);
            const stored = [...effects.orders.keys()].filter((id) => id.startsWith("kill-"));
            const lost = [...this.accepted].filter((id) => !effects.orders.has(id));
            expect(lost, "lost").to.deep.equal([]);
            expect(
                stored.filter((id) => !isDone(effects, id)),
                "not done",
            ).to.deep.equal([]);
            for (const counts of [effects.notifications, effects.announcements]) {
                const repeated = [...counts.values()].filter((count) => count > 1);
                expect(repeated.length, "sent twice").to.be.at.most(this.#mayRepeat);
            }
            return stored.length;
        });
    }
}

export const isDone = (effects: Effects, orderId: string): boolean =>
    effects.notifications.has(orderId) &&
    effects.documents.has(orderId) &&
    effects.announcements.has(orderId) &&
    (effects.recorded.get(orderId) ?? []).some(({ effect }) => effect === "reservation");
