import type { ErrorObject } from "ajv";

export interface ValidationError {
    /** JSON pointer (RFC 6901) to the value; empty for the whole body. */
    readonly pointer: string;
    readonly detail: string;
}

// A body can have thousands of errors, and names as long as itself; limits the response's size.
const most = 20;
const longest = 200;
/** Characters of pointers: reading one takes memory that its error holds from then on. */
const mostRead = 1_000_000;
const unexplained = "is not allowed";
const nearZero = "must be 0 or at least 0.000001 away from it";
// Another error of the same value says more: a text, for instance, is near zero to ajv.
const vague: readonly string[] = [unexplained, nearZero];

/**
 * The errors of a validator, one for each value.
 * @param rules description of each pattern of the schema.
 */
export function validationErrorsOf(
    ajvErrors: readonly ErrorObject[] | null | undefined,
    rules: Readonly<Record<string, string>>,
): ValidationError[] {
    const all = ajvErrors ?? [];
    const errors: ValidationError[] = [];
    let read = 0;
    for (const [index, ajvError] of all.entries()) {
        const found = validationErrorOf(ajvError, rules);
        if (found === undefined) continue;
        read += found.pointer.length;
        const error = short(found);
        const known = errors.findIndex(({ pointer }) => pointer === error.pointer);
        if (known === -1) errors.push(error);
        // Keeps the first error, unless it is vague.
        else if (vague.includes(errors[known]?.detail ?? "")) errors[known] = error;
        const left = all.length - index - 1;
        // Some of them may be of the same values.
        if (left > 1 && (errors.length === most - 1 || read > mostRead)) return [...errors, andMore(`up to ${left}`)];
    }
    return errors;
}

/** The first errors, and how many more there are. Errors of `validationErrorsOf` stay as they are. */
export function limited(errors: readonly ValidationError[]): ValidationError[] {
    if (errors.length <= most) return errors.map(short);
    return [...errors.slice(0, most - 1).map(short), andMore(errors.length - most + 1)];
}

const andMore = (count: number | string): ValidationError => ({ pointer: "", detail: `and ${count} more` });

/** The pointer, or if it is too long, that of the nearest place around. */
export const shortPointer = (pointer: string): string =>
    pointer.length > longest ? pointer.slice(0, pointer.lastIndexOf("/", longest)) : pointer;

const short = (error: ValidationError): ValidationError =>
    error.pointer.length > longest
        ? { pointer: shortPointer(error.pointer), detail: `has inside: ${error.detail}` }
        : error;

function validationErrorOf(
    { keyword, instancePath, params, propertyName }: ErrorObject,
    rules: Readonly<Record<string, string>>,
) {
    // Errors of propertyNames concern one member; ajv points at its object.
    const pointer = propertyName === undefined ? instancePath : member(instancePath, propertyName);
    switch (keyword) {
        case "if":
        case "propertyNames":
            // Another error is more precise.
            return undefined;
        case "required":
            return { pointer: member(instancePath, params["missingProperty"]), detail: "is required" };
        case "additionalProperties":
            return { pointer: member(instancePath, params["additionalProperty"]), detail: "is not a known property" };
        case "type":
            return { pointer, detail: `must be ${[params["type"]].flat().map(withArticle).join(" or ")}` };
        case "minimum":
            return { pointer, detail: `must be at least ${params["limit"]}` };
        case "maximum":
            return { pointer, detail: `must be at most ${params["limit"]}` };
        case "minLength":
            return { pointer, detail: `must have at least ${params["limit"]} characters` };
        case "maxLength":
            return { pointer, detail: `must have at most ${params["limit"]} characters` };
        case "minItems":
            return { pointer, detail: `must have at least ${params["limit"]} elements` };
        case "maxItems":
            return { pointer, detail: `must have at most ${params["limit"]} elements` };
        case "uniqueItems":
            return {
                pointer,
                detail: `must not have the same element twice: ${params["j"]} and ${params["i"]} are equal`,
            };
        case "maxProperties":
            return { pointer, detail: `must have at most ${params["limit"]} members` };
        case "minProperties":
            return { pointer, detail: `must have at least ${params["limit"]} members` };
        case "pattern":
            return { pointer, detail: rules[String(params["pattern"])] ?? "does not have the right form" };
        case "not":
            // The documents use `not` only for numbers that DynamoDB cannot store.
            return { pointer, detail: nearZero };
        case "format":
            return { pointer, detail: formats[String(params["format"])] ?? "does not have the right form" };
        case "enum":
            return { pointer, detail: `must be one of ${[params["allowedValues"]].flat().map(String).join(", ")}` };
        case "const":
            return { pointer, detail: `must be ${JSON.stringify(params["allowedValue"])}` };
        case "oneOf":
        case "anyOf":
            return { pointer, detail: "has none of the forms that are allowed here" };
        default:
            return { pointer, detail: unexplained };
    }
}

const formats: Readonly<Record<string, string>> = {
    email: "must be an e-mail address",
    "date-time": "must be a point in time in the form of RFC 3339, such as 2026-04-17T10:00:00Z",
    uri: "must be a URL with its scheme",
    "iso-4217": "must be a currency of ISO 4217, such as EUR",
};

/**
 * The normalised JSONPath (RFC 9535, without optional quotes) of a JSON pointer: `$.line_items[0].quantity`. A name made
 * of digits counts as the index of an element.
 */
export function jsonPathOf(pointer: string): string {
    const [, ...tokens] = pointer.split("/");
    const segments = tokens.map((token) => {
        const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
        if (/^(?:0|[1-9]\d*)$/.test(name)) return `[${name}]`;
        return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
    });
    return `$${segments.join("")}`;
}

/** A JSON string in single quotes. */
function quoted(name: string): string {
    return `'${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** JSON pointer (RFC 6901) to a member. */
export function member(path: string, name: unknown): string {
    return `${path}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function withArticle(type: unknown): string {
    return type === "array" || type === "object" || type === "integer" ? `an ${type}` : `a ${type}`;
}
