import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What a program has made so far, by what must be watched about it. */
export interface Inventory {
    readonly apis: Item<aws.apigatewayv2.Api>[];
    readonly functions: Item<aws.lambda.Function>[];
    /** Queues with a consumer. */
    readonly queues: Item<aws.sqs.Queue>[];
    /** Queues of what could not be processed: those that send nothing on. */
    readonly deadLetters: Item<aws.sqs.Queue>[];
    /** Event source mappings of streams. */
    readonly streams: Item<aws.lambda.EventSourceMapping>[];
}

export interface Item<Resource> {
    /** Logical name. */
    readonly name: string;
    readonly resource: Resource;
}

/** Lists every resource that the program makes from now on, whoever makes it. Called once, first. */
export function takeInventory(): Inventory {
    const inventory: Inventory = { apis: [], functions: [], queues: [], deadLetters: [], streams: [] };
    pulumi.runtime.registerStackTransformation(({ name, resource, props }) => {
        if (aws.apigatewayv2.Api.isInstance(resource)) inventory.apis.push({ name, resource });
        if (aws.lambda.Function.isInstance(resource)) inventory.functions.push({ name, resource });
        if (aws.sqs.Queue.isInstance(resource)) {
            const list = props["redrivePolicy"] === undefined ? inventory.deadLetters : inventory.queues;
            list.push({ name, resource });
        }
        if (aws.lambda.EventSourceMapping.isInstance(resource) && props["startingPosition"] !== undefined) {
            inventory.streams.push({ name, resource });
        }
        return undefined;
    });
    return inventory;
}
