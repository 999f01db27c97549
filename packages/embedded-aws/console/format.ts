/** `1.2 s`, `340 ms`, `2 min` */
export function span(ms: number): string {
    if (ms < 1) return "<1 ms";
    if (ms < 1000) return `${Math.round(ms)} ms`;
    if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
    if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
    if (ms < 86_400_000) return `${Math.round(ms / 3_600_000)} h`;
    return `${Math.round(ms / 86_400_000)} d`;
}

export function ago(time: number, now: number): string {
    const ms = now - time;
    if (ms < 5_000 && ms > -5_000) return "just now";
    return ms < 0 ? `in ${span(-ms)}` : `${span(Math.floor(ms / 1000) * 1000).replace(/\.\d+/, "")} ago`;
}

const clockFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dateFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** The time of day, with the date where it is not today. */
export function clock(time: number, now: number): string {
    const date = new Date(time);
    const isToday = new Date(now).toDateString() === date.toDateString();
    return `${isToday ? "" : `${dateFormat.format(date)} `}${clockFormat.format(date)}`;
}

export function bytes(count: number): string {
    if (count < 1024) return `${count} B`;
    return count < 1024 ** 2 ? `${(count / 1024).toFixed(1)} KB` : `${(count / 1024 ** 2).toFixed(1)} MB`;
}

/** JSON, indented; a text that is JSON as the value that it is. */
export function pretty(value: unknown): string {
    return JSON.stringify(typeof value === "string" ? parsed(value) : value, undefined, 2) ?? "";
}

/** The value of JSON, else the text itself. */
export function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** The last part of a URN or ARN. */
export const lastPart = (name: string): string => name.split(/::|[:/]/).at(-1) ?? name;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a pattern of IAM, with `*` and `?`, covers a text. */
export function covers(pattern: string, text: string): boolean {
    const escaped = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${escaped}$`, "i").test(text);
}
