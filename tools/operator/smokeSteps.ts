/** What `npm run smoke` does to a stack, step by step. */
import { randomUUID } from "node:crypto";
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { isJsonObject, type JsonObject } from "../../runtime/shared/json.ts";
import { type Api, CheckFailedError, type Checks, within } from "./smoke.ts";

/** A stack that is checked. */
export interface Target {
    readonly api: Api;
    readonly checks: Checks;
    readonly waitSeconds: number;
    /** Absent: one of the embedded cloud's, which a stack may sell or not. */
    readonly product: string | undefined;
    /** Where webhooks are taken. */
    readonly receiver: Receiver | undefined;
    readonly queue: WatchedQueue | undefined;
}

/** A queue that is looked into, without taking anything out of it. */
export interface WatchedQueue {
    readonly url: string;
    readonly sqs: SQSClient;
}

export interface Receiver {
    readonly url: string;
    /** Whether a delivery came and is signed with the secret. Absent for an address outside of this process. */
    readonly isSigned?: (deliveryId: string, secret: string) => boolean;
    close(): void;
}

export async function discovery({ api, checks }: Target): Promise<string | undefined> {
    return checks.step("discovery", async () => {
        const { body } = await api.call("GET", "/.well-known/acp.json", [200]);
        const currency = textAt(body, "capabilities", "supported_currencies", "0");
        return { words: `${textAt(body, "protocol", "name")} ${textAt(body, "protocol", "version")}`, found: currency };
    });
}

export async function order(target: Target): Promise<void> {
    const { api, checks, waitSeconds } = target;
    const orderId = `smoke-${randomUUID()}`;
    const placed = await checks.step("order placed", async () => {
        const sent = { orderId, customer: "Smoke test", items: ["Smoke test"], total: 0 };
        const { headers } = await api.call("POST", "/orders", [202], sent);
        return { words: `${orderId}, correlation ${headers.get("x-correlation-id")}`, found: true };
    });
    if (placed === undefined) return skipAll(checks, ["order confirmed", "order in the queue"]);
    await checks.step("order confirmed", () => confirmed(api, orderId, waitSeconds));
    if (target.queue === undefined) checks.skip("order in the queue", "no --queue <url> is watched");
    else await checks.step("order in the queue", queued(target.queue, orderId, waitSeconds));
}

function queued({ url, sqs }: WatchedQueue, orderId: string, waitSeconds: number) {
    return () =>
        within(waitSeconds, `a message about ${orderId} in the queue`, async () => {
            const { Messages = [] } = await sqs
                .send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, VisibilityTimeout: 30 }))
                .catch((error: unknown) => {
                    throw new CheckFailedError(`${url} cannot be read: ${String(error)}`, { cause: error });
                });
            const found = Messages.find(({ Body = "" }) => Body.includes(orderId));
            // The others come back by themselves after half a minute: until then the next look sees further ones.
            if (found === undefined) return undefined;
            await sqs.send(
                new ChangeMessageVisibilityCommand({
                    QueueUrl: url,
                    ReceiptHandle: found.ReceiptHandle,
                    VisibilityTimeout: 0,
                }),
            );
            return { words: found.MessageId ?? "", found: true };
        });
}

function confirmed(api: Api, orderId: string, waitSeconds: number) {
    return within(waitSeconds, `the order ${orderId}`, async () => {
        const { status, body } = await api.call("GET", `/orders/${orderId}`, [200, 404]);
        const state = textAt(body, "status");
        return status === 200 && state !== "received" ? { words: `${orderId}: ${state}`, found: true } : undefined;
    });
}

export async function checkout(target: Target, currency: string): Promise<void> {
    const { api, checks, waitSeconds } = target;
    const product = target.product ?? "12345";
    const created = await checks.step("session created", async () => {
        const { body } = await api.agent("POST", "/checkout_sessions", {
            currency,
            capabilities: { interventions: { supported: ["3ds"] } },
            line_items: [{ id: product, quantity: 1 }],
            buyer: { first_name: "Smoke", last_name: "Test", email: "smoke@example.com" },
            fulfillment_details: { name: "Smoke Test", address },
        });
        return { words: `${textAt(body, "id")}: ${textAt(body, "status")}`, found: body };
    });
    if (created === undefined) return skipAll(checks, ["session updated", "session completed", "session's order"]);
    const path = `/checkout_sessions/${textAt(created, "id")}`;
    if (target.product === undefined && JSON.stringify(created["messages"] ?? []).includes('"not_found"')) {
        await api.agent("POST", `${path}/cancel`, {});
        const names = ["session updated", "session completed", "session's order"];
        for (const name of names) checks.skip(name, `the catalogue has no product ${product}: name one by --product`);
        return;
    }
    const updated = await checks.step("session updated", async () => {
        const { body } = await api.agent("POST", path, selectionIn(created));
        const status = textAt(body, "status");
        if (status === "ready_for_payment") return { words: status, found: body };
        throw new CheckFailedError(`the session is ${status}: ${JSON.stringify(body["messages"])}`);
    });
    const psp = textAt(created, "capabilities", "payment", "handlers", "0", "psp");
    if (updated === undefined || psp !== "sandbox") {
        if (updated !== undefined) {
            await checks.step("session canceled", async () => {
                const { body } = await api.agent("POST", `${path}/cancel`, {});
                return { words: `${textAt(body, "status")}: ${psp} would charge`, found: true };
            });
        }
        return skipAll(checks, ["session completed", "session's order"]);
    }
    const orderId = await checks.step("session completed", async () => {
        const { body } = await api.agent("POST", `${path}/complete`, payment);
        const [status, id] = [textAt(body, "status"), textAt(body, "order", "id")];
        if (status === "completed" && id !== undefined) return { words: id, found: id };
        throw new CheckFailedError(`the session is ${status}: ${JSON.stringify(body["messages"])}`);
    });
    if (orderId === undefined) checks.skip("session's order", "there is none");
    else await checks.step("session's order", () => confirmed(api, orderId, waitSeconds));
}

const skipAll = (checks: Checks, names: readonly string[]): void => {
    for (const name of names) checks.skip(name, "it was not come to");
};

const address = {
    name: "Smoke Test",
    line_one: "12 Main Street",
    city: "San Francisco",
    state: "CA",
    country: "US",
    postal_code: "94107",
};

const payment = {
    payment_data: {
        handler_id: "card_tokenized",
        instrument: { type: "card", credential: { type: "spt", token: "spt_success" } },
    },
};

/** The first way to ship, for all goods; nothing for what needs no shipping. */
function selectionIn({ fulfillment_options: options, line_items: lines }: JsonObject): object {
    const [first] = Array.isArray(options) ? options.filter(isJsonObject) : [];
    if (first === undefined) return {};
    const item_ids = Array.isArray(lines) ? lines.filter(isJsonObject).map(({ id }) => id) : [];
    return { selected_fulfillment_options: [{ type: first["type"], option_id: first["id"], item_ids }] };
}

export async function message({ api, checks }: Target): Promise<void> {
    await checks.step("message published", async () => {
        const { status } = await api.call("POST", "/messages", [202, 404], {
            messageType: "smoke-test",
            message: { at: new Date().toISOString() },
        });
        return { words: status === 404 ? "the stack takes none (messages.api)" : "accepted", found: true };
    });
}

export async function webhook({ api, checks, receiver, waitSeconds }: Target): Promise<void> {
    const names = ["webhook delivered", "endpoint deleted"];
    if (receiver === undefined) {
        return checks.skip("webhook delivered", "no --receiver <url> takes it");
    }
    const registered = await checks.step("endpoint registered", async () => {
        const sent = { url: receiver.url, eventTypes: ["order.*"] };
        const isOurs = receiver.isSigned !== undefined;
        const { status, body } = await api.call("POST", "/webhook_endpoints", isOurs ? [201, 400] : [201], sent);
        // With the settings of production no address of this machine is taken, as it should be.
        if (status === 400) return { words: "this machine's is refused: name another by --receiver", found: undefined };
        const [id = "", secret = ""] = [textAt(body, "endpoint", "id"), textAt(body, "secret")];
        return { words: `${id} at ${receiver.url}`, found: { path: `/webhook_endpoints/${id}`, secret } };
    });
    if (registered === undefined) return skipAll(checks, names);
    const { path, secret } = registered;
    await checks.step("webhook delivered", async () => {
        const { body } = await api.call("POST", `${path}/test`, [202]);
        const deliveryId = textAt(body, "id") ?? "";
        await within(waitSeconds, `the delivery ${deliveryId}`, async () => {
            const { body } = await api.call("GET", `${path}/deliveries/${deliveryId}`, [200]);
            return textAt(body, "status") === "delivered" ? true : undefined;
        });
        if (receiver.isSigned?.(deliveryId, secret) === false) throw new CheckFailedError("its signature is wrong");
        return { words: receiver.isSigned ? `${deliveryId}, its signature is right` : deliveryId, found: true };
    });
    await checks.step("endpoint deleted", async () => {
        await api.call("DELETE", path, [204]);
        return { words: "", found: true };
    });
}

/** The text somewhere in a value; elements of lists by number. */
function textAt(value: unknown, ...path: readonly string[]): string | undefined {
    const found = path.reduce<unknown>(
        (of, name) =>
            typeof of === "object" && of !== null ? Object.entries(of).find(([key]) => key === name)?.[1] : undefined,
        value,
    );
    return typeof found === "string" ? found : undefined;
}
