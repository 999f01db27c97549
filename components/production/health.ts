import * as pulumi from "@pulumi/pulumi";
import type { OrderIntake } from "../orderIntake.ts";
import type { ApiKeys } from "../parts/apiKeys.ts";
import { Callback } from "../parts/callback.ts";
import type { HttpApi } from "../parts/httpApi.ts";
import { Schedules } from "../parts/schedules.ts";
import type { Settings } from "../settings/settings.ts";

/** Where a region says whether it is well; open to everybody, as Route 53 shows no key. */
export const healthPath = "/health";

export interface HealthArgs {
    readonly api: HttpApi;
    /** Whose secret is read. */
    readonly keys: ApiKeys;
    /** Whose table is read. */
    readonly orders: OrderIntake;
    /**
     * Where another region is reached that is watched from here (`https://…`, without a slash at the end).
     * @default none is watched
     */
    readonly watched?: pulumi.Input<string> | undefined;
    readonly settings: Settings;
}

/**
 * Whether a region is well: it says so itself, by what it reads, and a second region asks the first one. Route 53's own
 * metrics of its checks are in us-east-1 alone, which may be the region that is away; a canary's are where it runs.
 *
 *     GET /health → health → orders table, API keys
 *     every minute → watch → GET /health of the first region → alarm of the second
 */
export class Health extends pulumi.ComponentResource {
    constructor(name: string, args: HealthArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Health", name, {}, opts);
        const { api, keys, orders, watched, settings } = args;
        const own = { parent: this };
        new Callback<typeof import("../../runtime/regions/health.ts")>(
            `${name}-check`,
            {
                entry: "regions/health",
                name: "region-health",
                description: "Answers GET /health: whether this region reads its tables and secrets.",
                from: api.requests(`GET ${healthPath}`, { type: "NONE" }),
                environment: { ORDERS_TABLE: orders.orders.name, API_KEYS_SECRET: keys.secretArn },
                allow: [orders.orders.allow("GetItem"), keys.read()],
                timeout: 5,
                settings,
            },
            own,
        );
        if (watched !== undefined) {
            const schedules = new Schedules(`${name}-schedules`, { name: "region-watch", settings }, own);
            new Callback<typeof import("../../runtime/regions/watch.ts")>(
                `${name}-watch`,
                {
                    entry: "regions/watch",
                    name: "region-watch",
                    description: "Asks the first region every minute whether it is well.",
                    from: schedules.every("1 minute", { onStandby: true }),
                    environment: { HEALTH_URL: pulumi.interpolate`${watched}${healthPath}` },
                    internet: true,
                    settings,
                },
                own,
            );
        }
        this.registerOutputs();
    }
}
