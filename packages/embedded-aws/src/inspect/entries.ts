import type { Graph, Resource } from "../graph/graph.ts";
import { type Recorded, startOf } from "../trace.ts";

/** An entry of the trace as it is shown: where it began, what it is about, and no credentials. */
export interface ShownEntry extends Recorded {
    /** When it began; milliseconds since the epoch. */
    readonly start: number;
    /** URN of what it happened in. */
    readonly resource?: string;
    /** URNs of what was called, or their ARNs where the program has no such resource. */
    readonly calls?: readonly string[];
    /** What the members that end in `id` name: correlation ids, orders, messages. */
    readonly ids: Readonly<Record<string, string>>;
}

/** Finds resources by the names and ARNs that entries have. */
export class ResourceNames {
    readonly #urns = new Map<string, string>();

    constructor({ resources }: Graph) {
        const isFunction = ({ type }: Resource) => type.startsWith("aws:lambda/function:");
        // A table may be called like a function: what calls is the function.
        const all = [...resources.filter((each) => !isFunction(each)), ...resources.filter(isFunction)];
        for (const { urn, outputs, inputs, type } of all) {
            const { arn, name, bucket, url } = { ...inputs, ...outputs };
            if (!named.test(type)) continue;
            for (const key of [arn, name, bucket, url]) if (typeof key === "string") this.#urns.set(key, urn);
        }
    }

    /** @param key a name or an ARN; of an object its bucket's, of an index or stream its table's. */
    urnOf(key: string): string | undefined {
        return (
            this.#urns.get(key) ??
            this.#urns.get(key.replace(/(:function:[^:]+):.*|\/(index|stream)\/.*/, "$1")) ??
            this.#urns.get(key.replace(/^(arn:aws:s3:::[^/]+)\/.*/, "$1"))
        );
    }
}

const named =
    /^aws:(lambda\/function|sqs\/queue|sns\/topic|dynamodb\/table|s3\/bucket|cloudwatch\/event(Bus|Rule)|apigatewayv2\/api|secretsmanager\/secret|scheduler\/schedule|sesv2\/emailIdentity):/;

/** @param isBrief without what was sent and answered, for the stream */
export function shownEntry(entry: Recorded, names: ResourceNames, isBrief = false): ShownEntry {
    const { payload, result, text, ...rest } = entry;
    const resource = names.urnOf(entry.where);
    return {
        ...rest,
        text: withoutCredentials(isBrief ? text.slice(0, 300) : text),
        start: startOf(entry),
        ids: idsIn(`${text} ${payload?.slice(0, 6000) ?? ""}`),
        ...(resource !== undefined && { resource }),
        ...(entry.callees !== undefined && { calls: entry.callees.map((arn) => names.urnOf(arn) ?? arn) }),
        ...(!isBrief && payload !== undefined && { payload: withoutCredentials(payload) }),
        ...(!isBrief && result !== undefined && { result: withoutCredentials(result) }),
    };
}

/** The members of JSON, also of JSON in a string, that end in `id` and name something. */
function idsIn(text: string): Record<string, string> {
    const ids: Record<string, string> = {};
    for (const [, name = "", value = ""] of text.matchAll(
        /\\*"(\w*[iI]d)\\*":\s*(?:\{\\*"S\\*":)?\\*"([\w.:=-]{2,80})\\*"/g,
    )) {
        ids[name] ??= value;
        if (Object.keys(ids).length >= 12) break;
    }
    return ids;
}

/** Removes headers that hold credentials, in an event as JSON and in one within a string. */
function withoutCredentials(text: string): string {
    const lists = /(\\*"(?:identitySource|cookies)\\*":\s*)\[[^\]]*\]/g;
    return text
        .replace(lists, "$1[***]")
        .replace(/(\\*"(?:x-api-key|authorization|cookie)\\*":\s*\\*")[^"\\]*/gi, "$1***");
}
