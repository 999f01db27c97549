import type { FilterPolicyScope } from "./filterPolicy.ts";

export interface TopicDefinition {
    readonly arn: string;
    readonly name: string;
    readonly displayName?: string;
}

/** Attributes as in https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html; policies are JSON text. */
export interface SubscriptionDefinition {
    readonly arn: string;
    readonly topicArn: string;
    readonly protocol: Protocol;
    /** ARN or mail address. */
    readonly endpoint: string;
    readonly filterPolicy?: string;
    /** @default MessageAttributes */
    readonly filterPolicyScope?: FilterPolicyScope;
    /** @default false */
    readonly rawMessageDelivery?: boolean;
    readonly redrivePolicy?: string;
}

export type Protocol = "lambda" | "sqs" | "email" | "email-json";
