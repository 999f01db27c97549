import { type AwsCall, AwsError } from "../aws/call.ts";
import { parseInput, textMapOf } from "../aws/input.ts";
import type { Graph } from "../graph/graph.ts";
import type { Principal } from "../identity/principal.ts";
import { ofType, type Properties } from "./properties.ts";

const administrator: Principal = { kind: "administrator" };

/** SQS attributes by the names of their inputs. */
const queueAttributes = {
    delaySeconds: "DelaySeconds",
    maxMessageSize: "MaximumMessageSize",
    messageRetentionSeconds: "MessageRetentionPeriod",
    receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
    visibilityTimeoutSeconds: "VisibilityTimeout",
} as const;

type Tags = Readonly<Record<string, string>>;

/** What the program's provider tags everything with; the engine hands a provider its inputs as JSON. */
function defaultTagsOf(graph: Graph): Tags {
    const [provider] = ofType(graph, "pulumi:providers:aws");
    const defaults = provider?.optionalText("defaultTags");
    return defaults === undefined ? {} : textMapOf(parseInput(defaults), "tags");
}

/** Creates the queues that do not exist yet and brings the others up to date; dead-letter queues first. */
export async function provisionQueues(graph: Graph, call: AwsCall): Promise<void> {
    const queues = ofType(graph, "aws:sqs/queue:Queue");
    const targets = queues.filter((queue) => queue.optionalText("redrivePolicy") === undefined);
    const sources = queues.filter((queue) => !targets.includes(queue));
    const tags = defaultTagsOf(graph);
    for (const group of [targets, sources]) await Promise.all(group.map((queue) => provisionQueue(queue, tags, call)));
}

async function provisionQueue(queue: Properties, tags: Tags, call: AwsCall): Promise<void> {
    const attributes: Record<string, string> = {};
    for (const [input, attribute] of Object.entries(queueAttributes)) {
        attributes[attribute] = String(queue.number(input));
    }
    const redrivePolicy = queue.optionalText("redrivePolicy");
    if (redrivePolicy !== undefined) attributes["RedrivePolicy"] = redrivePolicy;
    if (queue.flag("fifoQueue")) {
        attributes["FifoQueue"] = "true";
        if (queue.flag("contentBasedDeduplication")) attributes["ContentBasedDeduplication"] = "true";
    }
    try {
        await call(administrator, "sqs", "CreateQueue", {
            QueueName: queue.text("name"),
            Attributes: attributes,
            tags: { ...tags, ...queue.map("tags") },
        });
    } catch (error) {
        if (!isError(error, "QueueNameExists", "QueueAlreadyExists")) throw error;
        const { FifoQueue: _, ...changeable } = attributes;
        await call(administrator, "sqs", "SetQueueAttributes", { QueueUrl: queue.text("url"), Attributes: changeable });
    }
}

const isError = (error: unknown, ...codes: string[]): boolean =>
    error instanceof AwsError && codes.some((code) => error.code.includes(code));

/** Creates the buckets that do not exist yet, at the engine itself: S3's protocol has no calls in JSON. */
export async function provisionBuckets(graph: Graph, engineOrigin: string): Promise<void> {
    for (const bucket of ofType(graph, "aws:s3/bucket:Bucket")) {
        const answer = await fetch(`${engineOrigin}/${bucket.text("bucket")}`, { method: "PUT" });
        // 409: it exists, from an earlier run.
        if (!answer.ok && answer.status !== 409) {
            throw new AwsError("CreateBucket", `${answer.status} ${await answer.text()}`, answer.status);
        }
    }
}
