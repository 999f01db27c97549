import type * as pulumi from "@pulumi/pulumi";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { Authorization, HttpApi } from "../parts/httpApi.ts";
import type { Queue } from "../parts/queue.ts";
import type { Table } from "../parts/table.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Auditing } from "./messages.ts";

interface ReplaysArgs {
    /** The API that replays are begun by. */
    readonly api: HttpApi;
    /** Authenticates the owners of endpoints. */
    readonly authorization: Authorization;
    /** What is replayed; replays are in its table. */
    readonly deliveries: Deliveries;
    /** The types of events that clients have registered. */
    readonly eventTypes: Table;
    /** The audit trail, which tells of replays that have ended. */
    readonly audit: Auditing;
    /** Whether webhooks are sent. @default true */
    readonly sends?: boolean;
    readonly context: Context;
}

/**
 * Replays of deliveries by a filter, page by page.
 *
 *     /webhook_endpoints/{id}/replays → replays → replays queue ⇄ page → deliveries table, attempts queue
 */
export class Replays extends Component {
    /** Replays with a page due (`ReplayTask` in runtime/webhookFanout/replays/replay.ts). */
    readonly pages: Queue;
    readonly #args: ReplaysArgs;

    constructor(name: string, args: ReplaysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Replays", name, args.context, opts);
        this.#args = args;
        this.pages = this.addQueue("pages", { name: "webhook-replays", consumerTimeout: pageTimeout });
        if (args.sends ?? true) {
            this.#manage();
            this.#replay();
        }
        this.registerOutputs({ pagesQueueUrl: this.pages.url });
    }

    #manage(): void {
        const { api, authorization, deliveries, eventTypes } = this.#args;
        this.addCallback<typeof import("../../runtime/webhookFanout/replays.ts")>("manage", {
            entry: "webhookFanout/replays",
            name: "webhook-replays",
            description: "Begins, shows and cancels replays of deliveries.",
            from: api.requests(
                [
                    "POST /webhook_endpoints/{id}/replays",
                    "GET /webhook_endpoints/{id}/replays",
                    "GET /webhook_endpoints/{id}/replays/{replayId}",
                    "DELETE /webhook_endpoints/{id}/replays/{replayId}",
                ],
                authorization,
            ),
            environment: {
                ENDPOINTS_TABLE: deliveries.endpoints.name,
                DELIVERIES_TABLE: deliveries.deliveries.name,
                EVENT_TYPES_TABLE: eventTypes.name,
                REPLAYS_QUEUE_URL: this.pages.url,
            },
            allow: [
                deliveries.endpoints.allow("GetItem"),
                deliveries.deliveries.allow("GetItem", "PutItem", "UpdateItem", "Query"),
                eventTypes.allow("Query"),
                this.pages.send(),
            ],
            timeout: 10,
        });
    }

    #replay(): void {
        const { deliveries, audit } = this.#args;
        this.addCallback<typeof import("../../runtime/webhookFanout/replayPage.ts")>("page", {
            entry: "webhookFanout/replayPage",
            name: "webhook-replayer",
            description: "Makes the deliveries of one page of a replay due again.",
            from: this.pages.batches({ size: 1, concurrency: 5 }),
            environment: {
                ENDPOINTS_TABLE: deliveries.endpoints.name,
                DELIVERIES_TABLE: deliveries.deliveries.name,
                ATTEMPTS_QUEUE_URL: deliveries.wakeUps.url,
                REPLAYS_QUEUE_URL: this.pages.url,
                ...audit.environment,
            },
            allow: [
                deliveries.endpoints.allow("GetItem"),
                deliveries.deliveries.allow("GetItem", "PutItem", "UpdateItem"),
                deliveries.deliveries.query("byTime"),
                deliveries.wakeUps.send(),
                this.pages.send(),
                audit.allow,
            ],
            timeout: pageTimeout,
        });
    }
}

/** Seconds: a page takes one or two, and a search for few among many deliveries some more. */
const pageTimeout = 50;
