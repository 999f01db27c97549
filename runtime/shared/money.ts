/**
 * Decimal digits of currencies whose minor unit has not two (ISO 4217, list one). `Intl` uses CLDR instead, which
 * describes printed prices: no digits for the forint, whose minor unit is a hundredth.
 */
const minorDigits: Readonly<Record<string, number>> = {
    ...Object.fromEntries(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
    ),
    ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
    CLF: 4,
    UYW: 4,
};

/** Decimal digits of a currency's amounts. */
export const digitsOf = (currency: string) => minorDigits[currency.toUpperCase()] ?? 2;

/** 1299 cents are 12.99. @param currency in upper or lower case */
export function unitsOf(minorUnits: number, currency: string): number {
    return minorUnits / 10 ** digitsOf(currency);
}

/** 12.99 are 1299 cents. Undefined for an amount with more digits than the currency has. */
export function minorUnitsOf(units: number, currency: string): number | undefined {
    const minorUnits = Math.round(units * 10 ** digitsOf(currency));
    return unitsOf(minorUnits, currency) === units ? minorUnits : undefined;
}
