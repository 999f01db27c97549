// What the bench compares `receive` with: POST /orders in the stack of the source system (Express behind
// serverless-http, the AWS SDK as it comes), with the libraries such a system takes for the rest of the same work.
import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import express, { type NextFunction, type Request, type Response } from "express";
import serverless from "serverless-http";
import * as z from "zod";

const logger = new Logger({ serviceName: "orders" });
const metrics = new Metrics({ namespace: "orders", serviceName: "orders" });
const sqs = new SQSClient({});

const orderId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const productId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);
const shortText = z.string().min(1).max(256);
const quantity = z.int().min(1).max(100_000);
const amount = z.number().min(0).max(1_000_000_000);
const item = z.strictObject({
    productId: productId.optional(),
    productName: shortText,
    quantity,
    unitPrice: amount.optional(),
});
const cartOrder = z.strictObject({
    orderId: orderId.optional(),
    customer: z.union([shortText, z.strictObject({ name: shortText.optional(), email: z.email() })]),
    items: z
        .array(z.union([shortText, item]))
        .min(1)
        .max(99),
    total: amount,
    currency: z
        .string()
        .regex(/^[A-Za-z]{3}$/)
        .optional(),
    metadata: z
        .record(z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/), z.union([z.string().max(500), z.number(), z.boolean()]))
        .optional(),
});
const productOrder = z.strictObject({
    orderId: orderId.optional(),
    productId,
    productName: shortText,
    quantity,
    customerEmail: z.email(),
});
const orderBody = z.union([cartOrder, productOrder]);

const app = express();
app.use(express.json({ limit: "256kb" }));

app.post("/orders", async (request: Request, response: Response) => {
    const correlationId = request.header("x-correlation-id") ?? randomUUID();
    response.set("x-correlation-id", correlationId);
    const parsed = orderBody.safeParse(request.body);
    if (!parsed.success) {
        metrics.addMetric("OrderRefused", MetricUnit.Count, 1);
        response.status(400).json({ title: "Bad Request", status: 400, errors: parsed.error.issues });
        return;
    }
    const order = { ...parsed.data, orderId: parsed.data.orderId ?? randomUUID() };
    const text = (value: string) => ({ DataType: "String", StringValue: value });
    await sqs.send(
        new SendMessageCommand({
            QueueUrl: process.env.ORDERS_QUEUE_URL,
            MessageBody: JSON.stringify(order),
            MessageAttributes: {
                orderId: text(order.orderId),
                correlationId: text(correlationId),
                receivedAt: text(new Date().toISOString()),
            },
        }),
    );
    metrics.addMetric("OrderAccepted", MetricUnit.Count, 1);
    logger.info("Order accepted", { correlationId, order_id: order.orderId, order_data: order });
    response
        .status(202)
        .location(`/orders/${encodeURIComponent(order.orderId)}`)
        .json({ orderId: order.orderId, status: "accepted" });
});

// Express knows an error handler by its four parameters.
app.use((error: Error & { status?: number }, _request: Request, response: Response, _next: NextFunction) => {
    const status = error.status ?? 503;
    if (status >= 500) logger.error("The order was not accepted", error);
    response.status(status).json({ title: error.message, status });
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
