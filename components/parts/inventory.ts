import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Callback } from "./callback.ts";
import { notBackedUp } from "./table.ts";

/** What a program has made so far, by what must be watched about it. */
export interface Inventory {
    readonly apis: Item<aws.apigatewayv2.Api>[];
    readonly callbacks: Callback[];
    readonly functions: Item<aws.lambda.Function>[];
    /** Queues of work. */
    readonly queues: Item<aws.sqs.Queue>[];
    /** Queues of what could not be processed: those that send nothing on. */
    readonly deadLetters: Item<aws.sqs.Queue>[];
    /** The ARNs of what event source mappings read: `queue.arn` itself, which is how a queue is known to be read. */
    readonly sources: Set<unknown>;
    /** Event source mappings of streams. */
    readonly streams: Item<aws.lambda.EventSourceMapping>[];
    readonly tables: TableItem[];
    readonly buckets: Item<aws.s3.Bucket>[];
    /** Where backups are. */
    readonly vaults: Item<aws.backup.Vault>[];
    readonly topics: Item<aws.sns.Topic>[];
    /** Rules of event buses. */
    readonly rules: Item<aws.cloudwatch.EventRule>[];
    /** Schedules that are on. */
    readonly schedules: Item<aws.scheduler.Schedule>[];
    readonly scheduleGroups: Item<aws.scheduler.ScheduleGroup>[];
    /** What callbacks log. */
    readonly logs: Item<aws.cloudwatch.LogGroup>[];
    /** A line for each request of an API. */
    readonly accessLogs: Item<aws.cloudwatch.LogGroup>[];
}

export interface Item<Resource> {
    /** Logical name. */
    readonly name: string;
    readonly resource: Resource;
}

/** A table, or the replica of one. */
export interface TableItem extends Item<aws.dynamodb.Table | aws.dynamodb.TableReplica> {
    /** Names of its indexes. */
    readonly indexes: readonly string[];
    /** Whether it belongs into backups. */
    readonly isBackedUp: boolean;
}

/** Lists every resource that the program creates from now on. Called once a region, before all else. */
export function takeInventory(): Inventory {
    const inventory: Inventory = {
        apis: [],
        callbacks: [],
        functions: [],
        queues: [],
        deadLetters: [],
        sources: new Set(),
        streams: [],
        tables: [],
        buckets: [],
        vaults: [],
        topics: [],
        rules: [],
        schedules: [],
        scheduleGroups: [],
        logs: [],
        accessLogs: [],
    };
    pulumi.runtime.registerStackTransformation(({ name, resource, props }) => {
        if (aws.apigatewayv2.Api.isInstance(resource)) inventory.apis.push({ name, resource });
        if (resource instanceof Callback) inventory.callbacks.push(resource);
        if (aws.lambda.Function.isInstance(resource)) inventory.functions.push({ name, resource });
        if (aws.sqs.Queue.isInstance(resource)) {
            const list = props["redrivePolicy"] === undefined ? inventory.deadLetters : inventory.queues;
            list.push({ name, resource });
        }
        if (aws.lambda.EventSourceMapping.isInstance(resource)) {
            inventory.sources.add(props["eventSourceArn"]);
            if (props["startingPosition"] !== undefined) inventory.streams.push({ name, resource });
        }
        if (aws.dynamodb.Table.isInstance(resource) || aws.dynamodb.TableReplica.isInstance(resource)) {
            inventory.tables.push({
                name,
                resource,
                indexes: indexNamesIn(props["globalSecondaryIndexes"]),
                isBackedUp: props["tags"] !== notBackedUp,
            });
        }
        if (aws.backup.Vault.isInstance(resource)) inventory.vaults.push({ name, resource });
        if (aws.s3.Bucket.isInstance(resource)) inventory.buckets.push({ name, resource });
        if (aws.sns.Topic.isInstance(resource)) inventory.topics.push({ name, resource });
        if (aws.cloudwatch.EventRule.isInstance(resource)) inventory.rules.push({ name, resource });
        if (aws.scheduler.Schedule.isInstance(resource) && props["state"] !== "DISABLED") {
            inventory.schedules.push({ name, resource });
        }
        if (aws.scheduler.ScheduleGroup.isInstance(resource)) inventory.scheduleGroups.push({ name, resource });
        if (aws.cloudwatch.LogGroup.isInstance(resource)) {
            const isAccessLog = String(props["name"]).startsWith("/aws/apigateway/");
            (isAccessLog ? inventory.accessLogs : inventory.logs).push({ name, resource });
        }
        return undefined;
    });
    return inventory;
}

/** The queues of work that a callback reads; the others are left to consumers outside of the program. */
export const readQueuesOf = ({ queues, sources }: Inventory): readonly Item<aws.sqs.Queue>[] =>
    queues.filter(({ resource }) => sources.has(resource.arn));

/** The functions of a callback, by its name. */
export const functionsNamed = (name: string, { functions }: Inventory) =>
    functions.filter((callback) => callback.name === `${name}-function`);

function indexNamesIn(indexes: unknown): string[] {
    if (!Array.isArray(indexes)) return [];
    return indexes.map(({ name }) => name).filter((name) => typeof name === "string");
}
