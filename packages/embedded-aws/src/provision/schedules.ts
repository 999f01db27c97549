import type { Input } from "../aws/input.ts";
import type { Graph } from "../graph/graph.ts";
import { ofType, type Properties } from "./properties.ts";

/** The names of the program's schedule groups. */
export const scheduleGroupsOf = (graph: Graph): string[] =>
    ofType(graph, "aws:scheduler/scheduleGroup:ScheduleGroup").map((group) => group.text("name"));

/** Every schedule of the program, in the shape of CreateSchedule. */
export const schedulesOf = (graph: Graph): Input[] =>
    ofType(graph, "aws:scheduler/schedule:Schedule").map((schedule) => {
        const target = schedule.child("target");
        return {
            Name: schedule.text("name"),
            GroupName: schedule.text("groupName"),
            ScheduleExpression: schedule.text("scheduleExpression"),
            ScheduleExpressionTimezone: schedule.text("scheduleExpressionTimezone"),
            State: schedule.text("state"),
            ActionAfterCompletion: schedule.text("actionAfterCompletion"),
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
                MaximumRetryAttempts: retries.number("maximumRetryAttempts"),
                MaximumEventAgeInSeconds: retries.number("maximumEventAgeInSeconds"),
            },
        }),
        ...(deadLetters && { DeadLetterConfig: { Arn: deadLetters } }),
    };
}
