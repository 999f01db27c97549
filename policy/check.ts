import type { PolicyResource, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { isProduction } from "../components/settings/read.ts";

/** A resource as Pulumi shows it to a policy. */
export interface Checked {
    readonly name: string;
    readonly urn: string;
    readonly props: Props;
    readonly protect: boolean;
}

type Props = Readonly<Record<string, unknown>>;

/** By types of resources: what is wrong with one, in words that follow its name. */
export type Checks = Readonly<Record<string, (resource: Checked) => Iterable<string>>>;

/** What a policy looks at. */
interface Rules {
    /** What one resource says of itself, which is known before it is made. @default nothing */
    readonly resources?: Checks;
    /** What resources are to each other: each one that is at fault, and how. @default nothing */
    readonly stack?: (stack: Stack) => Iterable<readonly [of: Related, fault: string]>;
}

/** A policy that nothing is deployed against. */
export const policyOf = (name: string, description: string, { resources: checks, stack: check }: Rules): Policy => ({
    name,
    description,
    enforcementLevel: "mandatory",
    ...(checks && {
        validateResource: ({ type, name: logicalName, urn, props, opts }, report) => {
            const resource = { name: logicalName, urn, props, protect: opts.protect };
            for (const fault of checks[type]?.(resource) ?? []) report(`${logicalName} ${fault}`);
        },
    }),
    ...(check && {
        validateStack: ({ resources }, report) => {
            for (const [{ name: logicalName, urn }, fault] of check(new Stack(resources))) {
                report(`${logicalName} ${fault}`, urn);
            }
        },
    }),
});

/** A policy of Pulumi's, about resources, stacks or both. */
export type Policy = ResourceValidationPolicy & Partial<StackValidationPolicy>;

/** What is known of a resource among the others. */
export type Related = Pick<PolicyResource, "type" | "name" | "urn" | "props" | "propertyDependencies">;

/** The resources of a stack, which are found by their dependents: in a preview ARNs are unknown. */
export class Stack {
    readonly #resources: readonly Related[];

    constructor(resources: readonly Related[]) {
        this.#resources = resources;
    }

    of(...types: readonly string[]): readonly Related[] {
        return this.#resources.filter(({ type }) => types.includes(type));
    }

    /** The resources of a type whose property is made of this one. */
    users(of: Related, type: string, property: string): readonly Related[] {
        return this.of(type).filter((user) => user.propertyDependencies[property]?.some(({ urn }) => urn === of.urn));
    }
}

/**
 * A member of an object, of an object in it, and so on. Touches no other: in a preview those may be unknown, and Pulumi
 * ends a policy that looks at what is unknown.
 */
export function at(value: unknown, ...path: readonly string[]): unknown {
    return path.reduce<unknown>(
        (found, name) => (typeof found === "object" && found !== null ? Reflect.get(found, name) : undefined),
        value,
    );
}

/** Whether a resource is one of production's, by its URN: `urn:pulumi:prod::…`. */
export const isInProduction = ({ urn }: { readonly urn: string }): boolean =>
    isProduction({ environment: urn.split("::")[0]?.split(":")[2] ?? "" });

/** A statement of an IAM policy, as far as policies look at it. */
export interface Statement {
    readonly allows: boolean;
    readonly principals: readonly string[];
    readonly actions: readonly string[];
    readonly resources: readonly string[];
    readonly condition: unknown;
    /** Says what it does not mean, and so means everything else. */
    readonly negated: boolean;
}

/** The statements of a policy document in JSON. */
export function statementsOf(policy: unknown): Statement[] {
    const statements: unknown = at(JSON.parse(String(policy)), "Statement");
    return (Array.isArray(statements) ? statements : [statements]).map((statement: unknown) => ({
        allows: at(statement, "Effect") === "Allow",
        principals: textsIn(at(statement, "Principal")),
        actions: textsIn(at(statement, "Action")),
        resources: textsIn(at(statement, "Resource")),
        condition: at(statement, "Condition"),
        negated: ["NotPrincipal", "NotAction", "NotResource"].some((name) => at(statement, name) !== undefined),
    }));
}

const textsIn = (value: unknown): string[] => {
    if (value === undefined) return [];
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [String(value)];
};
