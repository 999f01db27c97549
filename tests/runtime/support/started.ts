import { after, before, beforeEach } from "mocha";
import { Aws } from "./aws.ts";
import type { Database } from "./database.ts";
import { feed, target } from "./feed.ts";
import { type LogLine, RunningFunction } from "./function.ts";
import { merchant } from "./market.ts";

interface Startable {
    start(): Promise<unknown>;
    stop(): Promise<void>;
}

/**
 * Started before the first test of the `describe` that this is called in, and stopped after the last.
 * @param arrange what the tests find
 */
export function started<Thing extends Startable>(
    thing: Thing,
    arrange: (thing: Thing) => unknown = () => undefined,
): Thing {
    before(async () => {
        await thing.start();
        await arrange(thing);
    });
    after(() => thing.stop());
    return thing;
}

/**
 * The AWS of a `describe`, which forgets calls and answers before each test.
 * @param database for the callbacks that use tables
 * @param arrange the answers that every test needs, and the start of the callbacks
 */
export function startedAws(database?: Database, arrange: (aws: Aws) => void = () => undefined): Aws {
    const aws = started(new Aws(database), arrange);
    beforeEach(() => {
        aws.reset();
        arrange(aws);
    });
    return aws;
}

/** The environment that the stack gives callbacks, all of them: what one is not given in a stack, it does not read. */
export function environmentOf(aws: Aws) {
    const queue = (name: string) => `${aws.url}/000000000000/${name}`;
    return {
        ...aws.environment,
        ORDERS_TABLE: "orders",
        EFFECTS_TABLE: "effects",
        PAYMENTS_TABLE: "ledgers",
        VERSIONS_TABLE: "orderVersions",
        PRODUCTS_TABLE: "products",
        STOCK_TABLE: "stock",
        SESSIONS_TABLE: "sessions",
        IDEMPOTENCY_TABLE: "idempotency",
        CARTS_TABLE: "carts",
        DISCOUNTS_TABLE: "discounts",
        AUDIT_TABLE: "audit",
        MESSAGES_TABLE: "messages",
        REQUESTS_TABLE: "requests",
        CUSTOMERS_TABLE: "customers",
        EVENT_TYPES_TABLE: "event-types",
        TENANTS_TABLE: "tenants",
        DELETIONS_QUEUE_URL: queue("tenant-deletions"),
        REPLAYS_QUEUE_URL: queue("webhook-replays"),
        ENDPOINTS_TABLE: "endpoints",
        DELIVERIES_TABLE: "deliveries",
        ATTEMPTS_TABLE: "attempts",
        CAPACITY_TABLE: "capacity",
        HISTORY_DAYS: "0",
        AUDIT_DAYS: "365",
        EVENT_BUS_NAME: "order-bus",
        DOCUMENTS_BUCKET: "documents",
        ANCHORS_BUCKET: "anchors",
        SELLER: '""',
        LOCALE: "en-GB",
        SENDER: "shop@example.com",
        SHOP_NAME: "Example Shop",
        SHOP_URL: "https://shop.example",
        RECIPIENT: "sales@example.com",
        QUEUE_URL: queue("order-notifications-queue"),
        ORDERS_QUEUE_URL: queue("orders"),
        REJECTED_QUEUE_URL: queue("rejected"),
        UNANNOUNCED_QUEUE_URL: queue("unannounced"),
        UNPUBLISHED_QUEUE_URL: queue("unpublished"),
        DELIVERIES_QUEUE_URL: queue("deliveries"),
        SETTLEMENTS_QUEUE_URL: queue("settlements"),
        PAYMENTS_QUEUE_URL: queue("payment-tasks"),
        RETRY_QUEUE_URL: queue("retries"),
        RETRY_QUEUE_ARN: "arn:aws:sqs:eu-west-1:000000000000:retries",
        PARKED_QUEUE_URL: queue("parked"),
        DELETIONS: "queue",
        ATTEMPTS_QUEUE_URL: queue("attempts"),
        ATTEMPTS_QUEUE_ARN: "arn:aws:sqs:eu-west-1:000000000000:attempts",
        ATTEMPTS_DEAD_LETTERS_ARN: "arn:aws:sqs:eu-west-1:000000000000:attempts-dlq",
        EXHAUSTED_QUEUE_URL: queue("exhausted"),
        EVENTS_QUEUE_URL: queue("events"),
        SCHEDULE_GROUP: "webhook-attempts",
        SCHEDULE_ROLE_ARN: "arn:aws:iam::000000000000:role/wake",
        SEALING_SECRET: secretArn("sealing"),
        ALLOWED_ADDRESSES: "127.0.0.1",
        UCP_SIGNING_KEYS: "",
        UCP_PROFILE_URL: "",
        UCP_WEBHOOK_KEYS: "",
        ACP_VERSIONS: merchant.acpVersions.join(),
        TOPIC_ARN: "arn:aws:sns:eu-west-1:000000000000:topic-under-test",
        ENVIRONMENT: "dev",
        MERCHANT: JSON.stringify(merchant),
        MCP: JSON.stringify({ allowedOrigins: [] }),
        API_URL: "https://shop.example",
        UCP: "",
        UCP_PROFILES_TABLE: "",
        API_KEYS_SECRET: secretArn("api-keys"),
        PLAIN_KEY_SCOPES: "{}",
        PAYMENT_PROVIDER: "sandbox",
        PAYMENT_RESOURCE: "payments",
        FEED: JSON.stringify({ ...feed, targets: [target()] }),
        FEED_TABLE: "feed",
        FEED_SECRETS: JSON.stringify({ "agent-us": secretArn("feed-agent-us"), "file-us": secretArn("feed-file-us") }),
        FILES_BUCKET: "feed-files",
        BUILDS_QUEUE_URL: queue("feed-builds"),
        CHANGES_QUEUE_URL: queue("feed-changes.fifo"),
        CHANGES_QUEUE_ARN: "arn:aws:sqs:eu-west-1:000000000000:feed-changes.fifo",
        REFUSED_QUEUE_URL: queue("feed-refused"),
        UNREAD_QUEUE_URL: queue("feed-unread"),
        SEGMENT_SECRET: secretArn("segment"),
        SEGMENT_REGION: "us",
        COMMERCETOOLS_SECRET: "",
    };
}

export const secretArn = (name: string) => `arn:aws:secretsmanager:eu-west-1:000000000000:secret:${name}`;

/** A callback that runs as Lambda runs it, and whose log is empty at the beginning of each test. */
export class Callback {
    readonly #aws: Aws;
    readonly #entry: string;
    readonly #over: Readonly<Record<string, string>>;
    #running: RunningFunction | undefined;

    constructor(aws: Aws, entry: string, over: Readonly<Record<string, string>> = {}) {
        this.#aws = aws;
        this.#entry = entry;
        this.#over = over;
    }

    async start(): Promise<void> {
        this.#running = await RunningFunction.start(this.#entry, { ...environmentOf(this.#aws), ...this.#over });
    }

    get log(): LogLine[] {
        return this.#started.log;
    }

    text(): string {
        return this.#started.text();
    }

    invoke(event: unknown, options?: { readonly remainingMs?: number }): Promise<unknown> {
        return this.#started.invoke(event, options);
    }

    async kill(): Promise<void> {
        await this.#running?.kill();
    }

    async stop(): Promise<void> {
        await this.#running?.stop();
    }

    get #started(): RunningFunction {
        if (this.#running === undefined) throw new Error(`${this.#entry} is not started`);
        return this.#running;
    }
}

/** A callback in a process of its own, from before the first test to after the last. @param over of its environment */
export function startedCallback(aws: Aws, entry: string, over: Readonly<Record<string, string>> = {}): Callback {
    const callback = started(new Callback(aws, entry, over));
    beforeEach(() => {
        callback.log.length = 0;
    });
    return callback;
}
