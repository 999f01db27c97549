import type { ServiceName } from "../aws/call.ts";
import { queueUrl } from "../aws/service.ts";
import type { EventEnvelope } from "./entry.ts";
import type { TargetInput } from "./targetInput.ts";

/** A target of a rule, named as in the EventBridge API: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
export interface TargetDefinition extends TargetInput {
    readonly id: string;
    readonly arn: string;
    /** Role that EventBridge assumes; absent where the target's resource policy lets EventBridge in. */
    readonly roleArn?: string;
    readonly sqsParameters?: { readonly messageGroupId?: string };
    readonly retryPolicy?: {
        /** 0 to 185 @default 185 */
        readonly maximumRetryAttempts?: number;
        /** 60 to 86400 @default 86400 */
        readonly maximumEventAgeInSeconds?: number;
    };
    /** ARN of a standard queue. */
    readonly deadLetterConfig?: { readonly arn: string };
}

interface TargetCall {
    readonly service: ServiceName;
    readonly action: string;
    readonly input: Readonly<Record<string, unknown>>;
}

/** The call that brings a text to a target; undefined for a kind of target that the embedded cloud does not have. */
export function targetCall(target: TargetDefinition, event: EventEnvelope, text: string): TargetCall | undefined {
    const [, , service, , , ...rest] = target.arn.split(":");
    switch (service) {
        case "lambda":
            return {
                service,
                action: "Invoke",
                input: { FunctionName: target.arn, InvocationType: "Event", Payload: text },
            };
        case "sqs": {
            const group = target.sqsParameters?.messageGroupId;
            const message = { QueueUrl: queueUrl("http://127.0.0.1", target.arn), MessageBody: text };
            return {
                service,
                action: "SendMessage",
                input: group === undefined ? message : { ...message, MessageGroupId: group },
            };
        }
        case "sns":
            return { service, action: "Publish", input: { TopicArn: target.arn, Message: text } };
        case "events": {
            const entry = {
                EventBusName: target.arn,
                Source: event.source,
                DetailType: event["detail-type"],
                Detail: JSON.stringify(event.detail),
                Resources: event.resources,
                Time: Date.parse(event.time) / 1000,
            };
            return { service, action: "PutEvents", input: { Entries: [entry] } };
        }
        case "logs": {
            const logGroupName = rest
                .join(":")
                .replace(/^log-group:/, "")
                .replace(/:\*$/, "");
            const logEvents = [{ timestamp: Date.parse(event.time), message: text }];
            return { service, action: "PutLogEvents", input: { logGroupName, logStreamName: event.id, logEvents } };
        }
        default:
            return undefined;
    }
}
