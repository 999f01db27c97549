import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { CallbackArgs, CallbackModule } from "../parts/callback.ts";

/** The module of a consumer of one's own: it gets messages whose bodies are events, and reports those that failed. */
export interface SubscriberModule extends CallbackModule {
    readonly handler: (batch: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
}

/** A consumer of one's own: gets every event of these types through a queue of its own. */
export type SubscriberArgs<Module extends SubscriberModule> = Omit<CallbackArgs<Module>, "from" | "context"> & {
    /** @default order.received.v1 */
    readonly detailTypes?: readonly string[];
    /** EventBridge pattern for the event's detail. @default all */
    readonly detail?: Readonly<Record<string, unknown>>;
    /** Most events in a batch. @default 10 */
    readonly batch?: number;
};
