import { inflateSync } from "node:zlib";

/** The texts that a PDF of pdfkit shows, a line each: they are hexadecimal WinAnsi strings in its page streams. */
export async function textOf(pdf: Buffer): Promise<string> {
    const streams = pdf.toString("latin1").matchAll(/\/FlateDecode\s*>>\s*stream\n([\s\S]*?)\nendstream/g);
    const decoder = new TextDecoder("windows-1252");
    const lines: string[] = [];
    for (const [, stream = ""] of streams) {
        const content = inflateSync(Buffer.from(stream, "latin1")).toString("latin1");
        for (const [, shown = ""] of content.matchAll(/\[([^\]]*)\] TJ/g)) {
            const hex = [...shown.matchAll(/<([0-9a-f]*)>/g)].map(([, digits = ""]) => digits).join("");
            lines.push(decoder.decode(Buffer.from(hex, "hex")));
        }
    }
    return lines.join("\n");
}
