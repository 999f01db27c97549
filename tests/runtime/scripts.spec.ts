import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { createCanvas, loadImage } from "@napi-rs/canvas";
import { expect } from "chai";
import { create, type Font } from "fontkit";
import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { confirmation } from "../../runtime/orderIntake/confirmation.ts";
import { readableText } from "../../runtime/orderIntake/readableText.ts";
import { meta } from "./support/events.ts";
import { paper } from "./support/pdf.ts";

/** A customer, an item and the notes of an order, as people write them. */
interface Sample {
    readonly locale: string;
    readonly customer: string;
    readonly item: string;
    readonly notes: string;
}

const samples: Readonly<Record<string, Sample>> = {
    latin: {
        locale: "pl",
        customer: "Łukasz Żółć, Đorđe Ħal",
        item: "Ɓera ƙasa ŋ ẞ ĳ ơ ư ǆ — Ứng dụng “A‑B”",
        notes: "5′ 6″ −3 °C, ‐hyphen, A\u2011B, ½ ﬁve, Ŧ ɖ ɠ ŀ ſ, Ǻ ȟ ḿ ỹ",
    },
    greek: {
        locale: "el",
        customer: "Αλέξανδρος Παπαδόπουλος",
        item: "Καθαριστικό δαπέδων",
        notes: "Ἀθῆναι, ὦ ἄνδρες",
    },
    cyrillic: {
        locale: "uk",
        customer: "Юрій Їжак, Ђорђе Њ.",
        item: "Средство для мытья полов",
        notes: "Ґанок, ӯ, ў, ҳ, ә; Қазақстан",
    },
    "chinese-simplified": {
        locale: "zh-CN",
        customer: "张伟",
        item: "环保清洁剂，五升（无香）",
        notes: "请放在门口。骨直曜龍",
    },
    "chinese-traditional": {
        locale: "zh-TW",
        customer: "陳怡君",
        item: "環保清潔劑「五公升」",
        notes: "請放在門口。骨直ㄅㄆㄇ",
    },
    japanese: {
        locale: "ja",
        customer: "𠮷田 直樹",
        item: "床用石鹸（５リットル）ｶﾀｶﾅ",
        notes: "玄関前に置いてください。骨直",
    },
    korean: { locale: "ko", customer: "김민수", item: "바닥 세제 5리터", notes: "문 앞에 놓아 주세요. 大韓民國" },
    thai: {
        locale: "th",
        customer: "สมชาย ใจดี",
        item: "น้ำยาทำความสะอาด",
        notes: "กรุณาวางไว้หน้าประตูบ้านเลขที่ ๑๒๓ ที่อยู่ตรงข้ามตลาดน้ำเก่าใกล้สถานีรถไฟใต้ดินและโรงเรียนประถมศึกษา",
    },
    devanagari: {
        locale: "hi",
        customer: "क्षत्रिय हिन्दी",
        item: "फर्श साफ़ करने का साबुन",
        notes: "कृपया दरवाज़े पर रखें। श्री, ज्ञान, ॐ १२३",
    },
    arabic: {
        locale: "ar",
        customer: "محمد عبد الله",
        item: "مُنظِّف الأرضيات (5 لتر) ABC 12",
        notes: "الرجاء تركه أمام الباب. می\u200cخواهم، ٹھیک لا إله",
    },
    hebrew: {
        locale: "he",
        customer: "משה כהן",
        item: "חומר ניקוי (5 ליטר) ABC 12",
        notes: "נא להשאיר ליד הדלת. שָׁלוֹם",
    },
    indic: {
        locale: "bn",
        customer: "মেঝে পরিষ্কারক, தமிழ் தரை",
        item: "తెలుగు క్షీ, ಕನ್ನಡ ನೆಲ, മലയാളം തറ",
        notes: "ગુજરાતી ક્લીનર, ਪੰਜਾਬੀ, ଓଡ଼ିଆ ଚଟାଣ, සිංහල ශ්‍රී",
    },
    rare: {
        locale: "zh-CN",
        customer: "王㐀龙 䶮",
        item: "ꀀꊈ ᏣᎳᎩ ᐃᓄᒃᑎᑐᑦ",
        notes: "བོད་ཡིག ⵜⵉⴼⵉⵏⴰⵖ ꓡꓲꓢꓴ",
    },
    others: {
        locale: "en-GB",
        customer: "ລາວ ນ້ຳຢາ, ខ្មែរ ទឹក, မြန်မာ သန့်ရှင်း",
        item: "አማርኛ, ქართული, Հայերեն",
        notes: "🧽 ★ ☎ → ✓ ♻",
    },
};

type RenderParameters = Parameters<Awaited<ReturnType<PDFDocumentProxy["getPage"]>>["render"]>[0];

const pictures = join(import.meta.dirname, "scripts");

const orderOf = ({ locale, customer, item, notes }: Sample) => ({
    orderId: "ord_1",
    customer: { name: customer, email: "customer@example.com" },
    items: [
        {
            id: "li_1",
            productId: "12345",
            productName: item,
            quantity: 2,
            unitPrice: 1299,
            discount: 0,
            tax: 0,
            total: 2598,
        },
    ],
    fulfillments: [],
    totals: [{ type: "total", text: "Total", amount: 2598 }],
    total: 2598,
    currency: "EUR",
    locale,
    notes,
    checkout: { sessionId: "cs_1" },
});

for (const [script, sample] of Object.entries(samples)) {
    describe(`a confirmation in ${script} text`, () => {
        let pdf: Buffer;

        before(async () => {
            pdf = await confirmation(orderOf(sample), meta, paper);
        });

        it("has the text that was put in, as programs extract it", async () => {
            const text = await extracted(pdf);

            for (const part of [sample.customer, sample.item, sample.notes]) expect(text).to.contain(comparable(part));
        });

        it("shows a glyph for each character", () => {
            const drawn = glyphsIn(pdf);

            expect(drawn.length).to.be.above(200);
            expect(drawn.filter(({ isMissing }) => isMissing)).to.deep.equal([]);
            for (const text of Object.values(sample)) expect(readableText(text)).not.to.contain("\ufffd");
        });

        it("looks as in the picture that is kept", async () => {
            const file = join(pictures, `${script}.png`);
            const drawn = await rendered(pdf);
            // To be looked at before it is committed.
            if (process.env["KEEP_PICTURES"] !== undefined) await writeFile(file, drawn);

            expect(await difference(drawn, await readFile(file))).to.be.below(0.002);
        });
    });
}

describe("a line with a value from right to left", () => {
    it("keeps its other values where they stand in the text", async () => {
        const customer = "דנה לוי";
        const pdf = await confirmation(
            orderOf({ locale: "he", customer, item: "\u202eסבון", notes: "-" }),
            meta,
            paper,
        );

        const { items } = await (await (await open(pdf)).getPage(1)).getTextContent();
        const xOf = (part: string) => {
            const found = items.find((one) => "str" in one && one.str.includes(part));
            return found !== undefined && "transform" in found ? Number(found.transform[4]) : Number.NaN;
        };
        expect(xOf("דנה")).to.be.below(xOf("customer@example.com"));
        expect(items.some((one) => "str" in one && /[\u2066-\u2069\u202e\ufffd]/.test(one.str))).to.equal(false);
    });
});

describe("a confirmation in text that no font has", () => {
    for (const [fonts, customer, item, printed] of [
        ["the standard fonts", "Ada", "CO₂ 2⁰ xⁿ m³ 2⅓ ⅔ ⁃", "CO2 2^0 x^n m³ 2 1/3 2/3 •"],
        ["fonts of its own", "Žofie", "H₂SO₄ 10⁻⁶ ⅛ 5‴ 𝐀", "H2SO4 10^−6 1/8 5′′′ A"],
    ] as const) {
        it(`spells out subscripts, powers, fractions and the like, with ${fonts}`, async () => {
            const pdf = await confirmation(orderOf({ locale: "en", customer, item, notes: "⅞" }), meta, paper);

            expect(await extracted(pdf))
                .to.contain(comparable(printed))
                .and.to.contain("7/8");
        });
    }

    it("keeps a power that fonts have", async () => {
        const pdf = await confirmation(orderOf({ locale: "en", customer: "Ž", item: "m⁴", notes: "-" }), meta, paper);

        expect(await extracted(pdf)).to.contain("m⁴");
    });

    it("names the code point of each such character, and shows U+FFFD for what is none", async () => {
        const pdf = await confirmation(
            orderOf({ locale: "zh", customer: "\u{2a6d6}𓀀 Ada", item: "王𪘲龙 \ue000", notes: "𐌰" }),
            meta,
            paper,
        );

        const text = await extracted(pdf);
        expect(text).to.contain("[U+2A6D6][U+13000]Ada");
        expect(text).to.contain("王[U+2A632]龙\ufffd");
        expect(text).to.contain("[U+10330]");
    });
});

/** Lines are broken, and what extracts text sees spaces by their width: at the edges of runs from right to left, none. */
const comparable = (text: string): string =>
    readableText(text)
        .replace(/[\p{Cf}\s]/gu, "")
        .normalize("NFC");

const open = (pdf: Buffer) =>
    getDocument({
        data: Uint8Array.from(pdf),
        verbosity: 0,
        standardFontDataUrl: join(import.meta.dirname, "../../node_modules/pdfjs-dist/standard_fonts/"),
    }).promise;

async function extracted(pdf: Buffer): Promise<string> {
    const document = await open(pdf);
    const page = await document.getPage(1);
    const { items } = await page.getTextContent({ disableNormalization: true });
    await document.destroy();
    return comparable(items.map((item) => ("str" in item ? item.str : "")).join(""));
}

async function rendered(pdf: Buffer): Promise<Buffer> {
    const document = await open(pdf);
    const page = await document.getPage(1);
    const viewport = page.getViewport({ scale: 1.1 });
    // The heading, the facts and the lines.
    const canvas = createCanvas(viewport.width, viewport.height / 2);
    // The types are a browser's, whose canvas this one is made after.
    const canvasContext = canvas.getContext("2d") as unknown as RenderParameters["canvasContext"];
    await page.render({ canvas: null, canvasContext, viewport }).promise;
    await document.destroy();
    return canvas.encode("png");
}

/** The share of pixels that differ visibly. */
async function difference(...files: readonly [Buffer, Buffer]): Promise<number> {
    const [one, other] = await Promise.all(
        files.map(async (file) => {
            const image = await loadImage(file);
            const context = createCanvas(image.width, image.height).getContext("2d");
            context.drawImage(image, 0, 0);
            return context.getImageData(0, 0, image.width, image.height);
        }),
    );
    if (one === undefined || other === undefined || one.width !== other.width || one.height !== other.height) return 1;
    let differing = 0;
    for (let index = 0; index < one.data.length; index += 4) {
        if (Math.abs((one.data[index] ?? 0) - (other.data[index] ?? 0)) > 64) differing += 1;
    }
    return differing / (one.width * one.height);
}

interface Drawn {
    readonly font: string;
    readonly glyph: number;
    readonly isMissing: boolean;
}

/** The glyphs that the first page shows, from the font files in the PDF. */
function glyphsIn(pdf: Buffer): Drawn[] {
    const text = pdf.toString("latin1");
    const object = (id: string | undefined) =>
        new RegExp(`\\n${id} 0 obj\\n([\\s\\S]*?)\\nendobj`).exec(text)?.[1] ?? "";
    const member = (content: string, name: string) => new RegExp(`/${name} \\[?(\\d+) 0 R`).exec(content)?.[1];
    const streamOf = (content: string) =>
        inflateSync(Buffer.from(/stream\n([\s\S]*?)\nendstream/.exec(content)?.[1] ?? "", "latin1"));
    const page = /\n\d+ 0 obj\n(<<\s*\/Type \/Page\n[\s\S]*?)\nendobj/.exec(text)?.[1] ?? "";
    const fonts = new Map<string, Font>();
    for (const [, name = "", id] of object(member(page, "Resources")).matchAll(/\/(F\d+) (\d+) 0 R/g)) {
        const descendant = object(member(object(id), "DescendantFonts"));
        const file = streamOf(object(member(object(member(descendant, "FontDescriptor")), "FontFile2")));
        fonts.set(name, create(file) as Font);
    }
    const content = streamOf(object(member(page, "Contents"))).toString("latin1");
    const missing = new Map([...fonts].map(([name, font]) => [name, font.getGlyph(0).path.toSVG()]));
    return [...content.matchAll(/\/(F\d+) [\d.]+ Tf([\s\S]*?)ET/g)].flatMap(([, font = "", operators = ""]) =>
        [...operators.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = ""]) =>
            (hex.match(/.{4}/g) ?? []).map((digits) => {
                const glyph = Number.parseInt(digits, 16);
                const path = fonts.get(font)?.getGlyph(glyph).path.toSVG();
                return { font, glyph, isMissing: path === undefined || (path !== "" && path === missing.get(font)) };
            }),
        ),
    );
}
