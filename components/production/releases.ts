import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Callback } from "../parts/callback.ts";
import type { Context } from "../parts/context.ts";
import { type Grant, policyOf, trustOf } from "../parts/grant.ts";
import type { Inventory } from "../parts/inventory.ts";
import { named } from "../parts/naming.ts";

interface ReleasesArgs {
    /** What exists; all of its callbacks have an alias. */
    readonly inventory: Inventory;
    readonly context: Context;
}

/** What `tools/release.ts` needs to bring an alias to the version that the program published. */
export interface Release {
    readonly region: string;
    readonly application: string;
    readonly group: string;
    readonly functionName: string;
    readonly alias: string;
    readonly version: string;
}

/** Functions that one role releases. */
const perRole = 25;

function groupsOf<Element>(all: readonly Element[], most: number): Element[][] {
    return Array.from({ length: Math.ceil(all.length / most) }, (_, index) =>
        all.slice(index * most, (index + 1) * most),
    );
}

/**
 * Brings new code to each callback by CodeDeploy: a tenth of its traffic for five minutes, then all of it; back again if
 * the new version fails or, where it answers callers, if the API does. The program publishes versions, `tools/release.ts` starts what
 * moves the aliases.
 */
export class Releases extends pulumi.ComponentResource {
    readonly releases: pulumi.Output<readonly Release[]>;
    readonly #name: string;

    constructor(name: string, args: ReleasesArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Releases", name, {}, opts);
        const { inventory, context } = args;
        this.#name = name;
        const application = new aws.codedeploy.Application(
            `${name}-application`,
            { name: named("commerce", context), computePlatform: "Lambda" },
            { parent: this },
        );
        const refusals = inventory.apis.map((api) => this.#alarmOnRefusals(api.name, api.resource));
        const canaries = inventory.callbacks.flatMap((callback) =>
            callback.alias ? [{ callback, alias: callback.alias, failures: this.#alarmOnFailures(callback) }] : [],
        );
        // One role cannot name them all: its inline policies have at most 10,240 characters.
        const rights = groupsOf(canaries, perRole).map((some, index) =>
            this.#role(
                index === 0 ? "" : `-${index + 1}`,
                some.map(({ callback }) => callback),
                [...refusals, ...some.map(({ failures }) => failures)],
            ),
        );
        this.releases = pulumi.all(
            canaries.map(({ callback, alias, failures }, index) => {
                const role = rights[Math.floor(index / perRole)];
                if (role === undefined) throw new pulumi.RunError(`${callback.name} has no role to be released by`);
                // Functions that answer no caller do not count among the errors of the API.
                const answers = callback.kind === "callers" ? refusals : [];
                const group = this.#group(callback, application, role, [failures, ...answers]);
                return pulumi.output({
                    region: context.region,
                    application: application.name,
                    group: group.deploymentGroupName,
                    functionName: callback.function.name,
                    alias: alias.name,
                    version: callback.function.version,
                });
            }),
        );
        this.registerOutputs({ releases: this.releases });
    }

    #role(suffix: string, callbacks: readonly Callback[], alarms: readonly aws.cloudwatch.MetricAlarm[]): Rights {
        const role = new aws.iam.Role(
            `${this.#name}-role${suffix}`,
            {
                description: "Lets CodeDeploy move the aliases of functions.",
                assumeRolePolicy: trustOf("codedeploy.amazonaws.com"),
            },
            { parent: this },
        );
        const grants: Grant[] = [
            {
                actions: ["lambda:GetAlias", "lambda:UpdateAlias", "lambda:GetProvisionedConcurrencyConfig"],
                // An alias is the function's to read and write; what is kept ready is the alias's own.
                resources: callbacks.flatMap((callback) => [callback.function.arn, callback.arn]),
            },
            { actions: ["cloudwatch:DescribeAlarms"], resources: alarms.map(({ arn }) => arn) },
        ];
        const policy = new aws.iam.RolePolicy(
            `${this.#name}-policy${suffix}`,
            { role: role.id, policy: policyOf(grants) },
            { parent: this },
        );
        return { role, policy };
    }

    #group(
        callback: Callback,
        application: aws.codedeploy.Application,
        { role, policy }: Rights,
        alarms: readonly aws.cloudwatch.MetricAlarm[],
    ): aws.codedeploy.DeploymentGroup {
        return new aws.codedeploy.DeploymentGroup(
            `${callback.name}-release`,
            {
                appName: application.name,
                deploymentGroupName: callback.function.name,
                serviceRoleArn: role.arn,
                deploymentConfigName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
                deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
                alarmConfiguration: { enabled: true, alarms: alarms.map(({ name }) => name) },
                autoRollbackConfiguration: {
                    enabled: true,
                    events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
                },
            },
            { parent: this, dependsOn: [policy] },
        );
    }

    /**
     * The newest version's own failures: those of the one before it are no reason to go back to it. One is enough, within
     * a minute.
     */
    #alarmOnFailures({ name, function: { name: functionName, version } }: Callback): aws.cloudwatch.MetricAlarm {
        return this.#alarm(`${name}-rollback`, {
            namespace: "AWS/Lambda",
            metricName: "Errors",
            dimensions: {
                FunctionName: functionName,
                Resource: pulumi.interpolate`${functionName}:live`,
                ExecutedVersion: version,
            },
            statistic: "Sum",
            period: 60,
            evaluationPeriods: 1,
            comparisonOperator: "GreaterThanOrEqualToThreshold",
            threshold: 1,
            alarmDescription: `The newest version of ${name} failed: CodeDeploy takes the traffic back from it.`,
        });
    }

    /**
     * What callbacks answer for themselves when they fail, which is no failure of the function. The API cannot tell
     * versions apart, so that this one is not about a single answer: a canary that fails has a tenth of a function's calls,
     * minute by minute.
     */
    #alarmOnRefusals(name: string, api: aws.apigatewayv2.Api): aws.cloudwatch.MetricAlarm {
        const sumOf = (id: string, metricName: string) => ({
            id,
            metric: {
                namespace: "AWS/ApiGateway",
                metricName,
                dimensions: { ApiId: api.id },
                stat: "Sum",
                period: 60,
            },
            returnData: false,
        });
        return this.#alarm(`${name}-rollback`, {
            metricQueries: [
                sumOf("failed", "5xx"),
                sumOf("requests", "Count"),
                { id: "share", expression: "100 * FILL(failed, 0) / requests", label: "percent", returnData: true },
            ],
            evaluationPeriods: 3,
            datapointsToAlarm: 2,
            comparisonOperator: "GreaterThanThreshold",
            threshold: 1,
            alarmDescription: `${name} answers more than 1 % with a 5xx: CodeDeploy takes the traffic back from what answers callers and is being released.`,
        });
    }

    /** Without actions: the alarms on the function and the API notify operators. */
    #alarm(name: string, args: aws.cloudwatch.MetricAlarmArgs): aws.cloudwatch.MetricAlarm {
        return new aws.cloudwatch.MetricAlarm(name, { ...args, treatMissingData: "notBreaching" }, { parent: this });
    }
}

/** A role, and the policy that must be there before the role is used. */
interface Rights {
    readonly role: aws.iam.Role;
    readonly policy: aws.iam.RolePolicy;
}
