import type { components } from "../../../spec/generated/ucp.types.ts";
import type { Merchant } from "../domain/merchant.ts";
import type { CommandRefused } from "../domain/problem.ts";
import type { Negotiated } from "./platform.ts";
import type { UcpVersion } from "./versions.ts";

/** What the words between platform and merchant depend on. */
export interface Telling {
    readonly version: UcpVersion;
    readonly negotiated: Negotiated;
    readonly merchant: Merchant;
    /** Template of the shop's page for a checkout, with `{id}`. @default there is none: nothing is handed over to it */
    readonly continueUrl?: string | undefined;
    readonly payments: Payments;
}

/** Ways to pay. */
export interface Payments {
    /** By their reverse domain name. */
    readonly handlers: Readonly<Record<string, readonly object[]>>;
    /** The payment as commands have it (`payment_data`). */
    raise(payment: components["schemas"]["Payment"]): object | CommandRefused;
}

export const continueUrlOf = ({ continueUrl }: Telling, id: string): string | undefined =>
    continueUrl?.replace("{id}", encodeURIComponent(id));
