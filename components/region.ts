import * as pulumi from "@pulumi/pulumi";
import { Catalog } from "./catalog.ts";
import { CheckoutSessions } from "./checkoutSessions.ts";
import { OrderIntake } from "./orderIntake.ts";
import { ApiKeys } from "./parts/apiKeys.ts";
import { dataKeyOf } from "./parts/dataKey.ts";
import type { UsedKey } from "./parts/grant.ts";
import { type Authorization, HttpApi } from "./parts/httpApi.ts";
import type { Inventory } from "./parts/inventory.ts";
import { Key } from "./parts/key.ts";
import { Placements } from "./parts/placement.ts";
import { Backups } from "./production/backups.ts";
import { Health } from "./production/health.ts";
import { Monitoring } from "./production/monitoring.ts";
import { Network } from "./production/network.ts";
import { type Release, Releases } from "./production/releases.ts";
import { TlsOnly } from "./production/tlsOnly.ts";
import { type Settings, secretSetting } from "./settings/settings.ts";
import { checkSizes } from "./settings/sizes.ts";
import { WebhookFanout } from "./webhookFanout.ts";

export interface RegionArgs {
    /** Lists what is made here. Taken before the parent, if there is one: children follow what their parent knew of. */
    readonly inventory: Inventory;
    /** The first region, when this is the second. @default none: this is the first region */
    readonly first?: Region;
    /** Where the first region is reached by a name that leads nowhere else, when this is the second. @default none */
    readonly watched?: pulumi.Input<string>;
    readonly settings: Settings;
}

/** What runs in one region, in the order data flows; consumers of your own go above `checkSizes`. */
export class Region {
    /** Encrypts data at rest, where that is a key of our own. */
    readonly dataKey: UsedKey | undefined;
    readonly api: HttpApi;
    readonly keys: ApiKeys;
    readonly catalog: Catalog;
    readonly orders: OrderIntake;
    readonly checkout: CheckoutSessions;
    readonly fanout: WebhookFanout;
    /** Which version each function's alias is to come to; none where new code takes over at once. */
    readonly releases: pulumi.Output<readonly Release[]>;

    /** @param opts the provider of the region, or a parent that has it. */
    constructor(
        { inventory, first, watched, settings: configured }: RegionArgs,
        opts: pulumi.ComponentResourceOptions,
    ) {
        this.dataKey = first ? first.dataKey?.replica : dataKeyOf(configured, opts);
        const placements = configured.network === "vpc" ? new Placements() : undefined;
        const settings: Settings = { ...configured, dataKey: this.dataKey, place: placements?.place };
        const key = new Key(
            "messages",
            {
                description: "Encrypts what AWS services publish to topics.",
                services: ["cloudwatch.amazonaws.com"],
                settings,
            },
            opts,
        );
        const api = new HttpApi("api", { name: "commerce", settings }, opts);
        const keys = new ApiKeys("api-keys", { first: first?.keys, settings }, opts);
        const keyed = keys.authorizer(api, settings.ordersFront === "queue" ? ["POST /orders"] : []);
        const callers = callersOf(settings, api, keyed);
        const catalog = new Catalog("catalog", { first: first?.catalog, settings }, opts);
        const orders = new OrderIntake(
            "orders",
            { api, authorization: callers, catalog, key, first: first?.orders, settings },
            opts,
        );
        const checkout = new CheckoutSessions(
            "checkout",
            { api, keys, catalog, orders, key, first: first?.checkout, settings },
            opts,
        );
        const fanout = new WebhookFanout(
            "fanout",
            {
                api,
                publishers: callers,
                owners: keyed,
                keys,
                events: checkout.deliveries,
                bus: orders.bus,
                key,
                first: first?.fanout,
                settings,
            },
            opts,
        );

        new Health("health", { api, keys, orders, watched, settings }, opts);

        checkSizes(settings, inventory);
        this.releases =
            settings.deployment === "canary"
                ? new Releases("releases", { inventory, settings }, opts).releases
                : pulumi.output([]);
        new Backups("backups", { inventory, settings }, opts);
        new Monitoring(
            "monitoring",
            {
                inventory,
                abandoned: [fanout.deliveries.exhausted],
                key,
                pagerDuty: secretSetting("pagerDutyUrl"),
                settings,
            },
            opts,
        );
        if (placements) new Network("network", { placements, settings }, opts);
        new TlsOnly("tls-only", { inventory, queues: settings.tlsOnly }, opts);

        this.api = api;
        this.keys = keys;
        this.catalog = catalog;
        this.orders = orders;
        this.checkout = checkout;
        this.fanout = fanout;
    }
}

/** Who may send and read orders, and publish messages. */
function callersOf(settings: Settings, api: HttpApi, keyed: Authorization): Authorization {
    switch (settings.ordersAuthentication) {
        case "none":
            return { type: "NONE" };
        case "iam":
            return { type: "AWS_IAM" };
        case "jwt":
            return api.jwt(settings);
        case "apiKey":
            return keyed;
    }
}
