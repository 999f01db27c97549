import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import type { Release } from "../../components/production/releases.ts";
import { parseReleases, type ReleaseError, release } from "../../tools/release.ts";
import { graphOf, type Recorded, statementsOf } from "../graph.ts";

const lambda = "aws:lambda/function:Function";
const aliasType = "aws:lambda/alias:Alias";
const groupType = "aws:codedeploy/deploymentGroup:DeploymentGroup";

describe("a canary", () => {
    let graph: Recorded;

    before(async () => {
        graph = await graphOf("prod");
    });

    /** What is called of a function: it, or its alias. */
    const called = ({ inputs }: Pick<Resource, "inputs">): string[] =>
        JSON.stringify(inputs).match(/arn:aws:lambda:[^:]*:\d+:function:[^"/\\]+/g) ?? [];

    it("is called by every caller in place of the function", () => {
        const callers = graph.resources.filter(
            ({ type, inputs }) => type !== "aws:iam/rolePolicy:RolePolicy" && called({ inputs }).length > 0,
        );
        expect(new Set(callers.map(({ type }) => type))).to.include.all.keys(
            "aws:lambda/eventSourceMapping:EventSourceMapping",
            "aws:cloudwatch/eventTarget:EventTarget",
            "aws:sns/topicSubscription:TopicSubscription",
            "aws:apigatewayv2/integration:Integration",
            "aws:apigatewayv2/authorizer:Authorizer",
            "aws:scheduler/schedule:Schedule",
        );
        for (const caller of callers) {
            for (const arn of called(caller)) expect(arn, caller.urn).to.match(/:function:[\w-]+:live$/);
        }
    });

    it("is what every permission, role of a schedule and setting of invocations is about", () => {
        for (const type of [
            "aws:lambda/permission:Permission",
            "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
            "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
        ]) {
            expect(graph.of(type), type).not.to.have.length(0);
            for (const { inputs, urn } of graph.of(type)) expect(inputs["qualifier"], urn).to.equal("live");
        }
        const [invoke] = graph.statements("webhooks-reconcile-schedule");
        expect(invoke).to.deep.include({ Action: ["lambda:InvokeFunction"] });
        expect(String(invoke?.Resource)).to.match(/:webhook-reconciler-prod:live$/);
    });

    it("follows the versions of every function, and is left to CodeDeploy", () => {
        const aliases = graph.of(aliasType);
        expect(aliases.map(({ inputs }) => inputs["functionName"])).to.have.members(
            graph.of(lambda).map(({ outputs }) => outputs["name"]),
        );
        for (const { inputs, ignoreChanges, name } of aliases) {
            expect(inputs, name).to.include({ name: "live", functionVersion: "1" });
            expect(ignoreChanges, name).to.have.members(["functionVersion", "routingConfig"]);
        }
        for (const { inputs, name } of graph.of(lambda)) expect(inputs["publish"], name).to.equal(true);
    });

    it("goes back when the newest version fails or, where callers wait for it, for a share of what the API answers", () => {
        const awaited = graph.resources.flatMap(({ inputs }) => [inputs["integrationUri"], inputs["authorizerUri"]]);
        const alarms = new Map(
            graph.of("aws:cloudwatch/metricAlarm:MetricAlarm").map((alarm) => [alarm.outputs["name"], alarm.inputs]),
        );
        const groups = graph.of(groupType);
        expect(groups.map(({ inputs }) => inputs["deploymentGroupName"])).to.have.members(
            graph.of(lambda).map(({ outputs }) => outputs["name"]),
        );
        for (const { inputs, name } of groups) {
            expect(inputs["deploymentConfigName"], name).to.equal("CodeDeployDefault.LambdaCanary10Percent5Minutes");
            expect(inputs["deploymentStyle"], name).to.deep.equal({
                deploymentType: "BLUE_GREEN",
                deploymentOption: "WITH_TRAFFIC_CONTROL",
            });
            expect(inputs["autoRollbackConfiguration"], name).to.deep.equal({
                enabled: true,
                events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
            });
            const { enabled, alarms: names } = inputs["alarmConfiguration"] as { enabled: boolean; alarms: string[] };
            expect(enabled, name).to.equal(true);
            const functionName = inputs["deploymentGroupName"];
            const minute = { statistic: "Sum", threshold: 1, period: 60, evaluationPeriods: 1 };
            const [failures, refusals, ...others] = names.map((alarm) => alarms.get(alarm));
            expect(failures, name).to.deep.include({
                ...minute,
                namespace: "AWS/Lambda",
                metricName: "Errors",
                dimensions: {
                    FunctionName: functionName,
                    Resource: `${functionName}:live`,
                    ExecutedVersion: "1",
                },
            });
            expect(others, name).to.deep.equal([]);
            const isAwaited = awaited.some((uri) => String(uri).includes(`:${functionName}:live`));
            expect(refusals !== undefined, name).to.equal(isAwaited);
            if (refusals === undefined) continue;
            // One 5xx, or one bad minute, is not enough.
            expect(Number(refusals["datapointsToAlarm"]), name).to.be.greaterThan(1);
            const queries = refusals["metricQueries"] as Record<string, unknown>[];
            const shown = queries.filter(({ returnData }) => returnData === true);
            expect(shown.map(({ expression }) => expression)).to.deep.equal(["100 * FILL(failed, 0) / requests"]);
            expect(refusals, name).to.include({ comparisonOperator: "GreaterThanThreshold", threshold: 1 });
        }
    });

    it("is moved by a role that can do nothing but that, of which there are as many as their policies need", () => {
        const named = (type: string) => graph.of(type).filter(({ name }) => /^releases-(role|policy)/.test(name));
        const roles = named("aws:iam/role:Role");
        for (const { inputs } of roles) {
            expect(statementsOf(inputs["assumeRolePolicy"])).to.deep.equal([
                { Effect: "Allow", Principal: { Service: "codedeploy.amazonaws.com" }, Action: "sts:AssumeRole" },
            ]);
        }
        const policies = named("aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => String(inputs["policy"]));
        expect(policies).to.have.length(roles.length);
        const moved = policies.flatMap((policy) => {
            const [move, look, ...others] = statementsOf(policy);
            expect(others).to.deep.equal([]);
            expect(move?.Action).to.deep.equal([
                "lambda:GetAlias",
                "lambda:UpdateAlias",
                "lambda:GetProvisionedConcurrencyConfig",
            ]);
            expect(look?.Action).to.deep.equal(["cloudwatch:DescribeAlarms"]);
            for (const arn of look?.Resource ?? []) expect(arn).to.match(/-rollback-[0-9a-f]{7}$/);
            // All policies of a role together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
            expect(policy.length).to.be.below(10_240);
            return move?.Resource ?? [];
        });
        const functions = graph.of(lambda).map(({ outputs }) => String(outputs["arn"]));
        expect(moved).to.have.members(functions.flatMap((arn) => [arn, `${arn}:live`]));
    });

    it("is in the outputs with everything that moves it, which the script reads", () => {
        const releases = parseReleases(JSON.stringify(graph.outputs["releases"]));
        expect(releases).to.have.length(graph.of(lambda).length);
        expect(releases).to.deep.include({
            region: "eu-west-1",
            application: "commerce-prod",
            group: "order-receiver-prod",
            functionName: "order-receiver-prod",
            alias: "live",
            version: "1",
        });
    });

    it("is nothing that there is where new code takes over at once", async () => {
        const dev = await graphOf("dev");
        expect(dev.of(aliasType)).to.deep.equal([]);
        expect(dev.resources.filter(({ type }) => type.startsWith("aws:codedeploy"))).to.deep.equal([]);
        for (const { inputs } of dev.of(lambda)) expect(inputs).not.to.have.property("publish");
        expect(dev.outputs["releases"]).to.deep.equal([]);
    });
});

const receiver: Release = {
    region: "eu-west-1",
    application: "commerce-prod",
    group: "order-receiver-prod",
    functionName: "order-receiver-prod",
    alias: "live",
    version: "8",
};
const store: Release = { ...receiver, group: "order-store-prod", functionName: "order-store-prod" };

/** Lambda and CodeDeploy, as far as a release asks them. */
class Deployer {
    readonly asked: string[] = [];
    /** The alarm configurations that deployments came with. */
    readonly alarms: unknown[] = [];
    readonly deployments = new Map<string, { functionName: string; status: string; message?: string }>();
    readonly versions = new Map<string, string>();
    /** Groups that something else moves already. */
    readonly busy = new Set<string>();
    /** Answers that are given before the right ones. */
    readonly faults: { status: number; body: object }[] = [];
    readonly #server: Server;

    constructor() {
        this.#server = createServer((request, response) => {
            void this.#answer(request).then(({ status, body }) => {
                response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
            });
        });
    }

    listen(): Promise<void> {
        return new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    }

    get url(): string {
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    }

    close(): void {
        this.#server.close();
        this.#server.closeAllConnections();
    }

    async #answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
        const body = await text(request);
        const [, functionName] = /^\/2015-03-31\/functions\/([^/]+)\/aliases\/live$/.exec(request.url ?? "") ?? [];
        if (functionName !== undefined) {
            const FunctionVersion = this.versions.get(functionName);
            if (FunctionVersion === undefined) return { status: 404, body: { Message: "no such alias" } };
            return { status: 200, body: { FunctionVersion } };
        }
        const fault = this.faults.shift();
        if (fault !== undefined) return fault;
        expect(request.headers.authorization).to.match(
            /^AWS4-HMAC-SHA256 Credential=key\/\d+\/eu-west-1\/codedeploy\/aws4_request/,
        );
        const operation = String(request.headers["x-amz-target"]).replace("CodeDeploy_20141006.", "");
        this.asked.push(operation);
        const input = JSON.parse(body);
        if (operation === "CreateDeployment") this.alarms.push(input.overrideAlarmConfiguration);
        if (this.busy.has(input.deploymentGroupName)) {
            const refusal = { __type: "DeploymentLimitExceededException", message: "has an active Deployment" };
            return { status: 400, body: refusal };
        }
        return { status: 200, body: this.#operate(operation, input) };
    }

    #operate(operation: string, input: { deploymentId: string; revision: { appSpecContent: { content: string } } }) {
        switch (operation) {
            case "CreateDeployment": {
                const { Resources } = JSON.parse(input.revision.appSpecContent.content);
                const [functionName = ""] = Object.keys(Resources[0]);
                expect(Resources[0][functionName]).to.deep.equal({
                    Type: "AWS::Lambda::Function",
                    Properties: { Name: functionName, Alias: "live", CurrentVersion: "7", TargetVersion: "8" },
                });
                const deploymentId = `d-${functionName}`;
                this.deployments.set(deploymentId, { functionName, status: "InProgress" });
                return { deploymentId };
            }
            case "StopDeployment": {
                expect(input).to.include({ autoRollbackEnabled: true });
                this.end(input.deploymentId, "Stopped");
                return { status: "Succeeded" };
            }
            default: {
                const { status, message } = this.deployments.get(input.deploymentId) ?? {};
                return { deploymentInfo: { status, ...(message && { errorInformation: { message } }) } };
            }
        }
    }

    end(id: string, status: string, message?: string): void {
        const deployment = this.deployments.get(id);
        if (deployment) this.deployments.set(id, { ...deployment, status, ...(message && { message }) });
    }
}

describe("a release", () => {
    let deployer: Deployer;
    let lines: string[];
    const environment = { ...process.env };

    beforeEach(async () => {
        process.env["AWS_ACCESS_KEY_ID"] = "key";
        process.env["AWS_SECRET_ACCESS_KEY"] = "secret";
        deployer = new Deployer();
        lines = [];
        await deployer.listen();
        deployer.versions.set(receiver.functionName, "7").set(store.functionName, "7");
    });

    afterEach(() => {
        deployer.close();
        process.env = { ...environment };
    });

    /** @param between what happens between two looks. */
    const run = (releases: readonly Release[], between: () => void = () => undefined, ignoreAlarms = false) =>
        release(releases, {
            endpoint: deployer.url,
            ignoreAlarms,
            log: (line) => lines.push(line),
            wait: async () => between(),
        });

    it("moves the aliases that are behind, and is good when all have arrived", async () => {
        deployer.versions.set(store.functionName, "8");
        const arrived = await run([receiver, store], () => deployer.end("d-order-receiver-prod", "Succeeded"));
        expect(arrived).to.equal(true);
        expect([...deployer.deployments.keys()]).to.deep.equal(["d-order-receiver-prod"]);
        expect(lines).to.deep.equal([
            "order-receiver-prod 7 → 8: d-order-receiver-prod",
            "order-receiver-prod arrived",
        ]);
    });

    it("goes by the alarms of its group, unless it is to ignore them", async () => {
        for (const ignoreAlarms of [false, true]) {
            const arrived = () => deployer.end("d-order-receiver-prod", "Succeeded");
            expect(await run([receiver], arrived, ignoreAlarms)).to.equal(true);
        }
        expect(deployer.alarms).to.deep.equal([undefined, { enabled: false }]);
    });

    it("does nothing where nothing is behind", async () => {
        deployer.versions.set(receiver.functionName, "8");
        expect(await run([receiver])).to.equal(true);
        expect(await run([])).to.equal(true);
        expect(deployer.asked).to.deep.equal([]);
    });

    it("is bad when one went back, says why, and takes back the others that are on their way", async () => {
        const arrived = await run([receiver, store], () =>
            deployer.end("d-order-store-prod", "Stopped", "alarm orders-store-rollback"),
        );
        expect(arrived).to.equal(false);
        expect(deployer.asked.filter((operation) => operation === "StopDeployment")).to.have.length(1);
        expect(deployer.deployments.get("d-order-receiver-prod")?.status).to.equal("Stopped");
        expect(lines.slice(2)).to.deep.equal([
            "order-store-prod returned: alarm orders-store-rollback",
            "order-receiver-prod returned",
        ]);
    });

    it("fails when one deployment cannot start, and stops the started ones", async () => {
        deployer.busy.add(store.group);
        expect(await run([receiver, store])).to.equal(false);
        expect(lines.join("\n")).to.include("order-store-prod 7 → 8 cannot start").and.to.include("active Deployment");
        expect(deployer.deployments.get("d-order-receiver-prod")?.status).to.equal("Stopped");
    });

    it("outlives answers that got lost", async () => {
        deployer.faults.push({ status: 500, body: {} }, { status: 400, body: { __type: "ThrottlingException" } });
        expect(await run([receiver], () => deployer.end("d-order-receiver-prod", "Succeeded"))).to.equal(true);
    });

    it("fails when the alias does not exist", async () => {
        const error = await run([{ ...receiver, functionName: "unknown" }]).catch((reason: ReleaseError) => reason);
        expect(error).to.have.property("name", "ReleaseError");
        expect(error).to.have.property("message").that.includes("unknown:live cannot be read");
    });

    for (const [what, json, message] of [
        ["no JSON", "", "no JSON"],
        ["no list", "{}", "no list"],
        ["not whole", '[{"region":"eu-west-1"}]', "has no application"],
    ] as const) {
        it(`refuses what is ${what}`, () => {
            expect(() => parseReleases(json)).to.throw(message);
        });
    }
});
