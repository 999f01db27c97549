import { at, isInProduction, policyOf, type Related, type Stack } from "./check.ts";

const alias = "aws:lambda/alias:Alias";
const lambda = "aws:lambda/function:Function";
/** Callers of a function that wait for its answer. */
const callers = [
    ["aws:apigatewayv2/integration:Integration", "integrationUri"],
    ["aws:apigatewayv2/authorizer:Authorizer", "authorizerUri"],
] as const;

const isWaitedFor = (one: Related, stack: Stack): boolean =>
    [one, ...stack.users(one, alias, "functionName")].some((called) =>
        callers.some(([type, property]) => stack.users(called, type, property).length > 0),
    );

export const shares = policyOf("shares", "No backlog takes the executions that callers wait for.", {
    resources: {
        "aws:lambda/eventSourceMapping:EventSourceMapping": function* ({ props }) {
            const isOfQueue = props["startingPosition"] === undefined;
            if (isOfQueue && !at(props, "scalingConfig", "maximumConcurrency")) {
                yield "may take all executions of the account: set maximumConcurrency of its scalingConfig";
            }
        },
    },
    stack: function* (stack) {
        for (const one of stack.of(lambda)) {
            if (!isInProduction(one) || !isWaitedFor(one, stack)) continue;
            if (one.props["reservedConcurrentExecutions"] === undefined) {
                yield [one, "shares executions with every backlog: set functions.reserved.callers"];
            }
        }
    },
});
