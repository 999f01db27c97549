import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { bundleOf, keepRun, type Ran } from "./bundles.ts";

export interface Invocation {
    readonly id: number;
    readonly event: unknown;
    readonly remainingMs: number;
}
export type Outcome =
    | { readonly ready: true }
    | { readonly ran: readonly Ran[] }
    | { readonly id: number; readonly result: unknown }
    | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };

/** What the callback threw. */
export class FunctionError extends Error {
    constructor({ name, message }: { readonly name: string; readonly message: string }) {
        super(message);
        this.name = name;
    }
}

/** A line of the function's log. */
export type LogLine = Readonly<Record<string, unknown>>;

/**
 * A callback in a process of its own, as Lambda runs it: with its environment and nothing else, and with a log. What is
 * not JSON in the log is kept as `{text}`.
 */
export class RunningFunction {
    readonly log: LogLine[] = [];
    readonly #child: ChildProcess;
    /** Whether it is a callback's bundle, and no other file. */
    readonly #isDeployed: boolean;
    readonly #ran = Promise.withResolvers<readonly Ran[]>();
    readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
    readonly #logged = new Map<number, PromiseWithResolvers<void>>();
    #count = 0;

    private constructor(child: ChildProcess, isDeployed: boolean) {
        this.#child = child;
        this.#isDeployed = isDeployed;
        for (const stream of [child.stdout, child.stderr]) {
            if (stream) createInterface(stream).on("line", (text) => this.#line(parse(text)));
        }
        child.on("message", (outcome: Outcome) => this.#settle(outcome));
        child.on("exit", () => {
            for (const waiting of this.#waiting.values()) waiting.reject(new Error("the function's process ended"));
            for (const logged of this.#logged.values()) logged.resolve();
        });
    }

    /** @param entry the callback's file below `runtime/` without its ending: its bundle runs. Or the path of a bundle. */
    static async start(entry: string, environment: Readonly<Record<string, string>>): Promise<RunningFunction> {
        const isFile = entry.endsWith(".mjs");
        const file = isFile ? entry : await bundleOf(entry);
        const child = fork(join(import.meta.dirname, "host.js"), [file], {
            env: environment,
            stdio: ["ignore", "pipe", "pipe", "ipc"],
            execArgv: ["--disable-warning=ExperimentalWarning"],
        });
        const running = new RunningFunction(child, !isFile);
        const started = await Promise.race([once(child, "message"), once(child, "exit").then(() => undefined)]);
        if (started === undefined) throw new Error(`${entry} did not start:\n${running.text()}`);
        return running;
    }

    /** Invokes the callback; what it logged is in the log afterwards. Throws FunctionError when it throws. */
    async invoke(event: unknown, { remainingMs = 10_000 } = {}): Promise<unknown> {
        const invocation: Invocation = { id: ++this.#count, event, remainingMs };
        const waiting = Promise.withResolvers<unknown>();
        const logged = Promise.withResolvers<void>();
        this.#waiting.set(invocation.id, waiting);
        this.#logged.set(invocation.id, logged);
        this.#child.send(invocation);
        // The log comes by another pipe than the result.
        return await waiting.promise.finally(() => logged.promise);
    }

    /** The whole log as text. */
    text(): string {
        return this.log.map((line) => JSON.stringify(line)).join("\n");
    }

    /** Ends the process after it has reported which parts of its bundle ran. */
    async stop(): Promise<void> {
        if (this.#hasEnded) return;
        if (this.#isDeployed) {
            this.#child.send("what ran");
            await keepRun(await Promise.race([this.#ran.promise, once(this.#child, "exit").then(() => [])]));
        }
        await this.kill();
    }

    /** Ends the process at once, as when Lambda takes an environment away. */
    async kill(): Promise<void> {
        if (this.#hasEnded) return;
        const ended = once(this.#child, "exit");
        this.#child.kill("SIGKILL");
        await ended;
    }

    get #hasEnded(): boolean {
        return this.#child.exitCode !== null || this.#child.signalCode !== null;
    }

    #line(line: LogLine): void {
        const { ended } = line;
        if (typeof ended !== "number") {
            this.log.push(line);
            return;
        }
        this.#logged.get(ended)?.resolve();
        this.#logged.delete(ended);
    }

    #settle(outcome: Outcome): void {
        if ("ready" in outcome) return;
        if ("ran" in outcome) {
            this.#ran.resolve(outcome.ran);
            return;
        }
        const waiting = this.#waiting.get(outcome.id);
        this.#waiting.delete(outcome.id);
        if ("error" in outcome) waiting?.reject(new FunctionError(outcome.error));
        else waiting?.resolve(outcome.result);
    }
}

function parse(line: string): LogLine {
    try {
        return JSON.parse(line);
    } catch {
        return { text: line };
    }
}
