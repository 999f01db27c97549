import { isJsonObject } from "./json.ts";

/** A number whose value JSON readers with double precision change. */
const changed = Symbol("changed");

/** JSON pointers to the numbers of a JSON text that `JSON.parse` changes: too precise, too large or too small. */
export function changedNumbers(json: string): string[] {
    // Numbers of at most 15 digits and with small exponents are exact.
    if (!/[\d.]{16}|[eE][+-]?\d{3}/.test(json)) return [];
    const marked: unknown = JSON.parse(json, (_name, value: unknown, context?: { readonly source?: string }) =>
        typeof value === "number" && !isExact(context?.source ?? "", value) ? changed : value,
    );
    return [...pointersIn(marked, "")];
}

function* pointersIn(value: unknown, pointer: string): Generator<string> {
    if (value === changed) yield pointer;
    if (!Array.isArray(value) && !isJsonObject(value)) return;
    for (const [name, member] of Object.entries(value))
        yield* pointersIn(member, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
}

const isExact = (source: string, value: number): boolean => decimalOf(source) === decimalOf(String(value));

/** One text for each decimal number: digits without zeros around them, and the exponent of the last one. */
function decimalOf(number: string): string {
    const [, sign = "", whole = "", fraction = "", exponent = "0"] =
        /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
    const digits = `${whole}${fraction}`.replace(/^0+/, "");
    const significant = digits.replace(/0+$/, "");
    if (significant === "") return whole === "" ? "none" : "0";
    return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}
