import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { expect } from "chai";
import { allow, type Cloud, failure, startCloud } from "../endpoint/startedCloud.ts";

const identity = (name: string) => `arn:aws:ses:eu-west-1:000000000000:identity/${name}`;

describe("SES", () => {
    let cloud: Cloud;

    before(async () => {
        cloud = await startCloud({
            roles: { mailer: allow("ses:SendEmail", identity("example.com")) },
            identities: ["example.com"],
        });
    });
    after(() => cloud.stop());

    const simple = (more: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput => ({
        FromEmailAddress: "Shop <orders@example.com>",
        Destination: { ToAddresses: ["a@example.org"], CcAddresses: ["b@example.org"] },
        ReplyToAddresses: ["help@example.com"],
        Content: {
            Simple: { Subject: { Data: "Grüße" }, Body: { Text: { Data: "text" }, Html: { Data: "<p>html</p>" } } },
        },
        ...more,
    });
    const send = (input: SendEmailCommandInput, role?: string) =>
        new SESv2Client(cloud.as(role)).send(new SendEmailCommand(input));

    it("puts a mail into the outbox", async () => {
        const { MessageId } = await send(simple());
        const [mail] = cloud.outbox.outbox();
        expect(mail).to.deep.include({
            id: MessageId,
            sentBy: "ses",
            from: "Shop <orders@example.com>",
            to: ["a@example.org"],
            cc: ["b@example.org"],
            bcc: [],
            replyTo: ["help@example.com"],
            subject: "Grüße",
            text: "text",
            html: "<p>html</p>",
        });
    });

    it("keeps the files that a mail brings", async () => {
        const attachment = {
            FileName: "order.pdf",
            ContentType: "application/pdf",
            ContentDisposition: "ATTACHMENT" as const,
            RawContent: Buffer.from("%PDF"),
        };
        const { Simple } = simple().Content ?? {};
        await send(
            simple({
                Content: { Simple: { Subject: undefined, Body: undefined, ...Simple, Attachments: [attachment] } },
            }),
        );
        const [mail] = cloud.outbox.outbox();
        expect(mail?.attachments).to.deep.equal([
            { fileName: "order.pdf", contentType: "application/pdf", content: Buffer.from("%PDF").toString("base64") },
        ]);
    });

    it("reads sender, recipients and subject of a raw message", async () => {
        const message = [
            "From: orders@example.com",
            "To: one@example.org,",
            " two@example.org",
            "Subject: =?utf-8?B?R3LDvMOfZQ==?= =?utf-8?Q?_an_alle?=",
            "",
            "Subject: not a header",
        ].join("\r\n");
        await send({ Content: { Raw: { Data: Buffer.from(message) } } });
        const [mail] = cloud.outbox.outbox();
        expect(mail).to.deep.include({
            from: "orders@example.com",
            to: ["one@example.org", "two@example.org"],
            subject: "Grüße an alle",
            raw: message,
        });
    });

    it("refuses a mail without recipients, with too many, and to an invalid address", async () => {
        const before = cloud.outbox.outbox().length;
        for (const ToAddresses of [[], Array.from({ length: 51 }, (_, n) => `a${n}@b.c`), ["no-address"]]) {
            const refused = await failure(send(simple({ Destination: { ToAddresses } })));
            expect(refused.name).to.equal("BadRequestException");
        }
        expect(cloud.outbox.outbox()).to.have.length(before);
    });

    it("refuses tags, subjects and addresses for answers that SES does", async () => {
        const body = { Text: { Data: "text" } };
        for (const more of [
            { EmailTags: [{ Name: "order id", Value: "1" }] },
            { EmailTags: [{ Name: "order", Value: "" }] },
            { EmailTags: [{ Name: "order", Value: "v".repeat(257) }] },
            { Content: { Simple: { Subject: { Data: "two\nlines" }, Body: body } } },
            { ReplyToAddresses: ["no-address"] },
            { Destination: { ToAddresses: ["jürgen@example.org"] } },
            { Destination: { ToAddresses: ["Jürgen <jürgen@example.org>"] } },
        ]) {
            const refused = await failure(send(simple(more)));
            expect(refused.name, JSON.stringify(more)).to.equal("BadRequestException");
        }
        await send(simple({ EmailTags: [{ Name: "order-id", Value: "o_1" }] }));
        await send(simple({ Destination: { ToAddresses: ["Jürgen <juergen@example.org>"] } }));
    });

    it("knows no configuration sets, as the program makes none", async () => {
        const refused = await failure(send(simple({ ConfigurationSetName: "campaign" })));
        expect(refused.name).to.equal("NotFoundException");
    });

    it("lets a role send from the domain that it may, and nothing else", async () => {
        await send(simple(), "mailer");
        const other = await failure(send(simple({ FromEmailAddress: "orders@example.net" }), "mailer"));
        expect(other.name).to.equal("AccessDeniedException");
        const Data = Buffer.from("From: orders@example.com\r\nTo: a@b.c\r\n\r\n");
        const raw = await failure(
            send({ FromEmailAddress: "orders@example.com", Content: { Raw: { Data } } }, "mailer"),
        );
        expect(raw.message).to.include("ses:SendRawEmail");
    });
});
