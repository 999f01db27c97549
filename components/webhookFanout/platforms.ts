import type * as pulumi from "@pulumi/pulumi";
import type { Grant } from "../parts/grant.ts";

/** What events for platforms of the Universal Commerce Protocol are signed and sent with. */
export interface PlatformWebhooks {
    readonly environment: Readonly<Record<keyof typeof noPlatforms.environment, pulumi.Input<string>>>;
    readonly allow: readonly Grant[];
}

/** The protocol is not served. */
export const noPlatforms = {
    environment: { UCP_SIGNING_KEYS: "", UCP_PROFILE_URL: "", UCP_WEBHOOK_KEYS: "" },
    allow: [],
};
