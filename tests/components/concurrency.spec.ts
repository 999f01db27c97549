import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { contextOf, type FunctionDefaults } from "../../components/parts/context.ts";
import { SettingsError } from "../../components/settings/settings.ts";
import { checkSizes } from "../../components/settings/sizes.ts";
import { type Changes, configOf, graphOf, type Recorded } from "../graph.ts";
import { isProof, proof } from "../proof.ts";
import { checkedVariants, direct, refused, sized } from "../variants.ts";

const lambda = "aws:lambda/function:Function";
const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";
const provisionedType = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
const queueType = "aws:sqs/queue:Queue";

/** What AWS leaves to functions without a reserve. */
const unreserved = 100;

const reserveOf = ({ inputs }: Resource) => inputs["reservedConcurrentExecutions"] as number | undefined;
const boundOf = ({ inputs }: Resource) =>
    (inputs["scalingConfig"] as { maximumConcurrency: number } | undefined)?.maximumConcurrency;

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

const refusalOf = (settings: Changes, mode: "up" | "preview" = "up", stack = "prod") =>
    graphOf(stack, settings, mode).then(
        () => expect.fail("nothing was refused"),
        (error: Error) => error,
    );

for (const [name, { stack, settings }] of Object.entries(checkedVariants)) {
    describe(`executions at a time (${name})`, () => {
        let graph: Recorded;
        let quota: number;

        before(async () => {
            graph = await graphOf(stack, settings);
            quota = Number({ ...configOf(stack), ...settings }["functions.concurrencyQuota"]);
        });

        const functionOf = (called: unknown, provider: string) => {
            const arn = String(called).replace(/:live$/, "");
            const found = graph
                .of(lambda)
                .find((one) => one.provider === provider && [one.outputs["arn"], one.outputs["name"]].includes(arn));
            return found ?? expect.fail(`there is no function ${arn}`);
        };
        const ofQueues = () => graph.of(mappingType).filter(({ inputs }) => inputs["startingPosition"] === undefined);
        const providers = () => new Set(graph.of(lambda).map(({ provider }) => provider));

        it("are bounded for every queue, by the reserve of its function where there is one", () => {
            expect(ofQueues()).not.to.be.empty;
            for (const mapping of ofQueues()) {
                const reserve = reserveOf(functionOf(mapping.inputs["functionName"], mapping.provider));
                expect(boundOf(mapping), mapping.urn).to.be.within(2, 1000);
                if (reserve !== undefined) expect(boundOf(mapping), mapping.urn).to.be.at.most(reserve);
            }
        });

        it("are asked for no more than the account has, with all queues full", () => {
            for (const provider of providers()) {
                const here = (one: Resource) => one.provider === provider;
                const reserved = graph
                    .of(lambda)
                    .filter(here)
                    .flatMap((one) => reserveOf(one) ?? []);
                const provisioned = graph
                    .of(provisionedType)
                    .filter(here)
                    .filter(({ inputs }) => reserveOf(functionOf(inputs["functionName"], provider)) === undefined)
                    .map(({ inputs }) => Number(inputs["provisionedConcurrentExecutions"]));
                const backlog = ofQueues()
                    .filter(here)
                    .filter(({ inputs }) => reserveOf(functionOf(inputs["functionName"], provider)) === undefined)
                    .map((one) => boundOf(one) ?? Number.POSITIVE_INFINITY);
                expect(sum([...reserved, ...provisioned])).to.be.at.most(quota - unreserved);
                expect(sum([...reserved, ...provisioned, ...backlog])).to.be.at.most(quota - unreserved);
            }
        });

        it("leave each message the tries that ruling R5 gives it: what else its function is called for throttles none", () => {
            const others = (fn: Resource) =>
                graph.resources.filter(
                    ({ type, inputs }) =>
                        /topicSubscription|eventTarget|apigatewayv2\/integration/.test(type) &&
                        [inputs["endpoint"], inputs["arn"], inputs["integrationUri"]].some((called) =>
                            String(called).includes(String(fn.outputs["arn"])),
                        ),
                );
            for (const mapping of ofQueues()) {
                const fn = functionOf(mapping.inputs["functionName"], mapping.provider);
                const queue = graph
                    .of(queueType)
                    .find(({ outputs }) => outputs["arn"] === mapping.inputs["eventSourceArn"]);
                const { maxReceiveCount } = JSON.parse(String(queue?.inputs["redrivePolicy"]));
                expect(maxReceiveCount, mapping.name).to.be.at.least(others(fn).length > 0 ? 5 : 3);
            }
        });
    });
}

describe("executions at a time", () => {
    it("are reserved in prod for every synchronous function, and for every queue", async () => {
        const graph = await graphOf("prod");
        const called = graph.resources.flatMap(({ inputs }) => [inputs["integrationUri"], inputs["authorizerUri"]]);
        const waitedFor = graph
            .of(lambda)
            .filter(({ outputs }) => called.some((uri) => String(uri).includes(`${outputs["arn"]}`)));
        expect(waitedFor.length).to.be.greaterThan(5);
        for (const one of waitedFor) expect(reserveOf(one), one.name).to.be.at.least(20);
        const read = graph.of(mappingType).filter(({ inputs }) => inputs["startingPosition"] === undefined);
        for (const mapping of read) expect(boundOf(mapping), mapping.name).to.be.at.most(20);
    });

    it("have an alarm that is off while nothing runs, whatever is reserved, and on before all are taken", async () => {
        const reserve = { "functions.reserved": { callers: 70, queues: 30 }, "functions.concurrencyQuota": 3000 };
        const others = [reserve, { "functions.concurrencyQuota": 800 }];
        for (const settings of [{}, ...(isProof ? others : [])]) {
            const graph = await graphOf("prod", settings);
            const quota = Number(
                "functions.concurrencyQuota" in settings ? settings["functions.concurrencyQuota"] : 1000,
            );
            // What AWS counts as claimed when no function runs.
            const reserved = sum(graph.of(lambda).flatMap((one) => reserveOf(one) ?? []));
            const alarm = graph.one("aws:cloudwatch/metricAlarm:MetricAlarm", "functions-concurrency").inputs;
            expect(alarm).to.include({ comparisonOperator: "GreaterThanThreshold" });
            expect(Number(alarm["threshold"])).to.be.within(reserved + (quota - reserved) / 2, quota - 1);
        }
    });

    it("are never read ahead for a function that is stopped: its queue keeps the messages", async () => {
        const graph = await graphOf(sized.stack, sized.settings);
        for (const mapping of graph.of(mappingType)) {
            const isStopped = mapping.name === "orders-store-batches";
            expect(mapping.inputs["enabled"], mapping.name).to.equal(isStopped ? false : undefined);
        }
    });

    it("that a quota of 10 has are shared by two batches a queue, whose messages are tried five times", async () => {
        const { stack, settings } = direct("apiKey");
        const graph = await graphOf(stack, settings);
        const read = graph.of(mappingType).filter(({ inputs }) => inputs["startingPosition"] === undefined);
        for (const mapping of read) {
            expect(boundOf(mapping), mapping.name).to.equal(2);
            const queue = graph
                .of(queueType)
                .find(({ outputs }) => outputs["arn"] === mapping.inputs["eventSourceArn"]);
            expect(JSON.parse(String(queue?.inputs["redrivePolicy"])).maxReceiveCount).to.be.at.least(5);
        }
    });

    for (const mode of isProof ? (["up", "preview"] as const) : (["preview"] as const)) {
        it(`are refused with the numbers where the account has not so many (${mode})`, async () => {
            const error = await refusalOf(refused.settings, mode);
            expect(error).to.be.instanceOf(SettingsError);
            const [, all = "", list = ""] =
                /^functions.concurrencyQuota is 10, of which AWS keeps 100 .* and (\d+) are taken by .*\((.*)\)/m.exec(
                    error.message,
                ) ?? [];
            expect(list)
                .to.include("session-manager 100")
                .and.to.include("order-receiver 20")
                .and.to.include("order-store 10");
            const numbers = list.split(", ").map((entry) => Number(entry.split(" ")[1]));
            expect(sum(numbers)).to.equal(Number(all));
        });
    }

    describe("of single functions", () => {
        const sizesOf = (byName: FunctionDefaults["byName"]) => () => {
            const reserves = { "order-reader": undefined, "order-store": 10, "order-receiver": 20 };
            const callbacks = Object.entries(reserves).map(([functionName, asked]) => ({
                functionName,
                kind: functionName === "order-store" ? ("queues" as const) : ("callers" as const),
                reserve: byName[functionName]?.reserved ?? asked,
            }));
            checkSizes({ ...contextOf({ region: "eu-west-1" }).functions, byName }, { callbacks });
        };

        it("are counted where they are provisioned without a reserve, too", () => {
            const withSizes = (reader: number, store: object) =>
                sizesOf({
                    "order-receiver": { reserved: 0 },
                    "order-store": { reserved: 800, ...store },
                    "order-reader": { provisioned: reader },
                });
            expect(withSizes(101, {})).to.throw(SettingsError, /901 are taken .*order-reader 101/);
            // What is provisioned of a function with a reserve is part of that.
            expect(withSizes(100, { provisioned: 500 })).not.to.throw();
        });

        it("are not too few for a queue, and no fewer than are kept ready", () => {
            expect(sizesOf({ "order-store": { reserved: 1 } })).to.throw(
                SettingsError,
                /functions\.byName\.order-store\.reserved is 1.*set 2 or more, or 0 to stop it/,
            );
            expect(sizesOf({ "order-store": { reserved: 0 } })).not.to.throw();
            expect(sizesOf({ "order-receiver": { provisioned: 21 } })).to.throw(
                SettingsError,
                "functions.byName.order-receiver.provisioned is 21: set no more than the 20",
            );
        });
    });

    it("are reserved for kinds of functions that there are, in numbers that a queue can be read with", async () => {
        const none = await refusalOf({ "functions.reserved": { queues: 1 } }, "up", "dev");
        expect(none.message).to.include("functions.reserved.queues is 1: set a whole number from 2");
        const kind = await refusalOf({ "functions.reserved": { streams: 5 } }, "up", "dev");
        expect(kind.message).to.include('functions.reserved has the key "streams": set callers or queues');
    });

    proof("are counted of a whole stack up to the last that the account has", async () => {
        const withSizes = (reader: number, store: object) => ({
            "functions.reserved": {},
            "functions.byName": {
                "order-store": { reserved: 800, ...store },
                "order-reader": { provisioned: reader },
            },
        });
        expect((await refusalOf(withSizes(101, {}))).message).to.include("901 are taken");
        await graphOf("prod", withSizes(100, { provisioned: 500 }));
    });
});
