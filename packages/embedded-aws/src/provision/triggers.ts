import type { Graph } from "../graph/graph.ts";
import { functionNamed } from "../lambda/function.ts";
import type { FailureDestination, QueueTriggerDefinition, StreamTriggerDefinition } from "../triggers/definition.ts";
import { byId, ofType, type Properties, UnusableResourceError } from "./properties.ts";

export interface TriggerDefinitions {
    readonly queues: readonly QueueTriggerDefinition[];
    readonly streams: readonly StreamTriggerDefinition[];
}

/** Every event source mapping of the program that is not switched off. */
export function triggersOf(
    graph: Graph,
    place: { readonly region: string; readonly account: string },
): TriggerDefinitions {
    const functions = ofType(graph, "aws:lambda/function:Function");
    const sources = ofType(graph, "aws:sqs/queue:Queue");
    const queueUrls = new Map(sources.map((queue) => [queue.text("arn"), queue.text("url")]));
    const queues: QueueTriggerDefinition[] = [];
    const streams: StreamTriggerDefinition[] = [];
    for (const [id, mapping] of byId(graph, "aws:lambda/eventSourceMapping:EventSourceMapping")) {
        if (!mapping.flag("enabled")) continue;
        const { arn, qualifiedArn } = functionNamed(mapping.text("functionName"), place.region, place.account);
        const lambda = functions.find((one) => one.text("arn") === arn);
        if (lambda === undefined) throw new UnusableResourceError(id, `no function ${arn}`);
        const eventSourceArn = mapping.text("eventSourceArn");
        const filters = mapping.child("filterCriteria")?.children("filters") ?? [];
        const definition = {
            arn: `arn:aws:lambda:${place.region}:${place.account}:event-source-mapping:${id}`,
            eventSourceArn,
            functionArn: qualifiedArn,
            roleArn: lambda.text("role"),
            region: place.region,
            maximumBatchingWindowSeconds: mapping.number("maximumBatchingWindowInSeconds"),
            filterCriteria: { Filters: filters.map((filter) => ({ Pattern: filter.text("pattern") })) },
            reportBatchItemFailures: mapping.texts("functionResponseTypes").includes("ReportBatchItemFailures"),
        };
        const queue = sources.find((one) => one.text("arn") === eventSourceArn);
        if (queue !== undefined) {
            const maximumConcurrency = mapping.child("scalingConfig")?.optionalNumber("maximumConcurrency");
            if (maximumConcurrency !== undefined && !(maximumConcurrency >= 2 && maximumConcurrency <= 1000)) {
                throw new UnusableResourceError(
                    id,
                    `maximumConcurrency is ${maximumConcurrency}, Lambda takes 2 to 1000`,
                );
            }
            const [hidden, timeout] = [queue.number("visibilityTimeoutSeconds"), lambda.number("timeout")];
            if (hidden < timeout) {
                const what = `Queue visibility timeout: ${hidden} seconds is less than Function timeout: ${timeout} seconds`;
                throw new UnusableResourceError(id, what);
            }
            queues.push({
                ...definition,
                queueUrl: queue.text("url"),
                // Of streams it is 100 when it is absent.
                batchSize: mapping.optionalNumber("batchSize") ?? 10,
                ...(maximumConcurrency !== undefined && { maximumConcurrency }),
            });
        } else if (eventSourceArn.includes(":dynamodb:")) {
            const onFailure = mapping.child("destinationConfig")?.child("onFailure");
            streams.push({
                ...definition,
                batchSize: mapping.number("batchSize"),
                startingPosition: mapping.text("startingPosition") === "LATEST" ? "LATEST" : "TRIM_HORIZON",
                maximumRetryAttempts: mapping.number("maximumRetryAttempts"),
                maximumRecordAgeSeconds: mapping.number("maximumRecordAgeInSeconds"),
                bisectBatchOnFunctionError: mapping.flag("bisectBatchOnFunctionError"),
                parallelizationFactor: mapping.number("parallelizationFactor"),
                ...(onFailure && { onFailure: destinationOf(onFailure, queueUrls) }),
            });
        } else throw new UnusableResourceError(id, `this cloud cannot read from ${eventSourceArn}`);
    }
    return { queues, streams };
}

function destinationOf(onFailure: Properties, queueUrls: ReadonlyMap<string, string>): FailureDestination {
    const arn = onFailure.text("destinationArn");
    const url = queueUrls.get(arn);
    return url === undefined ? { kind: "topic", arn } : { kind: "queue", url };
}
