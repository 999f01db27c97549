import { randomUUID } from "node:crypto";
import { AwsError } from "../aws/call.ts";
import { type Input, numberOf, partsOf, textOf } from "../aws/input.ts";
import { type AwsService, account } from "../aws/service.ts";
import type { TraceStore } from "../trace.ts";
import { type Found, parseLogsQuery } from "./logsQuery.ts";
import { queriedGroups } from "./resources.ts";

/** A query that nobody has asked the results of for as many others is forgotten. */
const queriesKept = 100;
const groupsOfQuery = 50;
const resultLimit = 10_000;

/** CloudWatch Logs: log events are lines of the trace, and Logs Insights looks through them. */
export class Logs implements AwsService {
    readonly #trace: TraceStore;
    readonly #groups: () => readonly string[];
    readonly #region: string;
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
            case "StartQuery":
                return { queryId: this.#query(input) };
            case "GetQueryResults": {
                const results = this.#results.get(textOf(input, "queryId") ?? "");
                if (results === undefined) throw new AwsError("ResourceNotFoundException", "The query does not exist.");
                return { ...results };
            }
            default:
                throw new AwsError("UnknownOperationException", `The embedded cloud has no logs:${action}.`);
        }
    }

    #put(input: Input): Record<string, unknown> {
        const logGroup = textOf(input, "logGroupName") ?? "";
        for (const event of partsOf(input, "logEvents")) {
            const time = numberOf(event, "timestamp") ?? Date.now();
            this.#trace.add({ time, what: "log", where: logGroup, text: textOf(event, "message") ?? "", logGroup });
        }
        return {};
    }

    /** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
    #describe(input: Input): Record<string, unknown> {
        const [prefix, pattern] = [textOf(input, "logGroupNamePrefix"), textOf(input, "logGroupNamePattern")];
        if (prefix !== undefined && pattern !== undefined) {
            throw invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }
        const limit = numberOf(input, "limit") ?? 50;
        const names = this.#groups()
            .filter((name) => name.startsWith(prefix ?? "") && name.includes(pattern ?? ""))
            .sort();
        const from = Number(textOf(input, "nextToken") ?? 0);
        const next = from + limit;
        return {
            logGroups: names.slice(from, next).map((logGroupName) => {
                const logGroupArn = `arn:aws:logs:${this.#region}:${account}:log-group:${logGroupName}`;
                return { logGroupName, logGroupArn, arn: `${logGroupArn}:*`, logGroupClass: "STANDARD" };
            }),
            ...(next < names.length && { nextToken: String(next) }),
        };
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

const resultOf = (row: Found) => Object.entries(row).map(([field, value]) => ({ field, value }));

const bytesOf = (lines: readonly { readonly text: string }[]) =>
    lines.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);

const invalid = (message: string) => new AwsError("InvalidParameterException", message);
