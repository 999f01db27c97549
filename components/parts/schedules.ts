import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import { type Grant, policyOf } from "./grant.ts";
import { named } from "./naming.ts";
import { sendingTo } from "./queue.ts";
import type { Invocable, Source } from "./source.ts";

interface SchedulesArgs {
    /** Name of the group before the environment. */
    readonly name: string;
    readonly context: Context;
}

/** A group of EventBridge Scheduler: what happens again and again, and what callbacks plan for later. */
export class Schedules extends pulumi.ComponentResource {
    /** The group's name. */
    readonly name: pulumi.Output<string>;
    readonly #group: aws.scheduler.ScheduleGroup;
    readonly #context: Context;

    constructor(name: string, args: SchedulesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Schedules", name, {}, opts);
        this.#context = args.context;
        this.#group = new aws.scheduler.ScheduleGroup(
            `${name}-group`,
            { name: named(args.name, args.context) },
            { parent: this },
        );
        this.name = this.#group.name;
        this.registerOutputs({ name: this.name });
    }

    /** A role that schedules of the group do their work with. */
    role(name: string, allow: readonly Grant[], opts: pulumi.CustomResourceOptions): aws.iam.Role {
        const role = new aws.iam.Role(
            `${name}-role`,
            {
                description: "What schedules may do.",
                assumeRolePolicy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [
                        {
                            Effect: "Allow",
                            Principal: { Service: "scheduler.amazonaws.com" },
                            Action: "sts:AssumeRole",
                            // Schedules of this group alone: the Scheduler names the group as its source.
                            Condition: { StringEquals: { "aws:SourceArn": this.#group.arn } },
                        },
                    ],
                }),
            },
            opts,
        );
        new aws.iam.RolePolicy(`${name}-policy`, { role: role.id, policy: policyOf(allow) }, opts);
        return role;
    }

    /** The rights to plan something that happens with this role. */
    plan(role: aws.iam.Role): Grant[] {
        const own = { parent: this };
        const region = aws.getRegionOutput({}, own).region;
        const account = aws.getCallerIdentityOutput({}, own).accountId;
        return [
            {
                actions: ["scheduler:CreateSchedule"],
                resources: [pulumi.interpolate`arn:aws:scheduler:${region}:${account}:schedule/${this.name}/*`],
            },
            {
                actions: ["iam:PassRole"],
                resources: [role.arn],
                condition: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
            },
        ];
    }

    /**
     * Invokes a callback again and again, without an event; of two regions in the first alone, until that is lost.
     * @param rate `5 minutes`
     * @param options whether also in a region that is on standby
     */
    every(rate: string, { onStandby = false }: { readonly onStandby?: boolean } = {}): Source {
        return {
            awaited: false,
            grants: [],
            connect: (callback) => this.#repeat(callback, rate, onStandby || !isStandby(this.#context)),
        };
    }

    /** What cannot be handed over to Lambda within an hour is kept: later it would be of no use. */
    #repeat(callback: Invocable, rate: string, isOn: boolean): void {
        const own = { parent: callback };
        const role = this.role(
            `${callback.name}-schedule`,
            [callback.invoke(), sendingTo(callback.failures, this.#context)],
            own,
        );
        new aws.scheduler.Schedule(
            `${callback.name}-schedule`,
            {
                groupName: this.name,
                scheduleExpression: `rate(${rate})`,
                ...(!isOn && { state: "DISABLED" }),
                flexibleTimeWindow: { mode: "OFF" },
                target: {
                    arn: callback.arn,
                    roleArn: role.arn,
                    retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
                    deadLetterConfig: { arn: callback.failures.arn },
                },
            },
            own,
        );
    }
}

/** Whether the other region does what must be done again and again for both. */
const isStandby = ({ region, regions }: Context): boolean =>
    region === regions?.secondary && (regions.lost === undefined || regions.lost.region === region);
