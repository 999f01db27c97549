/** What a rule's target gets: at most one of the two, or else the whole event. */
export interface TargetInput {
    /** JSON text that takes the event's place. */
    readonly input?: string;
    /** JSON path of the part of the event that is passed on. */
    readonly inputPath?: string;
}

/** An input that PutTargets would refuse. */
export class InvalidInputError extends Error {
    override readonly name = "InvalidInputError";
}

/**
 * Compiles the input of a rule's target to the text that the target gets of an event. Throws InvalidInputError where PutTargets
 * would refuse it. A path that the event does not have gives `null`.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
 */
export function compileInput({ input, inputPath }: TargetInput): (event: object) => string {
    if (input !== undefined && inputPath !== undefined) {
        throw new InvalidInputError("Only one of Input or InputPath must be provided");
    }
    if (input !== undefined) {
        checkJson(input);
        return () => input;
    }
    if (inputPath !== undefined) {
        const path = parsePath(inputPath);
        return (event) => JSON.stringify(valueAt(event, path) ?? null);
    }
    return (event) => JSON.stringify(event);
}

/** A name, an index, or `*` for everything. */
type Step = string | number;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html names the syntax. */
function parsePath(text: string): Step[] {
    const steps: Step[] = [];
    if (!/^\$(\.[^.[\]]+|\[(\d+|\*)\])*$/.test(text))
        throw new InvalidInputError(`${text} is not a JSON path in dot notation`);
    for (const [, name, index] of text.matchAll(/\.([^.[\]]+)|\[(\d+|\*)\]/g)) {
        steps.push(index === undefined || index === "*" ? (name ?? "*") : Number(index));
    }
    return steps;
}

/** The value at a path, undefined where there is none; a path with `*` gives an array of all values. */
function valueAt(value: unknown, [step, ...rest]: readonly Step[]): unknown {
    if (step === undefined) return value;
    if (typeof value !== "object" || value === null) return undefined;
    if (step === "*") {
        const found = Object.values(value).map((item) => valueAt(item, rest));
        return found.filter((item) => item !== undefined);
    }
    if (Array.isArray(value) !== (typeof step === "number")) return undefined;
    const entry = Object.entries(value).find(([key]) => key === String(step));
    return valueAt(entry?.[1], rest);
}

function checkJson(text: string): void {
    try {
        JSON.parse(text);
    } catch (error) {
        throw new InvalidInputError(`Input must be valid JSON: ${text}`, { cause: error });
    }
}
