import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { endpointUrl } from "../src/configuration.ts";
import { type Call, json, lean, sideBySide } from "./sideBySide.ts";

interface Partitions {
    readonly partitionsInfo: { readonly partitions: readonly { readonly regions: object }[] };
}

/** All regions that the SDK knows, and one of each partition that it does not know yet. */
async function regions(): Promise<string[]> {
    const core = dirname(createRequire(import.meta.url).resolve("@aws-sdk/core/package.json"));
    const file = join(core, "dist-es/submodules/client/util-endpoints/lib/aws/partitions.js");
    const { partitionsInfo }: Partitions = await import(pathToFileURL(file).href);
    const known = partitionsInfo.partitions.flatMap(({ regions }) => Object.keys(regions));
    const isReal = (region: string) => !region.endsWith("-global");
    return [
        ...known.filter(isReal),
        ...["eu-north-9", "cn-east-9", "eusc-de-west-9", "us-gov-north-9", "us-iso-north-9", "us-isob-west-9"],
        ...["eu-isoe-east-9", "us-isof-north-9"],
    ];
}

describe("The configuration of the lean clients", () => {
    const { aws, both } = sideBySide();
    const message = json({ MessageId: "1", MD5OfMessageBody: "0cc175b9c0f1b6a831c399e269772661" });
    const send =
        (QueueUrl: string): Call =>
        ({ sqs }) =>
            new sqs.SQSClient({}).send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: "a" }));
    const read: Call = ({ secrets }) =>
        new secrets.SecretsManagerClient({}).send(new secrets.GetSecretValueCommand({ SecretId: "keys" }));

    it("leads to the SDK's endpoint in every region of every partition", async () => {
        delete process.env["AWS_ENDPOINT_URL"];
        const services = [
            { serviceId: "SQS", host: "sqs", official: new SQSClient({}).config.endpointProvider },
            { serviceId: "DynamoDB", host: "dynamodb", official: new DynamoDBClient({}).config.endpointProvider },
            {
                serviceId: "Secrets Manager",
                host: "secretsmanager",
                official: new SecretsManagerClient({}).config.endpointProvider,
            },
        ];
        const all = await regions();
        expect(all.length).to.be.greaterThan(35);
        for (const region of all) {
            for (const { official, ...service } of services) {
                const { url } = official({ Region: region, UseFIPS: false, UseDualStack: false });
                expect(endpointUrl(service, region).href, region).to.equal(url.href);
            }
        }
    });

    it("takes the endpoint of a service, then that of all, with its path", async () => {
        process.env["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = `${aws.url}/local%20aws/v1`;
        const { requests } = await both(read, {});
        expect(requests).to.have.nested.property("[0].path", "/local%20aws/v1/");
        process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
        await both(read, {});
    });

    it("sends messages to the host of a queue's URL", async () => {
        process.env["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:1";
        const { warn } = console;
        // The SDK reports the difference.
        console.warn = () => undefined;
        try {
            await both(send(`${aws.url}/000000000000/orders`), message);
            process.env["AWS_ENDPOINT_URL_SQS"] = aws.url;
            await both(send("orders"), message);
        } finally {
            console.warn = warn;
        }
    });

    it("gives what Lambda says of the trace on to AWS", async () => {
        process.env["AWS_LAMBDA_FUNCTION_NAME"] = "receive";
        process.env["_X_AMZN_TRACE_ID"] = "Root=1-5759e988-bd862e3fe1be46a994272793";
        const { requests } = await both(read, {});
        expect(requests).to.have.nested.property("[0].headers.x-amzn-trace-id").that.includes("Root=1-5759e988");
    });

    it("is refused where it asks for what only the SDK does", () => {
        const refused: Readonly<Record<string, string>> = {
            AWS_USE_FIPS_ENDPOINT: "true",
            AWS_USE_DUALSTACK_ENDPOINT: "true",
            AWS_RETRY_MODE: "adaptive",
            AWS_ACCOUNT_ID_ENDPOINT_MODE: "required",
            AWS_REGION: "us-gov-west-1-fips",
        };
        for (const [name, value] of Object.entries(refused)) {
            const before = process.env[name];
            process.env[name] = value;
            expect(() => new lean.sqs.SQSClient({}), name).to.throw(/lean-aws does not support .*; use the AWS SDK/);
            if (before === undefined) delete process.env[name];
            else process.env[name] = before;
        }
        expect(() => new lean.sqs.SQSClient({ useFipsEndpoint: true })).to.throw("the option useFipsEndpoint");
        for (const region of ["fips-us-east-1", "us-gov-west-1-fips"]) {
            expect(() => new lean.sqs.SQSClient({ region }), region).to.throw("FIPS regions");
        }
        expect(() => new lean.sqs.SQSClient({})).not.to.throw();
    });

    it("is refused where a callback waits for the answer", async () => {
        const commands = [
            [new lean.sqs.SQSClient({}), new lean.sqs.GetQueueAttributesCommand({ QueueUrl: aws.url })],
            [
                lean.documents.DynamoDBDocumentClient.from(new lean.dynamo.DynamoDBClient({})),
                new lean.documents.GetCommand({ TableName: "orders", Key: { id: "1" } }),
            ],
        ];
        for (const [client, command] of commands) {
            for (const options of [[() => undefined], [{}, () => undefined]]) {
                const refusal = await Object(client)
                    .send(command, ...options)
                    .catch((error: unknown) => error);
                expect(refusal).to.have.property("message").that.includes("does not support callbacks");
            }
        }
        expect(aws.seen).to.have.length(0);
    });

    it("has a region that is one part of a host's name, as the SDK requires", async () => {
        delete process.env["AWS_ENDPOINT_URL"];
        const accepts = async (region: string) =>
            await new SQSClient({ region }).config.region().then(
                () => true,
                ({ message }: Error) => message,
            );
        const leanAccepts = (region: string) => {
            try {
                new lean.sqs.SQSClient({ region });
                process.env["AWS_REGION"] = region;
                new lean.sqs.SQSClient({});
                return true;
            } catch (error) {
                return error instanceof Error ? error.message : error;
            }
        };
        const wrong = [
            "evil.example/",
            "a.b",
            "a/b",
            "a b",
            "a@b",
            "a:80",
            "-a",
            "a?b",
            "a#b",
            "a".repeat(64),
            "ä",
            "a\n",
        ];
        for (const region of ["eu-west-1", "a".repeat(63), "A1", ...wrong]) {
            expect(leanAccepts(region), region).to.equal(await accepts(region));
        }
    });

    it("must have a region and credentials", async () => {
        delete process.env["AWS_SECRET_ACCESS_KEY"];
        const failure = await read(lean).catch((error: unknown) => error);
        expect(failure).to.have.property("name", "CredentialsProviderError");
        delete process.env["AWS_REGION"];
        expect(() => new lean.sqs.SQSClient({})).to.throw("Region is missing");
    });

    describe("keeps connections", () => {
        it("for the next call, also of another client", async () => {
            aws.reactions = [{}];
            for (let call = 0; call < 3; call += 1) await read(lean);
            expect(aws.seen).to.have.length(3);
            expect(aws.sockets.length).to.be.at.most(1);
        });

        it("and calls again over another one when AWS has closed one meanwhile", async () => {
            aws.reactions = [{}];
            await read(lean);
            const [socket] = aws.sockets;
            // As after a pause of Lambda: the end comes together with the next call.
            aws.reactions = [{}, "hang up", {}];
            await read(lean);
            expect(aws.seen).to.have.length(3);
            expect(aws.sockets).to.have.length(2);
            expect(socket?.destroyed).to.equal(true);
        });
    });
});
