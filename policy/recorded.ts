import type { PolicyResource, PolicyResourceOptions, ResourceValidationArgs } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "embedded-aws/recorder";
import type { Policy } from "./check.ts";

/** Violations of a policy among these resources. Checks of values that a preview does not know run at the deployment. */
export function violationsOf(policy: Policy, resources: readonly Resource[]): string[] {
    const violations: string[] = [];
    const report = (message: string) => violations.push(message);
    const attempt = (check: () => unknown) => {
        try {
            check();
        } catch (error) {
            if (!(error instanceof Unknown)) throw error;
        }
    };
    const providers = new Map(resources.map((one) => [one.urn, one]));
    const common = { getConfig: none, notApplicable: none, stackTags: new Map<string, string>() };
    if (typeof policy.validateResource === "function") {
        for (const one of resources) {
            const provider = providers.get(one.provider.split("::").slice(0, 4).join("::"));
            const args: ResourceValidationArgs = {
                ...common,
                type: one.type,
                name: one.name,
                urn: one.urn,
                props: known(one.inputs),
                opts: optionsOf(one),
                ...(provider && {
                    provider: { type: provider.type, name: provider.name, urn: provider.urn, props: provider.inputs },
                }),
                isType: none,
                asType: none,
            };
            attempt(() => policy.validateResource instanceof Function && policy.validateResource(args, report));
        }
    }
    const { validateStack } = policy;
    if (validateStack) attempt(() => validateStack({ ...common, resources: policyResources(resources) }, report));
    return violations;
}

function policyResources(resources: readonly Resource[]): PolicyResource[] {
    const byUrn = new Map<string, PolicyResource>();
    for (const one of resources) {
        byUrn.set(one.urn, {
            type: one.type,
            name: one.name,
            urn: one.urn,
            props: known({ ...one.inputs, ...one.outputs }),
            opts: optionsOf(one),
            dependencies: [],
            propertyDependencies: {},
            isType: none,
            asType: none,
        });
    }
    for (const { urn, inputDependencies } of resources) {
        const target = byUrn.get(urn);
        for (const [input, urns] of Object.entries(inputDependencies)) {
            if (target) target.propertyDependencies[input] = urns.flatMap((one) => byUrn.get(one) ?? []);
        }
    }
    return [...byUrn.values()];
}

const optionsOf = ({ protect }: Resource): PolicyResourceOptions => ({
    protect,
    ignoreChanges: [],
    aliases: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
    additionalSecretOutputs: [],
});

/** No policy of ours asks for this. */
function none(): never {
    throw new Error("this is not known here");
}

/** A policy looked at what a preview does not know, at which Pulumi ends it. */
class Unknown extends Error {}

/** The value as a policy sees it: what is unknown cannot be looked at. */
function known<Value>(value: Value): Value {
    if (typeof value !== "object" || value === null) return value;
    return new Proxy(value, {
        get: (target, name, receiver) => {
            const member: unknown = Reflect.get(target, name, receiver);
            if (pulumi.isUnknown(member)) throw new Unknown(String(name));
            return known(member);
        },
    });
}
