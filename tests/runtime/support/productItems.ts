// Apart from what more tests use: fast-check takes long to prepare URLs.
import fc from "fast-check";

const text = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .filter((value) => !/[\p{Cc}\p{Noncharacter_Code_Point}]/u.test(value));
const words = fc
    .tuple(fc.constantFrom("Lamp", "Mop", "Œuvre", '"Q", a; b c'), text)
    .map(([word, rest]) => `${word} ${rest}`);
const url = fc.webUrl({ withQueryParameters: true });
const optional = { nil: undefined, freq: 3 };

/** Items of the products table in every shape that the catalogue has, with what other programs may write. */
export const productItems: fc.Arbitrary<Record<string, unknown>> = fc.record({
    productId: fc.string({ minLength: 1, maxLength: 64 }).filter((id) => /^(?!\.{1,2}$)[!-.0-~]{1,64}$/.test(id)),
    name: words,
    prices: fc.oneof(
        fc.record({ usd: fc.integer({ min: 0, max: 1e9 }), eur: fc.integer({ min: 0, max: 1e6 }) }),
        fc.constant({ usd: 4900 }),
        fc.constant({ eur: 5 }),
    ),
    listPrices: fc.option(fc.record({ usd: fc.integer({ min: 0, max: 1e9 }) }), optional),
    stock: fc.option(fc.integer({ min: -5, max: 1e6 }), optional),
    description: fc.option(fc.oneof(words, fc.constant("Two\r\nlines,\n\tone tab")), { nil: undefined, freq: 20 }),
    images: fc.option(
        fc.array(fc.oneof({ weight: 30, arbitrary: url }, { weight: 1, arbitrary: text }), { maxLength: 4 }),
        {
            nil: undefined,
            freq: 20,
        },
    ),
    link: fc.option(url, optional),
    brand: fc.option(words, optional),
    gtin: fc.option(fc.constantFrom("4006381333931", "96385074"), optional),
    mpn: fc.option(words, optional),
    categories: fc.option(fc.array(words, { maxLength: 3 }), optional),
    condition: fc.option(fc.constantFrom("new", "refurbished", "used"), optional),
    group: fc.option(
        fc.record({
            id: words,
            title: words,
            options: fc.dictionary(fc.constantFrom("Color", "colour", "Size", "material", "cut"), words),
        }),
        optional,
    ),
    taxClass: fc.option(fc.constant("reduced"), optional),
    taxExempt: fc.option(fc.boolean(), optional),
    weight: fc.option(fc.nat({ max: 1e9 }), optional),
    digital: fc.option(fc.boolean(), optional),
    availableFrom: fc.option(fc.constantFrom("2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"), optional),
    hidden: fc.constantFrom(...Array<boolean | undefined>(9), true),
    returnPolicy: fc.option(
        fc.record({
            days: fc.nat({ max: 100 }),
            exchanges: fc.option(fc.boolean(), optional),
            url: fc.option(url, optional),
        }),
        optional,
    ),
});
