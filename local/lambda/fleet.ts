import type { Credentials } from "../identity/principal.ts";
import { Environment, type InitFailure, type Invocation } from "./environment.ts";
import type { FunctionDefinition, LogLine } from "./function.ts";
import { RuntimeApi } from "./runtimeApi.ts";

export interface FleetSettings {
    readonly region: string;
    readonly endpointUrl: string;
    /** How many environments may exist at a time, over all functions. */
    readonly maximumEnvironments: number;
    /** How long an environment may be idle. */
    readonly idleSeconds: number;
    /** How long INIT may take. */
    readonly initSeconds: number;
    /**
     * A function starts another environment only when none that it has came free for so long. A cold start takes longer
     * than most invocations and, on a small machine, the time of what runs: a burst of quick ones is sooner done in turn.
     */
    readonly patienceMs: number;
    readonly credentialsOf: (roleArn: string, session: string) => Credentials;
    readonly log: (line: LogLine) => void;
}

/** The environments of one function, and the invocations that none of them has taken yet. */
export interface Pool {
    readonly definition: FunctionDefinition;
    readonly environments: ReadonlySet<Environment>;
    readonly waiting: readonly Invocation[];
    readonly coldStarts: number;
}

interface OwnPool extends Pool {
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
}

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
        const idleMs = settings.idleSeconds * 1000;
        this.#sweep = setInterval(() => this.#endIdle(idleMs), Math.min(idleMs, 10_000)).unref();
    }

    pool(functionArn: string): Pool | undefined {
        return this.#pools.get(functionArn);
    }

    pools(): readonly Pool[] {
        return [...this.#pools.values()];
    }

    /** Adds a function, or replaces the environments of its old code and settings once they have done their work. */
    define(definition: FunctionDefinition): void {
        // A copy, so that the same definition with new code behind it is told from the one before.
        const copy = { ...definition };
        const pool = this.#pools.get(definition.arn);
        if (pool === undefined) {
            const empty = { environments: new Set<Environment>(), idle: [], waiting: [] };
            const fresh = { definition: copy, coldStarts: 0, initTimedOut: false, progressAt: 0 };
            this.#pools.set(definition.arn, { ...empty, ...fresh });
            return;
        }
        pool.definition = copy;
        pool.initTimedOut = false;
        for (const environment of pool.environments) if (environment.state !== "busy") end(pool, environment);
        this.#grow();
    }

    run(functionArn: string, invocation: Invocation): void {
        const pool = this.#pools.get(functionArn);
        if (pool === undefined || this.#stopping !== undefined) {
            invocation.abandon();
            return;
        }
        if (handToIdle(pool, invocation)) return;
        pool.waiting.push(invocation);
        this.#grow();
    }

    /** Starts a function's first environment, if there is room for it. */
    warm(functionArn: string): void {
        const pool = this.#pools.get(functionArn);
        if (pool === undefined || this.#stopping !== undefined || pool.environments.size > 0) return;
        if (this.#size() < this.#settings.maximumEnvironments) this.#start(pool);
    }

    /** Ends every environment and abandons what they do; resolves when the last process is gone. */
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
        for (const environment of environments) environment.end();
        await Promise.all(environments.map(({ gone }) => gone));
        await this.#runtimeApi.close();
    }

    /** Starts what waiting invocations need and the limit allows. */
    #grow(): void {
        if (this.#stopping !== undefined) return;
        const short = [...this.#pools.values()].filter(
            (pool) => pool.waiting.length > 0 && isStuck(pool, this.#settings.patienceMs),
        );
        short.sort((one, other) => one.environments.size - other.environments.size);
        for (const pool of short) {
            if (this.#size() < this.#settings.maximumEnvironments) this.#start(pool);
            else this.#makeRoom(pool);
        }
        if (this.#again === undefined && [...this.#pools.values()].some((pool) => pool.waiting.length > 0)) {
            this.#again = setTimeout(() => {
                this.#again = undefined;
                this.#grow();
            }, this.#settings.patienceMs);
        }
    }

    /** Ends the environment that was idle for longest; another function's only one just for a function that has none. */
    #makeRoom(needy: OwnPool): void {
        const pools = [...this.#pools.values()];
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

    #start(pool: OwnPool): void {
        const { definition } = pool;
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
        if (environment.definition !== pool.definition || (pool.environments.size > 1 && this.#othersStarve())) {
            environment.end();
            return;
        }
        pool.progressAt = performance.now();
        const next = pool.waiting.shift();
        if (next !== undefined) environment.invoke(next);
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
    }

    #endIdle(idleMs: number): void {
        const idleBefore = performance.now() - idleMs;
        for (const pool of this.#pools.values()) {
            for (const environment of [...pool.idle]) {
                if (environment.idleSince < idleBefore) end(pool, environment);
            }
        }
    }

    #size(): number {
        let size = 0;
        for (const { environments } of this.#pools.values()) size += environments.size;
        return size;
    }
}

/** Whether nothing but a new environment will help those who wait. */
function isStuck({ environments, progressAt }: OwnPool, patienceMs: number): boolean {
    const states = [...environments].map(({ state }) => state);
    if (states.includes("starting")) return false;
    return !states.includes("busy") || performance.now() - progressAt >= patienceMs;
}

function handToIdle(pool: OwnPool, invocation: Invocation): boolean {
    const environment = pool.idle.pop();
    if (environment !== undefined) pool.progressAt = performance.now();
    environment?.invoke(invocation);
    return environment !== undefined;
}

function end(pool: OwnPool, environment: Environment): void {
    forget(pool, environment);
    environment.end();
}

function forget(pool: OwnPool, environment: Environment): void {
    const position = pool.idle.indexOf(environment);
    if (position >= 0) pool.idle.splice(position, 1);
}
