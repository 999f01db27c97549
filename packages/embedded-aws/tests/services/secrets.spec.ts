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
import {
    GetParameterCommand,
    GetParametersByPathCommand,
    GetParametersCommand,
    PutParameterCommand,
    SSMClient,
} from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { Journal } from "../../src/journal.ts";
import { Parameters } from "../../src/secrets/parameterStore.ts";
import { Secrets } from "../../src/secrets/secretsManager.ts";
import { allow, type Cloud, failure, startCloud } from "../endpoint/startedCloud.ts";

const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:000000000000:secret:${name}`;

describe("Secrets and parameters", () => {
    let cloud: Cloud;

    before(async () => {
        cloud = await startCloud({
            roles: {
                payer: allow("secretsmanager:GetSecretValue", secretArn("stripe-??????")),
                configured: allow("ssm:GetParameter", "arn:aws:ssm:eu-west-1:000000000000:parameter/shop/name"),
            },
            secrets: [
                { arn: secretArn("stripe-AbCdEf"), name: "stripe", description: "Payments", secretString: "first" },
                { arn: secretArn("empty-AbCdEf"), name: "empty" },
            ],
            parameters: [
                { name: "/shop/name", type: "String", value: "Shop" },
                { name: "/shop/mail/from", type: "SecureString", value: "a@b.c" },
                { name: "plain", type: "StringList", value: "a,b" },
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

    describe("in the Parameter Store", () => {
        const ssm = (role?: string) => new SSMClient(cloud.as(role));

        it("are found by name, by ARN, several at a time, and by path", async () => {
            for (const Name of ["/shop/name", "arn:aws:ssm:eu-west-1:000000000000:parameter/shop/name"]) {
                const { Parameter } = await ssm().send(new GetParameterCommand({ Name }));
                expect(Parameter).to.include({ Name: "/shop/name", Value: "Shop", Version: 1, Type: "String" });
            }
            const several = await ssm().send(new GetParametersCommand({ Names: ["plain", "nothing"] }));
            expect(several.Parameters?.map(({ Value }) => Value)).to.deep.equal(["a,b"]);
            expect(several.InvalidParameters).to.deep.equal(["nothing"]);
            const under = async (Recursive: boolean) =>
                (await ssm().send(new GetParametersByPathCommand({ Path: "/shop", Recursive }))).Parameters?.map(
                    ({ Name }) => Name,
                );
            expect(await under(false)).to.deep.equal(["/shop/name"]);
            expect(await under(true)).to.deep.equal(["/shop/mail/from", "/shop/name"]);
        });

        it("are refused above 4 KB", async () => {
            const put = (size: number) =>
                ssm().send(new PutParameterCommand({ Name: "large", Type: "String", Value: "x".repeat(size) }));
            expect((await failure(put(4097))).name).to.equal("ValidationException");
            await put(4096);
        });

        it("are overwritten only on demand, with a new version", async () => {
            const input = { Name: "plain", Value: "c" };
            expect((await failure(ssm().send(new PutParameterCommand(input)))).name).to.equal("ParameterAlreadyExists");
            expect((await ssm().send(new PutParameterCommand({ ...input, Overwrite: true }))).Version).to.equal(2);
            const { Parameter } = await ssm().send(new GetParameterCommand({ Name: "plain" }));
            expect(Parameter).to.include({ Value: "c", Version: 2, Type: "StringList" });
        });

        it("are shown to the roles that may see them", async () => {
            await ssm("configured").send(new GetParameterCommand({ Name: "/shop/name" }));
            const refused = await failure(ssm("configured").send(new GetParameterCommand({ Name: "plain" })));
            expect(refused.name).to.equal("AccessDeniedException");
            expect((await failure(ssm().send(new GetParameterCommand({ Name: "/no" })))).name).to.equal(
                "ParameterNotFound",
            );
        });
    });

    describe("over restarts", () => {
        const directory = mkdtempSync(join(tmpdir(), "secrets-"));
        after(() => rmSync(directory, { recursive: true, force: true }));

        async function restarted<Result>(
            value: string,
            use: (secrets: Secrets, parameters: Parameters) => Promise<Result>,
        ) {
            const journal = new Journal(join(directory, "journal.db"));
            try {
                const secrets = new Secrets(journal, [{ arn: secretArn("s-AbCdEf"), name: "s", secretString: value }]);
                return await use(secrets, new Parameters(journal, "eu-west-1", [{ name: "p", type: "String", value }]));
            } finally {
                journal.close();
            }
        }
        const read = async (secrets: Secrets, parameters: Parameters) => {
            const { SecretString } = await secrets.run("GetSecretValue", { SecretId: "s" });
            const { Parameter } = await parameters.run("GetParameter", { Name: "p" });
            return { SecretString, Parameter };
        };

        it("keep what was put until the definition itself changes", async () => {
            await restarted("defined", async (secrets, parameters) => {
                await secrets.run("PutSecretValue", { SecretId: "s", SecretString: "put" });
                await parameters.run("PutParameter", { Name: "p", Value: "put", Overwrite: true });
            });
            const kept = await restarted("defined", read);
            expect(kept.SecretString).to.equal("put");
            expect(kept.Parameter).to.include({ Value: "put", Version: 2 });
            const changed = await restarted("defined anew", read);
            expect(changed.SecretString).to.equal("defined anew");
            expect(changed.Parameter).to.include({ Value: "defined anew", Version: 3 });
        });
    });
});
