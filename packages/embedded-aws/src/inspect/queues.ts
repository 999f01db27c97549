import type { Graph } from "../graph/graph.ts";
import { ofType } from "../provision/properties.ts";
import type { TraceStore } from "../trace.ts";
import { holdsDeadLetters } from "./graph.ts";

interface Held {
    readonly messageId: string;
    readonly body: string;
    readonly sentTimestamp: number;
    readonly approximateReceiveCount: number;
    readonly messageAttributes: Readonly<Record<string, { readonly StringValue?: string }>>;
}

/** What the engine tells of a queue at `/_fauxqs/queues/<name>`. */
interface HeldMessages {
    readonly ready: readonly Held[];
    readonly delayed: readonly Held[];
    readonly inflight: readonly { readonly message: Held }[];
}

/**
 * `/_local/queues`: every queue with its messages, which stay where they are, and why dead letters failed.
 * @param name of the one queue to show; all without it
 */
export function queueViews(
    graph: Graph,
    engineOrigin: string,
    trace: TraceStore,
    name: string | null,
): Promise<unknown[]> {
    const queues = ofType(graph, "aws:sqs/queue:Queue");
    return Promise.all(
        queues
            .filter((queue) => name === null || queue.text("name") === name)
            .map(async (queue) => {
                const name = queue.text("name");
                const isDeadLetters = holdsDeadLetters(graph, queue);
                const answer = await fetch(`${engineOrigin}/_fauxqs/queues/${encodeURIComponent(name)}`);
                // The engine's own view, of the version that the lock file names.
                const { messages } = (await answer.json()) as { readonly messages: HeldMessages };
                const shown = (message: Held) => ({
                    messageId: message.messageId,
                    sent: new Date(message.sentTimestamp).toISOString(),
                    receives: message.approximateReceiveCount,
                    attributes: Object.fromEntries(
                        Object.entries(message.messageAttributes).map(([key, value]) => [key, value.StringValue]),
                    ),
                    body: parsed(message.body),
                    ...(isDeadLetters && { reason: trace.reasonOf(message.messageId) }),
                });
                return {
                    name,
                    url: queue.text("url"),
                    deadLetters: isDeadLetters,
                    visible: messages.ready.length,
                    inFlight: messages.inflight.length,
                    delayed: messages.delayed.length,
                    messages: [
                        ...messages.ready,
                        ...messages.delayed,
                        ...messages.inflight.map(({ message }) => message),
                    ].map(shown),
                };
            }),
    );
}

function parsed(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        return body;
    }
}
