/**
 * `npm run smoke -- <url>`: whether a deployed stack does what it is there for, through its public API alone.
 */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Webhook } from "standardwebhooks";
import { exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { Api, type CheckResult, Checks } from "./operator/smoke.ts";
import {
    checkout,
    discovery,
    message,
    order,
    type Receiver,
    type Target,
    type WatchedQueue,
    webhook,
} from "./operator/smokeSteps.ts";
import { inOneLine, paintFor, span } from "./operator/terminal.ts";

const usage = `npm run smoke -- <url>                     the stack's output ApiEndpoint
  --product <id>      what is put into a cart (12345)
  --receiver <url>    an address of yours that takes webhooks; for a stack on this machine there is one
  --queue <url>       a queue that the order must reach, for instance the stack's output notificationsQueueUrl where no
                      sender of mail is set; messages are looked at and put back, which counts as one receive of each
  --profile <name>    the AWS profile that may read the queue; without it the credentials of the shell
  --wait <seconds>    how long what happens behind the API may take (30)
SMOKE_API_KEY         the key of a client with every scope but merchant (npm run keys); on this machine "local-key"
It places an order of one line of text, which has all effects of an order. It pays only with the sandbox provider.`;

/** Takes webhooks on this machine. */
async function ownReceiver(): Promise<Receiver> {
    const taken = new Map<string, { readonly body: string; readonly headers: Record<string, string> }>();
    const server = createServer(async (request, response) => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, `${value}`]));
        taken.set(headers["webhook-id"] ?? "", { body: await text(request), headers });
        response.writeHead(200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    const port = typeof bound === "object" ? bound?.port : undefined;
    return {
        url: `http://127.0.0.1:${port}/smoke`,
        isSigned: (deliveryId, secret) => {
            const { body, headers } = taken.get(deliveryId) ?? { body: "", headers: {} };
            try {
                new Webhook(secret).verify(body, headers);
                return true;
            } catch {
                return false;
            }
        },
        close: () => {
            server.closeAllConnections();
            server.close();
        },
    };
}

/** The region stands in the address of a queue on AWS: sqs.<region>.amazonaws.com. Throws UsageError. */
function watched(url: string, profile: string | undefined): WatchedQueue {
    if (!URL.canParse(url)) throw new UsageError(`--queue ${url} is no address of a queue`);
    const { hostname } = new URL(url);
    const region = /^sqs\.([a-z0-9-]+)\./.exec(hostname)?.[1] ?? process.env["AWS_REGION"] ?? "us-east-1";
    const credentials = isLoopback(url) && { credentials: { accessKeyId: "local", secretAccessKey: "local" } };
    return { url, sqs: new SQSClient({ region, ...(profile !== undefined && { profile }), ...credentials }) };
}

const isLoopback = (url: string): boolean => /^(127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname);

function lineOf({ name, outcome, ms, words }: CheckResult, paint: ReturnType<typeof paintFor>): string {
    const colour = { good: "green", failed: "red", skipped: "yellow" } as const;
    const took = outcome === "skipped" ? "" : span(ms);
    return `${paint(outcome.padEnd(7), colour[outcome])}  ${took.padStart(7)}  ${name.padEnd(19)}  ${inOneLine(words)}`;
}

await runCommand({
    usage,
    options: {
        product: { type: "string" },
        receiver: { type: "string" },
        queue: { type: "string" },
        profile: { type: "string" },
        wait: { type: "string", default: "30" },
    },
    words: 1,
    run: async (values, [url]) => {
        if (url === undefined) throw new UsageError("the address of the stack's API is missing");
        if (!URL.canParse(url)) throw new UsageError(`${JSON.stringify(url)} is no address of an API`);
        const waitSeconds = Number(values.wait);
        if (!(waitSeconds > 0)) throw new UsageError(`--wait is a number of seconds above 0, not ${values.wait}`);
        const isHere = isLoopback(url);
        const { SMOKE_API_KEY = isHere ? "local-key" : "" } = process.env;
        const key = SMOKE_API_KEY === "" ? undefined : SMOKE_API_KEY;
        const queue = values.queue === undefined ? undefined : watched(values.queue, values.profile);
        const given = values.receiver === undefined ? undefined : { url: values.receiver, close: () => undefined };
        const receiver = given ?? (isHere ? await ownReceiver() : undefined);
        const paint = paintFor(process.stdout, process.env);
        const checks = new Checks((result) => {
            if (!values.json) console.log(lineOf(result, paint));
        });
        const { product } = values;
        const target: Target = { api: new Api(url, key), checks, waitSeconds, product, receiver, queue };
        try {
            const currency = await discovery(target);
            await order(target);
            if (key === undefined) {
                for (const name of ["session created", "message published", "webhook delivered"]) {
                    checks.skip(name, "SMOKE_API_KEY is not set: npm run keys -- add smoke makes one");
                }
            } else {
                await checkout(target, currency ?? "usd");
                await message(target);
                await webhook(target);
            }
        } finally {
            receiver?.close();
            queue?.sqs.destroy();
        }
        if (values.json) console.log(JSON.stringify(checks.results));
        return checks.results.some(({ outcome }) => outcome === "failed") ? exitCodes.found : exitCodes.good;
    },
});
