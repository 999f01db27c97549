import type { Input } from "../endpoint/input.ts";
import type { Graph } from "../graph/graph.ts";
import { ofType, type Properties } from "./properties.ts";

/** The names of the program's schedule groups. */
export const scheduleGroupsOf = (graph: Graph): string[] =>
    ofType(graph, "aws:scheduler/scheduleGroup:ScheduleGroup").map((group) => group.text("name"));

/** Every schedule of the program, in the shape of CreateSchedule. */
export const schedulesOf = (graph: Graph): Input[] =>
    ofType(graph, "aws:scheduler/schedule:Schedule").map((schedule) => {
        const timezone = schedule.optionalText("scheduleExpressionTimezone");
        const target = schedule.child("target");
        return {
            Name: schedule.text("name"),
            GroupName: schedule.optionalText("groupName") ?? "default",
            ScheduleExpression: schedule.text("scheduleExpression"),
            ...(timezone && { ScheduleExpressionTimezone: timezone }),
            State: schedule.optionalText("state") ?? "ENABLED",
            FlexibleTimeWindow: { Mode: schedule.child("flexibleTimeWindow")?.text("mode") },
            ...(target && { Target: targetOf(target) }),
        };
    });

function targetOf(target: Properties): Input {
    const input = target.optionalText("input");
    const group = target.child("sqsParameters")?.optionalText("messageGroupId");
    const retries = target.child("retryPolicy");
    const deadLetters = target.child("deadLetterConfig")?.optionalText("arn");
    return {
        Arn: target.text("arn"),
        RoleArn: target.text("roleArn"),
        ...(input && { Input: input }),
        ...(group && { SqsParameters: { MessageGroupId: group } }),
        ...(retries && {
            RetryPolicy: {
                MaximumRetryAttempts: retries.number("maximumRetryAttempts", 185),
                MaximumEventAgeInSeconds: retries.number("maximumEventAgeInSeconds", 86_400),
            },
        }),
        ...(deadLetters && { DeadLetterConfig: { Arn: deadLetters } }),
    };
}
