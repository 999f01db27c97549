import type { Context } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { knownUrl } from "./ucp/admission.ts";
import { profilesOf } from "./ucp/admitting.ts";
import { KeyChangedError, ProfileError } from "./ucp/platformProfile.ts";
import type { UcpSettings } from "./ucp/settings.ts";

export const env = environment("UCP", "UCP_PROFILES_TABLE");
const settings: UcpSettings = JSON.parse(env.UCP);
const profiles = profilesOf(dynamo, env.UCP_PROFILES_TABLE, settings);

/** Profiles of known platforms could not be fetched: their last ones still count. */
class NotRefreshedError extends Error {
    override readonly name = "NotRefreshedError";
}

/** Scheduled every hour: fetches the profiles of the platforms that the settings name, so that no request waits for one. */
export async function handler(_event: unknown, context: Context): Promise<void> {
    const invocation = log.forInvocation(context);
    const urls = settings.platforms.filter(({ isPinned }) => !isPinned).map(({ profile }) => knownUrl(profile));
    let failed = 0;
    for (const url of urls) {
        try {
            await profiles.refreshedByPlan(url);
        } catch (error) {
            if (!(error instanceof ProfileError)) throw error;
            failed += 1;
            const text =
                error instanceof KeyChangedError
                    ? "A key of a known platform has changed and kept its name"
                    : "The profile of a known platform cannot be fetched";
            invocation.error(text, { profile: url, error });
        }
    }
    if (failed > 0) throw new NotRefreshedError(`${failed} of ${urls.length} profiles of platforms are not refreshed`);
    invocation.info("Profiles of known platforms refreshed", { count: urls.length });
}
