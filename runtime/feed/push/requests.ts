import { setTimeout as wait } from "node:timers/promises";
import type { JsonObject } from "../../shared/json.ts";
import type { AcpProduct } from "../rows/acpProduct.ts";
import type { SentProducts } from "../stored/sentProducts.ts";
import type { FeedStates } from "../stored/state.ts";
import { FeedSecretError, type TargetSecrets } from "../stored/targetSecrets.ts";
import type { Feed, PushTarget } from "../target.ts";
import type { Due } from "./due.ts";
import { type FeedAccount, upsert } from "./feedApi.ts";
import type { Fault, Verdict } from "./splitting.ts";
import { wantedOf } from "./wanted.ts";

interface Tools {
    readonly feed: Pick<Feed, "shop">;
    readonly states: FeedStates;
    readonly sent: SentProducts;
    readonly accounts: TargetSecrets<FeedAccount>;
    itemsOf(productIds: readonly string[]): Promise<ReadonlyMap<unknown, JsonObject>>;
}

/** Requests to the API of a target, one after the other and no more of them than the rate allows. */
export class Requests {
    readonly #target: PushTarget;
    readonly #tools: Tools;
    readonly #correlationId: string;
    readonly #noted = new Set<string>();
    #next: number;

    /** @param from milliseconds since 1970: when the first may be made */
    constructor(target: PushTarget, correlationId: string, from: number, tools: Tools) {
        this.#target = target;
        this.#correlationId = correlationId;
        this.#next = from;
        this.#tools = tools;
    }

    /** Before it, products are noted as unsure: if the answer never comes, they are told again, whatever they are by then. */
    async send(due: readonly Due[]): Promise<Verdict> {
        const { name } = this.#target;
        await this.#turn();
        const unnoted = due.filter(({ productId }) => !this.#noted.has(productId));
        await Promise.all(
            unnoted.map(({ productId, product: { title } }) =>
                this.#tools.sent.write(name, { productId, title, isUnsure: true }),
            ),
        );
        for (const { productId } of unnoted) this.#noted.add(productId);
        return await this.#upsert(due.map(({ product }) => product));
    }

    /**
     * Where the API refuses a product and has taken no other: whether it takes one again that it has. What then becomes of that
     * changes nothing.
     */
    async fault(due: readonly Due[], reason: string): Promise<Fault> {
        const known = await this.#known(new Set(due.map(({ productId }) => productId)));
        if (known === undefined) return "unknown";
        await this.#turn();
        const verdict = await this.#upsert([known]);
        switch (verdict.kind) {
            case "taken":
                await this.#tools.states.pushed(this.#target.name, Date.now());
                return "theirs";
            case "unavailable":
                return verdict;
            case "refused":
                return { kind: "unavailable", isDoubted: true, reason };
        }
    }

    /** A product that the API has as it is now. */
    async #known(others: ReadonlySet<string>): Promise<AcpProduct | undefined> {
        const { sent, itemsOf, feed } = this.#tools;
        const some = (await sent.some(this.#target.name)).filter(({ productId }) => !others.has(productId));
        const items = await itemsOf(some.map(({ productId }) => productId));
        const now = Date.now();
        for (const { productId, digest } of some) {
            const wanted = wantedOf(items.get(productId), this.#target, feed, now);
            if (wanted !== undefined && wanted.digest === digest) return wanted.product;
        }
        return undefined;
    }

    async #turn(): Promise<void> {
        await wait(Math.max(0, this.#next - Date.now()));
        this.#next = Date.now() + Math.ceil(60_000 / this.#target.rate);
        await this.#tools.states.requested(this.#target.name, this.#next);
    }

    async #upsert(products: readonly AcpProduct[]): Promise<Verdict> {
        const { accounts } = this.#tools;
        const { name } = this.#target;
        try {
            const account = await accounts.of(name);
            const verdict = await upsert(this.#target, account, products, this.#correlationId);
            // The key may have been changed meanwhile.
            if (verdict.kind === "unavailable") accounts.forget(name);
            return verdict;
        } catch (error) {
            if (!(error instanceof FeedSecretError)) throw error;
            return { kind: "unavailable", reason: error.message };
        }
    }
}
