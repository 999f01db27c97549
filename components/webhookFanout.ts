import * as pulumi from "@pulumi/pulumi";
import type { ApiKeys } from "./parts/apiKeys.ts";
import type { Bus } from "./parts/bus.ts";
import type { Authorization, HttpApi } from "./parts/httpApi.ts";
import type { Key } from "./parts/key.ts";
import type { Queue } from "./parts/queue.ts";
import type { Settings } from "./settings/settings.ts";
import { CustomerSync } from "./webhookFanout/customerSync.ts";
import { Deliveries } from "./webhookFanout/deliveries.ts";
import { Messages } from "./webhookFanout/messages.ts";

export interface WebhookFanoutArgs {
    /** The API that messages and endpoints come in by. */
    readonly api: HttpApi;
    /** Who may publish messages. */
    readonly publishers: Authorization;
    /** Tells the owners of endpoints apart. */
    readonly owners: Authorization;
    /** Whose endpoints are told of everything: clients with the scope `merchant`. */
    readonly keys: ApiKeys;
    /** What endpoints are to be told. */
    readonly events: Queue;
    /** The bus of orders, whose events endpoints are told of, too. */
    readonly bus: Bus;
    /** Encrypts messages. */
    readonly key: Key;
    /** The same in the first region, whose tables this one replicates. @default none: this is the first region */
    readonly first?: WebhookFanout | undefined;
    readonly settings: Settings;
}

/**
 * Webhooks in and out: messages for subscribers of one's own, customers from commercetools to Segment, and what happened
 * to whoever registered an endpoint for it.
 */
export class WebhookFanout extends pulumi.ComponentResource {
    /** `POST /messages` → topic → subscribers, each message in the audit trail. */
    readonly messages: Messages;
    /** commercetools → topic → Segment. */
    readonly customers: CustomerSync;
    /** Events → endpoints, signed. */
    readonly deliveries: Deliveries;

    constructor(name: string, args: WebhookFanoutArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:index:WebhookFanout", name, { settings: args.settings }, opts);
        const { api, publishers, owners, keys, events, bus, key, first, settings } = args;
        const own = { parent: this };
        this.messages = new Messages(
            "messages",
            {
                ...(settings.messagesApi && { publisher: { api, authorization: publishers } }),
                retentionDays: settings.auditRetentionDays,
                key,
                first: first?.messages,
                settings,
            },
            own,
        );
        this.customers = new CustomerSync(
            "customers",
            {
                publisher: settings.commercetoolsPrincipal,
                segmentRegion: settings.segmentRegion,
                commercetoolsApi: settings.commercetoolsApi,
                audit: this.messages.auditing,
                first: first?.customers,
                settings,
            },
            own,
        );
        const { webhookSender: sends, allowedAddresses } = settings;
        this.deliveries = new Deliveries(
            "webhooks",
            {
                api,
                authorization: owners,
                events,
                bus,
                sends,
                keys,
                allowedAddresses,
                first: first?.deliveries,
                settings,
            },
            own,
        );
        this.registerOutputs({
            messagesTopicArn: this.messages.topic.arn,
            customersTopicArn: this.customers.events.arn,
        });
    }
}
