import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A storage engine did not start, or ended while it was needed. */
export class EngineError extends Error {
    override readonly name = "EngineError";
}

/** A storage engine: where it listens, and how it ends. */
export interface Engine {
    /** `http://127.0.0.1:<port>` */
    readonly origin: string;
    /** Undefined when the engine is not run by this process. */
    readonly processId: number | undefined;
    /** Ends the engine; resolves when it is gone. */
    stop(): Promise<void>;
}

interface EngineProgram {
    /** As its user knows it: "DynamoDB (Dynoxide)". */
    readonly title: string;
    readonly program: string;
    readonly arguments: readonly string[];
    /** Resolves with the origin once the engine answers; rejects when the attempt is hopeless. */
    ready(child: ChildProcess): Promise<string>;
    /** Called once, when the engine ends by itself. */
    onDeath(failure: EngineError): void;
}

const ownGroup = process.platform !== "win32";
const startLimitMs = 15_000;
const rememberedOutput = 2_000;

/** Starts an engine as a child process that dies with this one. @throws EngineError when it does not come up. */
export async function startEngine(engine: EngineProgram): Promise<Engine> {
    const child = spawn(engine.program, engine.arguments, {
        stdio: ["pipe", "pipe", "pipe"],
        // A process group of its own: Ctrl-C reaches only this process, which stops the engines when it needs them no more.
        detached: ownGroup,
    });
    let output = "";
    const remember = (text: Buffer) => {
        output = (output + text.toString()).slice(-rememberedOutput);
    };
    child.stdout.on("data", remember);
    child.stderr.on("data", remember);
    // The pipe is held open, never written to: its end tells the child that this process is gone.
    child.stdin.on("error", () => {});

    let state: "starting" | "running" | "stopping" = "starting";
    const gone = new Promise<string>((resolve) => {
        child.on("error", (error) => resolve(error.message));
        child.on("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
    });
    const failure = (reason: string) =>
        new EngineError(`${engine.title} ${reason}${output.trim() === "" ? "" : `\n${output.trim()}`}`);
    const stop = async () => {
        state = "stopping";
        child.kill("SIGTERM");
        await gone;
    };
    void gone.then((how) => {
        if (state !== "running") return;
        endGroup(child);
        engine.onDeath(failure(`ended unexpectedly (${how})`));
    });

    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(failure(`did not answer within ${startLimitMs / 1000} s`)), startLimitMs);
    });
    try {
        const died = gone.then((how) => {
            throw failure(`did not start (${how})`);
        });
        const origin = await Promise.race([engine.ready(child), died, tooLate]);
        state = "running";
        return { origin, processId: child.pid, stop };
    } catch (error) {
        await stop();
        throw error instanceof EngineError ? error : failure(`did not start: ${String(error)}`);
    } finally {
        clearTimeout(timer);
    }
}

/** What a killed engine process had started itself. */
function endGroup(child: ChildProcess): void {
    if (!ownGroup || child.pid === undefined) return;
    try {
        process.kill(-child.pid, "SIGKILL");
    } catch {
        // Nothing is left of the group.
    }
}

/** Path of a script beside this file. */
export function scriptPath(name: string): string {
    return fileURLToPath(new URL(name, import.meta.url));
}
