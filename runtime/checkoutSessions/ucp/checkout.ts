import type { JsonObject } from "../../shared/json.ts";
import type { Message, Session } from "../domain/protocol.ts";
import { isTaxedByBilling } from "../session/unready.ts";
import { type Aside, asideIn, contactOf } from "./aside.ts";
import { capability, type Envelope, envelopeOf, ofCheckouts } from "./capabilities.ts";
import { type UcpMessage, ucpError, ucpMessage, ucpPath } from "./messages.ts";
import { paymentHandlersOf } from "./payment.ts";
import { type ShownMethod, shownMethods } from "./shownFulfillment.ts";
import { continueUrlOf, type Telling } from "./telling.ts";
import { type UcpTotal, ucpTotals } from "./totals.ts";
import { isEmail } from "./up.ts";

type Status =
    | "incomplete"
    | "requires_escalation"
    | "ready_for_complete"
    | "complete_in_progress"
    | "completed"
    | "canceled";

/** A checkout of UCP, with the members of the capabilities in common. */
export interface UcpCheckout {
    readonly ucp: Envelope & { readonly payment_handlers: ReturnType<typeof paymentHandlersOf> };
    readonly id: string;
    readonly status: Status;
    readonly currency: string;
    readonly line_items: readonly ShownLine[];
    readonly buyer?: object;
    readonly totals: readonly UcpTotal[];
    readonly fulfillment?: { readonly methods: readonly ShownMethod[] };
    readonly discounts?: object;
    readonly messages: readonly UcpMessage[];
    readonly links: readonly { readonly type: string; readonly url: string; readonly title?: string }[];
    readonly expires_at?: string;
    readonly continue_url?: string;
    readonly order?: { readonly id: string; readonly label: string; readonly permalink_url: string };
}

interface ShownLine {
    readonly id: string;
    readonly item: { readonly id: string; readonly title: string; readonly price: number; readonly image_url?: string };
    readonly quantity: number;
    readonly totals: readonly UcpTotal[];
}

/** @param asked messages about the request, which has not done, or not all */
export function ucpCheckout(
    { session, aside: kept }: { readonly session: Session; readonly aside?: JsonObject },
    telling: Telling,
    asked: readonly UcpMessage[] = [],
): UcpCheckout {
    const { negotiated } = telling;
    const aside = asideIn(kept, session);
    const methods = negotiated.capabilities.has(capability.fulfillment)
        ? shownMethods(session, aside, telling)
        : undefined;
    const { status, messages } = standing(session, aside, methods, telling);
    const url = continueUrlOf(telling, session.id);
    const isOpen = status !== "completed" && status !== "canceled";
    const buyer = shownBuyer(session, aside, telling);
    const { order, expires_at: expiresAt, links, discounts } = session;
    return {
        ucp: { ...envelopeOf(negotiated, ofCheckouts), payment_handlers: paymentHandlersOf(telling.merchant) },
        id: session.id,
        status,
        currency: session.currency.toUpperCase(),
        line_items: session.line_items.map(shownLine),
        ...(buyer && { buyer }),
        totals: ucpTotals(session.totals),
        ...(methods && { fulfillment: { methods } }),
        ...(discounts && negotiated.capabilities.has(capability.discount) && { discounts: shownDiscounts(discounts) }),
        messages: [...messages, ...asked],
        links: links.map(({ type, url, title }) => ({
            type: linkTypes[type] ?? type,
            url,
            ...(title !== undefined && { title }),
        })),
        ...(expiresAt !== undefined && { expires_at: expiresAt }),
        ...(url !== undefined && isOpen && { continue_url: url }),
        ...(order && {
            order: { id: order.id, label: order.order_number ?? order.id, permalink_url: order.permalink_url },
        }),
    };
}

const linkTypes: Readonly<Record<string, string>> = {
    terms_of_use: "terms_of_service",
    return_policy: "refund_policy",
    faqs: "faq",
};

/** A product that is not sold has no title and no price; both are required. */
export const shownLine = ({
    id,
    item,
    name,
    unit_amount: price = 0,
    images,
    quantity,
    totals,
}: Session["line_items"][number]): ShownLine => ({
    id,
    item: { id: item.id, title: name ?? item.id, price, ...(images?.[0] !== undefined && { image_url: images[0] }) },
    quantity,
    totals: ucpTotals(totals),
});

function shownBuyer({ buyer }: Session, { buyer: sent }: Aside, { negotiated }: Telling): object | undefined {
    const { consent, ...told } = sent ?? {};
    const own = sent === undefined && buyer ? contactOf(buyer) : told;
    const all = {
        ...own,
        ...(consent && negotiated.capabilities.has(capability.buyerConsent) && { consent }),
    };
    return Object.values(all).some((value) => value !== undefined) ? all : undefined;
}

function shownDiscounts({ codes = [], applied = [] }: NonNullable<Session["discounts"]>) {
    return {
        codes,
        applied: applied.map(({ code, coupon, amount, automatic, method, priority, allocations }) => ({
            ...(code !== undefined && { code }),
            title: coupon.name,
            amount,
            ...(automatic !== undefined && { automatic }),
            ...(method !== undefined && { method }),
            ...(priority !== undefined && { priority }),
            ...(allocations && { allocations }),
        })),
    };
}

/** How far the checkout is, and what must be done for it. */
function standing(
    session: Session,
    aside: Aside,
    methods: readonly ShownMethod[] | undefined,
    telling: Telling,
): { readonly status: Status; readonly messages: readonly UcpMessage[] } {
    const isTaxMissing = isTaxedByBilling(session.messages);
    const messages = [
        ...session.messages.map((message) => told(message, methods, isTaxMissing)),
        ...(lacksEmail(session) ? [emailMissing(aside)] : []),
        ...unknownDestination(aside, methods),
    ];
    const status = statusOf(session, isTaxMissing, messages);
    if (status !== "requires_escalation") return { status, messages: messages.map(withoutHandover) };
    if (telling.continueUrl !== undefined) return { status, messages };
    // There is no page to hand over to.
    return { status: "incomplete", messages: messages.map(withoutHandover) };
}

/** The tax of downloads is that of the billing address, which only the completion brings: then the total is told anew. */
function told(message: Message, methods: readonly ShownMethod[] | undefined, isTaxMissing: boolean): UcpMessage {
    const shipping = methods?.findIndex(({ type }) => type === "shipping") ?? -1;
    const path = shipping >= 0 ? `$.fulfillment.methods[${shipping}]` : undefined;
    const { param } = message;
    const isDelivery = param !== undefined && /^\$\.(selected_)?fulfillment_/.test(param);
    const shown = ucpMessage(message, (one) =>
        ucpPath(one, {
            destination: path && `${path}.destinations`.concat(methods?.[shipping]?.destinations ? "[0]" : ""),
            options: methods?.length ? "$.fulfillment.methods[0].groups[0].selected_option_id" : undefined,
        }),
    );
    if (shown.type !== "error") return shown;
    if (isTaxMissing) return { type: "warning", code: shown.code, content: shown.content };
    // The platform cannot choose what it does not know of.
    if (isDelivery && methods === undefined) return { ...shown, severity: "requires_buyer_input" };
    return shown;
}

function statusOf(session: Session, isTaxMissing: boolean, messages: readonly UcpMessage[]): Status {
    const needsBuyer = messages.some(isHandover);
    switch (session.status) {
        case "incomplete":
            return "incomplete";
        case "not_ready_for_payment":
            if (isTaxMissing && !lacksEmail(session)) return "ready_for_complete";
            return needsBuyer ? "requires_escalation" : "incomplete";
        case "ready_for_payment":
            return lacksEmail(session) ? "incomplete" : "ready_for_complete";
        case "authentication_required":
        case "requires_escalation":
        case "pending_approval":
            return "requires_escalation";
        case "complete_in_progress":
        case "in_progress":
            return "complete_in_progress";
        case "completed":
            return "completed";
        case "canceled":
        case "expired":
            return "canceled";
    }
}

/** The order needs it, so that a completion without would be refused. */
function lacksEmail({ status, buyer, fulfillment_details: details }: Session): boolean {
    const isOpen = status === "incomplete" || status === "not_ready_for_payment" || status === "ready_for_payment";
    return isOpen && buyer?.email === undefined && details?.email === undefined;
}

const emailMissing = ({ buyer }: Aside): UcpMessage =>
    buyer?.email !== undefined && !isEmail(buyer.email)
        ? ucpError("invalid", "$.buyer.email", "This is no e-mail address. Give one for the order.")
        : ucpError("missing", "$.buyer.email", "The order needs the buyer's e-mail address.");

/** There is no address then: nothing is shipped to another one than the platform has chosen. */
function unknownDestination(aside: Aside, methods: readonly ShownMethod[] = []): UcpMessage[] {
    const { wantedDestination: wanted, selectedDestination: selected } = aside;
    const shipping = methods.findIndex(({ type }) => type === "shipping");
    if (wanted === undefined || wanted === selected || shipping < 0) return [];
    const path = `$.fulfillment.methods[${shipping}].selected_destination_id`;
    return [ucpError("invalid", path, "There is no destination with this id: send it among the destinations.")];
}

type Handover = Extract<UcpMessage, { readonly type: "error" }>;

const isHandover = (message: UcpMessage): message is Handover =>
    message.type === "error" && message.severity.startsWith("requires_");

const withoutHandover = (message: UcpMessage): UcpMessage =>
    isHandover(message) ? { ...message, severity: "unrecoverable" } : message;
