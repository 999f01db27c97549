import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { leaves } from "../../components/settings/schema.ts";
import { type Changes, configOf, graphOf, nameless, type Recorded } from "../graph.ts";
import { proof } from "../proof.ts";
import { checkedVariants, variants } from "../variants.ts";

/**
 * By type: the inputs that AWS knows such a thing by and keeps unique in a region, `?` for those that may be absent. Pulumi
 * makes what is new before it deletes what is gone, so that AWS refuses a name that moves to another URN, or the end of the
 * old takes the new away.
 */
const uniqueBy: Readonly<Record<string, readonly string[]>> = {
    "aws:apigatewayv2/apiMapping:ApiMapping": ["domainName", "apiMappingKey?"],
    "aws:apigatewayv2/authorizer:Authorizer": ["apiId", "name"],
    "aws:apigatewayv2/domainName:DomainName": ["domainName"],
    "aws:apigatewayv2/route:Route": ["apiId", "routeKey"],
    "aws:apigatewayv2/stage:Stage": ["apiId", "name"],
    "aws:backup/plan:Plan": ["name"],
    "aws:backup/selection:Selection": ["planId", "name"],
    "aws:backup/vault:Vault": ["name"],
    "aws:budgets/budget:Budget": ["name"],
    "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": ["configurationName"],
    "aws:cloudfront/distribution:Distribution": ["aliases"],
    // Alarms of both kinds have their names from one space.
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": ["alarmName"],
    "aws:cloudwatch/metricAlarm:MetricAlarm": ["name"],
    "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
    "aws:cloudwatch/eventArchive:EventArchive": ["name"],
    "aws:cloudwatch/eventBus:EventBus": ["name"],
    "aws:cloudwatch/eventRule:EventRule": ["eventBusName", "name"],
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": ["logGroupName"],
    "aws:cloudwatch/logGroup:LogGroup": ["name"],
    "aws:cloudwatch/queryDefinition:QueryDefinition": ["name"],
    "aws:codedeploy/application:Application": ["name"],
    "aws:codedeploy/deploymentGroup:DeploymentGroup": ["appName", "deploymentGroupName"],
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor": ["name"],
    "aws:costexplorer/anomalySubscription:AnomalySubscription": ["name"],
    "aws:dynamodb/table:Table": ["name"],
    "aws:dynamodb/tableItem:TableItem": ["tableName", "item"],
    "aws:dynamodb/tableReplica:TableReplica": ["globalTableArn"],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ["vpcId"],
    "aws:ec2/flowLog:FlowLog": ["vpcId", "logDestination"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["vpcId", "serviceName"],
    "aws:iam/role:Role": ["name"],
    "aws:iam/rolePolicy:RolePolicy": ["role", "name"],
    "aws:kms/alias:Alias": ["name"],
    "aws:kms/replicaKey:ReplicaKey": ["primaryKeyArn"],
    "aws:lambda/alias:Alias": ["functionName", "name"],
    "aws:lambda/eventSourceMapping:EventSourceMapping": ["eventSourceArn", "functionName"],
    "aws:lambda/function:Function": ["name"],
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": ["functionName", "qualifier?"],
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": ["functionName", "qualifier"],
    "aws:route53/record:Record": ["zoneId", "name", "type", "setIdentifier?"],
    "aws:s3/bucket:Bucket": ["bucket"],
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ["bucket"],
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ["bucket"],
    "aws:s3/bucketPolicy:BucketPolicy": ["bucket"],
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["bucket"],
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ["bucket"],
    "aws:s3/bucketVersioning:BucketVersioning": ["bucket"],
    "aws:scheduler/schedule:Schedule": ["groupName", "name"],
    "aws:scheduler/scheduleGroup:ScheduleGroup": ["name"],
    "aws:secretsmanager/secret:Secret": ["name"],
    "aws:secretsmanager/secretRotation:SecretRotation": ["secretId"],
    "aws:sns/topic:Topic": ["name"],
    "aws:sns/topicPolicy:TopicPolicy": ["arn"],
    "aws:sns/topicSubscription:TopicSubscription": ["topic", "protocol", "endpoint"],
    "aws:sqs/queue:Queue": ["name"],
    "aws:sqs/queuePolicy:QueuePolicy": ["queueUrl"],
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": ["queueUrl"],
    ...Object.fromEntries(
        ["Egress", "Ingress"].map((way) => [
            `aws:vpc/securityGroup${way}Rule:SecurityGroup${way}Rule`,
            ["securityGroupId", "fromPort", "cidrIpv4?", "referencedSecurityGroupId?", "prefixListId?"],
        ]),
    ),
    "aws:wafv2/webAcl:WebAcl": ["name"],
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["resourceArn"],
    "aws:xray/group:Group": ["groupName"],
};

/** What AWS gives an id of its own to, and takes twice. */
const takenTwice: readonly string[] = [
    "aws:acm/certificate:Certificate",
    "aws:acm/certificateValidation:CertificateValidation",
    "aws:apigateway/apiKey:ApiKey",
    "aws:apigatewayv2/api:Api",
    "aws:apigatewayv2/integration:Integration",
    "aws:cloudwatch/eventTarget:EventTarget",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:kms/key:Key",
    "aws:lambda/permission:Permission",
    "aws:route53/healthCheck:HealthCheck",
];

const queue = "aws:sqs/queue:Queue";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

/**
 * Types that hold data that cannot be restored, each with the inputs that only another one can have (in the provider's schema:
 * ForceNew).
 */
const stateful: Readonly<Record<string, readonly string[]>> = {
    "aws:backup/vault:Vault": ["name", "kmsKeyArn"],
    "aws:cloudwatch/eventArchive:EventArchive": ["name", "eventSourceArn"],
    "aws:dynamodb/table:Table": ["name", "hashKey", "rangeKey", "localSecondaryIndexes"],
    "aws:dynamodb/tableReplica:TableReplica": ["globalTableArn", "kmsKeyArn"],
    "aws:kms/key:Key": ["multiRegion", "customerMasterKeySpec", "keyUsage"],
    "aws:kms/replicaKey:ReplicaKey": ["primaryKeyArn"],
    "aws:s3/bucket:Bucket": ["bucket", "objectLockEnabled"],
    "aws:scheduler/scheduleGroup:ScheduleGroup": ["name"],
    "aws:secretsmanager/secret:Secret": ["name"],
    [queue]: ["name", "fifoQueue"],
};

/** Those of them that are protected in Pulumi where data is protected, so that a preview refuses all or nothing. */
const isProtectable = (type: string) =>
    type in stateful &&
    ![queue, "aws:cloudwatch/eventArchive:EventArchive", "aws:scheduler/scheduleGroup:ScheduleGroup"].includes(type);

/** Settings that take something stateful away, what that is, and the words by which they say so. */
const takesAway: Readonly<Record<string, { readonly what: RegExp; readonly says: RegExp }>> = {
    "retention.archiveDays": { what: /:EventArchive::/, says: /0 deletes the archive/ },
    "encryption.keys": {
        what: /::data-(key|replica)$|TableReplica::|::orders-events-undecipherable$/,
        says: /The change to aws deletes the key/,
    },
    "checkout.payment.provider": {
        what: /::checkout-sandbox-payments-(table|replica)$/,
        says: /deletes the sandbox's charges/,
    },
    "feed.targets": {
        what: /commerce:index:ProductFeed/,
        says: /removing the last one deletes files and state, removing one its secret/,
    },
    "checkout.ucp.signingKeys": {
        what: /commerce:index:UniversalCommerce\$/,
        says: /without a name its key is deleted, and without checkout.ucp all of them and the profiles of platforms/,
    },
    "failover.region": {
        what: /commerce:index:SecondRegion|::data-replica$/,
        says: /removing it deletes documents, messages and logs that only that region has/,
    },
};

const inRegion = (graph: Recorded, { provider, inputs }: Resource): unknown => {
    const own = graph.resources.find(({ urn }) => provider.startsWith(`${urn}::`));
    return inputs["region"] ?? own?.inputs["region"];
};

/** What AWS knows a resource by; nothing for what it makes up a name for. */
function identityOf(graph: Recorded, resource: Resource): string | undefined {
    const { type, inputs } = resource;
    const values: unknown[] = [];
    for (const key of uniqueBy[type] ?? []) {
        const value = inputs[key.replace("?", "")];
        if (value === undefined && !key.endsWith("?")) return undefined;
        values.push(value);
    }
    if (values.length === 0) return undefined;
    const kind = type === "aws:cloudwatch/compositeAlarm:CompositeAlarm" ? alarm : type;
    return nameless(JSON.stringify([kind, inRegion(graph, resource), ...values]));
}

/** What holds data in a deployed stack, by URN: the inputs that only another one can have, as at commit 9115ff5. */
const deployed: Readonly<Record<string, Readonly<Record<string, unknown>>>> = JSON.parse(
    readFileSync(join(import.meta.dirname, "stateful.json"), "utf8"),
);

const schemaOf = (path: string) => leaves.find((leaf) => leaf.path === path)?.schema;

const withoutStack = (urn: string) => urn.replace(/^urn:pulumi:[^:]*::/, "");

interface Variant {
    readonly name: string;
    readonly graph: Recorded;
    readonly settings: Changes;
    /** By URN and by each URN that it had before. */
    readonly byUrn: ReadonlyMap<string, Resource>;
    readonly byIdentity: ReadonlyMap<string, Resource>;
}

async function variantOf(name: string): Promise<Variant> {
    const variant = variants[name];
    if (variant === undefined) throw new Error(`there is no variant ${name}`);
    const graph = await graphOf(variant.stack, variant.settings);
    const known = graph.resources.flatMap((one) =>
        [one.urn, ...one.aliases].map((urn) => [withoutStack(urn), one] as const),
    );
    const identified = graph.resources.flatMap((one) => {
        const identity = identityOf(graph, one);
        return identity === undefined ? [] : [[identity, one] as const];
    });
    const settings = { ...configOf(variant.stack), ...variant.settings };
    return { name, graph, settings, byUrn: new Map(known), byIdentity: new Map(identified) };
}

/** Names that AWS keeps unique which an edit moves from one URN to another. */
function* movesIn(before: Variant, after: Variant): Generator<string> {
    for (const [identity, old] of before.byIdentity) {
        const found = after.byIdentity.get(identity);
        if (found === undefined) continue;
        const isSame =
            after.byUrn.get(withoutStack(old.urn)) === found || before.byUrn.get(withoutStack(found.urn)) === old;
        if (!isSame) yield `${identity} moves from ${withoutStack(old.urn)} to ${withoutStack(found.urn)}`;
    }
}

/** Stateful things that an edit deletes or replaces. */
function* lossesIn(before: Variant, after: Variant): Generator<string> {
    for (const old of before.graph.resources) {
        const final = stateful[old.type];
        // What a callback failed at, its logs and itself come and go together.
        if (final === undefined || isOfCallback(old)) continue;
        const found = after.byUrn.get(withoutStack(old.urn));
        const isKept =
            found !== undefined &&
            final.every((input) => found.ignoreChanges.includes(input) || said(old, input) === said(found, input));
        if (!isKept) yield withoutStack(old.urn);
    }
}

const said = ({ inputs }: Resource, input: string) => nameless(JSON.stringify(inputs[input] ?? null));

const isOfCallback = ({ type, parent = "" }: Resource) =>
    type === queue && parent.includes("commerce:parts:Callback::");

/**
 * Inputs of a table that AWS refuses to change while the table has a replica: its stream is what replicas live by ("Disabling
 * Stream is not allowed for a Global Table replica"), and keys of replicas are changed with the replicas alone.
 */
const fixedWithReplicas = ["replicas", "streamEnabled", "streamViewType", "serverSideEncryption"];

/** What an edit changes of tables that have replicas still: Pulumi updates all that stays before it deletes what goes. */
function* refusedIn(before: Variant, after: Variant): Generator<string> {
    const replicated = before.graph
        .of("aws:dynamodb/tableReplica:TableReplica")
        .map((one) => one.inputs["globalTableArn"]);
    for (const old of before.graph.of("aws:dynamodb/table:Table")) {
        const found = after.byUrn.get(withoutStack(old.urn));
        if (found === undefined || !replicated.includes(old.outputs["arn"])) continue;
        // What the provider finds when it looks at the table differs from unset inputs.
        if (!found.ignoreChanges.includes("replicas")) yield `${withoutStack(old.urn)} replicas`;
        for (const input of fixedWithReplicas) {
            if (found.ignoreChanges.includes(input) || said(old, input) === said(found, input)) continue;
            yield `${withoutStack(old.urn)} ${input}`;
        }
    }
}

/** Whether one of the settings that differ says that it takes this away. */
const isSaid = (urn: string, before: Variant, after: Variant) =>
    Object.entries(takesAway).some(([key, { what }]) => before.settings[key] !== after.settings[key] && what.test(urn));

describe("an edit of the settings of a deployed stack", function () {
    this.timeout(300_000);
    const all: Variant[] = [];
    const pairs = () =>
        all.flatMap((before) => all.filter((after) => after !== before).map((after) => ({ before, after })));

    before(async () => {
        for (const name of Object.keys(checkedVariants)) all.push(await variantOf(name));
    });

    it("knows the unique names of each type in AWS", () => {
        const types = new Set(
            all.flatMap(({ graph }) => graph.resources.flatMap(({ type }) => (type.startsWith("aws:") ? [type] : []))),
        );
        const unknown = [...types].filter((type) => !(type in uniqueBy) && !takenTwice.includes(type));
        expect(unknown).to.deep.equal([]);
    });

    it("moves no name that AWS keeps unique to another URN", () => {
        const moves = pairs().flatMap(({ before, after }) =>
            [...movesIn(before, after)].map((move) => `${before.name} → ${after.name}: ${move}`),
        );
        expect(moves.join("\n")).to.equal("");
    });

    it("neither deletes nor replaces a resource with data, unless its setting says so", () => {
        const losses = pairs().flatMap(({ before, after }) =>
            [...lossesIn(before, after)]
                .filter((urn) => !isSaid(urn, before, after))
                .map((urn) => `${before.name} → ${after.name}: ${urn}`),
        );
        expect(losses.join("\n")).to.equal("");
    });

    it("keeps the URNs, or aliases, and the keys of all that holds data in stacks of earlier versions", () => {
        const changes = Object.entries(deployed).flatMap(([urn, keys]) => {
            const found = all.flatMap(({ byUrn }) => byUrn.get(urn) ?? []);
            if (found.length === 0) return [`${urn} is gone`];
            return found.flatMap((one) =>
                (stateful[one.type] ?? [])
                    // The key is what the setting `encryption.keys` says.
                    .filter(
                        (input) => input !== "kmsKeyArn" && JSON.stringify(keys[input] ?? null) !== said(one, input),
                    )
                    .map((input) => `${urn} ${input}: ${said(one, input)}`),
            );
        });
        expect(changes.join("\n")).to.equal("");
    });

    for (const [key, { what, says }] of Object.entries(takesAway)) {
        it(`has its loss in the setting's description: ${key}`, () => {
            expect(schemaOf(key)?.description).to.match(says);
            const taken = pairs().flatMap(({ before, after }) => [...lossesIn(before, after)]);
            expect(taken.some((urn) => what.test(urn))).to.equal(true);
        });
    }

    it("changes nothing of a table that AWS refuses while the table has a replica, which Pulumi deletes last", () => {
        const refused = pairs().flatMap(({ before, after }) =>
            [...refusedIn(before, after)]
                // The setting says that the second region must go first.
                .filter(
                    (one) =>
                        !(
                            one.endsWith(" serverSideEncryption") &&
                            before.settings["encryption.keys"] !== after.settings["encryption.keys"]
                        ),
                )
                .map((one) => `${before.name} → ${after.name}: ${one}`),
        );
        expect(refused.join("\n")).to.equal("");
        expect(schemaOf("encryption.keys")?.description).to.include("with a second region neither");
    });

    proof(
        "leaves the zones of a network where they are when others come or go: AWS refuses addresses that are taken",
        () => {
            const networks = all.flatMap(({ graph }) => graph.of("awsx:ec2:Vpc").map(({ inputs }) => inputs));
            const layouts = networks.map(({ numberOfAvailabilityZones: _, ...layout }) => JSON.stringify(layout));
            expect(new Set(networks.map((one) => one["numberOfAvailabilityZones"])).size).to.be.greaterThan(1);
            expect([...new Set(layouts)]).to.have.length(1);
            // Without a size of a zone each has a part of all addresses, by how many there are.
            const [network] = networks;
            const zones = 2 ** (Number(network?.["availabilityZoneCidrMask"]) - 16);
            expect(zones).to.be.at.least(schemaOf("network.availabilityZones")?.maximum ?? Number.POSITIVE_INFINITY);
        },
    );

    it("is refused by the preview, whole, where it would delete data that is protected", () => {
        for (const { name, graph, settings } of all) {
            for (const { type, urn, protect } of graph.resources.filter((one) => isProtectable(one.type))) {
                expect(protect, `${name}: ${type} ${urn}`).to.equal(settings["deployment.deletionProtection"]);
            }
        }
    });
});
