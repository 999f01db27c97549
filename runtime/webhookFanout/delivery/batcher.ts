interface Open<Task, Result> {
    readonly task: Task;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
}

export interface BatcherSettings {
    /** Maximum tasks of a batch. */
    readonly atMost: number;
    /** Milliseconds that the first task waits for others. @default until the current events are handled */
    readonly forMs?: number;
    /** Whether no more tasks are expected. */
    isComplete?(): boolean;
}

/** Batches tasks that are added at about the same time: a call for ten costs little more than a call for one. */
export class Batcher<Task, Result> {
    readonly #carryOut: (tasks: readonly Task[]) => Promise<readonly Result[]>;
    readonly #settings: BatcherSettings;
    #open: Open<Task, Result>[] = [];

    /** @param carryOut returns the results in the order of the tasks; if it throws, all of them fail. */
    constructor(carryOut: (tasks: readonly Task[]) => Promise<readonly Result[]>, settings: BatcherSettings) {
        this.#carryOut = carryOut;
        this.#settings = settings;
    }

    add(task: Task): Promise<Result> {
        const { promise, resolve, reject } = Promise.withResolvers<Result>();
        const { atMost, forMs } = this.#settings;
        const gathered = this.#open.push({ task, resolve, reject });
        if (gathered === atMost || this.#settings.isComplete?.()) this.#flush();
        else if (gathered === 1) {
            const open = this.#open;
            const flush = () => open === this.#open && this.#flush();
            if (forMs === undefined) setImmediate(flush);
            else setTimeout(flush, forMs);
        }
        return promise;
    }

    #flush(): void {
        const open = this.#open;
        this.#open = [];
        this.#carryOut(open.map(({ task }) => task)).then(
            (results) => {
                for (const [index, result] of results.entries()) open[index]?.resolve(result);
            },
            (error: unknown) => {
                for (const { reject } of open) reject(error);
            },
        );
    }
}
