interface Open<Task, Result> {
    readonly task: Task;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
}

export interface BatcherSettings {
    /** Most tasks that are carried out together. */
    readonly atMost: number;
    /** How long the first task waits for others, in milliseconds. @default until what happens now has happened */
    readonly forMs?: number;
    /** Whether there are no others to wait for. */
    isComplete?(): boolean;
}

/** Carries out together what is asked for within a moment: a call for ten costs little more than a call for one. */
export class Batcher<Task, Result> {
    readonly #carryOut: (tasks: readonly Task[]) => Promise<readonly Result[]>;
    readonly #settings: BatcherSettings;
    #open: Open<Task, Result>[] = [];

    /** @param carryOut answers each task, in the order they are given in; where it throws, every one has failed. */
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
