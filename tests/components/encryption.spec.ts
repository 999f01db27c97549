import { expect } from "chai";
import { Access, type Principal, parsePolicy, provisionAccess } from "embedded-aws/policies";
import type { Resource } from "embedded-aws/recorder";
import { graphOf, place, type Recorded, type Statement, statementsOf } from "../graph.ts";
import { variants } from "../variants.ts";

const settings = {
    "encryption.keys": "customer",
    "orders.ingress": "direct",
    "functions.byName": {},
    "orders.mail.sender": "shop@example.com",
    "retention.archiveDays": 30,
    // The role of AWS Backup reads all that there is, and is looked at with the backups.
    "retention.backupDays": 0,
    "customers.commercetoolsApi": true,
    "webhooks.secretRotationDays": 90,
};
const { region, account } = place;
const queueType = "aws:sqs/queue:Queue";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** What is encrypted with which input, and the service that its users use the key by. */
const encrypted: Readonly<Record<string, { readonly service: string; readonly keyOf: (of: Resource) => unknown }>> = {
    [queueType]: { service: "sqs", keyOf: ({ inputs }) => inputs["kmsMasterKeyId"] },
    "aws:dynamodb/table:Table": {
        service: "dynamodb",
        keyOf: ({ inputs }) => member(inputs["serverSideEncryption"], "kmsKeyArn"),
    },
    "aws:sns/topic:Topic": { service: "sns", keyOf: ({ inputs }) => inputs["kmsMasterKeyId"] },
    "aws:secretsmanager/secret:Secret": { service: "secretsmanager", keyOf: ({ inputs }) => inputs["kmsKeyId"] },
};

/** What of the key AWS asks for when one of its services works for a caller: the rest needs none. */
const needs: Readonly<Record<string, readonly string[]>> = {
    "sqs:SendMessage": ["Decrypt", "GenerateDataKey"],
    "sqs:ReceiveMessage": ["Decrypt"],
    "sns:Publish": ["Decrypt", "GenerateDataKey"],
    "s3:PutObject": ["GenerateDataKey"],
    "s3:GetObject": ["Decrypt"],
    "secretsmanager:GetSecretValue": ["Decrypt"],
    "secretsmanager:PutSecretValue": ["Decrypt", "GenerateDataKey"],
    ...Object.fromEntries(
        [
            "BatchGetItem",
            "GetItem",
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "Query",
            "ConditionCheckItem",
            "GetRecords",
        ].map((action) => [`dynamodb:${action}`, ["Decrypt"]]),
    ),
};

describe("encryption with keys of our own", () => {
    let graph: Recorded;
    let access: Access;
    let key: string;

    before(async () => {
        graph = await graphOf("prod", settings);
        key = String(graph.one("aws:kms/key:Key", "data-key").outputs["arn"]);
        access = accessOf(graph);
    });

    it("encrypts every queue, table, bucket, secret, bus, archive and log group with the one key", () => {
        const keys = (type: string, keyOf: (of: Resource) => unknown) => {
            const found = graph.of(type);
            expect(found, type).not.to.be.empty;
            return Object.fromEntries(found.filter((one) => keyOf(one) !== key).map((one) => [one.name, keyOf(one)]));
        };
        expect(keys("aws:dynamodb/table:Table", keyedTable)).to.deep.equal({});
        // What the bus can no longer encrypt with the key must not need it.
        expect(keys(queueType, ({ inputs }) => inputs["kmsMasterKeyId"])).to.deep.equal({
            "orders-events-undecipherable": undefined,
        });
        const inputOf = (input: string) => (of: Resource) => of.inputs[input];
        expect(keys("aws:secretsmanager/secret:Secret", inputOf("kmsKeyId"))).to.deep.equal({});
        expect(keys("aws:cloudwatch/eventBus:EventBus", inputOf("kmsKeyIdentifier"))).to.deep.equal({});
        expect(keys("aws:cloudwatch/eventArchive:EventArchive", inputOf("kmsKeyIdentifier"))).to.deep.equal({});
        expect(keys(logGroup, inputOf("kmsKeyId"))).to.deep.equal({});
        const rules = graph
            .of("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
            .map(({ inputs }) => inputs["rules"]);
        const rule = {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
            bucketKeyEnabled: true,
        };
        expect(rules).to.deep.equal([[rule], [rule]]);
    });

    it("does so by setting only, and then makes no such key", async () => {
        const dev = await graphOf("dev");
        expect(dev.of("aws:kms/key:Key").map(({ name }) => name)).to.deep.equal(["messages-key"]);
        for (const { inputs, name } of dev.of(queueType))
            expect(inputs, name).to.include({ sqsManagedSseEnabled: true });
        for (const role of dev.of("aws:iam/rolePolicy:RolePolicy")) {
            expect(String(role.inputs["policy"]), role.name).not.to.include("key/data-key");
        }
    });

    it("gives every role the use of the key that its rights take, by that service and no other", () => {
        let checked = 0;
        for (const role of graph.of("aws:iam/role:Role")) {
            const statements = graph
                .of("aws:iam/rolePolicy:RolePolicy")
                .filter(({ inputs }) => inputs["role"] === role.id)
                .flatMap(({ inputs }) => statementsOf(inputs["policy"]));
            const wanted = new Set(statements.flatMap((statement) => usesIn(statement)));
            const principal: Principal = { kind: "role", roleArn: String(role.outputs["arn"]), session: "test" };
            for (const keyArn of graph.of("aws:kms/key:Key").map(({ outputs }) => String(outputs["arn"]))) {
                for (const service of ["dynamodb", "lambda", "s3", "secretsmanager", "sns", "sqs"]) {
                    for (const action of ["Decrypt", "GenerateDataKey", "Encrypt", "CreateGrant"]) {
                        const use = `${action} ${keyArn} ${service}`;
                        const context = { "kms:ViaService": `${service}.${region}.amazonaws.com` };
                        const { allowed } = access.decide({
                            principal,
                            action: `kms:${action}`,
                            resource: keyArn,
                            context,
                        });
                        expect(allowed, `${role.name}: ${use}`).to.equal(wanted.has(use));
                        if (allowed) checked += 1;
                    }
                }
                const direct = access.decide({ principal, action: "kms:Decrypt", resource: keyArn });
                expect(direct.allowed, `${role.name} by itself`).to.equal(false);
            }
        }
        expect(checked).to.be.greaterThan(60);
    });

    it("lets rules deliver to this account's queues and dead letters, and topics of this stack", () => {
        const hops = [
            ...graph.of("aws:cloudwatch/eventTarget:EventTarget").flatMap(({ inputs }) => {
                const rule = graph
                    .of("aws:cloudwatch/eventRule:EventRule")
                    .find(({ outputs }) => outputs["name"] === inputs["rule"])?.outputs["arn"];
                return [inputs["arn"], member(inputs["deadLetterConfig"], "arn")].map(
                    (target) => ["events.amazonaws.com", rule, target] as const,
                );
            }),
            ...graph.of("aws:sns/topicSubscription:TopicSubscription").flatMap(({ inputs }) => {
                const { deadLetterTargetArn } = JSON.parse(String(inputs["redrivePolicy"] ?? "{}"));
                return [inputs["endpoint"], deadLetterTargetArn].map(
                    (target) => ["sns.amazonaws.com", inputs["topic"], target] as const,
                );
            }),
        ].filter(([, , target]) => keyOfArn(target) !== undefined);
        expect(hops).to.have.length.greaterThan(8);
        for (const [service, source, target] of hops) {
            const uses = (sourceArn: string | undefined, queue: unknown) =>
                ["kms:Decrypt", "kms:GenerateDataKey"].map(
                    (action) =>
                        access.decide({
                            principal: { kind: "service", service, ...(sourceArn !== undefined && { sourceArn }) },
                            action,
                            resource: key,
                            context: { "kms:EncryptionContext:aws:sqs:arn": String(queue) },
                        }).allowed,
                );
            const hop = `${source} → ${target}`;
            expect(uses(String(source), target), hop).to.deep.equal([true, true]);
            if (service === "events.amazonaws.com") {
                // A rule's call need not name its queue: the queue binds it.
                expect(uses(undefined, target), hop).to.deep.equal([true, true]);
                expect(uses(String(source), String(target).replace(account, "111111111111"))).to.deep.equal([
                    false,
                    false,
                ]);
            } else {
                expect(uses(String(source).replace(account, "111111111111"), target)).to.deep.equal([false, false]);
                expect(uses(String(source).replaceAll("-prod", "-test"), target)).to.deep.equal([false, false]);
            }
        }
    });

    it("lets CloudWatch encrypt every log group, and those of other stacks not", () => {
        const principal: Principal = { kind: "service", service: `logs.${region}.amazonaws.com` };
        const may = (group: string) =>
            access.decide({
                principal,
                action: "kms:GenerateDataKey",
                resource: key,
                context: {
                    "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:${group}`,
                },
            }).allowed;
        for (const { inputs } of graph.of(logGroup)) expect(may(String(inputs["name"]))).to.equal(true);
        expect(may("/aws/lambda/order-store-dev")).to.equal(false);
    });

    it("lets EventBridge encrypt the bus and its archive, and describe the key", () => {
        const principal: Principal = {
            kind: "service",
            service: "events.amazonaws.com",
            sourceArn: String(graph.one("aws:cloudwatch/eventBus:EventBus", "orders-events-bus").outputs["arn"]),
        };
        const may = (action: string, bus: string) =>
            access.decide({
                principal,
                action,
                resource: key,
                context: {
                    "kms:EncryptionContext:aws:events:event-bus:arn": `arn:aws:events:${region}:${account}:event-bus/${bus}`,
                },
            }).allowed;
        for (const action of ["Decrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo", "DescribeKey"]) {
            expect(may(`kms:${action}`, "order-processing-bus-prod"), action).to.equal(true);
        }
        expect(may("kms:Decrypt", "order-processing-bus-dev")).to.equal(false);
    });

    it("keeps dead letters of the bus in a queue without the key, to which the bus may send", () => {
        const bus = graph.one("aws:cloudwatch/eventBus:EventBus", "orders-events-bus");
        const queue = graph.one(queueType, "orders-events-undecipherable");
        expect(bus.inputs["deadLetterConfig"]).to.deep.equal({ arn: queue.outputs["arn"] });
        const sent = access.decide({
            principal: {
                kind: "service",
                service: "events.amazonaws.com",
                sourceArn: String(bus.outputs["arn"]),
            },
            action: "sqs:SendMessage",
            resource: String(queue.outputs["arn"]),
        });
        expect(sent).to.deep.equal({ allowed: true });
    });

    it("has key policies that say kms:* for the account's administration alone, and bind every service", () => {
        for (const { inputs, name } of graph.of("aws:kms/key:Key")) {
            const [administration, ...others] = statementsOf(inputs["policy"]);
            expect(administration).to.deep.include({
                Principal: { AWS: `arn:aws:iam::${account}:root` },
                Action: ["kms:*"],
            });
            expect(others, name).not.to.be.empty;
            for (const { Action, Condition, Principal } of others) {
                expect(JSON.stringify(Action)).not.to.include("*");
                expect(Principal).to.have.all.keys("Service");
                expect(JSON.stringify(Condition)).to.match(new RegExp(`aws:SourceAccount|:${region}:${account}:`));
            }
            expect(inputs["enableKeyRotation"], name).to.equal(true);
        }
    });

    it("has the same key in a second region, for its tables, secrets and queues", async () => {
        const { stack, settings: everything } = variants["everything on"] ?? expect.fail("there is no such variant");
        const both = await graphOf(stack, everything);
        const replica = both.one("aws:kms/replicaKey:ReplicaKey", "data-replica");
        expect(replica.inputs).to.include({ region: "eu-central-1" });
        expect(both.one("aws:kms/key:Key", "data-key").inputs).to.include({ multiRegion: true });
        const arn = replica.outputs["arn"];
        expect(String(replica.inputs["policy"])).to.include("logs.eu-central-1.amazonaws.com");
        const replicas = both.of("aws:dynamodb/tableReplica:TableReplica");
        expect(replicas).not.to.be.empty;
        for (const { inputs, name } of replicas) expect(inputs, name).to.include({ kmsKeyArn: arn });
        for (const { inputs, name } of both.of("aws:secretsmanager/secret:Secret")) {
            expect(inputs["replicas"], name).to.deep.equal([{ region: "eu-central-1", kmsKeyId: arn }]);
        }
        const there = both.of(queueType).filter(({ urn }) => urn.includes("commerce:index:SecondRegion"));
        expect(there).to.have.length.greaterThan(30);
        for (const { inputs, name } of there) {
            if (name.endsWith("-undecipherable")) continue;
            expect(inputs["kmsMasterKeyId"], name).to.equal(arn);
        }
    });

    const keyedTable = ({ inputs }: Resource) => member(inputs["serverSideEncryption"], "kmsKeyArn");

    /** The key of the queue, table, topic or secret that an ARN is of, or of something in it. */
    function keyOfArn(arn: unknown): { readonly keyArn: string; readonly service: string } | undefined {
        for (const [type, { service, keyOf }] of Object.entries(encrypted)) {
            const holder = graph
                .of(type)
                .find(({ outputs }) => arn === outputs["arn"] || String(arn).startsWith(`${outputs["arn"]}/`));
            const keyArn = holder && keyOf(holder);
            if (keyArn !== undefined) return { keyArn: String(keyArn), service };
        }
        if (/^arn:aws:s3:::(orders-documents|messages-anchors)/.test(String(arn)))
            return { keyArn: key, service: "s3" };
        return undefined;
    }

    /** What a statement takes of which key by way of which service: `Decrypt <key> sqs`. */
    function usesIn({ Action, Resource: resources }: Statement): string[] {
        return [resources].flat().flatMap((resource) => {
            const used = keyOfArn(resource);
            if (used === undefined) return [];
            const actions = [Action].flat().flatMap((action) => needs[action] ?? []);
            return actions.map((action) => `${action} ${used.keyArn} ${used.service}`);
        });
    }
});

/** What IAM decides about a graph, keys included. */
function accessOf({ resources, outputs }: Recorded): Access {
    const access = new Access({ account });
    provisionAccess({ project: "commerce", stack: "prod", resources, outputs }, access);
    for (const { type, inputs, outputs: of } of resources) {
        if (type === "aws:kms/key:Key")
            access.defineResourcePolicy(String(of["arn"]), parsePolicy(String(inputs["policy"])));
    }
    return access;
}

const member = (value: unknown, name: string): unknown =>
    typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
