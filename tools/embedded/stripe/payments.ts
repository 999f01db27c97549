import type { Outcome, TaskQueue, Waits } from "embedded-aws/doubles";
import { failure, listOf, membersOf, missing, ok, type Parameters, type Reply, refusal } from "./answers.ts";
import { CardTokens } from "./cardTokens.ts";
import type { Events } from "./events.ts";
import type { GrantedTokens } from "./grantedTokens.ts";
import { Kept } from "./kept.ts";

/** https://docs.stripe.com/api/payment_intents/object */
export interface Intent {
    readonly id: string;
    readonly status: string;
    readonly metadata: Readonly<Record<string, string>>;
    readonly amount?: number;
    readonly amount_received?: number;
    readonly currency?: string;
    /** The token that it was confirmed with. */
    readonly payment_method?: string;
    /** Seconds since 1970 */
    readonly created?: number;
}

interface Decision {
    readonly id: string;
    readonly status: "succeeded" | "requires_payment_method";
}

/** As long as an answer comes too late for any callback of ours. */
const lateMs = 15_000;
/** What Stripe's own clients see of a bank's work, and how old the search may be: about a minute. */
const decisionSeconds = 60;
const searchSeconds = 60;

interface PaymentSettings {
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    /** By token: what a charge ends with, whatever its name says. */
    readonly outcomes: ReadonlyMap<string, Reply>;
    readonly now: () => number;
}

/** Payment intents. */
export class Payments {
    /** By id, as they are now. */
    readonly intents: Kept<Intent>;
    /** By id: the status that the search still returns. */
    readonly indexed: Kept<string>;
    readonly #tokens: GrantedTokens;
    readonly #cards: CardTokens;
    readonly #events: Events;
    readonly #taskQueue: TaskQueue;
    readonly #waits: Waits;
    readonly #outcomes: ReadonlyMap<string, Reply>;
    readonly #now: () => number;

    constructor(settings: PaymentSettings, tokens: GrantedTokens, events: Events) {
        const { taskQueue, waits, outcomes, now } = settings;
        this.#taskQueue = taskQueue;
        this.#waits = waits;
        this.#outcomes = outcomes;
        this.#tokens = tokens;
        this.#cards = new CardTokens(taskQueue);
        this.#events = events;
        this.#now = now;
        this.intents = new Kept(taskQueue, "intent");
        this.indexed = new Kept(taskQueue, "indexed");
        taskQueue.handle<Decision>("stripe decision", 1, async ({ payload }) => this.#decide(payload));
    }

    /** Creates and confirms. */
    charge(parameters: Parameters): Reply {
        const { amount = "", currency = "", confirm } = parameters;
        if (!/^[1-9]\d*$/.test(amount)) {
            return refusal("Invalid integer", { code: "parameter_invalid_integer", param: "amount" });
        }
        if (!/^[a-z]{3}$/.test(currency)) return refusal("Invalid currency", { param: "currency" });
        if (confirm !== "true") return refusal("The double confirms what it creates", { param: "confirm" });
        const token = tokenIn(parameters);
        const isCard = parameters["payment_method_data[type]"] === "card";
        const refused = isCard ? this.#cards.take(token) : this.#tokens.refusalOf(token, Number(amount), currency);
        return refused ?? this.#confirm(parameters, token);
    }

    #confirm(parameters: Parameters, token: string): Reply {
        const outcome = this.#outcomes.get(token);
        if (outcome !== undefined) {
            const { id, status }: { readonly id?: string; readonly status?: string } = outcome.body;
            const metadata = membersOf("metadata", parameters);
            if (id !== undefined && status !== undefined) this.intents.set(id, { id, status, metadata });
            return outcome;
        }
        const proof = "payment_method_options[card][three_d_secure]";
        switch (this.#scenarioOf(token)) {
            case "success":
            case "dispute":
            case "refund_pending":
            case "refund_fails":
                return ok(this.#paid(parameters, token));
            case "declined":
                return this.#declined(parameters, "generic_decline");
            case "insufficient_funds":
                return this.#declined(parameters, "insufficient_funds");
            case "3ds":
                if (/^[YAI]$/.test(parameters[`${proof}[ares_trans_status]`] ?? ""))
                    return ok(this.#paid(parameters, token));
                return ok(this.#created(parameters, "requires_action"));
            case "processing":
                return ok(this.#undecided(parameters, "succeeded"));
            case "processing_declined":
                return ok(this.#undecided(parameters, "requires_payment_method"));
            case "500":
                this.#paid(parameters, token);
                return failure(500, "api_error", "The double plays a fault after the charge");
            case "500_uncharged":
                return failure(500, "api_error", "The double plays a fault before the charge");
            case "timeout":
                return { ...ok(this.#paid(parameters, token)), lateMs };
            case "misrequested":
                return refusal("The double does not know this parameter", {
                    code: "parameter_unknown",
                    param: "confirm",
                });
            case "down":
                return refusal("The double plays a Stripe that is away", {}, 503);
        }
    }

    look(id: string): Reply {
        const intent = this.intents.get(id);
        return intent === undefined ? missing("payment_intent", id) : ok(intent);
    }

    list(parameters: Parameters): Reply {
        return listOf("/v1/payment_intents", this.intents.values(), parameters);
    }

    /**
     * Knows no queries but for members of the metadata, and takes them without regard to case, as Stripe does; and knows
     * of no payment at once. https://docs.stripe.com/search#data-freshness
     */
    search({ query = "" }: Parameters): Reply {
        const wanted = query.split(" AND ").map((part) => /^metadata\["(\w+)"\]:"([^"\\]*)"$/.exec(part));
        if (wanted.some((part) => part === null)) return refusal("The double cannot search so", { param: "query" });
        const known = this.#now() - this.#waits.ms(searchSeconds);
        const data = [...this.intents.values()]
            .filter(({ created = 0 }) => created * 1000 <= known)
            .filter(({ metadata }) =>
                wanted.every((part) => metadata[part?.[1] ?? ""]?.toLowerCase() === part?.[2]?.toLowerCase()),
            )
            .map((found) => ({ ...found, status: this.indexed.get(found.id) ?? found.status }));
        return ok({ object: "search_result", url: "/v1/payment_intents/search", has_more: false, data });
    }

    /** https://docs.stripe.com/api/payment_intents/capture */
    capture(id: string, { amount_to_capture: wanted }: Parameters): Reply {
        const intent = this.intents.get(id);
        if (intent === undefined) return missing("payment_intent", id, "intent");
        if (intent.status !== "requires_capture") return unexpectedState(intent);
        const { amount = 0 } = intent;
        if (wanted !== undefined && !(Number(wanted) >= 1 && Number(wanted) <= amount)) {
            return refusal("That is more than was authorised.", { param: "amount_to_capture" });
        }
        const amount_received = wanted === undefined ? amount : Number(wanted);
        return ok(this.#changed({ ...intent, ...paidBy(id, amount_received) }, "payment_intent.succeeded"));
    }

    /** https://docs.stripe.com/api/payment_intents/cancel */
    cancel(id: string, { cancellation_reason }: Parameters): Reply {
        const intent = this.intents.get(id);
        if (intent === undefined) return missing("payment_intent", id, "intent");
        if (intent.status === "succeeded" || intent.status === "canceled") return unexpectedState(intent);
        const reason = { cancellation_reason: cancellation_reason ?? null };
        const canceled = { ...intent, status: "canceled", amount_capturable: 0, ...reason };
        return ok(this.#changed(canceled, "payment_intent.canceled"));
    }

    #changed(intent: Intent, event: string): Intent {
        this.intents.set(intent.id, intent);
        this.#events.emit(event, intent);
        return intent;
    }

    #created(parameters: Parameters, status: string): Intent {
        const id = `pi_${this.intents.size + 1}`;
        const amount = Number(parameters["amount"]);
        const intent = {
            id,
            object: "payment_intent",
            status,
            amount,
            amount_capturable: status === "requires_capture" ? amount : 0,
            amount_received: 0,
            currency: parameters["currency"],
            client_secret: `${id}_secret`,
            payment_method: tokenIn(parameters),
            latest_charge: status === "requires_capture" ? chargeOf(id) : null,
            ...(status === "succeeded" && paidBy(id, amount)),
            metadata: membersOf("metadata", parameters),
            created: Math.floor(this.#now() / 1000),
            livemode: false,
        } as Intent;
        this.intents.set(id, intent);
        const event = eventOf[status] ?? status;
        this.#events.emit(`payment_intent.${event}`, intent);
        return intent;
    }

    #scenarioOf(token: string) {
        return this.#cards.scenarioOf(token) ?? this.#tokens.scenarioOf(token);
    }

    #paid(parameters: Parameters, token: string): Intent {
        this.#tokens.use(token, Number(parameters["amount"]), parameters["currency"] ?? "");
        const isManual = parameters["capture_method"] === "manual";
        const intent = this.#created(parameters, isManual ? "requires_capture" : "succeeded");
        if (this.#scenarioOf(token) === "dispute") {
            const delayMs = this.#waits.ms(decisionSeconds);
            this.#taskQueue.add([{ kind: "stripe dispute", payload: { id: intent.id }, delayMs }]);
        }
        return intent;
    }

    #declined(parameters: Parameters, decline_code: string): Reply {
        const payment_intent = this.#created(parameters, "requires_payment_method");
        const message = "Your card was declined.";
        return failure(402, "card_error", message, { code: "card_declined", decline_code, payment_intent });
    }

    #undecided(parameters: Parameters, status: Decision["status"]): Intent {
        const intent = this.#created(parameters, "processing");
        const delayMs = this.#waits.ms(decisionSeconds);
        this.#taskQueue.add([{ kind: "stripe decision", payload: { id: intent.id, status }, delayMs }]);
        return intent;
    }

    #decide({ id, status }: Decision): Outcome {
        const intent = this.intents.get(id);
        if (intent?.status !== "processing") return { done: true };
        const isPaid = status === "succeeded";
        const decided = {
            ...intent,
            status,
            ...(isPaid && paidBy(id, intent.amount ?? 0)),
        } as Intent;
        this.#taskQueue.atomically(() => {
            this.indexed.set(id, "processing");
            this.intents.set(id, decided);
            this.#events.emit(`payment_intent.${isPaid ? "succeeded" : "payment_failed"}`, decided);
        });
        return { done: true };
    }
}

/** Granted, or of a card. */
const tokenIn = (parameters: Parameters): string =>
    parameters["payment_method_data[shared_payment_granted_token]"] ??
    parameters["payment_method_data[card][token]"] ??
    "";

const eventOf: Readonly<Record<string, string>> = {
    requires_payment_method: "payment_failed",
    requires_capture: "amount_capturable_updated",
};

const paidBy = (id: string, amount_received: number) => ({
    status: "succeeded",
    amount_capturable: 0,
    amount_received,
    latest_charge: chargeOf(id),
});

const unexpectedState = (payment_intent: Intent): Reply =>
    refusal(`This PaymentIntent is ${payment_intent.status}.`, {
        code: "payment_intent_unexpected_state",
        payment_intent,
    });

export const chargeOf = (intent: string) => intent.replace(/^pi_/, "ch_");
