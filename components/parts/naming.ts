import type { Settings } from "../settings/settings.ts";

/**
 * The physical name of something that other systems know by name: the seed name and the environment, so that several
 * environments can live in one account. Everything else is named by Pulumi.
 */
export const named = (seed: string, settings: Settings): string => `${seed}-${settings.environment}`;
