import { readFileSync } from "node:fs";
import type { Ending } from "./platformLines.ts";
import type { Answer } from "./runtimeApi.ts";

/**
 * V8's old space as Lambda's Node.js runtime divides the memory setting. The young one is smaller than there: it would grow
 * in each of the many processes that share this machine, and what it frees goes to the next allocation in any case.
 */
export function heapLimits(memoryMb: number): string[] {
    return ["--max-semi-space-size=2", `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`];
}

/**
 * For how long a process's first thread, which runs its JavaScript, had or wanted a processor, in milliseconds; undefined
 * where the system has no such file.
 */
export function processorMsOf(pid: number): number | undefined {
    try {
        // Nanoseconds on a processor and in the queue for one: https://docs.kernel.org/scheduler/sched-stats.html
        const [ran = 0, queued = 0] = readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ").map(Number);
        return (ran + queued) / 1e6;
    } catch {
        return undefined;
    }
}

export function killGroup(pid: number): void {
    try {
        process.kill(-pid, "SIGKILL");
    } catch (error) {
        // Nothing of it is left; macOS says EPERM while the process is a zombie.
        const code = error instanceof Error && "code" in error ? error.code : undefined;
        if (code !== "ESRCH" && code !== "EPERM") throw error;
    }
}

export function failure(errorType: string, errorMessage: string): Answer {
    return { errorType, payload: JSON.stringify({ errorType, errorMessage }) };
}

export function endingOf({ errorType }: Answer): Ending {
    if (errorType === undefined) return { status: "success" };
    return errorType === "Sandbox.Timedout" ? { status: "timeout" } : { status: "error", errorType };
}

const signalWords: Partial<Record<NodeJS.Signals, string>> = {
    SIGABRT: "aborted",
    SIGKILL: "killed",
    SIGSEGV: "segmentation fault",
    SIGTERM: "terminated",
};

export function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
    if (signal !== null) return `Runtime exited with error: signal: ${signalWords[signal] ?? signal}`;
    if (code === 0) return "Runtime exited without providing a reason";
    return `Runtime exited with error: exit status ${code}`;
}
