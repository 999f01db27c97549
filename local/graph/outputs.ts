import { createHash } from "node:crypto";

/** Where the resources of a graph live: the facts that their ARNs and URLs are made of. */
export interface Place {
    readonly region: string;
    readonly account: string;
    /** `http://127.0.0.1:4566` */
    readonly awsUrl: string;
    /** `http://127.0.0.1:8787` */
    readonly apiUrl: string;
}

type Inputs = Readonly<Record<string, unknown>>;

/** What AWS would add to a resource's inputs once it exists. */
interface Computed {
    readonly id: string;
    readonly outputs: Readonly<Record<string, unknown>>;
}

type Compute = (inputs: Inputs, name: string, place: Place) => Computed;

const arn = (service: string, resource: string, { region, account }: Place) =>
    `arn:aws:${service}:${region}:${account}:${resource}`;

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
        const label = "2026-01-01T00:00:00.000";
        return {
            id: name,
            outputs: {
                name,
                arn: table,
                ...(inputs["streamEnabled"] === true && { streamArn: `${table}/stream/${label}`, streamLabel: label }),
            },
        };
    },
    "aws:lambda/function:Function": (_, name, place) => {
        const lambda = arn("lambda", `function:${name}`, place);
        const invokeArn = `arn:aws:apigateway:${place.region}:lambda:path/2015-03-31/functions/${lambda}/invocations`;
        return { id: name, outputs: { name, arn: lambda, invokeArn, version: "$LATEST" } };
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
        const id = suffix(name, 10);
        return {
            id,
            outputs: {
                apiEndpoint: place.apiUrl,
                executionArn: arn("execute-api", id, place),
                arn: `arn:aws:apigateway:${place.region}::/apis/${id}`,
            },
        };
    },
};

/** What a resource has besides its inputs, the same at every evaluation. */
export function computed(type: string, logicalName: string, inputs: Inputs, place: Place): Computed {
    const given = inputs["name"];
    const name = typeof given === "string" ? given : `${logicalName}-${suffix(`${type}/${logicalName}`, 7)}`;
    const compute = byType[type];
    if (compute !== undefined) return compute(inputs, name, place);
    const [, module = ""] = type.split(":");
    const service = module.split("/")[0] ?? module;
    // A policy or a target has the ARN of what it belongs to among its inputs.
    return { id: name, outputs: { name, arn: inputs["arn"] ?? arn(service, name, place) } };
}

/** The answers of the provider's functions. Throws for one that the cloud does not know. */
export function callOf(token: string, place: Place): Record<string, unknown> {
    switch (token) {
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
            throw new Error(`the program calls ${token}, which has no answer outside AWS (local/graph/outputs.ts)`);
    }
}

const suffix = (of: string, length: number) => createHash("sha256").update(of).digest("hex").slice(0, length);
