import type { FilterCriteria } from "event-pattern";
import type { AwsCall } from "../aws/call.ts";
import type { InvocationResult } from "../lambda/function.ts";
import type { TableEngine } from "../storage/dynoxide.ts";
import type { Trace } from "../trace.ts";
import type { Waits } from "../waits.ts";

/** What both kinds of event source mapping have: https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
interface TriggerDefinition {
    /** Of the mapping itself. */
    readonly arn: string;
    readonly eventSourceArn: string;
    readonly functionArn: string;
    /** The function's role, as which Lambda reads the source. */
    readonly roleArn: string;
    readonly region: string;
    /** 1 to 10000 */
    readonly batchSize: number;
    /** 0 to 300; 0: a batch is what is there. */
    readonly maximumBatchingWindowSeconds: number;
    /** Without filters everything passes. */
    readonly filterCriteria: FilterCriteria;
    /** `functionResponseTypes: ["ReportBatchItemFailures"]` */
    readonly reportBatchItemFailures: boolean;
}

export interface QueueTriggerDefinition extends TriggerDefinition {
    readonly queueUrl: string;
    /** 2 to 1000, of `scalingConfig`; undefined: as many as the trigger finds useful. */
    readonly maximumConcurrency?: number;
}

export interface StreamTriggerDefinition extends TriggerDefinition {
    readonly startingPosition: "LATEST" | "TRIM_HORIZON";
    /** -1: until the record expires. */
    readonly maximumRetryAttempts: number;
    /** -1: as long as the stream keeps a record. */
    readonly maximumRecordAgeSeconds: number;
    readonly bisectBatchOnFunctionError: boolean;
    /** 1 to 10 batches at once, each item always in the same of them. */
    readonly parallelizationFactor: number;
    /** Takes the record of a batch that is given up. */
    readonly onFailure?: FailureDestination;
}

export type FailureDestination =
    | { readonly kind: "queue"; readonly url: string }
    | { readonly kind: "topic"; readonly arn: string };

export interface TriggerSurroundings {
    readonly call: AwsCall;
    /** Runs the function; a mapping needs no permission for its own. Throws AwsError, TooManyRequestsException when throttled. */
    readonly invoke: (functionArn: string, payload: string) => Promise<InvocationResult>;
    readonly waits: Waits;
    readonly trace: Trace;
}

export interface StreamTriggerSurroundings extends TriggerSurroundings {
    /** Undefined: streams have to be looked at again and again. */
    readonly writes: TableEngine["writes"];
}

/** The program asks for an event source mapping that Lambda would not create. */
export class InvalidTriggerError extends Error {
    constructor({ eventSourceArn }: TriggerDefinition, fault: string) {
        super(`event source mapping of ${eventSourceArn}: ${fault}`);
        this.name = "InvalidTriggerError";
    }
}

/** Throws InvalidTriggerError. */
export function checkBatching(definition: TriggerDefinition, largestWithoutWindow: number): void {
    const { batchSize, maximumBatchingWindowSeconds: window } = definition;
    if (!(batchSize >= 1 && batchSize <= 10_000)) throw new InvalidTriggerError(definition, `batch size ${batchSize}`);
    if (!(window >= 0 && window <= 300)) throw new InvalidTriggerError(definition, `batching window of ${window} s`);
    if (batchSize > largestWithoutWindow && window < 1) {
        throw new InvalidTriggerError(
            definition,
            `a batch size of ${batchSize} needs a batching window of at least 1 s`,
        );
    }
}
