import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Grant, Sender } from "./grant.ts";

/**
 * What makes a callback run. Parts hand them out: `queue.batches()`, `table.changes()`, `bus.events()`,
 * `api.requests()`.
 */
export interface Source {
    /** Whether a caller waits for the callback's answer. */
    readonly awaited: boolean;
    /** Whether Lambda reads a queue for it. @default false */
    readonly polled?: boolean;
    /** What the callback's role needs so that the source can be read in its name. */
    readonly grants: readonly Grant[];
    /** Creates what connects the source to the callback. */
    connect(callback: Invocable): void;
}

/** What sources need of a callback, which is the parent of what connects them to it. */
export interface Invocable extends pulumi.ComponentResource {
    /** The component's own name, which the names of its parts start with. */
    readonly name: string;
    /** What sources call. */
    readonly arn: pulumi.Output<string>;
    /** The same in the form that API Gateway asks for. */
    readonly invokeArn: pulumi.Output<string>;
    /** Seconds it may take; sources derive their own times from it. */
    readonly timeout: number;
    /** Executions taken out of the account's pool for it, and most that it gets; undefined, what is left to all. */
    readonly reserve: number | undefined;
    /** Dead letters of the function: asynchronous invocations after their retries, stream records, undeliverable events. */
    readonly failures: aws.sqs.Queue;
    /** The role's policies. What reads a source in the callback's name depends on them. */
    readonly policy: aws.iam.RolePolicy;
    /** The right to invoke it. */
    invoke(): Grant;
    /** Lets an AWS service, acting for one of its resources, invoke it. */
    admit(name: string, sender: Sender, opts: pulumi.CustomResourceOptions): aws.lambda.Permission;
}

/** Where a rule carries its events: a queue (`queue.target()`) or a callback. */
export interface Target {
    readonly arn: pulumi.Input<string>;
    /** Gets what cannot be delivered. */
    readonly deadLetters: aws.sqs.Queue;
    /** Lets the rule deliver; the returned resources must exist before it does. */
    admit(rule: aws.cloudwatch.EventRule, ruleName: string, opts: pulumi.CustomResourceOptions): pulumi.Resource[];
}
