import * as pulumi from "@pulumi/pulumi";
import { callersOf } from "./callers.ts";
import { Catalog } from "./catalog.ts";
import { CatalogApi } from "./catalogApi.ts";
import { Carts } from "./checkoutSessions/carts.ts";
import { Mcp } from "./checkoutSessions/mcp.ts";
import { OrderPayments } from "./checkoutSessions/orderPayments.ts";
import { UniversalCommerce } from "./checkoutSessions/ucp.ts";
import { UcpCheckouts } from "./checkoutSessions/ucpCheckouts.ts";
import { CheckoutSessions } from "./checkoutSessions.ts";
import { type ProductFeed, productFeed } from "./feed.ts";
import { CustomerMails } from "./orderIntake/customerMails.ts";
import { OrderManagement } from "./orderIntake/orderManagement.ts";
import { OrderIntake } from "./orderIntake.ts";
import { ApiKeys } from "./parts/apiKeys.ts";
import type { Context } from "./parts/context.ts";
import { dataKeyOf } from "./parts/dataKey.ts";
import { HttpApi } from "./parts/httpApi.ts";
import type { Inventory } from "./parts/inventory.ts";
import { Key } from "./parts/key.ts";
import { Placements } from "./parts/placement.ts";
import { Backups } from "./production/backups.ts";
import { CustomDomain } from "./production/customDomain.ts";
import type { Standby } from "./production/failover.ts";
import { Health } from "./production/health.ts";
import { Monitoring } from "./production/monitoring.ts";
import { Network } from "./production/network.ts";
import { type Release, Releases } from "./production/releases.ts";
import { TlsOnly } from "./production/tlsOnly.ts";
import { contextFor } from "./settings/context.ts";
import { feedOf } from "./settings/feed.ts";
import { merchantOf } from "./settings/merchant.ts";
import { pagerDutySetting, type Settings } from "./settings/settings.ts";
import { checkSizes } from "./settings/sizes.ts";
import { ucpArgsOf } from "./settings/ucp.ts";
import { WebhookFanout } from "./webhookFanout.ts";

interface RegionArgs {
    /** Lists what is made here. Taken before the parent, if there is one: children follow what their parent knew of. */
    readonly inventory: Inventory;
    /** The first region, when this is the second. @default none: this is the first region */
    readonly first?: Region;
    /** Where the first region is reached by a name that leads nowhere else, when this is the second. @default none */
    readonly watched?: pulumi.Input<string>;
    readonly settings: Settings;
}

/**
 * What runs in one region, in the order data flows; consumers of your own go above `checkSizes`. Nothing else reads the
 * settings: components have arguments of their own.
 */
export class Region {
    readonly context: Context;
    readonly api: HttpApi;
    readonly keys: ApiKeys;
    readonly catalog: Catalog;
    readonly orders: OrderIntake;
    readonly checkout: CheckoutSessions;
    readonly carts: Carts;
    readonly universal: UniversalCommerce | undefined;
    readonly feed: ProductFeed | undefined;
    readonly fanout: WebhookFanout;
    /** Which version each function's alias is to come to; none where new code takes over at once. */
    readonly releases: pulumi.Output<readonly Release[]>;

    /** @param opts the provider of the region, or a parent that has it. */
    constructor({ inventory, first, watched, settings }: RegionArgs, opts: pulumi.ComponentResourceOptions) {
        const { historyDays } = settings.retention;
        const { availabilityZones } = settings.network;
        const placements = availabilityZones === undefined ? undefined : new Placements();
        const unencrypted = contextFor(settings, first?.context.region, placements?.place);
        const dataKey = first ? first.context.dataKey?.replica : dataKeyFor(settings, unencrypted, opts);
        const context = { ...unencrypted, dataKey };

        const key = new Key(
            "messages",
            {
                description: "Encrypts what AWS services publish to topics.",
                services: ["cloudwatch.amazonaws.com"],
                context,
            },
            opts,
        );
        const api = new HttpApi(
            "api",
            {
                name: "commerce",
                domainName: settings.api.domain?.name,
                allowedOrigins: settings.api.allowedOrigins,
                throttle: settings.api.throttle,
                context,
            },
            opts,
        );
        const keys = new ApiKeys(
            "api-keys",
            { first: first?.keys, plainKeyScopes: settings.api.plainKeyScopes, context },
            opts,
        );
        const keyed = keys.authorizer(api, settings.orders.ingress === "direct" ? ["POST /orders"] : []);
        const callers = callersOf(settings, api, keyed);
        // No stack changes what is sold, or refunds, for callers that it does not know.
        const merchants = callers.type === "NONE" ? keyed : callers;
        const catalog = new Catalog("catalog", { first: first?.catalog, context }, opts);
        const orders = new OrderIntake(
            "orders",
            {
                api,
                authorization: callers,
                catalog,
                key,
                first: first?.orders,
                ingress: settings.orders.ingress,
                notificationRecipient: settings.orders.mail.recipient,
                notificationSender: settings.orders.mail.sender,
                announcementEmails: settings.orders.mail.announcements,
                seller: settings.orders.seller,
                locale: settings.orders.locale,
                archiveDays: settings.retention.archiveDays,
                historyDays,
                context,
            },
            opts,
        );
        new CatalogApi("catalog-api", { api, authorization: merchants, keys, catalog, bus: orders.bus, context }, opts);
        const feed = productFeed("feed", { api, catalog, feed: feedOf(settings), first: first?.feed, context }, opts);
        const checkout = new CheckoutSessions(
            "checkout",
            {
                api,
                keys,
                catalog,
                orders,
                key,
                first: first?.checkout,
                merchant: merchantOf(settings),
                historyDays,
                context,
            },
            opts,
        );
        new OrderManagement("management", { api, authorization: merchants, orders, catalog, context }, opts);
        const carts = new Carts(
            "carts",
            { api, keys, catalog, checkout, first: first?.carts, merchant: merchantOf(settings), context },
            opts,
        );
        const { ucp } = settings.checkout;
        const served = ucp && {
            ...ucpArgsOf(ucp, settings.api),
            api,
            keys,
            first: first?.universal,
            merchant: merchantOf(settings),
        };
        const universal = served && new UniversalCommerce("ucp", { ...served, context }, opts);
        const merchant = merchantOf(settings);
        const doors = { api, keys, catalog, orders, checkout, carts, universal, merchant, historyDays, context };
        new Mcp("mcp", { ...doors, settings: settings.checkout.mcp }, opts);
        if (universal) new UcpCheckouts("ucp-checkouts", { ...doors, universal }, opts);
        new OrderPayments(
            "payments",
            {
                api,
                authorization: merchants,
                orders,
                checkout,
                merchant: merchantOf(settings),
                context,
            },
            opts,
        );
        new CustomerMails(
            "customer-mails",
            {
                orders,
                sender: settings.orders.mail.sender,
                shop: settings.checkout.merchant,
                locale: settings.orders.locale,
                templates: settings.orders.mail.templates,
                historyDays,
                context,
            },
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
                messagesApi: settings.messages.api,
                auditRetentionDays: settings.retention.auditDays,
                auditLock: settings.retention.auditLock === "none" ? undefined : settings.retention.auditLock,
                customers: {
                    publisher: settings.customers.commercetoolsPrincipal,
                    segmentRegion: settings.customers.segmentRegion,
                    commercetoolsApi: settings.customers.commercetoolsApi,
                    deletion: settings.customers.deletion,
                },
                webhooks: {
                    platforms: universal?.webhooks,
                    acpVersions: merchantOf(settings).acpVersions,
                    sends: settings.webhooks.send,
                    allowedAddresses: settings.webhooks.allowedAddresses,
                    secretRotationDays: settings.webhooks.secretRotationDays,
                },
                context,
            },
            opts,
        );

        new Health("health", { api, keys, orders: orders.tables.orders, watched, context }, opts);

        checkSizes(context.functions, inventory);
        this.releases = context.functions.canary
            ? new Releases("releases", { inventory, context }, opts).releases
            : pulumi.output([]);
        new Backups("backups", { inventory, days: settings.retention.backupDays, context }, opts);
        new Monitoring(
            "monitoring",
            {
                inventory,
                setAside: [
                    { queue: fanout.deliveries.exhausted, runbook: "abandoned-webhooks" },
                    ...(feed?.refused ? [{ queue: feed.refused, runbook: "refused-products" as const }] : []),
                    {
                        queue: fanout.customers.parked,
                        runbook: "parked-customers",
                        alarmed: settings.customers.parkedAlarm,
                    },
                    { queue: fanout.customers.deletions, runbook: "customer-deletions" },
                ],
                key,
                pagerDuty: pagerDutySetting(),
                emails: settings.alarms.emails,
                slackChannel: settings.alarms.slack,
                level: settings.alarms.level,
                leftOutOfFeeds: settings.feed.leftOutAlarm,
                monthlyBudget: settings.alarms.monthlyBudget,
                context,
            },
            opts,
        );
        // Last: endpoints, their policies and NAT gateways follow from what the functions before it call.
        if (placements) new Network("network", { placements, availabilityZones, context }, opts);
        new TlsOnly("tls-only", { inventory, queues: settings.encryption.tlsOnly }, opts);

        this.context = context;
        this.api = api;
        this.keys = keys;
        this.catalog = catalog;
        this.orders = orders;
        this.checkout = checkout;
        this.carts = carts;
        this.universal = universal;
        this.feed = feed;
        this.fanout = fanout;
    }
}

function dataKeyFor({ encryption }: Settings, context: Context, opts: pulumi.ComponentResourceOptions) {
    switch (encryption.keys) {
        case "aws":
            return undefined;
        case "customer":
            return dataKeyOf(context, opts);
    }
}

/** The name that the API of the first region is reached by, if it has one, and of both where there is a second. */
export function customDomainOf(
    { api: { domain, firewall } }: Settings,
    { api, context }: Region,
    second: Standby | undefined,
    opts: pulumi.ComponentResourceOptions,
): CustomDomain | undefined {
    if (domain === undefined) return undefined;
    return new CustomDomain(
        "edge",
        { api, domainName: domain.name, hostedZone: domain.zone, second, firewall, context },
        opts,
    );
}
