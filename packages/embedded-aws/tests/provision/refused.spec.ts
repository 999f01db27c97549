import { expect } from "chai";
import { Access } from "../../src/identity/access.ts";
import { provisionAccess } from "../../src/provision/access.ts";
import { rulesOf } from "../../src/provision/events.ts";
import { functionsOf } from "../../src/provision/functions.ts";
import { UnusableResourceError } from "../../src/provision/properties.ts";
import { provisionTables } from "../../src/provision/tables.ts";
import { triggersOf } from "../../src/provision/triggers.ts";
import { graphOf, resource } from "./resources.ts";

const place = { region: "eu-west-1", account: "000000000000" };
const functionArn = "arn:aws:lambda:eu-west-1:000000000000:function:f";

describe("What AWS would not create", () => {
    const lambda = (inputs: Record<string, unknown>) =>
        resource("aws:lambda/function:Function", "f", {
            name: "f",
            arn: functionArn,
            role: "arn:r",
            handler: "index.handler",
            code: { directory: "/code" },
            ...inputs,
        });

    it("is a function whose variables are above 4 KB together", () => {
        const variables = (length: number) => lambda({ environment: { variables: { NAME: "v".repeat(length) } } });
        expect(functionsOf(graphOf(variables(4_096 - 11)))).to.have.length(1);
        expect(() => functionsOf(graphOf(variables(4_097 - 11)))).to.throw(UnusableResourceError, "4096");
    });

    it("is, here, a function that is not on Node.js", () => {
        expect(functionsOf(graphOf(lambda({ runtime: "nodejs24.x", packageType: "Zip" })))).to.have.length(1);
        for (const inputs of [{ runtime: "python3.13" }, { packageType: "Image", imageUri: "example" }]) {
            const [what = ""] = Object.values(inputs);
            expect(() => functionsOf(graphOf(lambda(inputs)))).to.throw(
                UnusableResourceError,
                `its runtime is ${what}`,
            );
        }
    });

    it("is, here, a table with a local secondary index", async () => {
        const index = { name: "by-date", rangeKey: "date", projectionType: "ALL" };
        const inputs = { name: "t", hashKey: "id", billingMode: "PAY_PER_REQUEST", localSecondaryIndexes: [index] };
        const table = resource("aws:dynamodb/table:Table", "t", inputs);
        const refused = await provisionTables(graphOf(table), async () => ({})).catch((error: unknown) => error);
        expect(refused)
            .to.be.instanceOf(UnusableResourceError)
            .and.to.have.property("message")
            .that.includes("local secondary");
    });

    const mapped = (visibilityTimeoutSeconds: number, timeout: number, scalingConfig = {}) =>
        graphOf(
            lambda({ timeout }),
            resource("aws:sqs/queue:Queue", "q", { arn: "arn:aws:sqs:::q", url: "http://q", visibilityTimeoutSeconds }),
            resource("aws:lambda/eventSourceMapping:EventSourceMapping", "m", {
                functionName: functionArn,
                eventSourceArn: "arn:aws:sqs:::q",
                scalingConfig,
            }),
        );

    it("is a mapping of a queue that hides its messages for less than its function may take", () => {
        expect(triggersOf(mapped(60, 60), place).queues).to.have.length(1);
        expect(() => triggersOf(mapped(59, 60), place)).to.throw(UnusableResourceError, "less than Function timeout");
    });

    it("is a mapping with a concurrency below 2 or above 1000", () => {
        for (const maximumConcurrency of [0, 1, 1001]) {
            expect(() => triggersOf(mapped(60, 3, { maximumConcurrency }), place)).to.throw(
                UnusableResourceError,
                "2 to 1000",
            );
        }
        expect(triggersOf(mapped(60, 3, { maximumConcurrency: 2 }), place).queues[0]?.maximumConcurrency).to.equal(2);
    });

    it("is not built where a rule's target transforms its input: the text would be another one", () => {
        const rule = resource("aws:cloudwatch/eventRule:EventRule", "r", {
            name: "r",
            arn: "arn:r",
            eventPattern: "{}",
        });
        const inputTransformer = { inputTemplate: '"x"' };
        const target = resource("aws:cloudwatch/eventTarget:EventTarget", "t", {
            rule: "r",
            arn: "arn:q",
            inputTransformer,
        });
        expect(() => rulesOf(graphOf(rule, target))).to.throw(UnusableResourceError, "no inputTransformer");
    });

    it("is a rule of six targets", () => {
        const rule = resource("aws:cloudwatch/eventRule:EventRule", "r", {
            name: "r",
            arn: "arn:r",
            eventPattern: "{}",
        });
        const targets = Array.from({ length: 6 }, (_, index) =>
            resource("aws:cloudwatch/eventTarget:EventTarget", `t${index}`, { rule: "r", arn: "arn:q" }),
        );
        expect(rulesOf(graphOf(rule, ...targets.slice(1)))[0]?.targets).to.have.length(5);
        expect(() => rulesOf(graphOf(rule, ...targets))).to.throw(UnusableResourceError, "6 targets");
    });

    it("is a role whose inline policies are above 10,240 characters together, white space apart", () => {
        const policy = (name: string, length: number) =>
            resource("aws:iam/rolePolicy:RolePolicy", name, {
                role: "store",
                policy: JSON.stringify(
                    {
                        Statement: [
                            { Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${"b".repeat(length)}` },
                        ],
                    },
                    undefined,
                    4,
                ),
            });
        const provision = (...lengths: number[]) =>
            provisionAccess(
                graphOf(...lengths.map((length, index) => policy(`p${index}`, length))),
                new Access({ account: "000000000000" }),
            );
        provision(5_000, 5_000);
        expect(() => provision(5_200, 5_000)).to.throw(UnusableResourceError, "10240");
    });

    it("is a role with a policy that neither the program nor the table of AWS's policies has", () => {
        const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
        const trust = JSON.stringify({ Statement: [] });
        const attachment = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { role: "r", policyArn });
        const role = resource("aws:iam/role:Role", "r", {
            arn: "arn:r",
            assumeRolePolicy: trust,
            managedPolicyArns: [policyArn],
        });
        for (const one of [attachment, role]) {
            expect(() => provisionAccess(graphOf(one), new Access({ account: "000000000000" }))).to.throw(
                UnusableResourceError,
                /AdministratorAccess.*AWSLambdaBasicExecutionRole/,
            );
        }
    });
});
