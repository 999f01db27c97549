import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import type { Received } from "./shown.ts";

const description = "Inbox of the console";
const mostKept = 200;

/** An endpoint of the console's own: it verifies the signature of each webhook and keeps the last ones. */
export class Inbox {
    readonly #origin: string;
    readonly #received: Received[] = [];
    #opening: Promise<string> | undefined;
    #webhook: Webhook | undefined;

    /** @param origin of the API, which also serves the console */
    constructor(origin: string) {
        this.#origin = origin;
    }

    /** Registers the endpoint, in place of one of an earlier run, whose secret is gone; again where it was deleted. @returns its id */
    open(): Promise<string> {
        const before = this.#opening ?? Promise.resolve(undefined);
        this.#opening = before
            .catch(() => undefined)
            .then(async (id) => (id !== undefined && (await this.#isRegistered(id)) ? id : await this.#register()));
        return this.#opening;
    }

    async #isRegistered(id: string): Promise<boolean> {
        const { endpoints } = await this.#call("GET", "/webhook_endpoints");
        return Array.isArray(endpoints) && endpoints.filter(isJsonObject).some((endpoint) => endpoint["id"] === id);
    }

    received(): readonly Received[] {
        return this.#received;
    }

    async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const body = await text(request);
        if (this.#webhook === undefined) {
            response.writeHead(503).end("the inbox is being opened\n");
            return;
        }
        const headers = Object.fromEntries(
            Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const problem = problemOf(this.#webhook, body, headers);
        const at = new Date().toISOString();
        const id = headers["webhook-id"] ?? "";
        this.#received.unshift({
            id,
            at,
            isVerified: problem === undefined,
            ...(problem && { problem }),
            headers,
            body,
        });
        this.#received.splice(mostKept);
        response.writeHead(200).end("received\n");
    }

    async #register(): Promise<string> {
        const url = `${this.#origin}/_local/program/inbox`;
        const { endpoints } = await this.#call("GET", "/webhook_endpoints");
        for (const endpoint of Array.isArray(endpoints) ? endpoints.filter(isJsonObject) : []) {
            if (endpoint["description"] === description)
                await this.#call("DELETE", `/webhook_endpoints/${endpoint["id"]}`);
        }
        const { endpoint, secret } = await this.#call("POST", "/webhook_endpoints", {
            url,
            eventTypes: ["*"],
            description,
        });
        if (!isJsonObject(endpoint) || typeof secret !== "string") throw new Error("the API returned no endpoint");
        this.#webhook = new Webhook(secret);
        return String(endpoint["id"]);
    }

    async #call(method: string, path: string, body?: object): Promise<JsonObject> {
        const answer = await fetch(this.#origin + path, {
            method,
            headers: { "x-api-key": "local-key", "content-type": "application/json" },
            ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const said = await answer.text();
        const value: unknown = said === "" ? {} : JSON.parse(said);
        if (answer.ok && isJsonObject(value)) return value;
        throw new Error(`${method} ${path} is answered ${answer.status}: ${said.slice(0, 300)}`);
    }
}

function problemOf(webhook: Webhook, body: string, headers: Record<string, string>): string | undefined {
    try {
        webhook.verify(body, headers);
        return undefined;
    } catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
