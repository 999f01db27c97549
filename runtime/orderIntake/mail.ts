import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Context, SQSRecord } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { Idempotency } from "../shared/idempotency.ts";
import { leaseOf } from "../shared/lease.ts";
import { log } from "../shared/log.ts";
import { eachMessage } from "../shared/messages.ts";
import { done, type Outcome } from "../shared/outcome.ts";
import { readNotification } from "./notification.ts";
import { amountText, type Cart, customerText, type Line, linesOf } from "./order.ts";

export const env = environment("SENDER", "EFFECTS_TABLE", "HISTORY_DAYS");
const ses = new SESv2Client({});
const idempotency = new Idempotency(dynamo, env.EFFECTS_TABLE, Number(env.HISTORY_DAYS));

/** E-mail queue: sends each order's notification through SES, once. After repeated refusals SQS moves it to the DLQ. */
export const handler = eachMessage(sendMail);

async function sendMail(record: SQSRecord, context: Context): Promise<Outcome> {
    const { body, messageId, messageAttributes, attributes } = record;
    const correlationId = messageAttributes["correlationId"]?.stringValue ?? messageId;
    const invocation = log.forInvocation(context, { correlationId, message_id: messageId });
    try {
        const { recipient, subject, orderData } = readNotification(body);
        const { orderId } = orderData;
        const lease = leaseOf(context, record);
        const { repeated, outcome } = await idempotency.runOnce({ orderId, step: "mail" }, lease, async () => {
            const { text, html } = mailBody(orderData);
            const { MessageId } = await ses.send(
                new SendEmailCommand({
                    FromEmailAddress: env.SENDER,
                    Destination: { ToAddresses: [recipient] },
                    Content: {
                        Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
                    },
                }),
            );
            return { sesMessageId: MessageId };
        });
        return done(invocation, repeated ? "Mail sent before" : "Mail sent", {
            ...outcome,
            order_id: orderId,
            recipient,
        });
    } catch (error) {
        const attempt = Number(attributes.ApproximateReceiveCount);
        invocation.error("The mail could not be sent", { error, attempt });
        throw error;
    }
}

function utf8(text: string) {
    return { Data: text, Charset: "UTF-8" };
}

interface MailBody {
    readonly text: string;
    readonly html: string;
}

/** For the sales team. */
function mailBody(cart: Cart): MailBody {
    const { orderId, customer, total, currency } = cart;
    const lines = linesOf(cart);
    const facts: [string, string][] = [["Customer", customerText(customer)]];
    if (total !== undefined) facts.push(["Total", amountText(total, currency)]);
    return {
        text: [
            `New order ${orderId}`,
            "",
            ...lines.map((line) => `${line.quantity} x ${nameOf(line)}${priceOf(line, currency, " at ")}`),
            "",
            ...facts.map(([name, value]) => `${name}: ${value}`),
            "",
        ].join("\n"),
        html: [
            `<!doctype html><html lang="en"><body style="font-family:sans-serif;color:#1f2933">`,
            `<h1 style="font-size:20px">New order ${inHtml(orderId)}</h1>`,
            `<table cellpadding="6" style="border-collapse:collapse">`,
            ...lines.map((line) => row([String(line.quantity), nameOf(line), priceOf(line, currency)])),
            `</table>`,
            ...facts.map(([name, value]) => `<p>${inHtml(name)}: <strong>${inHtml(value)}</strong></p>`),
            `</body></html>`,
        ].join("\n"),
    };
}

function nameOf({ name, productId }: Line): string {
    return productId === undefined ? name : `${name} (${productId})`;
}

function priceOf({ unitPrice }: Line, currency: string | undefined, before = ""): string {
    return unitPrice === undefined ? "" : `${before}${amountText(unitPrice, currency)}`;
}

function row(cells: readonly string[]): string {
    const filled = cells.map((cell) => `<td style="border-bottom:1px solid #d9e2ec">${inHtml(cell)}</td>`);
    return `<tr>${filled.join("")}</tr>`;
}

function inHtml(text: string): string {
    return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
