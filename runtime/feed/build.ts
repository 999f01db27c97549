import type { SQSRecord } from "aws-lambda";
import { isJsonObject } from "../shared/json.ts";
import type { AskedRun } from "./stored/run.ts";

/** What the builds queue asks for: the run with this id is to go on. */
export interface BuildMessage extends AskedRun {
    /** Whether it is to begin. */
    readonly isFirst: boolean;
}

/** A message asks for no target. */
class NotABuildError extends Error {
    override readonly name = "NotABuildError";
}

/** A message without a run begins one, which has the message's id: however often it comes, it is the same. Throws NotABuildError. */
export function buildIn({ body, messageId }: Pick<SQSRecord, "body" | "messageId">): BuildMessage {
    const value: unknown = JSON.parse(body);
    const { target, run, isAnew, isByOperator } = isJsonObject(value) ? value : {};
    if (typeof target !== "string") throw new NotABuildError("it names no target");
    const isFirst = typeof run !== "string";
    const id = isFirst ? messageId : run;
    return { target, id, isFirst, isAnew: isAnew === true, isByOperator: isByOperator === true };
}
