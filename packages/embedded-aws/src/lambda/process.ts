import type { Ending } from "./platformLines.ts";
import type { Answer } from "./runtimeApi.ts";

/** V8's share of the memory setting, as Lambda's Node.js runtime divides it. */
export function heapLimits(memoryMb: number): string[] {
    return [
        `--max-semi-space-size=${Math.ceil(memoryMb * 0.05)}`,
        `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
    ];
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
