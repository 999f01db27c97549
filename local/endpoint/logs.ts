import type { Trace } from "../inspect/entry.ts";
import { AwsError } from "./aws.ts";
import { type Input, numberOf, partsOf, textOf } from "./input.ts";
import type { AwsService } from "./service.ts";

/** CloudWatch Logs for whoever writes log events: they become lines of the trace. */
export class Logs implements AwsService {
    readonly #trace: Trace;

    constructor(trace: Trace) {
        this.#trace = trace;
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        if (action === "CreateLogStream") return {};
        if (action !== "PutLogEvents") {
            throw new AwsError("UnknownOperationException", `The embedded cloud has no logs:${action}.`);
        }
        const where = textOf(input, "logGroupName") ?? "";
        for (const event of partsOf(input, "logEvents")) {
            const time = numberOf(event, "timestamp") ?? Date.now();
            this.#trace({ time, what: "log", where, text: textOf(event, "message") ?? "" });
        }
        return {};
    }
}
