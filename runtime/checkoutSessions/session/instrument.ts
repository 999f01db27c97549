import type { CredentialType } from "../domain/call.ts";
import { type Problem, unsupported } from "../domain/problem.ts";
import type { CompleteRequest } from "../domain/protocol.ts";

/** Terms of payment that this merchant does not offer, and instruments that its handler does not take. */
export function unsupportedIn(
    payment: CompleteRequest["payment_data"],
    credentials: readonly CredentialType[] = ["spt"],
): Problem | undefined {
    const { purchase_order_number, payment_terms: terms, due_date, approval_required, instrument } = payment;
    const refuse = (message: string, member: string) => unsupported(message, `$.payment_data.${member}`);
    if (purchase_order_number !== undefined) {
        return refuse("purchase orders are not accepted here", "purchase_order_number");
    }
    if (terms !== undefined && terms !== "immediate") return refuse("payment is immediate here", "payment_terms");
    if (due_date !== undefined) return refuse("payment is immediate here", "due_date");
    if (approval_required === true) return refuse("orders wait for no approval here", "approval_required");
    if (instrument?.type !== "card") return refuse("the handler takes instruments of type card", "instrument.type");
    if (!credentials.some((type) => type === instrument.credential.type)) {
        return refuse(`the handler takes credentials of type ${credentials.join(", ")}`, "instrument.credential.type");
    }
    return undefined;
}
