import type { Telling } from "../../../runtime/checkoutSessions/ucp/telling.ts";
import { ucpVersions } from "../../../runtime/checkoutSessions/ucp/versions.ts";
import { ucpJudge, ucpPresent } from "../../ucp.ts";
import { merchant, sanFrancisco } from "./market.ts";

export const jo = { first_name: "Jo", last_name: "Doe", email: "jo@example.com" };
export const home = {
    street_address: sanFrancisco.line_one,
    address_locality: sanFrancisco.city,
    address_region: "CA",
    address_country: "US",
    postal_code: sanFrancisco.postal_code,
};
/** Standard shipping to a place. */
export const shippedTo = (destination: object) => ({
    methods: [
        {
            type: "shipping",
            destinations: [destination],
            groups: [{ id: "shipping", selected_option_id: "shipping_standard" }],
        },
    ],
});

/** The dialects, with the folder of the protocol's own data. */
export const judged = [
    { name: "2026-04-08", judge: ucpPresent ? ucpJudge("2026-04-08") : undefined },
    { name: "2026-08-25", judge: ucpPresent ? ucpJudge("2026-08-22-pre-2026-08-25") : undefined },
] as const;

const extensions: Readonly<Record<string, string>> = {
    "dev.ucp.shopping.fulfillment": "shopping/fulfillment.json",
    "dev.ucp.shopping.discount": "shopping/discount.json",
    "dev.ucp.shopping.buyer_consent": "shopping/buyer_consent.json",
};
export const allCapabilities = ["dev.ucp.shopping.checkout", ...Object.keys(extensions)];

/** The schemas that an answer about a checkout is composed of. */
export const schemasOf = (capabilities: Iterable<string>): string[] => [
    "shopping/checkout.json",
    ...[...capabilities].flatMap((name) => {
        const file = extensions[name];
        return file === undefined ? [] : [`${file}#/$defs/dev.ucp.shopping.checkout`];
    }),
];

/** A platform that has these capabilities in common with the merchant of `market.ts`. */
export function tellingTo(version: string, capabilities: readonly string[], over: Partial<Telling> = {}): Telling {
    const known = ucpVersions[version];
    if (known === undefined) throw new Error(`there is no version ${version}`);
    return {
        version: known,
        negotiated: {
            version,
            platform: {
                profileUrl: "https://agent.example/.well-known/ucp",
                isProven: true,
                callerId: "ucp:https://agent.example/.well-known/ucp",
            },
            capabilities: new Map(capabilities.map((name) => [name, version])),
        },
        merchant,
        continueUrl: "https://shop.example/checkout/{id}",
        ...over,
    };
}
