/** Members that hold personal data; whatever text is in them is masked. */
const personal = new Set(["customer", "customerEmail", "recipient", "metadata"]);

// Begins only where a name can begin and is bounded, so that a long text without an @ costs linear time.
const email = /(?<![\w.%+-])([\w%+-])[\w.%+-]{0,63}@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63})/g;

/** The same JSON value with names and notes masked (`J*** D***`), for logs. */
export function maskPersonal(value: unknown, inPersonal = false): unknown {
    if (typeof value === "string") return inPersonal ? maskText(value) : value;
    if (Array.isArray(value)) return value.map((element) => maskPersonal(element, inPersonal));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value).map(([name, member]) => [name, maskPersonal(member, inPersonal || personal.has(name))]),
    );
}

/** The same text with every e-mail address masked (`c***@example.com`). */
export function maskEmails(text: string): string {
    return text.includes("@") ? text.replace(email, "$1***@$2") : text;
}

function maskText(text: string): string {
    return text
        .split(/\s+/)
        .filter((word) => word !== "")
        .map((word) => {
            const masked = maskEmails(word);
            return masked === word ? `${[...word][0]}***` : masked;
        })
        .join(" ");
}
