/**
 * `npm run receiver -- whsec_…`: takes webhooks on this machine and prints each with whether its signature is right
 * (https://www.standardwebhooks.com).
 */
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { type ExitCode, exitCodes, runCommand, UnreachableError, UsageError } from "./operator/command.ts";

const usage = `npm run receiver -- [<secret> …]           takes webhooks at http://127.0.0.1:9900 until it is ended
<secret>              of an endpoint, whsec_…; several for several endpoints or a rotation
RECEIVER_SECRET       the same, between spaces
RECEIVER_PORT         another port`;

/** Throws UsageError. */
function webhookOf(secret: string): Webhook {
    try {
        if (!secret.startsWith("whsec_")) throw new Error("it begins with whsec_");
        return new Webhook(secret);
    } catch (error) {
        const why = error instanceof Error ? error.message : error;
        throw new UsageError(`${JSON.stringify(secret)} is no secret of an endpoint: ${why}`, { cause: error });
    }
}

/** What there is to say of the signature. */
function verdictOn(webhooks: readonly Webhook[], body: string, { headers }: IncomingMessage): string {
    if (webhooks.length === 0) return "not verified: start me with the endpoint's secret";
    const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    const faults = webhooks.map((webhook) => faultOf(() => webhook.verify(body, signed)));
    return faults.includes(undefined) ? "verified" : `NOT VERIFIED: ${[...new Set(faults)].join(", ")}`;
}

function faultOf(verify: () => unknown): string | undefined {
    try {
        verify();
        return undefined;
    } catch (error) {
        if (error instanceof WebhookVerificationError) return error.message;
        throw error;
    }
}

/** Takes webhooks until it is ended. */
async function receive(webhooks: readonly Webhook[], port: number, isJson: boolean): Promise<ExitCode> {
    const server = createServer(async (request, response) => {
        try {
            const body = await text(request);
            const { "webhook-id": id = "no id" } = request.headers;
            const [time, verdict] = [new Date().toISOString(), verdictOn(webhooks, body, request)];
            console.log(isJson ? JSON.stringify({ time, id, verdict, body }) : `${time} ${id} ${verdict}\n${body}\n`);
            response.writeHead(200).end();
        } catch (error) {
            console.error(`what came cannot be read: ${error instanceof Error ? error.message : error}`);
            response.writeHead(400).end();
        }
    });
    const ended = new Promise<void>((resolve, reject) => {
        server.on("close", resolve);
        server.on("error", reject);
    });
    server.listen(port, "127.0.0.1", () => {
        const where = `http://127.0.0.1:${port}`;
        if (!isJson) console.log(`webhooks are taken at ${where}, with ${webhooks.length} secrets`);
    });
    await ended.catch((error: Error) => {
        throw new UnreachableError(`no webhooks can be taken at port ${port}: ${error.message}`, { cause: error });
    });
    return exitCodes.good;
}

await runCommand({
    usage,
    options: {},
    words: Number.POSITIVE_INFINITY,
    run: async ({ json }, words) => {
        const { RECEIVER_SECRET = "", RECEIVER_PORT = "9900" } = process.env;
        const secrets = words.length > 0 ? words : RECEIVER_SECRET.split(" ").filter((secret) => secret !== "");
        const port = Number(RECEIVER_PORT);
        if (!Number.isInteger(port) || port < 1 || port > 65_535) {
            throw new UsageError(`RECEIVER_PORT is ${RECEIVER_PORT}: set a port from 1 to 65535`);
        }
        return await receive(secrets.map(webhookOf), port, json);
    },
});
