import { countries, longCountries } from "../../../spec/generated/countries.ts";

const codes = countries.split(" ");
const longCodes = longCountries.split(" ");

/** The code (ISO 3166-1 alpha-2) of a country in two letters, in three, or by its English name; else the text itself. */
export function countryCode(text: string): string {
    const name = text.trim();
    const code = name.toUpperCase();
    if (codes.includes(code)) return code;
    return codes[longCodes.indexOf(code)] ?? codes.find((known) => nameOf(known) === nameKey(name)) ?? text;
}

const english = new Intl.DisplayNames("en", { type: "region" });
const nameOf = (code: string): string => nameKey(english.of(code) ?? code);

const nameKey = (name: string): string =>
    name
        .normalize("NFKD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .replace(/&/g, "and")
        .replace(/[^\p{L}]+/gu, " ")
        .trim();
