import type { Context } from "./context.ts";

/**
 * The physical name of something that other systems know by name: the seed name and the environment, so that several
 * environments can live in one account. Everything else is named by Pulumi.
 */
export const named = (seed: string, { environment }: Pick<Context, "environment">): string => `${seed}-${environment}`;
