import { availableParallelism } from "node:os";
import type { Credentials } from "../identity/principal.ts";
import { Environment } from "./environment.ts";
import type { FunctionDefinition, LogLine } from "./function.ts";
import type { InitFailure, Invocation } from "./invocation.ts";
import {
    currentOf,
    end,
    extras,
    forget,
    handToIdle,
    invoke,
    isQueued,
    isStuck,
    makeRoom,
    type OwnPool,
    type Pool,
    progress,
} from "./pool.ts";
import { RuntimeApi } from "./runtimeApi.ts";

interface FleetSettings {
    readonly region: string;
    readonly endpointUrl: string;
    /** How many environments may exist at a time, over all functions. */
    readonly maximumEnvironments: number;
    /** How long an environment may be idle. */
    readonly idleSeconds: number;
    /** How long one may be idle that was started ahead of an invocation, and has had none. */
    readonly unusedSeconds: number;
    /** How long INIT may take. */
    readonly initSeconds: number;
    /**
     * A function starts another environment only when none that it has came free for so long, or for many times as long
     * as its invocations usually take. A cold start takes longer than most invocations and, on a small machine, the time
     * of what runs: a burst of quick ones is sooner done in turn. Only where the machine has time to spare it starts one
     * for the invocations that wait.
     */
    readonly patienceMs: number;
    /** Whether the machine has no time to spare. */
    isBusy(): boolean;
    readonly credentialsOf: (roleArn: string, session: string) => Credentials;
    readonly log: (line: LogLine) => void;
}

/** The code of a function fails before its handler is there; the message says which and how. */
export class InitError extends Error {
    override readonly name = "InitError";
}

/** INIT may fail for a reason that passes: what it asks for over the network may not answer. */
const warmingTries = 5;

/** On a busy machine, over all functions: the cloud itself has one of the processors. */
const mostExtras = Math.max(1, availableParallelism() - 1);

/** Interval at which the fleet checks whether waiting invocations need another environment. */
const growMs = 50;

/**
 * All execution environments of the machine. An invocation goes to the idle environment that was used last. Without one
 * it waits for whichever is free first, one that is busy now or a new one; to spare a small machine a function starts
 * one at a time, and only when those it has are busy for long; all functions together have no more than the limit.
 */
export class Fleet {
    readonly #settings: FleetSettings;
    readonly #runtimeApi = new RuntimeApi();
    readonly #pools = new Map<string, OwnPool>();
    readonly #sweep: NodeJS.Timeout;
    /** While invocations wait: asks again whether they need another environment. */
    #again: NodeJS.Timeout | undefined;
    #stopping: Promise<void> | undefined;

    constructor(settings: FleetSettings) {
        this.#settings = settings;
        const [idleMs, unusedMs] = [settings.idleSeconds * 1000, settings.unusedSeconds * 1000];
        const sweep = () => this.#endIdle(idleMs, unusedMs);
        this.#sweep = setInterval(sweep, Math.min(idleMs, unusedMs, 10_000)).unref();
    }

    pool(functionArn: string): Pool | undefined {
        return this.#pools.get(functionArn);
    }

    pools(): readonly Pool[] {
        return [...this.#pools.values()];
    }

    /** Adds a function, or replaces the environments of its old code and settings once they have done their work. */
    define(definition: FunctionDefinition): void {
        // A copy, so that the same definition with new code differs from the one before.
        const copy = { ...definition };
        const pool = this.#pools.get(definition.arn);
        if (pool === undefined) {
            const empty = { environments: new Set<Environment>(), idle: [], waiting: [] };
            const fresh = { definition: copy, coldStarts: 0, initTimedOut: false };
            const unknown = {
                progressAt: 0,
                usualMs: undefined,
                queuedAt: 0,
                works: new Map(),
                warming: undefined,
            };
            this.#pools.set(definition.arn, { ...empty, ...fresh, ...unknown });
            return;
        }
        pool.definition = copy;
        pool.initTimedOut = false;
        const wasUsed = pool.environments.size > 0;
        for (const environment of pool.environments) if (environment.state !== "busy") end(pool, environment);
        this.#grow();
        // The next request does not wait for INIT. Why that fails is in the function's log.
        if (wasUsed) this.warm(definition.arn).catch(() => undefined);
    }

    run(functionArn: string, invocation: Invocation): void {
        const pool = this.#pools.get(functionArn);
        if (pool === undefined || this.#stopping !== undefined) {
            invocation.abandon();
            return;
        }
        if (handToIdle(pool, invocation)) return;
        if (pool.waiting.push(invocation) === 1) pool.queuedAt = performance.now();
        this.#grow();
    }

    /**
     * Starts a function's first environment, if there is room for it, and resolves when the function has one that is
     * initialised.
     * @throws InitError when INIT has failed time after time
     */
    async warm(functionArn: string): Promise<void> {
        const pool = this.#pools.get(functionArn);
        if (pool === undefined || this.#stopping !== undefined) return;
        const environments = currentOf(pool);
        if (environments.some(({ state }) => state === "idle" || state === "busy")) return;
        if (environments.length === 0 && this.#size() >= this.#settings.maximumEnvironments) return;
        if (environments.length === 0) this.#start(pool);
        pool.warming ??= { ...Promise.withResolvers<void>(), failures: 0 };
        await pool.warming.promise;
    }

    /** An environment of a function that is being warmed has ended before any was initialised. */
    #warmAgain(pool: OwnPool, failure: InitFailure | undefined): void {
        const { warming, definition } = pool;
        if (warming === undefined) return;
        if (failure !== undefined) warming.failures += 1;
        if (this.#stopping !== undefined || (failure !== undefined && warming.failures >= warmingTries)) {
            pool.warming = undefined;
            const reason = failure === undefined ? "the cloud stops" : failure.answerTo("INIT").payload;
            warming.reject(new InitError(`the function ${definition.name} does not initialise: ${reason}`));
        } else if (currentOf(pool).length === 0) {
            this.#start(pool);
        }
    }

    /** Lets running invocations end, within their own time-outs, and abandons those that wait; resolves when all is gone. */
    stop(): Promise<void> {
        this.#stopping ??= this.#stop();
        return this.#stopping;
    }

    async #stop(): Promise<void> {
        clearInterval(this.#sweep);
        clearTimeout(this.#again);
        const pools = [...this.#pools.values()];
        for (const { waiting } of pools) for (const invocation of waiting.splice(0)) invocation.abandon();
        const environments = pools.flatMap((pool) => [...pool.environments]);
        // Those that are busy end when they are freed.
        for (const environment of environments) if (environment.state !== "busy") environment.end();
        await Promise.all(environments.map(({ gone }) => gone));
        await this.#runtimeApi.close();
    }

    /** Starts what waiting invocations need and the limit allows. */
    #grow(): void {
        if (this.#stopping !== undefined) return;
        const isBusy = this.#settings.isBusy();
        const pools = [...this.#pools.values()];
        const short = pools.filter(
            (pool) =>
                pool.waiting.length > 0 && (isStuck(pool, this.#settings.patienceMs) || (!isBusy && isQueued(pool))),
        );
        short.sort((one, other) => one.environments.size - other.environments.size);
        for (const pool of short) {
            // What waits for something else than a processor leaves the machine idle.
            const takesTurns = isBusy && pool.environments.size > 0 && extras(pools) >= mostExtras;
            if (takesTurns || this.#size() >= this.#settings.maximumEnvironments) makeRoom(pools, pool);
            else this.#start(pool);
        }
        if (this.#again === undefined && pools.some((pool) => pool.waiting.length > 0)) {
            this.#again = setTimeout(
                () => {
                    this.#again = undefined;
                    this.#grow();
                },
                Math.min(this.#settings.patienceMs, growMs),
            );
        }
    }

    #start(pool: OwnPool): void {
        const { definition } = pool;
        pool.queuedAt = performance.now();
        const { region, endpointUrl, credentialsOf, log } = this.#settings;
        // An INIT that takes too long is repeated within the invocation, which then is its limit:
        // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib
        const initSeconds = pool.initTimedOut ? definition.timeoutSeconds : this.#settings.initSeconds;
        const environment = new Environment(
            definition,
            {
                initialised: () => {
                    pool.coldStarts += 1;
                    pool.initTimedOut = false;
                    pool.warming?.resolve();
                    pool.warming = undefined;
                    this.#freed(pool, environment);
                },
                freed: () => this.#freed(pool, environment),
                ended: (initFailure, undone) => this.#ended(pool, environment, initFailure, undone),
            },
            {
                region,
                endpointUrl,
                credentials: credentialsOf(definition.roleArn, definition.name),
                runtimeApi: this.#runtimeApi,
                initSeconds,
                log,
            },
        );
        pool.environments.add(environment);
    }

    #freed(pool: OwnPool, environment: Environment): void {
        const isStopping = this.#stopping !== undefined;
        if (
            isStopping ||
            environment.definition !== pool.definition ||
            (pool.environments.size > 1 && this.#othersStarve())
        ) {
            environment.end();
            return;
        }
        progress(pool, environment);
        const next = pool.waiting.shift();
        if (next !== undefined) invoke(pool, environment, next);
        else pool.idle.push(environment);
        this.#grow();
    }

    /** Whether a function waits for its first environment and the limit leaves no room for it. */
    #othersStarve(): boolean {
        if (this.#size() < this.#settings.maximumEnvironments) return false;
        return [...this.#pools.values()].some((pool) => pool.waiting.length > 0 && pool.environments.size === 0);
    }

    #ended(
        pool: OwnPool,
        environment: Environment,
        failure: InitFailure | undefined,
        undone: Invocation | undefined,
    ): void {
        pool.environments.delete(environment);
        pool.works.delete(environment);
        forget(pool, environment);
        if (undone !== undefined) {
            if (this.#stopping !== undefined) undone.abandon();
            else if (!handToIdle(pool, undone)) pool.waiting.unshift(undone);
        }
        if (failure !== undefined && environment.definition === pool.definition) {
            pool.initTimedOut = failure.kind === "timeout" && !pool.initTimedOut;
            if (!pool.initTimedOut) {
                const first = pool.waiting.shift();
                first?.finish(failure.answerTo(first.requestId), 0);
            }
        }
        this.#grow();
        this.#warmAgain(pool, failure);
    }

    #endIdle(idleMs: number, unusedMs: number): void {
        const now = performance.now();
        for (const pool of this.#pools.values()) {
            for (const environment of [...pool.idle]) {
                const { idleSince, isUsed } = environment;
                if (now - idleSince > (isUsed ? idleMs : unusedMs)) end(pool, environment);
            }
        }
    }

    #size(): number {
        let size = 0;
        for (const { environments } of this.#pools.values()) size += environments.size;
        return size;
    }
}
