import { AwsError } from "../aws/call.ts";
import { type Input, isInput, numberOf, partOf, textOf } from "../aws/input.ts";
import { type Expression, parseExpression, unsupported } from "./expression.ts";

/** A schedule, as CreateSchedule is given it: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
export interface Schedule {
    readonly group: string;
    readonly name: string;
    readonly expression: Expression;
    readonly enabled: boolean;
    /** Whether it is gone once it was due for the last time. */
    readonly isDeletedAfterCompletion: boolean;
    readonly target: ScheduleTarget;
}

interface ScheduleTarget {
    readonly arn: string;
    /** Role that the Scheduler assumes to call the target, and to send to the dead-letter queue. */
    readonly roleArn: string;
    readonly input?: string;
    readonly messageGroupId?: string;
    readonly maximumRetryAttempts: number;
    readonly maximumEventAgeInSeconds: number;
    readonly deadLetterArn?: string;
}

/** Throws AwsError ValidationException. */
export function parseSchedule(input: Input): Schedule {
    const name = textOf(input, "Name") ?? "";
    const group = textOf(input, "GroupName") ?? "default";
    for (const [what, text] of Object.entries({ name, groupName: group })) {
        if (!/^[0-9a-zA-Z-_.]{1,64}$/.test(text)) {
            throw invalid(`Value '${text}' at '${what}' failed to satisfy constraint: [0-9a-zA-Z-_.]+, 1 to 64 long`);
        }
    }
    const window = partOf(input, "FlexibleTimeWindow");
    oneOf("flexibleTimeWindow.mode", textOf(window, "Mode"), ["OFF", "FLEXIBLE"]);
    if (textOf(window, "Mode") === "FLEXIBLE") {
        within("flexibleTimeWindow.maximumWindowInMinutes", numberOf(window, "MaximumWindowInMinutes"), 1, 1440);
    }
    oneOf("state", textOf(input, "State") ?? "ENABLED", ["ENABLED", "DISABLED"]);
    oneOf("actionAfterCompletion", textOf(input, "ActionAfterCompletion") ?? "NONE", ["NONE", "DELETE"]);
    const token = textOf(input, "ClientToken") ?? "none";
    if (!/^[a-zA-Z0-9-_]{1,64}$/.test(token)) {
        throw invalid(`Value '${token}' at 'clientToken' failed to satisfy constraint: [a-zA-Z0-9-_]+, 1 to 64 long`);
    }
    if ((textOf(input, "Description") ?? "").length > 512) {
        throw invalid("Value at 'description' failed to satisfy constraint: Member must have length of at most 512");
    }
    for (const limit of ["StartDate", "EndDate"]) if (input[limit] !== undefined) throw unsupported(limit);
    return {
        group,
        name,
        expression: parseExpression(
            textOf(input, "ScheduleExpression") ?? "",
            textOf(input, "ScheduleExpressionTimezone"),
        ),
        enabled: textOf(input, "State") !== "DISABLED",
        isDeletedAfterCompletion: textOf(input, "ActionAfterCompletion") === "DELETE",
        target: parseTarget(partOf(input, "Target")),
    };
}

function parseTarget(target: Input): ScheduleTarget {
    const [arn, roleArn, input] = (["Arn", "RoleArn", "Input"] as const).map((name) => textOf(target, name));
    if (arn === undefined) throw missing("target.arn");
    if (roleArn === undefined) throw missing("target.roleArn");
    const [, , service] = arn.split(":");
    if (service !== "sqs" && service !== "lambda")
        throw unsupported(`targets such as ${arn}, only queues and functions`);
    if (input === "") throw invalid("Value '' at 'target.input' failed to satisfy constraint: 1 or longer");
    if (service === "lambda" && input !== undefined && !isJsonObject(input)) {
        throw invalid("The input of a function must be JSON.");
    }
    const retries = partOf(target, "RetryPolicy");
    const messageGroupId = textOf(partOf(target, "SqsParameters"), "MessageGroupId");
    const deadLetterArn = textOf(partOf(target, "DeadLetterConfig"), "Arn");
    within("target.retryPolicy.maximumRetryAttempts", numberOf(retries, "MaximumRetryAttempts") ?? 185, 0, 185);
    const age = numberOf(retries, "MaximumEventAgeInSeconds") ?? 86_400;
    within("target.retryPolicy.maximumEventAgeInSeconds", age, 60, 86_400);
    return {
        arn,
        roleArn,
        ...(input !== undefined && { input }),
        ...(messageGroupId !== undefined && { messageGroupId }),
        maximumRetryAttempts: numberOf(retries, "MaximumRetryAttempts") ?? 185,
        maximumEventAgeInSeconds: age,
        ...(deadLetterArn !== undefined && { deadLetterArn }),
    };
}

function isJsonObject(text: string): boolean {
    try {
        return isInput(JSON.parse(text));
    } catch {
        return false;
    }
}

function oneOf(what: string, value: string | undefined, values: readonly string[]): void {
    if (value === undefined) throw missing(what);
    if (values.includes(value)) return;
    const set = `[${values.join(", ")}]`;
    throw invalid(
        `Value '${value}' at '${what}' failed to satisfy constraint: Member must satisfy enum value set: ${set}`,
    );
}

function within(what: string, value: number | undefined, from: number, to: number): void {
    if (value === undefined) throw missing(what);
    if (Number.isInteger(value) && value >= from && value <= to) return;
    throw invalid(`Value '${value}' at '${what}' failed to satisfy constraint: Member must be from ${from} to ${to}`);
}

const missing = (what: string) =>
    invalid(`Value null at '${what}' failed to satisfy constraint: Member must not be null`);
const invalid = (message: string) => new AwsError("ValidationException", `1 validation error detected: ${message}`);
