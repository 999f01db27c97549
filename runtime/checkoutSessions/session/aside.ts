import type { State } from "./session.ts";

/** Of a session's cart, as a result of a call has it. */
export const asideOf = ({ hidden: { cart } }: State) => ({ ...(cart.aside && { aside: cart.aside }) });
