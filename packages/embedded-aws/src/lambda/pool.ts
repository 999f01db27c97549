import type { Environment } from "./environment.ts";
import type { FunctionDefinition } from "./function.ts";
import type { Invocation } from "./invocation.ts";

/** The environments of one function, and the invocations that none of them has taken yet. */
export interface Pool {
    readonly definition: FunctionDefinition;
    readonly environments: ReadonlySet<Environment>;
    readonly waiting: readonly Invocation[];
    readonly coldStarts: number;
}

export interface OwnPool extends Pool {
    definition: FunctionDefinition;
    readonly environments: Set<Environment>;
    readonly waiting: Invocation[];
    coldStarts: number;
    /** The most recently used last. */
    readonly idle: Environment[];
    /** INIT of the last environment took too long. */
    initTimedOut: boolean;
    /** When one of its environments last took or finished an invocation; of the clock of `performance`. */
    progressAt: number;
    /** What those are doing that are busy. */
    readonly works: Map<Environment, Work>;
    /** How long its invocations take; of late counts most. */
    usualMs: number | undefined;
    /** When the queue began to wait, or when an environment was last started for it. */
    queuedAt: number;
    /** While it is to have a first environment that is initialised. */
    warming: (PromiseWithResolvers<void> & { failures: number }) | undefined;
}

/** What a busy environment does. Times of the clock of `performance`, in milliseconds. */
interface Work {
    readonly since: number;
    /** When it was last looked at, and for how long the environment had or wanted a processor until then. */
    lookedAt: number;
    processorMs: number | undefined;
    /** Whether it has waited for something else than a processor. */
    isWaiting: boolean;
}

/** An environment that has or wants a processor for less of the time between two looks waits for something else. */
const waiting = { lookMs: 500, share: 0.1 } as const;

/** An invocation that takes so many times as long as usual, and no less than that, does not end soon. */
const unusual = { times: 4, atLeastMs: 150 } as const;
/** What another environment is started for although those there are make progress. */
const spare = { waitedMs: 1000, environments: 4 } as const;

/** The environments of the function's code and settings as they are now; those of earlier ones take nothing more. */
export const currentOf = ({ environments, definition }: Pool): Environment[] =>
    [...environments].filter((environment) => environment.definition === definition);

/** Whether only a new environment can take the waiting invocations. */
export function isStuck(pool: OwnPool, patienceMs: number): boolean {
    const { progressAt, usualMs } = pool;
    const states = currentOf(pool).map(({ state }) => state);
    if (states.includes("starting")) return false;
    const limit = usualMs === undefined ? patienceMs : Math.max(unusual.atLeastMs, unusual.times * usualMs);
    return !states.includes("busy") || performance.now() - progressAt >= Math.min(patienceMs, limit);
}

/** Whether invocations have waited long enough for another environment, and one more is allowed. */
export function isQueued(pool: OwnPool): boolean {
    const { environments, queuedAt } = pool;
    if (currentOf(pool).some(({ state }) => state === "starting")) return false;
    return environments.size < spare.environments && performance.now() - queuedAt >= spare.waitedMs;
}

/** How many environments there are beyond the first of each function, without those that only wait. */
export const extras = (pools: readonly OwnPool[]): number =>
    pools.reduce((sum, pool) => {
        const waits = [...pool.works].filter(([environment, work]) => isWaiting(environment, work)).length;
        return sum + Math.max(0, pool.environments.size - waits - 1);
    }, 0);

/** Where the machine does not tell these times, all count as working. */
function isWaiting(environment: Environment, work: Work): boolean {
    const now = performance.now();
    const sinceLook = now - work.lookedAt;
    if (sinceLook < waiting.lookMs) return work.isWaiting;
    const { processorMs } = environment;
    const used = (processorMs ?? Number.NaN) - (work.processorMs ?? Number.NaN);
    work.isWaiting = used < waiting.share * sinceLook;
    work.lookedAt = now;
    work.processorMs = processorMs;
    return work.isWaiting;
}

/** Ends the environment that was idle for longest; another function's only one just for a function that has none. */
export function makeRoom(pools: readonly OwnPool[], needy: OwnPool): void {
    if (pools.some(({ environments }) => [...environments].some(({ state }) => state === "ending"))) return;
    const spared = needy.environments.size === 0 ? 0 : 1;
    const candidates = pools.flatMap((pool) => {
        const [longest] = pool.idle;
        return longest !== undefined && pool.environments.size > spared ? [{ pool, longest }] : [];
    });
    candidates.sort((one, other) => one.longest.idleSince - other.longest.idleSince);
    const [victim] = candidates;
    if (victim !== undefined) end(victim.pool, victim.longest);
}

export function handToIdle(pool: OwnPool, invocation: Invocation): boolean {
    const environment = pool.idle.pop();
    if (environment === undefined) return false;
    invoke(pool, environment, invocation);
    return true;
}

export function invoke(pool: OwnPool, environment: Environment, invocation: Invocation): void {
    pool.progressAt = performance.now();
    const now = pool.progressAt;
    pool.works.set(environment, { since: now, lookedAt: now, processorMs: undefined, isWaiting: false });
    environment.invoke(invocation);
}

/** An environment has come free. */
export function progress(pool: OwnPool, environment: Environment): void {
    pool.progressAt = performance.now();
    const work = pool.works.get(environment);
    pool.works.delete(environment);
    // A new one was not busy yet.
    if (work === undefined) return;
    const tookMs = pool.progressAt - work.since;
    // A single one that waited for long says little about the others.
    pool.usualMs = pool.usualMs === undefined ? tookMs : 0.9 * pool.usualMs + 0.1 * Math.min(tookMs, 2 * pool.usualMs);
}

export function end(pool: OwnPool, environment: Environment): void {
    forget(pool, environment);
    environment.end();
}

export function forget(pool: OwnPool, environment: Environment): void {
    const position = pool.idle.indexOf(environment);
    if (position >= 0) pool.idle.splice(position, 1);
}
