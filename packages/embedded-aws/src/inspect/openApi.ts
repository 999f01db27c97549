/*
 * The OpenAPI document of `/_local`: what each view answers with. A test asks the running cloud for each of them.
 */

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const number: Schema = { type: "number" };
const flag: Schema = { type: "boolean" };
const list = (items: Schema): Schema => ({ type: "array", items });
const record = (values: Schema): Schema => ({ type: "object", additionalProperties: values });
/** @param optional members that may be absent */
const object = (
    required: Readonly<Record<string, Schema>>,
    optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
    type: "object",
    required: Object.keys(required),
    properties: { ...required, ...optional },
});
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const nullable = (type: string): Schema => ({ type: [type, "null"] });

const schemas: Readonly<Record<string, Schema>> = {
    Entry: object(
        { sequence: number, time: number, start: number, what: text, where: text, text, ids: record(text) },
        {
            resource: text,
            calls: list(text),
            callees: list(text),
            action: text,
            rights: list(text),
            status: number,
            durationMs: number,
            waitMs: number,
            initMs: number,
            requestId: text,
            payload: text,
            result: text,
            logGroup: text,
            logStream: text,
        },
    ),
    Node: object({ urn: text, kind: text, name: text, path: list(text) }, { deadLetters: flag, routes: list(text) }),
    Edge: object({ from: text, to: text, kind: text }, { by: text }),
    Queue: object({
        name: text,
        url: text,
        deadLetters: flag,
        visible: number,
        inFlight: number,
        delayed: number,
        messages: list(
            object(
                { messageId: text, sent: text, receives: number, body: {} },
                { attributes: record({}), reason: text },
            ),
        ),
    }),
    Mail: object(
        { id: text, time: number, sentBy: text, from: text, to: list(text), subject: text },
        { cc: list(text), bcc: list(text), replyTo: list(text), text, html: text, raw: text },
    ),
    Grant: object({ action: text, resource: text }, { count: number }),
    Rights: object({
        roleArn: text,
        allowed: list(ref("Grant")),
        used: list(ref("Grant")),
        unused: list(ref("Grant")),
        denied: list(ref("Grant")),
    }),
    Key: object({ name: text, type: text }),
};

interface View {
    readonly summary: string;
    readonly parameters?: Readonly<Record<string, string>>;
    readonly schema?: Schema;
    readonly type?: string;
    readonly needed?: readonly string[];
}

const page = {
    limit: "entries of a list at most",
    offset: "entries to pass over; the header Link names the next page",
};

const views: Readonly<Record<string, View>> = {
    resources: {
        summary: "Resources, functions with their counts, triggers, and what is still to be done",
        schema: object({ resources: list({}), functions: list({}), triggers: list({}), pending: list({}) }),
    },
    resource: {
        summary: "One resource with its properties",
        parameters: { urn: "of the resource" },
        needed: ["urn"],
        schema: object({ urn: text, type: text, inputs: record({}), outputs: record({}) }),
    },
    graph: {
        summary: "Nodes and edges of the recorded graph",
        schema: object({ stack: text, project: text, nodes: list(ref("Node")), edges: list(ref("Edge")) }),
    },
    queues: {
        summary: "Queues with their messages; of dead letters the reason",
        parameters: { name: "of one queue", ...page },
        schema: list(ref("Queue")),
    },
    depths: {
        summary: "How many messages each queue has",
        parameters: page,
        schema: list(object({ name: text, deadLetters: flag, visible: number, inFlight: number, delayed: number })),
    },
    objects: {
        summary: "Objects of all buckets, the newest first, or with a key the object itself",
        parameters: { key: "of one object", ...page },
        schema: list(object({ bucket: text, key: text, bytes: number, modified: text })),
    },
    mail: {
        summary: "Mails, the newest first",
        parameters: { id: "of one mail", part: "`html` or `source` of it", about: "text in mails", ...page },
        schema: list(ref("Mail")),
    },
    trace: {
        summary: "What bears one of the ids, by cause and time",
        parameters: { correlationId: "an id; may be given more than once", ...page },
        needed: ["correlationId"],
        schema: list(ref("Entry")),
    },
    entries: {
        summary: "What happened, the newest first",
        parameters: {
            limit: "entries at most",
            before: "the sequence number that older ones are below",
            what: "kinds, with commas",
            where: "one place",
            about: "a text that they contain",
        },
        schema: object({ entries: list(ref("Entry")), next: nullable("number") }),
    },
    stream: {
        summary: "What happens, as Server-Sent Events `entries` with lists of entries; resumed by Last-Event-ID",
        parameters: { since: "the sequence number to begin after" },
        type: "text/event-stream",
    },
    dropped: { summary: "What was accepted and lost, the newest first", parameters: page, schema: list(ref("Entry")) },
    permissions: {
        summary: "What each role is allowed, uses, and was refused",
        parameters: page,
        schema: list(ref("Rights")),
    },
    faults: { summary: "Faults that LOCAL_FAULTS has injected", schema: record({}) },
    doubles: {
        summary: "Requests to doubles of services on the internet",
        parameters: { name: "of one double" },
        schema: {},
    },
    tables: {
        summary: "Tables with their keys and indexes",
        parameters: page,
        schema: list(
            object({
                name: text,
                keys: list(ref("Key")),
                indexes: list(object({ name: text, keys: list(ref("Key")) })),
            }),
        ),
    },
    items: {
        summary: "A page of a table's items, or of those with a key",
        parameters: {
            table: "its name",
            index: "one of its indexes",
            key: "value of the partition key",
            order: "`descending` by the sort key",
            limit: "items at most",
            from: "`next` of the page before",
        },
        needed: ["table"],
        schema: object({ items: list(record({})), keys: list(text), next: nullable("string") }),
    },
    "openapi.json": { summary: "This document", schema: record({}) },
};

const actions: Readonly<Record<string, { readonly summary: string; readonly input: Schema }>> = {
    invoke: { summary: "Invokes a function with a payload", input: object({ function: text, payload: text }) },
    send: { summary: "Sends a message to a queue", input: object({ queue: text, body: text }) },
    purge: { summary: "Deletes the messages of a queue", input: object({ queue: text }) },
    redrive: {
        summary: "Sends dead letters of a queue back to where they failed",
        input: object({ queue: text }, { messageId: text, dryRun: flag }),
    },
    discard: {
        summary: "Deletes dead letters of a queue",
        input: object({ queue: text }, { messageId: text, dryRun: flag }),
    },
    "put-item": { summary: "Puts an item into a table", input: object({ table: text, item: record({}) }) },
    "delete-item": { summary: "Deletes an item from a table", input: object({ table: text, key: record({}) }) },
};

const answer = (schema: Schema, type = "application/json") => ({
    description: "The answer",
    content: { [type]: { schema } },
});
const problem = { description: "Why not", content: { "application/json": { schema: object({ message: text }) } } };

const readings = Object.entries(views).map(([name, { summary, parameters = {}, schema = text, type, needed = [] }]) => [
    `/_local/${name}`,
    {
        get: {
            operationId: name,
            summary,
            parameters: Object.entries(parameters).map(([parameter, description]) => ({
                name: parameter,
                in: "query",
                description,
                required: needed.includes(parameter),
                schema: text,
            })),
            responses: { 200: answer(schema, type), 400: problem, 403: problem },
        },
    },
]);

const changes = Object.entries(actions).map(([name, { summary, input }]) => [
    `/_local/${name}`,
    {
        post: {
            operationId: name,
            summary: `${summary}. Needs a request of this origin.`,
            parameters: [{ name: "X-Console", in: "header", required: true, schema: text }],
            requestBody: { required: true, content: { "application/json": { schema: input } } },
            responses: { 200: answer(record({})), 400: problem, 403: problem },
        },
    },
]);

export const localDocument = {
    openapi: "3.1.0",
    info: {
        title: "Inside the embedded cloud",
        version: "1",
        description:
            "Host and Origin must be 127.0.0.1 or localhost. Lists come in pages where `limit` or `offset` ask for them.",
    },
    paths: Object.fromEntries([...readings, ...changes]),
    components: { schemas },
};
