import { postalCodes } from "../../../spec/generated/postalCodes.ts";

/** Whether a postal code has the form of its country, with or without its spaces and hyphens. True for other countries. */
export function isPostalCode(code: string, country: string): boolean {
    const form = postalCodes[country];
    if (form === undefined) return true;
    const compact = compactCode(code);
    if (form.test(code) || form.test(compact)) return true;
    const spelled = Array.from(compact, (_, index) =>
        ["-", " "].map((separator) => `${compact.slice(0, index)}${separator}${compact.slice(index)}`),
    );
    return [code.trim().toUpperCase(), ...spelled.flat()].some((candidate) => form.test(candidate));
}

/** Beginnings that a country's codes can have or not, as their forms say. */
const optional: Readonly<Record<string, RegExp>> = {
    ...{ AI: /^AI/, FI: /^(FI|AX)/, HR: /^HR/, LT: /^LT/, LU: /^L/, LV: /^LV/, OM: /^PC/, SE: /^SE/, SI: /^SI/ },
    ...{ AM: /^37(?=\d{4}$)/, EC: /^[A-Z]{2}(?=\d{6}$)/, NI: /^\d{4}(?=\d{6,7}$)/ },
};

/** The one spelling in which codes of a country are compared: without separators and optional beginnings. */
export const comparedCode = (code: string, country: string): string =>
    compactCode(code).replace(optional[country] ?? "", "");

/** `SW1A 1AA` is `SW1A1AA`. */
const compactCode = (code: string): string => code.replace(/[\s-]/g, "").toUpperCase();
