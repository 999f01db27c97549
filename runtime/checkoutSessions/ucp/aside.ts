import type { components } from "../../../spec/generated/ucp.types.ts";
import type { JsonObject } from "../../shared/json.ts";
import type { PostalAddress } from "./address.ts";

type Schemas = components["schemas"];

/** What of a checkout only its platform knows, kept with the cart (`UpdateMode` in ../domain/call.ts). */
export interface Aside {
    readonly buyer?: Schemas["Buyer"];
    /** All that the platform named. */
    readonly destinations?: readonly (PostalAddress & { readonly id: string })[];
    readonly selectedDestination?: string;
    /** The id that the platform has chosen by. @default the only destination is taken */
    readonly wantedDestination?: string;
    /** Never told: what the platform observed. */
    readonly observed?: JsonObject;
}

// Only `upBody` writes it.
export const asideIn = (aside: JsonObject | undefined): Aside => aside ?? {};
