import { cpus } from "node:os";

const windowMs = 500;
/** Of the time of all processors. */
const timeToSpare = 0.25;

/** How much of its time the machine had nothing to do, lately. */
export class Idleness {
    #before = times();
    #at = performance.now();
    #share = 0;

    /** Also until there is something to tell. */
    get isBusy(): boolean {
        return this.#lately() < timeToSpare;
    }

    /** From 0 to 1, of all processors together. */
    #lately(): number {
        if (performance.now() - this.#at < windowMs) return this.#share;
        const now = times();
        const whole = now.whole - this.#before.whole;
        if (whole > 0) this.#share = (now.idle - this.#before.idle) / whole;
        this.#before = now;
        this.#at = performance.now();
        return this.#share;
    }
}

function times(): { readonly idle: number; readonly whole: number } {
    let [idle, whole] = [0, 0];
    for (const { times } of cpus()) {
        idle += times.idle;
        for (const time of Object.values(times)) whole += time;
    }
    return { idle, whole };
}
