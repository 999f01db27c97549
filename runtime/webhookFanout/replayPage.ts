import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSRecord } from "aws-lambda";
import { AuditTrail } from "../shared/auditTrail.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { jsonIn } from "../shared/http.ts";
import { isJsonObject } from "../shared/json.ts";
import { log } from "../shared/log.ts";
import { messageBody, textAttributes } from "../shared/message.ts";
import { eachMessage } from "../shared/messages.ts";
import { done, type Outcome } from "../shared/outcome.ts";
import { DeliveryStore } from "./delivery/deliveryStore.ts";
import { WakeUps } from "./delivery/wakeUps.ts";
import { EndpointStore } from "./endpoints/endpointStore.ts";
import { type Replay, taskIn } from "./replays/replay.ts";
import { ReplayStore } from "./replays/replayStore.ts";
import { step } from "./replays/step.ts";

export const env = environment(
    "ENDPOINTS_TABLE",
    "DELIVERIES_TABLE",
    "ATTEMPTS_QUEUE_URL",
    "REPLAYS_QUEUE_URL",
    "AUDIT_TABLE",
    "AUDIT_DAYS",
);
const sqs = new SQSClient({});
const args = {
    endpoints: new EndpointStore(dynamo, env.ENDPOINTS_TABLE),
    deliveries: new DeliveryStore(dynamo, env.DELIVERIES_TABLE),
    replays: new ReplayStore(dynamo, env.DELIVERIES_TABLE),
    wakeUps: new WakeUps(sqs, env.ATTEMPTS_QUEUE_URL),
};
const trail = AuditTrail.of(dynamo, { ...env, SUBSCRIBER: "replays" });

/**
 * Queue of replays: makes the deliveries of one page due again, and sends itself a message for the next. The audit trail
 * tells of replays that have ended.
 */
export const handler = eachMessage(replayOne);

async function replayOne(record: SQSRecord, context: Context): Promise<Outcome> {
    const { messageId, body, attributes, messageAttributes } = record;
    const correlationId = messageAttributes["correlationId"]?.stringValue ?? messageId;
    let invocation = log.forInvocation(context, { correlationId, message_id: messageId });
    try {
        const value = jsonIn(Buffer.from(body));
        const task = taskIn(isJsonObject(value) ? value : {});
        const { tenantId, endpointId, replayId } = task;
        invocation = invocation.with({ tenantId, endpointId, replayId });
        const replay = await step(args, task);
        if (replay === undefined) return done(invocation, "Replay passed over");
        const { status, found, replayed } = replay;
        if (status === "running") await goOn(replay);
        else await tell(replay);
        return done(invocation, `Replay ${status}`, { found, replayed });
    } catch (error) {
        const attempt = Number(attributes.ApproximateReceiveCount);
        invocation.error("A page of the replay could not be replayed", { error, attempt });
        throw error;
    }
}

async function goOn({ tenantId, endpointId, replayId, correlationId }: Replay): Promise<void> {
    const message = {
        MessageBody: messageBody({ tenantId, endpointId, replayId }),
        MessageAttributes: textAttributes({ correlationId }),
    };
    await sqs.send(new SendMessageCommand({ QueueUrl: env.REPLAYS_QUEUE_URL, ...message }));
}

async function tell(replay: Replay): Promise<void> {
    const { replayId, tenantId: owner, endpointId, correlationId, filter, status, found, replayed } = replay;
    const { since, until, statuses, types = ["*"] } = filter;
    const asked = { since, until, statuses: statuses.join(" "), types: types.join(" ") };
    await trail.record({
        messageId: replayId,
        messageType: "deliveries-replayed",
        correlationId,
        contentHash: "",
        outcome: "processed",
        result: { owner, endpointId, ...asked, status, found, replayed },
    });
}
