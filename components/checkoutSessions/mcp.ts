import type * as pulumi from "@pulumi/pulumi";
import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import type { McpSettings } from "../../runtime/checkoutSessions/mcp.ts";
import type { Catalog } from "../catalog.ts";
import type { CheckoutSessions } from "../checkoutSessions.ts";
import type { OrderIntake } from "../orderIntake.ts";
import type { ApiKeys } from "../parts/apiKeys.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { HttpApi } from "../parts/httpApi.ts";
import type { Carts } from "./carts.ts";
import type { UniversalCommerce } from "./ucp.ts";

interface McpArgs {
    /** The API that agents call tools by. */
    readonly api: HttpApi;
    /** API keys, which callers send as their bearer token. */
    readonly keys: ApiKeys;
    /** What is sold, and the discount codes. */
    readonly catalog: Catalog;
    /** Takes the orders of completed sessions. */
    readonly orders: OrderIntake;
    /** The checkout whose sessions the tools change. */
    readonly checkout: CheckoutSessions;
    readonly carts: Carts;
    /** Lets platforms of UCP in, which have tools of their own. @default UCP is not served */
    readonly universal: UniversalCommerce | undefined;
    readonly merchant: Merchant;
    readonly settings: McpSettings;
    /** Days that versions of sessions are kept. @default 0, for good */
    readonly historyDays?: number;
    readonly context: Context;
}

/** The variables that only UCP needs. */
const noUcp = { API_URL: "", UCP: "", UCP_PROFILES_TABLE: "", UCP_SIGNING_KEYS: "" };

/**
 * The checkout and the catalogue as tools of the Model Context Protocol.
 *
 *     POST /mcp → call → sessions table
 */
export class Mcp extends Component {
    constructor(name: string, args: McpArgs, opts?: pulumi.ComponentResourceOptions) {
        const {
            api,
            keys,
            catalog,
            orders,
            checkout,
            carts,
            universal,
            merchant,
            settings,
            historyDays = 0,
            context,
        } = args;
        super("commerce:index:Mcp", name, context, opts);

        this.addCallback<typeof import("../../runtime/checkoutSessions/mcp.ts")>("call", {
            entry: "checkoutSessions/mcp",
            name: "tool-caller",
            description: "Answers POST /mcp: the checkout and the catalogue as tools of the Model Context Protocol.",
            timeout: 30,
            // The callback authenticates callers itself: API Gateway's own 401 is no error of the protocol.
            from: api.requests(["POST /mcp", "ANY /mcp"], { type: "NONE" }),
            environment: {
                SESSIONS_TABLE: checkout.sessions.name,
                IDEMPOTENCY_TABLE: checkout.idempotency.name,
                HISTORY_DAYS: String(historyDays),
                ...checkout.payment.environment,
                PRODUCTS_TABLE: catalog.products.name,
                DISCOUNTS_TABLE: catalog.discounts.name,
                EFFECTS_TABLE: orders.tables.effects.name,
                ...keys.environment,
                MERCHANT: JSON.stringify(merchant),
                MCP: JSON.stringify(settings),
                CARTS_TABLE: universal === undefined ? "" : carts.carts.name,
                ...(universal?.admission.environment ?? noUcp),
            },
            allow: [
                checkout.sessions.allow("Query", "GetItem", "PutItem"),
                checkout.idempotency.allow("GetItem", "PutItem", "UpdateItem", "DeleteItem"),
                catalog.products.allow("BatchGetItem", "Scan", "UpdateItem"),
                catalog.discounts.allow("BatchGetItem", "UpdateItem"),
                orders.tables.effects.allow("PutItem", "DeleteItem"),
                keys.read(),
                checkout.payment.use,
                ...(universal === undefined
                    ? []
                    : [carts.carts.allow("GetItem", "PutItem", "DeleteItem"), ...universal.admission.allow]),
            ],
            internet: checkout.payment.internet || merchant.rules !== undefined || universal !== undefined,
        });

        this.registerOutputs();
    }
}
