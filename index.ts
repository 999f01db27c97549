import * as aws from "@pulumi/aws";
import { Catalog } from "./components/catalog.ts";
import { CheckoutSessions } from "./components/checkoutSessions.ts";
import { Monitoring } from "./components/monitoring.ts";
import { OrderIntake } from "./components/orderIntake.ts";
import { ApiKeys } from "./components/parts/apiKeys.ts";
import { type Authorization, HttpApi } from "./components/parts/httpApi.ts";
import { takeInventory } from "./components/parts/inventory.ts";
import { Key } from "./components/parts/key.ts";
import { readSettings, type Settings, tagsOf } from "./components/parts/settings.ts";
import { WebhookFanout } from "./components/webhookFanout.ts";

const settings = readSettings();
const inventory = takeInventory();
const region = aws.config.requireRegion();
const provider = new aws.Provider("aws", { region, defaultTags: { tags: tagsOf(settings) } });

const key = new Key(
    "messages",
    {
        description: "Encrypts what AWS services publish to topics.",
        services: ["cloudwatch.amazonaws.com"],
        settings,
    },
    { provider },
);
const api = new HttpApi("api", { name: "commerce", settings }, { provider });
const keys = new ApiKeys("api-keys", { settings }, { provider });
const keyed = keys.authorizer(api);
const callers = ordersAuthorization(settings);
const catalog = new Catalog("catalog", { settings }, { provider });
const orders = new OrderIntake("orders", { api, authorization: callers, catalog, key, settings }, { provider });
const checkout = new CheckoutSessions("checkout", { api, keys, catalog, orders, key, settings }, { provider });

const fanout = new WebhookFanout(
    "fanout",
    { api, publishers: callers, owners: keyed, events: checkout.deliveries, bus: orders.bus, key, settings },
    { provider },
);

new Monitoring("monitoring", { inventory, key, settings }, { provider });

function ordersAuthorization(settings: Settings): Authorization {
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

/** Where the API is reached. */
export const ApiEndpoint = api.url;
export const ordersQueueUrl = orders.queue.url;
export const ordersTable = orders.orders.name;
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
