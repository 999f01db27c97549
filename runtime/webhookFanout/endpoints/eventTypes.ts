import type { Endpoint } from "./endpoint.ts";

const acpEventTypes = ["order_create", "order_update"] as const;

/** Orders for the platforms that bought them. */
const ucpEventTypes = ["ucp_order_create", "ucp_order_update"] as const;

/** Those for endpoints of the kind standard, as in `spec/events.asyncapi.yaml`; clients register others. */
export const eventTypes = [
    ...acpEventTypes,
    "checkout_session.created",
    "checkout_session.updated",
    "checkout_session.completion_begun",
    "checkout_session.completion_abandoned",
    "checkout_session.payment_declined",
    "checkout_session.authentication_required",
    "checkout_session.repriced",
    "checkout_session.completed",
    "checkout_session.canceled",
    "checkout_session.order_updated",
    "order.received.v1",
    "order.rejected.v1",
    "inventory.reserved.v1",
    "inventory.shortage.v1",
    "document.generated.v1",
    "payment.updated.v1",
    "order.updated.v1",
    "product.updated.v1",
    "webhook.test",
    "webhook.failing",
    "webhook.exhausted",
    "webhook.recovered",
    "webhook.endpoint_disabled",
] as const;

/** All built-in types, by the kinds of endpoints that receive them. */
const byKind = {
    standard: eventTypes,
    acp: acpEventTypes,
    ucp: ucpEventTypes,
} as const satisfies Record<Endpoint["kind"], readonly string[]>;
export type EventType = (typeof byKind)[Endpoint["kind"]][number];
export const builtInTypes: ReadonlySet<string> = new Set(Object.values(byKind).flat());

export const isEventType = (value: unknown): value is EventType => typeof value === "string" && builtInTypes.has(value);
export const typesFor = (kind: Endpoint["kind"]): readonly EventType[] => byKind[kind];

const isOfPlatforms = (type: string) => ucpEventTypes.some((own) => own === type);

/** By its type alone: the endpoint may have a filter, too. */
export function wants({ kind, eventTypes: patterns }: Pick<Endpoint, "kind" | "eventTypes">, type: string): boolean {
    const takes = kind === "standard" ? !isOfPlatforms(type) : typesFor(kind).some((own) => own === type);
    return takes && patterns.some((pattern) => covers(pattern, type));
}

/** What of an event decides the form in which endpoints of the kind acp receive it. */
export interface AcpForms {
    /** Version of ACP in which the session was completed. @default the newest */
    readonly completedIn?: string;
    /** The data in the form of ACP up to a version. @default no version has another form */
    readonly older?: { readonly until: string; readonly data: object };
}

type EventData = AcpForms & { readonly data: { readonly payment?: unknown } };

/** An event's data as an endpoint receives them: the protocol's order has no payment. */
export function dataFor(endpoint: Pick<Endpoint, "kind" | "api_version">, event: EventData): object {
    if (endpoint.kind !== "acp") return event.data;
    const { payment: _, ...order } = event.data;
    return olderDataFor(endpoint, event) ?? order;
}

/** Undefined if the endpoint receives the newest form. */
export function olderDataFor(
    { kind, api_version }: Pick<Endpoint, "kind" | "api_version">,
    { completedIn, older }: AcpForms,
): object | undefined {
    const version = api_version ?? completedIn;
    if (kind !== "acp" || version === undefined || older === undefined) return undefined;
    return version <= older.until ? older.data : undefined;
}

/** Matches `*`, `checkout_session.*` or the type itself. `*` does not match events about endpoints. */
export function covers(pattern: string, type: string): boolean {
    if (pattern === "*") return !type.startsWith("webhook.");
    return pattern.endsWith(".*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
