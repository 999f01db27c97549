import type * as pulumi from "@pulumi/pulumi";
import type { ApiKeys } from "../parts/apiKeys.ts";
import type { Bus } from "../parts/bus.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { Authorization, HttpApi } from "../parts/httpApi.ts";
import type { Table } from "../parts/table.ts";

interface OwnEventsArgs {
    /** The API that types are registered and events come in by. */
    readonly api: HttpApi;
    /** Authenticates clients. */
    readonly authorization: Authorization;
    /** Clients, and the tenants that they have made. */
    readonly keys: ApiKeys;
    /** The bus that events are put on. */
    readonly bus: Bus;
    /** First requests with an Idempotency-Key. */
    readonly requests: Table;
    /** The same in the first region, whose table this one replicates. @default none: this is the first region */
    readonly first?: OwnEvents | undefined;
    readonly context: Context;
}

/**
 * Events of clients' own types.
 *
 *     PUT /event_types → events → event types table
 *     POST /events     → events → bus
 */
export class OwnEvents extends Component {
    /** Types that clients have registered (`OwnEventType` in runtime/webhookFanout/ownEvents/eventTypeStore.ts). */
    readonly types: Table;

    constructor(name: string, args: OwnEventsArgs, opts?: pulumi.ComponentResourceOptions) {
        const { api, authorization, keys, bus, requests, first, context } = args;
        super("commerce:index:OwnEvents", name, context, opts);

        this.types = this.addTable("types", {
            name: "webhook-event-types",
            key: ["catalogue", "type"],
            replicaOf: first?.types,
        });
        this.addCallback<typeof import("../../runtime/webhookFanout/ownEvents.ts")>("publish", {
            entry: "webhookFanout/ownEvents",
            name: "webhook-events",
            description: "Registers types of events, and publishes clients' events of these types.",
            from: api.requests(
                [
                    "POST /events",
                    "GET /event_types",
                    "GET /event_types/{type}",
                    "PUT /event_types/{type}",
                    "DELETE /event_types/{type}",
                    "GET /asyncapi.json",
                ],
                authorization,
            ),
            environment: {
                EVENT_TYPES_TABLE: this.types.name,
                TENANTS_TABLE: keys.tenants.name,
                REQUESTS_TABLE: requests.name,
                EVENT_BUS_NAME: bus.name,
            },
            allow: [
                this.types.allow("GetItem", "PutItem", "DeleteItem", "Query"),
                keys.tenants.allow("GetItem"),
                requests.allow("GetItem", "PutItem"),
                bus.put(),
            ],
            timeout: 10,
        });
        this.registerOutputs({ typesTable: this.types.name });
    }
}
