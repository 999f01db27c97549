import { HealthCheckType } from "@aws-sdk/client-route-53";
import {
    at,
    choice,
    count,
    isKnown,
    isRecord,
    name,
    number,
    type Rule,
    text,
    unique,
    valuesAt,
    withAt,
} from "./rule.ts";

const acl = "aws:wafv2/webAcl:WebAcl";
const distribution = "aws:cloudfront/distribution:Distribution";
const record = "aws:route53/record:Record";
const healthCheck = "aws:route53/healthCheck:HealthCheck";
const domainName = "aws:apigatewayv2/domainName:DomainName";
const mapping = "aws:apigatewayv2/apiMapping:ApiMapping";
const group = "aws:ec2/securityGroup:SecurityGroup";
const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
const vpc = "awsx:ec2:Vpc";
const deployment = "aws:codedeploy/deploymentGroup:DeploymentGroup";

/** RFC 1035: labels of at most 63 characters, 253 in all. */
const host = /^(?=.{1,253}\.?$)(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_-]{1,63}\.?$/;

/**
 * The rules of AWS's groups, as of 2026-11, by what they look at; a group not listed here has to be.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
 */
const managedRules: Readonly<Record<string, readonly string[]>> = {
    AWSManagedRulesCommonRuleSet: [
        "NoUserAgent_HEADER",
        "UserAgent_BadBots_HEADER",
        ...["QUERYSTRING", "Cookie_HEADER", "BODY", "URIPATH"].map((part) => `SizeRestrictions_${part}`),
        ...["BODY", "COOKIE", "URIPATH", "QUERYARGUMENTS"].map((part) => `EC2MetaDataSSRF_${part}`),
        ...["QUERYARGUMENTS", "URIPATH", "BODY"].map((part) => `GenericLFI_${part}`),
        ...["URIPATH", "QUERYARGUMENTS"].map((part) => `RestrictedExtensions_${part}`),
        ...["QUERYARGUMENTS", "BODY", "URIPATH"].map((part) => `GenericRFI_${part}`),
        ...["COOKIE", "QUERYARGUMENTS", "BODY", "URIPATH"].map((part) => `CrossSiteScripting_${part}`),
    ],
    AWSManagedRulesKnownBadInputsRuleSet: [
        ...["HEADER", "BODY", "URIPATH", "QUERYSTRING"].map((part) => `JavaDeserializationRCE_${part}`),
        "Host_localhost_HEADER",
        "PROPFIND_METHOD",
        "ExploitablePaths_URIPATH",
        ...["HEADER", "QUERYSTRING", "BODY", "URIPATH"].map((part) => `Log4JRCE_${part}`),
        "ReactJSRCE_BODY",
    ],
};

/**
 ** Rules that a JSON API triggers without an attack: rules about the program that calls, about what bodies hold, and about
 * the end of a path, where an id of the caller's own stands. Not those of known attacks, which no honest body has in it.
 */
const isTrippedByJson = (group: string, rule: string) =>
    group === "AWSManagedRulesCommonRuleSet" &&
    (/UserAgent/.test(rule) || rule.endsWith("_BODY") || rule === "RestrictedExtensions_URIPATH");

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html */
const firewalls: readonly Rule[] = [
    ...name(acl, { pattern: /^[\w-]+$/, max: 128 }),
    ...text(acl, "description", { pattern: /^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]+[\w+=:#@/\-,.]$/, max: 256 }),
    choice(acl, "scope", ["CLOUDFRONT", "REGIONAL"]),
    ...text(acl, "rules[].name", { pattern: /^[\w-]+$/, max: 128 }),
    ...text(acl, "rules[].visibilityConfig.metricName", { pattern: /^[\w#:.\-/]+$/, max: 255 }),
    number(acl, "rules[].statement.rateBasedStatement.limit", 10, 2_000_000_000),
    choice(acl, "rules[].statement.rateBasedStatement.evaluationWindowSec", [60, 120, 300, 600]),
    number(acl, "rules[].action.block.customResponse.responseCode", 200, 599),
    {
        type: acl,
        what: "counts what a JSON API trips, blocks all else that AWS knows, and names rules that there are",
        faults: ({ inputs }) =>
            valuesAt(inputs, "rules[].statement.managedRuleGroupStatement").flatMap((statement) => {
                const group = String(at(statement, "name"));
                const known = managedRules[group];
                if (known === undefined) return [`the rules of ${group} are not listed`];
                const overrides = valuesAt(statement, "ruleActionOverrides[]");
                const counted = overrides
                    .filter((override) => isRecord(at(override, "actionToUse.count")))
                    .map((override) => String(at(override, "name")));
                return [
                    ...overrides
                        .map((override) => String(at(override, "name")))
                        .filter((rule) => !known.includes(rule))
                        .map((rule) => `${group} has no rule ${rule}`),
                    ...known
                        .filter((rule) => isTrippedByJson(group, rule) !== counted.includes(rule))
                        .map(
                            (rule) =>
                                `${rule} ${counted.includes(rule) ? "counts only" : "blocks what a JSON API trips"}`,
                        ),
                ];
            }),
        broken: ({ inputs }) =>
            withAt(inputs, "rules[].statement.managedRuleGroupStatement", {
                vendorName: "AWS",
                name: "AWSManagedRulesCommonRuleSet",
                ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
            }),
    },
    {
        type: acl,
        what: "stands in us-east-1 where it is for CloudFront",
        faults: ({ inputs }) =>
            inputs["scope"] === "CLOUDFRONT" && inputs["region"] !== undefined && inputs["region"] !== "us-east-1"
                ? [`for CloudFront in ${inputs["region"]}`]
                : [],
        broken: ({ inputs }) => ({ ...inputs, scope: "CLOUDFRONT", region: "eu-west-1" }),
    },
    {
        // A rule says what to do by itself, a group of rules whether its own rules may.
        type: acl,
        what: "has rules of different names and priorities, each with one of action and overrideAction",
        faults: ({ inputs }) => {
            const rules = valuesAt(inputs, "rules[]");
            return [
                ...["name", "priority"].flatMap((key) => {
                    const values = rules.map((rule) => at(rule, key));
                    return values
                        .filter((one, index) => values.indexOf(one) !== index)
                        .map((one) => `two rules: ${one}`);
                }),
                ...rules
                    .filter(isRecord)
                    .filter((rule) => (rule["action"] === undefined) === (rule["overrideAction"] === undefined))
                    .map((rule) => `the rule ${rule["name"]} has not one of action and overrideAction`),
                ...rules
                    .filter(
                        (rule) =>
                            isKnown(at(rule, "statement.managedRuleGroupStatement")) !==
                            isKnown(at(rule, "overrideAction")),
                    )
                    .map((rule) => `the rule ${at(rule, "name")} has the action of another kind of rule`),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, rules: [{ name: "a", priority: 0, action: {}, overrideAction: {} }] }),
    },
    {
        // "Sending web ACL traffic logs to a CloudWatch Logs log group"
        type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        what: "goes to one destination whose name begins with aws-waf-logs-",
        faults: ({ inputs }) => {
            const destinations = valuesAt(inputs, "logDestinationConfigs[]");
            const strange = destinations.filter((arn) => !/[:/]aws-waf-logs-[^:*]*$/.test(String(arn)));
            return [...strange.map(String), ...(destinations.length > 1 ? ["more than one destination"] : [])];
        },
        broken: ({ inputs }) => ({
            ...inputs,
            logDestinationConfigs: ["arn:aws:logs:us-east-1:000000000000:log-group:waf"],
        }),
    },
];

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html */
const distributions: readonly Rule[] = [
    ...text(distribution, "comment", { min: 0, max: 128 }),
    ...text(distribution, "aliases[]", { pattern: host, max: 253 }),
    choice(distribution, "httpVersion", ["http1.1", "http2", "http3", "http2and3"]),
    choice(distribution, "defaultCacheBehavior.viewerProtocolPolicy", ["allow-all", "https-only", "redirect-to-https"]),
    number(distribution, "origins[].customOriginConfig.originReadTimeout", 1, 120),
    number(distribution, "origins[].customOriginConfig.originKeepaliveTimeout", 1, 120),
    choice(distribution, "origins[].customOriginConfig.originProtocolPolicy", [
        "http-only",
        "https-only",
        "match-viewer",
    ]),
    choice(distribution, "viewerCertificate.minimumProtocolVersion", [
        "TLSv1.2_2018",
        "TLSv1.2_2019",
        "TLSv1.2_2021",
        "TLSv1.2_2025",
        "TLSv1.3_2025",
    ]),
    {
        type: distribution,
        what: "serves its aliases with a certificate of us-east-1",
        faults: ({ inputs }) => {
            const arn = at(inputs, "viewerCertificate.acmCertificateArn");
            const aliases = valuesAt(inputs, "aliases[]");
            const hasOwn = isRecord(inputs["viewerCertificate"]) && "acmCertificateArn" in inputs["viewerCertificate"];
            return [
                ...(isKnown(arn) && !/^arn:aws:acm:us-east-1:/.test(String(arn)) ? [`the certificate ${arn}`] : []),
                ...(aliases.length > 0 && !hasOwn ? ["aliases without a certificate"] : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, aliases: ["api.shop.example"], viewerCertificate: {} }),
    },
    {
        type: distribution,
        what: "has behaviours of its own origins, of a known set of methods, cached by a policy or by settings",
        faults: ({ inputs }) => {
            const origins = valuesAt(inputs, "origins[].originId");
            const behaviours = [
                ...valuesAt(inputs, "defaultCacheBehavior"),
                ...valuesAt(inputs, "orderedCacheBehaviors[]"),
            ];
            return behaviours.filter(isRecord).flatMap((behaviour) => {
                const methods = valuesAt(behaviour, "allowedMethods[]").length;
                const byPolicy = behaviour["cachePolicyId"] !== undefined;
                const bySettings = ["forwardedValues", "minTtl", "defaultTtl", "maxTtl"].some(
                    (key) => key in behaviour,
                );
                return [
                    ...(origins.includes(behaviour["targetOriginId"])
                        ? []
                        : [`the origin ${behaviour["targetOriginId"]}`]),
                    ...([2, 3, 7].includes(methods) ? [] : [`${methods} methods`]),
                    ...(byPolicy === bySettings ? ["a cache policy and settings exclude each other"] : []),
                ];
            });
        },
        broken: ({ inputs }) => withAt(inputs, "defaultCacheBehavior.targetOriginId", "nothing"),
    },
];

/** https://docs.aws.amazon.com/Route53/latest/APIReference/: ChangeResourceRecordSets, CreateHealthCheck. */
const names: readonly Rule[] = [
    ...text(record, "name", { pattern: host, max: 254 }),
    number(record, "ttl", 0, 2_147_483_647),
    unique(record, ["zoneId", "name", "type", "setIdentifier"]),
    {
        type: record,
        what: "is an alias or has a TTL and values, and says which it is of several",
        faults: ({ inputs }) => {
            const isAlias = inputs["aliases"] !== undefined;
            const isOne = ["ttl", "records"].every((key) => inputs[key] !== undefined);
            const hasAny = ["ttl", "records"].some((key) => inputs[key] !== undefined);
            const policies = Object.keys(inputs).filter(
                (key) => key.endsWith("RoutingPolicies") || key.endsWith("RoutingPolicy"),
            );
            return [
                ...(isAlias
                    ? hasAny
                        ? ["an alias with a TTL or values"]
                        : []
                    : isOne
                      ? []
                      : ["without TTL or values"]),
                ...(policies.length > 1 ? [policies.join(" and ")] : []),
                ...(policies.length > 0 && inputs["setIdentifier"] === undefined
                    ? ["one of several without an identifier"]
                    : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, aliases: [{ name: "api" }], ttl: 60 }),
    },
    choice(healthCheck, "type", Object.values(HealthCheckType)),
    choice(healthCheck, "requestInterval", [10, 30]),
    number(healthCheck, "failureThreshold", 1, 10),
    number(healthCheck, "port", 1, 65_535),
    ...text(healthCheck, "resourcePath", { min: 0, max: 255 }),
    ...text(healthCheck, "fqdn", { pattern: host, max: 255 }),
    ...text("aws:acm/certificate:Certificate", "domainName", { pattern: host, max: 253 }),
    choice("aws:acm/certificate:Certificate", "validationMethod", ["DNS", "EMAIL"]),
    ...text(domainName, "domainName", { pattern: host, max: 253 }),
    unique(domainName, ["domainName"]),
    // API_apigatewayv2 DomainNameConfiguration: an HTTP API knows TLS 1.2 and REGIONAL alone.
    choice(domainName, "domainNameConfiguration.securityPolicy", ["TLS_1_2"]),
    choice(domainName, "domainNameConfiguration.endpointType", ["REGIONAL"]),
    unique(mapping, ["domainName", "apiMappingKey"]),
    ...text(mapping, "apiMappingKey", { pattern: /^[A-Za-z0-9._/-]*$/, min: 0, max: 300 }),
];

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/: CreateSecurityGroup, CreateVpcEndpoint. */
const networks: readonly Rule[] = [
    ...name(group, { pattern: /^(?!sg-)[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]+$/, max: 255 }),
    ...text(group, "description", { pattern: /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]*$/, max: 255 }),
    ...[
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    ].map(
        (type): Rule => ({
            type,
            what: "names one other side, and ports of a protocol that has them",
            faults: ({ inputs }) => {
                const sides = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
                const named = sides.filter((key) => inputs[key] !== undefined).length;
                const ports = ["fromPort", "toPort"].filter((key) => inputs[key] !== undefined).length;
                return [
                    ...(named === 1 ? [] : [`names ${named} other sides`]),
                    ...(ports === (inputs["ipProtocol"] === "-1" ? 0 : 2)
                        ? []
                        : [`${ports} ports of ${inputs["ipProtocol"]}`]),
                ];
            },
            broken: ({ inputs }) => ({ ...inputs, cidrIpv4: "0.0.0.0/0", prefixListId: "pl-1" }),
        }),
    ),
    choice(endpoint, "vpcEndpointType", ["Gateway", "Interface"]),
    ...text(endpoint, "serviceName", { pattern: /^com\.amazonaws\.[a-z0-9-]+\.[a-z0-9.-]+$/, max: 255 }),
    unique(endpoint, ["vpcId", "serviceName"]),
    {
        // "Gateway endpoints": S3 and DynamoDB, by route tables; all others by subnets.
        type: endpoint,
        what: "has what its type has, and is a gateway to S3 and DynamoDB alone",
        faults: ({ inputs }) => {
            const isGateway = inputs["vpcEndpointType"] === "Gateway";
            const alien = isGateway ? ["subnetIds", "securityGroupIds", "privateDnsEnabled"] : ["routeTableIds"];
            const service = String(inputs["serviceName"]).split(".").at(-1);
            return [
                ...alien
                    .filter((key) => inputs[key] !== undefined)
                    .map((key) => `${inputs["vpcEndpointType"]} with ${key}`),
                ...(isGateway && isKnown(inputs["serviceName"]) && !["s3", "dynamodb"].includes(service ?? "")
                    ? [`a gateway to ${service}`]
                    : []),
            ];
        },
        broken: ({ inputs }) => ({ ...inputs, vpcEndpointType: "Gateway", serviceName: "com.amazonaws.eu-west-1.sqs" }),
    },
    {
        // A NAT gateway stands in a public subnet, and private subnets go out by it.
        type: vpc,
        what: "has public subnets where it has NAT gateways, and NAT gateways where it has private subnets",
        faults: ({ inputs }) => {
            const kinds = valuesAt(inputs, "subnetSpecs[].type");
            const hasNat = at(inputs, "natGateways.strategy") !== "None";
            return [
                ...(hasNat && !kinds.includes("Public") ? ["NAT gateways without public subnets"] : []),
                ...(!hasNat && kinds.includes("Private") ? ["private subnets without NAT gateways"] : []),
            ];
        },
        broken: ({ inputs }) => ({
            ...inputs,
            subnetSpecs: [{ type: "Isolated" }],
            natGateways: { strategy: "Single" },
        }),
    },
    number(vpc, "numberOfAvailabilityZones", 1, 6),
];

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html */
const deployments: readonly Rule[] = [
    ...name("aws:codedeploy/application:Application", { max: 100 }),
    choice("aws:codedeploy/application:Application", "computePlatform", ["Lambda", "Server", "ECS"]),
    ...text(deployment, "deploymentGroupName", { max: 100 }),
    unique(deployment, ["appName", "deploymentGroupName"]),
    // "AWS CodeDeploy limits": 10 alarms a group.
    count(deployment, "alarmConfiguration.alarms", 0, 10),
    choice(deployment, "autoRollbackConfiguration.events[]", [
        "DEPLOYMENT_FAILURE",
        "DEPLOYMENT_STOP_ON_ALARM",
        "DEPLOYMENT_STOP_ON_REQUEST",
    ]),
    ...text(deployment, "deploymentConfigName", {
        pattern:
            /^CodeDeployDefault\.Lambda(AllAtOnce|Canary10Percent(5|10|15|30)Minutes|Linear10PercentEvery(1|2|3|10)Minutes?)$/,
        max: 100,
    }),
    {
        // "Deployments on an AWS Lambda compute platform": always blue/green with traffic control.
        type: deployment,
        what: "shifts the traffic of functions",
        faults: ({ inputs }) => {
            const { deploymentType, deploymentOption } = {
                ...(isRecord(inputs["deploymentStyle"]) && inputs["deploymentStyle"]),
            };
            return deploymentType === "BLUE_GREEN" && deploymentOption === "WITH_TRAFFIC_CONTROL"
                ? []
                : ["another style"];
        },
        broken: ({ inputs }) => ({ ...inputs, deploymentStyle: { deploymentType: "IN_PLACE" } }),
    },
    ...text("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "configurationName", {
        pattern: /^[A-Za-z0-9_-]+$/,
        max: 128,
    }),
];

/** What stands between clients and the API, around callbacks, and between one version and the next. */
export const edge: readonly Rule[] = [...firewalls, ...distributions, ...names, ...networks, ...deployments];
