import type { Merchant } from "../domain/merchant.ts";
import type { Negotiated } from "./platform.ts";
import { type UcpVersion, ucpVersions } from "./versions.ts";

/** What the words between platform and merchant depend on. */
export interface Telling {
    readonly version: UcpVersion;
    readonly negotiated: Negotiated;
    readonly merchant: Merchant;
    /** Template of the shop's page for a checkout, with `{id}`. @default there is none: nothing is handed over to it */
    readonly continueUrl?: string | undefined;
}

export const continueUrlOf = ({ continueUrl }: Telling, id: string): string | undefined =>
    continueUrl?.replace("{id}", encodeURIComponent(id));

/** What words to a platform depend on. Undefined for a version that is not known here. */
export function tellingFor(
    negotiated: Negotiated,
    merchant: Merchant,
    continueUrl: string | undefined,
): Telling | undefined {
    const version = Object.hasOwn(ucpVersions, negotiated.version) ? ucpVersions[negotiated.version] : undefined;
    return version && { version, negotiated, merchant, continueUrl };
}
