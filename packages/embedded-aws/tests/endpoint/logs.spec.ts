import {
    CloudWatchLogsClient,
    DescribeLogGroupsCommand,
    DescribeLogStreamsCommand,
    FilterLogEventsCommand,
    GetLogEventsCommand,
    GetQueryResultsCommand,
    PutLogEventsCommand,
    StartQueryCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { allow, type Cloud, failure, startCloud } from "./startedCloud.ts";

const store = "/aws/lambda/store-dev";
const mail = "/aws/lambda/mail-dev";
const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const seconds = Math.floor(at / 1000);

describe("CloudWatch Logs at the local endpoint", () => {
    let cloud: Cloud;
    let logs: CloudWatchLogsClient;

    before(async () => {
        const group = `arn:aws:logs:eu-west-1:000000000000:log-group:${store}:*`;
        cloud = await startCloud({
            logGroups: [store, mail, "/aws/apigateway/commerce-dev"],
            roles: { reader: allow(["logs:StartQuery", "logs:GetQueryResults"], group) },
        });
        logs = new CloudWatchLogsClient(cloud.as());
        const line = (time: number, logGroup: string, text: string) =>
            cloud.trace({ time, what: "log", where: "f", text, logGroup, requestId: `r-${time - at}` });
        line(at + 1, store, JSON.stringify({ level: "error", order_id: "o-1", error: { name: "TypeError" }, n: 7 }));
        line(at, store, 'says "o-1" \\ and more');
        line(at + 2, mail, JSON.stringify({ level: "info", order_id: "o-2" }));
        line(at + 3_600_000, mail, "much later, of o-1");
        // What is no line of a log group.
        cloud.trace({ time: at, what: "call", where: "f", text: "o-1" });
    });
    after(async () => {
        logs.destroy();
        await cloud.stop();
    });

    /** The fields of the results, without the pointer. */
    async function found(queryString: string, more: object = {}, client = logs): Promise<Record<string, string>[]> {
        const { queryId } = await client.send(
            new StartQueryCommand({
                logGroupNames: [store, mail],
                startTime: seconds,
                endTime: seconds + 10,
                queryString,
                ...more,
            }),
        );
        const { status, results = [] } = await client.send(new GetQueryResultsCommand({ queryId }));
        expect(status).to.equal("Complete");
        return results.map((row) => {
            expect(row.at(-1)?.field).to.equal("@ptr");
            return Object.fromEntries(row.slice(0, -1).map(({ field = "", value = "" }) => [field, value]));
        });
    }

    it("lists log groups by prefix, by what is in their names, and page by page", async () => {
        const named = async (input: object) => {
            const { logGroups = [], nextToken } = await logs.send(new DescribeLogGroupsCommand(input));
            return { names: logGroups.map(({ logGroupName }) => logGroupName), nextToken };
        };
        expect((await named({ logGroupNamePrefix: "/aws/lambda/" })).names).to.deep.equal([mail, store]);
        expect((await named({ logGroupNamePattern: "merce" })).names).to.deep.equal(["/aws/apigateway/commerce-dev"]);
        const first = await named({ limit: 2 });
        expect(first.names).to.have.length(2);
        expect((await named({ limit: 2, nextToken: first.nextToken })).names).to.deep.equal([store]);
        const both = logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "a", logGroupNamePattern: "b" }));
        expect((await failure(both)).name).to.equal("InvalidParameterException");
    });

    it("finds lines by a text in them, within a time, in the order asked for", async () => {
        expect(
            await found('fields @timestamp, @log, @requestId | filter @message like "o-1" | sort @timestamp asc'),
        ).to.deep.equal([
            { "@timestamp": "2026-01-02 03:04:05.678", "@log": `000000000000:${store}`, "@requestId": "r-0" },
            { "@timestamp": "2026-01-02 03:04:05.679", "@log": `000000000000:${store}`, "@requestId": "r-1" },
        ]);
        const [newest] = await found('filter @message like "o-"');
        expect(newest?.["@message"]).to.include("o-2");
        expect(await found('filter @message like "o-" | limit 1')).to.have.length(1);
        expect(await found('filter @message like "o-1"', { logGroupNames: [mail] })).to.deep.equal([]);
        expect(
            await found("fields @message", { endTime: seconds + 7200, logGroupName: mail, logGroupNames: undefined }),
        ).to.have.length(2);
    });

    const conditions: readonly [condition: string, orders: number][] = [
        ['order_id = "o-1" or order_id = "o-2"', 2],
        ['order_id = "o-1" and level = "info"', 0],
        ['(order_id = "o-1" or order_id = "o-2") and level != "error"', 1],
        ['order_id in ["o-1", "o-3"]', 1],
        ["error.name like /^Type/", 1],
        ["error.name like /(?i)^type/", 1],
        ["n = 7", 1],
        ["@message like '\"o-1\"'", 2],
        ['@message like "says \\"o-1\\" \\\\"', 1],
    ];
    for (const [condition, count] of conditions) {
        it(`finds what holds: ${condition}`, async () => {
            expect(await found(`fields @message | filter ${condition}`)).to.have.length(count);
        });
    }

    it("says what it looked through", async () => {
        const { queryId } = await logs.send(
            new StartQueryCommand({
                logGroupIdentifiers: [`arn:aws:logs:eu-west-1:000000000000:log-group:${store}`],
                startTime: seconds,
                endTime: seconds + 10,
                queryString: "filter n = 7",
            }),
        );
        const { statistics } = await logs.send(new GetQueryResultsCommand({ queryId }));
        expect(statistics).to.include({ recordsMatched: 1, recordsScanned: 2 });
    });

    it("refuses what CloudWatch refuses", async () => {
        const refused = async (queryString: string, more: object = {}) =>
            (await failure(found(queryString, more))).name;
        expect(await refused("fields @message", { logGroupNames: ["/aws/lambda/gone"] })).to.equal(
            "ResourceNotFoundException",
        );
        expect(await refused("fields @message", { logGroupNames: [] })).to.equal("InvalidParameterException");
        expect(await refused("fields @message", { startTime: seconds + 11 })).to.equal("InvalidParameterException");
        for (const query of [
            "stats count(*)",
            "filter (a = 1",
            "filter a ~ 1",
            'filter a like "',
            "filter a = 1 b",
            "filter a in [1",
        ]) {
            expect(await refused(query), query).to.equal("MalformedQueryException");
        }
        const unknown = logs.send(new GetQueryResultsCommand({ queryId: "not-started" }));
        expect((await failure(unknown)).name).to.equal("ResourceNotFoundException");
    });

    it("lets a role look only through the log groups that it may", async () => {
        const reader = new CloudWatchLogsClient(cloud.as("reader"));
        const input = { startTime: seconds, endTime: seconds + 1, queryString: "fields @message" };
        const own = await reader.send(new StartQueryCommand({ ...input, logGroupNames: [store] }));
        expect(own.queryId).to.be.a("string");
        const others = await failure(reader.send(new StartQueryCommand({ ...input, logGroupNames: [store, mail] })));
        expect(others.name).to.equal("AccessDeniedException");
        reader.destroy();
    });

    it("finds what was put", async () => {
        const logEvents = [{ timestamp: at + 5, message: "put by hand" }];
        await logs.send(new PutLogEventsCommand({ logGroupName: store, logStreamName: "s", logEvents }));
        expect(await found('filter @message like "put by hand"')).to.have.length(1);
    });

    describe("by stream", () => {
        const logGroupName = "/aws/apigateway/commerce-dev";
        const put = (logStreamName: string, ...messages: string[]) =>
            logs.send(
                new PutLogEventsCommand({
                    logGroupName,
                    logStreamName,
                    logEvents: messages.map((message, index) => ({ timestamp: at + index, message })),
                }),
            );
        before(async () => {
            await put("b", "GET /orders 200", "GET /orders 500", "GET /orders 500");
            await put("a", "POST /orders 201");
        });

        it("tells the streams of a group", async () => {
            const names = async (input: object) =>
                (await logs.send(new DescribeLogStreamsCommand({ logGroupName, ...input }))).logStreams?.map(
                    ({ logStreamName, lastEventTimestamp = 0 }) => `${logStreamName} ${lastEventTimestamp - at}`,
                );
            expect(await names({})).to.deep.equal(["a 0", "b 2"]);
            expect(await names({ orderBy: "LastEventTime", descending: true })).to.deep.equal(["b 2", "a 0"]);
            expect(await names({ logStreamNamePrefix: "a" })).to.deep.equal(["a 0"]);
        });

        it("filters lines by terms, time and stream, page by page, and tells equal ones apart", async () => {
            const found = async (input: object) => {
                const answer = await logs.send(new FilterLogEventsCommand({ logGroupName, ...input }));
                return { ...answer, texts: answer.events?.map(({ message }) => message) };
            };
            const failed = await found({ filterPattern: '"/orders 500"' });
            expect(failed.texts).to.deep.equal(["GET /orders 500", "GET /orders 500"]);
            expect(new Set(failed.events?.map(({ eventId }) => eventId)).size).to.equal(2);
            expect((await found({ filterPattern: "GET -500" })).texts).to.deep.equal(["GET /orders 200"]);
            expect((await found({ filterPattern: "?200 ?201" })).texts).to.have.length(2);
            expect((await found({ startTime: at + 1, endTime: at + 1 })).texts).to.deep.equal(["GET /orders 500"]);
            expect((await found({ logStreamNames: ["a"] })).texts).to.deep.equal(["POST /orders 201"]);
            const first = await found({ limit: 3 });
            expect((await found({ limit: 3, nextToken: first.nextToken })).texts).to.have.length(1);
            expect((await failure(found({ filterPattern: "{ $.level = error }" }))).name).to.equal(
                "InvalidParameterException",
            );
            expect((await failure(found({ logGroupName: "/gone" }))).name).to.equal("ResourceNotFoundException");
        });

        it("reads a stream forwards and backwards, with the same token where there is nothing more", async () => {
            const get = async (input: object) => {
                const answer = await logs.send(
                    new GetLogEventsCommand({ logGroupName, logStreamName: "b", limit: 2, ...input }),
                );
                return { ...answer, times: answer.events?.map(({ timestamp = 0 }) => timestamp - at) };
            };
            const last = await get({});
            expect(last.times).to.deep.equal([1, 2]);
            expect((await get({ nextToken: last.nextBackwardToken })).times).to.deep.equal([0]);
            const first = await get({ startFromHead: true });
            expect(first.times).to.deep.equal([0, 1]);
            const rest = await get({ nextToken: first.nextForwardToken });
            expect(rest.times).to.deep.equal([2]);
            const nothing = await get({ nextToken: rest.nextForwardToken });
            expect([nothing.times, nothing.nextForwardToken]).to.deep.equal([[], rest.nextForwardToken]);
        });
    });
});
