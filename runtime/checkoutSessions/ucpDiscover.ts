import { environment } from "../shared/environment.ts";
import { answer, correlationIdOf, type HttpAnswer, type HttpRequest } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { SigningKeys } from "../shared/signing/signingKeys.ts";
import { merchantFrom } from "./domain/merchant.ts";
import { ownProfile } from "./ucp/ownProfile.ts";
import type { UcpSettings } from "./ucp/settings.ts";

export const env = environment("API_URL", "MERCHANT", "UCP", "UCP_SIGNING_KEYS");
const { versions }: UcpSettings = JSON.parse(env.UCP);
const merchant = merchantFrom(env.MERCHANT);
const signingKeys = new SigningKeys(env.UCP_SIGNING_KEYS);

// During initialisation, which has full CPU. Without it the first request reads the keys.
await signingKeys.published().catch((error: unknown) => log.error("The signing keys cannot be read", { error }));

/** GET /.well-known/ucp: what the merchant can do, and the keys that he signs by. Public. */
export async function handler(request: HttpRequest): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const version = request.pathParameters?.["version"];
    if (version !== undefined && !versions.includes(version)) {
        return answer(404, correlationId, { code: "not_found", content: "this version is not served" });
    }
    const profile = ownProfile(
        { apiUrl: env.API_URL, versions, merchant, keys: await signingKeys.published() },
        version,
    );
    return answer(200, correlationId, profile, { "cache-control": "public, max-age=3600" });
}
