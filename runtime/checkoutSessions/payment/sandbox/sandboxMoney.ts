import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionFailed, conditionally } from "../../../shared/conditionally.ts";
import { uuidOf } from "../../../shared/ids.ts";
import type { JsonObject } from "../../../shared/json.ts";
import type { MoneyProvider, PaymentOrder, PaymentOrderOutcome, PaymentSnapshot } from "../money.ts";
import { PaymentOutcomeUnknownError, PaymentUnavailableError } from "../payment.ts";

/** What was done with a payment of the sandbox, in the item of its charge. */
interface Movements {
    readonly captured: number;
    readonly isVoided: boolean;
    readonly refunds: readonly { readonly entryId: string; readonly amount: number; readonly at: string }[];
}

/** Captures, voids and refunds in the sandbox, which refuses what Stripe refuses. It has no disputes. */
export class SandboxMoney implements MoneyProvider {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #now: () => number;

    constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now) {
        this.#client = client;
        this.#table = table;
        this.#now = now;
    }

    async look(paymentId: string): Promise<PaymentSnapshot | undefined> {
        const item = await this.#item(paymentId);
        if (item === undefined) return undefined;
        const { captured, isVoided, refunds } = movementsIn(item);
        return {
            id: paymentId,
            state: isVoided ? "voided" : captured > 0 ? "captured" : "authorized",
            amount: Number(item["amount"]),
            captured,
            currency: String(item["currency"]),
            orderId: String(item["orderId"]),
            refunds: refunds.map(({ entryId, ...refund }) => ({
                id: `re_${uuidOf("sandbox", paymentId, entryId)}`,
                entryId,
                ...refund,
                status: "completed",
            })),
            disputes: [],
        };
    }

    async carryOut(order: PaymentOrder): Promise<PaymentOrderOutcome> {
        const item = await this.#item(order.paymentId);
        if (item === undefined) return { status: "refused", reason: "resource_missing" };
        const before = movementsIn(item);
        const after = movementsAfter(before, order, Number(item["amount"]), new Date(this.#now()).toISOString());
        if (typeof after === "string") return { status: "refused", reason: after };
        if (after !== before) await this.#write(order.paymentId, item, after);
        return { status: "done" };
    }

    async #item(paymentId: string): Promise<JsonObject | undefined> {
        const get = new GetCommand({
            TableName: this.#table,
            Key: { key: keyOf(paymentId) },
            ConsistentRead: true,
        });
        const { Item: item } = await this.#client.send(get).catch((cause: unknown) => {
            throw new PaymentUnavailableError("the payments table did not answer", { cause });
        });
        return item?.["outcome"] === "succeeded" || item?.["outcome"] === "authorized" ? item : undefined;
    }

    async #write(paymentId: string, item: JsonObject, after: Movements): Promise<void> {
        const written = await conditionally(this.#client, {
            Update: {
                TableName: this.#table,
                Key: { key: keyOf(paymentId) },
                UpdateExpression: "SET movements = :after, revision = :next",
                ConditionExpression: "revision = :revision OR (attribute_not_exists(revision) AND :revision = :none)",
                ExpressionAttributeValues: {
                    ":after": after,
                    ":revision": revisionIn(item),
                    ":next": revisionIn(item) + 1,
                    ":none": 0,
                },
            },
        }).catch((cause: unknown) => {
            throw new PaymentOutcomeUnknownError("the payments table did not answer", { cause });
        });
        if (written instanceof ConditionFailed) throw new PaymentUnavailableError("the payment changed meanwhile");
    }
}

/** `pay_<uuid>_5` → `cs_<uuid>:5`, see `Sandbox` */
const keyOf = (paymentId: string) => paymentId.replace(/^pay_/, "cs_").replace(/_(?=[^_]*$)/, ":");

const revisionIn = ({ revision }: JsonObject) => (typeof revision === "number" ? revision : 0);

function movementsIn({ outcome, amount, movements }: JsonObject): Movements {
    const captured = outcome === "succeeded" ? Number(amount) : 0;
    // Only this class writes it.
    return (movements as Movements | undefined) ?? { captured, isVoided: false, refunds: [] };
}

/** The same object if the order was carried out before; the reason of a refusal as Stripe's code. */
function movementsAfter(
    before: Movements,
    { kind, entryId, amount }: PaymentOrder,
    authorized: number,
    at: string,
): Movements | string {
    const { captured, isVoided, refunds } = before;
    switch (kind) {
        case "capture":
            if (isVoided) return "payment_intent_unexpected_state";
            if (captured > 0) return before;
            return amount > authorized ? "amount_too_large" : { ...before, captured: amount };
        case "void":
            if (captured > 0) return "payment_intent_unexpected_state";
            return isVoided ? before : { ...before, isVoided: true };
        case "refund": {
            if (refunds.some((refund) => refund.entryId === entryId)) return before;
            const left = captured - refunds.reduce((sum, refund) => sum + refund.amount, 0);
            if (left <= 0) return "charge_already_refunded";
            if (amount > left) return "amount_too_large";
            return { ...before, refunds: [...refunds, { entryId, amount, at }] };
        }
    }
}
