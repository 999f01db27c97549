import { ConflictException, CreateScheduleCommand, type SchedulerClient } from "@aws-sdk/client-scheduler";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { uuidOf } from "../../shared/ids.ts";
import { isJsonObject } from "../../shared/json.ts";
import { messageBody } from "../../shared/message.ts";
import type { WakeUp } from "./delivery.ts";
import { type Due, WakeUps, wakeUpFor } from "./wakeUps.ts";

/** A message of the attempts queue is invalid. */
class InvalidWakeUpError extends Error {
    override readonly name = "InvalidWakeUpError";
}

/** Throws InvalidWakeUpError. */
export function readWakeUp(body: string): WakeUp {
    const value = parsed(body);
    const { tenantId, endpointId, deliveryId, attempt } = isJsonObject(value) ? value : {};
    if (!isName(tenantId) || !isName(endpointId) || !isName(deliveryId) || !isNumber(attempt)) {
        throw new InvalidWakeUpError("it does not contain a delivery and an attempt");
    }
    return { tenantId, endpointId, deliveryId, attempt };
}

function parsed(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch (error) {
        throw new InvalidWakeUpError("it is not JSON", { cause: error });
    }
}

const isName = (value: unknown): value is string => typeof value === "string" && value !== "";
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const longestDelaySeconds = 900;

export interface WakeUpNames {
    readonly ATTEMPTS_QUEUE_URL: string;
    readonly ATTEMPTS_QUEUE_ARN: string;
    readonly ATTEMPTS_DEAD_LETTERS_ARN: string;
    readonly SCHEDULE_GROUP: string;
    readonly SCHEDULE_ROLE_ARN: string;
}

/** Schedules wake-ups: SQS delays up to 15 minutes, EventBridge Scheduler beyond. */
export class AttemptWakeUps {
    readonly #queue: WakeUps;
    readonly #scheduler: SchedulerClient;
    readonly #names: WakeUpNames;

    constructor(sqs: SQSClient, scheduler: SchedulerClient, names: WakeUpNames) {
        this.#queue = new WakeUps(sqs, names.ATTEMPTS_QUEUE_URL);
        this.#scheduler = scheduler;
        this.#names = names;
    }

    /** Schedules the wake-up of the next attempt. A duplicate wake-up has no effect. */
    async plan(delivery: Due, dueAt: number, now: number): Promise<void> {
        const seconds = Math.max(0, Math.ceil((dueAt - now) / 1000));
        if (seconds <= longestDelaySeconds) await this.after(delivery, seconds);
        else await this.#schedule(delivery, dueAt);
    }

    /** @param seconds at most 900. */
    async after(delivery: Due, seconds: number): Promise<void> {
        await this.#queue.after(delivery, seconds);
    }

    async #schedule(delivery: Due, dueAt: number): Promise<void> {
        const { endpointId, deliveryId, attempts } = delivery;
        const name = `${uuidOf(endpointId, deliveryId)}-${attempts + 1}`;
        const { ATTEMPTS_QUEUE_ARN, ATTEMPTS_DEAD_LETTERS_ARN, SCHEDULE_GROUP, SCHEDULE_ROLE_ARN } = this.#names;
        const create = new CreateScheduleCommand({
            Name: name,
            GroupName: SCHEDULE_GROUP,
            ClientToken: name,
            ScheduleExpression: `at(${new Date(dueAt).toISOString().slice(0, 19)})`,
            ScheduleExpressionTimezone: "UTC",
            FlexibleTimeWindow: { Mode: "OFF" },
            ActionAfterCompletion: "DELETE",
            Target: {
                Arn: ATTEMPTS_QUEUE_ARN,
                RoleArn: SCHEDULE_ROLE_ARN,
                // Without a message group, which the Scheduler supports for FIFO queues only.
                Input: messageBody(wakeUpFor(delivery)),
                DeadLetterConfig: { Arn: ATTEMPTS_DEAD_LETTERS_ARN },
            },
        });
        await this.#scheduler.send(create).catch((error: unknown) => {
            // An earlier try created the schedule.
            if (!(error instanceof ConflictException)) throw error;
        });
    }
}
