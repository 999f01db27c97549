import type * as pulumi from "@pulumi/pulumi";

/** Queues and topics with where they are: AWS keeps one policy for each. */
const registrations = new WeakMap<pulumi.Resource, Registration>();
const governed = new WeakSet<pulumi.Resource>();

/** The logical name of a resource, and its options. */
interface Registration {
    readonly name: string;
    readonly opts: pulumi.CustomResourceOptions;
}

/** Notes where a queue or topic is, by which its policy is named. */
export function registered<Made extends pulumi.Resource>(made: Made, registration: Registration): Made {
    registrations.set(made, registration);
    return made;
}

/**
 * Where the policy of a queue or topic is: beside it, whichever option makes a component give it one. From one URN to another it
 * could not go: Pulumi would write the new policy first and then, with the old one, take away what it wrote.
 * @param former where earlier versions of the program had it
 */
export function policyRegistrationOf(resource: pulumi.Resource, former: Registration): Registration {
    governed.add(resource);
    const { name, opts } = registrations.get(resource) ?? former;
    const alias = { name: former.name, ...(former.opts.parent && { parent: former.opts.parent }) };
    return { name: `${name}-policy`, opts: { ...former.opts, ...opts, aliases: [alias] } };
}

/** Whether it has a policy. */
export const isGoverned = (resource: pulumi.Resource): boolean => governed.has(resource);
