import { iso31661, iso31662 } from "iso-3166";
import { POSTCODE_REGEXES } from "postcode-validator/lib/cjs/postcode-regexes.js";
import { nameKey } from "../runtime/checkoutSessions/pricing/regions.ts";

// Compact tables for the bundles of the checkout: the packages' own are several times larger.

const originOf = (name: string) => `// Made by \`npm run generate\` from the package ${name}. Do not edit.\n`;
const origin = originOf("iso-3166");

/** Codes of countries. */
export function countriesModule(): string {
    const codes = iso31661.map(({ alpha2 }) => alpha2).sort();
    return `${origin}/** ISO 3166-1 alpha-2 */\nexport const countries = "${codes.join(" ")}";\n`;
}

/** Codes of regions, their names in the form in which they are compared, and the region around them; by country in one text each. */
export function regionsModule(): string {
    const byCountry = Map.groupBy(iso31662, ({ code }) => code.slice(0, 2));
    const lines = [...byCountry].sort().map(([country, regions]) => {
        const named = regions.map(({ code, name, parent }) => {
            const outer = parent.includes("-") ? ` ${parent.slice(3)}` : "";
            return `${code.slice(3)} ${nameKey(name)}${outer}|`;
        });
        return `    ${country}: ${JSON.stringify(`|${named.join("")}`)},`;
    });
    return [
        `${origin}/** ISO 3166-2 by country: \`|CA california|…|GC laspalmas CN|\`, the last within CN. */`,
        "export const regions: Readonly<Record<string, string>> = {",
        ...lines,
        "};\n",
    ].join("\n");
}

/** The forms of postal codes by country. */
export function postalCodesModule(): string {
    const countries = new Set<string>(iso31661.map(({ alpha2 }) => alpha2));
    const forms = [...POSTCODE_REGEXES].filter(([country]) => countries.has(country)).sort();
    return [
        `${originOf("postcode-validator")}/** By country (ISO 3166-1); countries without postal codes are left out. */`,
        "export const postalCodes: Readonly<Record<string, RegExp>> = {",
        ...forms.map(([country, form]) => `    ${country}: ${form},`),
        "};\n",
    ].join("\n");
}
