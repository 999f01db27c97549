/** In units of the currency. */
export function money(amount: number, currency = "usd"): string {
    try {
        return new Intl.NumberFormat("en", { style: "currency", currency: currency === "" ? "usd" : currency }).format(
            amount,
        );
    } catch {
        return `${amount} ${currency}`;
    }
}
