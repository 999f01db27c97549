import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { domainToASCII } from "node:url";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Attachment, BadRequestException, SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { Idempotency } from "../shared/idempotency.ts";
import { instantOf } from "../shared/instant.ts";
import { eachEvent } from "../shared/messages.ts";
import { done, notDone, type Outcome } from "../shared/outcome.ts";
import { letterOf, type Templates } from "./customers/letter.ts";
import { type News, newsIn } from "./customers/news.ts";
import { cartOf, type Meta, metaIn, type Order, orderIn } from "./order.ts";

export const env = environment(
    "SENDER",
    "SHOP_NAME",
    "SHOP_URL",
    "LOCALE",
    "ORDERS_TABLE",
    "EFFECTS_TABLE",
    "HISTORY_DAYS",
    "DOCUMENTS_BUCKET",
);
const ses = new SESv2Client({});
const s3 = new S3Client({});
const idempotency = new Idempotency(dynamo, env.EFFECTS_TABLE, Number(env.HISTORY_DAYS));
const shop = { name: env.SHOP_NAME, url: env.SHOP_URL };
const options = { templates: templatesIn(import.meta.dirname), shop, locale: env.LOCALE };

/** Longer than a message stays in a queue. What happened before is not news any more: an event that was replayed. */
const newsFor = 30 * 24 * 60 * 60 * 1000;

/**
 * What happens to an order: mails its customer the confirmation, with the document, each shipment, refund and
 * cancellation, once. SES may refuse for a while: SQS then retries, and moves the event to the DLQ after the last try. An
 * address that SES never takes is not tried again.
 */
export const handler = eachEvent(async ({ type, detail, lease, log }) => {
    const news = newsIn(type, detail).filter(({ at }) => at === undefined || instantOf(at) > Date.now() - newsFor);
    const { orderId } = detail;
    if (typeof orderId !== "string" || news.length === 0) return done(log, "Event without news for the customer");
    const { Item: item } = await dynamo.send(new GetCommand({ TableName: env.ORDERS_TABLE, Key: { orderId } }));
    if (item === undefined) return notDone(log, "MailOfUnknownOrder");
    const order = orderIn(item);
    const address = addressOf(order);
    if (address === undefined) return notDone(log, "MailUnaddressed");

    const outcomes: Outcome[] = [];
    for (const each of news) {
        const { repeated, outcome } = await idempotency.runOnce({ orderId, step: stepOf(each) }, lease, () =>
            send(each, order, metaIn(item), address),
        );
        const line = repeated ? "Customer mail sent before" : "Customer mail sent";
        const fields = { mail: stepOf(each), ...outcome };
        outcomes.push("refusal" in outcome ? notDone(log, "MailRefused", fields) : done(log, line, fields));
    }
    return outcomes.at(-1) ?? done(log, "Event without news for the customer");
});

/** The name of the mail among the steps of its order. */
const stepOf = (news: News): string =>
    news.kind === "confirmation" ? "confirmation-mail" : `${news.kind}-mail/${news.id}`;

async function send(news: News, order: Order, meta: Meta, address: string) {
    const { subject, text, html } = letterOf(news, order, meta, options);
    const attachments = news.kind === "confirmation" ? [await attached(news.document, order.orderId)] : [];
    const command = new SendEmailCommand({
        FromEmailAddress: env.SENDER,
        Destination: { ToAddresses: [address] },
        Content: {
            Simple: {
                Subject: utf8(subject),
                Body: { Text: utf8(text), Html: utf8(html) },
                Headers: [{ Name: "Auto-Submitted", Value: "auto-generated" }],
                ...(attachments.length > 0 && { Attachments: attachments }),
            },
        },
    });
    try {
        const { MessageId } = await ses.send(command);
        return { sesMessageId: MessageId };
    } catch (error) {
        // An address that SES refuses from every sender. What an operator can mend (a sender that is not verified, a sending
        // quota, a suspended account) has other names.
        if (error instanceof BadRequestException) return { refusal: error.name };
        throw error;
    }
}

async function attached(key: string, orderId: string): Promise<Attachment> {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: env.DOCUMENTS_BUCKET, Key: key }));
    return {
        FileName: `order-${orderId}.pdf`,
        ContentType: "application/pdf",
        ContentDisposition: "ATTACHMENT",
        ContentTransferEncoding: "BASE64",
        RawContent: await body?.transformToByteArray(),
    };
}

const utf8 = (text: string) => ({ Data: text, Charset: "UTF-8" });

/** Undefined without an address. SES takes ASCII: the domain in Punycode. */
function addressOf(order: Order): string | undefined {
    const { customer } = cartOf(order);
    if (typeof customer === "string") return undefined;
    const [, local, domain = ""] = /^([^@\s]+)@([^@\s]+)$/.exec(customer.email.trim()) ?? [];
    const ascii = domainToASCII(domain);
    return local === undefined || ascii === "" ? undefined : `${local}@${ascii}`;
}

/** The shop's own beside those that come with the program. */
function templatesIn(folder: string): Templates {
    const names = readdirSync(folder).filter((name) => /\.(txt|html)$/.test(name));
    return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}
