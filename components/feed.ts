import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Feed } from "../runtime/feed/target.ts";
import type { Catalog } from "./catalog.ts";
import { Bucket } from "./parts/bucket.ts";
import { Component } from "./parts/component.ts";
import type { Context } from "./parts/context.ts";
import type { HttpApi } from "./parts/httpApi.ts";
import { type Queue, sendingTo } from "./parts/queue.ts";
import { Schedules } from "./parts/schedules.ts";
import { readingOf, type Secret } from "./parts/secret.ts";
import type { Table } from "./parts/table.ts";

interface ProductFeedArgs {
    /** The API that files are fetched by. */
    readonly api: HttpApi;
    readonly catalog: Catalog;
    /** What is told to whom: at least one target. */
    readonly feed: Feed;
    /** The feed of the first region, whose state and secrets this one repeats. @default none: this is the first region */
    readonly first?: ProductFeed | undefined;
    readonly context: Context;
}

/** Seconds that a step of a pass over all products may take. */
const buildTimeout = 300;
/** Seconds that products may take to be told. */
const pushTimeout = 120;

/**
 * Tells the products to agents and search engines: changes by the API of who has one, all of them daily in a file.
 *
 *     products table → changes → changes queue → push → the internet
 *     every 5 minutes → keep ┬→ builds queue → build ┬→ files bucket → GET /feeds/{file} → read
 *                            └→ changes queue ←──────┘
 */
export class ProductFeed extends Component {
    /** How each target stands, its run and what its API has (runtime/feed/stored). */
    readonly state: Table;
    readonly files: Bucket;
    /** A step of a run is due. */
    readonly builds: Queue;
    /** Products that APIs are to be told of, target by target; none where no target has an API. */
    readonly changes: Queue | undefined;
    /** Products that APIs have refused, each with the reason; none where no target has an API. */
    readonly refused: aws.sqs.Queue | undefined;
    /** By target: the key of an API, or that addresses are signed with. */
    readonly secrets: ReadonlyMap<string, Secret>;
    readonly #args: ProductFeedArgs;

    constructor(name: string, args: ProductFeedArgs, opts?: pulumi.ComponentResourceOptions) {
        const { feed, first, context } = args;
        super("commerce:index:ProductFeed", name, context, opts);
        this.#args = args;
        const pushed = feed.targets.filter(({ kind }) => kind !== "file");
        const hosted = feed.targets.filter(({ hosted: how }) => how !== "none");

        // What holds data.
        this.state = this.addTable("state", {
            name: "feed-state",
            key: ["target", "entry"],
            replicaOf: first?.state,
        });
        this.files = new Bucket(`${name}-files`, { days: 7, passing: "runs/", context }, this.own);
        this.builds = this.addQueue("builds", { name: "feed-builds-queue", consumerTimeout: buildTimeout });
        const isPushing = pushed.length > 0;
        this.changes = isPushing ? this.#changesQueue() : undefined;
        this.refused = isPushing ? this.addDeadLetters("refused") : undefined;
        this.secrets = this.#secrets(first);

        // What moves it on.
        this.#keep();
        this.#build();
        if (this.changes && this.refused) {
            this.#listen(this.changes);
            this.#push(this.changes, this.refused, secretsOf(this.secrets, pushed));
        }
        if (hosted.length > 0) this.#read(secretsOf(this.secrets, hosted));

        this.registerOutputs({ stateTable: this.state.name, filesBucket: this.files.name });
    }

    /** A message may come twice while its target is paused: once before, and once after. */
    #changesQueue(): Queue {
        const consumer = { consumerTimeout: pushTimeout, maxReceives: 6 };
        return this.addQueue("changes", { name: "feed-changes-queue", fifo: true, ...consumer });
    }

    #secrets(first: ProductFeed | undefined): ReadonlyMap<string, Secret> {
        const needing = this.#args.feed.targets.filter(({ kind, hosted }) => kind !== "file" || hosted === "signed");
        return new Map(
            needing.map(({ name, kind }) => [
                name,
                this.addSecret(name, {
                    name: `commerce-feed-${name}`,
                    description:
                        kind === "file"
                            ? 'Signs the addresses of a feed\'s files: {"signingKey": "<16 characters or more>"}.'
                            : 'Key that the receiver of a feed has given: {"apiKey": "..."}.',
                    replicaOf: first?.secrets.get(name),
                }),
            ]),
        );
    }

    #keep(): void {
        const schedules = new Schedules(`${this.name}-schedules`, { name: "feeds", context: this.context }, this.own);
        this.addCallback<typeof import("../runtime/feed/keepFeeds.ts")>("keep", {
            entry: "feed/keepFeeds",
            name: "feed-keeper",
            description: "Has feeds built that are due, tells APIs what time has changed, and measures their age.",
            from: schedules.every("5 minutes"),
            environment: {
                FEED: this.#feed,
                FEED_TABLE: this.state.name,
                BUILDS_QUEUE_URL: this.builds.url,
                CHANGES_QUEUE_URL: this.changes?.url ?? "",
            },
            allow: [
                this.state.allow("UpdateItem", ...(this.changes ? (["DeleteItem", "Query"] as const) : [])),
                this.builds.send(),
                ...(this.changes ? [this.changes.send()] : []),
            ],
            timeout: 60,
        });
    }

    #build(): void {
        const { catalog } = this.#args;
        this.addCallback<typeof import("../runtime/feed/buildFeed.ts")>("build", {
            entry: "feed/buildFeed",
            name: "feed-builder",
            description: "Reads all products for a feed, page by page, and writes its files.",
            from: this.builds.batches({ size: 1 }),
            environment: {
                FEED: this.#feed,
                FEED_TABLE: this.state.name,
                PRODUCTS_TABLE: catalog.products.name,
                FILES_BUCKET: this.files.name,
                BUILDS_QUEUE_URL: this.builds.url,
                CHANGES_QUEUE_URL: this.changes?.url ?? "",
            },
            allow: [
                this.state.allow("BatchGetItem", "PutItem", "Query", "UpdateItem"),
                catalog.products.allow("BatchGetItem", "Scan"),
                this.files.put("*"),
                this.files.get("runs/*"),
                this.builds.send(),
                ...(this.changes ? [this.changes.send()] : []),
            ],
            timeout: buildTimeout,
        });
    }

    #listen(changes: Queue): void {
        const { catalog } = this.#args;
        const unread = this.addDeadLetters("unread");
        this.addCallback<typeof import("../runtime/feed/feedChanges.ts")>("listen", {
            entry: "feed/feedChanges",
            name: "feed-changes",
            description: "Finds the changes of products that feeds are to be told of.",
            timeout: 30,
            from: catalog.products.changes({ size: 100, window: 5, events: ["INSERT", "MODIFY", "REMOVE"] }),
            environment: { FEED: this.#feed, CHANGES_QUEUE_URL: changes.url, UNREAD_QUEUE_URL: unread.url },
            allow: [changes.send(), sendingTo(unread, this.context)],
        });
    }

    #push(changes: Queue, refused: aws.sqs.Queue, secrets: readonly (readonly [string, Secret])[]): void {
        const { catalog } = this.#args;
        this.addCallback<typeof import("../runtime/feed/pushFeed.ts")>("push", {
            entry: "feed/pushFeed",
            name: "feed-pusher",
            description: "Tells products to the APIs of agents.",
            from: changes.batches({ size: 1 }),
            environment: {
                FEED: this.#feed,
                FEED_TABLE: this.state.name,
                PRODUCTS_TABLE: catalog.products.name,
                CHANGES_QUEUE_URL: changes.url,
                CHANGES_QUEUE_ARN: changes.arn,
                REFUSED_QUEUE_URL: refused.url,
                FEED_SECRETS: arnsOf(secrets),
            },
            allow: [
                this.state.allow("BatchGetItem", "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
                catalog.products.allow("BatchGetItem"),
                changes.send(),
                changes.hide(),
                sendingTo(refused, this.context),
                ...secrets.map(([, secret]) => readingOf(secret)),
            ],
            internet: true,
            timeout: pushTimeout,
        });
    }

    #read(secrets: readonly (readonly [string, Secret])[]): void {
        this.addCallback<typeof import("../runtime/feed/readFeed.ts")>("read", {
            entry: "feed/readFeed",
            name: "feed-reader",
            description: "Answers GET /feeds/{file}: leads to the file.",
            from: this.#args.api.requests(["GET /feeds/{file}"], { type: "NONE" }),
            environment: {
                FEED: this.#feed,
                FEED_TABLE: this.state.name,
                FILES_BUCKET: this.files.name,
                FEED_SECRETS: arnsOf(secrets),
            },
            allow: [
                this.state.allow("GetItem"),
                // By addresses that it signs: what they lead to is read with its rights.
                this.files.get("files/*"),
                ...secrets.map(([, secret]) => readingOf(secret)),
            ],
        });
    }

    get #feed(): string {
        return JSON.stringify(this.#args.feed);
    }
}

/** The feed of a stack that has targets. */
export const productFeed = (
    name: string,
    args: ProductFeedArgs,
    opts?: pulumi.ComponentResourceOptions,
): ProductFeed | undefined => (args.feed.targets.length > 0 ? new ProductFeed(name, args, opts) : undefined);

const secretsOf = (secrets: ReadonlyMap<string, Secret>, targets: Feed["targets"]) =>
    [...secrets].filter(([name]) => targets.some((target) => target.name === name));

const arnsOf = (secrets: readonly (readonly [string, Secret])[]): pulumi.Output<string> =>
    pulumi.jsonStringify(Object.fromEntries(secrets.map(([name, { arn }]) => [name, arn])));
