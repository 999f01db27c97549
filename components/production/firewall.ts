import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Context } from "../parts/context.ts";
import { named } from "../parts/naming.ts";

interface FirewallArgs {
    /** Requests that one address may make in five minutes. */
    readonly requestsPerAddress: pulumi.Input<number>;
    /** The region that CloudFront takes firewalls from. */
    readonly region: string;
    readonly context: Context;
}

/** Headers that show who calls. */
const secretHeaders = ["authorization", "x-api-key"];

/** The firewall of a distribution of CloudFront, and its log. */
export function firewallOf(
    name: string,
    { requestsPerAddress, region, context }: FirewallArgs,
    opts: pulumi.CustomResourceOptions,
): aws.wafv2.WebAcl {
    const firewall = new aws.wafv2.WebAcl(
        `${name}-firewall`,
        {
            name: named("commerce", context),
            description: "What may not reach the API.",
            region,
            scope: "CLOUDFRONT",
            defaultAction: { allow: {} },
            rules: [
                {
                    name: "requests-per-address",
                    priority: 0,
                    action: { block: { customResponse: { responseCode: 429 } } },
                    statement: {
                        rateBasedStatement: {
                            aggregateKeyType: "IP",
                            limit: requestsPerAddress,
                            evaluationWindowSec: 300,
                        },
                    },
                    visibilityConfig: counted("requests-per-address"),
                },
                managed(1, "AWSManagedRulesCommonRuleSet", trippedByJson),
                managed(2, "AWSManagedRulesKnownBadInputsRuleSet"),
            ],
            visibilityConfig: counted("firewall"),
        },
        opts,
    );
    logOf(name, firewall, { region, context }, opts);
    return firewall;
}

/** What was stopped, and what would have been. */
function logOf(
    name: string,
    firewall: aws.wafv2.WebAcl,
    { region, context }: Pick<FirewallArgs, "region" | "context">,
    opts: pulumi.CustomResourceOptions,
): void {
    const logs = new aws.cloudwatch.LogGroup(
        `${name}-firewall-logs`,
        {
            // The firewall writes into groups of this prefix alone.
            name: `aws-waf-logs-${named("commerce", context)}`,
            region,
            retentionInDays: context.functions.logRetentionDays,
        },
        opts,
    );
    new aws.wafv2.WebAclLoggingConfiguration(
        `${name}-firewall-logging`,
        {
            region,
            resourceArn: firewall.arn,
            logDestinationConfigs: [logs.arn],
            redactedFields: secretHeaders.map((name) => ({ singleHeader: { name } })),
            loggingFilter: {
                defaultBehavior: "DROP",
                filters: [
                    {
                        behavior: "KEEP",
                        requirement: "MEETS_ANY",
                        conditions: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
                    },
                ],
            },
        },
        opts,
    );
}

/**
 * What a JSON API trips without meaning harm. Programs call without a user agent, or with that of their library. Bodies are
 * longer than 8 KB and hold what merchants and buyers write: addresses of web pages, paths of files, markup. Ids of orders
 * are the callers' own and stand in paths: `2026.log` is one. The API checks all of these by its schemas.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const trippedByJson = [
    "NoUserAgent_HEADER",
    "UserAgent_BadBots_HEADER",
    "SizeRestrictions_BODY",
    "EC2MetaDataSSRF_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    "CrossSiteScripting_BODY",
    "RestrictedExtensions_URIPATH",
];

/** Rules that AWS keeps up to date; some of them only count. */
const managed = (
    priority: number,
    name: string,
    counting: readonly string[] = [],
): aws.types.input.wafv2.WebAclRule => ({
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
        managedRuleGroupStatement: {
            vendorName: "AWS",
            name,
            ...(counting.length > 0 && {
                ruleActionOverrides: counting.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
            }),
        },
    },
    visibilityConfig: counted(name),
});

/** Counted, but without samples of requests, which show all their headers. */
const counted = (metricName: string) => ({
    metricName,
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
});
