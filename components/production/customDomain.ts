import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { HttpApi } from "../parts/httpApi.ts";
import { named } from "../parts/naming.ts";
import type { SecondRegion } from "../regions.ts";
import type { Settings } from "../settings/settings.ts";
import { type AliasTarget, type Certified, certified, Failover } from "./failover.ts";

export interface EdgeArgs {
    /** What is reached by the name of the settings. */
    readonly api: HttpApi;
    /** Takes over when the API does not answer. @default nobody */
    readonly second?: SecondRegion | undefined;
    /** With a `domainName` and its `hostedZone`. */
    readonly settings: Settings;
}

/** The one region that CloudFront takes certificates and firewalls from. */
const edgeRegion = "us-east-1";

/** Policies of CloudFront's own, which have the same ids in every account (CloudFront Developer Guide, "managed policies"). */
const policies = {
    cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

/** Headers that show who calls. */
const secretHeaders = ["authorization", "x-api-key"];

/**
 * The name that the API is reached by, and the firewall in front of it.
 *
 *     without: name → API
 *     with:    name → CloudFront with the firewall → hidden name → API
 *
 * An HTTP API cannot have a firewall itself, nor refuse callers by where they come from. It answers to no name but the
 * hidden one, which is as long as a key, and CloudFront alone is told.
 */
export class Edge extends pulumi.ComponentResource {
    /** Where the first of two regions alone is reached. */
    readonly first: pulumi.Output<string> | undefined;
    readonly #name: string;
    readonly #settings: Settings;

    constructor(name: string, args: EdgeArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Edge", name, { settings: args.settings }, opts);
        const { api, second, settings } = args;
        this.#name = name;
        this.#settings = settings;

        const regional = this.#certificate("api", certified(settings));
        const proof = this.#prove(regional);
        const host = settings.waf ? this.#hiddenName() : settings.domainName;
        const certificateArn = this.#valid("api", regional, proof);
        const domain = this.#serve(api, host, certificateArn);
        const failover =
            second &&
            new Failover(
                `${name}-failover`,
                { host, api, domain, certificateArn, second, proof, settings },
                { parent: this },
            );
        this.first = failover?.first;
        const target = failover?.target ?? targetOf(domain);
        if (settings.waf) {
            const global = this.#certificate("edge", { domainName: settings.domainName }, edgeRegion);
            const shown = this.#valid("edge", global, proof, edgeRegion);
            const distribution = this.#distribute(host, shown, this.#firewall());
            this.#lead("origin", ["A"], host, target);
            this.#lead("name", ["A", "AAAA"], settings.domainName, {
                name: distribution.domainName,
                zoneId: distribution.hostedZoneId,
            });
        } else {
            this.#lead("name", ["A"], host, target);
        }
        this.registerOutputs({ domainName: settings.domainName });
    }

    /** 40 random letters and digits that AWS makes up; who replaces this key gives the API another hidden name. */
    #hiddenName(): pulumi.Output<string> {
        const key = new aws.apigateway.ApiKey(
            `${this.#name}-hidden-name`,
            { description: "Opens nothing: its value is the name that CloudFront alone reaches the HTTP API by." },
            { parent: this },
        );
        return pulumi.interpolate`${key.value.apply((value) => value.toLowerCase())}.${this.#settings.domainName}`;
    }

    #certificate(which: string, names: Certified, region?: string): aws.acm.Certificate {
        return new aws.acm.Certificate(
            `${this.#name}-${which}-certificate`,
            { ...names, validationMethod: "DNS", ...(region && { region }) },
            { parent: this },
        );
    }

    /**
     * The record that shows ACM whose the name is: one for every region, and for what is below the name, too (ACM User
     * Guide, "DNS validation"). Another certificate for the name may have it already.
     */
    #prove(certificate: aws.acm.Certificate): aws.route53.Record {
        const part = (key: "resourceRecordName" | "resourceRecordType" | "resourceRecordValue") =>
            // There is one for each name of a certificate: the same for a name and for what is below it.
            certificate.domainValidationOptions.apply(([option]) => option?.[key] ?? "");
        return new aws.route53.Record(
            `${this.#name}-proof`,
            {
                zoneId: this.#settings.hostedZone,
                name: part("resourceRecordName"),
                type: part("resourceRecordType"),
                records: [part("resourceRecordValue")],
                ttl: 300,
                allowOverwrite: true,
            },
            { parent: this },
        );
    }

    /** The certificate's ARN, once it is issued. */
    #valid(
        which: string,
        certificate: aws.acm.Certificate,
        proof: aws.route53.Record,
        region?: string,
    ): pulumi.Output<string> {
        return new aws.acm.CertificateValidation(
            `${this.#name}-${which}-validation`,
            { certificateArn: certificate.arn, validationRecordFqdns: [proof.fqdn], ...(region && { region }) },
            { parent: this },
        ).certificateArn;
    }

    #serve(
        api: HttpApi,
        host: pulumi.Input<string>,
        certificateArn: pulumi.Input<string>,
    ): aws.apigatewayv2.DomainName {
        const domain = new aws.apigatewayv2.DomainName(
            `${this.#name}-domain`,
            {
                domainName: host,
                domainNameConfiguration: { certificateArn, endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
            },
            { parent: this },
        );
        api.serveAt(domain, `${this.#name}-domain`, { parent: this });
        return domain;
    }

    /** Everything is passed on, nothing kept: what the API answers is one caller's own. */
    #distribute(
        origin: pulumi.Input<string>,
        acmCertificateArn: pulumi.Input<string>,
        firewall: aws.wafv2.WebAcl,
    ): aws.cloudfront.Distribution {
        const { domainName, environment } = this.#settings;
        return new aws.cloudfront.Distribution(
            `${this.#name}-distribution`,
            {
                enabled: true,
                comment: `The API of ${environment}, behind its firewall.`,
                aliases: [domainName],
                httpVersion: "http2and3",
                isIpv6Enabled: true,
                webAclId: firewall.arn,
                origins: [
                    {
                        originId: "api",
                        domainName: origin,
                        customOriginConfig: {
                            httpPort: 80,
                            httpsPort: 443,
                            originProtocolPolicy: "https-only",
                            originSslProtocols: ["TLSv1.2"],
                            // Longer than API Gateway waits: who gives up first answers.
                            originReadTimeout: 40,
                            originKeepaliveTimeout: 60,
                        },
                    },
                ],
                defaultCacheBehavior: {
                    targetOriginId: "api",
                    viewerProtocolPolicy: "https-only",
                    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
                    cachedMethods: ["GET", "HEAD"],
                    cachePolicyId: policies.cachingDisabled,
                    originRequestPolicyId: policies.allViewerExceptHostHeader,
                },
                restrictions: { geoRestriction: { restrictionType: "none" } },
                viewerCertificate: {
                    acmCertificateArn,
                    sslSupportMethod: "sni-only",
                    minimumProtocolVersion: "TLSv1.2_2021",
                },
            },
            { parent: this },
        );
    }

    #firewall(): aws.wafv2.WebAcl {
        const firewall = new aws.wafv2.WebAcl(
            `${this.#name}-firewall`,
            {
                name: named("commerce", this.#settings),
                description: "What may not reach the API.",
                region: edgeRegion,
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
                                limit: this.#settings.requestsPerAddress,
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
            { parent: this },
        );
        this.#log(firewall);
        return firewall;
    }

    /** What was stopped, and what would have been. */
    #log(firewall: aws.wafv2.WebAcl): void {
        const logs = new aws.cloudwatch.LogGroup(
            `${this.#name}-firewall-logs`,
            {
                // The firewall writes into groups of this prefix alone.
                name: `aws-waf-logs-${named("commerce", this.#settings)}`,
                region: edgeRegion,
                retentionInDays: this.#settings.logRetentionDays,
            },
            { parent: this },
        );
        new aws.wafv2.WebAclLoggingConfiguration(
            `${this.#name}-firewall-logging`,
            {
                region: edgeRegion,
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
            { parent: this },
        );
    }

    #lead(which: string, types: readonly ("A" | "AAAA")[], name: pulumi.Input<string>, target: AliasTarget): void {
        for (const type of types) {
            new aws.route53.Record(
                `${this.#name}-${which}-${type.toLowerCase()}`,
                {
                    zoneId: this.#settings.hostedZone,
                    name,
                    type,
                    aliases: [{ ...target, evaluateTargetHealth: false }],
                },
                { parent: this },
            );
        }
    }
}

const targetOf = ({ domainNameConfiguration }: aws.apigatewayv2.DomainName): AliasTarget => ({
    name: domainNameConfiguration.targetDomainName,
    zoneId: domainNameConfiguration.hostedZoneId,
});

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
