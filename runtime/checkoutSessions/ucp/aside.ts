import type { components } from "../../../spec/generated/ucp.types.ts";
import type { JsonObject } from "../../shared/json.ts";
import type { Buyer, Session } from "../domain/protocol.ts";
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

/** As the platform sent it, but for what the shop has changed since. Only `up.ts` writes it. */
export function asideIn(kept: JsonObject | undefined, { buyer, fulfillment_details: details }: Session): Aside {
    const { destinations, selectedDestination, wantedDestination, ...aside }: Aside = kept ?? {};
    const selected = destinations?.find(({ id }) => id === selectedDestination);
    const { line_one, postal_code } = details?.address ?? {};
    const isSame = (selected?.street_address ?? "") === line_one && (selected?.postal_code ?? "") === postal_code;
    const { consent } = aside.buyer ?? {};
    const isBuyerChanged = aside.buyer !== undefined && buyer !== undefined && buyer.email !== aside.buyer.email;
    return {
        ...aside,
        ...(isBuyerChanged && { buyer: { ...contactOf(buyer), ...(consent && { consent }) } }),
        ...((details?.address === undefined || isSame) && {
            ...(destinations && { destinations }),
            ...(selectedDestination !== undefined && { selectedDestination }),
            ...(wantedDestination !== undefined && { wantedDestination }),
        }),
    };
}

/** Of a buyer, what UCP has. */
export const contactOf = ({ first_name, last_name, email, phone_number }: Buyer) => ({
    ...(first_name !== undefined && { first_name }),
    ...(last_name !== undefined && { last_name }),
    email,
    ...(phone_number !== undefined && { phone_number }),
});
