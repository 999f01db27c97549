import type { Jwk } from "../../shared/signing/jwk.ts";
import type { Merchant } from "../domain/merchant.ts";
import { offersOf } from "./offers.ts";
import { paymentHandlersOf } from "./payment.ts";

interface Profiled {
    /** `https://api.example.com` */
    readonly apiUrl: string;
    /** Of the protocol, the newest first. */
    readonly versions: readonly string[];
    readonly merchant: Merchant;
    /** What the merchant signs by. */
    readonly keys: readonly Jwk[];
}

/** Where the profile is. */
const place = "/.well-known/ucp";

/**
 * The merchant's profile.
 * @param version one of several: its profile tells of no others. @default the newest, with where the others' are
 */
export function ownProfile({ apiUrl, versions, merchant, keys }: Profiled, version?: string): object {
    const [newest = ""] = versions;
    const older = version === undefined ? versions.slice(1) : [];
    const told = version ?? newest;
    const at = (path: string) => `https://ucp.dev/${told}/${path}`;
    const capabilities = offersOf(told).map(({ name, page, schema, extends: parents }) => {
        const [parent, ...others] = parents ?? [];
        const extending = parent !== undefined && { extends: others.length > 0 ? parents : parent };
        const entry = {
            version: told,
            spec: at(`specification/${page}`),
            schema: at(`schemas/shopping/${schema}`),
            ...extending,
        };
        return [name, [entry]];
    });
    return {
        ucp: {
            version: told,
            ...(older.length > 0 && {
                supported_versions: Object.fromEntries(older.map((one) => [one, `${apiUrl}${place}/${one}`])),
            }),
            services: {
                "dev.ucp.shopping": [
                    {
                        version: told,
                        spec: at("specification/overview"),
                        transport: "rest",
                        endpoint: `${apiUrl}/ucp/${told}`,
                        schema: at("services/shopping/rest.openapi.json"),
                    },
                    {
                        version: told,
                        spec: at("specification/overview"),
                        transport: "mcp",
                        endpoint: `${apiUrl}/mcp`,
                        schema: at("services/shopping/mcp.openrpc.json"),
                    },
                ],
            },
            capabilities: Object.fromEntries(capabilities),
            payment_handlers: paymentHandlersOf(merchant),
        },
        // Verifiers look for them under the one name or the other.
        signing_keys: keys,
        keys,
    };
}
