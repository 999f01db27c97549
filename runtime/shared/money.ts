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
