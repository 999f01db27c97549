import type { ServiceName } from "./call.ts";
import { type Input, isInput, partOf, partsOf } from "./input.ts";

/** A call whose answer says that some of its entries came to nothing. */
interface PartialCall {
    /** What is done; undefined when it is nothing. */
    readonly input: Input | undefined;
    /** @param output of what is done, or an empty one. */
    outputOf(output: Input): Record<string, unknown>;
}

/** @param fails whether the next entry comes to nothing. */
export function partialCall(service: ServiceName, action: string, input: Input, fails: () => boolean): PartialCall {
    switch (`${service}:${action}`) {
        case "events:PutEvents":
            return partialEvents(input, fails);
        case "dynamodb:BatchGetItem":
            return partialItems(input, fails, "UnprocessedKeys", keysOf);
        case "dynamodb:BatchWriteItem":
            return partialItems(input, fails, "UnprocessedItems", requestsOf);
        default:
            return partialBatch(service === "sns" ? "PublishBatchRequestEntries" : "Entries", input, fails);
    }
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: a result for each entry, in its place. */
function partialEvents(input: Input, fails: () => boolean): PartialCall {
    const entries = partsOf(input, "Entries").map((entry) => ({ entry, hasFailed: fails() }));
    const taken = entries.filter(({ hasFailed }) => !hasFailed).map(({ entry }) => entry);
    const failure = { ErrorCode: "InternalFailure", ErrorMessage: "The entry could not be written." };
    return {
        input: taken.length === 0 ? undefined : { ...input, Entries: taken },
        outputOf: (output) => {
            const results = [...partsOf(output, "Entries")];
            const Entries = entries.map(({ hasFailed }) => (hasFailed ? failure : results.shift()));
            return {
                FailedEntryCount: Entries.filter((one) => one !== undefined && "ErrorCode" in one).length,
                Entries,
            };
        },
    };
}

/** SendMessageBatch and PublishBatch: what succeeded and what failed, by the ids of the entries. */
function partialBatch(name: string, input: Input, fails: () => boolean): PartialCall {
    const entries = partsOf(input, name).map((entry) => ({ entry, hasFailed: fails() }));
    const taken = entries.filter(({ hasFailed }) => !hasFailed).map(({ entry }) => entry);
    const failed = entries
        .filter(({ hasFailed }) => hasFailed)
        .map(({ entry: { Id } }) => ({ Id, Code: "InternalError", Message: "Please try again.", SenderFault: false }));
    return {
        input: taken.length === 0 ? undefined : { ...input, [name]: taken },
        outputOf: (output) => ({
            Successful: partsOf(output, "Successful"),
            Failed: [...partsOf(output, "Failed"), ...failed],
        }),
    };
}

/** The part of a batch for one table, divided into done and not done; undefined where it is empty. */
type Division = readonly [done: unknown, left: unknown];

function partialItems(
    input: Input,
    fails: () => boolean,
    unprocessed: string,
    divide: (asked: unknown, fails: () => boolean) => Division,
): PartialCall {
    const done: Record<string, unknown> = {};
    const left: Record<string, unknown> = {};
    for (const [table, asked] of Object.entries(partOf(input, "RequestItems"))) {
        const [doneHere, leftHere] = divide(asked, fails);
        if (doneHere !== undefined) done[table] = doneHere;
        if (leftHere !== undefined) left[table] = leftHere;
    }
    return {
        input: Object.keys(done).length === 0 ? undefined : { ...input, RequestItems: done },
        outputOf: (output) => ({
            ...(unprocessed === "UnprocessedKeys" && { Responses: {} }),
            ...output,
            [unprocessed]: { ...partOf(output, unprocessed), ...left },
        }),
    };
}

function keysOf(asked: unknown, fails: () => boolean): Division {
    const settings = isInput(asked) ? asked : {};
    const [done, left] = divided(partsOf(settings, "Keys"), fails);
    return [done && { ...settings, Keys: done }, left && { ...settings, Keys: left }];
}

function requestsOf(asked: unknown, fails: () => boolean): Division {
    return divided(Array.isArray(asked) ? asked : [], fails);
}

function divided(all: readonly unknown[], fails: () => boolean) {
    const marked = all.map((one) => ({ one, hasFailed: fails() }));
    const those = (failed: boolean) => {
        const some = marked.filter(({ hasFailed }) => hasFailed === failed).map(({ one }) => one);
        return some.length === 0 ? undefined : some;
    };
    return [those(false), those(true)] as const;
}
