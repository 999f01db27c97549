import { Catalog } from "../../components/catalog.ts";
import { OrderIntake } from "../../components/orderIntake.ts";
import { contextOf } from "../../components/parts/context.ts";
import { HttpApi } from "../../components/parts/httpApi.ts";
import { takeInventory } from "../../components/parts/inventory.ts";
import { Key } from "../../components/parts/key.ts";
import { Monitoring } from "../../components/production/monitoring.ts";

const context = contextOf({ protect: false, functions: { memory: 1024 } });
const inventory = takeInventory();

const key = new Key("messages", {
    description: "Encrypts announcements and alarms.",
    services: ["cloudwatch.amazonaws.com"],
    context,
});
const api = new HttpApi("api", { name: "shop", context });
const catalog = new Catalog("catalog", { context });
const orders = new OrderIntake(
    "orders",
    { api, authorization: { type: "AWS_IAM" }, catalog, key, announcementEmails: ["sales@example.com"], context },
    {
        transformations: [
            ({ type, props, opts }) =>
                type === "aws:sqs/queue:Queue" ? { props: { ...props, tags: { Team: "shop" } }, opts } : undefined,
        ],
    },
);

orders.subscribe<typeof import("../../runtime/orderIntake/mail.ts")>("large-orders", {
    entry: "orderIntake/mail",
    name: "large-orders",
    description: "Sends an e-mail for each order above 1,000.",
    environment: { SENDER: "shop@example.com", EFFECTS_TABLE: orders.tables.effects.name, HISTORY_DAYS: "0" },
    allow: [orders.tables.effects.allow("UpdateItem")],
    detail: { total: [{ numeric: [">", 1000] }] },
    timeout: 20,
    batch: 5,
});

new Monitoring("monitoring", { inventory, key, emails: ["operations@example.com"], context });

export const { url } = api;
