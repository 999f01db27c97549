import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { type Identifiers, identifiersIn, parsed } from "./identifiers.ts";

/** A line as the log group keeps it. */
interface RawLine {
    /** Milliseconds since 1970 */
    readonly time: number;
    readonly group: string;
    readonly text: string;
    readonly requestId: string | undefined;
}

export interface LogLine {
    readonly time: number;
    /** Function or API. */
    readonly where: string;
    readonly level: "debug" | "info" | "warn" | "error";
    readonly message: string;
    /** Name and message of the error in the line. */
    readonly error?: string;
    readonly about: Identifiers;
    readonly requestId?: string;
    /** How long the invocation took that the line reports, or the request. */
    readonly durationMs?: number;
    /** How long it waited for a new environment before: the cold start. */
    readonly initMs?: number;
    /** Whether Lambda itself reports the end of an invocation by it. */
    readonly isReport: boolean;
    readonly text: string;
}

/** Reads a line of ours (`runtime/shared/log.ts`), of Lambda's or of an API's access log. */
export function readLine({ time, group, text, requestId }: RawLine): LogLine {
    const where = group.slice(group.lastIndexOf("/") + 1);
    const line = parsed(text);
    const raw = { time, where, text };
    if (!isJsonObject(line)) return { ...raw, ...plain(text), ...(requestId !== undefined && { requestId }) };
    const id = line["request_id"] ?? line["requestId"] ?? requestId;
    const own = { ...raw, about: identifiersIn(line), ...(typeof id === "string" && { requestId: id }) };
    const { type, record, route, status, latencyMs } = line;
    if (typeof type === "string" && type.startsWith("platform.") && isJsonObject(record)) {
        return { ...own, ...platform(type, record) };
    }
    if (typeof route === "string" && status !== undefined) {
        const isBroken = Number(status) >= 500;
        const durationMs = Number(latencyMs);
        return {
            ...own,
            level: isBroken ? "error" : "info",
            message: `${route} answered ${status}`,
            isReport: false,
            ...(durationMs >= 0 && { durationMs }),
        };
    }
    const error = errorIn(line);
    return {
        ...own,
        level: levelIn(String(line["level"] ?? "info")),
        message: typeof line["message"] === "string" ? line["message"] : "",
        isReport: false,
        ...(error !== undefined && { error }),
    };
}

/** The newest line of the level error, or of a warning with an error: why something was not done. */
export const complaintIn = (lines: readonly LogLine[]): LogLine | undefined =>
    lines.findLast(({ level }) => level === "error") ??
    lines.findLast(({ level, error }) => level === "warn" && error !== undefined);

/** What a line says is wrong. */
export const complaintOf = ({ message, error }: LogLine): string =>
    [message, error].filter((part) => part !== undefined && part !== "").join(": ");

function levelIn(text: string): LogLine["level"] {
    switch (text.toLowerCase()) {
        case "trace":
        case "debug":
            return "debug";
        case "warn":
            return "warn";
        case "error":
        case "fatal":
        case "critical":
            return "error";
        default:
            return "info";
    }
}

/** Ours have it under `error`; Lambda's, of what a function throws, in the line or under `message`. */
function errorIn(line: JsonObject): string | undefined {
    for (const stack of [line["error"], line["message"], line]) {
        if (!isJsonObject(stack)) continue;
        const { name, errorType = name, errorMessage = stack === line ? undefined : stack["message"] } = stack;
        const parts = [errorType, errorMessage].filter((part) => typeof part === "string" && part !== "");
        if (typeof errorMessage === "string") return parts.join(": ");
    }
    return undefined;
}

/** Lambda's own lines in JSON: https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html */
function platform(type: string, { requestId, metrics, status }: JsonObject) {
    const measured = (name: string) => (isJsonObject(metrics) ? Number(metrics[name]) : Number.NaN);
    const [durationMs, initMs] = [measured("durationMs"), measured("initDurationMs")];
    const isReport = type === "platform.report";
    const isWrong = typeof status === "string" && status !== "success";
    return {
        level: isWrong ? ("error" as const) : ("debug" as const),
        message: isWrong ? `the invocation ended with ${status}` : type,
        isReport,
        ...(typeof requestId === "string" && { requestId }),
        ...(isReport && durationMs >= 0 && { durationMs }),
        ...(isReport && initMs >= 0 && { initMs }),
    };
}

/** The same as text. */
function plain(text: string) {
    const [, requestId] = /RequestId: ([\w-]+)/.exec(text) ?? [];
    const [, duration] = /^REPORT .*?\tDuration: ([\d.]+) ms/.exec(text) ?? [];
    const [, init] = /^REPORT .*?\tInit Duration: ([\d.]+) ms/.exec(text) ?? [];
    const isWrong = /Task timed out|\tStatus: (timeout|error)|Runtime\.\w+$/.test(text);
    const isPlatform = /^(START|END|REPORT|INIT_START|INIT_REPORT) /.test(text);
    return {
        level: isWrong ? ("error" as const) : isPlatform ? ("debug" as const) : ("info" as const),
        message: text,
        about: {},
        isReport: duration !== undefined,
        ...(requestId !== undefined && { requestId }),
        ...(duration !== undefined && { durationMs: Number(duration) }),
        ...(init !== undefined && { initMs: Number(init) }),
    };
}
