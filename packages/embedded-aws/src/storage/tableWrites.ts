/** Tells those who read a table's stream that there is something to read, so that they need not look again and again. */
export class TableWrites {
    readonly #counts = new Map<string, number>();
    readonly #waiting = new Map<string, Set<() => void>>();

    /** How many writes of a table have been answered so far. */
    count(table: string): number {
        return this.#counts.get(table) ?? 0;
    }

    /** A write of the table can be read in its stream. */
    happened(table: string): void {
        this.#counts.set(table, this.count(table) + 1);
        for (const wake of this.#waiting.get(table) ?? []) wake();
    }

    /** Calls `wake` at the next write of the table. @returns ends that */
    onNext(table: string, wake: () => void): () => void {
        const waiting = this.#waiting.get(table) ?? new Set();
        this.#waiting.set(table, waiting.add(wake));
        return () => void waiting.delete(wake);
    }
}
