import {
    DescribeSecretCommand,
    GetSecretValueCommand,
    PutSecretValueCommand,
    SecretsManagerClient,
    UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { allow, type Cloud, failure, startCloud } from "embedded-aws/testing";
import { Sealing, sealingRotation } from "../../runtime/webhookFanout/endpoints/sealing.ts";
import { RunningFunction } from "./support/function.ts";

const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:000000000000:secret:${name}-AbCdEf`;
const first = JSON.stringify({ current: "1", keys: { "1": Buffer.alloc(32, 1).toString("base64") } });
const steps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

describe("rotation of the sealing key", () => {
    let cloud: Cloud;
    let administrator: SecretsManagerClient;
    let rotator: RunningFunction;
    let inTwoRegions: RunningFunction;

    const names = ["sealing", "empty", "crashed", "spoilt", "amended", "broken", "replicated"];
    /** Stands for the copy in another region: who puts a version there is the test. */
    const copyArn = secretArn("copy").replace("eu-west-1", "eu-central-1");

    before(async () => {
        cloud = await startCloud({
            roles: {
                rotator: allow(
                    [
                        "secretsmanager:DescribeSecret",
                        "secretsmanager:GetSecretValue",
                        "secretsmanager:PutSecretValue",
                        "secretsmanager:UpdateSecretVersionStage",
                    ],
                    "arn:aws:secretsmanager:*:000000000000:secret:*",
                ),
            },
            secrets: [
                ...names.map((name) => ({
                    arn: secretArn(name),
                    name,
                    ...(name !== "empty" && { secretString: name === "broken" ? "{}" : first }),
                })),
                { arn: copyArn, name: "copy", secretString: first },
            ],
        });
        administrator = new SecretsManagerClient(cloud.as());
        const { endpoint, region, credentials } = cloud.as("rotator");
        const environment = {
            AWS_REGION: region,
            AWS_ENDPOINT_URL: endpoint,
            AWS_ACCESS_KEY_ID: credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
            LOG_LEVEL: "debug",
            REPLICA_SECRET: "",
        };
        rotator = await RunningFunction.start("webhookFanout/rotateSealing", environment);
        inTwoRegions = await RunningFunction.start("webhookFanout/rotateSealing", {
            ...environment,
            REPLICA_SECRET: copyArn,
        });
    });
    after(async () => {
        await rotator?.stop();
        await inTwoRegions?.stop();
        await cloud?.stop();
    });

    const step = (Step: (typeof steps)[number], SecretId: string, ClientRequestToken: string) =>
        rotator.invoke({ Step, SecretId, ClientRequestToken });
    const currentOf = async (SecretId: string) =>
        (await administrator.send(new GetSecretValueCommand({ SecretId }))).SecretString ?? "";
    const stagesOf = async (SecretId: string) =>
        (await administrator.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages ?? {};
    const version = (last: number) => `11111111-1111-4111-8111-00000000000${last}`;

    it("adds a key and makes it the current one, and opens secrets sealed before", async () => {
        const id = version(1);
        const before = await Sealing.from(async () => first);
        const sealed = before.seal("whsec_1", "ep_1");

        for (const each of steps) await step(each, secretArn("sealing"), id);

        const value = JSON.parse(await currentOf("sealing"));
        expect(value.current).to.equal(id);
        expect(Object.keys(value.keys)).to.deep.equal(["1", id]);
        const after = await Sealing.from(() => currentOf("sealing"));
        expect(await after.open(sealed, "ep_1")).to.equal("whsec_1");
        const anew = after.seal("whsec_2", "ep_1");
        expect(anew).to.match(new RegExp(`^${id}\\.`));
        // A callback that started before finds the new key when it meets it.
        const running = await Sealing.from(readingOnce(first, () => currentOf("sealing")));
        expect(await running.open(anew, "ep_1")).to.equal("whsec_2");
    });

    it("gives a secret without a value its first one", async () => {
        for (const each of steps) await step(each, secretArn("empty"), version(2));

        const { current, keys } = JSON.parse(await currentOf("empty"));
        expect(current).to.equal(version(2));
        expect(Buffer.from(keys[current], "base64")).to.have.length(32);
    });

    it("changes nothing until its last step, and comes to the same when steps are repeated", async () => {
        for (const each of ["createSecret", "createSecret", "testSecret", "testSecret"] as const) {
            await step(each, secretArn("crashed"), version(3));
            expect(await currentOf("crashed")).to.equal(first);
        }
        await step("finishSecret", secretArn("crashed"), version(3));
        const value = await currentOf("crashed");
        for (const each of steps) await step(each, secretArn("crashed"), version(3));
        expect(await currentOf("crashed")).to.equal(value);
        expect(Object.values(await stagesOf("crashed")).map((stages) => stages.toSorted())).to.deep.equal([
            ["AWSPREVIOUS"],
            ["AWSCURRENT", "AWSPENDING"],
        ]);
    });

    it("refuses a value that has lost a key, and leaves the current one in force", async () => {
        const spoilt = sealingRotation.next(undefined, version(4));
        await administrator.send(
            new PutSecretValueCommand({
                SecretId: "spoilt",
                SecretString: spoilt,
                ClientRequestToken: version(4),
                VersionStages: ["AWSPENDING"],
            }),
        );

        const error = await failure(step("testSecret", secretArn("spoilt"), version(4)));

        expect(error).to.include({
            name: "InvalidSecretValueError",
            message: "the key 1 is gone, and every secret sealed by it",
        });
        expect(await currentOf("spoilt")).to.equal(first);
    });

    it("does not put aside a key that was added while it rotated", async () => {
        await step("createSecret", secretArn("amended"), version(7));
        await step("testSecret", secretArn("amended"), version(7));
        const { current, keys } = JSON.parse(first);
        const amended = JSON.stringify({ current, keys: { ...keys, mine: Buffer.alloc(32, 2).toString("base64") } });
        await administrator.send(new PutSecretValueCommand({ SecretId: "amended", SecretString: amended }));

        const error = await failure(step("finishSecret", secretArn("amended"), version(7)));

        expect(error).to.include({
            name: "InvalidSecretValueError",
            message: "the key mine is gone, and every secret sealed by it",
        });
        expect(await currentOf("amended")).to.equal(amended);
    });

    it("touches no value that it cannot read", async () => {
        const error = await failure(step("createSecret", secretArn("broken"), version(5)));

        expect(error.name).to.equal("SealingKeysUnreadableError");
        expect(await currentOf("broken")).to.equal("{}");
    });

    it("tests nothing that was not created", async () => {
        expect((await failure(step("testSecret", secretArn("spoilt"), version(6)))).name).to.equal(
            "InvalidSecretValueError",
        );
    });

    it("has not ended, and can be ended, until the copy in another region has the same version", async () => {
        const id = version(8);
        const there = (Step: (typeof steps)[number], remainingMs?: number) =>
            inTwoRegions.invoke(
                { Step, SecretId: secretArn("replicated"), ClientRequestToken: id },
                remainingMs === undefined ? {} : { remainingMs },
            );
        for (const each of ["createSecret", "setSecret", "testSecret"] as const) await there(each);

        for (const _ of ["first", "again"]) {
            const error = await failure(there("finishSecret", 100));
            expect(error.name).to.equal("ReplicaBehindError");
            expect(error.message).to.include(id).and.to.include(copyArn);
        }
        const waiting = there("finishSecret", 60_000);
        await administrator.send(
            new PutSecretValueCommand({
                SecretId: copyArn,
                SecretString: await currentOf("replicated"),
                ClientRequestToken: id,
            }),
        );

        await waiting;
    });

    it("logs each step, and never a key", async () => {
        const text = JSON.stringify(rotator.log);
        expect(text).to.include("finishSecret").and.to.include("The sealing key could not be rotated");
        for (const name of ["sealing", "empty", "crashed"]) {
            for (const key of Object.values<string>(JSON.parse(await currentOf(name)).keys)) {
                expect(text).not.to.include(key);
            }
        }
    });

    it("is refused by Secrets Manager when another process has moved the current value meanwhile", async () => {
        const error = await failure(
            administrator.send(
                new UpdateSecretVersionStageCommand({
                    SecretId: "sealing",
                    VersionStage: "AWSCURRENT",
                    MoveToVersionId: version(1),
                    RemoveFromVersionId: version(9),
                }),
            ),
        );
        expect(error.name).to.equal("InvalidParameterException");
    });
});

/** Reads one value first and another one ever after. */
function readingOnce(value: string, then: () => Promise<string>): () => Promise<string> {
    let reads = 0;
    return async () => (reads++ === 0 ? value : await then());
}
