import type { ErrorObject } from "ajv";

/** What is wrong with a value of the body. */
export interface ValidationError {
    /** JSON pointer (RFC 6901) to the value; empty for the whole body. */
    readonly pointer: string;
    readonly detail: string;
}

// A body can have thousands of faults; nobody reads more, and the answer stays small.
const most = 20;
const unexplained = "is not allowed";

/**
 * The faults a validator found, one for each value and reason.
 * @param rules what each pattern of the schema demands, in words.
 */
export function validationErrorsOf(
    errors: readonly ErrorObject[] | null | undefined,
    rules: Readonly<Record<string, string>>,
): ValidationError[] {
    const faults: ValidationError[] = [];
    for (const error of errors ?? []) {
        const fault = validationErrorOf(error, rules);
        if (fault === undefined) continue;
        const known = faults.findIndex(({ pointer }) => pointer === fault.pointer);
        if (known === -1) faults.push(fault);
        // The first reason is enough, unless it gives none.
        else if (faults[known]?.detail === unexplained) faults[known] = fault;
        if (faults.length === most) break;
    }
    return faults;
}

function validationErrorOf(
    { keyword, instancePath, params, propertyName }: ErrorObject,
    rules: Readonly<Record<string, string>>,
) {
    // What propertyNames complains of is about one member; ajv points at the object that has it.
    const pointer = propertyName === undefined ? instancePath : member(instancePath, propertyName);
    switch (keyword) {
        case "if":
        case "propertyNames":
            // These only repeat what another fault says precisely.
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
        case "pattern":
            return { pointer, detail: rules[String(params["pattern"])] ?? "does not have the right form" };
        case "not":
            // The one thing that the documents forbid so: what DynamoDB keeps no number for.
            return { pointer, detail: "must be 0 or at least 0.000001 away from it" };
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
 * The normalised JSONPath (RFC 9535, without quotes where a name needs none) to the value a JSON pointer names:
 * `$.line_items[0].quantity`. A name made of digits counts as the index of an element.
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

/** As JSON quotes it, but in single quotes. */
function quoted(name: string): string {
    return `'${JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** JSON pointer (RFC 6901) to a member of what a pointer leads to. */
export function member(path: string, name: unknown): string {
    return `${path}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function withArticle(type: unknown): string {
    return type === "array" || type === "object" || type === "integer" ? `an ${type}` : `a ${type}`;
}
