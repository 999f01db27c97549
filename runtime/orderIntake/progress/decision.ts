import type { components } from "../../../spec/generated/orders.types.ts";
import type { OrderChanges } from "../../shared/orders/orderProgress.ts";
import type { ClientEntry, Note } from "./orderState.ts";
import type { Piece } from "./pieces.ts";

type Schemas = components["schemas"];

/** What a client asks for. */
export type Command =
    | { readonly type: "fulfill"; readonly request: Schemas["FulfillmentRequest"] }
    | { readonly type: "change"; readonly fulfillmentId: string; readonly request: Schemas["FulfillmentChange"] }
    | { readonly type: "cancel"; readonly request: Schemas["CancelRequest"] }
    | { readonly type: "note"; readonly request: Schemas["NoteRequest"] };

/** What a command makes of an order. Pure. */
export interface Decision {
    /** For the order, its session and the receivers of the event. */
    readonly changes: OrderChanges;
    readonly entry: Pick<ClientEntry, "type" | "id" | "status">;
    readonly note?: Note;
    /** What the event says of the change, besides its id and type. */
    readonly told: Told;
    /** Whether the pieces that this makes free go back to the stock. @default true */
    readonly isRestocked?: boolean;
}

interface Told {
    readonly lines?: readonly Piece[];
    readonly carrier?: string;
    readonly trackingNumber?: string;
    readonly trackingUrl?: string;
    readonly reason?: string;
    readonly text?: string;
    readonly audience?: Note["audience"];
}

export interface Now {
    /** ISO 8601 */
    readonly at: string;
    /** The client. */
    readonly by: string;
    /** The order's payment, or is about to be: nothing was paid. */
    readonly isReleased: boolean;
}
