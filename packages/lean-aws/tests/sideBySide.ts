import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import * as fullDynamo from "@aws-sdk/client-dynamodb";
import * as fullKms from "@aws-sdk/client-kms";
import * as fullSecrets from "@aws-sdk/client-secrets-manager";
import * as fullSqs from "@aws-sdk/client-sqs";
import * as fullDocuments from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import * as leanDocuments from "../src/exports/documents.ts";
import * as leanDynamo from "../src/exports/dynamodb.ts";
import * as leanKms from "../src/exports/kms.ts";
import * as leanSecrets from "../src/exports/secretsManager.ts";
import * as leanSqs from "../src/exports/sqs.ts";

const full = { dynamo: fullDynamo, documents: fullDocuments, kms: fullKms, secrets: fullSecrets, sqs: fullSqs };
/** With the types of the SDK, under which sources are checked and which the bundler does not know. */
export const lean = {
    dynamo: leanDynamo,
    documents: leanDocuments,
    kms: leanKms,
    secrets: leanSecrets,
    sqs: leanSqs,
} as unknown as typeof full;

type Clients = typeof full;

/** A request as AWS gets it. */
export interface Seen {
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: unknown;
}

/** What AWS does with a request: a response, or the end of the connection. */
export type Reaction =
    | "hang up"
    | "break off"
    | "no answer"
    | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };

/** An AWS that reacts as a test says. */
class ScriptedAws {
    readonly seen: Seen[] = [];
    readonly sockets: Socket[] = [];
    /** What happens to each request; the last one's also to those that follow. */
    reactions: readonly (Reaction | ((seen: Seen) => Reaction))[] = [{}];
    readonly #server: Server;

    constructor() {
        this.#server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
            const { url: path = "", headers, socket } = request;
            const body = await text(request);
            const seen = { path, headers, body: body === "" ? undefined : JSON.parse(body) };
            this.seen.push(seen);
            if (!this.sockets.includes(socket)) this.sockets.push(socket);
            const scripted = this.reactions[Math.min(this.seen.length, this.reactions.length) - 1] ?? {};
            const reaction = typeof scripted === "function" ? scripted(seen) : scripted;
            if (reaction === "no answer") return;
            if (reaction === "hang up" || reaction === "break off") {
                if (reaction === "break off") response.writeHead(200, { "content-length": "100" }).write("{");
                setImmediate(() => socket.destroy());
                return;
            }
            const { status = 200, headers: own = {}, body: answer = "{}" } = reaction;
            response.writeHead(status, { "x-amzn-requestid": "request-1", ...own });
            response.end(answer);
        });
    }

    async start(): Promise<void> {
        this.#server.listen(0, "127.0.0.1");
        await once(this.#server, "listening");
    }

    get url(): string {
        const address = this.#server.address();
        if (address === null || typeof address === "string") throw new Error("the server has no port");
        return `http://127.0.0.1:${address.port}`;
    }

    forget(): void {
        this.seen.length = 0;
        this.sockets.length = 0;
    }

    stop(): void {
        this.#server.closeAllConnections();
        this.#server.close();
    }
}

/** What of a request must be the same: all but what tells the client, and what is of this moment. */
function comparable({ path, headers, body }: Seen): object {
    const {
        "user-agent": _agent,
        "x-amz-user-agent": _same,
        authorization,
        "x-amz-date": _date,
        host: _host,
        ...rest
    } = headers;
    const [, names = ""] = /SignedHeaders=([^,]+)/.exec(authorization ?? "") ?? [];
    const signed = names.replace(";x-amz-user-agent", "");
    const hasInvocation = /^[0-9a-f-]{36}$/.test(String(rest["amz-sdk-invocation-id"]));
    // The members are the same in another order, and so the body's hash is not.
    const hasHash = /^[0-9a-f]{64}$/.test(String(rest["x-amz-content-sha256"]));
    const own = { ...rest, "amz-sdk-invocation-id": hasInvocation, "x-amz-content-sha256": hasHash };
    const { ClientRequestToken: token, ...members } = Object(body);
    const isToken = /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(token);
    return { path, headers: own, signed, body: { ...members, ...(token && { token: isToken || token }) } };
}

/** What a caller sees of an output or an error, but for the time that tries took. */
function shown(value: unknown): unknown {
    const { $metadata, ...own } = value as { $metadata?: { totalRetryDelay?: number } };
    const { totalRetryDelay: _time, ...metadata } = $metadata ?? {};
    const error = value instanceof Error && {
        class: value.constructor.name,
        name: value.name,
        message: value.message,
        cause: value.cause,
    };
    return plain({ ...own, ...error, metadata });
}

/** Without members that are undefined, and with what JSON would lose. */
function plain(value: unknown): unknown {
    if (value instanceof Set) return { set: [...value].map(plain) };
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null || value instanceof Date || value instanceof Error) return value;
    if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
    return Object.fromEntries(
        Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, plain(member)]])),
    );
}

/** A call, made with the clients of one kind. */
export type Call = (clients: Clients) => Promise<unknown>;

export const json = (body: object, status = 200, headers: Readonly<Record<string, string>> = {}): Reaction => ({
    status,
    headers,
    body: JSON.stringify(body),
});

/** What a call sent, as `comparable`, and what it got. */
interface Made {
    readonly requests: readonly object[];
    readonly outcome: { readonly output: unknown } | { readonly error: unknown };
}

/**
 * For a `describe`: an AWS, to which the environment of the tests points, and the comparison of both kinds of clients.
 * Tries follow each other without a wait.
 */
export function sideBySide() {
    const aws = new ScriptedAws();
    const { env } = process;
    const { random } = Math;
    before(async () => {
        await aws.start();
    });
    beforeEach(() => {
        process.env = {
            ...env,
            AWS_REGION: "eu-west-1",
            AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
            AWS_SECRET_ACCESS_KEY: "secret",
            AWS_SESSION_TOKEN: "token",
            AWS_ENDPOINT_URL: aws.url,
        };
        Math.random = () => 0;
        aws.forget();
    });
    afterEach(() => {
        process.env = env;
        Math.random = random;
    });
    after(() => aws.stop());

    async function made(call: Call, clients: Clients, reactions: ScriptedAws["reactions"]): Promise<Made> {
        aws.forget();
        aws.reactions = reactions;
        const outcome = await call(clients).then(
            (output) => ({ output: shown(output) }),
            (error) => ({ error: shown(error) }),
        );
        return { requests: aws.seen.map(comparable), outcome };
    }

    /** What both kinds send and get, which must be the same. */
    async function both(call: Call, ...reactions: ScriptedAws["reactions"]): Promise<Made> {
        const sdk = await made(call, full, reactions);
        const ours = await made(call, lean, reactions);
        expect(ours).to.deep.equal(sdk);
        return ours;
    }
    return { aws, both };
}
