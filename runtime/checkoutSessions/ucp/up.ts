import type { ValidateFunction } from "ajv";
import type { components } from "../../../spec/generated/ucp.types.ts";
import {
    rules,
    validateCheckoutComplete,
    validateCheckoutCreate,
    validateCheckoutUpdate,
} from "../../../spec/generated/ucp.validators.js";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import { jsonPathOf, validationErrorsOf } from "../../shared/validationErrors.ts";
import type { CommandName } from "../domain/call.ts";
import type { Raised } from "../domain/dialect.ts";
import type { CommandRefused } from "../domain/problem.ts";
import { interventionsOf } from "../pricing/capabilities.ts";
import { contactOf } from "./aside.ts";
import { capability } from "./capabilities.ts";
import { paymentDataIn } from "./payment.ts";
import { currencyFor } from "./product.ts";
import type { Telling } from "./telling.ts";
import { raisedFulfillment } from "./wantedFulfillment.ts";

type Schemas = components["schemas"];
type Written = Schemas["CheckoutCreate"] | Schemas["CheckoutUpdate"];

/** A request of UCP in the vocabulary of commands. */
export function raised(command: CommandName, body: unknown, telling: Telling): Raised | CommandRefused {
    switch (command) {
        case "create": {
            const sent = bodyOf(body, validateCheckoutCreate);
            if ("problem" in sent) return sent;
            if (sent.line_items === undefined) return malformedAt("$.line_items", "is required");
            const written = raisedCheckout(sent, telling);
            if ("problem" in written) return written;
            const { language } = sent.context ?? {};
            return {
                mode: { ...written.mode, needsStock: true },
                body: {
                    ...written.body,
                    currency: currencyFor(sent.context, telling.merchant),
                    capabilities: capabilitiesOf(telling),
                    ...(language !== undefined &&
                        /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/.test(language) && { locale: language }),
                },
            };
        }
        case "update": {
            const sent = bodyOf(body, validateCheckoutUpdate);
            return "problem" in sent ? sent : raisedCheckout(sent, telling);
        }
        case "complete": {
            const sent = bodyOf(body, validateCheckoutComplete);
            if ("problem" in sent) return sent;
            const payment = paymentDataIn(sent.payment, telling.merchant);
            return "problem" in payment ? payment : { body: { ...payment, ...risksIn(sent.signals) } };
        }
        case "cancel":
            return { body: {} };
    }
}

/** What is malformed is no matter of the checkout: `refusedAs` tells it as an error of the protocol. */
export const malformed = "malformed";

export function bodyOf<Body>(body: unknown, validate: ValidateFunction<Body>): Body | CommandRefused {
    if (validate(body)) return body;
    const [fault] = validationErrorsOf(validate.errors, rules);
    return malformedAt(jsonPathOf(fault?.pointer ?? ""), fault?.detail ?? "is not allowed");
}

export const malformedAt = (param: string, message: string): CommandRefused => ({
    problem: { status: 400, error: { type: "invalid_request", code: malformed, message, param } },
});

function raisedCheckout(
    sent: Written,
    telling: Telling,
): { readonly body: JsonObject; readonly mode: NonNullable<Raised["mode"]> } | CommandRefused {
    const { capabilities } = telling.negotiated;
    const delivery = capabilities.has(capability.fulfillment) ? raisedFulfillment(sent, telling.version) : {};
    if ("problem" in delivery) return delivery;
    const { details, options, keepsDetails, aside } = delivery;
    const { line_items: lines = [], buyer, discounts, context, signals, attribution } = sent;
    return {
        body: {
            ...raisedContents(lines, buyer),
            ...(details && { fulfillment_details: details }),
            ...(discounts?.codes && capabilities.has(capability.discount) && { discounts: { codes: discounts.codes } }),
        },
        mode: {
            replaces: true,
            ...(options && { options }),
            ...(keepsDetails && { keepsDetails }),
            aside: {
                ...aside,
                buyer: buyer && keptBuyer(buyer),
                observed: { context, signals, attribution },
            },
        },
    };
}

/** The lines and the buyer of a checkout or a cart. */
export const raisedContents = (lines: NonNullable<Written["line_items"]>, buyer: Schemas["Buyer"] | undefined) => ({
    line_items: lines.map(({ id, item, quantity }) => ({
        ...(id !== undefined && { id }),
        item: { id: item.id },
        quantity,
    })),
    ...(buyer?.email !== undefined && isEmail(buyer.email) && { buyer: contactOf({ ...buyer, email: buyer.email }) }),
});

/** Whether it can be one: others are told back, and prevent the completion. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text);

const keptBuyer = ({ first_name, last_name, email, phone_number, consent }: Schemas["Buyer"]) => ({
    first_name,
    last_name,
    email,
    phone_number,
    consent,
});

/** What a platform can do: a buyer who must authenticate goes to the shop's page. */
function capabilitiesOf({ negotiated: { capabilities }, continueUrl, merchant }: Telling) {
    return {
        ...(continueUrl !== undefined && { interventions: { supported: interventionsOf(merchant) } }),
        ...(capabilities.has(capability.discount) && { extensions: ["discount"] }),
    };
}

function risksIn(signals: unknown): JsonObject {
    if (!isJsonObject(signals)) return {};
    const { "dev.ucp.buyer_ip": address, "dev.ucp.user_agent": agent } = signals;
    const risks = {
        ...(typeof address === "string" && { ip_address: address }),
        ...(typeof agent === "string" && { user_agent: agent }),
    };
    return Object.keys(risks).length > 0 ? { risk_signals: risks } : {};
}
