import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import { environment } from "../shared/environment.ts";
import { outbox, type PublishFailure } from "../shared/outbox.ts";
import type { CheckoutEvent } from "./events/event.ts";
import { eventOf, type Publication, publicationOf } from "./events/publication.ts";

export const env = environment("TOPIC_ARN", "UNPUBLISHED_QUEUE_URL");
const sns = new SNSClient({});

interface Version extends Publication {
    readonly event: Pick<CheckoutEvent, "type" | "sessionId" | "version" | "correlationId">;
}

/** Stream of the sessions table: publishes each new version to the topic, in stream order. */
export const handler = outbox<Version>({
    asideQueueUrl: env.UNPUBLISHED_QUEUE_URL,
    messageOf: (item) => {
        const event = eventOf(item);
        return { event, ...publicationOf(event) };
    },
    // SNS counts body and attributes.
    bytesOf: ({ Message, MessageAttributes }) => Buffer.byteLength(Message) + JSON.stringify(MessageAttributes).length,
    publish,
    fieldsOf: ({ event: { type, sessionId, version, correlationId } }) => ({
        correlationId,
        sessionId,
        version,
        type,
    }),
    lines: {
        published: "Version published",
        refused: "The version could not be published",
    },
    putAside: "VersionUnpublished",
    idsOf: ({ SessionId: sessionId, Version: version, RequestId }) => ({
        sessionId,
        version,
        ...(typeof RequestId === "string" && { correlationId: RequestId }),
    }),
    shortened: ({ isShortened }) => (isShortened ? "VersionShortened" : undefined),
});

/** PublishBatch succeeds although some entries fail: entries not listed as successful have failed. */
async function publish(versions: readonly Version[]): Promise<PublishFailure[]> {
    const { Successful = [], Failed = [] } = await sns.send(
        new PublishBatchCommand({
            TopicArn: env.TOPIC_ARN,
            PublishBatchRequestEntries: versions.map(({ Message, MessageAttributes }, index) => ({
                Id: String(index),
                Message,
                MessageAttributes,
            })),
        }),
    );
    return versions.flatMap((_, index) => {
        if (Successful.some(({ Id }) => Id === String(index))) return [];
        const { Code = "NoAnswer", Message = "" } = Failed.find(({ Id }) => Id === String(index)) ?? {};
        return [{ index, code: Code, message: Message }];
    });
}
