import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ApiKeyReader } from "../../shared/apiKeyReader.ts";
import { SigningKeys } from "../../shared/signing/signingKeys.ts";
import { Admission, knownUrl } from "./admission.ts";
import { fetchProfile } from "./profileFetch.ts";
import { ProfileStore } from "./profileStore.ts";
import { Profiles } from "./profiles.ts";
import type { UcpSettings } from "./settings.ts";

/** The variables of a callback that lets platforms in; components/checkoutSessions/ucp.ts sets them. */
interface AdmissionVariables {
    readonly API_URL: string;
    readonly UCP: string;
    readonly UCP_PROFILES_TABLE: string;
    readonly UCP_SIGNING_KEYS: string;
}

/** The admission of a callback. */
export function admissionOf(dynamo: DynamoDBDocumentClient, apiKeys: ApiKeyReader, env: AdmissionVariables): Admission {
    const settings: UcpSettings = JSON.parse(env.UCP);
    return new Admission({
        settings,
        profiles: profilesOf(dynamo, env.UCP_PROFILES_TABLE, settings),
        apiKeys,
        signingKeys: new SigningKeys(env.UCP_SIGNING_KEYS),
        authority: new URL(env.API_URL).host,
    });
}

export const profilesOf = (dynamo: DynamoDBDocumentClient, table: string, { platforms }: UcpSettings): Profiles =>
    new Profiles({
        store: new ProfileStore(dynamo, table),
        fetch: fetchProfile,
        known: new Set(platforms.map(({ profile }) => knownUrl(profile))),
    });
