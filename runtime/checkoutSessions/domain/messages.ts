import type { Message } from "./protocol.ts";

type MessageError = Extract<Message, { readonly type: "error" }>;
type MessageWarning = Extract<Message, { readonly type: "warning" }>;

/**
 * An error that prevents the payment. By default the agent can resolve it with an update.
 *
 * @param param RFC 9535 JSONPath into the session
 */
export function blocker(
    code: MessageError["code"],
    param: string,
    content: string,
    resolution: NonNullable<MessageError["resolution"]> = "recoverable",
): MessageError {
    return { type: "error", code, severity: "high", resolution, param, content_type: "plain", content };
}

/** A warning for the buyer. */
export function warning(
    code: MessageWarning["code"],
    param: string,
    content: string,
    resolution: NonNullable<MessageWarning["resolution"]> = "recoverable",
): MessageWarning {
    return { type: "warning", code, severity: "low", resolution, param, content_type: "plain", content };
}
