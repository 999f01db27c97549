import { randomUUID } from "node:crypto";
import { type AwsCall, AwsError } from "../aws/call.ts";
import { isPermanent } from "../aws/refusals.ts";
import { account, queueUrl } from "../aws/service.ts";
import type { Principal } from "../identity/principal.ts";
import type { Outcome, Task, TaskQueue } from "../taskQueue.ts";
import type { Trace } from "../trace.ts";
import { backoffSeconds } from "../triggers/pause.ts";
import type { Waits } from "../waits.ts";
import type { Schedule } from "./schedule.ts";

/** A schedule that is due. */
export interface Occurrence {
    readonly id: number;
    /** Milliseconds since the epoch, by the clock of this machine. */
    readonly dueAt: number;
}

/** An invocation on its way to a target's dead-letter queue, with the reason. */
export interface DeadLetter {
    readonly roleArn: string;
    readonly queueArn: string;
    readonly body: string;
    readonly attributes: Readonly<Record<string, string>>;
}

export interface DeliverySettings {
    readonly region: string;
    readonly call: AwsCall;
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    readonly trace: Trace;
}

const done: Outcome = { done: true };
const longestBackoffSeconds = 480;

/** Brings what is due to targets, and what they do not take to dead-letter queues. */
export class Deliveries {
    readonly #settings: DeliverySettings;

    constructor(settings: DeliverySettings) {
        this.#settings = settings;
    }

    /** Calls the target. @returns when to try again; undefined when this occurrence is over, one way or the other. */
    async invoke(schedule: Schedule, { dueAt }: Occurrence, attempt: number): Promise<Outcome | undefined> {
        const { name, target, expression } = schedule;
        const { waits, trace, call, taskQueue } = this.#settings;
        const scheduledAt = expression.kind === "at" ? expression.time : dueAt;
        const text = this.#textFor(schedule, scheduledAt, attempt);
        try {
            const { service, action, input } = targetCall(schedule, text);
            await call(roleOf(target.roleArn), service, action, input);
            trace({ time: Date.now(), what: "delivery", where: name, text: `${target.arn} has ${text}` });
            return undefined;
        } catch (error) {
            const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
            trace({
                time: Date.now(),
                what: "failure",
                where: name,
                text: `${target.arn}, attempt ${attempt}: ${reason}`,
            });
            const wait = backoffSeconds(attempt, longestBackoffSeconds);
            const exhausted =
                attempt > target.maximumRetryAttempts
                    ? "MaximumRetryAttempts"
                    : ageInSeconds(attempt + 1) > target.maximumEventAgeInSeconds
                      ? "MaximumEventAgeInSeconds"
                      : undefined;
            if (!isPermanent(error) && exhausted === undefined) return { retryInMs: waits.ms(wait), reason };
            if (target.deadLetterArn === undefined) {
                const lost = `${target.arn} did not take what was due and has no dead-letter queue`;
                trace({ time: Date.now(), what: "dropped", where: name, text: `${lost}: it is dropped. ${reason}` });
            } else {
                const deadLetter: DeadLetter = {
                    roleArn: target.roleArn,
                    queueArn: target.deadLetterArn,
                    body: text,
                    attributes: {
                        SCHEDULE_ARN: scheduleArn(schedule, this.#settings.region),
                        TARGET_ARN: target.arn,
                        SCHEDULED_TIME: isoSeconds(scheduledAt),
                        ERROR_CODE: error instanceof AwsError ? error.code : "InternalServerException",
                        ERROR_MESSAGE: reason,
                        RETRY_ATTEMPTS: String(attempt - 1),
                        ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
                    },
                };
                taskQueue.add([{ kind: "schedule dead letter", payload: deadLetter }]);
            }
            return undefined;
        }
    }

    async sendToDeadLetters({ payload, attempt }: Task<DeadLetter>): Promise<Outcome> {
        const { roleArn, queueArn, body, attributes } = payload;
        const { call, trace, waits } = this.#settings;
        try {
            await call(roleOf(roleArn), "sqs", "SendMessage", {
                QueueUrl: queueUrl("http://127.0.0.1", queueArn),
                MessageBody: body,
                MessageAttributes: Object.fromEntries(
                    Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: "String", StringValue }]),
                ),
            });
            return done;
        } catch (error) {
            const reason = String(error);
            trace({ time: Date.now(), what: "failure", where: queueArn, text: `attempt ${attempt}: ${reason}` });
            const retryInMs = waits.ms(backoffSeconds(attempt, longestBackoffSeconds));
            if (!isPermanent(error)) return { retryInMs, reason };
            const lost = `${attributes["TARGET_ARN"]} and its dead-letter queue did not take what was due`;
            const where = attributes["SCHEDULE_ARN"] ?? queueArn;
            trace({ time: Date.now(), what: "dropped", where, text: `${lost}: it is dropped. ${reason}` });
            return done;
        }
    }

    /** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
    #textFor(schedule: Schedule, scheduledAt: number, attempt: number): string {
        const time = isoSeconds(scheduledAt);
        const { input } = schedule.target;
        if (input === undefined) {
            return JSON.stringify({
                version: "0",
                id: randomUUID(),
                "detail-type": "Scheduled Event",
                source: "aws.scheduler",
                account,
                time,
                region: this.#settings.region,
                resources: [scheduleArn(schedule, this.#settings.region)],
                detail: "{}",
            });
        }
        return input
            .replaceAll("<aws.scheduler.schedule-arn>", scheduleArn(schedule, this.#settings.region))
            .replaceAll("<aws.scheduler.scheduled-time>", time)
            .replaceAll("<aws.scheduler.execution-id>", randomUUID())
            .replaceAll("<aws.scheduler.attempt-number>", String(attempt));
    }
}

export function scheduleArn({ group, name }: Schedule, region: string): string {
    return `arn:aws:scheduler:${region}:${account}:schedule/${group}/${name}`;
}

function targetCall({ target }: Schedule, text: string) {
    const { arn, messageGroupId } = target;
    if (arn.split(":")[2] === "lambda") {
        const input = { FunctionName: arn, InvocationType: "Event", Payload: text };
        return { service: "lambda", action: "Invoke", input } as const;
    }
    const input = {
        QueueUrl: queueUrl("http://127.0.0.1", arn),
        MessageBody: text,
        ...(messageGroupId !== undefined && { MessageGroupId: messageGroupId }),
    };
    return { service: "sqs", action: "SendMessage", input } as const;
}

const roleOf = (roleArn: string): Principal => ({ kind: "role", roleArn, session: "scheduler" });

const isoSeconds = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");

/** Age at an attempt by the waits it would have had on AWS, not by the clock: waits are shorter here. */
function ageInSeconds(attempt: number): number {
    let age = 0;
    for (let earlier = 1; earlier < attempt; earlier += 1) age += backoffSeconds(earlier, longestBackoffSeconds);
    return age;
}
