import { createHash } from "node:crypto";

/** What LOCAL_FAULTS asks for. */
export interface FaultPlan {
    /** The same seed disturbs the same calls, as far as they come in the same order. */
    readonly seed: number;
    /** Share of calls and deliveries that are disturbed, above 0 up to 0.5. */
    readonly rate: number;
}

/** LOCAL_FAULTS names no seed and rate. */
class FaultPlanError extends Error {
    override readonly name = "FaultPlanError";
}

const usualRate = 0.05;
const highestRate = 0.5;

/** @param text `7` or `7:0.1`; undefined and empty for no faults. Throws FaultPlanError. */
export function faultPlanFrom(text: string | undefined): FaultPlan | undefined {
    if (text === undefined || text === "") return undefined;
    const [, seed, rate = String(usualRate)] = /^(\d{1,9})(?::(\d+(?:\.\d+)?|\.\d+))?$/.exec(text) ?? [];
    if (seed !== undefined && Number(rate) > 0 && Number(rate) <= highestRate) {
        return { seed: Number(seed), rate: Number(rate) };
    }
    throw new FaultPlanError(
        `LOCAL_FAULTS is ${text}: set a whole number as the seed and, if need be, a rate above 0 up to ${highestRate}: 7 or 7:0.1`,
    );
}

/**
 * Throws of dice by a seed. Each place has a sequence of its own, so that what happens elsewhere at the same time does
 * not change what happens here.
 */
export class Dice {
    readonly #seed: number;
    readonly #thrown = new Map<string, number>();

    constructor(seed: number) {
        this.#seed = seed;
    }

    /** The next number of a place, from 0 up to but not including 1. */
    next(place: string): number {
        const count = (this.#thrown.get(place) ?? 0) + 1;
        this.#thrown.set(place, count);
        return createHash("md5").update(`${this.#seed} ${place} ${count}`).digest().readUInt32BE() / 2 ** 32;
    }

    /** One of several, at least one. */
    among<Choice>(place: string, choices: readonly [Choice, ...Choice[]]): Choice {
        return choices[Math.floor(this.next(place) * choices.length)] ?? choices[0];
    }
}
