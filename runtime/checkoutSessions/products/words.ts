import type { ShownProduct } from "./shownCatalog.ts";

/** Words without their accents and case, as both queries and products are compared. */
export const wordsIn = (text: string): string[] =>
    text
        .normalize("NFKD")
        .replace(/\p{M}/gu, "")
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether the product's texts have words that begin with those of the query. */
export function hasWords(
    { title, description, brand, categories, productId }: ShownProduct,
    wanted: readonly string[],
): boolean {
    if (wanted.length === 0) return true;
    const texts = [title, description, brand, productId, ...(categories ?? [])];
    const words = texts.flatMap((text) => (text === undefined ? [] : wordsIn(text)));
    return wanted.every((word) => words.some((own) => own.startsWith(word)));
}
