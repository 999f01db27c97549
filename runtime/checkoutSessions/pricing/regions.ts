/** Regions of a country by code and name in the form of `nameKey`: `|CA california|…` (ISO 3166-2). */
export type Regions = ReadonlyMap<string, string>;

/** The code of a region by its code, with or without the country, or by its name; in any case and spacing, without accents. */
export function regionIn(state: string, country: string, regions: Regions): string | undefined {
    const known = regions.get(country) ?? "";
    const code = state
        .replace(/\s/g, "")
        .toUpperCase()
        .replace(new RegExp(`^${country}[-–]`), "");
    if (/^[A-Z0-9]{1,3}$/.test(code) && known.includes(`|${code} `)) return code;
    const end = known.indexOf(` ${nameKey(state) || "?"}|`);
    return end < 0 ? undefined : known.slice(known.lastIndexOf("|", end) + 1, end);
}

/** `Baden-Württemberg` is `badenwurttemberg`. */
export function nameKey(name: string): string {
    return name
        .normalize("NFKD")
        .replace(/[^\p{L}\p{N}]/gu, "")
        .toLowerCase();
}
