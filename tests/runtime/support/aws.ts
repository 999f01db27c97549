import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { LocalServer } from "./server.ts";

/** A call that the SDK made. */
export interface Call {
    /** `SendMessage`, `PutItem`; `SendEmail`, `CreateSchedule` and `PutObject` for the services that speak REST. */
    readonly action: string;
    /** The input in the service's JSON protocol; for `PutObject` the path, the headers and the body. */
    readonly input: Readonly<Record<string, unknown>>;
}

/** An answer that AWS gives as an error. */
export class Refusal {
    readonly code: string;
    readonly status: number;
    readonly details: Readonly<Record<string, unknown>>;

    constructor(code: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
        this.code = code;
        this.status = status;
        this.details = details;
    }
}

/** An entry of a PutEvents. */
export interface PublishedEvent {
    readonly EventBusName: string;
    readonly Source: string;
    readonly DetailType: string;
    readonly Time: number;
    // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the callback published
    readonly detail: any;
}

const nothing = async () => {};

/** Answers one call; undefined leaves it to the answer that every call of the action gets. */
type Answer = (input: Call["input"]) => object | Refusal | undefined | Promise<object | Refusal | undefined>;

/**
 * An AWS endpoint on this machine: remembers every call and answers as the services document. DynamoDB's calls go on
 * to a real database. Tests put other answers in place with `answers`.
 */
export class Aws extends LocalServer {
    readonly calls: Call[] = [];
    /** What happens when a call has been worked on and is not answered yet. */
    beforeAnswer: (call: Call) => Promise<void> = nothing;
    readonly #database: { readonly url: string } | undefined;
    readonly #answers = new Map<string, Answer>();
    readonly #objects = new Map<string, string>();

    /** @param database a DynamoDB for the callbacks that use one. */
    constructor(database?: { readonly url: string }) {
        super();
        this.#database = database;
    }

    /** The environment that Lambda gives every function, with this endpoint. */
    get environment(): Record<string, string> {
        return {
            AWS_REGION: "eu-west-1",
            AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
            AWS_SECRET_ACCESS_KEY: "secret-of-the-role",
            AWS_SESSION_TOKEN: "token-of-the-role",
            AWS_ENDPOINT_URL: this.url,
            AWS_LAMBDA_FUNCTION_NAME: "function-under-test",
            LOG_LEVEL: "debug",
        };
    }

    /** Answers an action this way from now on, until `reset`. */
    answers(action: string, answer: Answer): void {
        this.#answers.set(action, answer);
    }

    /** The inputs of all calls of an action. */
    inputs(action: string): Call["input"][] {
        return this.calls.filter((call) => call.action === action).map(({ input }) => input);
    }

    /** The events that were published on a bus, with their details read, and without their own time. */
    published(): PublishedEvent[] {
        return this.inputs("PutEvents")
            .flatMap(({ Entries }) => Entries as (Omit<PublishedEvent, "detail"> & { readonly Detail: string })[])
            .map(({ Detail, ...entry }) => {
                const { meta: { occurredAt: _, ...meta } = {}, ...detail } = JSON.parse(Detail);
                return { ...entry, detail: { ...detail, meta } };
            });
    }

    /** What the messages say that were sent to a queue. */
    sentTo(queue: string) {
        return this.messages.filter(({ url }) => url.endsWith(`/${queue}`)).map(({ content }) => content);
    }

    /** All messages that were sent, one by one or in batches. */
    get messages() {
        return this.calls.flatMap(messagesIn);
    }

    /** Forgets calls and answers. */
    reset(): void {
        this.calls.length = 0;
        this.beforeAnswer = nothing;
        this.#answers.clear();
        this.#objects.clear();
    }

    protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const target = String(request.headers["x-amz-target"] ?? "");
        const { action, input } = await callIn(request, target);
        this.calls.push({ action, input });
        const answer = (await this.#answers.get(action)?.(input)) ?? (await this.#usual(action, input, request));
        await this.beforeAnswer({ action, input });
        if (answer instanceof Refusal && (action === "PutObject" || action.startsWith("Publish"))) {
            const error = `<Error><Code>${answer.code}</Code><Message>${answer.code}</Message></Error>`;
            response.writeHead(answer.status, { "content-type": "application/xml" });
            response.end(action === "PutObject" ? error : `<ErrorResponse>${error}</ErrorResponse>`);
            return;
        }
        if (action === "Publish") {
            response.writeHead(200, { "content-type": "text/xml" });
            response.end(
                "<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>",
            );
            return;
        }
        if (["AssumeRole", "GetCallerIdentity", "ListObjectsV2", "GetObject"].includes(action)) {
            // What these answer is text of their own, and refusals are in XML.
            const isRefused = answer instanceof Refusal;
            response.writeHead(isRefused ? answer.status : 200, { "content-type": "text/xml" });
            const error = isRefused ? `<Error><Code>${answer.code}</Code><Message>no</Message></Error>` : "";
            const whole = action === "AssumeRole" ? `<ErrorResponse>${error}</ErrorResponse>` : error;
            response.end(isRefused ? whole : String("text" in answer ? answer.text : ""));
            return;
        }
        if (action === "PublishBatch") {
            const lists = Object.entries(answer).map(([name, entries]) => list(name, entries));
            response.writeHead(200, { "content-type": "text/xml" });
            response.end(
                `<PublishBatchResponse><PublishBatchResult>${lists.join("")}</PublishBatchResult></PublishBatchResponse>`,
            );
            return;
        }
        if (answer instanceof Refusal) {
            response.writeHead(answer.status, {
                "content-type": "application/x-amz-json-1.0",
                "x-amzn-errortype": answer.code,
            });
            response.end(JSON.stringify({ __type: answer.code, message: answer.code, ...answer.details }));
            return;
        }
        response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
        response.end(action === "PutObject" ? "" : JSON.stringify(answer));
    }

    async #usual(action: string, input: Call["input"], { headers }: IncomingMessage): Promise<object | Refusal> {
        if (String(headers["x-amz-target"]).startsWith("DynamoDB_")) return await this.forward(action, input);
        switch (action) {
            case "SendMessage": {
                const md5 = createHash("md5").update(String(input["MessageBody"])).digest("hex");
                return { MessageId: "5fea7756-0ea4-451a-a703-a558b933e274", MD5OfMessageBody: md5 };
            }
            case "SendMessageBatch":
                return { Successful: entriesIn(input).map(acceptedEntry), Failed: [] };
            case "GetQueueAttributes":
                return { Attributes: { QueueArn: "arn:aws:sqs:eu-west-1:000000000000:orders" } };
            case "PutEvents": {
                const entries = Array.isArray(input["Entries"]) ? input["Entries"] : [];
                return { FailedEntryCount: 0, Entries: entries.map((_, index) => ({ EventId: `event-${index}` })) };
            }
            case "SendEmail":
                return { MessageId: "mail-1" };
            case "CreateSchedule":
                return { ScheduleArn: `arn:aws:scheduler:eu-west-1:000000000000:schedule/${input["Name"]}` };
            case "PutObject":
                this.#objects.set(String(input["path"]), String(input["body"]));
                return {};
            case "GetObject": {
                const text = this.#objects.get(String(input["path"]));
                return text === undefined ? new Refusal("NoSuchKey", 404) : { text };
            }
            case "ListObjectsV2": {
                const keys = [...this.#objects.keys()].map((path) =>
                    decodeURIComponent(path).replace(/^\/[^/]*\//, ""),
                );
                const found = keys.filter((key) => key.startsWith(String(input["prefix"]))).sort();
                const contents = found.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
                return { text: `<ListBucketResult>${contents}</ListBucketResult>` };
            }
            case "AssumeRole": {
                const keys = "<AccessKeyId>ASIAOWNER</AccessKeyId><SecretAccessKey>s</SecretAccessKey>";
                const expiry = `<Expiration>${new Date(Date.now() + 3_600_000).toISOString()}</Expiration>`;
                const credentials = `<Credentials>${keys}<SessionToken>t</SessionToken>${expiry}</Credentials>`;
                const result = `<AssumeRoleResult>${credentials}</AssumeRoleResult>`;
                return { text: `<AssumeRoleResponse>${result}</AssumeRoleResponse>` };
            }
            case "GetCallerIdentity": {
                const arn = "<Arn>arn:aws:iam::000000000000:user/operator</Arn>";
                const result = `<GetCallerIdentityResult>${arn}</GetCallerIdentityResult>`;
                return { text: `<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>` };
            }
            case "Publish":
                return {};
            case "PublishBatch":
                return { Successful: batchIn(input).map(({ Id }) => ({ Id, MessageId: `m-${Id}` })) };
            default:
                return new Refusal("UnknownOperationException");
        }
    }

    /** DynamoDB's own answer to a call, for a test that then does something to it. */
    async forward(action: string, input: Call["input"]): Promise<object | Refusal> {
        if (this.#database === undefined) return new Refusal("UnknownOperationException");
        const answer = await fetch(this.#database.url, {
            method: "POST",
            headers: {
                "content-type": "application/x-amz-json-1.0",
                "x-amz-target": `DynamoDB_20120810.${action}`,
                "x-amz-date": "20261120T101112Z",
                authorization:
                    "AWS4-HMAC-SHA256 Credential=local/20261120/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none",
            },
            body: JSON.stringify(input),
        });
        const body: Record<string, unknown> = JSON.parse(await answer.text());
        if (answer.ok) return body;
        const { __type: type = "", ...details } = body;
        return new Refusal(String(type).split("#").at(-1) ?? "", answer.status, details);
    }
}

/** A message in SendMessage or an entry of SendMessageBatch. */
export interface SentEntry {
    readonly Id: string;
    readonly MessageBody: string;
    readonly MessageGroupId?: string;
    readonly DelaySeconds?: number;
    readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue: string }>>;
}

// The SDK wrote them: this is their form.
export const entriesIn = (input: Call["input"]) => input["Entries"] as readonly SentEntry[];

/** SQS's answer to an entry that it takes. */
export const acceptedEntry = ({ Id, MessageBody }: SentEntry) => ({
    Id,
    MessageId: `m-${Id}`,
    MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex"),
});

/** The messages of a call. */
export function messagesIn({ action, input }: Call) {
    const url = String(input["QueueUrl"]);
    const entries =
        action === "SendMessageBatch"
            ? entriesIn(input)
            : action === "SendMessage"
              ? [input as unknown as SentEntry]
              : [];
    return entries.map((entry) => ({ url, entry, content: JSON.parse(entry.MessageBody) }));
}

/** An entry of a PublishBatch. */
export interface BatchEntry {
    readonly Id: string;
    readonly Message: string;
    /** The texts of its attributes, by their names. */
    readonly attributes: Readonly<Record<string, string>>;
}

/** The entries in the input of a PublishBatch, which comes as the fields of a form. */
export function batchIn(input: Call["input"]): BatchEntry[] {
    const entries: BatchEntry[] = [];
    for (let entry = 1; ; entry += 1) {
        const field = (name: string) => input[`PublishBatchRequestEntries.member.${entry}.${name}`];
        if (field("Id") === undefined) return entries;
        entries.push({
            Id: String(field("Id")),
            Message: String(field("Message")),
            attributes: attributesIn(input, `PublishBatchRequestEntries.member.${entry}.`),
        });
    }
}

/** The texts of a message's attributes in the fields of a form, by their names. @param prefix of the fields' names */
export function attributesIn(input: Call["input"], prefix = ""): Record<string, string> {
    const attributes: Record<string, string> = {};
    for (let attribute = 1; ; attribute += 1) {
        const field = `${prefix}MessageAttributes.entry.${attribute}`;
        if (input[`${field}.Name`] === undefined) return attributes;
        attributes[String(input[`${field}.Name`])] = String(input[`${field}.Value.StringValue`]);
    }
}

/** `{Failed: [{Id: "1"}]}` in XML. */
function list(name: string, entries: unknown): string {
    const members = (Array.isArray(entries) ? entries : []).map((entry: object) => {
        const fields = Object.entries(entry).map(([field, value]) => `<${field}>${value}</${field}>`);
        return `<member>${fields.join("")}</member>`;
    });
    return `<${name}>${members.join("")}</${name}>`;
}

async function callIn(request: IncomingMessage, target: string): Promise<Call> {
    const body = await text(request);
    if (target !== "") return { action: target.split(".").at(-1) ?? "", input: JSON.parse(body) };
    if (request.url?.startsWith("/v2/email/outbound-emails")) return { action: "SendEmail", input: JSON.parse(body) };
    const { url: path, headers } = request;
    const [, schedule] = /^\/schedules\/([^/?]+)$/.exec(path ?? "") ?? [];
    if (schedule !== undefined) return { action: "CreateSchedule", input: { Name: schedule, ...JSON.parse(body) } };
    // SNS takes forms, with each attribute as two fields.
    if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
        const { Action = "", ...input } = Object.fromEntries(new URLSearchParams(body));
        return { action: Action, input };
    }
    const { pathname, searchParams } = new URL(path ?? "", "http://localhost");
    if (request.method === "GET" && searchParams.has("list-type"))
        return { action: "ListObjectsV2", input: { prefix: searchParams.get("prefix") } };
    return { action: request.method === "GET" ? "GetObject" : "PutObject", input: { path: pathname, headers, body } };
}
