import { unscoped } from "../components/parts/grant.ts";
import { at, type Checked, type Checks, isInProduction, policyOf, type Statement, statementsOf } from "./check.ts";

const identityPolicies = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"];
const resourcePolicies = [
    "aws:sqs/queuePolicy:QueuePolicy",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:secretsmanager/secretPolicy:SecretPolicy",
];
const keys = ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"];
const queue = "aws:sqs/queue:Queue";
const topic = "aws:sns/topic:Topic";
const bucket = "aws:s3/bucket:Bucket";

/** One check for several types. */
const forEach = (types: readonly string[], check: (resource: Checked) => Iterable<string>): Checks =>
    Object.fromEntries(types.map((type) => [type, check]));

/** `unscoped` in components/parts/grant.ts lists every `*` that AWS leaves no choice about, each with its reason. */
export const explainedWildcards = policyOf(
    "explained-wildcards",
    "No right says * unless the reason is written down.",
    {
        resources: {
            ...forEach([...identityPolicies, ...resourcePolicies], function* ({ props }) {
                for (const statement of statementsOf(props["policy"])) {
                    if (statement.allows && isWide(statement) && !isExplained(statement)) yield faultOf(statement);
                }
            }),
            // There * means this key: what counts are the actions.
            ...forEach(keys, function* ({ props }) {
                for (const statement of statementsOf(props["policy"])) {
                    const isAccount = statement.principals.every((principal) =>
                        /^arn:aws:iam::\d+:root$/.test(principal),
                    );
                    const isAdministration = isAccount && sameActions(statement, unscoped.keyAdministration);
                    if (!isAdministration && statement.actions.some(isWildcard)) yield faultOf(statement);
                }
            }),
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment": function* ({ props }) {
                const arn = String(props["policyArn"]);
                if (arn.startsWith("arn:aws:iam::aws:policy/"))
                    yield `has the rights of ${arn}, which AWS widens at will`;
            },
        },
    },
);

const isWildcard = (text: string) => text.includes("*");

const isWide = ({ actions, resources, negated }: Statement) =>
    negated || actions.some(isWildcard) || resources.some((resource) => /^(\*|arn:aws:[^:]*\*)/.test(resource));

const isExplained = (statement: Statement) =>
    !statement.negated &&
    Object.values(unscoped).some(
        (grant) =>
            sameActions(statement, grant) &&
            (!("condition" in grant) || JSON.stringify(grant.condition) === JSON.stringify(statement.condition)),
    );

const sameActions = ({ actions }: Statement, grant: { readonly actions: readonly string[] }) =>
    actions.toSorted().join() === grant.actions.toSorted().join();

const faultOf = ({ actions, resources, negated }: Statement) =>
    negated ? "allows everything but what it names" : `allows ${actions.join(", ")} on ${resources.join(", ")}`;

/** A service acts on behalf of any account: a policy must restrict it to resources of this stack. */
export const knownSenders = policyOf(
    "known-senders",
    "A service of AWS is let in for resources of this account alone.",
    {
        resources: {
            ...forEach([...resourcePolicies, ...keys], function* ({ props }) {
                for (const { allows, principals, condition } of statementsOf(props["policy"])) {
                    const services = principals.filter(isService);
                    const isBound = /"(aws:Source(Arn|Account)|kms:EncryptionContext:[^"]+)":/.test(
                        JSON.stringify(condition ?? {}),
                    );
                    if (allows && services.length > 0 && !isBound)
                        yield `admits ${services.join(", ")} for any account`;
                }
            }),
            "aws:lambda/permission:Permission": function* ({ props }) {
                const principal = String(props["principal"]);
                if (isService(principal) && !props["sourceArn"] && !props["sourceAccount"]) {
                    yield `admits ${principal} for any account: set sourceArn`;
                }
            },
        },
    },
);

/**
 * EventBridge's calls for its targets need not carry the source that they are for, and a look at a key has no encryption
 * context: a statement that asks for either allows nothing.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
 */
export const usableKeys = policyOf("usable-keys", "EventBridge can use a key for all that it has to.", {
    resources: forEach(keys, function* ({ props }) {
        for (const { allows, principals, actions, condition } of statementsOf(props["policy"])) {
            if (!allows || !principals.includes("events.amazonaws.com")) continue;
            const asked = JSON.stringify(condition ?? {});
            const looks = actions.includes("kms:DescribeKey");
            const works = actions.some((action) => action !== "kms:DescribeKey");
            if (looks && asked.includes('"kms:EncryptionContext:')) {
                yield "asks EventBridge for an encryption context when it looks at the key: there is none";
            }
            if (works && /"aws:Source(Arn|Account)":/.test(asked)) {
                yield "asks EventBridge for a source, which it need not have: bind it by kms:EncryptionContext";
            }
        }
    }),
});

/** Actions that AWS checks on several resources at once, by a part of each's ARN (Service Authorization Reference). */
const severalResources: Readonly<Record<string, readonly string[]>> = {
    "ses:SendEmail": [":identity/", ":configuration-set/"],
    "ses:SendRawEmail": [":identity/", ":configuration-set/"],
    "ses:SendBulkEmail": [":identity/", ":configuration-set/"],
};

export const wholeRights = policyOf("whole-rights", "A right names all resources that AWS checks it on.", {
    resources: forEach(identityPolicies, function* ({ props }) {
        for (const { allows, actions, resources } of statementsOf(props["policy"])) {
            for (const action of allows ? actions : []) {
                const missing = (severalResources[action] ?? []).filter(
                    (kind) => !resources.some((resource) => resource === "*" || resource.includes(kind)),
                );
                if (missing.length > 0) yield `allows ${action}, but not on any ${missing.join(", ")}`;
            }
        }
    }),
});

const isService = (principal: string) => principal.endsWith(".amazonaws.com");

const publicAccess = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
const publicAccessBlock = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

export const noPublicAccess = policyOf(
    "no-public-access",
    "No unknown principal reads a bucket or uses a queue, topic or key.",
    {
        resources: {
            [publicAccessBlock]: function* ({ props }) {
                for (const name of publicAccess) if (props[name] !== true) yield `leaves the bucket open: set ${name}`;
            },
            ...forEach([...resourcePolicies, ...keys], function* ({ props }) {
                for (const { allows, principals, actions } of statementsOf(props["policy"])) {
                    if (allows && principals.includes("*")) yield `allows every principal ${actions.join(", ")}`;
                }
            }),
        },
        stack: function* (stack) {
            for (const one of stack.of(bucket)) {
                if (stack.users(one, publicAccessBlock, "bucket").length === 0) {
                    yield [one, "may be made public: add a BucketPublicAccessBlock"];
                }
            }
        },
    },
);

/** Which types have which kind of policy, and the property that names whose it is. */
const governed = [
    [queue, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl"],
    [topic, "aws:sns/topicPolicy:TopicPolicy", "arn"],
    [bucket, "aws:s3/bucketPolicy:BucketPolicy", "bucket"],
] as const;

export const tlsOnly = policyOf("tls-only", "Policies of queues, topics and buckets refuse calls without TLS.", {
    resources: forEach(
        governed.map(([, policy]) => policy),
        function* ({ props }) {
            const refuses = statementsOf(props["policy"]).some(
                ({ allows, principals, condition }) =>
                    !allows &&
                    principals.includes("*") &&
                    String(at(condition, "Bool", "aws:SecureTransport")) === "false",
            );
            if (!refuses) yield "admits requests without TLS: deny aws:SecureTransport false";
        },
    ),
    stack: function* (stack) {
        for (const [type, policy, property] of governed) {
            for (const one of stack.of(type)) {
                // Elsewhere a policy for each queue costs more time than it is worth: the setting encryption.tlsOnly.
                const isExempt = type === queue && !isInProduction(one);
                if (!isExempt && stack.users(one, policy, property).length === 0) {
                    yield [one, "has no policy that refuses calls without TLS"];
                }
            }
        }
    },
});
