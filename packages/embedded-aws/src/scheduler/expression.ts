import { AwsError } from "../aws/call.ts";

/** When a schedule is due: once, or again and again. */
export type Expression =
    /** Milliseconds since the epoch. */
    { readonly kind: "at"; readonly time: number } | { readonly kind: "rate"; readonly seconds: number };

const units = { minute: 60, hour: 3600, day: 86_400 } as const;

/**
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * Throws AwsError ValidationException, also for what AWS has and this cloud does not: cron, and time zones but UTC.
 */
export function parseExpression(text: string, timezone = "UTC"): Expression {
    const at = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/.exec(text)?.[1];
    if (at !== undefined) {
        const time = Date.parse(`${at}Z`);
        // A day that its month does not have is taken for one of the next month.
        if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(at)) throw invalid(text);
        if (timezone !== "UTC") throw unsupported(`the time zone ${timezone}, only UTC`);
        return { kind: "at", time };
    }
    const [, value = "", unit = ""] = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(text) ?? [];
    if (isUnit(unit)) return { kind: "rate", seconds: Number(value) * units[unit] };
    if (text.startsWith("cron(")) throw unsupported("cron expressions");
    throw invalid(text);
}

const isUnit = (text: string): text is keyof typeof units => Object.hasOwn(units, text);

const invalid = (text: string) => new AwsError("ValidationException", `Invalid Schedule Expression ${text}.`);

export const unsupported = (what: string) =>
    new AwsError("ValidationException", `The embedded cloud's Scheduler has not ${what}.`);
