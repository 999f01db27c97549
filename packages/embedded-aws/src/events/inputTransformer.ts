/** What a rule's target gets: at most one of the three, or else the whole event. */
export interface TargetInput {
    /** JSON text that takes the event's place. */
    readonly input?: string;
    /** JSON path of the part of the event that is passed on. */
    readonly inputPath?: string;
    readonly inputTransformer?: {
        /** Names of the template's variables, with the JSON paths of their values. */
        readonly inputPathsMap?: Readonly<Record<string, string>>;
        readonly inputTemplate: string;
    };
}

/** An input that PutTargets would refuse, or one that gives no JSON for an event. */
export class InvalidInput extends Error {
    constructor(message: string, cause?: unknown) {
        super(message, { cause });
        this.name = "InvalidInput";
    }
}

/** An event as a bus passes it on. */
export type BusEvent = Readonly<Record<string, unknown>>;

/** Makes the text that the target gets. Throws InvalidInput when a JSON template gives no JSON for this event. */
export type InputOf = (event: BusEvent, ingestedAt: Date) => string;

/**
 * Compiles the input of a rule's target. Throws InvalidInput where PutTargets would refuse it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 *
 * A template is JSON, or text: one quoted string a line, which is passed on with its quotes. Outside of quotes a
 * variable stands for its value as JSON. Inside it stands for the bare text, or for the JSON of what is no text, and
 * nothing is escaped: a value with a quote in it breaks a JSON template on AWS too. A path that the event does not have
 * gives nothing inside of quotes, `""` outside, and `null` as the whole input.
 */
export function compileInput(target: TargetInput, rule: { readonly arn: string; readonly name: string }): InputOf {
    const { input, inputPath, inputTransformer } = target;
    if ([input, inputPath, inputTransformer].filter((given) => given !== undefined).length > 1) {
        throw new InvalidInput("Only one of Input, InputPath, or InputTransformer must be provided");
    }
    if (input !== undefined) {
        parseJson(input, "Input");
        return () => input;
    }
    if (inputPath !== undefined) {
        const path = parsePath(inputPath);
        return (event) => JSON.stringify(valueAt(event, path) ?? null);
    }
    if (inputTransformer !== undefined) return compileTransformer(inputTransformer, rule);
    return (event) => JSON.stringify(event);
}

type Value = (event: BusEvent, ingestedAt: Date) => unknown;

/** A piece of the template: text as it stands, or a variable. */
type Piece = string | { readonly value: Value; readonly inQuotes: boolean };

function compileTransformer(
    { inputPathsMap = {}, inputTemplate }: NonNullable<TargetInput["inputTransformer"]>,
    rule: { readonly arn: string; readonly name: string },
): InputOf {
    const values = new Map<string, Value>([
        ["aws.events.rule-arn", () => rule.arn],
        ["aws.events.rule-name", () => rule.name],
        ["aws.events.event.ingestion-time", (_event, ingestedAt) => `${ingestedAt.toISOString().slice(0, 19)}Z`],
        ["aws.events.event", ({ detail: _detail, ...envelope }) => envelope],
        ["aws.events.event.json", (event) => event],
    ]);
    for (const [name, text] of Object.entries(inputPathsMap)) {
        if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) throw new InvalidInput(`InputPathsMap has an invalid name: ${name}`);
        const path = parsePath(text);
        values.set(name, (event) => valueAt(event, path));
    }
    const pieces = parseTemplate(inputTemplate, values);
    const isJson = /^\s*[{[]/.test(inputTemplate);
    // A placeholder may stand for any value, and for no key: a number has the same places in JSON.
    const sample = pieces.map((piece) => (typeof piece === "string" ? piece : piece.inQuotes ? "" : "0")).join("");
    for (const text of isJson ? [sample] : sample.split("\n").filter((line) => line.trim() !== "")) {
        parseJson(text, "InputTemplate");
    }
    return (event, ingestedAt) => {
        const text = pieces.map((piece) => render(piece, event, ingestedAt)).join("");
        return isJson ? JSON.stringify(parseJson(text, "what InputTemplate gives for this event")) : text;
    };
}

function parseTemplate(template: string, values: ReadonlyMap<string, Value>): Piece[] {
    const pieces: Piece[] = [];
    let inQuotes = false;
    for (const [token] of template.matchAll(/<[A-Za-z0-9_.-]+>|\\.|"|[^<\\"]+|./gs)) {
        const name = token.length > 2 && token.startsWith("<") ? token.slice(1, -1) : undefined;
        if (name === undefined) {
            if (token === '"') inQuotes = !inQuotes;
            pieces.push(token);
            continue;
        }
        const value = values.get(name);
        if (value === undefined) throw new InvalidInput(`InputTemplate contains invalid placeholder ${name}.`);
        pieces.push({ value, inQuotes });
    }
    return pieces;
}

function render(piece: Piece, event: BusEvent, ingestedAt: Date): string {
    if (typeof piece === "string") return piece;
    const value = piece.value(event, ingestedAt) ?? "";
    return piece.inQuotes && typeof value === "string" ? value : JSON.stringify(value);
}

/** A name, an index, or `*` for everything. */
type Step = string | number;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html names the syntax. */
function parsePath(text: string): Step[] {
    const steps: Step[] = [];
    if (!/^\$(\.[^.[\]]+|\[(\d+|\*)\])*$/.test(text))
        throw new InvalidInput(`${text} is not a JSON path in dot notation`);
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

function parseJson(text: string, what: string): unknown {
    try {
        return JSON.parse(text);
    } catch (error) {
        throw new InvalidInput(`${what} must be valid JSON: ${text}`, error);
    }
}
