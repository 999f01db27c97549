import { expect } from "chai";
import { Access, provisionAccess } from "embedded-aws/policies";
import { graphOf, place, type Recorded, statementsOf } from "../graph.ts";
import { variants } from "../variants.ts";

const secret = "aws:secretsmanager/secret:Secret";
const rotation = "aws:secretsmanager/secretRotation:SecretRotation";
const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";
const topicPolicy = "aws:sns/topicPolicy:TopicPolicy";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const masking = "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy";

describe("safety by settings", () => {
    let dev: Recorded;
    let prod: Recorded;

    before(async () => {
        dev = await graphOf("dev");
        prod = await graphOf("prod");
    });

    describe("the rotation of the sealing key", () => {
        it("calls the one function that may change the secret, every so many days", () => {
            const rotator = prod.one("aws:lambda/function:Function", "webhooks-rotate-sealing-function");
            const sealing = prod.one(secret, "webhooks-sealing-secret").outputs["arn"];
            const [only, ...others] = prod.of(rotation);
            expect(others).to.deep.equal([]);
            expect(only?.inputs).to.deep.include({
                secretId: sealing,
                rotationRules: { automaticallyAfterDays: 90 },
            });
            expect(String(only?.inputs["rotationLambdaArn"])).to.satisfy((arn: string) =>
                arn.startsWith(String(rotator.outputs["arn"])),
            );
            const [permission] = prod
                .of("aws:lambda/permission:Permission")
                .filter(({ inputs }) => inputs["principal"] === "secretsmanager.amazonaws.com");
            expect(permission?.inputs).to.include({ function: rotator.outputs["name"], sourceArn: sealing });
            expect(only?.dependencies).to.include(permission?.urn);
            const changing = prod
                .of("aws:iam/rolePolicy:RolePolicy")
                .filter(({ inputs }) => String(inputs["policy"]).includes("secretsmanager:PutSecretValue"));
            expect(changing.map(({ name }) => name)).to.deep.equal(["webhooks-rotate-sealing-policy"]);
        });

        it("makes the first value in every stack that sends webhooks, so that none is in the state", async () => {
            for (const graph of [dev, prod]) {
                expect(graph.of(rotation).map(({ inputs }) => inputs["secretId"])).to.deep.equal([
                    graph.one("aws:secretsmanager/secret:Secret", "webhooks-sealing-secret").outputs["arn"],
                ]);
                // At once, which is Secrets Manager's default.
                expect(graph.of(rotation)[0]?.inputs).not.to.have.property("rotateImmediately");
                expect(graph.of("aws:secretsmanager/secretVersion:SecretVersion")).to.deep.equal([]);
            }
            const { stack, settings } = variants["everything off"] ?? expect.fail("there is no such variant");
            const without = await graphOf(stack, settings);
            expect(without.of(rotation)).to.deep.equal([]);
        });
    });

    describe("policies that refuse calls without TLS", () => {
        it("are one for every topic and for the queues that admit a service, where the setting does not ask for more", () => {
            const topics = dev.of(topicPolicy).map(({ inputs }) => inputs["arn"]);
            expect(topics).to.have.members(dev.of("aws:sns/topic:Topic").map(({ id }) => id));
            for (const { inputs, name } of dev.of(queuePolicy)) {
                const effects = statementsOf(inputs["policy"]).map(({ Effect }) => Effect);
                expect(effects, name).to.deep.equal(["Allow", "Deny"]);
            }
        });

        it("allow all senders that use TLS", () => {
            const access = new Access({ account: place.account });
            provisionAccess({ project: "commerce", stack: "prod", ...prod }, access);
            const queue = prod.one("aws:sqs/queue:Queue", "orders-orders-queue").outputs["arn"];
            const role = (name: string) => String(prod.one("aws:iam/role:Role", name).outputs["arn"]);
            const sends = (roleArn: string) =>
                access.decide({
                    principal: { kind: "role", roleArn, session: "test" },
                    action: "sqs:SendMessage",
                    resource: String(queue),
                }).allowed;
            expect(sends(role("orders-receive-role"))).to.equal(true);
            expect(sends(role("orders-read-role"))).to.equal(false);
        });
    });

    describe("the masking of logs", () => {
        it("finds and masks the same in every log group", () => {
            const masked = prod.of(masking).map(({ inputs }) => inputs["logGroupName"]);
            expect(masked).to.have.members(prod.of(logGroup).map(({ inputs }) => inputs["name"]));
            for (const { inputs, name } of prod.of(masking)) {
                const [find] = JSON.parse(String(inputs["policyDocument"])).Statement;
                expect(find.DataIdentifier, name).to.include(
                    "arn:aws:dataprotection::aws:data-identifier/EmailAddress",
                );
            }
        });

        it("creates no resources by default", () => {
            expect(dev.of(masking)).to.deep.equal([]);
        });
    });
});
