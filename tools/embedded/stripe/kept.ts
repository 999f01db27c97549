import type { TaskQueue } from "embedded-aws/doubles";

/** A map that survives the process: what is set is in the task queue. Values are replaced, never changed. */
export class Kept<Value> extends Map<string, Value> {
    readonly #taskQueue: TaskQueue;
    readonly #prefix: string;

    constructor(taskQueue: TaskQueue, name: string) {
        super();
        this.#taskQueue = taskQueue;
        this.#prefix = `stripe ${name} `;
        // Written below, and nowhere else.
        for (const { key, value } of taskQueue.recallAll(this.#prefix)) {
            super.set(key.slice(this.#prefix.length), value as Value);
        }
    }

    override set(key: string, value: Value): this {
        this.#taskQueue.remember(this.#prefix + key, value);
        return super.set(key, value);
    }
}
