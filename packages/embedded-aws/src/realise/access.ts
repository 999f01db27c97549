import type { Graph } from "../graph/graph.ts";
import type { Access } from "../identity/access.ts";
import { parsePolicy } from "../identity/policyDocument.ts";
import type { PolicyDocument } from "../identity/principal.ts";
import { byId, ofType, type Properties, UnusableResource } from "./properties.ts";

/**
 * Defines every role with its policies, and every policy of a resource.
 * @throws UnusableResource for a policy that AWS would refuse.
 */
export function realiseAccess(graph: Graph, access: Access): void {
    const policies = new Map<string, PolicyDocument[]>();
    const inline = new Map<string, number>();
    const grant = (role: string, document: PolicyDocument) =>
        policies.set(role, [...(policies.get(role) ?? []), document]);
    for (const policy of ofType(graph, "aws:iam/rolePolicy:RolePolicy")) {
        const role = policy.text("role");
        grant(role, documentOf(policy));
        const size = (inline.get(role) ?? 0) + sizeOf(policy.text("policy"));
        inline.set(role, size);
        checkSize(`the inline policies of the role ${role}`, size, largest.inline);
    }
    const managed = new Map(ofType(graph, "aws:iam/policy:Policy").map((policy) => [policy.text("arn"), policy]));
    for (const attachment of ofType(graph, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")) {
        const arn = attachment.text("policyArn");
        const policy = managed.get(arn);
        if (policy === undefined) throw new UnusableResource(arn, "is not a policy of this program");
        grant(attachment.text("role"), documentOf(policy));
        checkSize(`the policy ${arn}`, sizeOf(policy.text("policy")), largest.managed);
    }
    for (const [id, role] of byId(graph, "aws:iam/role:Role")) {
        const arn = role.text("arn");
        access.defineRole({ arn, policies: policies.get(id) ?? [] });
        checkSize(`the trust policy of the role ${id}`, sizeOf(role.text("assumeRolePolicy")), largest.trust);
        // Who may take the role on.
        access.defineResourcePolicy(arn, role.parsed("assumeRolePolicy", parsePolicy));
    }
    const queues = byId(graph, "aws:sqs/queue:Queue");
    for (const policy of ofType(graph, "aws:sqs/queuePolicy:QueuePolicy")) {
        const queue = queues.get(policy.text("queueUrl"));
        if (queue !== undefined) access.defineResourcePolicy(queue.text("arn"), documentOf(policy));
    }
    for (const policy of ofType(graph, "aws:sns/topicPolicy:TopicPolicy")) {
        access.defineResourcePolicy(policy.text("arn"), documentOf(policy));
    }
    for (const policy of ofType(graph, "aws:secretsmanager/secretPolicy:SecretPolicy")) {
        access.defineResourcePolicy(policy.text("secretArn"), documentOf(policy));
    }
    for (const policy of ofType(graph, "aws:s3/bucketPolicy:BucketPolicy")) {
        access.defineResourcePolicy(`arn:aws:s3:::${policy.text("bucket")}`, documentOf(policy));
    }
    const functions = new Map(
        ofType(graph, "aws:lambda/function:Function").flatMap((lambda) => [
            [lambda.text("name"), lambda.text("arn")],
            [lambda.text("arn"), lambda.text("arn")],
        ]),
    );
    for (const permission of ofType(graph, "aws:lambda/permission:Permission")) {
        const arn = functions.get(permission.text("function"));
        if (arn === undefined) continue;
        // The right to invoke an alias is one of its own.
        const qualifier = permission.optionalText("qualifier");
        const invoked = qualifier === undefined ? arn : `${arn}:${qualifier}`;
        access.defineResourcePolicy(invoked, permissionDocument(permission, invoked));
    }
}

/** Characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const largest = { inline: 10_240, managed: 6_144, trust: 2_048 };

const sizeOf = (policy: string): number => policy.replace(/\s/g, "").length;

function checkSize(of: string, size: number, most: number): void {
    if (size > most) throw new UnusableResource(of, `${size} characters are more than the ${most} that IAM takes`);
}

const documentOf = (policy: Properties): PolicyDocument => policy.parsed("policy", parsePolicy);

/** The statement that Lambda adds to a function's policy: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
function permissionDocument(permission: Properties, functionArn: string): PolicyDocument {
    const principal = permission.text("principal");
    const sourceArn = permission.optionalText("sourceArn");
    return {
        Statement: {
            Effect: "Allow",
            Principal: principal.includes(".") ? { Service: principal } : { AWS: principal },
            Action: permission.text("action"),
            Resource: functionArn,
            ...(sourceArn && { Condition: { ArnLike: { "aws:SourceArn": sourceArn } } }),
        },
    };
}
