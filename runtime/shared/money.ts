/**
 * How many decimal digits a currency's minor unit has where it is not two (ISO 4217, list one). Not from `Intl`, which
 * goes by CLDR: what shops print, nothing behind the comma for the forint for example, whose minor unit is a hundredth.
 */
const minorDigits: Readonly<Record<string, number>> = {
    ...Object.fromEntries(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
    ),
    ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
    CLF: 4,
    UYW: 4,
};

/** An amount in units of its currency, of one in its minor units: 12.99 of 1299 cents. @param currency in either case */
export function unitsOf(minorUnits: number, currency: string): number {
    return minorUnits / 10 ** (minorDigits[currency.toUpperCase()] ?? 2);
}
