import type * as pulumi from "@pulumi/pulumi";
import type { ApiKeys } from "../parts/apiKeys.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { Authorization, HttpApi } from "../parts/httpApi.ts";
import type { Queue } from "../parts/queue.ts";
import type { Deliveries } from "./deliveries.ts";
import type { Auditing } from "./messages.ts";

interface TenantsArgs {
    /** The API that tenants are made by. */
    readonly api: HttpApi;
    /** Authenticates clients. */
    readonly authorization: Authorization;
    /** Where tenants and their keys are. */
    readonly keys: ApiKeys;
    /** Endpoints and deliveries of tenants. */
    readonly deliveries: Deliveries;
    /** The audit trail, which tells of deleted tenants. */
    readonly audit: Auditing;
    readonly context: Context;
}

/**
 * Owners of webhook endpoints that clients have made, with keys of their own.
 *
 *     /tenants → tenants → tenants table
 *                        → deletions queue → expunge → deliveries and attempts tables, audit table
 */
export class Tenants extends Component {
    /** Tenants whose deliveries are to be deleted. */
    readonly deletions: Queue;
    readonly #args: TenantsArgs;

    constructor(name: string, args: TenantsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:Tenants", name, args.context, opts);
        this.#args = args;
        this.deletions = this.addQueue("deletions", { name: "tenant-deletions", consumerTimeout: expungeTimeout });
        this.#manage();
        this.#expunge();
        this.registerOutputs({ deletionsQueueUrl: this.deletions.url });
    }

    #manage(): void {
        const { api, authorization, keys, deliveries } = this.#args;
        this.addCallback<typeof import("../../runtime/webhookFanout/tenants.ts")>("manage", {
            entry: "webhookFanout/tenants",
            name: "webhook-tenants",
            description: "Makes and deletes owners of webhook endpoints, and their keys.",
            from: api.requests(
                [
                    "POST /tenants",
                    "GET /tenants",
                    "GET /tenants/{id}",
                    "DELETE /tenants/{id}",
                    "POST /tenants/{id}/keys",
                    "DELETE /tenants/{id}/keys/{keyId}",
                ],
                authorization,
            ),
            environment: {
                TENANTS_TABLE: keys.tenants.name,
                ENDPOINTS_TABLE: deliveries.endpoints.name,
                DELETIONS_QUEUE_URL: this.deletions.url,
            },
            allow: [
                keys.tenants.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"),
                keys.tenants.query("byOwner"),
                deliveries.endpoints.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query"),
                this.deletions.send(),
            ],
            timeout: 29,
        });
    }

    #expunge(): void {
        const { keys, deliveries, audit } = this.#args;
        this.addCallback<typeof import("../../runtime/webhookFanout/expungeTenant.ts")>("expunge", {
            entry: "webhookFanout/expungeTenant",
            name: "webhook-tenant-expunger",
            description: "Deletes the deliveries of deleted tenants.",
            from: this.deletions.batches({ size: 1, concurrency: 2 }),
            environment: {
                TENANTS_TABLE: keys.tenants.name,
                ENDPOINTS_TABLE: deliveries.endpoints.name,
                DELIVERIES_TABLE: deliveries.deliveries.name,
                ATTEMPTS_TABLE: deliveries.attempts.name,
                DELETIONS_QUEUE_URL: this.deletions.url,
                ...audit.environment,
            },
            allow: [
                keys.tenants.allow("GetItem", "UpdateItem"),
                deliveries.endpoints.allow("Query", "DeleteItem"),
                deliveries.deliveries.allow("Query", "DeleteItem"),
                deliveries.attempts.allow("Query", "DeleteItem"),
                this.deletions.send(),
                audit.allow,
            ],
            timeout: expungeTimeout,
        });
    }
}

/** Seconds, after which the rest follows in another message. */
const expungeTimeout = 60;
