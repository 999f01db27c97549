import { setTimeout } from "node:timers/promises";
import {
    GetQueryResultsCommand,
    paginateDescribeLogGroups,
    type ResultField,
    StartQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { UnreachableError } from "./command.ts";
import { type LogLine, readLine } from "./logLine.ts";
import type { Stack } from "./stack.ts";

/** How many log groups and words one query of Logs Insights may have; more are asked for one after the other. */
const groupsOfQuery = 50;
const wordsOfQuery = 20;
const mostLines = 10_000;
const patienceMs = 60_000;

interface Search {
    readonly groups: readonly string[];
    /** A line is meant that contains one of them. */
    readonly words: readonly string[];
    /** Milliseconds since 1970 */
    readonly from: number;
    /** @default now */
    readonly to?: number;
}

/** Looks through logs with Logs Insights, which costs by the bytes that it looks through, so from a time on. */
export class Logs {
    readonly #client: Stack["logs"];
    readonly #environment: string;

    constructor({ logs, environment }: Stack) {
        this.#client = logs;
        this.#environment = environment;
    }

    /** Of the functions and APIs of the environment. */
    async groups(): Promise<string[]> {
        const ending = `-${this.#environment}`;
        const groups: string[] = [];
        const pages = paginateDescribeLogGroups({ client: this.#client }, { logGroupNamePattern: ending });
        for await (const { logGroups = [] } of pages)
            groups.push(...logGroups.map((group) => group.logGroupName ?? ""));
        return groups.filter((name) => /^\/aws\/(lambda|apigateway)\//.test(name) && name.endsWith(ending));
    }

    /** The lines in the order of time. */
    async find({ groups, words, from, to = Date.now() }: Search): Promise<LogLine[]> {
        const lines: LogLine[] = [];
        for (const someGroups of slices(groups, groupsOfQuery)) {
            for (const someWords of slices(words, wordsOfQuery)) {
                lines.push(...(await this.#query(someGroups, someWords, from, to)));
            }
        }
        return lines.sort((one, other) => one.time - other.time);
    }

    async #query(groups: readonly string[], words: readonly string[], from: number, to: number): Promise<LogLine[]> {
        const { queryId } = await this.#client.send(
            new StartQueryCommand({
                logGroupNames: [...groups],
                startTime: Math.floor(from / 1000),
                endTime: Math.ceil(to / 1000),
                queryString:
                    "fields @timestamp, @log, @requestId, @message" +
                    ` | filter ${words.map((word) => `@message like ${quoted(word)}`).join(" or ")}` +
                    ` | sort @timestamp asc | limit ${mostLines}`,
            }),
        );
        const deadline = Date.now() + patienceMs;
        for (;;) {
            const { status, results = [] } = await this.#client.send(new GetQueryResultsCommand({ queryId }));
            switch (status) {
                case "Complete":
                    return results.map(lineIn);
                case "Failed":
                case "Cancelled":
                case "Timeout":
                    throw new UnreachableError(`Logs Insights could not look through the logs: the query is ${status}`);
                default:
                    if (Date.now() > deadline)
                        throw new UnreachableError("Logs Insights takes longer than a minute: try again");
                    await setTimeout(250);
            }
        }
    }
}

const quoted = (word: string): string => `"${word.replace(/["\\]/g, "\\$&")}"`;

function lineIn(row: readonly ResultField[]): LogLine {
    const field = (name: string) => row.find((one) => one.field === name)?.value;
    const time = Date.parse(`${field("@timestamp")?.replace(" ", "T")}Z`);
    // `<account>:<log group>`
    const group = field("@log")?.replace(/^\d+:/, "") ?? "";
    return readLine({ time, group, text: field("@message") ?? "", requestId: field("@requestId") });
}

function slices<Item>(items: readonly Item[], most: number): Item[][] {
    const count = Math.ceil(items.length / most);
    return Array.from({ length: count }, (_, index) => items.slice(index * most, (index + 1) * most));
}
