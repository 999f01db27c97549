import { expect } from "chai";
import { callOf } from "../../src/graph/outputs.ts";
import { Access } from "../../src/identity/access.ts";
import { provisionAccess } from "../../src/provision/access.ts";
import { graphOf, resource } from "./resources.ts";

const trust = JSON.stringify({ Statement: [] });
const policy = (Action: string) => JSON.stringify({ Statement: { Effect: "Allow", Action, Resource: "*" } });

describe("What a role may do", () => {
    it("is what its own policies, the program's and those of AWS allow, attached or in its own inputs", () => {
        const access = new Access({ account: "000000000000" });
        const managed = (name: string) => `arn:aws:iam::aws:policy/service-role/${name}`;
        provisionAccess(
            graphOf(
                resource("aws:iam/policy:Policy", "p", { arn: "arn:p", policy: policy("s3:GetObject") }),
                resource("aws:iam/role:Role", "r", {
                    arn: "arn:r",
                    assumeRolePolicy: trust,
                    managedPolicyArns: ["arn:p", managed("AWSLambdaDynamoDBExecutionRole")],
                    inlinePolicies: [
                        { name: "one", policy: policy("sns:Publish") },
                        { name: "two", policy: policy("ses:SendEmail") },
                    ],
                }),
                resource("aws:iam/rolePolicy:RolePolicy", "i", { role: "r", policy: policy("s3:PutObject") }),
                resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
                    role: "r",
                    policyArn: managed("AWSLambdaSQSQueueExecutionRole"),
                }),
            ),
            access,
        );
        const principal = { kind: "role", roleArn: "arn:r", session: "s" } as const;
        const may = (action: string) => access.decide({ principal, action, resource: "*" }).allowed;
        for (const action of [
            "s3:GetObject",
            "s3:PutObject",
            "sns:Publish",
            "ses:SendEmail",
            "dynamodb:GetRecords",
            "sqs:ReceiveMessage",
            "logs:PutLogEvents",
        ]) {
            expect(may(action), action).to.equal(true);
        }
        for (const action of ["sqs:SendMessage", "dynamodb:PutItem"]) expect(may(action), action).to.equal(false);
    });
});

describe("The document that the provider makes of statements", () => {
    const place = { region: "eu-west-1", account: "000000000000", awsUrl: "", apiUrl: "" };
    const documentOf = (inputs: Record<string, unknown>) => {
        const { json } = callOf("aws:iam/getPolicyDocument:getPolicyDocument", inputs, place);
        return JSON.parse(String(json));
    };

    it("has IAM's names for its parts, and a list of one as the one", () => {
        const statements = [
            {
                sid: "Send",
                actions: ["sqs:SendMessage"],
                resources: ["arn:one", "arn:two"],
                principals: [{ type: "Service", identifiers: ["sns.amazonaws.com"] }],
                conditions: [
                    { test: "ArnEquals", variable: "aws:SourceArn", values: ["arn:topic"] },
                    { test: "ArnEquals", variable: "aws:PrincipalArn", values: ["arn:a", "arn:b"] },
                ],
            },
            {
                effect: "Deny",
                notActions: ["s3:*"],
                notResources: ["*"],
                principals: [{ type: "*", identifiers: ["*"] }],
            },
        ];
        expect(documentOf({ statements })).to.deep.equal({
            Version: "2012-10-17",
            Statement: [
                {
                    Sid: "Send",
                    Effect: "Allow",
                    Principal: { Service: "sns.amazonaws.com" },
                    Action: "sqs:SendMessage",
                    Resource: ["arn:one", "arn:two"],
                    Condition: { ArnEquals: { "aws:SourceArn": "arn:topic", "aws:PrincipalArn": ["arn:a", "arn:b"] } },
                },
                { Effect: "Deny", Principal: "*", NotAction: "s3:*", NotResource: "*" },
            ],
        });
    });

    it("has the statements of other documents, of which a later one with the same Sid takes the place", () => {
        const document = (Action: string) =>
            JSON.stringify({ Statement: [{ Sid: "One", Effect: "Allow", Action, Resource: "*" }] });
        const own = { actions: ["a:Own"], resources: ["*"] };
        const actionsOf = (inputs: Record<string, unknown>) =>
            documentOf({ statements: [own], ...inputs }).Statement.map(({ Action }: { Action: string }) => Action);
        expect(actionsOf({ sourcePolicyDocuments: [document("a:Source")] })).to.deep.equal(["a:Source", "a:Own"]);
        expect(
            actionsOf({
                sourcePolicyDocuments: [document("a:Source")],
                overridePolicyDocuments: [document("a:Override")],
            }),
        ).to.deep.equal(["a:Override", "a:Own"]);
    });
});
