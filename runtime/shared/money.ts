/**
 * An amount to read, in units of its currency (ISO 4217): `EUR 99.99`, or `99.99` where the currency is not known. The
 * code and not the symbol: it is unambiguous and every font has it.
 */
export function amountText(amount: number, currency?: string): string {
    // A price may have more digits than its currency's coins: a screw at 0.0035.
    const digits = { maximumFractionDigits: 6 };
    const format =
        currency === undefined
            ? new Intl.NumberFormat("en-US", { ...digits, minimumFractionDigits: 2 })
            : new Intl.NumberFormat("en-US", { ...digits, style: "currency", currency, currencyDisplay: "code" });
    return format.format(amount);
}

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
