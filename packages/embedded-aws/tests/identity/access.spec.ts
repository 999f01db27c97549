import { expect } from "chai";
import { Access } from "../../src/identity/access.ts";
import type { AccessRequest, PolicyDocument, Principal, Statement } from "../../src/identity/principal.ts";

const account = "000000000000";
const roleArn = `arn:aws:iam::${account}:role/store`;
const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
const mail = `arn:aws:sqs:eu-west-1:${account}:mail`;
const ruleArn = `arn:aws:events:eu-west-1:${account}:rule/bus/route`;
const role: Principal = { kind: "role", roleArn, session: "store-1" };
const rule: Principal = { kind: "service", service: "events.amazonaws.com", sourceArn: ruleArn };

function document(...statements: Statement[]): PolicyDocument {
    return { Version: "2012-10-17", Statement: statements };
}

function accessOf(...policies: PolicyDocument[]): Access {
    const access = new Access({ account });
    access.defineRole({ arn: roleArn, policies });
    return access;
}

function ask(access: Access, request: Partial<AccessRequest> = {}): string {
    const decision = access.decide({ principal: role, action: "sqs:SendMessage", resource: queue, ...request });
    return decision.allowed ? "allowed" : decision.reason;
}

const sendToOrders = document({ Effect: "Allow", Action: ["sqs:SendMessage", "sqs:GetQueueUrl"], Resource: queue });

describe("A decision", () => {
    it("lets the administrator do everything", () => {
        const principal: Principal = { kind: "administrator" };
        expect(ask(new Access({ account }), { principal })).to.equal("allowed");
    });

    it("lets a role do what its policies allow", () => {
        expect(ask(accessOf(sendToOrders))).to.equal("allowed");
    });

    it("refuses in AWS's words what no policy allows", () => {
        expect(ask(accessOf(sendToOrders), { resource: mail })).to.equal(
            `User: arn:aws:sts::${account}:assumed-role/store/store-1 is not authorized to perform: sqs:SendMessage ` +
                `on resource: ${mail} because no identity-based policy allows the sqs:SendMessage action`,
        );
    });

    it("refuses a role that is not defined", () => {
        expect(ask(new Access({ account }))).to.include("because no identity-based policy allows");
    });

    it("names no resource for an action that knows none", () => {
        expect(ask(accessOf(), { action: "sqs:ListQueues", resource: "*" })).to.match(
            /is not authorized to perform: sqs:ListQueues because no identity-based policy allows/,
        );
    });

    it("refuses in AWS's words what a policy denies", () => {
        const denying = document({ Effect: "Deny", Action: "*", Resource: "*" });
        expect(ask(accessOf(sendToOrders, denying))).to.match(/with an explicit deny in an identity-based policy$/);
        const access = accessOf(sendToOrders);
        access.defineResourcePolicy(queue, document({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }));
        expect(ask(access)).to.match(/with an explicit deny in a resource-based policy$/);
    });

    it("lets a service in by the resource's policy alone, for the source that it names", () => {
        const access = accessOf();
        expect(ask(access, { principal: rule })).to.equal(
            `User: events.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${queue} ` +
                "because no resource-based policy allows the sqs:SendMessage action",
        );
        access.defineResourcePolicy(
            queue,
            document({
                Effect: "Allow",
                Principal: { Service: "events.amazonaws.com" },
                Action: "sqs:SendMessage",
                Resource: queue,
                Condition: { ArnEquals: { "aws:SourceArn": ruleArn }, StringEquals: { "AWS:SourceAccount": account } },
            }),
        );
        expect(ask(access, { principal: rule })).to.equal("allowed");
        expect(ask(access, { principal: { ...rule, sourceArn: `${ruleArn}-other` } })).to.include("is not authorized");
        expect(ask(access, { principal: { ...rule, service: "sns.amazonaws.com" } })).to.include("is not authorized");
    });

    it("takes the account of the cloud for a source whose ARN has none", () => {
        const access = accessOf();
        const Condition = { StringEquals: { "aws:SourceAccount": account } };
        const Principal = { Service: "s3.amazonaws.com" };
        access.defineResourcePolicy(queue, document({ Effect: "Allow", Principal, Action: "sqs:*", Condition }));
        const principal: Principal = {
            kind: "service",
            service: "s3.amazonaws.com",
            sourceArn: "arn:aws:s3:::documents",
        };
        expect(ask(access, { principal })).to.equal("allowed");
    });

    it("adds up the policies of a resource", () => {
        const access = accessOf();
        for (const service of ["events.amazonaws.com", "sns.amazonaws.com"]) {
            access.defineResourcePolicy(
                queue,
                document({
                    Effect: "Allow",
                    Principal: { Service: service },
                    Action: "sqs:SendMessage",
                    Resource: queue,
                }),
            );
        }
        expect(ask(access, { principal: rule })).to.equal("allowed");
        expect(ask(access, { principal: { ...rule, service: "sns.amazonaws.com" } })).to.equal("allowed");
    });

    it("applies a bucket's policy to the objects in it, and to no other bucket's", () => {
        const access = accessOf(document({ Effect: "Allow", Action: "s3:*", Resource: "*" }));
        const bucket = "arn:aws:s3:::documents";
        const Resource = [bucket, `${bucket}/*`];
        access.defineResourcePolicy(
            bucket,
            document({ Effect: "Deny", Principal: "*", Action: "s3:Delete*", Resource }),
        );
        const action = "s3:DeleteObject";
        expect(ask(access, { action, resource: `${bucket}/a/b.pdf` })).to.include("explicit deny");
        expect(ask(access, { action, resource: `${bucket}-2/a/b.pdf` })).to.equal("allowed");
    });

    it("knows the keys that follow from the caller, whatever the request says", () => {
        const conditions: Statement["Condition"][] = [
            { ArnEquals: { "aws:PrincipalArn": roleArn } },
            { StringEquals: { "aws:PrincipalAccount": account, "aws:ResourceAccount": account } },
            { Bool: { "aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "false" } },
            { DateGreaterThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z", "aws:EpochTime": "1577836800" } },
            { StringEquals: { "events:source": "public.api" } },
            { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["a", "b"] } },
        ];
        for (const Condition of conditions) {
            const access = accessOf(
                document({ Effect: "Allow", Action: "*", Resource: "*", ...(Condition && { Condition }) }),
            );
            const context = {
                "aws:principalArn": "forged",
                "Events:Source": "public.api",
                "dynamodb:Attributes": ["a"],
            };
            expect(ask(access, { context }), JSON.stringify(Condition)).to.equal("allowed");
        }
    });

    it("follows a role that is defined anew", () => {
        const access = accessOf(sendToOrders);
        access.defineRole({ arn: roleArn, policies: [] });
        expect(ask(access)).to.include("is not authorized");
    });
});

describe("Credentials", () => {
    it("are the same in every run, and different for every session and role", () => {
        const of = (arn: string, session: string) => new Access({ account }).credentialsOf(arn, session);
        expect(of(roleArn, "a")).to.deep.equal(of(roleArn, "a"));
        const ids = [of(roleArn, "a"), of(roleArn, "b"), of(`${roleArn}2`, "a")].map((each) => each.accessKeyId);
        expect(new Set(ids).size).to.equal(3);
    });

    it("look like those of AWS", () => {
        const { accessKeyId, secretAccessKey, sessionToken } = new Access({ account }).credentialsOf(roleArn, "a");
        expect(accessKeyId).to.match(/^LOCAL[0-9A-F]{15}$/);
        expect(secretAccessKey).to.match(/^[A-Za-z0-9+/]{40}$/);
        expect(sessionToken).to.match(/^[A-Za-z0-9_-]+$/);
    });

    it("lead back to the role and its session", () => {
        const access = new Access({ account });
        const { accessKeyId, secretAccessKey } = access.credentialsOf(roleArn, "store-1");
        expect(access.principalOf(accessKeyId)).to.deep.equal(role);
        expect(access.secretOf(accessKeyId)).to.equal(secretAccessKey);
    });

    it("that were not issued are unknown", () => {
        const access = new Access({ account });
        expect(access.principalOf("AKIAIOSFODNN7EXAMPLE")).to.equal(undefined);
        expect(access.secretOf("AKIAIOSFODNN7EXAMPLE")).to.equal(undefined);
    });

    it("of the administrator are local", () => {
        const access = new Access({ account });
        expect(access.principalOf("local")).to.deep.equal({ kind: "administrator" });
        expect(access.secretOf("local")).to.equal("local");
    });
});

describe("The report of permissions", () => {
    const sent = { action: "sqs:SendMessage", resource: queue };
    const looked = { action: "sqs:GetQueueUrl", resource: queue };

    it("lists used and unused rights, and counts refused calls", () => {
        const access = accessOf(sendToOrders);
        ask(access);
        ask(access);
        ask(access, { resource: mail });
        ask(access, { resource: mail });
        expect(access.report()).to.deep.equal([
            {
                roleArn,
                allowed: [sent, looked],
                used: [sent],
                unused: [looked],
                denied: [{ action: "sqs:SendMessage", resource: mail, count: 2 }],
            },
        ]);
    });

    it("shows a pattern as it is written, and every grant that a request could have used", () => {
        const wide = { action: "sqs:*", resource: "*" };
        const access = accessOf(
            sendToOrders,
            document({ Effect: "Allow", Action: wide.action, Resource: wide.resource }),
        );
        ask(access);
        const [report] = access.report();
        expect(report?.used).to.deep.equal([sent, wide]);
    });

    it("does not count what a resource policy, another condition or a deny decided", () => {
        const Condition = { Bool: { "aws:PrincipalIsAWSService": "true" } };
        const access = accessOf(document({ Effect: "Allow", Action: "sqs:*", Resource: "*", Condition }));
        access.defineResourcePolicy(
            queue,
            document({ Effect: "Allow", Principal: { AWS: roleArn }, Action: "sqs:*", Resource: queue }),
        );
        expect(ask(access)).to.equal("allowed");
        expect(access.report()[0]?.used).to.deep.equal([]);
    });

    it("lists a grant once that several statements have", () => {
        expect(accessOf(sendToOrders, sendToOrders).report()[0]?.allowed).to.deep.equal([sent, looked]);
    });

    it("goes on where an earlier run stopped", () => {
        const before = accessOf(sendToOrders);
        ask(before);
        ask(before, { resource: mail });
        const saved: unknown = JSON.parse(JSON.stringify(before.usage()));

        const after = accessOf(sendToOrders);
        after.restoreUsage(saved);
        ask(after, { resource: mail });
        const [report] = after.report();
        expect(report?.used).to.deep.equal([sent]);
        expect(report?.denied).to.deep.equal([{ action: "sqs:SendMessage", resource: mail, count: 2 }]);
    });

    it("forgets the use of a grant that the role has no more", () => {
        const access = accessOf(sendToOrders);
        ask(access);
        access.defineRole({ arn: roleArn, policies: [] });
        expect(access.report()[0]).to.deep.include({ allowed: [], used: [], unused: [] });
    });

    it("takes up nothing that it did not give", () => {
        const access = accessOf();
        for (const saved of [
            undefined,
            {},
            [{}],
            [{ roleArn, used: [{}], denied: [] }],
            [{ roleArn, used: [], denied: [sent] }],
        ]) {
            expect(() => access.restoreUsage(saved)).to.throw(TypeError);
        }
    });
});
