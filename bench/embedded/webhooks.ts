import { GetQueueUrlCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { BenchError } from "../benchError.ts";
import type { PublishedEvent, WebhookSystem } from "../deliveries/load.ts";
import { order } from "../deliveries/order.ts";
import type { EmbeddedCloud } from "./cloud.ts";

/** The key that the embedded cloud starts with (tools/embedded/secrets.json). */
const key = "local-key";

/** The webhooks of the embedded cloud: endpoints by the HTTP API, events by the queue that the checkout writes to. */
export class EmbeddedWebhooks implements WebhookSystem {
    readonly #url: string;
    readonly #sqs: SQSClient;
    #queueUrl: string | undefined;

    constructor({ url, awsUrl }: EmbeddedCloud) {
        this.#url = url;
        this.#sqs = new SQSClient({
            endpoint: awsUrl,
            region: "eu-west-1",
            credentials: { accessKeyId: "local", secretAccessKey: "local" },
        });
    }

    async register(url: string) {
        const response = await this.#call("POST", "", { url, eventTypes: ["order_create"] });
        const { endpoint, secret }: { endpoint?: { id: string }; secret?: string } = JSON.parse(await response.text());
        if (endpoint === undefined || secret === undefined)
            throw new BenchError(`no endpoint was registered: ${response.status}`);
        return { id: endpoint.id, secret };
    }

    async remove(id: string): Promise<void> {
        const { status } = await this.#call("DELETE", `/${id}`);
        if (status !== 204) throw new BenchError(`the endpoint was not removed: ${status}`);
    }

    async publish(events: readonly PublishedEvent[]): Promise<void> {
        this.#queueUrl ??= await this.#findQueue();
        const timestamp = new Date().toISOString();
        const Entries = events.map(({ id, correlationId }, index) => {
            const event = { id, type: "order_create", timestamp, correlationId, data: order };
            return { Id: String(index), MessageBody: JSON.stringify(event) };
        });
        const { Failed = [] } = await this.#sqs.send(
            new SendMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries }),
        );
        if (Failed.length > 0) throw new BenchError(`${Failed.length} events were not taken`);
    }

    close(): void {
        this.#sqs.destroy();
    }

    async #findQueue(): Promise<string> {
        const find = new GetQueueUrlCommand({ QueueName: "webhook-deliveries-queue-dev" });
        const { QueueUrl = "" } = await this.#sqs.send(find);
        return QueueUrl;
    }

    #call(method: string, path: string, body?: object): Promise<Response> {
        return fetch(`${this.#url}/webhook_endpoints${path}`, {
            method,
            headers: { "x-api-key": key, ...(body && { "content-type": "application/json" }) },
            ...(body && { body: JSON.stringify(body) }),
        });
    }
}
