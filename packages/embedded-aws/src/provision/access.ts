import type { Graph } from "../graph/graph.ts";
import type { Access } from "../identity/access.ts";
import { managedByAws, namesManagedByAws } from "../identity/managedPolicies.ts";
import { parsePolicy } from "../identity/policyDocument.ts";
import type { PolicyDocument } from "../identity/principal.ts";
import { byId, ofType, type Properties, UnusableResourceError } from "./properties.ts";

/**
 * Defines every role with its policies, and every policy of a resource.
 * @throws UnusableResourceError for a policy that AWS would refuse.
 */
export function provisionAccess(graph: Graph, access: Access): void {
    const policies = new Map<string, PolicyDocument[]>();
    const inline = new Map<string, number>();
    const grant = (role: string, document: PolicyDocument) =>
        policies.set(role, [...(policies.get(role) ?? []), document]);
    const grantInline = (role: string, policy: Properties) => {
        grant(role, documentOf(policy));
        const size = (inline.get(role) ?? 0) + sizeOf(policy.text("policy"));
        inline.set(role, size);
        checkSize(`the inline policies of the role ${role}`, size, largest.inline);
    };
    for (const policy of ofType(graph, "aws:iam/rolePolicy:RolePolicy")) grantInline(policy.text("role"), policy);
    const managed = new Map(ofType(graph, "aws:iam/policy:Policy").map((policy) => [policy.text("arn"), policy]));
    const grantManaged = (role: string, arn: string) => {
        const policy = managed.get(arn);
        const document = policy === undefined ? managedByAws(arn) : documentOf(policy);
        if (document === undefined) {
            const known = "neither a policy of this program nor one of AWS's that the embedded cloud has";
            throw new UnusableResourceError(arn, `is ${known} (${namesManagedByAws.join(", ")})`);
        }
        grant(role, document);
        if (policy !== undefined) checkSize(`the policy ${arn}`, sizeOf(policy.text("policy")), largest.managed);
    };
    for (const attachment of ofType(graph, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")) {
        grantManaged(attachment.text("role"), attachment.text("policyArn"));
    }
    for (const [id, role] of byId(graph, "aws:iam/role:Role")) {
        const arn = role.text("arn");
        for (const policy of role.children("inlinePolicies")) grantInline(id, policy);
        for (const policyArn of role.texts("managedPolicyArns")) grantManaged(id, policyArn);
        access.defineRole({ arn, policies: policies.get(id) ?? [] });
        checkSize(`the trust policy of the role ${id}`, sizeOf(role.text("assumeRolePolicy")), largest.trust);
        // The principals that may assume the role.
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
    if (size > most) throw new UnusableResourceError(of, `${size} characters are more than the ${most} that IAM takes`);
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
