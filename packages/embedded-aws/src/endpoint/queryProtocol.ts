import type { Input } from "../aws/input.ts";

/** A form field on its way to becoming nested input: members by name, a list's by number. */
type Node = string | Map<string, Node>;

/**
 * The AWS Query protocol, which SNS and STS speak: `Entries.member.1.Id=a` is `{Entries: [{Id: "a"}]}` and
 * `MessageAttributes.entry.1.Name=n&MessageAttributes.entry.1.Value.DataType=String` is a map.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function inputFromForm(form: URLSearchParams): { readonly action: string; readonly input: Input } {
    const root = new Map<string, Node>();
    for (const [path, value] of form) {
        if (path === "Action" || path === "Version") continue;
        const names = path.split(".");
        const last = names.pop() ?? "";
        let node = root;
        for (const name of names) {
            const next = node.get(name);
            const inner = next instanceof Map ? next : new Map<string, Node>();
            node.set(name, inner);
            node = inner;
        }
        node.set(last, value);
    }
    return { action: form.get("Action") ?? "", input: objectFrom(root) };
}

function objectFrom(node: ReadonlyMap<string, Node>): Record<string, unknown> {
    return Object.fromEntries([...node].map(([name, child]) => [name, valueFrom(child)]));
}

function valueFrom(node: Node): unknown {
    if (typeof node === "string") return node;
    const members = node.get("member");
    if (members instanceof Map) return inOrder(members).map(valueFrom);
    const entries = node.get("entry");
    if (!(entries instanceof Map)) return objectFrom(node);
    return Object.fromEntries(
        inOrder(entries).flatMap((entry) => {
            if (typeof entry === "string") return [];
            const name = entry.get("Name") ?? entry.get("key");
            const value = entry.get("Value") ?? entry.get("value");
            return typeof name === "string" && value !== undefined ? [[name, valueFrom(value)]] : [];
        }),
    );
}

function inOrder(members: ReadonlyMap<string, Node>): readonly Node[] {
    return [...members].sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => member);
}

/** The answer of an action in XML. Members named Attributes are maps, lists have `member` elements. */
export function xmlAnswer(action: string, namespace: string, output: Input, requestId: string): string {
    const result = Object.entries(output)
        .map(([name, value]) => element(name, value))
        .join("");
    return (
        `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result>` +
        `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
    );
}

export function xmlError(namespace: string, code: string, message: string, requestId: string): string {
    return (
        `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${escapeXml(code)}</Code>` +
        `<Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
    );
}

function element(name: string, value: unknown): string {
    if (value === undefined || value === null) return "";
    if (Array.isArray(value)) return `<${name}>${value.map((item) => element("member", item)).join("")}</${name}>`;
    if (typeof value !== "object") return `<${name}>${escapeXml(String(value))}</${name}>`;
    const entries = Object.entries(value);
    if (name !== "Attributes") return `<${name}>${entries.map(([key, item]) => element(key, item)).join("")}</${name}>`;
    const members = entries.map(([key, item]) => `<entry>${element("key", key)}${element("value", item)}</entry>`);
    return `<${name}>${members.join("")}</${name}>`;
}

export function escapeXml(text: string): string {
    return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
