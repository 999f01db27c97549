/** The header fields of a MIME message by lower-case name, unfolded, with encoded words decoded (RFC 5322, RFC 2047). */
export function headersOf(message: string): ReadonlyMap<string, string> {
    const [head = ""] = message.split(/\r?\n\r?\n/, 1);
    const lines = head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
    return new Map(
        lines.flatMap((line) => {
            const colon = line.indexOf(":");
            return colon === -1 ? [] : [[line.slice(0, colon).toLowerCase(), decoded(line.slice(colon + 1).trim())]];
        }),
    );
}

function decoded(value: string): string {
    return value
        .replace(/\?=\s+=\?/g, "?==?")
        .replace(/=\?[\w-]+\?([BbQq])\?([^?]*)\?=/g, (_, encoding: string, text: string) =>
            encoding.toLowerCase() === "b" ? Buffer.from(text, "base64").toString() : quotedPrintable(text),
        );
}

function quotedPrintable(text: string): string {
    const spaced = text.replaceAll("_", " ");
    return Buffer.from(
        spaced.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        "latin1",
    ).toString();
}
