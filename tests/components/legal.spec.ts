import { expect } from "chai";
import type { Resource } from "embedded-aws/recorder";
import { resource } from "embedded-aws/testing";
import { graphOf, type Recorded } from "../graph.ts";
import { checkedVariants, previewedVariants, variants } from "../variants.ts";
import { apis } from "./legal/apis.ts";
import { edge } from "./legal/edge.ts";
import { functions } from "./legal/functions.ts";
import { identity, tags } from "./legal/identity.ts";
import { messages } from "./legal/messages.ts";
import { faultsAgainstTypes } from "./legal/providerTypes.ts";
import { danglingIn, references } from "./legal/references.ts";
import type { Rule } from "./legal/rule.ts";
import { storage } from "./legal/storage.ts";
import { watching } from "./legal/watching.ts";

const rules: readonly Rule[] = [
    ...functions,
    ...messages,
    ...storage,
    ...identity,
    ...tags,
    ...watching,
    ...apis,
    ...edge,
    ...references,
];

const isOfProvider = ({ type }: Resource) => /^(aws|awsx|pulumi:providers):/.test(type);

const appliesTo = ({ type }: Rule, resource: Resource) => type === "*" || type === resource.type;

function faultsIn(resources: readonly Resource[]): string[] {
    return resources
        .filter(isOfProvider)
        .flatMap((resource) =>
            [
                ...faultsAgainstTypes(resource),
                ...rules
                    .filter((rule) => appliesTo(rule, resource))
                    .flatMap((rule) => rule.faults(resource, resources)),
                ...danglingIn(resource, resources),
            ].map((fault) => `${resource.type} ${resource.name}: ${fault}`),
        );
}

describe("every input is one that the provider has, with a value that AWS accepts, and names existing resources", () => {
    for (const [mode, looked] of [
        ["up", checkedVariants],
        ["preview", previewedVariants],
    ] as const) {
        for (const [name, { stack, settings }] of Object.entries(looked)) {
            it(`${name}, ${mode}`, async () => {
                const { resources } = await graphOf(stack, settings, mode);
                expect(resources.filter(isOfProvider)).to.have.length.above(200);
                expect(faultsIn(resources)).to.deep.equal([]);
            });
        }
    }
});

describe("a resource is refused", () => {
    let graph: Recorded;

    before(async () => {
        const { stack, settings } = variants["everything on"] ?? expect.fail("there is no such variant");
        graph = await graphOf(stack, settings);
    });

    for (const rule of rules) {
        it(`unless ${rule.what} (${rule.type})`, () => {
            const { resources } = graph;
            const healthy =
                resources.find((one) => isOfProvider(one) && appliesTo(rule, one)) ?? resource(rule.type, "sample", {});
            const broken = { ...healthy, urn: `${healthy.urn}-broken`, inputs: rule.broken(healthy, resources) };
            const another = { ...broken, urn: `${healthy.urn}-broken-too` };
            expect(rule.faults(broken, [...resources, broken, another])).not.to.be.empty;
        });
    }

    it("when it has an input that its type does not have, lacks one, or has one of another kind", () => {
        const [target] = graph.of("aws:cloudwatch/eventTarget:EventTarget");
        const [queue] = graph.of("aws:sqs/queue:Queue");
        const [fn] = graph.of("aws:lambda/function:Function");
        if (!queue || !target || !fn) expect.fail("there is no queue, no target or no function");
        const faults = (resource: Resource, inputs: object) =>
            faultsAgainstTypes({ ...resource, inputs: { ...resource.inputs, ...inputs } });
        const { arn: _, ...withoutArn } = target.inputs;
        expect(faults(queue, { colour: "red" })).to.deep.equal([`${queue.name}.colour: QueueArgs has no such input`]);
        expect(faultsAgainstTypes({ ...target, inputs: withoutArn })).to.deep.equal([`${target.name}.arn is required`]);
        expect(faults(queue, { delaySeconds: "0" })).to.deep.equal([`${queue.name}.delaySeconds is "0": not a number`]);
        expect(faults(target, { deadLetterConfig: { queue: "x" } })).to.deep.equal([
            `${target.name}.deadLetterConfig.queue: EventTargetDeadLetterConfig has no such input`,
        ]);
        expect(faults(fn, { runtime: "nodejs99.x" }).join()).to.include("not one of");
        expect(faults(fn, { environment: { variables: { A: 1 } } })).to.deep.equal([
            `${fn.name}.environment.variables.A is 1: not a string`,
        ]);
        expect(faults(fn, { code: "text" })).to.deep.equal([`${fn.name}.code is no pulumi.asset.Archive`]);
    });

    it("when what it waits for is not there", () => {
        const [resource] = graph.of("aws:lambda/function:Function");
        const waiting = { ...(resource ?? expect.fail("there is no function")), dependencies: ["urn:pulumi:nothing"] };
        expect(danglingIn(waiting, graph.resources)).to.deep.equal(["urn:pulumi:nothing"]);
    });
});
