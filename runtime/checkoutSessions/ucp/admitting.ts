import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ApiKeyReader } from "../../shared/apiKeyReader.ts";
import { SigningKeys } from "../../shared/signing/signingKeys.ts";
import type { Merchant } from "../domain/merchant.ts";
import { Admission, knownUrl } from "./admission.ts";
import type { Negotiated } from "./platform.ts";
import { fetchProfile } from "./profileFetch.ts";
import { ProfileStore } from "./profileStore.ts";
import { Profiles } from "./profiles.ts";
import type { UcpSettings } from "./settings.ts";
import { tellingFor } from "./telling.ts";

/** The variables of a callback that lets platforms in; components/checkoutSessions/ucp.ts sets them. */
interface AdmissionVariables {
    readonly API_URL: string;
    readonly UCP: string;
    readonly UCP_PROFILES_TABLE: string;
    readonly UCP_SIGNING_KEYS: string;
}

/** What lets platforms in and tells them what becomes of their requests, the same for every callback. */
export function doorOf(
    dynamo: DynamoDBDocumentClient,
    apiKeys: ApiKeyReader,
    merchant: Merchant,
    env: AdmissionVariables,
) {
    const settings: UcpSettings = JSON.parse(env.UCP);
    const admission = new Admission({
        settings,
        profiles: profilesOf(dynamo, env.UCP_PROFILES_TABLE, settings),
        apiKeys,
        signingKeys: new SigningKeys(env.UCP_SIGNING_KEYS),
        authority: new URL(env.API_URL).host,
    });
    const tellingOf = (negotiated: Negotiated) => tellingFor(negotiated, merchant, settings.continueUrl);
    return { admission, tellingOf };
}

export const profilesOf = (dynamo: DynamoDBDocumentClient, table: string, { platforms }: UcpSettings): Profiles =>
    new Profiles({
        store: new ProfileStore(dynamo, table),
        fetch: fetchProfile,
        known: new Set(platforms.map(({ profile }) => knownUrl(profile))),
    });
