import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { takeInventory } from "./parts/inventory.ts";
import type { Standby } from "./production/failover.ts";
import { Region } from "./region.ts";
import { type Settings, tagsOf } from "./settings/settings.ts";

interface SecondRegionArgs {
    readonly first: Region;
    /** The second region: eu-central-1. */
    readonly region: string;
    readonly settings: Settings;
}

/**
 * The same once more in another region, which takes over when the first fails. It has replicas of the first one's tables
 * and secrets, and everything else for itself: what is on its way in the one is nothing to the other.
 */
export class SecondRegion extends pulumi.ComponentResource {
    readonly provider: aws.Provider;
    readonly region: Region;
    readonly #watch: (url: pulumi.Output<string>) => void;

    constructor(name: string, { first, region, settings: ofFirst }: SecondRegionArgs) {
        const settings = { ...ofFirst, region };
        const inventory = takeInventory();
        const provider = providerOf("aws-second", settings);
        super("commerce:index:SecondRegion", name, {}, { provider });
        this.provider = provider;
        const [watched, watch] = pulumi.deferredOutput<string>();
        this.#watch = watch;
        this.region = new Region({ inventory, first, watched, settings }, { parent: this });
        this.registerOutputs({ url: this.region.api.url });
    }

    /** What a name that leads to both regions needs of this one. */
    get standby(): Standby {
        return { provider: this.provider, api: this.region.api, region: this.region.context.region };
    }

    /**
     * Has the second region ask the first, once a minute, whether it is well. Must be called: where the first region is
     * reached by itself is known when its name is there, which leads to both.
     * @param url of the first region alone, without a slash at the end
     */
    watch(url: pulumi.Output<string>): void {
        this.#watch(url);
    }
}

/** Makes things in the region of the settings, with the stack's tags. */
export const providerOf = (name: string, settings: Settings): aws.Provider =>
    new aws.Provider(name, { region: settings.region, defaultTags: { tags: tagsOf(settings) } });
