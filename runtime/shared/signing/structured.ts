import { type Dictionary, parseDictionary } from "structured-headers";

/** A field is no dictionary of RFC 9651, or has a name twice. */
export class StructuredFieldError extends Error {
    override readonly name = "StructuredFieldError";
}

/**
 * A dictionary. Of a name that comes twice the standard lets the last one count, and so may a proxy or the sender see
 * another one than we do: it is refused. Throws StructuredFieldError.
 */
export function dictionaryIn(text: string): Dictionary {
    let dictionary: Dictionary;
    try {
        dictionary = parseDictionary(text);
    } catch (cause) {
        throw new StructuredFieldError("the field is no dictionary", { cause });
    }
    if (dictionary.size !== membersIn(text)) throw new StructuredFieldError("the field has a name twice");
    return dictionary;
}

/** Members of a text that is a dictionary: what separates them stands otherwise only in texts. */
function membersIn(text: string): number {
    if (text.trim() === "") return 0;
    return text.replace(/"(?:[^"\\]|\\.)*"/g, "").split(",").length;
}
