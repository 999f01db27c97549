import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "./policyDocument.ts";

/** Where the resources of a graph live: the facts that their ARNs and URLs are made of. */
export interface Place {
    readonly region: string;
    readonly account: string;
    /** `http://127.0.0.1:4566` */
    readonly awsUrl: string;
    /** `http://127.0.0.1:8787` */
    readonly apiUrl: string;
    /** Tells the names that are made up here from those of the region where the program runs. @default nothing */
    readonly mark?: string;
}

/** The same cloud in another of its regions. */
export const elsewhere = (place: Place, region: string): Place => ({
    region,
    account: place.account,
    awsUrl: place.awsUrl.replace(place.region, region),
    apiUrl: place.apiUrl.replace(place.region, region),
    mark: `@${region}`,
});

type Inputs = Readonly<Record<string, unknown>>;

/** What AWS would add to a resource's inputs once it exists. */
interface Computed {
    readonly id: string;
    readonly outputs: Readonly<Record<string, unknown>>;
}

type Compute = (inputs: Inputs, name: string, place: Place) => Computed;

const arn = (service: string, resource: string, { region, account }: Place) =>
    `arn:aws:${service}:${region}:${account}:${resource}`;

/** A function or an alias as API Gateway names what it invokes. */
const invokeArn = (functionArn: string, { region }: Place) =>
    `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

const streamLabel = "2026-01-01T00:00:00.000";

/** By type: its id and what is computed. `name` is the physical name. Types that are not here get a name and an ARN. */
const byType: Readonly<Record<string, Compute>> = {
    "aws:sqs/queue:Queue": (_, name, place) => {
        const url = `${place.awsUrl}/${place.account}/${name}`;
        return { id: url, outputs: { name, url, arn: arn("sqs", name, place) } };
    },
    "aws:sns/topic:Topic": (_, name, place) => {
        const topic = arn("sns", name, place);
        return { id: topic, outputs: { name, arn: topic, owner: place.account } };
    },
    "aws:dynamodb/table:Table": (inputs, name, place) => {
        const table = arn("dynamodb", `table/${name}`, place);
        return {
            id: name,
            outputs: {
                name,
                arn: table,
                ...(inputs["streamEnabled"] === true && {
                    streamArn: `${table}/stream/${streamLabel}`,
                    streamLabel,
                }),
            },
        };
    },
    "aws:dynamodb/tableReplica:TableReplica": (inputs, _, place) => {
        const [main = "", table = ""] = String(inputs["globalTableArn"]).split(":table/");
        return {
            id: `${table}:${main.split(":")[3]}`,
            outputs: { arn: arn("dynamodb", `table/${table}`, place) },
        };
    },
    "aws:lambda/function:Function": (inputs, name, place) => {
        const lambda = arn("lambda", `function:${name}`, place);
        const version = inputs["publish"] === true ? "1" : "$LATEST";
        return { id: name, outputs: { name, arn: lambda, invokeArn: invokeArn(lambda, place), version } };
    },
    "aws:lambda/alias:Alias": (inputs, name, place) => {
        const alias = arn("lambda", `function:${inputs["functionName"]}:${name}`, place);
        return { id: alias, outputs: { name, arn: alias, invokeArn: invokeArn(alias, place) } };
    },
    "aws:iam/role:Role": (_, name, { account }) => ({
        id: name,
        outputs: { name, arn: `arn:aws:iam::${account}:role/${name}` },
    }),
    "aws:s3/bucket:Bucket": (inputs, name) => {
        const bucket = typeof inputs["bucket"] === "string" ? inputs["bucket"] : name;
        return { id: bucket, outputs: { bucket, arn: `arn:aws:s3:::${bucket}` } };
    },
    "aws:cloudwatch/eventBus:EventBus": (_, name, place) => ({
        id: name,
        outputs: { name, arn: arn("events", `event-bus/${name}`, place) },
    }),
    "aws:cloudwatch/eventRule:EventRule": (inputs, name, place) => {
        const bus = inputs["eventBusName"];
        const path = bus === undefined || bus === "default" ? name : `${bus}/${name}`;
        return { id: path, outputs: { name, arn: arn("events", `rule/${path}`, place) } };
    },
    "aws:scheduler/scheduleGroup:ScheduleGroup": (_, name, place) => ({
        id: name,
        outputs: { name, arn: arn("scheduler", `schedule-group/${name}`, place) },
    }),
    "aws:scheduler/schedule:Schedule": (inputs, name, place) => {
        const path = `${inputs["groupName"] ?? "default"}/${name}`;
        return { id: path, outputs: { name, arn: arn("scheduler", `schedule/${path}`, place) } };
    },
    "aws:cloudwatch/logGroup:LogGroup": (_, name, place) => ({
        id: name,
        outputs: { name, arn: arn("logs", `log-group:${name}`, place) },
    }),
    "aws:kms/key:Key": (_, name, place) => ({
        id: name,
        outputs: { keyId: name, arn: arn("kms", `key/${name}`, place) },
    }),
    "aws:secretsmanager/secret:Secret": (_, name, place) => {
        const secret = arn("secretsmanager", `secret:${name}-${suffix(name, 6)}`, place);
        return { id: secret, outputs: { name, arn: secret } };
    },
    "aws:apigatewayv2/api:Api": (_, name, place) => {
        const id = suffix(`${name}${place.mark ?? ""}`, 10);
        return {
            id,
            outputs: {
                name,
                apiEndpoint: place.apiUrl,
                executionArn: arn("execute-api", id, place),
                arn: `arn:aws:apigateway:${place.region}::/apis/${id}`,
            },
        };
    },
    "aws:apigatewayv2/domainName:DomainName": (inputs, _, place) => {
        const id = suffix(String(inputs["domainName"]), 10);
        const configuration = inputs["domainNameConfiguration"];
        return {
            id: String(inputs["domainName"]),
            outputs: {
                domainNameConfiguration: {
                    ...(typeof configuration === "object" && configuration),
                    targetDomainName: `d-${id}.execute-api.${place.region}.amazonaws.com`,
                    hostedZoneId: "Z0000000EXECUTEAPI",
                },
            },
        };
    },
    "aws:apigateway/apiKey:ApiKey": (_, name) => ({
        id: suffix(name, 10),
        outputs: { value: `K${suffix(`value of ${name}`, 39)}` },
    }),
    "aws:acm/certificate:Certificate": (inputs, name, place) => {
        const certificate = arn("acm", `certificate/${uuid(name)}`, place);
        // The same for a name and for what is below it, in every region.
        const domainName = String(inputs["domainName"]).replace(/^\*\./, "");
        return {
            id: certificate,
            outputs: {
                arn: certificate,
                domainValidationOptions: [
                    {
                        domainName: inputs["domainName"],
                        resourceRecordName: `_${suffix(domainName, 32)}.${domainName}.`,
                        resourceRecordType: "CNAME",
                        resourceRecordValue: `_${suffix(`proof of ${domainName}`, 32)}.acm-validations.aws.`,
                    },
                ],
            },
        };
    },
    "aws:route53/record:Record": (inputs) => ({
        id: `${inputs["zoneId"]}_${inputs["name"]}_${inputs["type"]}`,
        outputs: { fqdn: String(inputs["name"]).replace(/\.$/, "") },
    }),
    "aws:cloudfront/distribution:Distribution": (_, name, { account }) => {
        const id = `E${suffix(name, 13).toUpperCase()}`;
        return {
            id,
            outputs: {
                arn: `arn:aws:cloudfront::${account}:distribution/${id}`,
                domainName: `d${suffix(name, 13)}.cloudfront.net`,
                // The zone of every distribution.
                hostedZoneId: "Z2FDTNDATAQYW2",
            },
        };
    },
    "aws:wafv2/webAcl:WebAcl": (inputs, name, place) => {
        const scope = inputs["scope"] === "CLOUDFRONT" ? "global" : "regional";
        return { id: uuid(name), outputs: { arn: arn("wafv2", `${scope}/webacl/${name}/${uuid(name)}`, place) } };
    },
    "aws:ec2/securityGroup:SecurityGroup": (_, name, place) => {
        const id = `sg-${suffix(name, 17)}`;
        return { id, outputs: { name, arn: arn("ec2", `security-group/${id}`, place) } };
    },
    "aws:ec2/vpcEndpoint:VpcEndpoint": (inputs, name, place) => {
        const id = `vpce-${suffix(name, 17)}`;
        return {
            id,
            outputs: {
                arn: arn("ec2", `vpc-endpoint/${id}`, place),
                ...(inputs["vpcEndpointType"] === "Gateway" && { prefixListId: `pl-${suffix(name, 8)}` }),
            },
        };
    },
};

/** The types of resources that have outputs of their own here. */
export const typesWithOutputs: readonly string[] = Object.keys(byType);

/**
 * Outputs of remote components, which a provider's own program makes: their children are not in the
 * graph, and their outputs are those of their types (`awsx.ec2.Vpc` in @pulumi/awsx).
 */
const byRemoteType: Readonly<Record<string, (inputs: Inputs, name: string) => Inputs>> = {
    "awsx:ec2:Vpc": (inputs, name) => {
        const zones = Number(inputs["numberOfAvailabilityZones"] ?? 3);
        const specs = Array.isArray(inputs["subnetSpecs"]) ? inputs["subnetSpecs"] : [];
        const types: unknown[] = specs.map(({ type }) => type);
        const each = (prefix: string, of: string) =>
            Array.from({ length: zones }, (_, zone) => `${prefix}-${suffix(`${name}/${of}/${zone}`, 17)}`);
        const subnets = (type: string) => (types.includes(type) ? each("subnet", type) : []);
        return {
            vpcId: `vpc-${suffix(name, 17)}`,
            publicSubnetIds: subnets("Public"),
            privateSubnetIds: subnets("Private"),
            isolatedSubnetIds: subnets("Isolated"),
            routeTables: types.flatMap((type) => each("rtb", String(type))).map((id) => ({ id })),
        };
    },
};

/** In a preview: what AWS adds inside of an input, which is therefore known in part. Outputs that are no inputs are unknown anyway. */
export function unknownWithin(type: string, inputs: Inputs): Inputs {
    if (type !== "aws:apigatewayv2/domainName:DomainName") return {};
    const { domainNameConfiguration } = inputs;
    return {
        domainNameConfiguration: {
            ...(typeof domainNameConfiguration === "object" && domainNameConfiguration),
            targetDomainName: pulumi.runtime.unknownValue,
            hostedZoneId: pulumi.runtime.unknownValue,
        },
    };
}

/** The outputs of a component that is made elsewhere; undefined for one that the program makes itself. */
export const remoteOutputs = (type: string, name: string, inputs: Inputs): Inputs | undefined =>
    byRemoteType[type]?.(inputs, name);

/** What a resource has besides its inputs, the same at every evaluation. */
export function computed(type: string, logicalName: string, inputs: Inputs, place: Place): Computed {
    const given = inputs["name"];
    const name =
        typeof given === "string" ? given : `${logicalName}-${suffix(`${type}/${logicalName}${place.mark ?? ""}`, 7)}`;
    const compute = byType[type];
    if (compute !== undefined) return compute(inputs, name, place);
    const [, module = ""] = type.split(":");
    const service = module.split("/")[0] ?? module;
    // A policy or a target has the ARN of what it belongs to among its inputs.
    return { id: name, outputs: { name, arn: inputs["arn"] ?? arn(service, name, place) } };
}

/** The answers of the provider's functions. Throws for one that the cloud does not know. */
export function callOf(token: string, inputs: Inputs, place: Place): Record<string, unknown> {
    switch (token) {
        case "aws:dynamodb/getTable:getTable": {
            const table = arn("dynamodb", `table/${inputs["name"]}`, place);
            return { name: inputs["name"], arn: table, streamArn: `${table}/stream/${streamLabel}`, streamLabel };
        }
        case "aws:iam/getPolicyDocument:getPolicyDocument": {
            const document = policyDocument(inputs);
            const [json, minifiedJson] = [JSON.stringify(document, undefined, 2), JSON.stringify(document)];
            return { ...inputs, json, minifiedJson, id: suffix(json, 10) };
        }
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return {
                accountId: place.account,
                arn: `arn:aws:iam::${place.account}:user/local`,
                userId: "local",
                id: place.account,
            };
        case "aws:index/getRegion:getRegion":
            return { name: place.region, region: place.region, id: place.region, description: place.region };
        case "aws:index/getPartition:getPartition":
            return { partition: "aws", dnsSuffix: "amazonaws.com", id: "aws", reverseDnsPrefix: "com.amazonaws" };
        default:
            throw new Error(`the program calls ${token}, which has no answer outside AWS (src/graph/outputs.ts)`);
    }
}

const suffix = (of: string, length: number) => createHash("sha256").update(of).digest("hex").slice(0, length);

const uuid = (of: string) => suffix(of, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
