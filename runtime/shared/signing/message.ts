import {
    type Dictionary,
    type Item,
    type Parameters,
    serializeInnerList,
    serializeItem,
    serializeList,
} from "structured-headers";
import { dictionaryIn } from "./structured.ts";

/** A request or response as a signature sees it. Names of headers are in lower case. */
export interface HttpMessage {
    readonly headers: Readonly<Record<string, string | undefined>>;
    /** Of a request. */
    readonly target?: {
        readonly method: string;
        /** Host, and the port if it is not the scheme's: `shop.example.com` */
        readonly authority: string;
        readonly path: string;
        /** Without the question mark; empty without one. */
        readonly query: string;
    };
    /** Of a response. */
    readonly status?: number;
}

/** A signature covers what the message does not have, or what is not known here. The message goes to the sender. */
export class ComponentError extends Error {
    override readonly name = "ComponentError";
}

/** What a signature covers, and its parameters: the value of one member of `Signature-Input`. */
export interface Covered {
    readonly components: readonly Item[];
    readonly parameters: Parameters;
}

/** The components by these names, without parameters. */
export const componentsOf = (names: readonly string[]): Item[] => names.map((name) => [name, new Map()]);

/** As a member of `Signature-Input`, and as the last line of the base. */
export const serializedInput = ({ components, parameters }: Covered): string =>
    serializeInnerList([[...components], parameters]);

/** The bytes that are signed (RFC 9421, section 2.5). Throws ComponentError. */
export function signatureBase(message: HttpMessage, covered: Covered): Buffer {
    const lines = covered.components.map(
        (component) => `${serializeItem(component)}: ${componentValue(component, message)}`,
    );
    const names = new Set(covered.components.map((component) => serializeItem(component)));
    if (names.size !== covered.components.length) throw new ComponentError("a component is covered twice");
    return Buffer.from([...lines, `"@signature-params": ${serializedInput(covered)}`].join("\n"), "ascii");
}

function componentValue([name, parameters]: Item, message: HttpMessage): string {
    if (typeof name !== "string") throw new ComponentError("a covered component is no text");
    const value = name.startsWith("@") ? derived(name, parameters, message) : fieldOf(name, parameters, message);
    if (value === undefined) throw new ComponentError(`the message has no ${name}`);
    // A line break would forge further lines of the base, and the base is ASCII.
    if (!/^[\t -~]*$/.test(value)) throw new ComponentError(`${name} is not one line of ASCII`);
    return value;
}

/** RFC 9421, section 2.2. */
function derived(name: string, { size }: Parameters, { target, status }: HttpMessage): string | undefined {
    if (size > 0) throw new ComponentError(`${name} with parameters is not supported`);
    switch (name) {
        case "@method":
            return target?.method;
        case "@authority":
            return target?.authority.toLowerCase();
        case "@path":
            return target?.path;
        case "@query":
            return target && `?${target.query}`;
        case "@status":
            return status === undefined ? undefined : String(status);
        default:
            throw new ComponentError(`the component ${name.slice(0, 64)} is not supported`);
    }
}

/** RFC 9421, section 2.1; of the parameters only `key`, a member of a dictionary. */
function fieldOf(name: string, parameters: Parameters, { headers }: HttpMessage): string | undefined {
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,64}$/.test(name)) throw new ComponentError("a covered component has no name");
    const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
    const key = parameters.get("key");
    if (parameters.size > (key === undefined ? 0 : 1)) throw new ComponentError(`${name}: unsupported parameters`);
    if (value === undefined || key === undefined) return value?.trim();
    return memberOf(dictionaryIn(value), String(key));
}

function memberOf(dictionary: Dictionary, key: string): string | undefined {
    const member = dictionary.get(key);
    return member && serializeList([member]);
}
