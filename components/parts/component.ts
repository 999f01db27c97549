import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Callback, type CallbackArgs, type CallbackModule } from "./callback.ts";
import type { Context } from "./context.ts";
import { deadLetterQueue, Queue, type QueueArgs } from "./queue.ts";
import { type Secret, type SecretArgs, secretOf } from "./secret.ts";
import { Table, type TableArgs } from "./table.ts";
import { Topic, type TopicArgs } from "./topic.ts";

/** A component made of parts: they are its children, are named after it and share its context. */
export abstract class Component extends pulumi.ComponentResource {
    protected readonly name: string;
    protected readonly context: Context;
    /** The options of its children. */
    protected readonly own: { readonly parent: pulumi.Resource };

    constructor(type: string, name: string, context: Context, opts?: pulumi.ComponentResourceOptions) {
        super(type, name, {}, opts);
        this.name = name;
        this.context = context;
        this.own = { parent: this };
    }

    protected addCallback<Module extends CallbackModule>(
        name: string,
        args: Omit<CallbackArgs<Module>, "context">,
    ): Callback<Module> {
        const whole: CallbackArgs<Module> = { ...args, context: this.context };
        return new Callback<Module>(`${this.name}-${name}`, whole, this.own);
    }

    protected addTable(name: string, args: Omit<TableArgs, "context">): Table {
        return new Table(`${this.name}-${name}`, { ...args, context: this.context }, this.own);
    }

    protected addQueue(name: string, args: Omit<QueueArgs, "context">): Queue {
        return new Queue(`${this.name}-${name}`, { ...args, context: this.context }, this.own);
    }

    protected addDeadLetters(name: string): aws.sqs.Queue {
        return deadLetterQueue(`${this.name}-${name}`, this.context, this.own);
    }

    protected addTopic(name: string, args: Omit<TopicArgs, "context">): Topic {
        return new Topic(`${this.name}-${name}`, { ...args, context: this.context }, this.own);
    }

    protected addSecret(name: string, args: Omit<SecretArgs, "context">): Secret {
        return secretOf(`${this.name}-${name}`, { ...args, context: this.context }, this.own);
    }
}
