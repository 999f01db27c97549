import type { Context } from "./context.ts";

/**
 * Which records of a table's stream this region acts upon, as patterns of filters: what was written here, and what a lost
 * region had written when this one took over. What that one finds undone when it is back, and writes then, is its own
 * again, whether or not the context still calls it lost.
 */
export function recordsFor({ region, regions }: Context): object[] {
    if (regions === undefined) return [{}];
    const from = (where: string) => ({ NewImage: { region: { S: [where] } } });
    const { lost } = regions;
    if (lost === undefined || lost.region === region) return [{ dynamodb: from(region) }];
    const before = [{ numeric: ["<", Date.parse(lost.since) / 1000] }];
    return [{ dynamodb: from(region) }, { dynamodb: { ...from(lost.region), ApproximateCreationDateTime: before } }];
}

/** Whether the other region does what must be done again and again for both. */
export const isStandby = ({ region, regions }: Context): boolean =>
    region === regions?.secondary && (regions.lost === undefined || regions.lost.region === region);
