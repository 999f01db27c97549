import type { Graph } from "../graph/graph.ts";
import type { Protocol, SubscriptionDefinition, TopicDefinition } from "../topics/definition.ts";
import { byId, ofType, UnusableResourceError } from "./properties.ts";

/** Every topic of the program. */
export const topicsOf = (graph: Graph): TopicDefinition[] =>
    ofType(graph, "aws:sns/topic:Topic").map((topic) => {
        const displayName = topic.optionalText("displayName");
        if (topic.flag("fifoTopic"))
            throw new UnusableResourceError(topic.text("name"), "this cloud has standard topics only");
        return { arn: topic.text("arn"), name: topic.text("name"), ...(displayName && { displayName }) };
    });

const protocols: readonly Protocol[] = ["lambda", "sqs", "email", "email-json"];

/** The protocol of a subscription; undefined for one that this cloud does not deliver by. */
export function protocolOf(name: unknown): Protocol | undefined {
    return protocols.find((one) => one === name);
}

/** Every subscription that this cloud delivers to; those that a person must confirm on AWS count as confirmed. */
export const subscriptionsOf = (graph: Graph): SubscriptionDefinition[] =>
    [...byId(graph, "aws:sns/topicSubscription:TopicSubscription")].flatMap(([id, subscription]) => {
        const protocol = protocolOf(subscription.text("protocol"));
        if (protocol === undefined) return [];
        const topicArn = subscription.text("topic");
        const [filterPolicy, redrivePolicy] = (["filterPolicy", "redrivePolicy"] as const).map((key) =>
            subscription.optionalText(key),
        );
        const scope = subscription.text("filterPolicyScope");
        return {
            arn: `${topicArn}:${id}`,
            topicArn,
            protocol,
            endpoint: subscription.text("endpoint"),
            rawMessageDelivery: subscription.flag("rawMessageDelivery"),
            ...(filterPolicy && { filterPolicy }),
            ...(scope === "MessageBody" && { filterPolicyScope: scope }),
            ...(redrivePolicy && { redrivePolicy }),
        };
    });
