import { generateKeyPairSync, sign } from "node:crypto";
import { ucpVersions } from "../../runtime/checkoutSessions/ucp/versions.ts";
import { contentDigest } from "../../runtime/shared/signing/digest.ts";
import { publishedJwk } from "../../runtime/shared/signing/jwk.ts";
import { signatureHeaders } from "../../runtime/shared/signing/sign.ts";
import { create } from "../purchase.ts";

/** Of UCP. */
export const ucpVersion = "2026-04-08";
/** What a platform of UCP is known by. */
export const profileUrl = "https://platform.example/profile";
export const merchantHost = "api.example.com";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = publishedJwk(publicKey);

/** The platform's profile, with the key that it signs by. */
export const profile = JSON.stringify({
    ucp: {
        version: ucpVersion,
        capabilities: Object.fromEntries(
            (ucpVersions[ucpVersion]?.capabilities ?? []).map((name) => [name, [{ version: ucpVersion }]]),
        ),
    },
    signing_keys: [jwk],
});

const address = create.fulfillment_details?.address;

/** The measured purchase in the words of UCP. */
export const checkout = {
    line_items: create.line_items.map(({ id, quantity }) => ({ item: { id }, quantity })),
    buyer: create.buyer,
    fulfillment: {
        methods: [
            {
                type: "shipping",
                destinations: [
                    {
                        full_name: create.fulfillment_details?.name,
                        street_address: address?.line_one,
                        extended_address: address?.line_two,
                        address_locality: address?.city,
                        address_region: address?.state,
                        address_country: address?.country,
                        postal_code: address?.postal_code,
                    },
                ],
            },
        ],
    },
};

/** The headers of a request with their signature. */
export async function signedHeaders(headers: Readonly<Record<string, string>>, path: string, body: object) {
    const whole = { ...headers, "content-digest": contentDigest(Buffer.from(JSON.stringify(body))) };
    const target = { method: "POST", authority: merchantHost, path, query: "" };
    const names = ["@method", "@authority", "@path", ...Object.keys(whole)];
    const signer = {
        keyid: jwk.kid,
        sign: async (bytes: Uint8Array) => sign("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" }),
    };
    return { ...whole, ...(await signatureHeaders({ headers: whole, target }, names, signer, Date.now())) };
}
