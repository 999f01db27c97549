import * as pulumi from "@pulumi/pulumi";
import type { ApiKeys } from "../parts/apiKeys.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { HttpApi } from "../parts/httpApi.ts";
import { Schedules } from "../parts/schedules.ts";
import type { Table } from "../parts/table.ts";

/** The path of a region's health check, without authentication: Route 53 sends no key. */
export const healthPath = "/health";

interface HealthArgs {
    readonly api: HttpApi;
    /** Whose secret is read. */
    readonly keys: ApiKeys;
    /** A table that is read. */
    readonly orders: Table;
    /**
     * Where another region is reached that is watched from here (`https://…`, without a slash at the end).
     * @default none is watched
     */
    readonly watched?: pulumi.Input<string> | undefined;
    readonly context: Context;
}

/**
 * Whether a region is well: it says so itself, by what it reads, and a second region asks the first one. Route 53's own
 * metrics of its checks are in us-east-1 alone, which may be the region that is away; a canary's are where it runs.
 *
 *     GET /health → health → orders table, API keys
 *     every minute → watch → GET /health of the first region → alarm of the second
 */
export class Health extends Component {
    constructor(name: string, args: HealthArgs, opts?: pulumi.ComponentResourceOptions) {
        const { api, keys, orders, watched, context } = args;
        super("commerce:index:Health", name, context, opts);
        this.addCallback<typeof import("../../runtime/regions/health.ts")>("check", {
            entry: "regions/health",
            name: "region-health",
            description: "Answers GET /health: whether this region reads its tables and secrets.",
            from: api.requests(`GET ${healthPath}`, { type: "NONE" }),
            environment: { ORDERS_TABLE: orders.name, API_KEYS_SECRET: keys.secretArn },
            allow: [orders.allow("GetItem"), keys.read()],
            timeout: 5,
        });
        if (watched !== undefined) {
            const schedules = new Schedules(`${name}-schedules`, { name: "region-watch", context }, this.own);
            this.addCallback<typeof import("../../runtime/regions/watch.ts")>("watch", {
                entry: "regions/watch",
                name: "region-watch",
                description: "Asks the first region every minute whether it is well.",
                from: schedules.every("1 minute", { onStandby: true }),
                environment: { HEALTH_URL: pulumi.interpolate`${watched}${healthPath}` },
                internet: true,
            });
        }
        this.registerOutputs();
    }
}
