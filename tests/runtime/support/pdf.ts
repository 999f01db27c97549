import { resolve } from "node:path";
import { inflateSync } from "node:zlib";
import { fontFolder } from "../../../components/parts/fontFiles.ts";

/** What a stack without settings gives the confirmation. */
export const paper = { locale: "en-GB", fonts: resolve(fontFolder()) };

/** The texts that a PDF in standard fonts shows, a line each: they are hexadecimal WinAnsi strings in its page streams. */
export async function textOf(pdf: Buffer): Promise<string> {
    const decoder = new TextDecoder("windows-1252");
    return streamsOf(pdf)
        .flatMap((content) => shownIn(content.toString("latin1")))
        .map((hex) => decoder.decode(Buffer.from(hex, "hex")))
        .join("\n");
}

/** What each operator shows, as hexadecimal text. */
export function shownIn(content: string): string[] {
    return [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, shown = ""]) =>
        [...shown.matchAll(/<([0-9a-f]*)>/g)].map(([, digits = ""]) => digits).join(""),
    );
}

/** The compressed streams of a PDF of pdfkit. */
export function streamsOf(pdf: Buffer): Buffer[] {
    const streams = pdf.toString("latin1").matchAll(/\/FlateDecode\s*>>\s*stream\n([\s\S]*?)\nendstream/g);
    return [...streams].map(([, stream = ""]) => inflateSync(Buffer.from(stream, "latin1")));
}
