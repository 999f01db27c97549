export interface Style {
    readonly bold?: boolean;
    /** Points. */
    readonly size: number;
    readonly color: string;
}

interface Place {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    /** @default "left" */
    readonly align?: "left" | "right";
}

/** Measures and writes text on the pages of a PDF, in lines of the width that it is given. */
export interface Typesetter {
    heightOf(text: string, style: Style, width: number): number;
    /** @returns y of its end */
    write(text: string, style: Style, place: Place): number;
}

/** With the standard fonts, which every reader has: for text that `isInStandardFonts`. */
export function standardFonts(pdf: PDFKit.PDFDocument): Typesetter {
    const use = ({ bold = false, size, color }: Style) =>
        pdf
            .font(bold ? "Helvetica-Bold" : "Helvetica")
            .fontSize(size)
            .fillColor(color);
    return {
        heightOf: (text, style, width) => use(style).heightOfString(text, { width }),
        write: (text, style, { x, y, width, align = "left" }) => {
            use(style).text(text, x, y, { width, align });
            return pdf.y;
        },
    };
}
