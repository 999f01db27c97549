import { expect } from "chai";
import fc from "fast-check";
import { failureRecord } from "../../src/triggers/failureRecord.ts";
import { laneOf, streamEntry } from "../../src/triggers/streamRecord.ts";
import { thrown } from "./waiting.ts";

const streamArn = "arn:aws:dynamodb:eu-west-1:000000000000:table/pets/stream/2026-01-01T00:00:00.000";

function change(sequenceNumber: string, id: string, seconds = 1_700_000_000) {
    return {
        eventID: "7de3041dd709b024af6f29e4fa13d34c",
        eventName: "INSERT",
        dynamodb: {
            ApproximateCreationDateTime: seconds,
            Keys: { id: { S: id } },
            NewImage: { id: { S: id } },
            SequenceNumber: sequenceNumber,
            SizeBytes: 12,
            StreamViewType: "NEW_AND_OLD_IMAGES",
        },
    };
}

describe("a stream record", () => {
    it("has the shape that Lambda documents", () => {
        expect(streamEntry(change("100", "rex"), streamArn, "eu-west-1").record).to.deep.equal({
            eventID: "7de3041dd709b024af6f29e4fa13d34c",
            eventName: "INSERT",
            eventVersion: "1.1",
            eventSource: "aws:dynamodb",
            awsRegion: "eu-west-1",
            dynamodb: change("100", "rex").dynamodb,
            eventSourceARN: streamArn,
        });
    });

    it("tells that DynamoDB itself deleted an expired item", () => {
        const expired = {
            ...change("100", "rex"),
            userIdentity: { Type: "Service", PrincipalId: "dynamodb.amazonaws.com" },
        };
        expect(streamEntry(expired, streamArn, "eu-west-1").record.userIdentity).to.deep.equal({
            type: "Service",
            principalId: "dynamodb.amazonaws.com",
        });
    });

    it("goes to the same lane as every other record of its item", () => {
        const lanes = fc.integer({ min: 1, max: 10 });
        fc.assert(
            fc.property(fc.string(), lanes, fc.nat(), fc.nat(), (id, count, one, other) => {
                const lane = laneOf(streamEntry(change(`${one}`, id), streamArn, "eu-west-1"), count);
                expect(lane).to.be.within(0, count - 1);
                expect(laneOf(streamEntry(change(`${other}`, id), streamArn, "eu-west-1"), count)).to.equal(lane);
            }),
        );
    });
});

describe("the record of a batch that is given up", () => {
    const entries = [change("100", "rex", 1_700_000_000), change("200", "tom", 1_700_000_005)].map((record) =>
        streamEntry(record, streamArn, "eu-west-1"),
    );
    const batch = {
        entries,
        requestId: "316aa6d0-8154-4a80-9af7-85d5f4a6bc81",
        functionArn: "arn:aws:lambda:eu-west-1:000000000000:function:worker",
        shardId: "shardId-1",
        streamArn,
    };

    it("has the shape that Lambda documents", () => {
        const condition = "RetryAttemptsExhausted" as const;
        const given = failureRecord(
            { ...batch, condition, invokeCount: 3, lastResult: thrown("no") },
            1_700_000_010_000,
        );
        expect(given).to.deep.equal({
            requestContext: {
                requestId: "316aa6d0-8154-4a80-9af7-85d5f4a6bc81",
                functionArn: "arn:aws:lambda:eu-west-1:000000000000:function:worker",
                condition: "RetryAttemptsExhausted",
                approximateInvokeCount: 3,
            },
            responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
            version: "1.0",
            timestamp: "2023-11-14T22:13:30.000Z",
            DDBStreamBatchInfo: {
                shardId: "shardId-1",
                startSequenceNumber: "100",
                endSequenceNumber: "200",
                approximateArrivalOfFirstRecord: "2023-11-14T22:13:20Z",
                approximateArrivalOfLastRecord: "2023-11-14T22:13:25Z",
                batchSize: 2,
                streamArn,
            },
        });
    });

    it("has no response where the function never ran", () => {
        const condition = "RecordAgeExceeded" as const;
        const given = failureRecord({ ...batch, condition, invokeCount: 0, lastResult: undefined }, 0);
        expect(given).not.to.have.property("responseContext");
        expect(given).to.have.nested.property("requestContext.condition", "RecordAgeExceeded");
    });
});
