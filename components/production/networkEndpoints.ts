import type { Grant } from "../parts/grant.ts";
import type { Guest } from "../parts/placement.ts";

/**
 * How callbacks reach a service of AWS from a network of one's own. What Lambda does for them needs no way, for it goes by
 * Lambda's network: their logs, traces and failures, and the reading of queues and streams.
 */
const ways: Readonly<Record<string, "Gateway" | "Interface" | "internet" | "never called">> = {
    dynamodb: "Gateway",
    s3: "Gateway",
    events: "Interface",
    scheduler: "Interface",
    secretsmanager: "Interface",
    sns: "Interface",
    sqs: "Interface",
    // Not every region has an endpoint for its API.
    ses: "internet",
    // Who signs sends to platforms on the internet anyway, and a door in each zone would cost more than the key.
    kms: "internet",
    // So does who takes on a role of an endpoint's owner.
    sts: "internet",
    // EventBridge Scheduler asks whether a callback may pass a role on.
    iam: "never called",
};

/** A door of the network to one service of AWS. */
export interface NeededEndpoint {
    readonly service: string;
    readonly type: "Gateway" | "Interface";
    /** What goes through it: nothing else needs to. */
    readonly grants: readonly Grant[];
}

/** A callback may do something that it cannot reach where it runs. */
export class UnreachableService extends Error {
    override readonly name = "UnreachableService";
}

/** The endpoints that these callbacks need, by service. @throws UnreachableService */
export function endpointsOf(guests: readonly Guest[]): NeededEndpoint[] {
    const calls = guests.flatMap(({ name, internet, allow }) =>
        allow.flatMap((grant) =>
            [...Map.groupBy(grant.actions, serviceOf)].map(([service, actions]) => {
                const way = ways[service] ?? "internet";
                if (way === "internet" && !internet) {
                    throw new UnreachableService(
                        `${name} may ${actions.join(", ")}, for which the network has no endpoint: say that it needs the internet, or how ${service} is reached (components/production/networkEndpoints.ts)`,
                    );
                }
                return { service, way, grant: { ...grant, actions } };
            }),
        ),
    );
    return [...Map.groupBy(calls, ({ service }) => service)]
        .sort(([one], [other]) => one.localeCompare(other))
        .flatMap(([service, ofService]) => {
            const way = ofService[0]?.way;
            if (way !== "Gateway" && way !== "Interface") return [];
            return { service, type: way, grants: ofService.map(({ grant }) => grant) };
        });
}

const serviceOf = (action: string): string => action.split(":")[0] ?? action;
