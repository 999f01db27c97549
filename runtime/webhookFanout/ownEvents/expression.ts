/** The structure of a regular expression. */
export type Expression =
    | { readonly kind: "nothing" }
    /** One character of the text, as the part of the source that matches it. */
    | { readonly kind: "character"; readonly source: string }
    | { readonly kind: "sequence" | "either"; readonly parts: readonly Expression[] }
    | { readonly kind: "repeated"; readonly part: Expression; readonly least: number; readonly most: number };

/** What repeats an earlier group cannot be matched in a bounded time. */
export class ReferenceBackError extends Error {
    override readonly name = "ReferenceBackError";
}

interface Parsed {
    readonly whole: Expression;
    /** What stands in `(?=…)` and the like: it reads a text of its own. */
    readonly lookarounds: readonly Expression[];
}

const nothing: Expression = { kind: "nothing" };

/** @param source an expression that `RegExp` takes with the flag `u`. Throws ReferenceBackError. */
export function expressionIn(source: string): Parsed {
    const parser = new Parser(source);
    const whole = parser.either();
    return { whole, lookarounds: parser.lookarounds };
}

/** `\p{Lu}`, `\u{1F600}`, `\u00e4`, `\x41`, `\cA`, `\.`, a class, a character. */
const character =
    /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[dD][89abAB][\dA-Fa-f]{2}\\u[dD][c-fC-F][\dA-Fa-f]{2}|u.{4}|x..|c.|.)|\[(?:[^\]\\]|\\.)*\]|./suy;
const repetition = /(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/y;

class Parser {
    readonly lookarounds: Expression[] = [];
    readonly #source: string;
    #at = 0;

    constructor(source: string) {
        this.#source = source;
    }

    either(): Expression {
        const parts = [this.#sequence()];
        while (this.#took(/\|/y)) parts.push(this.#sequence());
        return { kind: "either", parts };
    }

    #sequence(): Expression {
        const parts: Expression[] = [];
        while (this.#at < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#at)))
            parts.push(this.#repeated(this.#single()));
        return { kind: "sequence", parts };
    }

    #single(): Expression {
        if (this.#took(/\^|\$|\\[bB]/y)) return nothing;
        if (this.#took(/\\(?:[1-9]|k<)/y))
            throw new ReferenceBackError("refers back to a group, which may take exponential time");
        const group = this.#took(/\((?:\?(?:<?[=!]|<[^>]*>|[a-z-]*:))?/y);
        if (group !== undefined) {
            const inside = this.either();
            this.#took(/\)/y);
            if (!/^\(\?<?[=!]/.test(group)) return inside;
            this.lookarounds.push(inside);
            return nothing;
        }
        return { kind: "character", source: this.#took(character) ?? "" };
    }

    #repeated(part: Expression): Expression {
        repetition.lastIndex = this.#at;
        const [found, sign, count = "", comma, limit] = repetition.exec(this.#source) ?? [];
        if (found === undefined) return part;
        this.#at += found.length;
        const least = sign === undefined ? Number(count) : sign === "+" ? 1 : 0;
        const counted = comma === "" ? least : limit === "" ? Number.POSITIVE_INFINITY : Number(limit);
        const most = sign === undefined ? counted : sign === "?" ? 1 : Number.POSITIVE_INFINITY;
        return { kind: "repeated", part, least, most };
    }

    #took(sticky: RegExp): string | undefined {
        sticky.lastIndex = this.#at;
        const [found] = sticky.exec(this.#source) ?? [];
        if (found !== undefined) this.#at += found.length;
        return found;
    }
}
