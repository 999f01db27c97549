import { createRequire } from "node:module";
import { iso31661, iso31662 } from "iso-3166";
import { POSTCODE_REGEXES } from "postcode-validator/lib/cjs/postcode-regexes.js";
import { nameKey } from "../runtime/checkoutSessions/pricing/regions.ts";

// Compact tables for the bundles of the checkout: the packages' own are several times larger.

const originOf = (...names: readonly string[]) =>
    `// Made by \`npm run generate\` from ${names.join(" and ")}. Do not edit.\n`;
const origin = originOf("the package iso-3166");
/** CLDR's names by codes in its own form: `deby` is Bavaria. */
const common: CommonNames = createRequire(import.meta.url)("cldr-subdivisions-full/subdivisions/en/en.json");

interface CommonNames {
    readonly subdivisions: {
        readonly localeDisplayNames: { readonly subdivisions: Readonly<Record<string, string>> };
    };
}

/** The name in the standard, and the usual one in English where that is another: `bayern/bavaria`. */
function namesOf(code: string, name: string): string {
    const usual = common.subdivisions.localeDisplayNames.subdivisions[code.replace("-", "").toLowerCase()];
    return [...new Set([nameKey(name), nameKey(usual ?? name)])].join("/");
}

/** Codes of countries. */
export function countriesModule(): string {
    const all = [...iso31661].sort((a, b) => (a.alpha2 < b.alpha2 ? -1 : 1));
    const text = (name: string, code: "alpha2" | "alpha3") =>
        `export const ${name} = "${all.map((one) => one[code]).join(" ")}";\n`;
    return [
        `${origin}/** ISO 3166-1 alpha-2 */\n${text("countries", "alpha2")}`,
        `/** ISO 3166-1 alpha-3, in the same order. */\n${text("longCountries", "alpha3")}`,
    ].join("\n");
}

/** Of the United States Postal Service: states of addresses of its armed forces, which are in no list of regions. */
const military = [
    { code: "US-AA", name: "Armed Forces Americas", parent: "US" },
    { code: "US-AE", name: "Armed Forces Europe", parent: "US" },
    { code: "US-AP", name: "Armed Forces Pacific", parent: "US" },
];

/** Codes of regions, their names in the form in which they are compared, and the region around them; by country in one text each. */
export function regionsModule(): string {
    const byCountry = Map.groupBy([...iso31662, ...military], ({ code }) => code.slice(0, 2));
    const lines = [...byCountry].sort().map(([country, regions]) => {
        const named = regions.map(({ code, name, parent }) => {
            const outer = parent.includes("-") ? ` ${parent.slice(3)}` : "";
            return `${code.slice(3)} ${namesOf(code, name)}${outer}|`;
        });
        return `    ${country}: ${JSON.stringify(`|${named.join("")}`)},`;
    });
    return [
        originOf("the package iso-3166", "the English names of cldr-subdivisions-full") +
            "/** ISO 3166-2, and AA, AE and AP in the United States, by country: `|BY bayern/bavaria|…|GC laspalmas CN|`, the last within CN. */",
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
        `${originOf("the package postcode-validator")}/** By country (ISO 3166-1); countries without postal codes are left out. */`,
        "export const postalCodes: Readonly<Record<string, RegExp>> = {",
        ...forms.map(([country, form]) => `    ${country}: ${form},`),
        "};\n",
    ].join("\n");
}
