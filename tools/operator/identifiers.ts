/** What a message or log line is about. */
export interface Identifiers {
    readonly orderId?: string;
    readonly sessionId?: string;
    readonly deliveryId?: string;
    readonly endpointId?: string;
    /** At commercetools, which is Segment's user id. */
    readonly customerId?: string;
    /** At Segment, of what came by an e-mail address alone. */
    readonly anonymousId?: string;
    /** `true` where a deleted customer's data must be erased. */
    readonly dataErasure?: string;
    readonly correlationId?: string;
}

/** Under which names our own messages, events, items and log lines carry them. */
const names: Readonly<Record<string, keyof Identifiers>> = {
    orderId: "orderId",
    order_id: "orderId",
    sessionId: "sessionId",
    SessionId: "sessionId",
    checkout_session_id: "sessionId",
    deliveryId: "deliveryId",
    endpointId: "endpointId",
    customerId: "customerId",
    anonymousId: "anonymousId",
    dataErasure: "dataErasure",
    correlationId: "correlationId",
    CorrelationId: "correlationId",
};
const deepest = 12;

/**
 * What is named anywhere in a value, the outermost first: in JSON within texts, as SNS has it, and in the items of
 * DynamoDB's streams.
 */
export function identifiersIn(...values: readonly unknown[]): Identifiers {
    const found: Record<string, string> = {};
    let level = values;
    for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
        const next: unknown[] = [];
        for (const value of level.map(parsed)) {
            if (typeof value !== "object" || value === null) continue;
            for (const [key, member] of Object.entries(value)) {
                const name = names[key];
                const text = textIn(member);
                if (name !== undefined && text !== undefined) found[name] ??= text;
                else next.push(member);
            }
        }
        level = next;
    }
    return found;
}

/** A text, or `true`; of DynamoDB's or a message attribute the text in it. */
function textIn(value: unknown): string | undefined {
    if (value === true) return "true";
    if (typeof value === "string") return value === "" ? undefined : value;
    if (typeof value !== "object" || value === null) return undefined;
    const members = Object.entries(value);
    const text = members.find(([key]) => key === "S" || key === "Value" || key === "StringValue")?.[1];
    return typeof text === "string" ? text : undefined;
}

/** JSON within a text; anything else as it is. */
export function parsed(value: unknown): unknown {
    if (typeof value !== "string" || !/^\s*[{[]/.test(value)) return value;
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
}
