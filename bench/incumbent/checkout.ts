// What the bench compares `manage` with: the checkout API in the stack of the source system (Express behind
// serverless-http, the document client as it comes, uuid), with the libraries such a system takes for the rest of the
// same work. It does less: keys are API Gateway's business, and nothing is kept for the idempotency key.
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import express, { type NextFunction, type Request, type Response } from "express";
import serverless from "serverless-http";
import { v4 as uuid } from "uuid";
import * as z from "zod";

const logger = new Logger({ serviceName: "checkout" });
const metrics = new Metrics({ namespace: "checkout", serviceName: "checkout" });
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
});
const { SESSIONS_TABLE: sessionsTable, PRODUCTS_TABLE: productsTable = "" } = process.env;
const merchant = JSON.parse(process.env.MERCHANT ?? "{}");

// ----- the requests of ACP 2026-04-17

const text = z.string();
const quantity = z.int().min(1).max(10_000).default(1);
const requestedItem = z.union([
    z.strictObject({ id: text, quantity, name: text.optional(), unit_amount: z.int().optional() }),
    z.strictObject({
        item: z.strictObject({ id: text, name: text.optional(), unit_amount: z.int().optional() }),
        quantity,
        id: text.optional(),
        name: text.optional(),
        unit_amount: z.int().optional(),
    }),
]);
const address = z.strictObject({
    name: text,
    line_one: text,
    line_two: text.optional(),
    city: text,
    state: text,
    country: text,
    postal_code: text,
    company: text.optional(),
});
const fulfillmentDetails = z.strictObject({
    name: text.optional(),
    phone_number: text.optional(),
    email: z.email().optional(),
    address: address.optional(),
});
const fulfillmentType = z.enum(["shipping", "digital", "pickup", "local_delivery"]);
const fulfillmentGroup = z.strictObject({
    id: text,
    item_ids: z.array(text),
    destination_type: fulfillmentType,
    fulfillment_details: fulfillmentDetails.optional(),
    location_id: text.optional(),
    instructions: text.optional(),
});
const buyer = z.strictObject({
    first_name: text.optional(),
    last_name: text.optional(),
    full_name: text.optional(),
    email: z.email(),
    phone_number: text.optional(),
    customer_id: text.optional(),
    account_type: z.enum(["guest", "registered", "business"]).optional(),
    authentication_status: z.enum(["authenticated", "guest", "requires_signin"]).optional(),
    company: z
        .strictObject({
            name: text,
            tax_id: text.optional(),
            department: text.optional(),
            cost_center: text.optional(),
        })
        .optional(),
    loyalty: z
        .strictObject({
            tier: text.optional(),
            points_balance: z.int().optional(),
            member_since: z.iso.datetime({ offset: true }).optional(),
        })
        .optional(),
    tax_exemption: z
        .strictObject({
            certificate_id: text,
            certificate_type: z.enum(["resale", "exempt_organization", "government"]),
            exempt_regions: z.array(text).optional(),
            expires_at: z.iso.datetime({ offset: true }).optional(),
        })
        .optional(),
});
const paymentHandler = z.strictObject({
    id: text,
    name: text,
    display_name: text.optional(),
    version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    spec: z.url(),
    requires_delegate_payment: z.boolean(),
    requires_pci_compliance: z.boolean(),
    psp: text,
    config_schema: z.url(),
    instrument_schemas: z.array(z.url()),
    config: z.looseObject({}),
    display_order: z.int().optional(),
});
const extension = z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)*(@\d{4}-\d{2}-\d{2})?$/),
    extends: z.array(z.string().regex(/^\$\.[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9_]*)*$/)).optional(),
    schema: z.url().optional(),
    spec: z.url().optional(),
});
const capabilities = z.strictObject({
    payment: z.strictObject({ handlers: z.array(paymentHandler) }).optional(),
    interventions: z
        .strictObject({
            supported: z.array(text).optional(),
            required: z.array(text).optional(),
            enforcement: text.optional(),
            display_context: text.optional(),
            redirect_context: text.optional(),
            max_redirects: z.int().min(0).optional(),
            max_interaction_depth: z.int().min(1).optional(),
        })
        .optional(),
    extensions: z.array(z.union([text, extension])).optional(),
});
const notes = z.record(text, z.union([text, z.number(), z.boolean()]));
const attribution = z
    .looseObject({
        provider: text,
        token: text.optional(),
        publisher_id: text.optional(),
        campaign_id: text.optional(),
        creative_id: text.optional(),
        sub_id: text.optional(),
        source: z.looseObject({ type: text, url: z.url().optional() }).optional(),
        issued_at: z.iso.datetime({ offset: true }).optional(),
        expires_at: z.iso.datetime({ offset: true }).optional(),
        metadata: notes.optional(),
        touchpoint: text.optional(),
    })
    .refine(({ token, publisher_id }) => token !== undefined || publisher_id !== undefined);
const changes = {
    buyer: buyer.optional(),
    fulfillment_details: fulfillmentDetails.optional(),
    fulfillment_groups: z.array(fulfillmentGroup).optional(),
    discounts: z.strictObject({ codes: z.array(text).optional() }).optional(),
    coupons: z.array(text).optional(),
    order_notes: z.string().max(5000).optional(),
};
const createBody = z.strictObject({
    line_items: z.array(requestedItem).min(1).max(99),
    currency: text,
    capabilities,
    ...changes,
    affiliate_attribution: attribution.optional(),
    locale: text.optional(),
    timezone: text.optional(),
    quote_id: text.optional(),
    metadata: z.looseObject({}).optional(),
});
const updateBody = z.strictObject({
    line_items: z.array(requestedItem).max(99).optional(),
    ...changes,
    selected_fulfillment_options: z
        .array(z.strictObject({ type: fulfillmentType, option_id: text, item_ids: z.array(text) }))
        .optional(),
});
const completeBody = z.strictObject({
    payment_data: z.strictObject({
        handler_id: text,
        instrument: z.looseObject({ type: text, credential: z.looseObject({ type: text, token: text }) }),
        billing_address: address.optional(),
    }),
    buyer: buyer.optional(),
    affiliate_attribution: attribution.optional(),
    risk_signals: z.looseObject({}).optional(),
    marketing_consents: z.array(z.strictObject({ channel: text, opted_in: z.boolean() })).optional(),
    order_notes: z.string().max(5000).optional(),
});

// ----- the session

type Create = z.infer<typeof createBody>;
type Update = z.infer<typeof updateBody>;
type Session = Record<string, unknown> & { id: string; status: string };

class Refusal extends Error {
    readonly status: number;
    readonly code: string;
    readonly param: string | undefined;

    constructor(status: number, code: string, message: string, param?: string) {
        super(message);
        this.status = status;
        this.code = code;
        this.param = param;
    }
}

async function priced(request: Create | Update, currency: string) {
    const lines = (request.line_items ?? []).map((line) => ({
        productId: "item" in line ? line.item.id : line.id,
        quantity: line.quantity,
    }));
    const ids = [...new Set(lines.map(({ productId }) => productId))];
    const { Responses } = await dynamo.send(
        new BatchGetCommand({ RequestItems: { [productsTable]: { Keys: ids.map((productId) => ({ productId })) } } }),
    );
    const products = new Map((Responses?.[productsTable] ?? []).map((product) => [product.productId, product]));
    const destination = request.fulfillment_details?.address;
    const rate = destination && (merchant.shippingRates[destination.country] ?? merchant.shippingRates["*"]);
    const percent = destination
        ? (merchant.taxRates[`${destination.country}-${destination.state}`] ??
          merchant.taxRates[destination.country] ??
          0)
        : 0;
    const lineItems = lines.map(({ productId, quantity }, index) => {
        const product = products.get(productId);
        if (product?.currency !== currency) {
            throw new Refusal(400, "invalid_item_id", `there is no item ${productId}`, `$.line_items[${index}].id`);
        }
        const amount = product.price * quantity;
        const tax = Math.round((amount * percent) / 100);
        return {
            id: `li_${index + 1}`,
            item: { id: productId, name: product.name, unit_amount: product.price },
            name: product.name,
            quantity,
            unit_amount: product.price,
            availability_status: product.stock >= quantity ? "in_stock" : "out_of_stock",
            totals: [
                { type: "items_base_amount", display_text: "Items", amount },
                { type: "subtotal", display_text: "Subtotal", amount },
                { type: "tax", display_text: "Tax", amount: tax },
                { type: "total", display_text: "Total", amount: amount + tax },
            ],
        };
    });
    const sum = (type: string) =>
        lineItems
            .flatMap(({ totals }) => totals)
            .filter((total) => total.type === type)
            .reduce((all, { amount }) => all + amount, 0);
    const options = Object.entries<number>(rate ?? {}).map(([name, amount]) => ({
        type: "shipping",
        id: `shipping_${name}`,
        title: `Shipping, ${name}`,
        totals: [{ type: "total", display_text: "Shipping", amount }],
    }));
    const selected =
        "selected_fulfillment_options" in request ? request.selected_fulfillment_options?.[0]?.option_id : undefined;
    const shipping = options.find(({ id }) => id === selected)?.totals[0]?.amount;
    return {
        line_items: lineItems,
        fulfillment_options: options,
        totals: [
            { type: "items_base_amount", display_text: "Items", amount: sum("items_base_amount") },
            { type: "subtotal", display_text: "Subtotal", amount: sum("subtotal") },
            { type: "tax", display_text: "Tax", amount: sum("tax") },
            ...(shipping === undefined ? [] : [{ type: "fulfillment", display_text: "Shipping", amount: shipping }]),
            { type: "total", display_text: "Total", amount: sum("total") + (shipping ?? 0) },
        ],
        status: shipping === undefined ? "not_ready_for_payment" : "ready_for_payment",
    };
}

async function saveSessionVersion(session: Session, version: number): Promise<void> {
    await dynamo.send(
        new PutCommand({
            TableName: sessionsTable,
            Item: {
                SessionId: session.id,
                Version: version,
                Status: session.status,
                Data: session,
                Timestamp: new Date().toISOString(),
            },
            ConditionExpression: "attribute_not_exists(SessionId)",
        }),
    );
}

async function latest(id: string): Promise<{ session: Session; version: number }> {
    const { Items = [] } = await dynamo.send(
        new QueryCommand({
            TableName: sessionsTable,
            KeyConditionExpression: "SessionId = :id",
            ExpressionAttributeValues: { ":id": id },
            ScanIndexForward: false,
            Limit: 1,
        }),
    );
    const [item] = Items;
    if (item === undefined) throw new Refusal(404, "not_found", "there is no such checkout session");
    return { session: item.Data, version: item.Version };
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
    const result = schema.safeParse(body);
    if (result.success) return result.data;
    metrics.addMetric("RequestRefused", MetricUnit.Count, 1);
    const [issue] = result.error.issues;
    const param = `$${(issue?.path ?? []).map((name) => (typeof name === "number" ? `[${name}]` : `.${String(name)}`)).join("")}`;
    throw new Refusal(400, "invalid", issue?.message ?? "is not allowed", param);
}

// ----- the API

const app = express();
app.use(express.json({ limit: "256kb" }));

app.use((request: Request, response: Response, next: NextFunction) => {
    const correlationId = request.header("x-correlation-id") ?? request.header("request-id") ?? uuid();
    logger.appendKeys({ correlationId });
    response.set("x-correlation-id", correlationId);
    response.set("cache-control", "no-store");
    if (request.header("api-version") !== "2026-04-17") {
        throw new Refusal(400, "unsupported_api_version", "this API-Version is not served here");
    }
    if (request.method === "POST") {
        const key = request.header("idempotency-key");
        if (key === undefined)
            throw new Refusal(400, "idempotency_key_required", "the header Idempotency-Key is missing");
        response.set("idempotency-key", key);
    }
    next();
});

app.post("/checkout_sessions", async (request: Request, response: Response) => {
    const body = parsed(createBody, request.body);
    if (body.currency.toLowerCase() !== merchant.currency) {
        throw new Refusal(400, "invalid", `this shop sells in ${merchant.currency}`, "$.currency");
    }
    const now = new Date();
    const session: Session = {
        id: `cs_${uuid()}`,
        protocol: { version: "2026-04-17" },
        capabilities: {
            payment: {
                handlers: [
                    {
                        id: "card_tokenized",
                        name: "dev.acp.tokenized.card",
                        display_name: "Card",
                        version: "2026-01-22",
                        spec: "https://acp.dev/handlers/tokenized.card",
                        requires_delegate_payment: true,
                        requires_pci_compliance: false,
                        psp: merchant.payment.provider,
                        config_schema: "https://acp.dev/schemas/handlers/tokenized.card/config.json",
                        instrument_schemas: ["https://acp.dev/schemas/handlers/tokenized.card/instrument.json"],
                        config: { merchant_id: merchant.payment.merchantId },
                    },
                ],
            },
            interventions: { supported: ["3ds"], required: [], enforcement: "conditional" },
        },
        currency: merchant.currency,
        locale: body.locale,
        timezone: body.timezone,
        metadata: body.metadata,
        buyer: body.buyer,
        fulfillment_details: body.fulfillment_details,
        fulfillment_groups: body.fulfillment_groups,
        ...(await priced(body, merchant.currency)),
        messages: [],
        links: [
            { type: "terms_of_use", url: `${merchant.shopUrl}/terms` },
            { type: "privacy_policy", url: `${merchant.shopUrl}/privacy` },
            { type: "return_policy", url: `${merchant.shopUrl}/returns` },
        ],
        created_at: now.toISOString(),
        updated_at: now.toISOString(),
        expires_at: new Date(now.getTime() + merchant.sessionHours * 3_600_000).toISOString(),
    };
    await saveSessionVersion(session, 1);
    metrics.addMetric("SessionCreated", MetricUnit.Count, 1);
    logger.info("Session created", { sessionId: session.id, version: 1, status: session.status });
    response.status(201).json(session);
});

app.get("/checkout_sessions/:id", async ({ params: { id } }: Request<{ id: string }>, response: Response) => {
    const { session, version } = await latest(id);
    logger.info("Session read", { sessionId: id, version });
    response.json(session);
});

app.post("/checkout_sessions/:id", async (request: Request<{ id: string }>, response: Response) => {
    const body = parsed(updateBody, request.body);
    const { session, version } = await latest(request.params.id);
    if (isOver(session)) throw new Refusal(409, "session_ended", `the checkout session is ${session.status}`);
    const whole = { ...session, ...body } as unknown as Update;
    const changed = { ...session, ...body, ...(await priced(whole, merchant.currency)) };
    await saveSessionVersion(changed, version + 1);
    logger.info("Session updated", { sessionId: session.id, version: version + 1, status: changed.status });
    response.json(changed);
});

app.post("/checkout_sessions/:id/complete", async (request: Request<{ id: string }>, response: Response) => {
    const body = parsed(completeBody, request.body);
    const { session, version } = await latest(request.params.id);
    if (session.status !== "ready_for_payment") {
        throw new Refusal(409, "not_ready", `the checkout session is ${session.status}`);
    }
    if (body.payment_data.instrument.credential.token !== "spt_success") {
        throw new Refusal(400, "payment_declined", "the payment was declined");
    }
    const completed = { ...session, buyer: body.buyer ?? session.buyer, status: "completed", order: { id: uuid() } };
    await saveSessionVersion(completed, version + 1);
    logger.info("Session completed", { sessionId: session.id, version: version + 1 });
    response.json(completed);
});

app.post("/checkout_sessions/:id/cancel", async ({ params: { id } }: Request<{ id: string }>, response: Response) => {
    const { session, version } = await latest(id);
    if (isOver(session)) throw new Refusal(405, "method_not_allowed", `the checkout session is ${session.status}`);
    const canceled = { ...session, status: "canceled" };
    await saveSessionVersion(canceled, version + 1);
    logger.info("Session canceled", { sessionId: id, version: version + 1 });
    response.json(canceled);
});

const isOver = ({ status }: Session) => status === "completed" || status === "canceled" || status === "expired";

// Express knows an error handler by its four parameters.
app.use((error: Error & Partial<Refusal>, _request: Request, response: Response, _next: NextFunction) => {
    const { status = 500, code = "session_creation_failed", message, param } = error;
    if (status >= 500) logger.error("The request could not be served", error);
    else logger.info("Checkout request refused", { status, code, param });
    const type = status >= 500 ? "processing_error" : "invalid_request";
    response.status(status).json({ type, code, message, param });
});

const serve = serverless(app);

export async function handler(event: object, context: Parameters<Logger["addContext"]>[0]): Promise<object> {
    logger.addContext(context);
    metrics.setFunctionName(context.functionName);
    metrics.captureColdStartMetric();
    try {
        return await serve(event, context);
    } finally {
        metrics.publishStoredMetrics();
    }
}
