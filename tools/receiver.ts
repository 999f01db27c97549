/**
 * `npm run receiver`: registers a webhook endpoint on this machine, prints each event with whether its signature is right
 * (https://www.standardwebhooks.com), and deletes the endpoint at the end.
 */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { isJsonObject, type JsonObject } from "../runtime/shared/json.ts";
import { type ExitCode, exitCodes, runCommand, UnreachableError, UsageError } from "./operator/command.ts";
import { Api } from "./operator/smoke.ts";

const usage = `npm run receiver                           receives webhooks until it is ended (Ctrl-C)
  --events <list>     types of events, such as order.*,checkout_session.completed (*)
  --port <port>       port on this machine (9900, or RECEIVER_PORT)
  --url <url>         public address that leads to this port; deployed stacks need one
  --api <url>         the stack's output ApiEndpoint (http://127.0.0.1:8787, or the port in PORT)
RECEIVER_API_KEY      key of a client with the scope webhooks (local-key)`;

/** Marks endpoints of this command, so that it can delete those of a run that was killed. */
const description = "npm run receiver";

async function removeLeftovers(api: Api, url: string): Promise<void> {
    const { body } = await api.call("GET", "/webhook_endpoints", [200]);
    const endpoints: readonly unknown[] = Array.isArray(body["endpoints"]) ? body["endpoints"] : [];
    for (const endpoint of endpoints.filter(isJsonObject)) {
        if (endpoint["url"] === url && endpoint["description"] === description) await remove(api, endpoint);
    }
}

const remove = (api: Api, { id }: JsonObject) => api.call("DELETE", `/webhook_endpoints/${id}`, [204, 404]);

function signatureOf(webhook: Webhook, body: string, { headers }: IncomingMessage): string {
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    try {
        webhook.verify(body, signed);
        return "verified";
    } catch (error) {
        if (error instanceof WebhookVerificationError) return `NOT VERIFIED: ${error.message}`;
        throw error;
    }
}

async function print(webhook: Webhook, request: IncomingMessage, isJson: boolean): Promise<void> {
    const body = await text(request);
    const { "webhook-id": id = "without id" } = request.headers;
    const [time, signature] = [new Date().toISOString(), signatureOf(webhook, body, request)];
    console.log(isJson ? JSON.stringify({ time, id, signature, body }) : `${time} ${id} ${signature}\n${body}\n`);
}

async function listen(server: Server, port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(port, "127.0.0.1", resolve);
    }).catch((error: Error) => {
        throw new UnreachableError(`port ${port} cannot be used: ${error.message}; --port names another`, {
            cause: error,
        });
    });
}

const ended = () =>
    new Promise<void>((resolve) => {
        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    });

async function receive(api: Api, port: number, url: string, events: string[], isJson: boolean): Promise<ExitCode> {
    const end = ended();
    let webhook: Webhook | undefined;
    const server = createServer(async (request, response) => {
        try {
            // The first event may arrive before the answer that contains the secret: it is sent again.
            if (webhook === undefined) return void response.writeHead(503).end();
            await print(webhook, request, isJson);
            response.writeHead(200).end();
        } catch (error) {
            console.error(`a request cannot be read: ${error instanceof Error ? error.message : error}`);
            response.writeHead(400).end();
        }
    });
    await listen(server, port);
    try {
        await removeLeftovers(api, url);
        const { body } = await api.call("POST", "/webhook_endpoints", [201], { url, eventTypes: events, description });
        const { endpoint, secret } = body;
        if (!isJsonObject(endpoint) || typeof secret !== "string")
            throw new UnreachableError("the API returned no endpoint");
        webhook = new Webhook(secret);
        if (!isJson) console.log(`registered ${endpoint["id"]}: ${url} receives ${events.join(", ")}\n`);
        await end;
        await remove(api, endpoint);
        if (!isJson) console.log(`deleted ${endpoint["id"]}`);
        return exitCodes.good;
    } finally {
        server.close();
        server.closeAllConnections();
    }
}

await runCommand({
    usage,
    options: {
        events: { type: "string", default: "*" },
        port: { type: "string" },
        url: { type: "string" },
        api: { type: "string" },
    },
    words: 0,
    run: async ({ json, events, port: given, url, api }) => {
        const { PORT = "8787", RECEIVER_PORT = "9900", RECEIVER_API_KEY = "local-key" } = process.env;
        const port = Number(given ?? RECEIVER_PORT);
        if (!Number.isInteger(port) || port < 1 || port > 65_535) {
            throw new UsageError(`the port is ${given ?? RECEIVER_PORT}: set one from 1 to 65535`);
        }
        return await receive(
            new Api(api ?? `http://127.0.0.1:${PORT}`, RECEIVER_API_KEY),
            port,
            url ?? `http://127.0.0.1:${port}/hooks`,
            events.split(","),
            json,
        );
    },
});
