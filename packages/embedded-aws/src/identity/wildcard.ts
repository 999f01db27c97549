/** The values that a request has for a condition key; the key in lower case, for key names ignore case. */
export type Context = (key: string) => readonly string[] | undefined;

/** Whether a text is one of those that a pattern stands for. */
export type Wildcard = (text: string, context: Context) => boolean;

const anyRun = Symbol("*");
const anyCharacter = Symbol("?");
type Token = string | typeof anyRun | typeof anyCharacter;

/** `plain` text has no wildcards in it, whatever its characters are. */
interface Text {
    readonly text: string;
    readonly plain: boolean;
}

interface Variable {
    readonly key: string;
    readonly otherwise: string | undefined;
}

const variable = /\$\{(?:([*?$])|([^{},]+?)(?:\s*,\s*'((?:[^']|'')*)')?\s*)\}/g;

/**
 * Compiles a pattern of `*` (any run of characters, colons included) and `?` (exactly one). With `variables` also policy
 * variables: `${aws:PrincipalArn}`, with a default as in `${aws:PrincipalTag/team, 'none'}`, and `${*}`, `${?}`, `${$}`
 * for the characters themselves. What a variable stands for is plain text, and a variable without a value matches
 * nothing: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function compileWildcard(pattern: string, variables: boolean): Wildcard {
    const pieces = piecesOf(pattern, variables);
    const texts = pieces.filter((piece) => "text" in piece);
    if (texts.length === pieces.length) return compileTokens(texts.flatMap(tokensOf));
    return (text, context) => {
        const resolved = resolve(pieces, context);
        return resolved !== undefined && matches(resolved.flatMap(tokensOf), text);
    };
}

/** Compiles a text in which `*` and `?` mean themselves and variables are the only thing that is not literal. */
export function compileText(pattern: string, variables: boolean): (context: Context) => string | undefined {
    const pieces = piecesOf(pattern, variables);
    return (context) =>
        resolve(pieces, context)
            ?.map((piece) => piece.text)
            .join("");
}

function piecesOf(pattern: string, variables: boolean): (Text | Variable)[] {
    if (!variables) return [{ text: pattern, plain: false }];
    const pieces: (Text | Variable)[] = [];
    let end = 0;
    for (const found of pattern.matchAll(variable)) {
        const [whole, character, key, otherwise] = found;
        pieces.push({ text: pattern.slice(end, found.index), plain: false });
        if (character !== undefined) pieces.push({ text: character, plain: true });
        if (key !== undefined)
            pieces.push({ key: key.trim().toLowerCase(), otherwise: otherwise?.replaceAll("''", "'") });
        end = found.index + whole.length;
    }
    pieces.push({ text: pattern.slice(end), plain: false });
    return pieces;
}

function resolve(pieces: readonly (Text | Variable)[], context: Context): Text[] | undefined {
    const resolved: Text[] = [];
    for (const piece of pieces) {
        if ("text" in piece) {
            resolved.push(piece);
            continue;
        }
        const values = context(piece.key);
        // A key with several values has no value as a variable.
        const text = values?.length === 1 ? values[0] : piece.otherwise;
        if (text === undefined) return undefined;
        resolved.push({ text, plain: true });
    }
    return resolved;
}

function tokensOf({ text, plain }: Text): Token[] {
    const characters = text.split("");
    if (plain) return characters;
    return characters.map((character) => {
        if (character === "*") return anyRun;
        return character === "?" ? anyCharacter : character;
    });
}

function compileTokens(tokens: readonly Token[]): Wildcard {
    const literal = tokens.filter((token) => typeof token === "string");
    const text = literal.join("");
    if (literal.length === tokens.length) return (candidate) => candidate === text;
    if (literal.length === tokens.length - 1 && tokens.at(-1) === anyRun) {
        return (candidate) => candidate.startsWith(text);
    }
    return (candidate) => matches(tokens, candidate);
}

function matches(tokens: readonly Token[], text: string): boolean {
    let token = 0;
    let position = 0;
    // Where to go on once the latest `*` has to stand for one more character; earlier ones never have to.
    let retryToken = -1;
    let retryPosition = 0;
    while (position < text.length) {
        const expected = tokens[token];
        if (expected === anyRun) {
            token += 1;
            retryToken = token;
            retryPosition = position;
        } else if (expected === anyCharacter || expected === text[position]) {
            token += 1;
            position += 1;
        } else if (retryToken === -1) {
            return false;
        } else {
            retryPosition += 1;
            token = retryToken;
            position = retryPosition;
        }
    }
    while (tokens[token] === anyRun) token += 1;
    return token === tokens.length;
}
