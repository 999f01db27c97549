import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "../parts/context.ts";
import type { HttpApi } from "../parts/httpApi.ts";
import { type AliasTarget, type Certified, certified, Failover, type Standby } from "./failover.ts";
import { firewallOf } from "./firewall.ts";

interface CustomDomainArgs {
    /** The API that is reached by the name. */
    readonly api: HttpApi;
    /** The name. @example "api.example.com" */
    readonly domainName: string;
    /** Id of the Route 53 zone that the name is in, or is the name of. @example "Z0123456789ABCDEFGHIJ" */
    readonly hostedZone: string;
    /** The second region, which takes over when the API does not answer. @default none */
    readonly second?: Standby | undefined;
    /** The firewall in front of the API, which lets one address make so many requests in five minutes. @default none */
    readonly firewall?: { readonly requestsPerAddress: pulumi.Input<number> } | undefined;
    readonly context: Context;
}

/** The one region that CloudFront takes certificates and firewalls from. */
const edgeRegion = "us-east-1";

/** Policies of CloudFront's own, which have the same ids in every account (CloudFront Developer Guide, "managed policies"). */
const policies = {
    cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    allViewerExceptHostHeader: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
};

/**
 * The name that the API is reached by, and the firewall in front of it.
 *
 *     without: name → API
 *     with:    name → CloudFront with the firewall → hidden name → API
 *
 * An HTTP API cannot have a firewall itself, nor refuse callers by where they come from. It answers to no name but the
 * hidden one, which is as long as a key, and which CloudFront alone has.
 */
export class CustomDomain extends pulumi.ComponentResource {
    /** Where the first of two regions alone is reached. */
    readonly first: pulumi.Output<string> | undefined;
    readonly #name: string;
    readonly #args: CustomDomainArgs;

    constructor(name: string, args: CustomDomainArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Edge", name, {}, opts);
        const { api, domainName, hostedZone, second, firewall, context } = args;
        this.#name = name;
        this.#args = args;

        const names = certified({ domainName, hidden: firewall !== undefined, beside: second !== undefined });
        const regional = this.#certificate("api", names);
        const proof = this.#prove(regional);
        const host = firewall ? this.#hiddenName() : domainName;
        const certificateArn = this.#valid("api", regional, proof);
        const domain = api.serveAt(`${name}-domain`, host, certificateArn, { parent: this });
        const failover =
            second &&
            new Failover(
                `${name}-failover`,
                {
                    host,
                    hidden: firewall !== undefined,
                    names,
                    hostedZone,
                    api,
                    domain,
                    certificateArn,
                    second,
                    proof,
                    context,
                },
                { parent: this },
            );
        this.first = failover?.first;
        const target = failover?.target ?? targetOf(domain);
        if (firewall) {
            const global = this.#certificate("edge", { domainName }, edgeRegion);
            const shown = this.#valid("edge", global, proof, edgeRegion);
            const acl = firewallOf(name, { ...firewall, region: edgeRegion, context }, { parent: this });
            const distribution = this.#distribute(host, shown, acl);
            this.#lead("origin", ["A"], host, target);
            this.#lead("name", ["A", "AAAA"], domainName, {
                name: distribution.domainName,
                zoneId: distribution.hostedZoneId,
            });
        } else {
            this.#lead("name", ["A"], host, target);
        }
        this.registerOutputs({ domainName });
    }

    /** 40 random letters and digits that AWS makes up; who replaces this key gives the API another hidden name. */
    #hiddenName(): pulumi.Output<string> {
        const key = new aws.apigateway.ApiKey(
            `${this.#name}-hidden-name`,
            { description: "Opens nothing: its value is the name that CloudFront alone reaches the HTTP API by." },
            { parent: this },
        );
        return pulumi.interpolate`${key.value.apply((value) => value.toLowerCase())}.${this.#args.domainName}`;
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
                zoneId: this.#args.hostedZone,
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

    /** Everything is passed on, nothing kept: what the API answers is one caller's own. */
    #distribute(
        origin: pulumi.Input<string>,
        acmCertificateArn: pulumi.Input<string>,
        firewall: aws.wafv2.WebAcl,
    ): aws.cloudfront.Distribution {
        const { domainName, context } = this.#args;
        return new aws.cloudfront.Distribution(
            `${this.#name}-distribution`,
            {
                enabled: true,
                comment: `The API of ${context.environment}, behind its firewall.`,
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

    #lead(which: string, types: readonly ("A" | "AAAA")[], name: pulumi.Input<string>, target: AliasTarget): void {
        for (const type of types) {
            new aws.route53.Record(
                `${this.#name}-${which}-${type.toLowerCase()}`,
                {
                    zoneId: this.#args.hostedZone,
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
