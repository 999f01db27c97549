import type {
    CancelRequest,
    CompleteRequest,
    CreateRequest,
    SessionStatus,
    UpdateRequest,
} from "../../../runtime/checkoutSessions/domain/protocol.ts";
import { canonicalJson } from "../../../runtime/shared/canonical.ts";

/** A POST to the checkout. Sessions are named by the order in which they were created. */
export type ModelPost = {
    readonly caller: string;
    readonly key: string;
} & (
    | { readonly route: "create"; readonly body: CreateRequest }
    | { readonly route: "update"; readonly session: number; readonly body: UpdateRequest }
    | { readonly route: "complete"; readonly session: number; readonly body: CompleteRequest }
    | { readonly route: "cancel"; readonly session: number; readonly body: CancelRequest }
);

/** What the model expects of a POST. */
export type Expected =
    /** The answer in short: `200 completed`, `409 session_completed`. */
    | { readonly answer: string; readonly isNew?: boolean }
    /** The answer to the first of these requests again, by the number that `answered` got. */
    | { readonly replay: number };

interface ModelSession {
    readonly owner: string;
    status: SessionStatus;
    changedAt: number;
    versions: number;
    /** Pieces by product: in the cart at least one. */
    pieces: ReadonlyMap<string, number>;
    hasAddress: boolean;
    isShippingChosen: boolean;
    hasEmail: boolean;
    wantsDiscount: boolean;
    /** What its total was made of when it was last priced. */
    shown: string;
}

interface ModelRecord {
    readonly body: string;
    readonly at: number;
    /** The number of the answer; absent while the payment's outcome is unknown. */
    readonly answer?: number;
}

const hour = 3_600_000;

/**
 * The checkout as simple as can be: one thing after another, in memory, without prices. It sells mugs (shipped to the US,
 * where the buyer must choose how) and guides (downloaded), with one code of limited use; anything else is unknown.
 */
export class Model {
    now: number;
    /** How many mugs are left. */
    mugs = 5;
    guidePrice: number;
    readonly sessions: ModelSession[] = [];
    /** The redemptions of the code and their limit. */
    readonly code = { used: 0, limit: 2 };
    readonly #records = new Map<string, ModelRecord>();
    #answers = 0;

    constructor(now: number, guidePrice: number) {
        this.now = now;
        this.guidePrice = guidePrice;
    }

    /** What a session shows to its owner. */
    statusOf(session: number): SessionStatus {
        const { status, changedAt } = this.#session(session);
        const isOpen = !["completed", "canceled", "complete_in_progress"].includes(status);
        return isOpen && this.now >= changedAt + 24 * hour ? "expired" : status;
    }

    /** Serves a request. Its answer has the number `answered` if it is asked for again. */
    post(request: ModelPost): Expected & { readonly answered: number } {
        const { caller, key, route } = request;
        const place = JSON.stringify([caller, route, route === "create" ? null : request.session, key]);
        const body = canonicalJson(request.body);
        const answered = ++this.#answers;
        const record = this.#records.get(place);
        if (record !== undefined && (record.answer === undefined || this.now - record.at <= 25 * hour)) {
            if (record.body !== body) return { answered, answer: "422 idempotency_conflict" };
            if (record.answer !== undefined) return { answered, replay: record.answer };
        }
        const expected = this.#serve(request, record !== undefined && record.answer === undefined);
        const isUnknown = route === "complete" && expected.answer.startsWith("503");
        const isKept = !/^(404|503|409 version_conflict)/.test(expected.answer);
        if (isKept) this.#records.set(place, { body, at: this.now, answer: answered });
        else if (isUnknown && this.statusOf(request.session) === "complete_in_progress") {
            this.#records.set(place, { body, at: this.now });
        }
        return { answered, ...expected };
    }

    #serve(request: ModelPost, isResumed: boolean): { readonly answer: string; readonly isNew?: boolean } {
        if (request.route === "create") return this.#create(request.caller, request.body);
        const session = this.#session(request.session);
        if (session.owner !== request.caller) return { answer: "404 session_not_found" };
        const status = this.statusOf(request.session);
        if (isResumed) {
            // The provider may have forgotten the charge by then.
            const isTooLate = this.now - session.changedAt > 23 * hour;
            return isTooLate ? { answer: "503 service_unavailable" } : this.#end(session, "completed");
        }
        if (request.route === "cancel") {
            if (["completed", "canceled", "expired"].includes(status)) return { answer: "405 method_not_allowed" };
            if (status === "complete_in_progress") return { answer: "409 version_conflict" };
            return this.#end(session, "canceled");
        }
        if (["completed", "canceled", "expired"].includes(status)) return { answer: `409 session_${status}` };
        if (status === "complete_in_progress") return { answer: "409 version_conflict" };
        if (request.route === "update") {
            if (status === "authentication_required") return { answer: "409 session_not_ready" };
            return this.#update(session, request.body);
        }
        return this.#complete(session, status, request.body);
    }

    #create(owner: string, body: CreateRequest): { readonly answer: string; readonly isNew?: boolean } {
        const pieces = piecesIn(body);
        if (body.currency !== "usd") return { answer: "400 invalid" };
        if (pieces === undefined) return { answer: "400 invalid_item_id" };
        const session: ModelSession = {
            owner,
            status: "incomplete",
            changedAt: this.now,
            versions: 1,
            pieces,
            hasAddress: body.fulfillment_details?.address !== undefined,
            isShippingChosen: false,
            hasEmail: body.buyer !== undefined,
            wantsDiscount: (body.discounts?.codes ?? []).length > 0,
            shown: "",
        };
        this.sessions.push(session);
        this.#price(session);
        return { answer: `201 ${session.status}`, isNew: true };
    }

    #update(session: ModelSession, body: UpdateRequest): { readonly answer: string } {
        const pieces = body.line_items === undefined ? session.pieces : piecesIn({ line_items: body.line_items });
        if (pieces === undefined) return { answer: "400 invalid_item_id" };
        const hasAddress = session.hasAddress || body.fulfillment_details?.address !== undefined;
        const isChoosing = body.selected_fulfillment_options !== undefined;
        if (isChoosing && !(pieces.has("mug") && hasAddress)) return { answer: "400 invalid" };
        session.isShippingChosen = pieces.has("mug") && (isChoosing || session.isShippingChosen);
        session.pieces = pieces;
        session.hasAddress = hasAddress;
        session.hasEmail ||= body.buyer !== undefined;
        if (body.discounts !== undefined) session.wantsDiscount = (body.discounts.codes ?? []).length > 0;
        this.#version(session);
        this.#price(session);
        return { answer: `200 ${session.status}` };
    }

    #complete(session: ModelSession, status: SessionStatus, body: CompleteRequest): { readonly answer: string } {
        const { authentication_result: authentication, payment_data: payment } = body;
        if (status === "authentication_required" && authentication === undefined) return { answer: "400 requires_3ds" };
        if (status === "incomplete" || status === "not_ready_for_payment") return { answer: "409 session_not_ready" };
        if (payment.handler_id !== "card_tokenized") return { answer: "400 invalid" };
        if (!session.hasEmail && body.buyer === undefined) return { answer: "400 missing_required_field" };
        session.hasEmail = true;
        this.#version(session);
        const { shown } = session;
        this.#price(session);
        if (session.status !== "ready_for_payment" || session.shown !== shown) {
            return { answer: `200 ${session.status}` };
        }
        const isRedeeming = this.#isDiscounted(session);
        if (isRedeeming) this.code.used += 1;
        this.mugs -= session.pieces.get("mug") ?? 0;
        session.status = "complete_in_progress";

        const reopened = (as: "ready_for_payment" | "authentication_required") => {
            if (isRedeeming) this.code.used -= 1;
            this.mugs += session.pieces.get("mug") ?? 0;
            this.#version(session);
            session.status = as;
            return { answer: `200 ${as}` };
        };
        switch (payment.instrument?.credential.token) {
            case "spt_success":
                return this.#end(session, "completed");
            case "spt_timeout":
                return { answer: "503 service_unavailable" };
            case "spt_down":
                reopened("ready_for_payment");
                return { answer: "503 service_unavailable" };
            case "spt_3ds":
                if (authentication === undefined) return reopened("authentication_required");
                if (authentication.outcome === "authenticated") return this.#end(session, "completed");
                return reopened("ready_for_payment");
            default:
                return reopened("ready_for_payment");
        }
    }

    #end(session: ModelSession, status: "completed" | "canceled"): { readonly answer: string } {
        this.#version(session);
        session.status = status;
        return { answer: `200 ${status}` };
    }

    #version(session: ModelSession): void {
        session.versions += 1;
        session.changedAt = this.now;
    }

    #price(session: ModelSession): void {
        const { pieces, hasAddress, isShippingChosen } = session;
        const mugs = pieces.get("mug") ?? 0;
        // Also for the tax of downloads.
        const canShip = hasAddress && (mugs === 0 || (isShippingChosen && mugs <= this.mugs));
        session.shown = JSON.stringify([pieces.has("guide") && this.guidePrice, this.#isDiscounted(session)]);
        session.status = pieces.size === 0 ? "incomplete" : canShip ? "ready_for_payment" : "not_ready_for_payment";
    }

    #isDiscounted({ wantsDiscount }: ModelSession): boolean {
        return wantsDiscount && this.code.used < this.code.limit;
    }

    #session(number: number): ModelSession {
        const session = this.sessions[number];
        if (session === undefined) throw new Error(`there is no session ${number}`);
        return session;
    }
}

/** Undefined when something is unknown. */
function piecesIn({ line_items: lines }: Pick<CreateRequest, "line_items">): ReadonlyMap<string, number> | undefined {
    const pieces = new Map<string, number>();
    for (const { id, quantity = 1 } of lines) {
        const [, product] = /-(mug|guide)$/.exec(id ?? "") ?? [];
        if (product === undefined) return undefined;
        pieces.set(product, quantity);
    }
    return pieces;
}
