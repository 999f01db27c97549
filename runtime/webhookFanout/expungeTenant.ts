import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { AuditTrail } from "../shared/auditTrail.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { jsonIn } from "../shared/http.ts";
import { isJsonObject } from "../shared/json.ts";
import { type Log, log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { done, type Outcome } from "../shared/outcome.ts";
import { EndpointStore } from "./endpoints/endpointStore.ts";
import { expungeEndpoint } from "./tenants/expunge.ts";
import { TenantStore } from "./tenants/tenantStore.ts";

export const env = environment(
    "TENANTS_TABLE",
    "ENDPOINTS_TABLE",
    "DELIVERIES_TABLE",
    "ATTEMPTS_TABLE",
    "DELETIONS_QUEUE_URL",
    "AUDIT_TABLE",
    "AUDIT_DAYS",
);
const sqs = new SQSClient({});
const tenants = new TenantStore(dynamo, env.TENANTS_TABLE);
const endpoints = new EndpointStore(dynamo, env.ENDPOINTS_TABLE);
const trail = AuditTrail.of(dynamo, { ...env, SUBSCRIBER: "tenants" });
/** Milliseconds for what follows the deletions. */
const reserve = 20_000;

/** Counts of what earlier messages about the tenant have deleted. */
interface Task {
    readonly tenantId: string;
    readonly endpoints: number;
    readonly deliveries: number;
    readonly attempts: number;
}

/**
 * Queue of deleted tenants: deletes the deliveries, bodies and attempts of all endpoints that a tenant ever had, says so in
 * the audit trail, and then buries the tenant. What does not fit into one invocation goes on in another message.
 */
export async function handler({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> {
    const failed: string[] = [];
    for (const record of Records) {
        const { messageId, messageAttributes } = record;
        const correlationId = messageAttributes["correlationId"]?.stringValue ?? messageId;
        const invocation = log.forInvocation(context, { correlationId, message_id: messageId });
        try {
            await expunge(taskIn(record), correlationId, context, invocation);
        } catch (error) {
            invocation.error("The tenant could not be deleted", { error });
            failed.push(messageId);
        }
    }
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function expunge(task: Task, correlationId: string, context: Context, invocation: Log): Promise<Outcome> {
    const { tenantId } = task;
    const tenant = await tenants.find(tenantId);
    if (tenant?.status !== "deleting") return done(invocation, "Tenant was deleted before", { tenant: tenantId });
    const args = {
        client: dynamo,
        deliveriesTable: env.DELIVERIES_TABLE,
        attemptsTable: env.ATTEMPTS_TABLE,
        hasTime: () => context.getRemainingTimeInMillis() > reserve,
    };
    let { endpoints: endpointCount, deliveries, attempts } = task;
    for (const endpointId of await endpoints.pastOf(tenantId)) {
        const expunged = await expungeEndpoint(args, endpointId);
        deliveries += expunged.deliveries;
        attempts += expunged.attempts;
        if (!expunged.isAll) {
            await goOn({ tenantId, endpoints: endpointCount, deliveries, attempts }, correlationId);
            return done(invocation, "Tenant is deleted in part", { tenant: tenantId, deliveries, attempts });
        }
        await endpoints.forgetPast(tenantId, endpointId);
        endpointCount += 1;
    }
    const counts = { endpoints: endpointCount, deliveries, attempts };
    await trail.record({
        messageId: tenantId,
        messageType: "tenant-deleted",
        correlationId,
        contentHash: "",
        outcome: "processed",
        result: { tenant: tenantId, owner: tenant.owner, ...counts },
    });
    await tenants.bury(tenant);
    return done(invocation, "Tenant deleted", { tenant: tenantId, ...counts });
}

async function goOn(task: Task, correlationId: string): Promise<void> {
    const message = { MessageBody: messageBody(task), MessageAttributes: textAttributes({ correlationId }) };
    await sqs.send(new SendMessageCommand({ QueueUrl: env.DELETIONS_QUEUE_URL, ...message }));
}

/** Only the callback of the API, and this one, send to the queue. */
function taskIn({ body }: SQSRecord): Task {
    const value = jsonIn(Buffer.from(body));
    const { tenantId, endpoints = 0, deliveries = 0, attempts = 0 } = isJsonObject(value) ? value : {};
    return {
        tenantId: String(tenantId),
        endpoints: Number(endpoints),
        deliveries: Number(deliveries),
        attempts: Number(attempts),
    };
}
