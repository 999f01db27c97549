import type { AwsCall, ServiceName } from "../aws/call.ts";
import { type Input, isInput, partOf, partsOf, textOf } from "../aws/input.ts";
import type { Graph } from "../graph/graph.ts";
import { ofType, type Properties } from "../provision/properties.ts";
import { type Actions, ViewRequestError } from "./views.ts";

const administrator = { kind: "administrator" } as const;

interface DeadLetterSettings {
    graph(): Graph;
    readonly call: AwsCall;
}

/** What sends a dead letter back to where it failed. */
interface Redrive {
    readonly words: string;
    readonly service: ServiceName;
    readonly action: string;
    readonly input: Input;
}

interface Done {
    readonly messageId: string;
    readonly outcome: "redriven" | "would be redriven" | "discarded" | "would be discarded" | "failed" | "left";
    readonly words: string;
}

/** Seconds for which a message is hidden while it is dealt with; it comes back by itself after a kill. */
const hiddenSeconds = 30;

/** `redrive` and `discard`: of all dead letters of a queue or of one, or as a dry run. */
export function deadLetterActions(settings: DeadLetterSettings): Actions {
    return {
        redrive: (input) =>
            ofEach(settings, input, async (message, queue, isDry) => {
                const back = redriveOf(message, settings.graph(), queue);
                if (typeof back === "string") return { outcome: "left", words: back };
                if (isDry) return { outcome: "would be redriven", words: back.words };
                await settings.call(administrator, back.service, back.action, back.input);
                return { outcome: "redriven", words: back.words, isGone: true };
            }),
        discard: (input) =>
            ofEach(settings, input, async (_, __, isDry) =>
                isDry
                    ? { outcome: "would be discarded", words: "deletes it" }
                    : { outcome: "discarded", words: "is deleted", isGone: true },
            ),
    };
}

type Treatment = (
    message: Input,
    queue: Properties,
    isDry: boolean,
) => Promise<Omit<Done, "messageId"> & { readonly isGone?: true }>;

/** Takes each message once, deletes what is dealt with, and gives the others back. */
async function ofEach({ graph, call }: DeadLetterSettings, input: Input, treat: Treatment): Promise<readonly Done[]> {
    const name = textOf(input, "queue");
    const one = textOf(input, "messageId");
    const queue = ofType(graph(), "aws:sqs/queue:Queue").find((each) => each.text("name") === name);
    if (queue === undefined) throw new ViewRequestError(`there is no queue ${name}`);
    const QueueUrl = queue.text("url");
    const startedAt = Date.now();
    const done = new Map<string, Done>();
    const kept: string[] = [];
    try {
        for (;;) {
            const taken = partsOf(
                await call(administrator, "sqs", "ReceiveMessage", {
                    QueueUrl,
                    MaxNumberOfMessages: 10,
                    VisibilityTimeout: hiddenSeconds,
                    MessageAttributeNames: ["All"],
                    MessageSystemAttributeNames: ["All"],
                }),
                "Messages",
            );
            const fresh = taken.filter((message) => !done.has(textOf(message, "MessageId") ?? ""));
            for (const message of fresh) {
                const [messageId = "", ReceiptHandle = ""] = [
                    textOf(message, "MessageId"),
                    textOf(message, "ReceiptHandle"),
                ];
                if (one !== undefined && one !== messageId) {
                    kept.push(ReceiptHandle);
                    done.set(messageId, { messageId, outcome: "left", words: "is another one" });
                    continue;
                }
                // What fails again while this runs would be sent again and again.
                const sentAt = Number(textOf(partOf(message, "Attributes"), "SentTimestamp") ?? 0);
                if (sentAt > startedAt) {
                    kept.push(ReceiptHandle);
                    done.set(messageId, { messageId, outcome: "left", words: "it came after this had begun" });
                    continue;
                }
                const { isGone, ...came } = await treat(message, queue, input["dryRun"] === true).catch(
                    (error: unknown) => ({ isGone: undefined, outcome: "failed" as const, words: String(error) }),
                );
                done.set(messageId, { messageId, ...came });
                if (isGone) await call(administrator, "sqs", "DeleteMessage", { QueueUrl, ReceiptHandle });
                else kept.push(ReceiptHandle);
            }
            if (fresh.length === 0 || (one !== undefined && done.has(one))) break;
        }
    } finally {
        for (const ReceiptHandle of kept) {
            const back = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
            await call(administrator, "sqs", "ChangeMessageVisibility", back);
        }
    }
    const meant = [...done.values()].filter(({ messageId }) => one === undefined || messageId === one);
    if (one !== undefined && meant.length === 0) throw new ViewRequestError(`${name} has no message ${one}`);
    return meant;
}

/** How a message goes back, by what it says of itself and what the program connects with its queue; or why it does not. */
function redriveOf(message: Input, graph: Graph, queue: Properties): Redrive | string {
    const text = textOf(message, "Body") ?? "";
    const body = objectIn(text);
    const attributes = partOf(message, "MessageAttributes");
    const target = textOf(partOf(attributes, "TARGET_ARN"), "StringValue");
    if (target !== undefined) return sent(target, text, graph, "the target");
    if (isInput(body["DDBStreamBatchInfo"]) || isInput(body["KinesisBatchInfo"])) {
        return "it names records of a stream, and does not hold them: the stream's function reads them again from there";
    }
    const failed = textOf(partOf(body, "requestContext"), "functionArn");
    if (failed !== undefined && body["requestPayload"] !== undefined) {
        return sent(failed, JSON.stringify(body["requestPayload"]), graph, "the function");
    }
    const arn = queue.text("arn");
    const subscription = ofType(graph, "aws:sns/topicSubscription:TopicSubscription").find(
        (each) =>
            deadLettersOf(each) === arn && (body["TopicArn"] === undefined || each.text("topic") === body["TopicArn"]),
    );
    if (subscription !== undefined) {
        const endpoint = subscription.text("endpoint");
        const event = {
            Records: [{ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: arn, Sns: body }],
        };
        const payload = endpoint.includes(":lambda:") ? JSON.stringify(event) : text;
        return sent(endpoint, payload, graph, "the subscriber");
    }
    const sources = ofType(graph, "aws:sqs/queue:Queue").filter((each) => deadLettersOf(each) === arn);
    const [source] = sources;
    if (source === undefined) return "no other queue leads here: only the program itself knows what it meant with it";
    if (sources.length > 1) return "several queues lead here, and the message does not say which of them it was in";
    return sent(source.text("arn"), text, graph, "the queue", attributes);
}

function sent(arn: string, text: string, graph: Graph, what: string, attributes: Input = {}): Redrive | string {
    const name = arn.replace(/^.*:function:/, "").replace(/^.*:/, "");
    const words = `sends it to ${what} ${name}`;
    if (/:lambda:.*:function:/.test(arn)) {
        const input = { FunctionName: arn, InvocationType: "Event", Payload: text };
        return { words, service: "lambda", action: "Invoke", input };
    }
    const queue = ofType(graph, "aws:sqs/queue:Queue").find((each) => each.text("arn") === arn);
    if (queue === undefined) return `${arn} is neither a function nor a queue of the program`;
    const carried = Object.entries(attributes).filter(
        ([, value]) => isInput(value) && textOf(value, "StringValue") !== undefined,
    );
    const input = {
        QueueUrl: queue.text("url"),
        MessageBody: text,
        ...(carried.length > 0 && { MessageAttributes: Object.fromEntries(carried) }),
    };
    return { words, service: "sqs", action: "SendMessage", input };
}

/** ARN of the queue that a redrive policy names. */
const deadLettersOf = (of: Properties): string | undefined =>
    textOf(objectIn(of.optionalText("redrivePolicy") ?? "{}"), "deadLetterTargetArn");

function objectIn(text: string): Input {
    try {
        const value: unknown = JSON.parse(text);
        return isInput(value) ? value : {};
    } catch {
        return {};
    }
}
