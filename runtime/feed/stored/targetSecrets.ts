import { secretReader } from "../../shared/secret.ts";

/** Milliseconds that a secret is used without another look at it. */
const keptMs = 60_000;

/** The secrets of targets, each read once in a while. */
export class TargetSecrets<Value> {
    readonly #arns: Readonly<Record<string, string>>;
    readonly #valueIn: (text: string) => Value;
    readonly #kept = new Map<string, { readonly value: Value; readonly until: number }>();

    /**
     * @param arns by target
     * @param valueIn what is in a secret; throws FeedSecretError
     */
    constructor(arns: Readonly<Record<string, string>>, valueIn: (text: string) => Value) {
        this.#arns = arns;
        this.#valueIn = valueIn;
    }

    /** Throws FeedSecretError, and the errors of Secrets Manager. */
    async of(target: string): Promise<Value> {
        const kept = this.#kept.get(target);
        if (kept !== undefined && kept.until > Date.now()) return kept.value;
        const text = await secretReader(this.#arns[target] ?? "")().catch(asMissing);
        const value = this.#valueIn(text);
        this.#kept.set(target, { value, until: Date.now() + keptMs });
        return value;
    }

    forget(target: string): void {
        this.#kept.delete(target);
    }
}

/** The secret of a target has no value yet, or not what it must have. */
export class FeedSecretError extends Error {
    override readonly name = "FeedSecretError";
}

/** A secret without a value. */
function asMissing(error: unknown): never {
    const isMissing = error instanceof Error && error.name === "ResourceNotFoundException";
    throw isMissing ? new FeedSecretError("the feed's secret has no value", { cause: error }) : error;
}
