/** How INIT or an invocation ended. */
export type Ending =
    | { readonly status: "success" | "timeout" }
    | { readonly status: "error"; readonly errorType: string };

interface Report {
    readonly requestId: string;
    readonly durationMs: number;
    readonly memoryMb: number;
    readonly memoryUsedBytes: number;
    /** Set on the first invocation of an environment. */
    readonly initMs: number | undefined;
    readonly ending: Ending;
}

/**
 * The REPORT line: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 * INIT is billed, for managed runtimes too, since August 2025.
 */
export function reportLine({ requestId, durationMs, memoryMb, memoryUsedBytes, initMs, ending }: Report): string {
    const parts = [
        `REPORT RequestId: ${requestId}`,
        `Duration: ${durationMs.toFixed(2)} ms`,
        `Billed Duration: ${Math.ceil(durationMs + (initMs ?? 0))} ms`,
        `Memory Size: ${memoryMb} MB`,
        `Max Memory Used: ${Math.ceil(memoryUsedBytes / 2 ** 20)} MB`,
    ];
    if (initMs !== undefined) parts.push(`Init Duration: ${initMs.toFixed(2)} ms`);
    return [...parts, ...endingParts(ending)].join("\t");
}

/** The INIT_REPORT line of an INIT that failed. */
export function initReportLine(initMs: number, ending: Ending): string {
    return [`INIT_REPORT Init Duration: ${initMs.toFixed(2)} ms`, "Phase: init", ...endingParts(ending)].join("\t");
}

export function timedOutLine(requestId: string, timeoutSeconds: number): string {
    return `${new Date().toISOString()} ${requestId} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
}

function endingParts(ending: Ending): string[] {
    switch (ending.status) {
        case "success":
            return [];
        case "timeout":
            return ["Status: timeout"];
        case "error":
            return ["Status: error", `Error Type: ${ending.errorType}`];
    }
}
