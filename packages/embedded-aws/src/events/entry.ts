import { AwsError } from "../aws/call.ts";
import { type Input, isInput, partsOf, textOf, textsOf } from "../aws/input.ts";
import { account } from "../aws/service.ts";

/** An event as rules see it and targets get it: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface EventEnvelope {
    readonly version: "0";
    readonly id: string;
    readonly "detail-type": string;
    readonly source: string;
    readonly account: string;
    /** ISO 8601 in whole seconds. */
    readonly time: string;
    readonly region: string;
    readonly resources: readonly string[];
    readonly detail: Readonly<Record<string, unknown>>;
}

/** What PutEvents answers for an entry that it does not take. */
interface FailedEntry {
    readonly ErrorCode: string;
    readonly ErrorMessage: string;
}

const entryLimit = 10;
const sizeLimit = 1024 * 1024;
const detailTypeLimit = 128;
const sourceLimit = 256;
const traceHeaderLimit = 500;

/** The entries of a PutEvents request. @throws AwsError ValidationException when the request as a whole is refused. */
export function entriesOf(input: Input): readonly Input[] {
    const entries = partsOf(input, "Entries");
    if (entries.length === 0) throw invalid("at 'entries' failed to satisfy constraint: Member must not be empty");
    if (entries.length > entryLimit) {
        throw invalid(
            `at 'entries' failed to satisfy constraint: Member must have length less than or equal to ${entryLimit}`,
        );
    }
    if (entries.some((entry) => (textOf(entry, "TraceHeader")?.length ?? 1) > traceHeaderLimit)) {
        const rule = `Member must have length less than or equal to ${traceHeaderLimit}`;
        throw invalid(`at 'entries.member.traceHeader' failed to satisfy constraint: ${rule}`);
    }
    const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (size > sizeLimit) {
        throw new AwsError("ValidationException", "Total size of the entries in the request is over the limit.");
    }
    return entries;
}

function invalid(what: string): AwsError {
    return new AwsError("ValidationException", `1 validation error detected: Value ${what}`);
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function sizeOf(entry: Input): number {
    const texts = ["Source", "DetailType", "Detail"].map((name) => textOf(entry, name) ?? "");
    const time = entry["Time"] === undefined ? 0 : 14;
    return [...texts, ...textsOf(entry, "Resources")].reduce((sum, text) => sum + Buffer.byteLength(text), time);
}

/** Makes the event of an entry, or says why it is not taken. */
export function envelopeOf(entry: Input, id: string, region: string, now: Date): EventEnvelope | FailedEntry {
    const source = textOf(entry, "Source");
    const detailType = textOf(entry, "DetailType");
    const detailText = textOf(entry, "Detail");
    if (!source) return missing("Source");
    if (!detailType) return missing("DetailType");
    if (!detailText) return missing("Detail");
    if (detailType.length > detailTypeLimit) {
        const ErrorMessage = `Parameter DetailType is not valid. Reason: it is longer than ${detailTypeLimit} characters.`;
        return { ErrorCode: "InvalidArgument", ErrorMessage };
    }
    if (source.length > sourceLimit) {
        const ErrorMessage = `Parameter Source is not valid. Reason: it is longer than ${sourceLimit} characters.`;
        return { ErrorCode: "InvalidArgument", ErrorMessage };
    }
    if (source.startsWith("aws.")) {
        return { ErrorCode: "NotAuthorizedForSource", ErrorMessage: "Not authorized for the source." };
    }
    const detail = jsonObject(detailText);
    if (detail === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
    return {
        version: "0",
        id,
        "detail-type": detailType,
        source,
        account,
        time: timeOf(entry["Time"], now)
            .toISOString()
            .replace(/\.\d+Z$/, "Z"),
        region,
        resources: textsOf(entry, "Resources"),
        detail,
    };
}

function missing(name: string): FailedEntry {
    const ErrorMessage = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
    return { ErrorCode: "InvalidArgument", ErrorMessage };
}

function jsonObject(text: string): Input | undefined {
    try {
        const value: unknown = JSON.parse(text);
        return isInput(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

/** Seconds since the epoch, as the protocol has it, or ISO 8601. */
function timeOf(given: unknown, now: Date): Date {
    const time = typeof given === "number" ? new Date(given * 1000) : typeof given === "string" ? new Date(given) : now;
    return Number.isNaN(time.getTime()) ? now : time;
}
