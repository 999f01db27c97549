/** Ends what was started, in the reverse order. */
export class Stops {
    readonly #running: (() => unknown)[] = [];

    add(end: () => unknown): void {
        this.#running.push(end);
    }

    /**
     * Ends all of it. A part that does not end within a minute, or fails to, does not keep the rest from ending; the first such
     * fault is thrown when all is done.
     */
    async run(): Promise<void> {
        const faults: unknown[] = [];
        for (const end of this.#running.splice(0).reverse()) {
            await withinSeconds(60, Promise.resolve().then(end)).catch((fault: unknown) => faults.push(fault));
        }
        if (faults.length > 0) throw faults[0];
    }
}

async function withinSeconds(seconds: number, ending: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`something did not end within ${seconds} s`)), seconds * 1000);
    });
    await Promise.race([ending, tooLate]).finally(() => clearTimeout(timer));
}
