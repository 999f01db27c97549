/**
 * What an order asks of each callback. The hops between them are not here: the recorded graph has those. Everything that
 * is not a count of what the code does is an assumption; `npm run cost` names them.
 */

/** What a callback does for one message that it handles, by logical names. */
export interface Work {
    /** Messages to each queue; one to each that it may send to and that has a consumer, where nothing is said. */
    readonly sends?: Readonly<Record<string, number>>;
    /** Events on the bus, as rules see them. @default none */
    readonly puts?: readonly Event[];
    /** Messages to a topic. @default one to each that it may publish to */
    readonly publishes?: number;
    /** Units by table: of 1 KB written, of 4 KB read consistently. @default one of each kind that it has the right to */
    readonly tables?: Readonly<Record<string, { readonly writes?: number; readonly reads?: number }>>;
    /** New items of tables whose stream has a consumer. @default one in each that it may put items into */
    readonly inserts?: number;
    /** Items of each table that it changes, where the stream's consumer takes changes. @default none */
    readonly changes?: Readonly<Record<string, number>>;
    /** Calls besides those to tables, queues, topics and the bus. @default none */
    readonly calls?: number;
    readonly objects?: number;
    /** Signatures by each key that it may sign with. @default none */
    readonly signs?: number;
    readonly mails?: number;
    /** Milliseconds of waiting for other systems, or of work beyond the usual. @default 0 */
    readonly waits?: number;
    /** Bytes that it sends to the internet, besides answers. @default 0 */
    readonly bytesOut?: number;
}

export interface Event {
    /** How many of them for one message. @default 1 */
    readonly times?: number;
    readonly "detail-type": string;
    readonly detail: Readonly<Record<string, unknown>>;
}

/** How orders come in. */
export interface Traffic {
    readonly title: string;
    /** Requests for one order. */
    readonly requests: Readonly<Record<string, number>>;
    readonly work: Readonly<Record<string, Work>>;
}

export const assumptions = {
    /** Orders come evenly over the month: batches hold one message. Peaks make batches larger and the bill smaller. */
    messagesInBatch: 1,
    /** Milliseconds of an invocation besides its calls, and of a call to a service in the same region. */
    invocationMs: 4,
    callMs: 8,
    /** Cold starts are billed since August 2025: one in a hundred invocations, each so long. */
    coldShare: 0.01,
    coldMs: 400,
    /** Lambda's own three lines in JSON and one of ours; a line of the access log. */
    logBytesOfInvocation: 1500,
    logBytesOfRequest: 450,
    /** Stored logs are compressed to about a fifth. */
    logCompression: 0.2,
    /** An API key's answer is kept for five minutes; so many callers use the API at a time. */
    callers: 1,
    /** Lambda polls a queue with so many connections, for 20 seconds each while it is empty. */
    pollers: 5,
    /** X-Ray's own rule: one trace a second, and of the others one in twenty. */
    tracesPerSecond: 1,
    traceShare: 0.05,
    /** Bytes of an answer with its headers; of a call within AWS; of an event; of an order's data in tables and index. */
    bytesOfAnswer: 1500,
    bytesOfCall: 4000,
    bytesOfEvent: 1500,
    bytesInTables: 13_000,
    /** Of these what is there for a year or for good: orders, steps, sessions, audit rows. The rest goes within a month. */
    bytesThatStay: 8000,
    /** Of these what goes after `retention.historyDays`: sessions, and steps but the reservation. */
    bytesOfHistory: 4500,
    bytesOfDocument: 20_000,
    /** Metrics that a route has on a stage when its details are on: Count, 4xx, 5xx, Latency, IntegrationLatency, DataProcessed. */
    metricsOfRoute: 6,
    /** Products of the catalogue, and which share of them the merchant changes a day; by how many sales a feed's word changes. */
    products: 10_000,
    changedShare: 0.02,
    wordShare: 0.02,
    /** Bytes of a product, also of its row in a file, and the share that is left when that is packed. */
    bytesOfProduct: 1500,
    packed: 0.2,
    bytesOfPart: 5 * 1024 * 1024,
    /** Days that a bucket keeps files of feeds that were replaced. */
    daysOfFiles: 7,
    /** Milliseconds of a pass over all products for each, and of a request to a feed's API. */
    msOfProduct: 0.3,
    msOfPush: 200,
    /** Seconds that SNS and SQS use a data key again, and DynamoDB a table's. */
    dataKeySeconds: 300,
} as const;

/** A thing that happens once claims its row and finishes it. */
const once = { "orders-effects-table": { writes: 2 } };

const received = { "detail-type": "order.received.v1" };
const reserved = { "detail-type": "inventory.reserved.v1" };
const documented = { "detail-type": "document.generated.v1" };

/** Orders that a shop sends. Each has one line, one endpoint receives it, nothing fails. */
const detail = { orderId: "1001" };

const common: Readonly<Record<string, Work>> = {
    "api-keys-authorize-function": { sends: {} },
    // The order, and its entries in three indexes.
    "orders-store-function": { puts: [], tables: { "orders-orders-table": { writes: 5 } } },
    "orders-announce-function": { puts: [{ ...received, detail }] },
    "orders-read-function": {
        tables: {
            "orders-orders-table": { reads: 0.5 },
            "orders-effects-table": { reads: 1 },
            "orders-payments-table": { reads: 0.5 },
            "orders-versions-table": { reads: 0.5 },
        },
    },
    // The status of an order whose stock is decided: the order, and its entries, one of which moves.
    "management-track-function": {
        tables: {
            "orders-orders-table": { writes: 6, reads: 0 },
            "orders-versions-table": { writes: 0, reads: 0 },
            "orders-payments-table": { reads: 0 },
            "orders-effects-table": { reads: 0 },
        },
        inserts: 0,
    },
    "orders-notify-function": { tables: once },
    "orders-mail-function": { tables: once, mails: 1, calls: 1 },
    // The stock and the outcome change in one transaction, which counts twice.
    "orders-inventory-function": {
        puts: [{ ...reserved, detail }],
        tables: {
            "catalog-products-table": { writes: 2, reads: 1 },
            "catalog-stock-table": { writes: 0 },
            "orders-effects-table": { writes: 4 },
        },
        changes: { "catalog-products-table": 1 },
    },
    "orders-document-function": { puts: [{ ...documented, detail }], tables: once, objects: 1, calls: 1, waits: 40 },
    "orders-announcements-function": { tables: once },
    "webhooks-dispatch-function": {
        // The delivery and its body in one transaction, and its entries in two indexes.
        tables: { "webhooks-endpoints-table": { reads: 0.5 }, "webhooks-deliveries-table": { writes: 6 } },
    },
    // Claim and outcome with their indexes, the attempt, the place taken and given back.
    "webhooks-deliver-function": {
        sends: {},
        tables: {
            "webhooks-endpoints-table": { reads: 1 },
            "webhooks-deliveries-table": { writes: 6 },
            "webhooks-attempts-table": { writes: 2 },
            "webhooks-capacity-table": { writes: 2 },
        },
        waits: 150,
        bytesOut: 2000,
    },
    // Most changes are none of what a feed tells.
    "feed-listen-function": { sends: { "feed-changes-queue": assumptions.wordShare } },
    // Product and note are read; that is written as unsure before the request, and with its digest after it, as is the state.
    "feed-push-function": {
        sends: {},
        tables: { "feed-state-table": { writes: 4, reads: 2 }, "catalog-products-table": { reads: 1 } },
        waits: assumptions.msOfPush,
        bytesOut: assumptions.bytesOfProduct,
    },
    // The day's passes are counted by what they read and write (feeds.ts). A mark for an API is counted as any message.
    "feed-keep-function": {
        sends: { "feed-changes-queue": 1 },
        tables: { "feed-state-table": { writes: 1, reads: 1 } },
    },
    "feed-build-function": { sends: {}, tables: {}, objects: 0 },
    // Eight shards of an index in which nothing is overdue.
    "webhooks-reconcile-function": { sends: {}, tables: { "webhooks-deliveries-table": { reads: 4 } } },
};

/** Checkouts: four versions of a session lead to an order, whose progress is one more. */
const completed = { detail: { orderId: "ord_1001" } };
const versions = 5;

const bought = {
    ...common,
    // Two of three requests write a version and what they were answered, in a transaction.
    "checkout-manage-function": {
        sends: {},
        inserts: 2 / 3,
        tables: {
            "checkout-sessions-table": { writes: 5.4, reads: 1 },
            "checkout-idempotency-table": { writes: 4, reads: 0.7 },
            "catalog-products-table": { reads: 0.7 },
            "catalog-discounts-table": { reads: 0.7 },
        },
    },
    "checkout-complete-function": {
        sends: {},
        inserts: 2,
        tables: {
            "checkout-sessions-table": { writes: 16, reads: 2 },
            "checkout-idempotency-table": { writes: 8, reads: 1 },
            "catalog-products-table": { reads: 1 },
            "catalog-discounts-table": { reads: 1 },
        },
        // What is held of the stock.
        changes: { "catalog-products-table": 1 },
        // The payment provider.
        waits: 800,
        bytesOut: 3000,
    },
    "checkout-route-function": {
        sends: {
            "orders-orders-queue": 1 / versions,
            "checkout-settlements-queue": 1 / versions,
            // The protocol's own event besides the version's: of the completed one, and of the order's progress.
            "checkout-deliveries-queue": 1 + 2 / versions,
        },
    },
    "checkout-settle-function": {
        sends: {},
        inserts: 0,
        tables: { "checkout-sessions-table": { reads: 2 } },
    },
    "checkout-follow-function": { sends: {}, tables: { "checkout-sessions-table": { writes: 4, reads: 2 } } },
    "orders-announce-function": { puts: [{ ...received, ...completed }] },
    "orders-inventory-function": {
        puts: [{ ...reserved, ...completed }],
        // Of stock that is held already.
        tables: {
            "catalog-products-table": { writes: 0, reads: 0 },
            "catalog-stock-table": { writes: 2 },
            "orders-effects-table": { writes: 4 },
        },
    },
    "orders-document-function": {
        ...common["orders-document-function"],
        puts: [{ ...documented, ...completed }],
    },
} as const satisfies Traffic["work"];

export const traffics = {
    orders: {
        title: "a shop sends each order and asks for it once",
        requests: { "POST /orders": 1, "GET /orders/{orderId}": 1 },
        work: common,
    },
    checkout: {
        title: "an agent creates a session, updates it, looks at it and completes it",
        requests: {
            "POST /checkout_sessions": 1,
            "POST /checkout_sessions/{id}": 1,
            "GET /checkout_sessions/{id}": 1,
            "POST /checkout_sessions/{id}/complete": 1,
        },
        work: bought,
    },
    platform: {
        title: "a platform of UCP creates a checkout, replaces it, looks at it and completes it, all signed, and hears of its order",
        requests: {
            "POST /ucp/{version}/checkout-sessions": 1,
            "PUT /ucp/{version}/checkout-sessions/{id}": 1,
            "GET /ucp/{version}/checkout-sessions/{id}": 1,
            "POST /ucp/{version}/checkout-sessions/{id}/complete": 1,
        },
        work: {
            ...bought,
            "ucp-checkouts-serve-function": { ...bought["checkout-manage-function"], signs: 1, calls: 1 },
            "ucp-checkouts-complete-function": { ...bought["checkout-complete-function"], signs: 1, calls: 1 },
            // Of all that endpoints get of an order: the protocol's own events, as many as ACP's.
            "webhooks-deliver-function": { ...common["webhooks-deliver-function"], signs: 2 / 10, calls: 2 / 10 },
        },
    },
} as const satisfies Readonly<Record<string, Traffic>>;
