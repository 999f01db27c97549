import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "../parts/context.ts";
import type { HttpApi } from "../parts/httpApi.ts";
import { healthPath } from "./health.ts";

interface FailoverArgs {
    /** The name that both regions serve. */
    readonly host: pulumi.Input<string>;
    /** Whether CloudFront alone has the name. */
    readonly hidden: boolean;
    /** What certificates of both regions are for: `host` and the names beside it. */
    readonly names: Certified;
    readonly hostedZone: string;
    /** The API of the first region. */
    readonly api: HttpApi;
    /** Where the first region serves `host`. */
    readonly domain: aws.apigatewayv2.DomainName;
    /** Of the first region. */
    readonly certificateArn: pulumi.Input<string>;
    readonly second: Standby;
    /** The record that shows whose the names are, to the certificates of both regions. */
    readonly proof: aws.route53.Record;
    readonly context: Context;
}

/** The region that takes over. */
export interface Standby {
    readonly provider: pulumi.ProviderResource;
    readonly api: HttpApi;
    readonly region: string;
}

/** What a region's certificate is for: a name, hidden names below it, or both a name and those beside it. */
export function certified({ domainName, hidden, beside }: Named): Certified {
    if (hidden) return { domainName: `*.${domainName}` };
    return { domainName, ...(beside && { subjectAlternativeNames: [`*.${domainName}`] }) };
}

interface Named {
    readonly domainName: string;
    readonly hidden: boolean;
    readonly beside: boolean;
}

export type Certified = Pick<aws.acm.CertificateArgs, "domainName" | "subjectAlternativeNames">;

/** What the alias record of a name leads to. */
export interface AliasTarget {
    readonly name: pulumi.Input<string>;
    readonly zoneId: pulumi.Input<string>;
}

/**
 * Leads to the first region for as long as that answers, else to the second: to one of them at any time, since what both
 * know of an order or a session is a second apart. Each region has a name of its own beside it, too, by which Route 53
 * asks the first one whether it answers.
 *
 *     api.example.com → active.api.example.com ┬→ first region, while eu-west-1.api.example.com answers
 *                                              └→ second region
 */
export class Failover extends pulumi.ComponentResource {
    /** What the name is to lead to: another name, so that it stays as it is when a second region comes or goes. */
    readonly target: AliasTarget;
    /** Where the first region alone is reached. */
    readonly first: pulumi.Output<string>;
    readonly #name: string;
    readonly #args: FailoverArgs;

    constructor(name: string, args: FailoverArgs, opts?: pulumi.ComponentResourceOptions) {
        const { api, host, hostedZone, domain, certificateArn, second, context } = args;
        super("commerce:index:Failover", name, {}, opts);
        this.#name = name;
        this.#args = args;
        const here = { parent: this };
        const there = { parent: this, provider: second.provider };
        const standby = second.api;

        const secondCertificate = this.#certificate(there);
        const secondDomain = standby.serveAt(`${name}-second`, host, secondCertificate, there);
        this.#serveBeside("second", standby, second.region, secondCertificate, there);
        const checked = this.#serveBeside("first", api, context.region, certificateArn, here);
        const answers = new aws.route53.HealthCheck(
            `${name}-answers`,
            {
                type: "HTTPS",
                fqdn: checked,
                port: 443,
                enableSni: true,
                resourcePath: healthPath,
                requestInterval: 30,
                failureThreshold: 3,
                // Calls stay away from a region that is given up until the context no longer says so.
                ...(context.regions?.lost?.region === context.region && { disabled: true, invertHealthcheck: true }),
            },
            here,
        );
        const active = this.#beside("active");
        this.#lead("PRIMARY", active, domain, { healthCheckId: answers.id });
        this.#lead("SECONDARY", active, secondDomain);
        this.first = pulumi.interpolate`https://${checked}`;
        this.target = { name: active, zoneId: hostedZone };
        this.registerOutputs({ healthCheckId: answers.id });
    }

    #certificate(opts: pulumi.CustomResourceOptions): pulumi.Output<string> {
        const { proof, names } = this.#args;
        const certificate = new aws.acm.Certificate(
            `${this.#name}-certificate`,
            { ...names, validationMethod: "DNS" },
            opts,
        );
        return new aws.acm.CertificateValidation(
            `${this.#name}-validation`,
            { certificateArn: certificate.arn, validationRecordFqdns: [proof.fqdn] },
            opts,
        ).certificateArn;
    }

    #serveBeside(
        which: string,
        api: HttpApi,
        region: string,
        certificateArn: pulumi.Input<string>,
        opts: pulumi.CustomResourceOptions,
    ): pulumi.Output<string> {
        const hostOfRegion = this.#beside(region);
        const domain = api.serveAt(`${this.#name}-${which}-beside`, hostOfRegion, certificateArn, opts);
        new aws.route53.Record(`${this.#name}-${which}-beside`, this.#record(hostOfRegion, domain), { parent: this });
        return hostOfRegion;
    }

    /** A name beside the one that both serve: behind a firewall as hidden as that. */
    #beside(word: string): pulumi.Output<string> {
        const { host, hidden } = this.#args;
        return pulumi.output(host).apply((text) => (hidden ? text.replace(".", `-${word}.`) : `${word}.${text}`));
    }

    #lead(
        type: "PRIMARY" | "SECONDARY",
        name: pulumi.Input<string>,
        domain: aws.apigatewayv2.DomainName,
        health?: Pick<aws.route53.RecordArgs, "healthCheckId">,
    ): void {
        new aws.route53.Record(
            `${this.#name}-${type.toLowerCase()}`,
            {
                ...this.#record(name, domain),
                setIdentifier: type.toLowerCase(),
                failoverRoutingPolicies: [{ type }],
                ...health,
            },
            { parent: this },
        );
    }

    #record(name: pulumi.Input<string>, { domainNameConfiguration }: aws.apigatewayv2.DomainName) {
        return {
            zoneId: this.#args.hostedZone,
            name,
            type: "A",
            aliases: [
                {
                    name: domainNameConfiguration.targetDomainName,
                    zoneId: domainNameConfiguration.hostedZoneId,
                    evaluateTargetHealth: false,
                },
            ],
        };
    }
}
