import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { readSettings, SettingsError } from "../../components/settings/settings.ts";
import { type Changes, graphOf, type Recorded, withChanges } from "../graph.ts";

const named = { "api.domain.name": "api.shop.example", "api.domain.zone": "Z0123456789ABCDEFGHIJ" };
const firewalled = { ...named, "api.firewall.requestsPerAddress": 10_000 };

const apiType = "aws:apigatewayv2/api:Api";
const certificateType = "aws:acm/certificate:Certificate";
const domainType = "aws:apigatewayv2/domainName:DomainName";
const mappingType = "aws:apigatewayv2/apiMapping:ApiMapping";
const recordType = "aws:route53/record:Record";
const distributionType = "aws:cloudfront/distribution:Distribution";
const firewallType = "aws:wafv2/webAcl:WebAcl";

const urnsOf = ({ resources }: Recorded) => resources.map(({ urn }) => urn);
const ofEdge = ({ urn }: Resource) => urn.includes("commerce:index:Edge");

describe("the API's name", () => {
    let graph: Recorded;

    before(async () => {
        graph = await graphOf("prod", named);
    });

    it("is AWS's unless a setting says otherwise", async () => {
        const without = await graphOf("prod");
        expect(without.resources.filter(ofEdge)).to.deep.equal([]);
        expect(without.one(apiType, "api-api").inputs).not.to.have.property("disableExecuteApiEndpoint");
    });

    it("is the only one that the API answers to", () => {
        expect(graph.one(apiType, "api-api").inputs["disableExecuteApiEndpoint"]).to.equal(true);
        expect(graph.of(domainType).map(({ inputs }) => inputs["domainName"])).to.deep.equal(["api.shop.example"]);
    });

    it("is the API's address in the program's outputs and in the discovery document", () => {
        expect(graph.outputs["ApiEndpoint"]).to.equal("https://api.shop.example");
        expect(graph.one("aws:lambda/function:Function", "checkout-discover-function").inputs["environment"])
            .to.have.nested.property("variables.API_URL")
            .that.equals("https://api.shop.example");
    });

    it("has a certificate that is proven by DNS before it is used", () => {
        const [certificate] = graph.of(certificateType);
        expect(certificate?.inputs).to.deep.equal({ domainName: "api.shop.example", validationMethod: "DNS" });
        const proof = graph.one(recordType, "edge-proof").inputs;
        expect(proof).to.include({ zoneId: named["api.domain.zone"], type: "CNAME", allowOverwrite: true });
        const validation = graph.one("aws:acm/certificateValidation:CertificateValidation", "edge-api-validation");
        expect(validation.inputs).to.deep.equal({
            certificateArn: certificate?.outputs["arn"],
            validationRecordFqdns: [String(proof["name"]).replace(/\.$/, "")],
        });
        const domain = graph.one(domainType, "edge-domain");
        expect(domain.dependencies).to.include(validation.urn);
        expect(domain.inputs["domainNameConfiguration"]).to.deep.equal({
            certificateArn: certificate?.outputs["arn"],
            endpointType: "REGIONAL",
            securityPolicy: "TLS_1_2",
        });
    });

    it("leads to the API, from the root and below the environment's name", () => {
        const { outputs } = graph.one(domainType, "edge-domain");
        const { targetDomainName: name, hostedZoneId: zoneId } = outputs["domainNameConfiguration"] as Record<
            string,
            string
        >;
        expect(graph.one(recordType, "edge-name-a").inputs).to.deep.equal({
            zoneId: named["api.domain.zone"],
            name: "api.shop.example",
            type: "A",
            aliases: [{ name, zoneId, evaluateTargetHealth: false }],
        });
        const mappings = graph.of(mappingType).map(({ inputs }) => [inputs["stage"], inputs["apiMappingKey"]]);
        expect(mappings).to.have.deep.members([
            ["$default", undefined],
            ["prod", "prod"],
        ]);
    });
});

describe("the firewall", () => {
    let graph: Recorded;
    let distribution: Resource;
    let hidden: string;

    before(async () => {
        graph = await graphOf("prod", firewalled);
        distribution = graph.one(distributionType, "edge-distribution");
        hidden = String(graph.one(domainType, "edge-domain").inputs["domainName"]);
    });

    it("has its distribution named to what counts platforms of UCP by their addresses, and nothing else does", async () => {
        const settingsOf = async (over: object) => {
            const served = (await graphOf("prod", { "checkout.ucp": {}, ...over })).one(
                "aws:lambda/function:Function",
                "ucp-checkouts-serve-function",
            );
            const { variables } = Object(served.inputs["environment"]);
            return JSON.parse(variables["UCP"]);
        };
        expect(await settingsOf(firewalled)).to.include({ isDistributed: true });
        expect(await settingsOf(named)).not.to.have.property("isDistributed");
    });

    it("stands before everything that comes by the API's name", () => {
        expect(distribution.inputs["webAclId"]).to.equal(graph.one(firewallType, "edge-firewall").outputs["arn"]);
        expect(distribution.inputs["aliases"]).to.deep.equal(["api.shop.example"]);
        for (const type of ["A", "AAAA"]) {
            expect(graph.one(recordType, `edge-name-${type.toLowerCase()}`).inputs).to.deep.equal({
                zoneId: named["api.domain.zone"],
                name: "api.shop.example",
                type,
                aliases: [
                    {
                        name: distribution.outputs["domainName"],
                        zoneId: "Z2FDTNDATAQYW2",
                        evaluateTargetHealth: false,
                    },
                ],
            });
        }
    });

    it("cannot be gone around: the API answers to one name, which is as long as a key", () => {
        expect(graph.one(apiType, "api-api").inputs["disableExecuteApiEndpoint"]).to.equal(true);
        expect(graph.of(domainType)).to.have.length(1);
        expect(hidden).to.match(/^[a-z0-9]{40}\.api\.shop\.example$/);
        for (const { inputs } of graph.of(mappingType)) expect(inputs["domainName"]).to.equal(hidden);
    });

    it("gives that name only to CloudFront and DNS", () => {
        const [label = ""] = hidden.split(".");
        const knowing = graph.resources.filter(({ inputs }) => JSON.stringify(inputs).includes(label));
        expect(new Set(knowing.map(({ type }) => type))).to.deep.equal(
            new Set([domainType, mappingType, recordType, distributionType]),
        );
        expect(JSON.stringify(graph.outputs)).not.to.include(label);
        // Certificates are public: this one shows only the level.
        expect(graph.of(certificateType).map(({ inputs }) => inputs["domainName"])).to.have.members([
            "*.api.shop.example",
            "api.shop.example",
        ]);
    });

    it("has all that CloudFront asks for in the one region that it asks there", () => {
        const region = "us-east-1";
        const certificate = graph.one(certificateType, "edge-edge-certificate");
        expect(certificate.inputs["region"]).to.equal(region);
        expect(distribution.inputs["viewerCertificate"]).to.deep.equal({
            acmCertificateArn: certificate.outputs["arn"],
            sslSupportMethod: "sni-only",
            minimumProtocolVersion: "TLSv1.2_2021",
        });
        expect(String(certificate.outputs["arn"])).to.include(region);
        const firewall = graph.one(firewallType, "edge-firewall");
        expect(firewall.inputs).to.include({ region, scope: "CLOUDFRONT" });
        expect(String(firewall.outputs["arn"])).to.include(`:${region}:`);
        expect(graph.one("aws:cloudwatch/logGroup:LogGroup", "edge-firewall-logs").inputs["region"]).to.equal(region);
        const logging = graph.one(
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
            "edge-firewall-logging",
        );
        expect(logging.inputs["region"]).to.equal(region);
    });

    it("proves one name once for both certificates", () => {
        const proofs = graph.of(recordType).filter(({ inputs }) => inputs["type"] === "CNAME");
        expect(proofs).to.have.length(1);
        const validations = graph.of("aws:acm/certificateValidation:CertificateValidation");
        expect(validations.map(({ inputs }) => inputs["validationRecordFqdns"])).to.deep.equal(
            Array(2).fill([proofs[0]?.outputs["fqdn"]]),
        );
    });

    it("passes everything on to the hidden name and keeps nothing, by TLS alone", () => {
        const [origin] = distribution.inputs["origins"] as Record<string, unknown>[];
        expect(origin).to.include({ domainName: hidden });
        expect(origin?.["customOriginConfig"]).to.deep.include({
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
        });
        expect(distribution.inputs["defaultCacheBehavior"]).to.deep.include({
            targetOriginId: origin?.["originId"],
            viewerProtocolPolicy: "https-only",
            allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
            cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
            originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        });
        const timeouts = graph
            .of("aws:apigatewayv2/integration:Integration")
            .map(({ inputs }) => Number(inputs["timeoutMilliseconds"] ?? 0));
        expect(origin)
            .to.have.nested.property("customOriginConfig.originReadTimeout")
            .above(Math.max(...timeouts) / 1000);
    });

    it("holds back callers that ask too often, and requests that AWS knows to be bad", async () => {
        const rules = graph.one(firewallType, "edge-firewall").inputs["rules"] as Rule[];
        expect(rules.map(({ priority }) => priority)).to.deep.equal([0, 1, 2]);
        expect(rules[0]).to.deep.include({
            action: { block: { customResponse: { responseCode: 429 } } },
            statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 10_000, evaluationWindowSec: 300 } },
        });
        // Which of their rules only count, tests/components/legal/edge.ts knows.
        expect(
            rules
                .slice(1)
                .map(({ statement: { managedRuleGroupStatement: group } }) => [group?.vendorName, group?.name]),
        ).to.deep.equal([
            ["AWS", "AWSManagedRulesCommonRuleSet"],
            ["AWS", "AWSManagedRulesKnownBadInputsRuleSet"],
        ]);
        for (const { overrideAction } of rules.slice(1)) expect(overrideAction).to.deep.equal({ none: {} });
        const strict = await graphOf("prod", { ...firewalled, "api.firewall.requestsPerAddress": 100 });
        const [limited] = strict.one(firewallType, "edge-firewall").inputs["rules"] as Rule[];
        expect(limited?.statement.rateBasedStatement?.limit).to.equal(100);
    });

    it("records no caller's data, neither in its logs nor in samples", () => {
        const firewall = graph.one(firewallType, "edge-firewall");
        const rules = firewall.inputs["rules"] as Rule[];
        const views = [firewall.inputs as unknown as Rule, ...rules].map(({ visibilityConfig }) => visibilityConfig);
        for (const view of views) {
            expect(view).to.include({ sampledRequestsEnabled: false, cloudwatchMetricsEnabled: true });
            expect(view.metricName).to.match(/^[\w-]{1,128}$/);
        }
        const logs = graph.one("aws:cloudwatch/logGroup:LogGroup", "edge-firewall-logs");
        expect(logs.inputs).to.include({ name: "aws-waf-logs-commerce-prod", retentionInDays: 365 });
        const { inputs } = graph.one(
            "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
            "edge-firewall-logging",
        );
        expect(inputs).to.deep.include({
            resourceArn: firewall.outputs["arn"],
            logDestinationConfigs: [logs.outputs["arn"]],
            redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "x-api-key" } }],
        });
    });

    interface Rule {
        readonly priority: number;
        readonly overrideAction?: unknown;
        readonly statement: {
            readonly managedRuleGroupStatement?: { readonly vendorName: string; readonly name: string };
            readonly rateBasedStatement?: { readonly limit: number };
        };
        readonly visibilityConfig: { readonly metricName: string };
    }
});

describe("settings of the edge", () => {
    const faultOf = (settings: Changes): string => {
        pulumi.runtime.setAllConfig(withChanges({}, "commerce", settings));
        try {
            readSettings(new pulumi.Config("commerce"), "test");
        } catch (error) {
            if (error instanceof SettingsError) return error.message;
            throw error;
        }
        return "";
    };

    for (const [what, settings, message] of [
        [
            "a name without its zone",
            { "api.domain.name": "api.shop.example" },
            "api.domain.zone is not set: set it, or remove api.domain",
        ],
        [
            "a zone without a name",
            { "api.domain.zone": "Z0123456789" },
            "api.domain.name is not set: set it, or remove api.domain",
        ],
        [
            "a firewall that can be gone around",
            { "api.firewall.requestsPerAddress": 10_000 },
            "api.firewall is set, and the API could be reached without it",
        ],
        ["signatures through a firewall", { ...firewalled, "orders.authentication": "iam" }, "set jwt or apiKey"],
        ["a URL for a name", { ...named, "api.domain.name": "https://api.shop.example" }, "api.domain.name is"],
        [
            "a name too long for a certificate",
            { ...named, "api.domain.name": `${"a".repeat(55)}.example` },
            "api.domain.name is",
        ],
        ["the name of a zone for its id", { ...named, "api.domain.zone": "shop.example" }, "api.domain.zone is"],
        [
            "fewer requests than AWS counts",
            { ...firewalled, "api.firewall.requestsPerAddress": 9 },
            "a whole number from 10",
        ],
        ["another network", { network: "private" }, "network is now network.availabilityZones"],
        ["no zone at all", { "network.availabilityZones": 0 }, "a whole number from 1"],
        ["more zones than a region has", { "network.availabilityZones": 7 }, "a whole number from 1 to 6"],
    ] as const) {
        it(`refuse ${what}`, () => {
            expect(faultOf(settings)).to.include(message);
        });
    }

    it("allow a name with a firewall and without", () => {
        expect(faultOf(named)).to.equal("");
        expect(faultOf(firewalled)).to.equal("");
    });
});

describe("everything at once", () => {
    for (const [authentication, edge] of [
        ["apiKey", firewalled],
        ["jwt", firewalled],
        ["iam", named],
    ] as const) {
        it(`records with a network, ${"api.firewall.requestsPerAddress" in edge ? "a firewall" : "a name"}, the ingress direct and ${authentication}, as it previews`, async () => {
            const settings = {
                ...edge,
                "network.availabilityZones": 2,
                "orders.ingress": "direct",
                "orders.authentication": authentication,
                "orders.jwt.issuer": "https://issuer.example",
                "orders.jwt.audience": ["orders"],
                "orders.mail.sender": "shop@example.com",
                // Sizes of functions that some of these settings do without.
                "functions.byName": {},
            };
            const made = await graphOf("prod", settings);
            const previewed = await graphOf("prod", settings, "preview");
            expect(urnsOf(previewed)).to.have.members(urnsOf(made));
            expect(made.of(distributionType)).to.have.length("api.firewall.requestsPerAddress" in edge ? 1 : 0);
            expect(made.of("awsx:ec2:Vpc")).to.have.length(1);
            const unknown = made.resources.filter(({ inputs }) => JSON.stringify(inputs).includes("__pulumiUnknown"));
            expect(unknown.map(({ urn }) => urn)).to.deep.equal([]);
        });
    }
});
