import * as pulumi from "@pulumi/pulumi";
import { Callback, type CallbackArgs, type CallbackModule } from "./callback.ts";
import type { Context } from "./context.ts";

/** A component that owns callbacks: they are its children, named after it. */
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

    protected callback<Module extends CallbackModule>(
        name: string,
        args: Omit<CallbackArgs<Module>, "context">,
    ): Callback<Module> {
        const whole: CallbackArgs<Module> = { ...args, context: this.context };
        return new Callback<Module>(`${this.name}-${name}`, whole, this.own);
    }
}
