import type { BusDefinition, RuleDefinition } from "../events/bus.ts";
import type { TargetDefinition } from "../events/targetCall.ts";
import type { Graph } from "../graph/graph.ts";
import { byId, ofType, type Properties, UnusableResourceError } from "./properties.ts";

/** Every event bus of the program. */
export const busesOf = (graph: Graph): BusDefinition[] =>
    ofType(graph, "aws:cloudwatch/eventBus:EventBus").map((bus) => ({ name: bus.text("name"), arn: bus.text("arn") }));

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const targetLimit = 5;

/** Every rule of the program with its targets. */
export function rulesOf(graph: Graph): RuleDefinition[] {
    const targets = [...byId(graph, "aws:cloudwatch/eventTarget:EventTarget")];
    return ofType(graph, "aws:cloudwatch/eventRule:EventRule").map((rule) => {
        const name = rule.text("name");
        const eventBusName = rule.text("eventBusName");
        const own = targets
            .filter(([, target]) => target.text("rule") === name)
            .filter(([, target]) => target.text("eventBusName") === eventBusName);
        if (own.length > targetLimit) {
            throw new UnusableResourceError(name, `has ${own.length} targets, EventBridge takes ${targetLimit} a rule`);
        }
        return {
            name,
            arn: rule.text("arn"),
            eventBusName,
            eventPattern: rule.text("eventPattern"),
            state: rule.text("state") === "DISABLED" ? "DISABLED" : "ENABLED",
            targets: own.map(([id, target]) => targetOf(id, target)),
        };
    });
}

function targetOf(id: string, target: Properties): TargetDefinition {
    const [roleArn, input, inputPath] = (["roleArn", "input", "inputPath"] as const).map((key) =>
        target.optionalText(key),
    );
    if (target.child("inputTransformer") !== undefined) {
        throw new UnusableResourceError(
            id,
            "this cloud has no inputTransformer: let the target read the event, or use inputPath",
        );
    }
    const group = target.child("sqsTarget")?.optionalText("messageGroupId");
    const retries = target.child("retryPolicy");
    const deadLetters = target.child("deadLetterConfig")?.optionalText("arn");
    return {
        id: target.optionalText("targetId") ?? id,
        arn: target.text("arn"),
        ...(roleArn && { roleArn }),
        ...(input && { input }),
        ...(inputPath && { inputPath }),
        ...(group && { sqsParameters: { messageGroupId: group } }),
        ...(retries && { retryPolicy: retryPolicyOf(id, retries) }),
        ...(deadLetters && { deadLetterConfig: { arn: deadLetters } }),
    };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
function retryPolicyOf(id: string, retries: Properties): NonNullable<TargetDefinition["retryPolicy"]> {
    const maximumRetryAttempts = retries.number("maximumRetryAttempts");
    const maximumEventAgeInSeconds = retries.number("maximumEventAgeInSeconds");
    if (!(maximumRetryAttempts >= 0 && maximumRetryAttempts <= 185)) {
        throw new UnusableResourceError(id, `EventBridge retries 0 to 185 times, not ${maximumRetryAttempts}`);
    }
    if (!(maximumEventAgeInSeconds >= 60 && maximumEventAgeInSeconds <= 86_400)) {
        throw new UnusableResourceError(id, `an event may be 60 to 86400 seconds old, not ${maximumEventAgeInSeconds}`);
    }
    return { maximumRetryAttempts, maximumEventAgeInSeconds };
}
