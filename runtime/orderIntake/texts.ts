import { instantOf } from "../shared/instant.ts";
import { digitsOf } from "../shared/money.ts";

/** For what the sales team reads. */
export const shopLocale = "en-US";

/** The order's locale, if it is one that `Intl` takes; the text was sent by a client. */
export function localeOf(order: { readonly locale?: string | undefined }, otherwise: string): string {
    try {
        return Intl.getCanonicalLocales(order.locale ?? otherwise)[0] ?? otherwise;
    } catch {
        return otherwise;
    }
}

/**
 * `EUR 99.99` or `99,99 EUR`, and `99.99` without a currency. The ISO 4217 code instead of the symbol is unambiguous. A
 * currency has the digits of ISO 4217; unit prices may be fractions of its smallest unit: a screw at 0.0035.
 */
export function amountText(amount: number, currency?: string, locale: string = shopLocale): string {
    const digits = { minimumFractionDigits: currency === undefined ? 2 : digitsOf(currency), maximumFractionDigits: 6 };
    const style = currency === undefined ? {} : ({ style: "currency", currency, currencyDisplay: "code" } as const);
    return narrow(new Intl.NumberFormat(locale, { ...digits, ...style }).format(amount));
}

export const numberText = (value: number, locale: string): string =>
    narrow(new Intl.NumberFormat(locale).format(value));

/** `20 November 2026`, in Universal Time. */
export function dateText(time: string, locale: string): string {
    return narrow(new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(instantOf(time)));
}

/** French groups digits by a narrow space, which the standard fonts of PDF lack. */
const narrow = (text: string): string => text.replace(/[\u2009\u202f]/g, "\u00a0");
