import type { ShownCart } from "../carts/cart.ts";
import type { Dialect } from "../domain/dialect.ts";
import { capability, ofCheckouts } from "./capabilities.ts";
import { raisedCart, ucpCart, unusedIn } from "./cart.ts";
import { ucpCheckout } from "./checkout.ts";
import { ucpCredentials } from "./payment.ts";
import { refusedAs } from "./refusal.ts";
import type { Telling } from "./telling.ts";
import { unappliedIn } from "./unapplied.ts";
import { raised } from "./up.ts";

/** As sessions keep it: no version of ACP, in which their orders' events are told, has such a name. */
export const keptVersion = ({ version }: Pick<Telling, "version">): string => `ucp/${version.name}`;

/** The checkout as a platform speaks of it. @param created the request that is answered, if it is a creation */
export const ucpDialect = (telling: Telling, created?: unknown): Dialect => ({
    version: keptVersion(telling),
    needsKey: false,
    ...(telling.continueUrl === undefined ? { challenges: false } : { challenges: true, handsOver: true }),
    credentials: ucpCredentials,
    up: (command, body) => raised(command, body, telling),
    down: (result) => {
        if ("problem" in result) return refusedAs(result.problem, telling, ofCheckouts);
        const { status } = result;
        if (!("session" in result)) return { status, body: result.body };
        return { status, body: ucpCheckout(result, telling, unappliedIn(created, result, telling)) };
    },
});

/** Carts, which ACP's vocabulary is the domain's of. @param asked the request that is answered */
export const ucpCartDialect = (telling: Telling, asked?: unknown): Pick<Dialect, "up" | "down"> => ({
    up: (_, body) => raisedCart(body),
    down: (result) => {
        if ("problem" in result) return refusedAs(result.problem, telling, [capability.cart]);
        if (!("body" in result)) throw new Error("a call about a cart has given a session");
        // Nothing but carts comes from calls about them.
        return { status: result.status, body: ucpCart(result.body as ShownCart, telling, unusedIn(asked)) };
    },
});
