import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    DescribeSecretCommand,
    GetSecretValueCommand,
    type GetSecretValueCommandInput,
    ListSecretsCommand,
    PutSecretValueCommand,
    SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { Secrets } from "../../src/secrets/secretsManager.ts";
import { TaskQueue } from "../../src/taskQueue.ts";
import { allow, type Cloud, failure, startCloud } from "../endpoint/startedCloud.ts";

const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:000000000000:secret:${name}`;

describe("Secrets", () => {
    let cloud: Cloud;

    before(async () => {
        cloud = await startCloud({
            roles: {
                payer: allow("secretsmanager:GetSecretValue", secretArn("stripe-??????")),
            },
            secrets: [
                { arn: secretArn("stripe-AbCdEf"), name: "stripe", description: "Payments", secretString: "first" },
                { arn: secretArn("empty-AbCdEf"), name: "empty" },
            ],
        });
    });
    after(() => cloud.stop());

    describe("in Secrets Manager", () => {
        const secrets = (role?: string) => new SecretsManagerClient(cloud.as(role));
        const get = (input: GetSecretValueCommandInput, role?: string) =>
            secrets(role).send(new GetSecretValueCommand(input));

        it("are found by name, by ARN, and by ARN without its ending", async () => {
            for (const SecretId of ["stripe", secretArn("stripe-AbCdEf"), secretArn("stripe")]) {
                expect(await get({ SecretId })).to.include({
                    ARN: secretArn("stripe-AbCdEf"),
                    Name: "stripe",
                    SecretString: "first",
                });
            }
        });

        it("keep the previous value beside the current one", async () => {
            const { VersionId: first } = await get({ SecretId: "stripe" });
            const put = await secrets().send(new PutSecretValueCommand({ SecretId: "stripe", SecretString: "second" }));
            expect(put.VersionStages).to.deep.equal(["AWSCURRENT"]);
            expect((await get({ SecretId: "stripe" })).SecretString).to.equal("second");
            const previous = await get({ SecretId: "stripe", VersionStage: "AWSPREVIOUS" });
            expect(previous).to.include({ SecretString: "first", VersionId: first });
            expect((await get({ SecretId: "stripe", VersionId: first })).SecretString).to.equal("first");
            const { VersionIdsToStages = {} } = await secrets().send(new DescribeSecretCommand({ SecretId: "stripe" }));
            expect(Object.values(VersionIdsToStages)).to.deep.equal([["AWSPREVIOUS"], ["AWSCURRENT"]]);
        });

        it("hold bytes as well", async () => {
            const SecretBinary = Buffer.from([0, 255, 1]);
            await secrets().send(new PutSecretValueCommand({ SecretId: "empty", SecretBinary }));
            const got = await get({ SecretId: "empty" });
            expect(Buffer.from(got.SecretBinary ?? [])).to.deep.equal(SecretBinary);
            expect(got.SecretString).to.equal(undefined);
        });

        it("are refused above 65,536 bytes, without a value, under a token or labels that are not theirs", async () => {
            const token = (length: number) => "t".repeat(length);
            for (const input of [
                { SecretString: "ü".repeat(32_769) },
                { SecretString: "" },
                { SecretString: "v", ClientRequestToken: token(31) },
                { SecretString: "v", ClientRequestToken: token(65) },
                { SecretString: "v", VersionStages: Array.from({ length: 21 }, (_, index) => `stage-${index}`) },
            ]) {
                const put = secrets().send(new PutSecretValueCommand({ SecretId: "empty", ...input }));
                expect((await failure(put)).name).to.equal("InvalidParameterException");
            }
            const just = { SecretString: "x".repeat(65_536), ClientRequestToken: token(32) };
            await secrets().send(new PutSecretValueCommand({ SecretId: "empty", ...just }));
        });

        it("are listed without their values", async () => {
            const { SecretList = [] } = await secrets().send(new ListSecretsCommand({}));
            expect(SecretList.map(({ Name, Description }) => [Name, Description])).to.deep.equal([
                ["stripe", "Payments"],
                ["empty", undefined],
            ]);
        });

        it("are shown to the roles that may see them, by name too", async () => {
            expect((await get({ SecretId: "stripe" }, "payer")).SecretString).to.be.a("string");
            expect((await failure(get({ SecretId: "empty" }, "payer"))).name).to.equal("AccessDeniedException");
            expect((await failure(get({ SecretId: "nothing" }))).name).to.equal("ResourceNotFoundException");
        });
    });

    describe("over restarts", () => {
        const directory = mkdtempSync(join(tmpdir(), "secrets-"));
        after(() => rmSync(directory, { recursive: true, force: true }));

        async function restarted<Result>(value: string, use: (secrets: Secrets) => Promise<Result>) {
            const taskQueue = new TaskQueue(join(directory, "tasks.db"));
            try {
                return await use(
                    new Secrets(taskQueue, [{ arn: secretArn("s-AbCdEf"), name: "s", secretString: value }]),
                );
            } finally {
                taskQueue.close();
            }
        }
        const read = (secrets: Secrets) => secrets.run("GetSecretValue", { SecretId: "s" });

        it("keep what was put until the definition itself changes", async () => {
            await restarted("defined", (secrets) =>
                secrets.run("PutSecretValue", { SecretId: "s", SecretString: "put" }),
            );
            expect((await restarted("defined", read))["SecretString"]).to.equal("put");
            expect((await restarted("defined anew", read))["SecretString"]).to.equal("defined anew");
        });
    });
});
