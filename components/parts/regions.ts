import type { Settings } from "../settings/settings.ts";

/**
 * Which records of a table's stream this region acts upon, as patterns of filters: what was written here, and what a lost
 * region had written when this one took over. What that one finds undone when it is back, and writes then, is its own
 * again, whether or not the settings still call it lost.
 */
export function recordsFor({ region, secondaryRegion, lostRegion, takeoverAt }: Settings): object[] {
    if (secondaryRegion === "") return [{}];
    const from = (where: string) => ({ NewImage: { region: { S: [where] } } });
    if (lostRegion === "" || lostRegion === region) return [{ dynamodb: from(region) }];
    const before = [{ numeric: ["<", Date.parse(takeoverAt) / 1000] }];
    return [{ dynamodb: from(region) }, { dynamodb: { ...from(lostRegion), ApproximateCreationDateTime: before } }];
}

/** Whether the other region does what must be done again and again for both. */
export const isStandby = ({ region, secondaryRegion, lostRegion }: Settings): boolean =>
    region === secondaryRegion && (lostRegion === "" || lostRegion === region);
