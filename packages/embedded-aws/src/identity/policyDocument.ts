import type { PolicyDocument, Statement } from "./principal.ts";

/** A policy document that IAM would refuse; `pointer` is the JSON pointer of the place. */
export class InvalidPolicyError extends Error {
    readonly pointer: string;

    constructor(reason: string, pointer: string, cause?: unknown) {
        super(`${reason} at ${pointer === "" ? "the root" : pointer}`, { cause });
        this.name = "InvalidPolicyError";
        this.pointer = pointer;
    }
}

/**
 * Reads a policy document from its JSON text.
 * Throws InvalidPolicyError where the grammar is violated: the document would not have been accepted by AWS.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string): PolicyDocument {
    let parsed: unknown;
    try {
        parsed = JSON.parse(text);
    } catch (error) {
        throw new InvalidPolicyError("the policy is not JSON", "", error);
    }
    if (!isObject(parsed)) throw new InvalidPolicyError("a policy is an object", "");
    const { Version, Statement: statements } = parsed;
    if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
        throw new InvalidPolicyError("the version is 2012-10-17 or 2008-10-17", "/Version");
    }
    const version = Version === undefined ? {} : { Version };
    if (isObject(statements)) return { ...version, Statement: parseStatement(statements, "/Statement") };
    if (!Array.isArray(statements)) throw new InvalidPolicyError("a policy has a statement", "/Statement");
    const list: unknown[] = statements;
    return { ...version, Statement: list.map((statement, index) => parseStatement(statement, `/Statement/${index}`)) };
}

function parseStatement(value: unknown, pointer: string): Statement {
    if (!isObject(value)) throw new InvalidPolicyError("a statement is an object", pointer);
    const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition, ...unknown } =
        value;
    const [unknownElement] = Object.keys(unknown);
    if (unknownElement !== undefined) throw new InvalidPolicyError("unknown element", `${pointer}/${unknownElement}`);
    if (Effect !== "Allow" && Effect !== "Deny")
        throw new InvalidPolicyError("the effect is Allow or Deny", `${pointer}/Effect`);
    if ((Action === undefined) === (NotAction === undefined)) {
        throw new InvalidPolicyError("a statement has either Action or NotAction", pointer);
    }
    if (Resource !== undefined && NotResource !== undefined) {
        throw new InvalidPolicyError("a statement has either Resource or NotResource", pointer);
    }
    return {
        Effect,
        ...(typeof Sid === "string" && { Sid }),
        ...(Principal !== undefined && { Principal: parsePrincipals(Principal, `${pointer}/Principal`) }),
        ...(NotPrincipal !== undefined && { NotPrincipal: parsePrincipals(NotPrincipal, `${pointer}/NotPrincipal`) }),
        ...(Action !== undefined && { Action: parseTexts(Action, `${pointer}/Action`) }),
        ...(NotAction !== undefined && { NotAction: parseTexts(NotAction, `${pointer}/NotAction`) }),
        ...(Resource !== undefined && { Resource: parseTexts(Resource, `${pointer}/Resource`) }),
        ...(NotResource !== undefined && { NotResource: parseTexts(NotResource, `${pointer}/NotResource`) }),
        ...(Condition !== undefined && { Condition: parseCondition(Condition, `${pointer}/Condition`) }),
    };
}

function parsePrincipals(value: unknown, pointer: string): "*" | Record<string, readonly string[]> {
    if (value === "*") return value;
    if (!isObject(value)) throw new InvalidPolicyError("a principal is * or an object", pointer);
    return mapValues(value, (names, type) => parseTexts(names, `${pointer}/${type}`));
}

function parseCondition(value: unknown, pointer: string): Record<string, Record<string, readonly string[]>> {
    if (!isObject(value)) throw new InvalidPolicyError("a condition is an object", pointer);
    return mapValues(value, (keys, operator) => {
        if (!isObject(keys)) throw new InvalidPolicyError("an operator has condition keys", `${pointer}/${operator}`);
        return mapValues(keys, (values, key) => {
            const list: unknown[] = Array.isArray(values) ? values : [values];
            return parseTexts(
                list.map((item) => (typeof item === "boolean" || typeof item === "number" ? String(item) : item)),
                `${pointer}/${operator}/${key}`,
            );
        });
    });
}

function parseTexts(value: unknown, pointer: string): readonly string[] {
    const list: unknown[] = Array.isArray(value) ? value : [value];
    if (list.length === 0) throw new InvalidPolicyError("an empty list", pointer);
    return list.map((item) => {
        if (typeof item !== "string") throw new InvalidPolicyError("a text or a list of texts is expected", pointer);
        return item;
    });
}

function mapValues<Value>(
    value: Readonly<Record<string, unknown>>,
    map: (item: unknown, key: string) => Value,
): Record<string, Value> {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item, key)]));
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
