import type { Graph, Resource } from "../graph/graph.ts";
import { providerDefaults } from "./providerDefaults.ts";

/** The program registered something that this cloud cannot make: what, and which property. */
export class UnusableResourceError extends Error {
    override readonly name = "UnusableResourceError";

    constructor(of: string, fault: string, cause?: unknown) {
        super(`${of}: ${fault}`, { cause });
    }
}

/**
 * Typed access to the properties of a resource; every wrong type is reported with its path. Where the program leaves one
 * out, it is what it would be on AWS (`providerDefaults`); the `optional` ones are then undefined.
 */
export class Properties {
    readonly #values: Readonly<Record<string, unknown>>;
    readonly #of: string;
    readonly #type: string;
    /** `target.retryPolicy.` */
    readonly #path: string;

    private constructor(values: Readonly<Record<string, unknown>>, of: string, type: string, path: string) {
        this.#values = values;
        this.#of = of;
        this.#type = type;
        this.#path = path;
    }

    /** Inputs and computed outputs of a resource together. */
    static of({ type, name, inputs, outputs }: Resource): Properties {
        return new Properties({ ...inputs, ...outputs }, `${type} ${name}`, type, "");
    }

    /** Of a resource that the program does not have, and that changes nothing where it is as the provider makes it. */
    static absent(type: string): Properties {
        return new Properties({}, `no ${type}`, type, "");
    }

    text(key: string): string {
        const value = this.optionalText(key) ?? this.#byDefault(key);
        if (typeof value === "string") return value;
        throw this.#fault(key, "is missing");
    }

    optionalText(key: string): string | undefined {
        const value = this.#values[key];
        if (value === undefined || typeof value === "string") return value;
        // The provider, too, takes a document for its JSON text.
        if (documents.has(key) && isRecord(value)) return JSON.stringify(value);
        throw this.#fault(key, "is no text");
    }

    number(key: string): number {
        const value = this.optionalNumber(key) ?? this.#byDefault(key);
        if (typeof value === "number") return value;
        throw this.#fault(key, "is missing");
    }

    optionalNumber(key: string): number | undefined {
        const value = this.#values[key];
        if (value === undefined || typeof value === "number") return value;
        throw this.#fault(key, "is no number");
    }

    flag(key: string): boolean {
        const value = this.#values[key] ?? this.#byDefault(key);
        if (typeof value === "boolean") return value;
        throw this.#fault(key, "is no flag");
    }

    texts(key: string): string[] {
        const value = this.#values[key] ?? [];
        if (Array.isArray(value) && value.every((element) => typeof element === "string")) return value;
        throw this.#fault(key, "is no list of texts");
    }

    /** A map of texts; numbers and flags become texts. */
    map(key: string): Record<string, string> {
        const entries = Object.entries(this.#record(key) ?? {});
        return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
    }

    child(key: string): Properties | undefined {
        const value = this.#record(key);
        return value && this.#within(value, key, `${this.#of} ${key}`);
    }

    children(key: string): Properties[] {
        const value = this.#values[key] ?? [];
        if (Array.isArray(value) && value.every(isRecord)) {
            return value.map((element, index) => this.#within(element, key, `${this.#of} ${key}[${index}]`));
        }
        throw this.#fault(key, "is no list of objects");
    }

    /** A property that holds a text of its own form, such as a policy. */
    parsed<Value>(key: string, parse: (text: string) => Value): Value {
        const text = this.text(key);
        try {
            return parse(text);
        } catch (error) {
            throw this.#fault(key, `is refused: ${error instanceof Error ? error.message : String(error)}`, error);
        }
    }

    #within(values: Readonly<Record<string, unknown>>, key: string, of: string): Properties {
        return new Properties(values, of, this.#type, `${this.#path}${key}.`);
    }

    #byDefault(key: string): unknown {
        return providerDefaults[this.#type]?.[this.#path + key]?.value;
    }

    #record(key: string): Record<string, unknown> | undefined {
        const value = this.#values[key];
        if (value === undefined || isRecord(value)) return value;
        throw this.#fault(key, "is no object");
    }

    #fault(key: string, what: string, cause?: unknown): UnusableResourceError {
        return new UnusableResourceError(this.#of, `${key} ${what}`, cause);
    }
}

/** Inputs that may be documents as well as their JSON text. */
const documents: ReadonlySet<string> = new Set(["policy", "assumeRolePolicy"]);

const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** All resources of a type. */
export const ofType = (graph: Graph, type: string): Properties[] =>
    graph.resources.filter((resource) => resource.type === type).map(Properties.of);

/** The ids of all resources of a type, and their properties. */
export const byId = (graph: Graph, type: string): ReadonlyMap<string, Properties> =>
    new Map(
        graph.resources
            .filter((resource) => resource.type === type)
            .map((resource) => [resource.id, Properties.of(resource)]),
    );
