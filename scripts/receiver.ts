/**
 * `npm run receiver -- whsec_…`: takes webhooks at http://127.0.0.1:9900 and prints each with whether its signature is
 * right (https://www.standardwebhooks.com). Several secrets, or RECEIVER_SECRET, for several endpoints or a rotation;
 * RECEIVER_PORT for another port.
 */
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

const { positionals } = parseArgs({ allowPositionals: true });
const { RECEIVER_SECRET = "", RECEIVER_PORT = "9900" } = process.env;
const secrets = positionals.length > 0 ? positionals : RECEIVER_SECRET.split(" ").filter((secret) => secret !== "");
const webhooks = secrets.map((secret) => new Webhook(secret));

/** What there is to say of the signature. */
function verdictOn(body: string, { headers }: IncomingMessage): string {
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

const server = createServer(async (request, response) => {
    try {
        const body = await text(request);
        const { "webhook-id": id = "no id" } = request.headers;
        console.log(`${new Date().toISOString()} ${id} ${verdictOn(body, request)}\n${body}\n`);
        response.writeHead(200).end();
    } catch (error) {
        console.error(`what came cannot be read: ${error instanceof Error ? error.message : error}`);
        response.writeHead(400).end();
    }
});
server.on("error", (error) => {
    console.error(`no webhooks can be taken at port ${RECEIVER_PORT}: ${error.message}`);
    process.exitCode = 1;
});
server.listen(Number(RECEIVER_PORT), "127.0.0.1", () => {
    console.log(`webhooks are taken at http://127.0.0.1:${RECEIVER_PORT}, with ${webhooks.length} secrets`);
});
