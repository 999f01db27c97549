import type { FunctionDefaults, Kind } from "./context.ts";

/** What decides how many executions at a time a function gets. */
interface Demand {
    /** Name of the function before the environment. */
    readonly functionName: string;
    /** @default the function has no kind that executions are reserved for */
    readonly kind: Kind | undefined;
    /** What its component asks for. @default nothing */
    readonly asked: number | undefined;
}

/** Executions taken out of the account's pool for a function; undefined where it shares in what is left. */
export const reserveOf = (
    { functionName, kind, asked }: Demand,
    { byName, reservedByKind }: FunctionDefaults,
): number | undefined => byName[functionName]?.reserved ?? asked ?? (kind && reservedByKind[kind]);

/** Executions that a function takes of the account's quota although it does not run. */
export const claimOf = (
    { functionName, reserve }: { readonly functionName: string; readonly reserve: number | undefined },
    { byName }: Pick<FunctionDefaults, "byName">,
): number => reserve ?? byName[functionName]?.provisioned ?? 0;

/** What AWS takes as a queue's maximum concurrency ("Configuring maximum concurrency for Amazon SQS event sources"). */
export const pollers = { fewest: 2, most: 1000 };

/** How much of the account's quota one queue without a reserve may take: seven of them leave more than half of it. */
const share = (quota: number) => Math.floor(quota / 20);

/**
 * Batches of a queue that are worked on at a time: no more than the function's reserve, above which Lambda would receive
 * messages and be turned away, which counts as a try of theirs.
 * @param asked what the source asks for
 */
export function concurrencyOf(asked: number | undefined, reserve: number | undefined, quota: number): number {
    const limit = reserve ?? share(quota);
    return Math.max(pollers.fewest, Math.min(pollers.most, asked ?? limit, limit));
}

/**
 * Receives before the dead-letter queue. Five, as AWS advises, where the quota is too small for the queues' fewest batches:
 * there functions are throttled in normal work, and tries that never reached one count, too.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const receivesOf = ({ maxReceives, concurrencyQuota }: FunctionDefaults): number =>
    share(concurrencyQuota) < pollers.fewest ? Math.max(5, maxReceives) : maxReceives;
