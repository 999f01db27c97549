import * as pulumi from "@pulumi/pulumi";

/** The right to do something with named resources. Parts hand them out (`queue.send()`), callbacks collect them. */
export interface Grant {
    readonly actions: readonly string[];
    /** ARNs. `*` only by way of `unscoped`. */
    readonly resources: readonly pulumi.Input<string>[];
    /** IAM condition block. */
    readonly condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

/**
 * The rights that AWS offers on all resources or not at all, each with the reason why it is needed. Nothing else in the
 * program may say `*`; a test reads this list.
 */
export const unscoped = {
    traces: {
        actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        resources: ["*"],
        reason: "X-Ray knows no resource for segments (Service Authorization Reference, AWS X-Ray).",
    },
} as const satisfies Record<string, Grant & { readonly reason: string }>;

/** The policy document that allows exactly these grants. */
export const policyOf = (grants: readonly Grant[]): pulumi.Output<string> =>
    pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: grants.map(({ actions, resources, condition }) => ({
            Effect: "Allow",
            Action: actions,
            Resource: resources,
            ...(condition && { Condition: condition }),
        })),
    });

/** The trust policy that lets one AWS service take on a role. */
export const trustOf = (service: string): string =>
    JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
    });

/** An AWS service, acting for one of its resources: `sourceArn`, in which `*` stands for anything. */
export interface Sender {
    readonly service: string;
    readonly sourceArn: pulumi.Input<string>;
}

/** The policy of a resource that lets one AWS service do one thing with it. */
export const admissionOf = (sender: Sender, action: string, resource: pulumi.Input<string>): pulumi.Output<string> =>
    pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: sender.service },
                Action: action,
                Resource: resource,
                Condition: { ArnLike: { "aws:SourceArn": sender.sourceArn } },
            },
        ],
    });
