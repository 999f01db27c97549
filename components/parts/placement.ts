import * as pulumi from "@pulumi/pulumi";
import type { Grant } from "./grant.ts";

/** A callback that is to run in a network of one's own. */
export interface Guest {
    readonly name: string;
    /** Whether it calls others than AWS. */
    readonly internet: boolean;
    /** Its permissions, which tell the services it calls. */
    readonly allow: readonly Grant[];
}

/** Where in the network a function runs. */
export interface Placement {
    readonly subnetIds: string[];
    readonly securityGroupIds: string[];
}

/** Where callbacks run that call AWS alone, and the others. */
interface Places {
    readonly isolated: pulumi.Output<Placement>;
    /** Absent where no callback calls others than AWS. */
    readonly outgoing: pulumi.Output<Placement> | undefined;
}

/**
 * Places for callbacks in a network that is built last, of what they turned out to need (components/production/network.ts); until
 * then the places are promises.
 */
export class Placements {
    readonly #guests: Guest[] = [];
    readonly #isolated = pulumi.deferredOutput<Placement>();
    readonly #outgoing = pulumi.deferredOutput<Placement>();

    /** Where a callback will run. A property, so that it can be handed on by itself. */
    readonly place = (guest: Guest): pulumi.Output<Placement> => {
        this.#guests.push(guest);
        const [place] = guest.internet ? this.#outgoing : this.#isolated;
        return place;
    };

    /** The functions that are to run in the network. */
    get guests(): readonly Guest[] {
        return this.#guests;
    }

    /** Makes the promises true. */
    settle({ isolated, outgoing }: Places): void {
        this.#isolated[1](isolated);
        if (outgoing) this.#outgoing[1](outgoing);
    }
}
