import { AwsError } from "./call.ts";

/** The input of an operation, in the shape of the service's JSON protocol. */
export type Input = Readonly<Record<string, unknown>>;

export function isInput(value: unknown): value is Input {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads JSON that must be an object. @throws AwsError SerializationException */
export function parseInput(text: string): Input {
    let value: unknown;
    try {
        value = JSON.parse(text === "" ? "{}" : text);
    } catch {
        value = undefined;
    }
    if (!isInput(value)) throw new AwsError("SerializationException", "The body of the request is not a JSON object.");
    return value;
}

export function textOf(input: Input, name: string): string | undefined {
    const value = input[name];
    return typeof value === "string" ? value : undefined;
}

export function numberOf(input: Input, name: string): number | undefined {
    const value = input[name];
    return typeof value === "number" ? value : undefined;
}

/** The object under a name; empty when there is none. */
export function partOf(input: Input, name: string): Input {
    const value = input[name];
    return isInput(value) ? value : {};
}

/** The objects in the list under a name; empty when there is none. */
export function partsOf(input: Input, name: string): readonly Input[] {
    const value = input[name];
    return Array.isArray(value) ? value.filter(isInput) : [];
}

/** The texts in the list under a name; empty when there is none. */
export function textsOf(input: Input, name: string): readonly string[] {
    const value = input[name];
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Entries of an object whose values are texts. */
export function textMapOf(input: Input, name: string): Readonly<Record<string, string>> {
    const entries = Object.entries(partOf(input, name));
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
