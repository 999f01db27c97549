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
import type { Cart } from "./order.ts";
import { type Row, type Sheet, sheetOf } from "./orderSheet.ts";

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
    const { orderId } = cart;
    const { facts, blocks, rows, titles, totals, total } = sheetOf(cart);
    const sums = [...totals, ...(total === undefined ? [] : [["Total", total] as const])];
    return {
        text: [
            `New order ${orderId}`,
            "",
            ...rows.map((row) => textOfRow(row, titles)),
            "",
            ...facts.map(([name, value]) => `${name}: ${value}`),
            ...sums.map(([name, value]) => `${name}: ${value}`),
            "",
            ...blocks.flatMap(({ title, lines }) => [title, ...lines, ""]),
        ].join("\n"),
        html: [
            `<!doctype html><html lang="en"><body style="font-family:sans-serif;color:#1f2933">`,
            `<h1 style="font-size:20px">New order ${inHtml(orderId)}</h1>`,
            `<table cellpadding="6" style="border-collapse:collapse">`,
            ...rows.map((row) =>
                tableRow([
                    String(row.quantity ?? ""),
                    nameOf(row),
                    row.unitPrice ?? "",
                    ...extras(row, titles).map(([, value]) => value),
                ]),
            ),
            `</table>`,
            ...[...facts, ...sums].map(([name, value]) => `<p>${inHtml(name)}: <strong>${inHtml(value)}</strong></p>`),
            ...blocks.map(
                ({ title, lines }) =>
                    `<h2 style="font-size:14px">${inHtml(title)}</h2><p>${lines.map(inHtml).join("<br>")}</p>`,
            ),
            `</body></html>`,
        ].join("\n"),
    };
}

function nameOf({ name, productId }: Row): string {
    return productId === undefined ? name : `${name} (${productId})`;
}

/** Of an order of the checkout. */
function extras({ discount, tax, amount }: Row, titles: Sheet["titles"]): (readonly [label: string, text: string])[] {
    return tax === undefined
        ? []
        : [
              ["discount", discount ?? ""],
              [titles.tax.toLowerCase(), tax],
              [titles.amount.toLowerCase(), amount ?? ""],
          ];
}

function textOfRow(row: Row, titles: Sheet["titles"]): string {
    const { quantity, unitPrice } = row;
    const known = extras(row, titles).filter(([, value]) => value !== "");
    const details = known.map(([label, value]) => `, ${label} ${value}`).join("");
    return `${quantity === undefined ? "" : `${quantity} x `}${nameOf(row)}${unitPrice ? ` at ${unitPrice}` : ""}${details}`;
}

function tableRow(cells: readonly string[]): string {
    const filled = cells.map((cell) => `<td style="border-bottom:1px solid #d9e2ec">${inHtml(cell)}</td>`);
    return `<tr>${filled.join("")}</tr>`;
}

function inHtml(text: string): string {
    return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
