import { createRequire } from "node:module";
import * as aws from "@pulumi/aws";
import type * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "../parts/context.ts";
import { type Grant, policyOf, trustOf } from "../parts/grant.ts";
import { logGroupOf } from "../parts/logGroup.ts";
import { named } from "../parts/naming.ts";
import type { Placement, Placements } from "../parts/placement.ts";
import { endpointsOf, type NeededEndpoint } from "./networkEndpoints.ts";

export interface NetworkArgs {
    /** The callbacks that run in it: all are created already. */
    readonly placements: Placements;
    /** Each costs its endpoints and its way out. 1 to 6. @default 2 */
    readonly availabilityZones?: number | undefined;
    readonly context: Context;
}

/** Loaded where there is a network alone: it takes a sixth of a second, which every start would be longer by. */
const loadAwsx = (): typeof awsx => createRequire(import.meta.url)("@pulumi/awsx");

const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

/**
 * A network for callbacks, of exactly what they need, from nowhere open:
 *
 *     isolated subnets  callbacks that call AWS alone → endpoints of the services that some callback may use
 *     private subnets   callbacks that call others, too → NAT gateways in public subnets → the internet
 *
 * Where no callback calls others there are isolated subnets only.
 */
export class Network extends pulumi.ComponentResource {
    readonly vpcId: pulumi.Output<string>;
    readonly #name: string;
    readonly #vpc: awsx.ec2.Vpc;
    readonly #context: Context;

    constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Network", name, {}, opts);
        const { placements, context } = args;
        this.#name = name;
        this.#context = context;
        const goesOut = placements.guests.some(({ internet }) => internet);

        this.#vpc = this.#make(goesOut, args.availabilityZones ?? 2);
        this.vpcId = this.#vpc.vpcId;
        this.#logFlows();
        this.#closeDefaultGroup();

        const doors = this.#group("endpoints", "Endpoints of AWS services.");
        const callbacks = this.#group("callbacks", "Callbacks that call AWS alone.");
        const outgoing = goesOut ? this.#group("outgoing", "Callbacks that call others than AWS, too.") : undefined;
        const ready = [
            ...endpointsOf(placements.guests).flatMap((endpoint) => this.#open(endpoint, doors, callbacks)),
            this.#let("callbacks-to-endpoints", callbacks, { referencedSecurityGroupId: doors.id }),
            this.#admit("endpoints-from-callbacks", doors, callbacks),
            ...(outgoing ? this.#letOut(outgoing, doors) : []),
        ];

        placements.settle({
            isolated: placementIn(this.#vpc.isolatedSubnetIds, callbacks, ready),
            outgoing: outgoing && placementIn(this.#vpc.privateSubnetIds, outgoing, ready),
        });
        this.registerOutputs({ vpcId: this.vpcId });
    }

    #make(goesOut: boolean, numberOfAvailabilityZones: number): awsx.ec2.Vpc {
        const { ec2 } = loadAwsx();
        return new ec2.Vpc(
            `${this.#name}-vpc`,
            {
                numberOfAvailabilityZones,
                // An eighth of 10.0.0.0/16 for each zone, however many there are: else the addresses of all would be divided
                // anew when one comes or goes, and AWS refuses a subnet whose addresses another one has still.
                availabilityZoneCidrMask: 19,
                // By which the names of AWS services lead to the endpoints.
                enableDnsHostnames: true,
                enableDnsSupport: true,
                subnetStrategy: ec2.SubnetAllocationStrategy.Auto,
                subnetSpecs: goesOut
                    ? [
                          { type: ec2.SubnetType.Public },
                          { type: ec2.SubnetType.Private },
                          { type: ec2.SubnetType.Isolated },
                      ]
                    : [{ type: ec2.SubnetType.Isolated }],
                natGateways: {
                    strategy: goesOut ? ec2.NatGatewayStrategy.OnePerAz : ec2.NatGatewayStrategy.None,
                },
            },
            { parent: this },
        );
    }

    #logFlows(): void {
        const own = { parent: this };
        const logs = logGroupOf(
            `${this.#name}-flows`,
            { name: `/aws/vpc/${named("commerce", this.#context)}`, context: this.#context },
            own,
        );
        const role = new aws.iam.Role(
            `${this.#name}-flows-role`,
            {
                description: "Lets the network write down its flows.",
                assumeRolePolicy: trustOf("vpc-flow-logs.amazonaws.com"),
            },
            own,
        );
        const policy = new aws.iam.RolePolicy(
            `${this.#name}-flows-policy`,
            {
                role: role.id,
                policy: policyOf([
                    {
                        actions: [
                            "logs:CreateLogStream",
                            "logs:PutLogEvents",
                            "logs:DescribeLogGroups",
                            "logs:DescribeLogStreams",
                        ],
                        resources: [pulumi.interpolate`${logs.arn}:*`],
                    },
                ]),
            },
            own,
        );
        new aws.ec2.FlowLog(
            `${this.#name}-flow-log`,
            { vpcId: this.vpcId, trafficType: "ALL", logDestination: logs.arn, iamRoleArn: role.arn },
            { ...own, dependsOn: [policy] },
        );
    }

    /** Without rules: what names no group is in this one. */
    #closeDefaultGroup(): void {
        new aws.ec2.DefaultSecurityGroup(`${this.#name}-default`, { vpcId: this.vpcId }, { parent: this });
    }

    /** A security group, which lets nothing in and nothing out by itself. */
    #group(which: string, description: string): aws.ec2.SecurityGroup {
        return new aws.ec2.SecurityGroup(
            `${this.#name}-${which}`,
            { description, vpcId: this.vpcId },
            { parent: this },
        );
    }

    /** An endpoint, whose policy allows what callbacks may do and nothing else. */
    #open(
        { service, type, grants }: NeededEndpoint,
        doors: aws.ec2.SecurityGroup,
        callbacks: aws.ec2.SecurityGroup,
    ): pulumi.Resource[] {
        const way =
            type === "Gateway"
                ? { routeTableIds: this.#vpc.routeTables.apply((tables) => pulumi.all(tables.map(({ id }) => id))) }
                : {
                      subnetIds: this.#vpc.isolatedSubnetIds,
                      securityGroupIds: [doors.id],
                      privateDnsEnabled: true,
                  };
        const endpoint = new aws.ec2.VpcEndpoint(
            `${this.#name}-${service}`,
            {
                vpcId: this.vpcId,
                serviceName: `com.amazonaws.${this.#context.region}.${service}`,
                vpcEndpointType: type,
                policy: this.#policyOf(grants),
                ...way,
            },
            { parent: this },
        );
        if (type === "Interface") return [endpoint];
        // The routes of a gateway endpoint lead to public addresses, for which there is a list.
        return [endpoint, this.#let(`callbacks-to-${service}`, callbacks, { prefixListId: endpoint.prefixListId })];
    }

    #policyOf(grants: readonly Grant[]): pulumi.Output<string> {
        const account = aws.getCallerIdentityOutput({}, { parent: this }).accountId;
        const resources = pulumi.all(grants.flatMap(({ resources }) => resources));
        return pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: "*",
                    Action: [...new Set(grants.flatMap(({ actions }) => actions))].sort(),
                    Resource: resources.apply((arns) => [...new Set(arns)].sort()),
                    Condition: { StringEquals: { "aws:PrincipalAccount": account } },
                },
            ],
        });
    }

    /** Anywhere, but for nothing that is not encrypted; endpoints, too. */
    #letOut(outgoing: aws.ec2.SecurityGroup, doors: aws.ec2.SecurityGroup): pulumi.Resource[] {
        return [
            this.#let("outgoing-to-internet", outgoing, { cidrIpv4: "0.0.0.0/0" }),
            this.#admit("endpoints-from-outgoing", doors, outgoing),
        ];
    }

    #let(which: string, from: aws.ec2.SecurityGroup, to: Destination): aws.vpc.SecurityGroupEgressRule {
        return new aws.vpc.SecurityGroupEgressRule(
            `${this.#name}-${which}`,
            { ...https, ...to, securityGroupId: from.id },
            { parent: this },
        );
    }

    #admit(which: string, to: aws.ec2.SecurityGroup, from: aws.ec2.SecurityGroup): aws.vpc.SecurityGroupIngressRule {
        return new aws.vpc.SecurityGroupIngressRule(
            `${this.#name}-${which}`,
            { ...https, securityGroupId: to.id, referencedSecurityGroupId: from.id },
            { parent: this },
        );
    }
}

type Destination = Pick<aws.vpc.SecurityGroupEgressRuleArgs, "cidrIpv4" | "prefixListId" | "referencedSecurityGroupId">;

/** A placement that resolves once all endpoints and rules of its functions exist. */
const placementIn = (
    subnetIds: pulumi.Output<string[]>,
    group: aws.ec2.SecurityGroup,
    ready: readonly pulumi.Resource[],
): pulumi.Output<Placement> =>
    pulumi
        .all([subnetIds, group.id, pulumi.all(ready.map(({ urn }) => urn))])
        .apply(([subnetIds, groupId]) => ({ subnetIds, securityGroupIds: [groupId] }));
