import type { Offer, Told } from "../offer.ts";
import type { Run } from "../stored/run.ts";

type Figures = Pick<Run, "rows" | "leftOut" | "lacks">;

/** Counts products that are told and left out, on from what a run has. */
export class Tally {
    #figures: Figures;

    constructor({ rows, leftOut, lacks }: Figures) {
        this.#figures = { rows, leftOut, lacks };
    }

    get figures(): Figures {
        return this.#figures;
    }

    /** @returns the product, if it is told */
    count(told: Told): Offer | undefined {
        const { rows, leftOut, lacks } = this.#figures;
        if (told === undefined) return undefined;
        if ("offer" in told) {
            this.#figures = { rows: rows + 1, leftOut, lacks };
            return told.offer;
        }
        const more = Object.fromEntries(told.lacks.map((lack) => [lack, (lacks[lack] ?? 0) + 1]));
        this.#figures = { rows, leftOut: leftOut + 1, lacks: { ...lacks, ...more } };
        return undefined;
    }
}
