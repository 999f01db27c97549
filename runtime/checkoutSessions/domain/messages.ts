import type { Message } from "./protocol.ts";

type MessageError = Extract<Message, { readonly type: "error" }>;
type MessageWarning = Extract<Message, { readonly type: "warning" }>;

/**
 * What keeps a session from being paid. By default the agent can put it right with an update.
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

/** What the buyer should know and may ignore. */
export function warning(
    code: MessageWarning["code"],
    param: string,
    content: string,
    resolution: NonNullable<MessageWarning["resolution"]> = "recoverable",
): MessageWarning {
    return { type: "warning", code, severity: "low", resolution, param, content_type: "plain", content };
}
