/**
 * Regions of a country by code, name (ISO 3166-2) and usual English name in the form of `nameKey`, and the region around
 * them: `|BY bayern/bavaria|GC laspalmas CN|…`.
 */
export type Regions = ReadonlyMap<string, string>;

interface Region {
    readonly code: string;
    readonly name: string;
    readonly usual: string;
    readonly parent: string | undefined;
}

/**
 * The innermost regions that a state can mean, each with those around it from the inside outwards: `[["ES-GC", "ES-CN"],
 * ["ES-TF", "ES-CN"]]` of `Canarias`. A state is a code, with or without the country, or a name, which several regions may
 * have, else a usual name; in any case and spacing, without accents. Empty if there is none.
 */
export function regionsIn(state: string, country: string, regions: Regions): string[][] {
    const all = parsed(regions.get(country) ?? "");
    const code = state
        .replace(/\s/g, "")
        .toUpperCase()
        .replace(new RegExp(`^${country}[-–]`), "");
    const name = nameKey(state);
    const standard = all.filter((region) => region.code === code || (name !== "" && region.name === name));
    const meant = standard.length > 0 || name === "" ? standard : all.filter(({ usual }) => usual === name);
    return [...new Set(meant.flatMap(innermost))].map((region) => around(region).map((one) => `${country}-${one}`));

    function innermost(region: Region): Region[] {
        const inner = all.filter(({ parent }) => parent === region.code);
        return inner.length === 0 ? [region] : inner.flatMap(innermost);
    }

    function around({ code, parent }: Region): string[] {
        const outer = all.find((region) => region.code === parent);
        return outer === undefined ? [code] : [code, ...around(outer)];
    }
}

/** Each country's is parsed once. */
const known = new Map<string, readonly Region[]>();

function parsed(text: string): readonly Region[] {
    const before = known.get(text);
    if (before !== undefined) return before;
    const all = [...text.matchAll(/(\w+) ([^ |]*)(?: (\w+))?(?=\|)/g)].map(
        ([, code = "", names = "", parent]): Region => {
            const [name = "", usual = name] = names.split("/");
            return { code, name, usual, parent };
        },
    );
    known.set(text, all);
    return all;
}

/** `Baden-Württemberg` is `badenwurttemberg`; `Madrid, Comunidad de` is `comunidaddemadrid`, as people write it. */
export function nameKey(name: string): string {
    return name
        .split(",")
        .reverse()
        .join("")
        .normalize("NFKD")
        .replace(/[^\p{L}\p{N}]/gu, "")
        .toLowerCase();
}
