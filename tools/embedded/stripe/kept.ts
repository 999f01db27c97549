import type { Journal } from "embedded-aws/doubles";

/** A map that survives the process: what is set is in the journal. Values are replaced, never changed. */
export class Kept<Value> extends Map<string, Value> {
    readonly #journal: Journal;
    readonly #prefix: string;

    constructor(journal: Journal, name: string) {
        super();
        this.#journal = journal;
        this.#prefix = `stripe ${name} `;
        // Written below, and nowhere else.
        for (const { key, value } of journal.recallAll(this.#prefix)) {
            super.set(key.slice(this.#prefix.length), value as Value);
        }
    }

    override set(key: string, value: Value): this {
        this.#journal.remember(this.#prefix + key, value);
        return super.set(key, value);
    }
}
