import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import { type Grant, type KeyUse, useOf } from "./grant.ts";
import { named } from "./naming.ts";
import type { Source } from "./source.ts";

/** An attribute that items are found by: a text by its name alone, or a number. */
type KeyElement = string | { readonly name: string; readonly type: "N" };
/** Partition key, and the sort key if there is one. */
type Key = readonly [partition: KeyElement, sort?: KeyElement];

export interface TableArgs {
    /** Name before the environment, for a table that other systems know by name. @default named by Pulumi */
    readonly name?: string;
    readonly key: Key;
    /** The attribute that says from when on an item may be deleted, in seconds since 1970. @default items stay */
    readonly ttl?: string;
    /** Whether a copy of yesterday's would be of no use: locks, marks, answers that may be asked for again. @default false */
    readonly ephemeral?: boolean;
    /** Other ways to find its items (global secondary indexes). @default none */
    readonly indexes?: readonly IndexArgs[];
    /** Whether it has a stream of its changes. @default false */
    readonly stream?: boolean;
    /** Its counterpart in the first region, of which it is a replica. @default a table that stands alone */
    readonly replicaOf?: Table | undefined;
    readonly context: Context;
}

/** An index, which holds the items that have its attributes. */
interface IndexArgs {
    readonly name: string;
    readonly key: Key;
    /** What it tells of an item besides the keys. @default nothing */
    readonly include?: readonly string[];
}

/**
 * A DynamoDB table: on demand, encrypted, with point-in-time recovery, protected against deletion where the context says so. In a second
 * region it is a replica, by which a table becomes a global one: what is written to either is soon in both.
 */
export class Table extends pulumi.ComponentResource {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly #table: aws.dynamodb.Table | undefined;
    readonly #context: Context;

    constructor(name: string, args: TableArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Table", name, {}, opts);
        const { context, replicaOf } = args;
        this.#context = context;
        if (replicaOf) {
            this.arn = this.#replica(name, replicaOf).arn;
            // By way of the replica's ARN: what uses the name waits until the replica exists.
            this.name = this.arn.apply((arn) => arn.slice(arn.lastIndexOf("/") + 1));
        } else {
            this.#table = this.#original(name, args);
            this.name = this.#table.name;
            this.arn = this.#table.arn;
        }
        this.registerOutputs({ name: this.name, arn: this.arn });
    }

    #original(name: string, args: TableArgs): aws.dynamodb.Table {
        const { context, indexes = [] } = args;
        const streams = args.stream || context.regions !== undefined;
        const attributes = [args.key, ...indexes.map(({ key }) => key)].flatMap(elementsOf).map(attributeOf);
        const tableArgs: aws.dynamodb.TableArgs = {
            ...(args.name && { name: named(args.name, context) }),
            billingMode: "PAY_PER_REQUEST",
            ...keysOf(args.key),
            attributes: [...new Map(attributes.map((attribute) => [attribute.name, attribute])).values()],
            ...(indexes.length > 0 && { globalSecondaryIndexes: indexes.map(indexOf) }),
            ...(args.ttl && { ttl: { attributeName: args.ttl, enabled: true } }),
            // A table's stream is also what its replicas live by.
            ...(streams && { streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" }),
            serverSideEncryption: { enabled: true, ...(context.dataKey && { kmsKeyArn: context.dataKey.arn }) },
            pointInTimeRecovery: { enabled: true },
            deletionProtectionEnabled: context.protect,
            ...(args.ephemeral && { tags: notBackedUp }),
        };
        return new aws.dynamodb.Table(`${name}-table`, tableArgs, {
            parent: this,
            protect: context.protect,
            // Replicas are resources of their own, which a refresh finds here, too. What they needed stays when they go: Pulumi
            // updates tables before it deletes replicas, and AWS refuses to end the stream of a table that has one.
            ignoreChanges: ["replicas", ...(streams ? [] : ["streamEnabled", "streamViewType"])],
        });
    }

    #replica(name: string, table: Table): aws.dynamodb.TableReplica {
        const { dataKey, protect } = this.#context;
        return new aws.dynamodb.TableReplica(
            `${name}-replica`,
            {
                globalTableArn: table.arn,
                pointInTimeRecovery: true,
                deletionProtectionEnabled: protect,
                ...(dataKey && { kmsKeyArn: dataKey.arn }),
            },
            { parent: this, protect },
        );
    }

    /** The right to do these things with its items; also inside transactions, which AWS checks item by item. */
    allow(...actions: readonly TableAction[]): Grant {
        return { actions: actions.map((action) => `dynamodb:${action}`), resources: [this.arn], key: this.#key };
    }

    /** The right to find items by one of its indexes. */
    query(index: string): Grant {
        return {
            actions: ["dynamodb:Query"],
            resources: [pulumi.interpolate`${this.arn}/index/${index}`],
            key: this.#key,
        };
    }

    /**
     * Its changes in order, for a callback that reports failed ones item by item. They are tried for 20 hours; where they
     * stand in the stream then goes to the callback's failures. Of a table that is in two regions each region gets what was
     * written there, by the items' `region`: a stream carries what was replicated, too.
     */
    changes({ size, window, events }: ChangesArgs): Source {
        const streamArn = this.#streamArn();
        return {
            awaited: false,
            grants: [
                {
                    actions: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
                    resources: [streamArn],
                    key: this.#key,
                },
                // ListStreams knows the table's streams as its resource (Service Authorization Reference, DynamoDB).
                { actions: ["dynamodb:ListStreams"], resources: [pulumi.interpolate`${this.arn}/stream/*`] },
            ],
            connect: (callback) => {
                new aws.lambda.EventSourceMapping(
                    `${callback.name}-changes`,
                    {
                        eventSourceArn: streamArn,
                        functionName: callback.arn,
                        startingPosition: "TRIM_HORIZON",
                        batchSize: size,
                        ...(window !== undefined && { maximumBatchingWindowInSeconds: window }),
                        // However often it takes: what a callback cannot do now, it may after an outage of an hour.
                        maximumRetryAttempts: -1,
                        // A stream keeps records for 24 hours: give up before they are trimmed unseen.
                        maximumRecordAgeInSeconds: 20 * 60 * 60,
                        bisectBatchOnFunctionError: true,
                        functionResponseTypes: ["ReportBatchItemFailures"],
                        filterCriteria: {
                            filters: recordsFor(this.#context, events).map((pattern) => ({
                                pattern: JSON.stringify(pattern),
                            })),
                        },
                        destinationConfig: { onFailure: { destinationArn: callback.failures.arn } },
                    },
                    {
                        parent: callback,
                        dependsOn: [callback.policy],
                        // A mapping has passed by what its filter did not take: only another one begins at the start of the
                        // stream again, and AWS allows a function one mapping a stream.
                        ...(this.#context.regions?.lost && {
                            replaceOnChanges: ["filterCriteria"],
                            deleteBeforeReplace: true,
                        }),
                    },
                );
            },
        };
    }

    /** The table has a key of its own, under ours: to read and to write is to decrypt that. */
    get #key(): KeyUse | undefined {
        return useOf(this.#context.dataKey, "dynamodb", "Decrypt");
    }

    #streamArn(): pulumi.Output<string> {
        return this.#table?.streamArn ?? aws.dynamodb.getTableOutput({ name: this.name }, { parent: this }).streamArn;
    }
}

/** The tag of a table that no backup is made of; the inventory reads it. */
export const notBackedUp = { Backup: "none" } as const;

interface Attribute {
    readonly name: string;
    readonly type: string;
}

const attributeOf = (element: KeyElement): Attribute =>
    typeof element === "string" ? { name: element, type: "S" } : element;

const elementsOf = ([partition, sort]: Key): KeyElement[] => (sort === undefined ? [partition] : [partition, sort]);

const keysOf = ([partition, sort]: Key) => ({
    hashKey: attributeOf(partition).name,
    ...(sort !== undefined && { rangeKey: attributeOf(sort).name }),
});

const indexOf = ({ name, key, include = [] }: IndexArgs): aws.types.input.dynamodb.TableGlobalSecondaryIndex => ({
    name,
    keySchemas: elementsOf(key).map((element, index) => ({
        attributeName: attributeOf(element).name,
        keyType: index === 0 ? "HASH" : "RANGE",
    })),
    ...(include.length > 0
        ? { projectionType: "INCLUDE", nonKeyAttributes: [...include] }
        : { projectionType: "KEYS_ONLY" }),
});

type TableAction =
    | "BatchGetItem"
    | "GetItem"
    | "PutItem"
    | "UpdateItem"
    | "DeleteItem"
    | "Query"
    | "Scan"
    | "ConditionCheckItem";

interface ChangesArgs {
    /** Most changes in a batch. */
    readonly size: number;
    /** Seconds to wait for a batch to fill. @default 0 */
    readonly window?: number;
    /** Kinds of change that the callback gets. */
    readonly events: readonly ("INSERT" | "MODIFY" | "REMOVE")[];
}

/**
 * Which records of a table's stream this region acts upon, as patterns of filters: what was written here, and what a lost
 * region had written when this one took over. What that one finds undone when it is back, and writes then, is its own
 * again, whether or not the context still calls it lost.
 */
function recordsFor(context: Context, events: ChangesArgs["events"]): object[] {
    if (context.regions === undefined) return [{ eventName: events }];
    const written = events.filter((event) => event !== "REMOVE");
    const removed = events.filter((event) => event === "REMOVE");
    return [
        ...recordsWith("NewImage", context).map((record) => ({ eventName: written, ...record })),
        ...(removed.length === 0
            ? []
            : recordsWith("OldImage", context).map((record) => ({ eventName: removed, ...record }))),
    ];
}

function recordsWith(image: "NewImage" | "OldImage", { region, regions }: Context): object[] {
    if (regions === undefined) return [{}];
    const from = (where: string) => ({ [image]: { region: { S: [where] } } });
    const { lost } = regions;
    if (lost === undefined || lost.region === region) return [{ dynamodb: from(region) }];
    const before = [{ numeric: ["<", Date.parse(lost.since) / 1000] }];
    return [{ dynamodb: from(region) }, { dynamodb: { ...from(lost.region), ApproximateCreationDateTime: before } }];
}
