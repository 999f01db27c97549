import { randomUUID } from "node:crypto";
import { type AwsCall, AwsError } from "../aws/call.ts";
import { type Input, parseInput, textOf } from "../aws/input.ts";
import { isPermanent, noOperation } from "../aws/refusals.ts";
import { type AwsService, account, queueUrl } from "../aws/service.ts";
import type { Principal } from "../identity/principal.ts";
import type { Outbox } from "../mail/outbox.ts";
import type { Outcome, Task, TaskQueue } from "../taskQueue.ts";
import type { Trace } from "../trace.ts";
import type { Waits } from "../waits.ts";
import type { SubscriptionDefinition, TopicDefinition } from "./definition.ts";
import { compileFilterPolicy, type FilteredMessage } from "./filterPolicy.ts";
import { batchOf, filtered, invalid, type Message, messageOf } from "./message.ts";
import { functionEvent, mailOf, notification } from "./notification.ts";
import { type DeliveryPolicy, mailPolicy, managedPolicy, secondsToRetry } from "./retrySchedule.ts";

interface TopicsSettings {
    readonly call: AwsCall;
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    readonly trace: Trace;
    readonly outbox: Outbox;
    /** Of the endpoint, for the links in notifications. */
    origin(): string;
    readonly topics: readonly TopicDefinition[];
    readonly subscriptions: readonly SubscriptionDefinition[];
}

interface Subscription {
    readonly definition: SubscriptionDefinition;
    accepts(message: FilteredMessage): boolean;
    readonly policy: DeliveryPolicy;
    readonly deadLetterArn: string | undefined;
}

/** A message on its way to one subscriber. */
interface Delivery {
    readonly subscriptionArn: string;
    readonly message: Message;
}

interface DeadLetter extends Delivery {
    readonly code: string;
    readonly reason: string;
}

const done: Outcome = { done: true };
const lanes = 32;
const rawAttributeLimit = 10;

/** SNS: standard topics and the delivery to their subscribers. */
export class Topics implements AwsService {
    readonly #settings: TopicsSettings;
    readonly #topics: ReadonlyMap<string, TopicDefinition>;
    readonly #subscriptions: ReadonlyMap<string, Subscription>;

    /** @throws InvalidPatternError for a filter policy that SNS would refuse. */
    constructor(settings: TopicsSettings) {
        this.#settings = settings;
        this.#topics = new Map(settings.topics.map((topic) => [topic.arn, topic]));
        this.#subscriptions = new Map(
            settings.subscriptions.map((definition) => [definition.arn, compiled(definition)]),
        );
        settings.taskQueue.handle<Delivery>("notification", lanes, (task) => this.#deliver(task));
        settings.taskQueue.handle<DeadLetter>("notification dead letter", lanes, (task) =>
            this.#sendToDeadLetters(task),
        );
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        switch (action) {
            case "Publish": {
                const topic = this.#topic(textOf(input, "TopicArn") ?? textOf(input, "TargetArn"));
                const message = messageOf(input, randomUUID(), topic.arn);
                this.#accept(topic, [message]);
                return { MessageId: message.id };
            }
            case "PublishBatch":
                return this.#publishBatch(input);
            case "ListTopics":
                return { Topics: [...this.#topics.keys()].map((TopicArn) => ({ TopicArn })) };
            case "GetTopicAttributes":
                return { Attributes: this.#attributes(this.#topic(textOf(input, "TopicArn"))) };
            case "ListSubscriptionsByTopic":
                return { Subscriptions: this.#of(this.#topic(textOf(input, "TopicArn"))).map(described) };
            case "ListSubscriptions":
                return { Subscriptions: [...this.#subscriptions.values()].map(described) };
            case "GetSubscriptionAttributes":
                return { Attributes: this.#subscriptionAttributes(textOf(input, "SubscriptionArn") ?? "") };
            default:
                throw noOperation("sns", action);
        }
    }

    #subscriptionAttributes(arn: string): Record<string, string> {
        const subscription = this.#subscriptions.get(arn);
        if (subscription === undefined) throw new AwsError("NotFound", "Subscription does not exist", 404);
        const { rawMessageDelivery = false, filterPolicy, redrivePolicy } = subscription.definition;
        return {
            ...described(subscription),
            PendingConfirmation: "false",
            RawMessageDelivery: String(rawMessageDelivery),
            ...(filterPolicy !== undefined && { FilterPolicy: filterPolicy }),
            ...(redrivePolicy !== undefined && { RedrivePolicy: redrivePolicy }),
        };
    }

    #topic(arn: string | undefined): TopicDefinition {
        if (arn === undefined) throw invalid("TopicArn or TargetArn Reason: no value for required parameter");
        const topic = this.#topics.get(arn);
        if (topic === undefined) throw new AwsError("NotFound", "Topic does not exist", 404);
        return topic;
    }

    #of({ arn }: TopicDefinition): readonly Subscription[] {
        return [...this.#subscriptions.values()].filter(({ definition }) => definition.topicArn === arn);
    }

    #attributes(topic: TopicDefinition): Record<string, string> {
        return {
            TopicArn: topic.arn,
            Owner: account,
            DisplayName: topic.displayName ?? "",
            SubscriptionsConfirmed: String(this.#of(topic).length),
            SubscriptionsPending: "0",
            SubscriptionsDeleted: "0",
        };
    }

    #publishBatch(input: Input): Record<string, unknown> {
        const topic = this.#topic(textOf(input, "TopicArn"));
        const { messages, ...answer } = batchOf(input, topic.arn);
        this.#accept(topic, messages);
        return answer;
    }

    /** Durable for every subscriber when it returns. */
    #accept(topic: TopicDefinition, messages: readonly Message[]): void {
        const deliveries = messages.flatMap((message) => {
            const seen = filtered(message);
            const taking = this.#of(topic).filter(({ accepts }) => accepts(seen));
            const heard = `${taking.length} ${taking.length === 1 ? "subscriber" : "subscribers"}`;
            this.#trace("event", topic.name, heard, message, JSON.stringify(message));
            return taking.map(({ definition }): Delivery => ({ subscriptionArn: definition.arn, message }));
        });
        this.#settings.taskQueue.add(deliveries.map((payload) => ({ kind: "notification", payload })));
    }

    async #deliver({ payload, attempt }: Task<Delivery>): Promise<Outcome> {
        const { subscriptionArn, message } = payload;
        const subscription = this.#subscriptions.get(subscriptionArn);
        if (subscription === undefined) {
            this.#trace("dropped", subscriptionArn, "The subscription is gone: the message is dropped.", message);
            return done;
        }
        const { definition, policy, deadLetterArn } = subscription;
        const where = this.#topics.get(message.topicArn)?.name ?? message.topicArn;
        try {
            await this.#send(definition, message);
            this.#trace("delivery", where, `${definition.protocol} ${definition.endpoint} has the message.`, message);
            return done;
        } catch (error) {
            const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
            this.#trace("failure", where, `${definition.endpoint}, attempt ${attempt}: ${reason}`, message);
            const seconds = isPermanent(error) ? undefined : secondsToRetry(policy, attempt);
            if (seconds !== undefined) return { retryInMs: this.#settings.waits.ms(seconds), reason };
            if (deadLetterArn === undefined) {
                const lost = `${definition.endpoint} did not take the message ${message.id} and has no dead-letter queue`;
                this.#trace("dropped", where, `${lost}: the message is dropped. ${reason}`, message);
            } else {
                const code = error instanceof AwsError ? error.code : "DeliveryFailed";
                const deadLetter: DeadLetter = { ...payload, code, reason };
                this.#settings.taskQueue.add([{ kind: "notification dead letter", payload: deadLetter }]);
            }
            return done;
        }
    }

    async #send(subscription: SubscriptionDefinition, message: Message): Promise<void> {
        const { protocol, endpoint, arn } = subscription;
        const text = message.texts[protocol] ?? message.text;
        const origin = this.#settings.origin();
        switch (protocol) {
            case "lambda": {
                const Payload = JSON.stringify(functionEvent(message, text, arn, origin));
                const input = { FunctionName: endpoint, InvocationType: "Event", Payload };
                await this.#settings.call(serviceOf(message), "lambda", "Invoke", input);
                return;
            }
            case "sqs":
                await this.#settings.call(serviceOf(message), "sqs", "SendMessage", {
                    QueueUrl: queueUrl("http://127.0.0.1", endpoint),
                    ...this.#queueMessage(subscription, message),
                });
                return;
            case "email":
            case "email-json": {
                const { displayName } = this.#topics.get(message.topicArn) ?? {};
                const mail = mailOf(subscription, message, text, { displayName, origin });
                this.#settings.outbox.put(mail, `${message.id} ${arn}`);
            }
        }
    }

    /** Raw: the text and its attributes. Else one JSON text with everything. */
    #queueMessage(subscription: SubscriptionDefinition, message: Message): Record<string, unknown> {
        const text = message.texts[subscription.protocol] ?? message.text;
        if (subscription.rawMessageDelivery !== true) {
            return {
                MessageBody: JSON.stringify(notification(message, text, subscription.arn, this.#settings.origin())),
            };
        }
        // A queue takes no more, and SNS drops such a message: https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
        if (Object.keys(message.attributes).length > rawAttributeLimit) {
            throw invalid(`more than ${rawAttributeLimit} message attributes in raw delivery`);
        }
        return { MessageBody: text, MessageAttributes: message.attributes };
    }

    async #sendToDeadLetters({ payload, attempt }: Task<DeadLetter>): Promise<Outcome> {
        const { subscriptionArn, message, code, reason } = payload;
        const subscription = this.#subscriptions.get(subscriptionArn);
        const queueArn = subscription?.deadLetterArn;
        if (subscription === undefined || queueArn === undefined) return done;
        const where = this.#topics.get(message.topicArn)?.name ?? message.topicArn;
        const attribute = (StringValue: string) => ({ DataType: "String", StringValue });
        try {
            const origin = this.#settings.origin();
            const { definition } = subscription;
            const text = message.texts[definition.protocol] ?? message.text;
            await this.#settings.call(serviceOf(message), "sqs", "SendMessage", {
                QueueUrl: queueUrl("http://127.0.0.1", queueArn),
                MessageBody: definition.rawMessageDelivery
                    ? text
                    : JSON.stringify(notification(message, text, subscriptionArn, origin)),
                MessageAttributes: {
                    RequestID: attribute(message.id),
                    ErrorCode: attribute(code),
                    ErrorMessage: attribute(reason),
                },
            });
            this.#trace("delivery", where, `${queueArn} has the message: ${reason}`, message);
            return done;
        } catch (error) {
            const failed = String(error);
            this.#trace("failure", where, `dead-letter queue ${queueArn}, attempt ${attempt}: ${failed}`, message);
            const seconds = isPermanent(error) ? undefined : secondsToRetry(managedPolicy, attempt);
            if (seconds !== undefined) return { retryInMs: this.#settings.waits.ms(seconds), reason: failed };
            const { endpoint } = subscription.definition;
            const lost = `${endpoint} and its dead-letter queue ${queueArn} did not take the message ${message.id}`;
            this.#trace("dropped", where, `${lost}: the message is dropped. ${failed}`, message);
            return done;
        }
    }

    #trace(
        what: "event" | "delivery" | "failure" | "dropped",
        where: string,
        text: string,
        { id }: Message,
        payload?: string,
    ): void {
        const sent = payload === undefined ? {} : { payload };
        this.#settings.trace({ time: Date.now(), what, where, text, requestId: id, ...sent });
    }
}

function compiled(definition: SubscriptionDefinition): Subscription {
    const { filterPolicy, filterPolicyScope = "MessageAttributes", redrivePolicy } = definition;
    return {
        definition,
        accepts: filterPolicy === undefined ? () => true : compileFilterPolicy(filterPolicy, filterPolicyScope),
        policy: policyOf(definition),
        deadLetterArn:
            redrivePolicy === undefined ? undefined : textOf(parseInput(redrivePolicy), "deadLetterTargetArn"),
    };
}

function policyOf({ protocol }: SubscriptionDefinition): DeliveryPolicy {
    switch (protocol) {
        case "lambda":
        case "sqs":
            return managedPolicy;
        case "email":
        case "email-json":
            return mailPolicy;
    }
}

function serviceOf({ topicArn }: Message): Principal {
    return { kind: "service", service: "sns.amazonaws.com", sourceArn: topicArn };
}

function described({ definition }: Subscription): Record<string, string> {
    const { arn, topicArn, protocol, endpoint } = definition;
    return { SubscriptionArn: arn, Owner: account, Protocol: protocol, Endpoint: endpoint, TopicArn: topicArn };
}
