import type { VersionItem } from "../../runtime/checkoutSessions/events/event.ts";
import type { Product } from "../../runtime/checkoutSessions/pricing/market.ts";
import { type Decision, decideCreate, decideUpdate } from "../../runtime/checkoutSessions/session/decide.ts";
import { regionsFor } from "../../runtime/checkoutSessions/session/regions.ts";
import { evolve, type State } from "../../runtime/checkoutSessions/session/session.ts";
import { BenchError } from "../benchError.ts";
import { chooseShipping, create } from "../purchase.ts";
import { agent, merchant } from "./calls.ts";

export const products: readonly Product[] = [
    { productId: "12345", name: "Eco-Friendly Cleaner", price: 1299, currency: "usd", stock: 10_000 },
    { productId: "67890", name: "Floor Soap 5 L", price: 2450, currency: "usd", stock: 500 },
];

const regions = await regionsFor(merchant);

/** The item of a session that was created and can be paid. */
export function readySession(sessionId: string): VersionItem {
    const now = new Date();
    const market = {
        products: new Map(products.map((product) => [product.productId, product])),
        discounts: new Map(),
        merchant,
        regions,
        now,
    };
    const created = after(undefined, decideCreate(create, { sessionId, caller: agent.callerId, market }));
    const { version, session, hidden } = after(created, decideUpdate(created, chooseShipping, market));
    return {
        SessionId: sessionId,
        Version: version,
        Status: session.status,
        Data: session,
        Hidden: JSON.stringify(hidden),
        Timestamp: now.toISOString(),
        Reason: "updated",
        RequestId: "bench",
    };
}

function after(state: State | undefined, decision: Decision): State {
    if ("problem" in decision) throw new BenchError(`the session refuses: ${decision.problem.error.message}`);
    return evolve(state, decision.event, merchant);
}
