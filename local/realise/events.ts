import type { BusDefinition, RuleDefinition } from "../events/bus.ts";
import type { TargetDefinition } from "../events/targetCall.ts";
import type { Graph } from "../graph/graph.ts";
import { byId, ofType, type Properties } from "./properties.ts";

/** Every event bus of the program. */
export const busesOf = (graph: Graph): BusDefinition[] =>
    ofType(graph, "aws:cloudwatch/eventBus:EventBus").map((bus) => ({ name: bus.text("name"), arn: bus.text("arn") }));

/** Every rule of the program with its targets. */
export function rulesOf(graph: Graph): RuleDefinition[] {
    const targets = [...byId(graph, "aws:cloudwatch/eventTarget:EventTarget")];
    return ofType(graph, "aws:cloudwatch/eventRule:EventRule").map((rule) => {
        const name = rule.text("name");
        const eventBusName = rule.optionalText("eventBusName") ?? "default";
        return {
            name,
            arn: rule.text("arn"),
            eventBusName,
            eventPattern: rule.text("eventPattern"),
            state: rule.optionalText("state") === "DISABLED" ? "DISABLED" : "ENABLED",
            targets: targets
                .filter(([, target]) => target.text("rule") === name)
                .filter(([, target]) => (target.optionalText("eventBusName") ?? "default") === eventBusName)
                .map(([id, target]) => targetOf(id, target)),
        };
    });
}

function targetOf(id: string, target: Properties): TargetDefinition {
    const [roleArn, input, inputPath] = (["roleArn", "input", "inputPath"] as const).map((key) =>
        target.optionalText(key),
    );
    const transformer = target.child("inputTransformer");
    const group = target.child("sqsTarget")?.optionalText("messageGroupId");
    const retries = target.child("retryPolicy");
    const deadLetters = target.child("deadLetterConfig")?.optionalText("arn");
    return {
        id: target.optionalText("targetId") ?? id,
        arn: target.text("arn"),
        ...(roleArn && { roleArn }),
        ...(input && { input }),
        ...(inputPath && { inputPath }),
        ...(transformer && {
            inputTransformer: {
                inputPathsMap: transformer.map("inputPaths"),
                inputTemplate: transformer.text("inputTemplate"),
            },
        }),
        ...(group && { sqsParameters: { messageGroupId: group } }),
        ...(retries && {
            retryPolicy: {
                maximumRetryAttempts: retries.number("maximumRetryAttempts", 185),
                maximumEventAgeInSeconds: retries.number("maximumEventAgeInSeconds", 86_400),
            },
        }),
        ...(deadLetters && { deadLetterConfig: { arn: deadLetters } }),
    };
}
