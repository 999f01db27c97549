import { execFileSync } from "node:child_process";
import { isDeepStrictEqual } from "node:util";
import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { Callback } from "../../components/parts/callback.ts";
import { contextOf } from "../../components/parts/context.ts";
import { Placements } from "../../components/parts/placement.ts";
import { Network, type NetworkArgs } from "../../components/production/network.ts";
import { endpointsOf, UnreachableService } from "../../components/production/networkEndpoints.ts";
import { graphOf, type Recorded, statementsOf } from "../graph.ts";

const lambda = "aws:lambda/function:Function";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
const egressType = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ingressType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const groupType = "aws:ec2/securityGroup:SecurityGroup";

interface VpcConfig {
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
}

const configOf = ({ inputs }: Resource) => inputs["vpcConfig"] as VpcConfig;
const list = (value: string | string[]) => (Array.isArray(value) ? value : [value]);
const urnsOf = ({ resources }: Recorded) => resources.map(({ urn }) => urn);

describe("a network of one's own", () => {
    let without: Recorded;
    let graph: Recorded;
    let vpc: Resource;

    before(async () => {
        const settings = { "orders.mail.sender": "shop@example.com" };
        without = await graphOf("prod", settings);
        graph = await graphOf("prod", { ...settings, "network.availabilityZones": 2 });
        vpc = graph.one("awsx:ec2:Vpc", "network-vpc");
    });

    it("is not there unless a setting asks for it", () => {
        const network = without.resources.filter(({ type }) => /^(awsx:|aws:(ec2|vpc)\/)/.test(type));
        expect(network).to.deep.equal([]);
        for (const { inputs, name } of without.of(lambda)) expect(inputs, name).not.to.have.property("vpcConfig");
        const policies = without.of("aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => String(inputs["policy"]));
        expect(policies.filter((policy) => policy.includes("ec2:"))).to.deep.equal([]);
    });

    it("loads what it is made with only where it is made", () => {
        const program = `
            import { createRequire } from "node:module";
            await import("./components/production/network.ts");
            console.log(Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes("awsx")).length);
        `;
        const flags = ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program];
        expect(execFileSync(process.execPath, flags, { encoding: "utf8" }).trim()).to.equal("0");
    });

    it("adds itself to the program and changes nothing in it but where functions run", () => {
        const added = urnsOf(graph).filter((urn) => !urnsOf(without).includes(urn));
        expect(added.filter((urn) => !urn.includes("commerce:index:Network"))).to.deep.equal([]);
        expect(urnsOf(without).filter((urn) => !urnsOf(graph).includes(urn))).to.deep.equal([]);
    });

    it("is previewed as it is made", async () => {
        const preview = await graphOf(
            "prod",
            { "orders.mail.sender": "shop@example.com", "network.availabilityZones": 2 },
            "preview",
        );
        expect(urnsOf(preview)).to.have.members(urnsOf(graph));
    });

    it("gives internet access only to the callbacks that call services outside of AWS", () => {
        const { privateSubnetIds, isolatedSubnetIds } = vpc.outputs;
        const outgoing = graph.one(groupType, "network-outgoing").id;
        const callbacks = graph.one(groupType, "network-callbacks").id;
        const goesOut = [
            "checkout-complete-function",
            "checkout-settle-function",
            "customer-mails-send-function",
            "customers-sync-function",
            "mcp-call-function",
            "orders-mail-function",
            "payments-keep-function",
            "webhooks-deliver-function",
        ];
        for (const one of graph.of(lambda)) {
            const expected = goesOut.includes(one.name)
                ? { subnetIds: privateSubnetIds, securityGroupIds: [outgoing] }
                : { subnetIds: isolatedSubnetIds, securityGroupIds: [callbacks] };
            expect(configOf(one), one.name).to.deep.equal(expected);
        }
        expect(goesOut.filter((name) => graph.of(lambda).some((one) => one.name === name))).to.deep.equal(goesOut);
        expect(vpc.inputs["natGateways"]).to.deep.equal({ strategy: "OnePerAz" });
    });

    it("gives payments no internet access where the sandbox charges", async () => {
        const dev = await graphOf("dev", { "network.availabilityZones": 2 });
        const { isolatedSubnetIds } = dev.one("awsx:ec2:Vpc", "network-vpc").outputs;
        const complete = dev.one(lambda, "checkout-complete-function");
        expect(configOf(complete).subnetIds).to.deep.equal(isolatedSubnetIds);
    });

    it("gives internet access to all that ask the shop's own rules, which may call others", async () => {
        const dev = await graphOf("dev", {
            "network.availabilityZones": 2,
            "checkout.rules": "example",
        });
        const { privateSubnetIds } = dev.one("awsx:ec2:Vpc", "network-vpc").outputs;
        const isOutgoing = (one: Resource) => isDeepStrictEqual(configOf(one).subnetIds, privateSubnetIds);
        const goingOut = dev.of(lambda).filter(isOutgoing);
        expect(goingOut.map(({ name }) => name)).to.include.members([
            "carts-keep-function",
            "checkout-complete-function",
            "checkout-manage-function",
            "mcp-call-function",
        ]);
    });

    describe("for a callback without outgoing calls", () => {
        /** A program of one callback. */
        const alone = (args: Partial<NetworkArgs> = {}) =>
            graphOf("dev", {}, "up", async () => {
                const placements = new Placements();
                const context = contextOf({ place: placements.place });
                new Callback<typeof import("../../runtime/checkoutSessions/discover.ts")>("alone", {
                    entry: "checkoutSessions/discover",
                    name: "alone",
                    description: "Makes no outgoing calls.",
                    environment: { API_URL: "https://api.example.com", MERCHANT: "{}" },
                    context,
                });
                new Network("network", { ...args, placements, context });
                return {};
            });

        it("has no way to the internet, and no endpoint", async () => {
            const isolated = await alone();
            const { inputs, outputs } = isolated.one("awsx:ec2:Vpc", "network-vpc");
            expect(inputs["subnetSpecs"]).to.deep.equal([{ type: "Isolated" }]);
            expect(inputs["natGateways"]).to.deep.equal({ strategy: "None" });
            const { subnetIds } = configOf(isolated.one(lambda, "alone-function"));
            expect(subnetIds).to.deep.equal(outputs["isolatedSubnetIds"]);
            expect(isolated.of(egressType).map(({ name }) => name)).to.deep.equal(["network-callbacks-to-endpoints"]);
            expect(isolated.of(endpointType)).to.deep.equal([]);
        });

        for (const availabilityZones of [1, 3]) {
            it(`is in as many zones as its arguments say (${availabilityZones})`, async () => {
                const zoned = await alone({ availabilityZones });
                const { inputs } = zoned.one("awsx:ec2:Vpc", "network-vpc");
                expect(inputs["numberOfAvailabilityZones"]).to.equal(availabilityZones);
                const { subnetIds } = configOf(zoned.one(lambda, "alone-function"));
                expect(subnetIds).to.have.length(availabilityZones);
            });
        }
    });

    it("lets nothing out but TLS: to endpoints, to what AWS lists, and from one group anywhere", () => {
        const names = new Map(graph.of(groupType).map(({ id, name }) => [id, name]));
        const listed = new Map(
            graph
                .of(endpointType)
                .filter(({ inputs }) => inputs["vpcEndpointType"] === "Gateway")
                .map(({ outputs, name }) => [outputs["prefixListId"], name]),
        );
        const ways = graph.of(egressType).map(({ inputs }) => {
            expect(inputs).to.include({ ipProtocol: "tcp", fromPort: 443, toPort: 443 });
            const to =
                inputs["cidrIpv4"] ??
                listed.get(inputs["prefixListId"]) ??
                names.get(String(inputs["referencedSecurityGroupId"]));
            return `${names.get(String(inputs["securityGroupId"]))} → ${to}`;
        });
        expect(ways).to.have.members([
            "network-callbacks → network-endpoints",
            "network-callbacks → network-dynamodb",
            "network-callbacks → network-s3",
            "network-outgoing → 0.0.0.0/0",
        ]);
        // A group itself names no rules, which would be in the way of these.
        for (const { inputs, name } of graph.of(groupType)) {
            expect(inputs, name).to.have.all.keys("description", "vpcId");
            expect(inputs["description"], name).to.match(/^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/);
        }
    });

    it("lets nothing in but TLS from callbacks to endpoints", () => {
        const endpoints = graph.one(groupType, "network-endpoints").id;
        const rules = graph.of(ingressType).map(({ inputs }) => inputs);
        for (const rule of rules) {
            expect(rule).to.include({ ipProtocol: "tcp", fromPort: 443, toPort: 443, securityGroupId: endpoints });
        }
        expect(rules.map((rule) => rule["referencedSecurityGroupId"])).to.have.members([
            graph.one(groupType, "network-callbacks").id,
            graph.one(groupType, "network-outgoing").id,
        ]);
        const [closed, ...more] = graph.of("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
        expect(more).to.deep.equal([]);
        expect(closed?.inputs).to.deep.equal({ vpcId: vpc.outputs["vpcId"] });
    });

    it("has an endpoint for every service that some callback may call, and for no other", () => {
        const called = new Set(
            graph
                .of(lambda)
                .flatMap(({ name }) => graph.statements(name.replace(/-function$/, "")))
                .flatMap(({ Action }) => list(Action))
                .map((action) => action.split(":")[0]),
        );
        // Done for callbacks by others, or, as with e-mail and others' roles, over the internet.
        for (const never of ["logs", "xray", "ec2", "kms", "iam", "ses", "sts"]) called.delete(never);
        const endpoints = graph.of(endpointType).map(({ inputs }) => String(inputs["serviceName"]));
        expect(endpoints).to.have.members([...called].map((service) => `com.amazonaws.eu-west-1.${service}`));
        expect(called).to.include("dynamodb").and.to.include("sqs");
    });

    it("opens gateways to all its route tables and interfaces in isolated subnets, by the services' own names", () => {
        const routeTables = vpc.outputs["routeTables"] as { id: string }[];
        for (const { inputs, name } of graph.of(endpointType)) {
            const gateway = ["network-dynamodb", "network-s3"].includes(name);
            expect(inputs["vpcEndpointType"], name).to.equal(gateway ? "Gateway" : "Interface");
            if (gateway) expect(inputs["routeTableIds"]).to.deep.equal(routeTables.map(({ id }) => id));
            else {
                expect(inputs, name).to.deep.include({
                    privateDnsEnabled: true,
                    subnetIds: vpc.outputs["isolatedSubnetIds"],
                    securityGroupIds: [graph.one(groupType, "network-endpoints").id],
                });
            }
        }
        expect(vpc.inputs).to.include({ enableDnsHostnames: true, enableDnsSupport: true });
    });

    it("allows through an endpoint only the callbacks' permitted actions", () => {
        for (const { inputs, name } of graph.of(endpointType)) {
            const policy = String(inputs["policy"]);
            expect(policy.length, name).to.be.below(20_480);
            const [only, ...more] = statementsOf(policy);
            expect(more, name).to.deep.equal([]);
            expect(only?.Condition, name).to.deep.equal({
                StringEquals: { "aws:PrincipalAccount": "000000000000" },
            });
            expect([...list(only?.Action ?? []), ...list(only?.Resource ?? [])], name).not.to.include("*");
        }
    });

    it("lets through everything that a callback calls itself", () => {
        const through = new Map(
            graph
                .of(endpointType)
                .map(({ name, inputs }) => [name.replace("network-", ""), statementsOf(inputs["policy"])]),
        );
        const blocked = graph.of(lambda).flatMap(({ name }) => {
            const callback = name.replace(/-function$/, "");
            return graph.statements(callback).flatMap(({ Action, Resource }) =>
                list(Action).flatMap((action) => {
                    const [policy] = through.get(action.split(":")[0] ?? "") ?? [];
                    if (policy === undefined) return [];
                    return (
                        list(Resource)
                            // Lambda itself writes what failed.
                            .filter((resource) => !resource.includes(`${callback}-failures`))
                            .filter(
                                (resource) =>
                                    !list(policy.Action).includes(action) || !list(policy.Resource).includes(resource),
                            )
                            .map((resource) => `${callback} ${action} ${resource}`)
                    );
                }),
            );
        });
        expect(blocked).to.deep.equal([]);
    });

    it("lets Lambda connect every function, and no function's code touch the network", () => {
        for (const { name } of graph.of(lambda)) {
            const [interfaces, ...more] = graph
                .statements(name.replace(/-function$/, ""))
                .filter(({ Action }) => list(Action).some((action) => action.startsWith("ec2:")));
            expect(more, name).to.deep.equal([]);
            expect(interfaces, name).to.deep.include({
                Resource: ["*"],
                Condition: { Null: { "lambda:SourceFunctionArn": "true" } },
            });
        }
    });

    it("places a function only once it can reach what it calls", () => {
        const ways = [...graph.of(endpointType), ...graph.of(egressType), ...graph.of(ingressType)];
        for (const one of graph.of(lambda)) {
            expect(one.dependencies, one.name).to.include.members(ways.map(({ urn }) => urn));
        }
    });

    it("writes its flows down for as long as logs are kept", () => {
        const [flows] = graph.of("aws:ec2/flowLog:FlowLog");
        const logs = graph.one("aws:cloudwatch/logGroup:LogGroup", "network-flows");
        expect(flows?.inputs).to.include({
            trafficType: "ALL",
            vpcId: vpc.outputs["vpcId"],
            logDestination: logs.outputs["arn"],
        });
        expect(logs.inputs["retentionInDays"]).to.equal(365);
    });

    it("is there once for each region", async () => {
        const two = await graphOf("prod", { "network.availabilityZones": 2, "failover.region": "eu-central-1" });
        expect(two.of("awsx:ec2:Vpc")).to.have.length(2);
        const services = two.of(endpointType).map(({ inputs }) => String(inputs["serviceName"]));
        for (const region of ["eu-west-1", "eu-central-1"]) expect(services).to.include(`com.amazonaws.${region}.sqs`);
    });
});

describe("the endpoints that callbacks need", () => {
    const guest = (action: string, internet = false) => ({
        name: "orders-store",
        internet,
        allow: [{ actions: [action], resources: ["arn:aws:x"] }],
    });

    it("are one for each service, for all its callers", () => {
        const needed = endpointsOf([guest("sqs:SendMessage"), guest("dynamodb:Query"), guest("sqs:SendMessage", true)]);
        expect(needed.map(({ service, type, grants }) => [service, type, grants.length])).to.deep.equal([
            ["dynamodb", "Gateway", 1],
            ["sqs", "Interface", 2],
        ]);
    });

    it("are none for what is never called", () => {
        expect(endpointsOf([guest("iam:PassRole")])).to.deep.equal([]);
    });

    it("fail for a service without a configured endpoint, unless it is reached over the internet", () => {
        expect(() => endpointsOf([guest("rekognition:DetectText")])).to.throw(
            UnreachableService,
            "orders-store may rekognition:DetectText",
        );
        expect(() => endpointsOf([guest("ses:SendEmail")])).to.throw(UnreachableService);
        expect(endpointsOf([guest("rekognition:DetectText", true)])).to.deep.equal([]);
    });
});
