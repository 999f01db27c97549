import type { components } from "../../../spec/generated/messages.types.ts";
import { rules, validateNewMessage } from "../../../spec/generated/messages.validators.js";
import { changedNumbers } from "../../shared/exactNumbers.ts";
import { bodyOf, correlationIdOf, type HttpRequest, jsonBodyOf, type Refused } from "../../shared/http.ts";
import { isDeeper } from "../../shared/json.ts";
import { messageBody, type TextAttribute, textAttributes } from "../../shared/message.ts";
import type { AttributeName } from "../../shared/onMessage.ts";
import { limited, type ValidationError, validationErrorsOf } from "../../shared/validationErrors.ts";
import { sanitised } from "./sanitise.ts";

type NewMessage = components["schemas"]["NewMessage"];

/** Input of SNS Publish. */
export interface Publication {
    readonly Message: string;
    readonly MessageAttributes: Record<string, TextAttribute>;
}

export interface Accepted {
    readonly publication: Publication;
    readonly messageType: string;
    /** JSON pointers to removed members. */
    readonly removed: readonly string[];
}

/** Maximum bytes: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const limit = 256 * 1024;
/** Maximum nesting of DynamoDB. */
const deepest = 32;

/**
 * The message of a request, with the request's id: SNS assigns a new message id to each try.
 */
export function publicationOf(request: HttpRequest, environment: string, now: Date): Accepted | Refused {
    const parsed = messageIn(request);
    if ("problem" in parsed) return parsed;

    const { messageType } = parsed;
    const { message, removed } = sanitised(parsed.message);
    const publication: Publication = {
        Message: messageBody(message),
        MessageAttributes: textAttributes({
            CorrelationId: correlationIdOf(request),
            Environment: environment,
            MessageId: request.requestContext.requestId,
            MessageType: messageType,
            Timestamp: now.toISOString(),
        } satisfies Record<AttributeName, string>),
    };
    // Serialised JSON may be larger than the body.
    const bytes = bytesOf(publication);
    if (bytes <= limit) return { publication, messageType, removed };
    const detail = `the message with its attributes has ${bytes} bytes, more than ${limit}`;
    return { problem: { status: 413, detail } };
}

/** The publication of an earlier request with the same Idempotency-Key. */
export function repeated(
    { Message, MessageAttributes }: Publication,
    { messageId, correlationId }: { readonly messageId: string; readonly correlationId: string },
): Publication {
    const ids = { CorrelationId: correlationId, MessageId: messageId } satisfies Partial<Record<AttributeName, string>>;
    return { Message, MessageAttributes: { ...MessageAttributes, ...textAttributes(ids) } };
}

/** As SNS counts: text, and names, types and values of attributes. */
export function bytesOf({ Message, MessageAttributes }: Publication): number {
    const attributes = Object.entries(MessageAttributes).map(
        ([name, { DataType, StringValue }]) => `${name}${DataType}${StringValue}`,
    );
    return Buffer.byteLength(Message) + Buffer.byteLength(attributes.join(""));
}

function messageIn(request: HttpRequest): NewMessage | Refused {
    const body = jsonBodyOf(request, { most: limit, refusal });
    if ("problem" in body) return body;
    const { value } = body;
    if (!validateNewMessage(value)) return invalid(validationErrorsOf(validateNewMessage.errors, rules));
    if (isDeeper(value.message, deepest)) {
        return invalid([{ pointer: "/message", detail: `is nested more than ${deepest} levels deep` }]);
    }
    const changed = changedNumbers(textOf(request));
    if (changed.length > 0)
        return invalid(
            changed.map((pointer) => ({ pointer, detail: "is a number that JSON readers change: send a text" })),
        );
    return value;
}

/** Without the byte order mark. */
const textOf = (request: HttpRequest): string =>
    bodyOf(request)
        .toString("utf8")
        .replace(/^\uFEFF/, "");

const refusal = "the body is not a message";

function invalid(errors: readonly ValidationError[]): Refused {
    return { problem: { status: 400, detail: refusal, errors: limited(errors) } };
}
