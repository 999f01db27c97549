import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { allow, type Cloud, startCloud } from "../endpoint/startedCloud.ts";

const calls = 40;

describe("calls of a program under LOCAL_FAULTS", () => {
    let cloud: Cloud;

    before(async () => {
        cloud = await startCloud({ roles: { program: allow("*", "*") }, faultPlan: { seed: 1, rate: 0.4 } });
    });
    after(() => cloud.stop());

    it("end, and what was done whose answer was lost is there", async () => {
        const administrator = new S3Client({ ...cloud.as(), forcePathStyle: true });
        await administrator.send(new CreateBucketCommand({ Bucket: "documents" }));
        const program = new S3Client({ ...cloud.as("program"), forcePathStyle: true });
        let lost = 0;
        for (let call = 0; call < calls; call += 1) {
            const object = { Bucket: "documents", Key: `${call}` };
            const Body = Buffer.alloc(call % 2 === 0 ? 10 : 300_000);
            const put = program.send(new PutObjectCommand({ ...object, Body, IfNoneMatch: "*" }));
            const error = await put.then(() => undefined, String);
            if (error?.includes("SlowDown")) continue;
            const { ContentLength } = await administrator.send(new HeadObjectCommand(object));
            expect(ContentLength).to.equal(Body.byteLength);
            if (error !== undefined) lost += 1;
        }
        expect(lost).to.be.greaterThan(2);
        program.destroy();
        administrator.destroy();
    });

    it("are made again by the SDK, which gets most of them through", async () => {
        const administrator = new SQSClient(cloud.as());
        const { QueueUrl } = await administrator.send(new CreateQueueCommand({ QueueName: "orders" }));
        const program = new SQSClient({ ...cloud.as("program"), maxAttempts: 5 });
        const sent = Array.from({ length: calls }, () =>
            program.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" })),
        );
        const outcomes = await Promise.allSettled(sent);
        const done = outcomes.filter(({ status }) => status === "fulfilled");
        expect(done.length).to.be.greaterThan(0.8 * calls);
        program.destroy();
        administrator.destroy();
    });
});
