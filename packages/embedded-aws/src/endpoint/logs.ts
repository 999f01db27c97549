import { randomUUID } from "node:crypto";
import { AwsError } from "../aws/call.ts";
import { type Input, numberOf, partsOf, textOf, textsOf } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import { type AwsService, account } from "../aws/service.ts";
import type { TraceEntry, TraceStore } from "../trace.ts";
import { type Found, parseLogsQuery } from "./logsQuery.ts";
import { queriedGroups } from "./resources.ts";

/** The queries kept; the one whose results were read the longest ago is dropped first. */
const queriesKept = 100;
const groupsOfQuery = 50;
const resultLimit = 10_000;
const eventLimit = 10_000;

/** CloudWatch Logs: log events are lines of the trace, and Logs Insights looks through them. */
export class Logs implements AwsService {
    readonly #trace: TraceStore;
    readonly #groups: () => readonly string[];
    readonly #region: string;
    /** Two lines may be the same in all that they say. */
    readonly #ids = new WeakMap<TraceEntry, string>();
    readonly #results = new Map<string, object>();

    /** @param groups names of the log groups that exist. */
    constructor(trace: TraceStore, region: string, groups: () => readonly string[]) {
        this.#trace = trace;
        this.#region = region;
        this.#groups = groups;
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        switch (action) {
            case "CreateLogStream":
                return {};
            case "PutLogEvents":
                return this.#put(input);
            case "DescribeLogGroups":
                return this.#describe(input);
            case "DescribeLogStreams":
                return this.#streams(input);
            case "FilterLogEvents":
                return this.#filter(input);
            case "GetLogEvents":
                return this.#get(input);
            case "StartQuery":
                return { queryId: this.#query(input) };
            case "GetQueryResults": {
                const results = this.#results.get(textOf(input, "queryId") ?? "");
                if (results === undefined) throw new AwsError("ResourceNotFoundException", "The query does not exist.");
                return { ...results };
            }
            default:
                throw noOperation("logs", action);
        }
    }

    #put(input: Input): Record<string, unknown> {
        const [logGroup, logStream] = [textOf(input, "logGroupName") ?? "", textOf(input, "logStreamName") ?? ""];
        for (const event of partsOf(input, "logEvents")) {
            const time = numberOf(event, "timestamp") ?? Date.now();
            this.#trace.add({
                time,
                what: "log",
                where: logGroup,
                text: textOf(event, "message") ?? "",
                logGroup,
                logStream,
            });
        }
        return {};
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
    #describe(input: Input): Record<string, unknown> {
        const [prefix, pattern] = [textOf(input, "logGroupNamePrefix"), textOf(input, "logGroupNamePattern")];
        if (prefix !== undefined && pattern !== undefined) {
            throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        const names = this.#groups()
            .filter((name) => name.startsWith(prefix ?? "") && name.includes(pattern ?? ""))
            .sort();
        const { page, next } = pageOf(names, input, 50);
        return {
            logGroups: page.map((logGroupName) => {
                const logGroupArn = this.#arn(logGroupName);
                return { logGroupName, logGroupArn, arn: `${logGroupArn}:*`, logGroupClass: "STANDARD" };
            }),
            nextToken: next,
        };
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
    #streams(input: Input): Record<string, unknown> {
        const streams = new Map<string, { first: number; last: number }>();
        for (const line of this.#lines(input)) {
            const { first } = streams.get(streamOf(line)) ?? { first: line.time };
            streams.set(streamOf(line), { first, last: line.time });
        }
        const logStreams = [...streams].map(([logStreamName, { first, last }]) => ({
            logStreamName,
            arn: `${this.#arn(groupOf(input))}:log-stream:${logStreamName}`,
            creationTime: first,
            firstEventTimestamp: first,
            lastEventTimestamp: last,
            lastIngestionTime: last,
        }));
        if (textOf(input, "orderBy") === "LastEventTime") {
            logStreams.sort((one, other) => one.lastEventTimestamp - other.lastEventTimestamp);
        } else logStreams.sort((one, other) => (one.logStreamName < other.logStreamName ? -1 : 1));
        const { page, next } = pageOf(input["descending"] === true ? logStreams.reverse() : logStreams, input, 50);
        return { logStreams: page, nextToken: next };
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
    #filter(input: Input): Record<string, unknown> {
        const matches = textPattern(textOf(input, "filterPattern") ?? "");
        const found = this.#lines(input).filter(({ text }) => matches(text));
        const { page, next } = pageOf(found, input, eventLimit);
        const events = page.map((line) => ({
            ...eventOf(line),
            logStreamName: streamOf(line),
            eventId: this.#idOf(line),
        }));
        return { events, searchedLogStreams: [], nextToken: next };
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
    #get(input: Input): Record<string, unknown> {
        const stream = textOf(input, "logStreamName") ?? "";
        const all = this.#lines({ ...input, logStreamNames: [stream] });
        const limit = numberOf(input, "limit") ?? eventLimit;
        // A token is a direction and a place: it stays the same where there is nothing more.
        const [, direction, place] = /^([fb])\/(\d+)$/.exec(textOf(input, "nextToken") ?? "") ?? [];
        const back = direction === "b" || (direction === undefined && input["startFromHead"] !== true);
        const known = place === undefined ? (back ? all.length : 0) : Number(place);
        const [from, to] = back ? [Math.max(0, known - limit), known] : [known, known + limit];
        const events = all.slice(from, to).map(eventOf);
        return { events, nextForwardToken: `f/${from + events.length}`, nextBackwardToken: `b/${from}` };
    }

    /** The lines of a group that a request is about, in the order of time. @throws AwsError ResourceNotFoundException */
    #lines(input: Input): TraceEntry[] {
        const group = groupOf(input);
        if (!this.#groups().includes(group)) {
            throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
        }
        const [start = 0, end = Number.POSITIVE_INFINITY] = [numberOf(input, "startTime"), numberOf(input, "endTime")];
        const names = textsOf(input, "logStreamNames");
        const prefix = textOf(input, "logStreamNamePrefix") ?? "";
        return this.#trace
            .lines([group], start, end)
            .filter((line) => names.length === 0 || names.includes(streamOf(line)))
            .filter((line) => streamOf(line).startsWith(prefix))
            .sort((one, other) => one.time - other.time);
    }

    #idOf(line: TraceEntry): string {
        const id = this.#ids.get(line) ?? randomUUID();
        this.#ids.set(line, id);
        return id;
    }

    #arn(group: string): string {
        return `arn:aws:logs:${this.#region}:${account}:log-group:${group}`;
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
    #query(input: Input): string {
        const groups = queriedGroups(input);
        const [start, end] = [numberOf(input, "startTime"), numberOf(input, "endTime")];
        if (groups.length === 0 || groups.length > groupsOfQuery) {
            throw invalid(`A query is about 1 to ${groupsOfQuery} log groups.`);
        }
        if (start === undefined || end === undefined || start > end) {
            throw invalid("Query time range is invalid: the end is before the start.");
        }
        const existing = this.#groups();
        const missing = groups.find((group) => !existing.includes(group));
        if (missing !== undefined) {
            const message = `Log group '${missing}' does not exist for account ID '${account}'`;
            throw new AwsError("ResourceNotFoundException", message);
        }
        const query = parseLogsQuery(textOf(input, "queryString") ?? "");
        const lines = this.#trace.lines(groups, start * 1000, end * 1000 + 999);
        const { found, matched } = query(lines, numberOf(input, "limit") ?? resultLimit);
        const queryId = randomUUID();
        const statistics = { recordsMatched: matched, recordsScanned: lines.length, bytesScanned: bytesOf(lines) };
        const results = found.map(resultOf);
        this.#results.set(queryId, { queryLanguage: "CWLI", status: "Complete", statistics, results });
        const [oldest] = this.#results.keys();
        if (this.#results.size > queriesKept && oldest !== undefined) this.#results.delete(oldest);
        return queryId;
    }
}

/** A page of a list, and the token of the next one where there is more. */
function pageOf<Item>(items: readonly Item[], input: Input, most: number): { page: Item[]; next: string | undefined } {
    const from = Number(textOf(input, "nextToken") ?? 0);
    const to = from + (numberOf(input, "limit") ?? most);
    return { page: items.slice(from, to), next: to < items.length ? String(to) : undefined };
}

/** The one log group that a request is about. */
const groupOf = (input: Input) => queriedGroups(input)[0] ?? "";

/** Lines that no function and no caller wrote have a stream by where they come from. */
const streamOf = ({ logStream, where }: TraceEntry) => logStream ?? where;

const eventOf = ({ time, text }: TraceEntry) => ({ timestamp: time, ingestionTime: time, message: text });

/**
 * The test of a filter pattern for text: all terms, none of those with `-`, one of those with `?` where there are such.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError InvalidParameterException for patterns of JSON, of columns and of regular expressions
 */
function textPattern(pattern: string): (text: string) => boolean {
    if (/^\s*[{[%]/.test(pattern)) {
        throw invalid(`The embedded cloud has filter patterns for text only; use Logs Insights for: ${pattern}`);
    }
    const terms = Array.from(pattern.matchAll(/([-?]?)(?:"([^"]*)"|(\S+))/g), ([, sign = "", quoted, word = ""]) => ({
        sign,
        text: quoted ?? word,
    }));
    const having = (wanted: string) => terms.filter(({ sign }) => sign === wanted).map(({ text }) => text);
    const [all, none, any] = [having(""), having("-"), having("?")];
    return (text) =>
        all.every((term) => text.includes(term)) &&
        !none.some((term) => text.includes(term)) &&
        (any.length === 0 || any.some((term) => text.includes(term)));
}

const resultOf = (row: Found) => Object.entries(row).map(([field, value]) => ({ field, value }));

const bytesOf = (lines: readonly { readonly text: string }[]) =>
    lines.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

const invalid = (message: string) => new AwsError("InvalidParameterException", message);
