import * as pulumi from "@pulumi/pulumi";
import type { ApiKeys } from "./parts/apiKeys.ts";
import type { Bus } from "./parts/bus.ts";
import type { Context } from "./parts/context.ts";
import type { Authorization, HttpApi } from "./parts/httpApi.ts";
import type { Key } from "./parts/key.ts";
import type { Queue } from "./parts/queue.ts";
import { CustomerSync, type CustomerSyncArgs } from "./webhookFanout/customerSync.ts";
import { Deliveries, type DeliveriesArgs } from "./webhookFanout/deliveries.ts";
import { Messages, type MessagesArgs } from "./webhookFanout/messages.ts";
import { OwnEvents } from "./webhookFanout/ownEvents.ts";
import { Replays } from "./webhookFanout/replays.ts";
import { Tenants } from "./webhookFanout/tenants.ts";

interface WebhookFanoutArgs {
    /** The API that messages and endpoints come in by. */
    readonly api: HttpApi;
    /** Authorizes callers that publish messages. */
    readonly publishers: Authorization;
    /** Authenticates the owners of endpoints. */
    readonly owners: Authorization;
    /** API clients; endpoints of those with the scope `merchant` get all events. */
    readonly keys: ApiKeys;
    /** Events to be sent to endpoints. */
    readonly events: Queue;
    /** The bus of orders, whose events are sent to endpoints, too. */
    readonly bus: Bus;
    /** Encrypts messages. */
    readonly key: Key;
    /** The same in the first region, whose tables this one replicates. @default none: this is the first region */
    readonly first?: WebhookFanout | undefined;
    /** Whether POST /messages publishes; without it only principals publish that IAM allows to. @default true */
    readonly messagesApi?: boolean;
    /** Days that audit rows and copies of messages are kept. @default 365 */
    readonly auditRetentionDays?: number;
    /** Retention lock of the anchored heads of the audit trail. @default none */
    readonly auditLock?: MessagesArgs["anchorLock"];
    readonly customers?: Pick<CustomerSyncArgs, "publisher" | "segmentRegion" | "commercetoolsApi" | "deletion">;
    readonly webhooks: Pick<
        DeliveriesArgs,
        "platforms" | "acpVersions" | "sends" | "allowedAddresses" | "secretRotationDays"
    >;
    readonly context: Context;
}

/**
 * Webhooks in and out: messages for subscribers, customers from commercetools to Segment, and events to registered
 * endpoints.
 */
export class WebhookFanout extends pulumi.ComponentResource {
    /** `POST /messages` → topic → subscribers, each message in the audit trail. */
    readonly messages: Messages;
    /** commercetools → topic → Segment. */
    readonly customers: CustomerSync;
    /** Events of types that clients have registered. */
    readonly ownEvents: OwnEvents;
    /** Events → endpoints, signed. */
    readonly deliveries: Deliveries;

    constructor(name: string, args: WebhookFanoutArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:WebhookFanout", name, {}, opts);
        const { api, publishers, owners, keys, events, bus, key, first, messagesApi = true, context } = args;
        const own = { parent: this };
        this.messages = new Messages(
            "messages",
            {
                ...(messagesApi && { publisher: { api, authorization: publishers } }),
                retentionDays: args.auditRetentionDays ?? 365,
                anchorLock: args.auditLock,
                key,
                first: first?.messages,
                context,
            },
            own,
        );
        this.customers = new CustomerSync(
            "customers",
            { ...args.customers, bus, audit: this.messages.auditing, first: first?.customers, context },
            own,
        );
        this.ownEvents = new OwnEvents(
            "own-events",
            {
                api,
                authorization: owners,
                keys,
                bus,
                requests: this.messages.requests,
                first: first?.ownEvents,
                context,
            },
            own,
        );
        this.deliveries = new Deliveries(
            "webhooks",
            {
                ...args.webhooks,
                api,
                authorization: owners,
                events,
                bus,
                keys,
                eventTypes: this.ownEvents.types,
                first: first?.deliveries,
                context,
            },
            own,
        );
        new Replays(
            "replays",
            {
                api,
                authorization: owners,
                deliveries: this.deliveries,
                eventTypes: this.ownEvents.types,
                audit: this.messages.auditing,
                ...(args.webhooks.sends !== undefined && { sends: args.webhooks.sends }),
                context,
            },
            own,
        );
        new Tenants(
            "tenants",
            {
                api,
                authorization: owners,
                keys,
                deliveries: this.deliveries,
                audit: this.messages.auditing,
                context,
            },
            own,
        );
        this.registerOutputs({
            messagesTopicArn: this.messages.topic.arn,
            customersTopicArn: this.customers.events.arn,
        });
    }
}
