import type { LogLine } from "../lambda/function.ts";

const colours = { debug: 90, info: 36, warn: 33, error: 31, critical: 35 } as const;

/** Members of a JSON log line that the head of the printed line shows already, or that say the same on every line. */
const shown = new Set(["level", "timestamp", "service", "request_id", "requestId"]);

/** A function's log line for people: time, function, level, message, and what else it tells, the correlation id first. */
export function readableLine({ time, functionName, source, text }: LogLine, colour: boolean): string | undefined {
    const line = parsed(text);
    if (source === "platform" && line === undefined && /^(START|END|REPORT|INIT_START)/.test(text)) return undefined;
    const level = String(line?.["level"] ?? (source === "platform" ? "warn" : "info")).toLowerCase();
    const { correlationId, message, ...rest } = line ?? {};
    const members = Object.entries({ ...(correlationId !== undefined && { correlationId }), ...rest })
        .filter(([key]) => !shown.has(key))
        .map(([key, value]) => `${key}=${readable(value)}`);
    const head = [
        new Date(time).toISOString().slice(11, 23),
        functionName.padEnd(20),
        paint(level.padEnd(5), level, colour),
    ].join(" ");
    return [head, line === undefined ? text.trimEnd() : readable(message), ...members].join("  ");
}

/** A value in one piece; of an error its name and message, for the whole of it stands in `/_local/trace`. */
function readable(value: unknown): string {
    if (typeof value !== "object" || value === null) return inOneLine(String(value));
    const { name, errorType = name, message, errorMessage = message } = { ...value } as Record<string, unknown>;
    return typeof errorMessage === "string" ? inOneLine(`${errorType}: ${errorMessage}`) : JSON.stringify(value);
}

/** What clients send may end up in a log line: it must not make another one, nor move the cursor. */
function inOneLine(text: string): string {
    return text.replace(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function parsed(text: string): Record<string, unknown> | undefined {
    if (!text.startsWith("{")) return undefined;
    try {
        const line: unknown = JSON.parse(text);
        return typeof line === "object" && line !== null ? { ...line } : undefined;
    } catch {
        return undefined;
    }
}

function paint(text: string, level: string, colour: boolean): string {
    const code = level in colours ? colours[level as keyof typeof colours] : undefined;
    return colour && code !== undefined ? `\u001b[${code}m${text}\u001b[0m` : text;
}
