import type { ConsoleAction, Extension, Page } from "embedded-aws/console/kit";
import { get, href } from "embedded-aws/console/kit";
import { AgentPage } from "./agent.tsx";
import { CodeFile } from "./codeFile.tsx";
import { CostPage, NodeCost } from "./cost.tsx";
import { DeadLettersView } from "./deadLetters.tsx";
import { FeedsPage } from "./feeds.tsx";
import { CustomersPage, OrdersPage, SessionsPage } from "./lists.tsx";
import { SettingsPage } from "./settings.tsx";
import { buyAsAgent, changeCustomer, placeOrder, publishMessage } from "./shop.ts";
import { isDeployed, isEmbedded, loadSource, noteOf } from "./source.ts";
import { ThingPage } from "./thing.tsx";
import { WebhooksPage } from "./webhooks.tsx";

void loadSource();
const onlyHere = () => (isEmbedded() ? {} : { isHidden: true as const });

/** What commerce adds to the console. */
export const extension: Extension = {
    get pages(): readonly Page[] {
        return [
            {
                path: "orders",
                title: "Orders",
                group: "Shop",
                show: ([id]) => (id === undefined ? <OrdersPage /> : <ThingPage key={id} id={id} />),
            },
            {
                path: "sessions",
                title: "Sessions",
                group: "Shop",
                show: ([id]) => (id === undefined ? <SessionsPage /> : <ThingPage key={id} id={id} />),
            },
            { path: "customers", title: "Customers", group: "Shop", show: () => <CustomersPage /> },
            { ...onlyHere(), path: "agent", title: "Agent", group: "Shop", show: ([id]) => <AgentPage id={id} /> },
            { path: "webhooks", title: "Webhooks", group: "Shop", show: ([id]) => <WebhooksPage id={id} /> },
            { path: "feeds", title: "Feeds", group: "Shop", show: () => <FeedsPage /> },
            { path: "cost", title: "Cost", group: "Plan", show: () => <CostPage /> },
            { path: "settings", title: "Settings", group: "Plan", show: () => <SettingsPage /> },
        ];
    },
    get actions(): readonly ConsoleAction[] {
        if (!isEmbedded()) return [];
        return [
            { title: "Buy as an agent", isPrimary: true, run: buyAsAgent },
            { title: "Place an order", run: placeOrder },
            { title: "Publish a message", run: publishMessage },
            { title: "Change a customer", run: changeCustomer },
        ];
    },
    linkOf: (id) => {
        if (/^cs_[\w-]+$/.test(id)) return href("sessions", id);
        return /^ord_[\w-]+$/.test(id) ? href("orders", id) : undefined;
    },
    idOf: ({ orderId, sessionId, SessionId: stored }) => orderId ?? sessionId ?? stored,
    headers: { authorization: "Bearer local-key" },
    find: async (text) => {
        const found = await get<readonly { readonly kind: string; readonly id: string }[]>("program/named", {
            id: text,
        });
        return found.map(({ kind, id }) => ({ title: id, note: kind, link: href(kind, id) }));
    },
    noteOf,
    get isReadOnly() {
        return isDeployed();
    },
    nodeDetails: (urn, inputs) => (
        <>
            <CodeFile inputs={inputs} />
            <NodeCost urn={urn} />
        </>
    ),
    failures: () => <DeadLettersView />,
};
