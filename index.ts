import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { takeInventory } from "./components/parts/inventory.ts";
import { customDomainOf, Region } from "./components/region.ts";
import { providerOf, SecondRegion } from "./components/regions.ts";
import { readSettings } from "./components/settings/settings.ts";

const settings = readSettings();
const provider = providerOf("aws", { ...settings, region: aws.config.requireRegion() });

const { region } = settings.failover;
const first = new Region({ inventory: takeInventory(), settings }, { provider });
const second = region === undefined ? undefined : new SecondRegion("second", { first, region, settings });
const { api, catalog, orders, checkout, fanout } = first;
const domain = customDomainOf(settings, first, second?.standby, { provider });
second?.watch(domain?.first ?? api.url);

/** Where the API is reached. */
export const ApiEndpoint = api.url;
export const ordersQueueUrl = orders.queue.url;
export const ordersTable = orders.tables.orders.name;
export const orderBus = orders.bus.name;
export const notificationsQueueUrl = orders.notifications.url;
export const documentsBucket = orders.documents.name;
export const productsTable = catalog.products.name;
export const discountsTable = catalog.discounts.name;
export const sessionsTable = checkout.sessions.name;
export const checkoutEventsTopic = checkout.events.arn;
export const deliveriesQueueUrl = checkout.deliveries.url;
export const messagesTopic = fanout.messages.topic.arn;
export const customersTopic = fanout.customers.events.arn;
/** What `npm run release` brings to callers. */
export const releases = pulumi.all([first.releases, second?.region.releases ?? []]).apply((all) => all.flat());
/** Where the API of each region is reached. */
export const regionalEndpoints = {
    [settings.region]: api.url,
    ...(second && { [second.region.context.region]: second.region.api.url }),
};
