import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import ts from "typescript";
import { rulesOf } from "../../src/provision/events.ts";
import { functionsOf } from "../../src/provision/functions.ts";
import { httpApisOf } from "../../src/provision/httpApis.ts";
import { Properties, UnusableResourceError } from "../../src/provision/properties.ts";
import { providerDefaults } from "../../src/provision/providerDefaults.ts";
import { schedulesOf } from "../../src/provision/schedules.ts";
import { provisionQueues } from "../../src/provision/storage.ts";
import { provisionTables } from "../../src/provision/tables.ts";
import { subscriptionsOf } from "../../src/provision/topics.ts";
import { triggersOf } from "../../src/provision/triggers.ts";
import { graphOf, resource } from "./resources.ts";

const place = { region: "eu-west-1", account: "000000000000" };
const providerFolder = dirname(fileURLToPath(import.meta.resolve("@pulumi/aws/package.json")));

/** The interfaces of a file of declarations, by name: `BucketArgs`, or `dynamodb.TableTtl` in a namespace. */
function interfacesOf(file: string): ReadonlyMap<string, ts.InterfaceDeclaration> {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const found = new Map<string, ts.InterfaceDeclaration>();
    const visit = (node: ts.Node, namespace: string): void => {
        if (ts.isInterfaceDeclaration(node)) found.set(namespace + node.name.text, node);
        else if (ts.isModuleDeclaration(node)) ts.forEachChild(node, (child) => visit(child, `${node.name.text}.`));
        else ts.forEachChild(node, (child) => visit(child, namespace));
    };
    visit(source, "");
    return found;
}

let nested: ReadonlyMap<string, ts.InterfaceDeclaration> | undefined;

/** How the provider's types describe a property: `aws:sqs/queue:Queue`, `target.retryPolicy.maximumRetryAttempts` */
function descriptionOf(type: string, path: string): string {
    const [, module = "", resourceName = ""] = type.split(":");
    let holder = interfacesOf(join(providerFolder, `${module}.d.ts`)).get(`${resourceName}Args`);
    for (const [index, name] of path.split(".").entries()) {
        const member = holder?.members.find((one) => one.name !== undefined && one.name.getText() === name);
        if (member === undefined) throw new Error(`${type} has no ${path}`);
        if (index === path.split(".").length - 1)
            return ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(member)[0]?.comment) ?? "";
        nested ??= interfacesOf(join(providerFolder, "types/input.d.ts"));
        holder = nested.get(/inputs\.(\w+\.\w+)/.exec(member.getText())?.[1] ?? "");
    }
    throw new Error("unreachable");
}

/** Whether a description says that a value is what an absent property is. */
function tellsDefault(description: string, value: string | number | boolean): boolean {
    const text = String(value).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const is = `[\`"]?(?<![\\w.-])${text}(?![\\w-])[\`"]?`;
    return [
        `defaults? (value )?(to|is|for this attribute is|of) ${is}`,
        `${is} \\(default\\)`,
        `(default|omitted|omit this),? the ${is}`,
        `\\(forever, and the default value\\)`,
        `Minimum and default of ${is}`,
        `Defaults to Unreserved Concurrency Limits ${is}`,
    ].some((pattern) => new RegExp(pattern, "i").test(description));
}

describe("The provider's defaults", () => {
    for (const [type, properties] of Object.entries(providerDefaults)) {
        for (const [path, { value, source }] of Object.entries(properties)) {
            it(`of ${type} ${path} is ${value}, by ${source}`, () => {
                const description = descriptionOf(type, path);
                if (source === "types") expect(tellsDefault(description, value), description).to.equal(true);
                // What the types do tell stands in the table as theirs.
                else
                    expect(
                        /\bdefaults? (to|is|of|for this)\b/i.test(description) && tellsDefault(description, value),
                    ).to.equal(false);
            });
        }
    }

    it("stand in the table alone: nothing else of src/provision makes up a number", () => {
        const folder = fileURLToPath(new URL("../../src/provision", import.meta.url));
        const texts = globSync("*.ts", { cwd: folder }).map((file) => readFileSync(join(folder, file), "utf8"));
        const calls = texts.flatMap((text) => text.match(/\.(number|flag|text)\([^()]*,[^()]*\)/g) ?? []);
        expect(calls).to.deep.equal([]);
        const madeUp = texts.flatMap((text) => text.match(/optional\w+\([^()]*\) \?\? ["'\w-]+/g) ?? []);
        const literals = madeUp.filter((call) => /\?\? (["'\d-]|true|false)/.test(call));
        expect(literals, "the types tell of two defaults there").to.deep.equal(['optionalNumber("batchSize") ?? 10']);
    });
});

describe("What the program leaves out", () => {
    it("is a queue of the provider's maximum size and not of the service's, also where the state has another", async () => {
        const calls: { action: string; attributes: unknown }[] = [];
        const queue = resource("aws:sqs/queue:Queue", "orders", { name: "orders", url: "http://q/orders" });
        await provisionQueues(graphOf(queue), async (_principal, _service, action, input) => {
            calls.push({ action, attributes: input["Attributes"] });
            return {};
        });
        expect(calls).to.deep.equal([
            {
                action: "CreateQueue",
                attributes: {
                    DelaySeconds: "0",
                    MaximumMessageSize: "262144",
                    MessageRetentionPeriod: "345600",
                    ReceiveMessageWaitTimeSeconds: "0",
                    VisibilityTimeout: "30",
                },
            },
        ]);
    });

    it("is a function of 128 MB and 3 s whose events are tried three times in six hours", () => {
        const inputs = {
            name: "store",
            arn: "arn:f",
            role: "arn:r",
            handler: "index.handler",
            code: { directory: "/c" },
        };
        const [definition] = functionsOf(graphOf(resource("aws:lambda/function:Function", "store", inputs)));
        expect(definition).to.deep.include({
            memoryMb: 128,
            timeoutSeconds: 3,
            asynchronous: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600 },
        });
        expect(definition).not.to.have.property("reservedConcurrency");
    });

    const lambda = resource("aws:lambda/function:Function", "f", { name: "f", arn: arnOf("f"), role: "arn:r" });
    const queue = resource("aws:sqs/queue:Queue", "q", { name: "q", arn: "arn:aws:sqs:::q", url: "http://q/q" });
    const mapping = (name: string, inputs: Record<string, unknown>) =>
        resource("aws:lambda/eventSourceMapping:EventSourceMapping", name, { functionName: arnOf("f"), ...inputs });

    it("is a mapping of 10 messages or 100 stream records a batch, retried for ever", () => {
        const stream = { eventSourceArn: "arn:aws:dynamodb:::table/t/stream/s", startingPosition: "LATEST" };
        const graph = graphOf(lambda, queue, mapping("m", { eventSourceArn: "arn:aws:sqs:::q" }), mapping("s", stream));
        const { queues, streams } = triggersOf(graph, place);
        expect(queues[0]).to.include({ batchSize: 10, maximumBatchingWindowSeconds: 0 });
        expect(streams[0]).to.include({
            batchSize: 100,
            maximumRetryAttempts: -1,
            maximumRecordAgeSeconds: -1,
            parallelizationFactor: 1,
            bisectBatchOnFunctionError: false,
        });
    });

    it("is a mapping that works; one that is switched off does not", () => {
        const off = mapping("m", { eventSourceArn: "arn:aws:sqs:::q", enabled: false });
        expect(triggersOf(graphOf(lambda, queue, off), place).queues).to.deep.equal([]);
    });

    const rule = resource("aws:cloudwatch/eventRule:EventRule", "r", {
        name: "r",
        arn: "arn:rule",
        eventPattern: "{}",
    });
    const target = (retryPolicy: object | undefined) =>
        resource("aws:cloudwatch/eventTarget:EventTarget", "t", {
            rule: "r",
            arn: "arn:q",
            ...(retryPolicy && { retryPolicy }),
        });

    it("is, in a target's retry policy with an age alone, no retry at all", () => {
        const [definition] = rulesOf(graphOf(rule, target({ maximumEventAgeInSeconds: 3600 })));
        expect(definition?.targets[0]?.retryPolicy).to.deep.equal({
            maximumRetryAttempts: 0,
            maximumEventAgeInSeconds: 3600,
        });
        expect(definition).to.include({ eventBusName: "default", state: "ENABLED" });
        expect(rulesOf(graphOf(rule, target(undefined)))[0]?.targets[0]).not.to.have.property("retryPolicy");
    });

    it("is, in a target's retry policy with retries alone, an age that EventBridge refuses", () => {
        expect(() => rulesOf(graphOf(rule, target({ maximumRetryAttempts: 3 })))).to.throw(
            UnusableResourceError,
            "60 to 86400",
        );
    });

    it("is a schedule of the default group in UTC that stays after its last time", () => {
        const schedule = resource("aws:scheduler/schedule:Schedule", "s", {
            name: "s",
            scheduleExpression: "rate(1 hour)",
            flexibleTimeWindow: { mode: "OFF" },
            target: { arn: "arn:q", roleArn: "arn:r", retryPolicy: {} },
        });
        expect(schedulesOf(graphOf(schedule))[0]).to.deep.include({
            GroupName: "default",
            ScheduleExpressionTimezone: "UTC",
            State: "ENABLED",
            ActionAfterCompletion: "NONE",
            Target: {
                Arn: "arn:q",
                RoleArn: "arn:r",
                RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
            },
        });
    });

    it("is a subscription that wraps what it delivers", () => {
        const inputs = { topic: "arn:t", protocol: "sqs", endpoint: "arn:q" };
        const [subscription] = subscriptionsOf(
            graphOf(resource("aws:sns/topicSubscription:TopicSubscription", "s", inputs)),
        );
        expect(subscription).to.include({ rawMessageDelivery: false });
    });

    const api = resource("aws:apigatewayv2/api:Api", "api", { name: "api" });
    const stage = (inputs: Record<string, unknown>) =>
        resource("aws:apigatewayv2/stage:Stage", "$default", { apiId: "api", name: "$default", ...inputs });

    it("is a stage that serves nothing, and with settings of its routes but no limits one that lets nothing pass", () => {
        expect(httpApisOf(graphOf(api, stage({})), place)[0]?.stages).to.deep.equal([]);
        const metrics = stage({ autoDeploy: true, defaultRouteSettings: { detailedMetricsEnabled: true } });
        expect(httpApisOf(graphOf(api, metrics), place)[0]?.stages[0]?.throttle).to.deep.equal({
            ratePerSecond: 0,
            burst: 0,
        });
        expect(httpApisOf(graphOf(api, stage({ autoDeploy: true })), place)[0]?.stages[0]).not.to.have.property(
            "throttle",
        );
    });

    it("is an integration with payload format 1.0, which this cloud does not have", () => {
        const route = resource("aws:apigatewayv2/route:Route", "r", {
            apiId: "api",
            routeKey: "GET /",
            target: "integrations/i",
        });
        const integration = (inputs: Record<string, unknown>) =>
            resource("aws:apigatewayv2/integration:Integration", "i", { integrationUri: arnOf("f"), ...inputs });
        expect(() => httpApisOf(graphOf(api, route, integration({})), place)).to.throw(
            UnusableResourceError,
            "format 1.0",
        );
        const [definition] = httpApisOf(graphOf(api, route, integration({ payloadFormatVersion: "2.0" })), place);
        expect(definition?.routes[0]).to.deep.include({ authorization: { type: "NONE" } });
        expect(definition?.routes[0]?.integration.timeoutMs).to.equal(30_000);
    });

    it("is a table of provisioned capacity, whose capacity must then be given", async () => {
        const table = resource("aws:dynamodb/table:Table", "t", { name: "ttt", hashKey: "id", attributes: [] });
        const refused = await provisionTables(graphOf(table), async () => ({})).catch((error: unknown) => error);
        expect(refused).to.be.instanceOf(UnusableResourceError);
    });

    it("is a fault where the provider asks for it", () => {
        const properties = Properties.of(resource("aws:lambda/function:Function", "f", {}));
        expect(() => properties.text("role")).to.throw(UnusableResourceError, "role is missing");
        expect(() => properties.number("size")).to.throw(UnusableResourceError, "size is missing");
    });
});

function arnOf(name: string): string {
    return `arn:aws:lambda:eu-west-1:000000000000:function:${name}`;
}
