import type { Offer, Told } from "../offer.ts";
import type { Run } from "../stored/run.ts";

type Figures = Pick<Run, "rows" | "leftOut" | "lacks" | "changesAt">;

/** Counts products that are told and left out, on from what a run has. */
export class Tally {
    #figures: Figures;

    constructor({ rows, leftOut, lacks, changesAt }: Figures) {
        this.#figures = { rows, leftOut, lacks, ...(changesAt !== undefined && { changesAt }) };
    }

    get figures(): Figures {
        return this.#figures;
    }

    /** @returns the product, if it is told */
    count(told: Told): Offer | undefined {
        const { rows, leftOut, lacks, changesAt: first = Number.POSITIVE_INFINITY } = this.#figures;
        if (told === undefined) return undefined;
        if ("offer" in told) {
            const changesAt = Math.min(first, told.offer.changesAt ?? first);
            this.#figures = { ...this.#figures, rows: rows + 1, ...(Number.isFinite(changesAt) && { changesAt }) };
            return told.offer;
        }
        const more = Object.fromEntries(told.lacks.map((lack) => [lack, (lacks[lack] ?? 0) + 1]));
        this.#figures = { ...this.#figures, leftOut: leftOut + 1, lacks: { ...lacks, ...more } };
        return undefined;
    }
}
