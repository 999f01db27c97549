import { AwsError } from "../aws/call.ts";
import { type Input, isInput, partOf, partsOf, textOf, textsOf } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import type { AwsService } from "../aws/service.ts";
import type { Mail, Outbox } from "./outbox.ts";

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const recipientLimit = 50;
/** With attachments, as SES encodes it. */
const largestMail = 40 * 1024 * 1024;
const tagLimit = 50;

/** SES v2 SendEmail: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export class Mailer implements AwsService {
    readonly #outbox: Outbox;
    readonly #identities: ReadonlySet<string>;

    /** @param identities addresses and domains that the program verifies for sending. */
    constructor(outbox: Outbox, identities: readonly string[]) {
        this.#outbox = outbox;
        this.#identities = new Set(identities);
    }

    /**
     * The identities that a sender's address may be verified by. Where the program defines one, SES uses the address
     * before its domain; else it can be either, verified by hand.
     */
    identitiesOf(address: string): readonly string[] {
        const possible = [address, address.slice(address.indexOf("@") + 1)];
        const defined = possible.find((identity) => this.#identities.has(identity));
        return defined === undefined ? possible : [defined];
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        if (action !== "SendEmail") {
            throw noOperation("ses", action);
        }
        const mail = composed(input);
        const recipients = [...mail.to, ...mail.cc, ...mail.bcc];
        if (recipients.length === 0) throw badRequest("Missing required field: recipients.");
        if (recipients.length > recipientLimit) throw badRequest(`Recipient count exceeds ${recipientLimit}.`);
        checkTags(input);
        const contents = (mail.attachments ?? []).map(({ content }) => content).join("");
        const bytes = Buffer.byteLength(mail.raw ?? `${mail.subject}${mail.text ?? ""}${mail.html ?? ""}${contents}`);
        if (bytes > largestMail) throw badRequest(`Message length is more than ${largestMail} bytes long: '${bytes}'.`);
        if (/[\r\n]/.test(mail.subject)) throw badRequest("The subject must not hold a line break.");
        for (const address of [mail.from, ...recipients, ...mail.replyTo]) {
            const bare = bareAddress(address);
            if (!/^[^\s@]+@[^\s@]+$/.test(bare)) throw badRequest("Missing final '@domain'");
            // SES speaks no SMTPUTF8; a domain is written in Punycode.
            if (/[^\x21-\x7E]/.test(bare)) throw badRequest(`The address <${bare}> has characters beyond ASCII.`);
        }
        const configuration = textOf(input, "ConfigurationSetName");
        if (configuration !== undefined) {
            throw new AwsError("NotFoundException", `Configuration set <${configuration}> does not exist.`, 404);
        }
        return { MessageId: this.#outbox.put(mail) };
    }
}

function composed(input: Input): Omit<Mail, "id" | "time"> {
    const destination = partOf(input, "Destination");
    const envelope = {
        sentBy: "ses" as const,
        from: textOf(input, "FromEmailAddress") ?? "",
        to: textsOf(destination, "ToAddresses"),
        cc: textsOf(destination, "CcAddresses"),
        bcc: textsOf(destination, "BccAddresses"),
        replyTo: textsOf(input, "ReplyToAddresses"),
    };
    const { Simple, Raw } = partOf(input, "Content");
    if (isInput(Simple)) {
        const subject = textOf(partOf(Simple, "Subject"), "Data");
        const body = partOf(Simple, "Body");
        const text = textOf(partOf(body, "Text"), "Data");
        const html = textOf(partOf(body, "Html"), "Data");
        if (subject === undefined) throw badRequest("Missing required field: Subject.");
        if (text === undefined && html === undefined) throw badRequest("Missing required field: Body.");
        const attachments = partsOf(Simple, "Attachments").map(attachmentOf);
        return {
            ...envelope,
            subject,
            ...(text === undefined ? {} : { text }),
            ...(html === undefined ? {} : { html }),
            ...(attachments.length === 0 ? {} : { attachments }),
        };
    }
    if (isInput(Raw)) {
        const raw = Buffer.from(textOf(Raw, "Data") ?? "", "base64").toString();
        const headers = headersOf(raw);
        const addresses = (name: string) => (headers.get(name) ?? "").split(",").flatMap((one) => one.trim() || []);
        const named = envelope.to.length + envelope.cc.length + envelope.bcc.length > 0;
        return {
            ...envelope,
            from: envelope.from || (headers.get("from") ?? ""),
            ...(named ? {} : { to: addresses("to"), cc: addresses("cc"), bcc: addresses("bcc") }),
            subject: headers.get("subject") ?? "",
            raw,
        };
    }
    throw badRequest("The embedded cloud sends Content.Simple and Content.Raw; it has no templates.");
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Attachment.html */
function attachmentOf(input: Input): NonNullable<Mail["attachments"]>[number] {
    const [fileName, content] = [textOf(input, "FileName"), textOf(input, "RawContent")];
    if (fileName === undefined) throw badRequest("Missing required field: FileName.");
    if (content === undefined) throw badRequest("Missing required field: RawContent.");
    const contentType = textOf(input, "ContentType");
    return { fileName, ...(contentType === undefined ? {} : { contentType }), content };
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html */
function checkTags(input: Input): void {
    const tags = partsOf(input, "EmailTags");
    if (tags.length > tagLimit) throw badRequest(`A mail has at most ${tagLimit} tags.`);
    for (const tag of tags) {
        for (const name of ["Name", "Value"]) {
            if (/^[A-Za-z0-9_-]{1,256}$/.test(textOf(tag, name) ?? "")) continue;
            const allowed = "only alphanumeric ASCII characters, '_' and '-' are allowed, 1 to 256 of them.";
            throw badRequest(`Invalid tag ${name.toLowerCase()} <${textOf(tag, name)}>: ${allowed}`);
        }
    }
}

function badRequest(message: string): AwsError {
    return new AwsError("BadRequestException", message, 400);
}

/** `Shop <orders@example.com>` -> `orders@example.com` */
export function bareAddress(address: string): string {
    return (/<([^<>]*)>\s*$/.exec(address)?.[1] ?? address).trim();
}

/** The header fields of a MIME message by lower-case name, unfolded, with encoded words decoded (RFC 5322, RFC 2047). */
function headersOf(message: string): ReadonlyMap<string, string> {
    const [head = ""] = message.split(/\r?\n\r?\n/, 1);
    const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
    return new Map(
        lines.flatMap((line) => {
            const colon = line.indexOf(":");
            return colon === -1 ? [] : [[line.slice(0, colon).toLowerCase(), decoded(line.slice(colon + 1).trim())]];
        }),
    );
}

function decoded(value: string): string {
    return value
        .replace(/\?=\s+=\?/g, "?==?")
        .replace(/=\?[\w-]+\?([BbQq])\?([^?]*)\?=/g, (_, encoding: string, text: string) =>
            encoding.toLowerCase() === "b" ? Buffer.from(text, "base64").toString() : quotedPrintable(text),
        );
}

function quotedPrintable(text: string): string {
    const spaced = text.replaceAll("_", " ");
    return Buffer.from(
        spaced.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        "latin1",
    ).toString();
}
