import type { Offer } from "./offers.ts";
import type { PlatformProfile } from "./platformProfile.ts";

/**
 * What both sides can do: name → the highest version that both have, without extensions that have none of their parents
 * left (UCP, "Intersection Algorithm").
 */
export function capabilitiesInCommon(
    own: readonly Offer[],
    { capabilities }: Pick<PlatformProfile, "capabilities">,
): ReadonlyMap<string, string> {
    const theirs = new Map(Object.entries(capabilities));
    const versions = new Map<string, string>();
    for (const { name, version } of own) {
        const known = versions.get(name);
        if (!theirs.get(name)?.includes(version) || (known !== undefined && known >= version)) continue;
        versions.set(name, version);
    }
    const inCommon = own.filter(({ name, version }) => versions.get(name) === version);
    return new Map(withParents(inCommon).map(({ name, version }) => [name, version]));
}

/** Takes away what has lost its parents, until nothing does. */
function withParents(capabilities: readonly Offer[]): readonly Offer[] {
    const names = new Set(capabilities.map(({ name }) => name));
    const left = capabilities.filter(
        (capability) => capability.extends === undefined || capability.extends.some((parent) => names.has(parent)),
    );
    return left.length === capabilities.length ? left : withParents(left);
}
