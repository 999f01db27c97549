import { type Context, contextOf } from "../parts/context.ts";
import type { Settings } from "./settings.ts";

/**
 * What the components of a region have in common.
 * @param primary the first region, if this is the second
 * @param place where functions run, in a network of the stack's own
 */
export function contextFor(settings: Settings, primary: string | undefined, place: Context["place"]): Context {
    const { environment, region, failover, functions, retention, deployment } = settings;
    const { region: secondary, lost } = failover;
    return contextOf({
        environment,
        region,
        regions: secondary === undefined ? undefined : { primary: primary ?? region, secondary, lost },
        place,
        protect: deployment.deletionProtection,
        functions: {
            memory: functions.memory,
            logLevel: functions.logLevel,
            logRetentionDays: retention.logDays,
            logMasking: functions.logMasking,
            concurrencyQuota: functions.concurrencyQuota,
            reservedByKind: functions.reserved,
            byName: functions.byName,
            sdk: functions.sdk,
            canary: deployment.rollout === "canary",
        },
    });
}
