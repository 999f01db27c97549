import { environment } from "../shared/environment.ts";
import { answer, correlationIdOf, type HttpAnswer, type HttpRequest } from "../shared/http.ts";
import { currenciesOf, merchantFrom } from "./domain/merchant.ts";
import { type Discovery, protocolVersion } from "./domain/protocol.ts";
import { interventionsOf } from "./pricing/capabilities.ts";

export const env = environment("API_URL", "MERCHANT");
const merchant = merchantFrom(env.MERCHANT);

/** Changes only with a deployment. */
const discovery: Discovery = {
    protocol: { name: "acp", version: protocolVersion, supported_versions: merchant.acpVersions },
    api_base_url: env.API_URL,
    transports: ["rest", "mcp"],
    capabilities: {
        services: ["checkout", "orders", "carts"],
        extensions: [{ name: "discount" }],
        intervention_types: interventionsOf(merchant),
        supported_currencies: currenciesOf(merchant),
    },
};

/** GET /.well-known/acp.json: the protocol's discovery document. Public. */
export async function handler(request: HttpRequest): Promise<HttpAnswer> {
    return answer(200, correlationIdOf(request), discovery, { "cache-control": "public, max-age=3600" });
}
