import type { ServiceName } from "../aws/call.ts";
import { type Input, isInput, partOf, partsOf, textOf, textsOf } from "../aws/input.ts";
import { account, queueName } from "../aws/service.ts";
import { secondAccount } from "../identity/access.ts";
import { functionNamed } from "../lambda/function.ts";
import { bareAddress } from "../mail/sesv2.ts";

/** A right that an operation asks of its caller: the action on any one of the resources. */
export interface Need {
    readonly action: string;
    readonly resources: readonly string[];
    readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The ARNs that a call is about, each once. */
export const calleesOf = (needs: readonly Need[]): string[] => [
    ...new Set(needs.flatMap(({ resources }) => resources)),
];

/** The actions that a policy must allow for a call. */
export const actionsOf = (needs: readonly Need[]): string[] => [...new Set(needs.map(({ action }) => action))];

/** Resolves the names in a request. */
interface RequestNames {
    readonly region: string;
    /** Of the caller. */
    readonly account: string;
    /** ARN of a secret from its name, its ARN, or its ARN without the six characters at the end. */
    secretArn(id: string): string | undefined;
    /** ARN of a key from its id or ARN. */
    keyArn(id: string): string | undefined;
    /** Addresses and domains that a sender's address may be verified by. */
    senderIdentities(address: string): readonly string[];
}

/**
 * Everything that a caller must be allowed for one operation, after the service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 * S3 has requests of its own: see objects.ts.
 */
export function neededRights(service: ServiceName, action: string, input: Input, names: RequestNames): readonly Need[] {
    const arn = (resource: string) => `arn:aws:${service}:${names.region}:${names.account}:${resource}`;
    switch (service) {
        case "sqs":
            return [{ action: `sqs:${withoutBatch(action)}`, resources: [queueResource(input, arn)] }];
        case "sns":
            return [{ action: `sns:${withoutBatch(action)}`, resources: [topicResource(input)] }];
        case "dynamodb":
            return tableRights(action, input, arn);
        case "events":
            return busRights(action, input, arn);
        case "scheduler":
            return scheduleRights(action, input, arn);
        case "lambda":
            return functionRights(action, input, names.region);
        case "ses":
            return senderRights(action, input, names, arn);
        case "secretsmanager": {
            const id = textOf(input, "SecretId");
            const resource =
                id === undefined ? "*" : (names.secretArn(id) ?? (id.startsWith("arn:") ? id : arn(`secret:${id}`)));
            return [{ action: `secretsmanager:${action}`, resources: [resource] }];
        }
        case "kms": {
            const id = textOf(input, "KeyId");
            const resource =
                id === undefined ? "*" : (names.keyArn(id) ?? (id.startsWith("arn:") ? id : arn(`key/${id}`)));
            return [{ action: `kms:${action}`, resources: [resource] }];
        }
        case "logs":
            return logRights(action, input, arn);
        case "iam": {
            const name = textOf(input, "RoleName");
            const resource = name === undefined ? "*" : `arn:aws:iam::${names.account}:role/${name}`;
            return [{ action: `iam:${action}`, resources: [resource] }];
        }
        case "apigateway": {
            const id = textOf(input, "ApiId");
            const path = id === undefined ? "/apis" : `/apis/${id}`;
            const part = /^Get(Routes|Integrations|Stages)$/.exec(action)?.[1]?.toLowerCase();
            const whole = part === undefined ? path : `${path}/${part}`;
            return [{ action: "apigateway:GET", resources: [`arn:aws:apigateway:${names.region}::${whole}`] }];
        }
        case "monitoring":
            return [{ action: `cloudwatch:${action}`, resources: ["*"] }];
        case "sts": {
            // GetCallerIdentity needs no permission.
            const role = textOf(input, "RoleArn");
            if (action !== "AssumeRole" || role === undefined) return [];
            const id = textOf(input, "ExternalId");
            const context = {
                "sts:RoleSessionName": textOf(input, "RoleSessionName") ?? "",
                ...(id !== undefined && { "sts:ExternalId": id }),
            };
            return [{ action: "sts:AssumeRole", resources: [role], context }];
        }
        case "s3":
            return [];
    }
}

/** The right to invoke is one on the alias or version, others are on the function. */
function functionRights(action: string, input: Input, region: string): readonly Need[] {
    const name = textOf(input, "FunctionName");
    // The list of mappings is one that knows no resource, whatever it is about.
    if (name === undefined || action.startsWith("List")) return [{ action: `lambda:${action}`, resources: ["*"] }];
    const { arn, qualifiedArn } = functionNamed(name, region, account);
    if (action === "Invoke") return [{ action: "lambda:InvokeFunction", resources: [qualifiedArn] }];
    return [{ action: `lambda:${action}`, resources: [arn] }];
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
function logRights(action: string, input: Input, arn: (resource: string) => string): readonly Need[] {
    const right = `logs:${action}`;
    switch (action) {
        case "StartQuery":
            return queriedGroups(input).map((group) => ({ action: right, resources: [arn(`log-group:${group}:*`)] }));
        case "DescribeLogGroups":
        case "GetQueryResults":
            return [{ action: right, resources: ["*"] }];
        default: {
            const stream = textOf(input, "logStreamName") ?? "";
            const [group] = queriedGroups(input);
            const resource = arn(`log-group:${group}:log-stream:${stream}`);
            return [{ action: right, resources: [resource] }];
        }
    }
}

/** Names of the log groups that a request is about, which it names by names or ARNs. */
export function queriedGroups(input: Input): readonly string[] {
    const one = textOf(input, "logGroupName");
    const all = [...(one === undefined ? [] : [one]), ...textsOf(input, "logGroupNames")];
    const given = [...textsOf(input, "logGroupIdentifiers"), ...[textOf(input, "logGroupIdentifier") ?? []].flat()];
    const identified = given.map((id) => id.replace(/^arn:.*:log-group:|:\*$/g, ""));
    return [...all, ...identified];
}

/** The rights for batches of messages are those for single ones. */
function withoutBatch(action: string): string {
    return action.replace(/^(SendMessage|DeleteMessage|ChangeMessageVisibility|Publish)Batch$/, "$1");
}

function queueResource(input: Input, arn: (resource: string) => string): string {
    const url = textOf(input, "QueueUrl");
    const name = url === undefined ? textOf(input, "QueueName") : queueName(url);
    // Clients write any account for queues of their own.
    const owner = [account, secondAccount].find((number) => url?.includes(`/${number}/`));
    if (name !== undefined && owner !== undefined) return arn(name).replace(/:\d{12}:/, `:${owner}:`);
    return name === undefined ? "*" : arn(name);
}

function topicResource(input: Input): string {
    const subscription = textOf(input, "SubscriptionArn");
    const topic = textOf(input, "TopicArn") ?? textOf(input, "TargetArn") ?? subscription?.replace(/:[^:]*$/, "");
    return topic ?? "*";
}

function tableRights(action: string, input: Input, arn: (resource: string) => string): readonly Need[] {
    const tableArn = (name: string) => (name.startsWith("arn:") ? name : arn(`table/${name}`));
    const on = (right: string, name: string): Need => ({ action: `dynamodb:${right}`, resources: [tableArn(name)] });
    const tableName = textOf(input, "TableName");
    switch (action) {
        case "BatchGetItem":
        case "BatchWriteItem":
            return Object.keys(partOf(input, "RequestItems")).map((name) => on(action, name));
        case "TransactGetItems":
            return partsOf(input, "TransactItems").map((item) =>
                on("GetItem", textOf(partOf(item, "Get"), "TableName") ?? ""),
            );
        case "TransactWriteItems":
            return partsOf(input, "TransactItems").flatMap((item) =>
                Object.entries(transactionRights).flatMap(([member, right]) => {
                    const part = item[member];
                    return isInput(part) ? [on(right, textOf(part, "TableName") ?? "")] : [];
                }),
            );
        case "Query":
        case "Scan": {
            const index = textOf(input, "IndexName");
            return [on(action, index === undefined ? (tableName ?? "") : `${tableName}/index/${index}`)];
        }
        case "DescribeStream":
        case "GetShardIterator":
            return [on(action, textOf(input, "StreamArn") ?? "")];
        case "GetRecords":
            return [on(action, streamOfIterator(textOf(input, "ShardIterator") ?? "") ?? "")];
        default:
            return [
                tableName === undefined ? { action: `dynamodb:${action}`, resources: ["*"] } : on(action, tableName),
            ];
    }
}

const transactionRights = {
    Put: "PutItem",
    Update: "UpdateItem",
    Delete: "DeleteItem",
    ConditionCheck: "ConditionCheckItem",
};

/** As on AWS an iterator starts with the ARN of its stream: `<ARN>|1|<position>`. */
export function streamOfIterator(iterator: string): string | undefined {
    const [arn, version, position] = iterator.split("|");
    return version === "1" && position !== undefined ? arn : undefined;
}

function busRights(action: string, input: Input, arn: (resource: string) => string): readonly Need[] {
    if (action !== "PutEvents") {
        const rule = textOf(input, /^(Describe|Put)Rule$/.test(action) ? "Name" : "Rule");
        const bus = textOf(input, action.endsWith("EventBus") ? "Name" : "EventBusName")?.replace(/^arn:.*\//, "");
        const own = bus === undefined || bus === "default" ? rule : `${bus}/${rule}`;
        const ofBus = action.endsWith("EventBus") ? arn(`event-bus/${bus ?? "default"}`) : "*";
        return [{ action: `events:${action}`, resources: [rule === undefined ? ofBus : arn(`rule/${own}`)] }];
    }
    const needs = new Map<string, Need>();
    for (const entry of partsOf(input, "Entries")) {
        const bus = textOf(entry, "EventBusName") ?? "default";
        const resource = bus.startsWith("arn:") ? bus : arn(`event-bus/${bus}`);
        const source = textOf(entry, "Source") ?? "";
        const detailType = textOf(entry, "DetailType") ?? "";
        const context = { "events:source": source, "events:detail-type": detailType };
        needs.set(`${resource} ${source} ${detailType}`, {
            action: "events:PutEvents",
            resources: [resource],
            context,
        });
    }
    return [...needs.values()];
}

/** The creator of a schedule passes its role on: https://docs.aws.amazon.com/scheduler/latest/UserGuide/security_iam_id-based-policies.html */
function scheduleRights(action: string, input: Input, arn: (resource: string) => string): readonly Need[] {
    if (action === "ListScheduleGroups") {
        return [{ action: `scheduler:${action}`, resources: [arn("schedule-group/*")] }];
    }
    if (action === "ListSchedules") {
        const resource = arn(`schedule/${textOf(input, "ScheduleGroup") ?? "*"}/*`);
        return [{ action: `scheduler:${action}`, resources: [resource] }];
    }
    const [group = "default", name = ""] = [textOf(input, "GroupName"), textOf(input, "Name")];
    const own: Need = { action: `scheduler:${action}`, resources: [arn(`schedule/${group}/${name}`)] };
    const role = textOf(partOf(input, "Target"), "RoleArn");
    if (role === undefined) return [own];
    const context = { "iam:PassedToService": "scheduler.amazonaws.com" };
    return [own, { action: "iam:PassRole", resources: [role], context }];
}

/**
 * The right to send is one on the identity that the sender is verified by, and on the configuration set:
 * https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html
 */
function senderRights(
    action: string,
    input: Input,
    names: RequestNames,
    arn: (resource: string) => string,
): readonly Need[] {
    const sender = bareAddress(textOf(input, "FromEmailAddress") ?? "");
    const destination = partOf(input, "Destination");
    const recipients = ["ToAddresses", "CcAddresses", "BccAddresses"].flatMap((name) => textsOf(destination, name));
    const raw = isInput(partOf(input, "Content")["Raw"]);
    const right = action === "SendEmail" && raw ? "ses:SendRawEmail" : `ses:${action}`;
    const context = { "ses:FromAddress": sender, "ses:Recipients": recipients };
    const identities = names.senderIdentities(sender).map((identity) => arn(`identity/${identity}`));
    const needs: Need[] = [{ action: right, resources: identities, context }];
    const configurationSet = textOf(input, "ConfigurationSetName");
    if (configurationSet !== undefined) {
        needs.push({ action: right, resources: [arn(`configuration-set/${configurationSet}`)], context });
    }
    return needs;
}
