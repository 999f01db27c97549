import type { Resource } from "embedded-aws/recorder";
import { choice, count, isKnown, isRecord, jsonIn, name, number, type Rule, text } from "./rule.ts";

const role = "aws:iam/role:Role";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

/** What a document is attached to decides whether its statements name principals or resources. */
type Kind = "identity" | "resource" | "trust";

/** Every policy document of the program: where it stands, what it is, and how long AWS lets it be. */
const documents: readonly { type: string; path: string; kind: Kind; max: number }[] = [
    // "IAM and AWS STS quotas": 2,048 characters for a trust policy, 10,240 for all inline policies of a role.
    { type: role, path: "assumeRolePolicy", kind: "trust", max: 2048 },
    { type: rolePolicy, path: "policy", kind: "identity", max: 10_240 },
    // "Amazon SQS policy quotas"
    { type: "aws:sqs/queuePolicy:QueuePolicy", path: "policy", kind: "resource", max: 8192 },
    // "Amazon SNS endpoints and quotas"
    { type: "aws:sns/topicPolicy:TopicPolicy", path: "policy", kind: "resource", max: 30_720 },
    // "Bucket policies": 20 KB.
    { type: "aws:s3/bucketPolicy:BucketPolicy", path: "policy", kind: "resource", max: 20_480 },
    // "AWS KMS resource quotas": 32 KB.
    { type: "aws:kms/key:Key", path: "policy", kind: "resource", max: 32_768 },
    { type: "aws:kms/replicaKey:ReplicaKey", path: "policy", kind: "resource", max: 32_768 },
    // "Amazon VPC quotas": 20,480 characters.
    { type: "aws:ec2/vpcEndpoint:VpcEndpoint", path: "policy", kind: "resource", max: 20_480 },
];

/** The characters that count: white space does not. */
const lengthOf = (document: unknown) => String(document).replace(/\s/g, "").length;

const documentRules: readonly Rule[] = documents.flatMap(({ type, path, kind, max }) => [
    {
        type,
        what: `${path} has at most ${max} characters`,
        faults: ({ inputs }: Resource) => {
            const document = inputs[path];
            return isKnown(document) && lengthOf(document) > max
                ? [`${path} has ${lengthOf(document)} characters`]
                : [];
        },
        broken: ({ inputs }: Resource) => ({ ...inputs, [path]: "x".repeat(max + 1) }),
    },
    {
        type,
        what: `${path} is a ${kind} policy`,
        faults: ({ inputs }: Resource) => (isKnown(inputs[path]) ? documentFaults(inputs[path], kind) : []),
        broken: ({ inputs }: Resource) => ({
            ...inputs,
            [path]: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Permit", Action: "everything" }] }),
        }),
    },
]);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export function documentFaults(text: unknown, kind: Kind): string[] {
    const document = jsonIn(text);
    if (!isRecord(document)) return ["is no JSON object"];
    const { Version, Statement, Id: _, ...others } = document;
    const statements = [Statement].flat();
    const sids = statements.flatMap((one) => (isRecord(one) && one["Sid"] !== undefined ? [one["Sid"]] : []));
    return [
        ...(Version === "2012-10-17" ? [] : [`Version is ${Version}`]),
        ...Object.keys(others).map((key) => `a policy has no ${key}`),
        ...(Statement === undefined || statements.length === 0 ? ["has no statement"] : []),
        ...sids.filter((sid, index) => sids.indexOf(sid) !== index).map((sid) => `two statements are called ${sid}`),
        ...statements.flatMap((one) => statementFaults(one, kind)),
    ];
}

const elements = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

function statementFaults(statement: unknown, kind: Kind): string[] {
    if (!isRecord(statement)) return ["a statement is no object"];
    const { Sid, Effect, Condition } = statement;
    const actions = [statement["Action"] ?? statement["NotAction"] ?? []].flat();
    const resources = [statement["Resource"] ?? statement["NotResource"] ?? []].flat();
    const hasPrincipal = isKnown(statement["Principal"] ?? statement["NotPrincipal"]);
    const where = `the statement ${JSON.stringify(statement).slice(0, 120)}`;
    return [
        ...Object.keys(statement)
            .filter((key) => !elements.includes(key))
            .map((key) => `a statement has no ${key}`),
        ...(Sid === undefined || /^[A-Za-z0-9]+$/.test(String(Sid)) ? [] : [`the Sid ${Sid} has other characters`]),
        ...(Effect === "Allow" || Effect === "Deny" ? [] : [`Effect is ${Effect}`]),
        ...(actions.length > 0 ? [] : [`${where} has no action`]),
        ...actions
            .filter((one) => !/^(\*|[a-z0-9-]+:[A-Za-z*?]+)$/.test(String(one)))
            .map((one) => `the action ${one}`),
        ...(kind === "trust" ? [] : resources.length > 0 ? [] : [`${where} has no resource`]),
        ...(kind === "trust" && resources.length > 0 ? [`${where} has a resource`] : []),
        ...resources
            .filter((one) => one !== "*" && !/^arn:aws:[a-z0-9-]+:([a-z0-9-]*|\*):(\d{12}|\*)?:\S+$/.test(String(one)))
            .map((one) => `the resource ${one}`),
        ...(hasPrincipal === (kind !== "identity") ? [] : [`${where} ${hasPrincipal ? "has a" : "has no"} principal`]),
        ...conditionFaults(Condition),
    ];
}

const operators =
    /^((ForAnyValue|ForAllValues):)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?(Equals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Date(Not)?(Equals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?$|^Null$/;

function conditionFaults(condition: unknown): string[] {
    if (condition === undefined) return [];
    if (!isRecord(condition)) return ["a condition is no object"];
    return Object.entries(condition).flatMap(([operator, keys]) => [
        ...(operators.test(operator) ? [] : [`the condition operator ${operator}`]),
        ...(isRecord(keys) && Object.keys(keys).length > 0 ? [] : [`the condition ${operator} is empty`]),
        ...(isRecord(keys) ? Object.keys(keys).filter((key) => !/^[A-Za-z0-9-]+:\S+$/.test(key)) : []),
    ]);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html and "IAM and AWS STS quotas". */
export const identity: readonly Rule[] = [
    ...name(role, { pattern: /^[\w+=,.@-]+$/, max: 64 }),
    ...text(role, "description", { min: 0, max: 1000, pattern: /^[\t\n\r -~¡-ÿ]*$/ }),
    number(role, "maxSessionDuration", 3600, 43_200),
    count(role, "managedPolicyArns", 0, 10),
    ...name(rolePolicy, { pattern: /^[\w+=,.@-]+$/, max: 128 }),
    choice(role, "path", ["/"]),
    ...documentRules,
    {
        type: rolePolicy,
        what: "leaves all inline policies of its role below 10,240 characters",
        faults: ({ inputs }, resources) => {
            if (!isKnown(inputs["role"])) return [];
            const siblings = resources.filter(
                ({ type, inputs: other }) => type === rolePolicy && other["role"] === inputs["role"],
            );
            const length = siblings.reduce((sum, { inputs: { policy } }) => sum + lengthOf(policy), 0);
            return length > 10_240 ? [`the inline policies of ${inputs["role"]} have ${length} characters`] : [];
        },
        broken: ({ inputs }) => ({ ...inputs, policy: "x".repeat(10_000) }),
    },
];

/**
 * "Tag your AWS resources": 50 tags, keys of 1 to 128 characters that do not begin with `aws:`, values of up to 256. Those
 * of a provider are on everything that it makes.
 */
export const tags: readonly Rule[] = ["pulumi:providers:aws", "*"].map((type) => ({
    type,
    what: "has at most 50 tags of legal keys and values",
    faults: ({ inputs }) => {
        const given = jsonIn(inputs["defaultTags"]) ?? inputs["defaultTags"];
        const own = isRecord(given) ? given["tags"] : inputs["tags"];
        const entries = isRecord(own) ? Object.entries(own).filter(([, value]) => isKnown(value)) : [];
        return [
            // Ten are left for the provider's.
            ...(entries.length > 40 ? [`has ${entries.length} tags`] : []),
            ...entries
                .filter(
                    ([key, value]) =>
                        !/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || !tagValue.test(`${value}`),
                )
                .map(([key, value]) => `the tag ${key}: ${value}`),
        ];
    },
    broken: ({ inputs }) => ({ ...inputs, defaultTags: undefined, tags: { "aws:project": "shop" } }),
}));

const tagValue = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;
