import type { SQSRecord } from "aws-lambda";
import { isJsonObject } from "../shared/json.ts";

/** What the builds queue asks for. */
export interface BuildMessage {
    readonly target: string;
    /** The run that is to go on. */
    readonly run: string;
    /** Whether it is to begin. */
    readonly isFirst: boolean;
    /** Whether an API is told of every product. */
    readonly isAnew: boolean;
}

/** A message asks for no target. */
class NotABuildError extends Error {
    override readonly name = "NotABuildError";
}

/** A message without a run begins one, which has the message's id: however often it comes, it is the same. Throws NotABuildError. */
export function buildIn({ body, messageId }: Pick<SQSRecord, "body" | "messageId">): BuildMessage {
    const value: unknown = JSON.parse(body);
    const { target, run, isAnew } = isJsonObject(value) ? value : {};
    if (typeof target !== "string") throw new NotABuildError("it names no target");
    const isFirst = typeof run !== "string";
    return { target, run: isFirst ? messageId : run, isFirst, isAnew: isAnew === true };
}
