import { InvalidPatternError, isLeaf, type Leaf, matchesPattern, type Pattern, parsePattern } from "event-pattern";

/** What a filter policy looks at. */
export type FilterPolicyScope = "MessageAttributes" | "MessageBody";

/** A message as it is published. */
export interface FilteredMessage {
    readonly body: string;
    readonly attributes: Readonly<Record<string, MessageAttribute>>;
}

export interface MessageAttribute {
    /** `String`, `String.Array`, `Number` or `Binary` */
    readonly type: string;
    /** As text; not read for `Binary`. */
    readonly value: string;
}

/**
 * Compiles the filter policy of a subscription. Throws InvalidPatternError where SNS would refuse it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 *
 * The operators are those of EventBridge patterns. Attributes are seen by their types: a `Number` is a number, the
 * elements of a `String.Array` are alternatives, `Binary` is as good as absent, and a `String` of digits is no number.
 * A body that is not a JSON object is never accepted by a policy with the scope MessageBody.
 */
export function compileFilterPolicy(text: string, scope: FilterPolicyScope): (message: FilteredMessage) => boolean {
    if (Buffer.byteLength(text) > maximumBytes)
        throw new InvalidPatternError("the filter policy is larger than 256 KB", "");
    const policy = parsePattern(text);
    const leaves = leavesOf(policy);
    const nested = leaves.find((leaf) => leaf.path.length > 1);
    if (scope === "MessageAttributes" && nested !== undefined) {
        throw new InvalidPatternError("a filter policy of attributes cannot be nested", `/${nested.path.join("/")}`);
    }
    if (new Set(leaves.map((leaf) => leaf.path.join("\n"))).size > maximumKeys) {
        throw new InvalidPatternError(`a filter policy has at most ${maximumKeys} keys`, "");
    }
    if (combinationsOf(policy) > maximumCombinations) {
        throw new InvalidPatternError(`a filter policy has at most ${maximumCombinations} combinations of values`, "");
    }
    switch (scope) {
        case "MessageAttributes":
            return ({ attributes }) => matchesPattern(policy, attributeValues(attributes));
        case "MessageBody":
            return ({ body }) => {
                const parsed = parseObject(body);
                return parsed !== undefined && matchesPattern(policy, parsed);
            };
    }
}

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const maximumKeys = 5;
const maximumCombinations = 150;
const maximumBytes = 256 * 1024;

function leavesOf({ fields, choices }: Pattern): Leaf[] {
    const own = fields.flatMap(([, node]) => (isLeaf(node) ? [node] : leavesOf(node)));
    return [...own, ...choices.flat().flatMap(leavesOf)];
}

/** Every key multiplies by its values and by its depth; the alternatives of `$or` add up. */
function combinationsOf({ fields, choices }: Pattern): number {
    const factors = [
        ...fields.map(([, node]) => (isLeaf(node) ? node.size * node.path.length : combinationsOf(node))),
        ...choices.map((alternatives) =>
            alternatives.reduce((sum, alternative) => sum + combinationsOf(alternative), 0),
        ),
    ];
    return factors.reduce((product, factor) => product * factor, 1);
}

function attributeValues(attributes: FilteredMessage["attributes"]): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(attributes).map(([name, { type, value }]) => [name, attributeValue(type, value)] as const),
    );
}

/** Custom labels such as `Number.int` do not change what the type is. */
function attributeValue(type: string, value: string): unknown {
    if (type === "String.Array" || type.startsWith("String.Array.")) return parseArray(value);
    switch (type.split(".", 1)[0]) {
        case "String":
            return value;
        case "Number":
            return Number(value);
        default:
            return undefined;
    }
}

function parseArray(text: string): unknown {
    const parsed = parseJson(text);
    return Array.isArray(parsed) ? parsed : undefined;
}

function parseObject(text: string): object | undefined {
    const parsed = parseJson(text);
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? parsed : undefined;
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}
