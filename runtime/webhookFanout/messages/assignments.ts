import { secretNameIn } from "./secretNames.ts";

/** A name of up to three words with what follows it up to the value: `password=`, `API key: `, `"token":"`, `PIN is `. */
const assigned =
    /(?<![\w-])(?<name>(?:\w[\w-]{0,30} ){0,2}\w[\w-]{0,30})\\?["']?(?:\s{0,3}[:=]>?\s{0,3}|\s{1,3}is\s{1,3})\\?["']?/g;
/** `{"name":"Cookie","value":"…"}` */
const paired =
    /\\?["'](?:name|key|header|field)\\?["']\s{0,3}:\s{0,3}\\?["'](?<name>[\w -]{1,60})\\?["']\s{0,3},\s{0,3}\\?["']value\\?["']\s{0,3}:\s{0,3}\\?["']/gi;

/** The text with another in place of each secret value that is assigned to a name in it. */
export function withoutAssigned(text: string, removed: string): string {
    return [paired, assigned].reduce((clean, names) => withoutValues(clean, names, removed), text);
}

function withoutValues(text: string, pattern: RegExp, removed: string): string {
    const names = new RegExp(pattern);
    let clean = "";
    let done = 0;
    for (let match = names.exec(text); match !== null; match = names.exec(text)) {
        const [before] = match;
        const name = secretNameIn(match.groups?.["name"] ?? "");
        // Only a secret's value is read: that of another name may contain the name of a secret.
        if (name === undefined) continue;
        const start = names.lastIndex;
        const values = valueAfter(before, name.isFree);
        values.lastIndex = start;
        const [value] = values.exec(text) ?? [""];
        const isSecret = value !== "" && name.hasInText(value, /[=>"']$/.test(before.trimEnd()));
        // `Credentials: password: …`; a long value is not read again.
        if (isSecret || value.length > 100) names.lastIndex = start + value.length;
        if (!isSecret) continue;
        clean += text.slice(done, start) + removed;
        done = start + value.length;
    }
    return clean + text.slice(done);
}

/** A value in quotes ends with them, after `=` between spaces with the line, otherwise with its first word. */
function valueAfter(before: string, isFree: boolean): RegExp {
    if (/\\["']$/.test(before)) return /[^\\\r\n]+/y;
    if (before.endsWith('"')) return /(?:[^"\\\r\n]|\\.)+/y;
    if (before.endsWith("'")) return /(?:[^'\\\r\n]|\\.)+/y;
    if (/\s=\s{1,3}$/.test(before) && isFree) return /[^"'\\,;&{}[\]\r\n]+/y;
    return /[^\s"'\\,;&{}[\]]+/y;
}
