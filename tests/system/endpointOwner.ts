import { InvokeCommand } from "@aws-sdk/client-lambda";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import { type DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { Delivery as CheckoutDelivery } from "../../runtime/checkoutSessions/events/event.ts";
import type { components } from "../../spec/generated/webhooks.types.ts";
import { ask } from "./client.ts";
import { type Embedded, eventually, setWhereThere } from "./embedded.ts";

type Schemas = components["schemas"];
export type Endpoint = Schemas["Endpoint"];
export type Delivery = Schemas["Delivery"];
export type Attempt = Schemas["Attempt"];

/** What is sent with every request of the API. */
export interface Answer {
    readonly status: number;
    // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
    readonly body: any;
}

/** A delivery with its body and its attempts. */
export interface DeliveryInFull extends Delivery {
    readonly body: string;
    readonly log: readonly Attempt[];
}

/** A client with an API key that registers endpoints and reads their deliveries. */
export class EndpointOwner {
    readonly #url: string;
    readonly #key: string;
    readonly #registered = new Set<string>();

    constructor(url: string, key = "local-key") {
        this.#url = url;
        this.#key = key;
    }

    /** @param path below `/webhook_endpoints` */
    async call(method: string, path = "", body?: object): Promise<Answer> {
        const response = await ask(`${this.#url}/webhook_endpoints${path}`, {
            method,
            headers: { "x-api-key": this.#key, ...(body && { "content-type": "application/json" }) },
            ...(body && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
    }

    async register(body: object): Promise<{ readonly id: string; readonly secret: string }> {
        const { endpoint, secret } = await this.#done("POST", "", body);
        this.#registered.add(endpoint.id);
        return { id: endpoint.id, secret };
    }

    async endpoint(id: string): Promise<Endpoint> {
        return await this.#done("GET", `/${id}`);
    }

    async list(): Promise<Endpoint[]> {
        return (await this.#done("GET")).endpoints;
    }

    async rotate(id: string, body: object = {}): Promise<string> {
        return (await this.#done("POST", `/${id}/rotate`, body)).secret;
    }

    /** Sends a test event. */
    async test(id: string): Promise<Delivery> {
        return await this.#done("POST", `/${id}/test`);
    }

    async enable(id: string): Promise<void> {
        await this.#done("POST", `/${id}/enable`);
    }

    async replay(id: string, body: object): Promise<number> {
        return (await this.#done("POST", `/${id}/replay`, body)).replayed;
    }

    async resend(id: string, deliveryId: string): Promise<Delivery> {
        return await this.#done("POST", `/${id}/deliveries/${deliveryId}/resend`);
    }

    async deliveries(id: string, query = ""): Promise<Delivery[]> {
        return (await this.#done("GET", `/${id}/deliveries${query}`)).deliveries;
    }

    async delivery(id: string, deliveryId: string): Promise<DeliveryInFull> {
        return await this.#done("GET", `/${id}/deliveries/${deliveryId}`);
    }

    /** The delivery once it has come to that: the row is written after the receiver has answered. */
    async settled(id: string, deliveryId: string, status: Delivery["status"]): Promise<DeliveryInFull> {
        return await eventually(async () => {
            const delivery = await this.delivery(id, deliveryId);
            expect(delivery.status, JSON.stringify(delivery)).to.equal(status);
            return delivery;
        });
    }

    /** Deletes all that it has registered. */
    async leave(): Promise<void> {
        for (const id of this.#registered) await this.call("DELETE", `/${id}`);
        this.#registered.clear();
    }

    async #done(method: string, path = "", body?: object) {
        const answer = await this.call(method, path, body);
        if (answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
        return answer.body;
    }
}

/** An event of a checkout session: every other one of its creation. */
export function eventOf(name: string, index: number): CheckoutDelivery {
    const sessionId = `cs_${name}-${index}`;
    const reason = index % 2 === 0 ? "created" : "updated";
    return {
        id: `${sessionId}:${index}:${reason}`,
        type: `checkout_session.${reason}`,
        timestamp: new Date(Date.now() + index).toISOString(),
        correlationId: sessionId,
        data: { id: sessionId },
    };
}

/** Sends events to the deliveries queue, as the checkout does. */
export async function happen(embedded: Embedded, events: readonly CheckoutDelivery[]): Promise<void> {
    const { sqs } = embedded.clients();
    const QueueUrl = await embedded.idOf("aws:sqs/queue:Queue", "checkout-deliveries-queue");
    for (let first = 0; first < events.length; first += 10) {
        const Entries = events
            .slice(first, first + 10)
            .map((event, index) => ({ Id: String(index), MessageBody: JSON.stringify(event) }));
        const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
        expect(Failed).to.deep.equal([]);
    }
    sqs.destroy();
}

/**
 * Ends the leases of attempts whose processes are gone. The reconciler sends the messages of
 * overdue deliveries every five minutes.
 */
export async function letLeasesRunOut(embedded: Embedded): Promise<void> {
    const { dynamo } = embedded.clients();
    const held: DeliveryKey[] = [];
    for (const { deliveryKey, number } of await having(dynamo, "webhook-attempts-dev", "leaseUntil")) {
        await setWhereThere(dynamo, "webhook-attempts-dev", { deliveryKey, number }, { leaseUntil: Date.now() - 1 });
        const [endpointId = "", deliveryId = ""] = String(deliveryKey).split("#");
        held.push({ endpointId, deliveryId });
    }
    for (const { endpointId, slot } of await having(dynamo, "webhook-capacity-dev", "heldUntil")) {
        await setWhereThere(dynamo, "webhook-capacity-dev", { endpointId, slot }, { heldUntil: Date.now() - 1 });
    }
    dynamo.destroy();
    await wakeOverdue(embedded, held);
}

/** Has the reconciler wake deliveries as if they had been due for longer than it waits for. */
export async function wakeOverdue(embedded: Embedded, deliveries: readonly DeliveryKey[]): Promise<void> {
    const { dynamo, lambda } = embedded.clients();
    const due = new Date(Date.now() - 11 * 60_000).toISOString();
    for (const { endpointId, deliveryId } of deliveries) {
        await setWhereThere(dynamo, "webhook-deliveries-dev", { endpointId, deliveryId }, { nextAttemptAt: due });
    }
    const FunctionName = await embedded.idOf("aws:lambda/function:Function", "webhooks-reconcile");
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: "{}" }));
    expect(FunctionError, Buffer.from(Payload ?? []).toString()).to.equal(undefined);
    dynamo.destroy();
    lambda.destroy();
}

interface DeliveryKey {
    readonly endpointId: string;
    readonly deliveryId: string;
}

async function having(dynamo: DynamoDBDocumentClient, TableName: string, attribute: string) {
    const { Items = [] } = await dynamo.send(
        new ScanCommand({ TableName, ConsistentRead: true, FilterExpression: `attribute_exists(${attribute})` }),
    );
    return Items;
}
