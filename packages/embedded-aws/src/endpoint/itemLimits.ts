import { AwsError } from "../aws/call.ts";
import { type Input, isInput, partOf, partsOf, textMapOf, textOf } from "../aws/input.ts";

/*
 * What DynamoDB refuses and the engine takes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */

/** Operands of one IN. */
const operandLimit = 100;
/** Operators and functions of one expression. */
const operatorLimit = 300;
/** Bytes of an attribute's name. */
const longestName = 65_535;
/** Bytes of all items of a transaction together. */
export const transactionBytes = 4 * 1024 * 1024;

const expressionNames = [
    "ConditionExpression",
    "FilterExpression",
    "KeyConditionExpression",
    "ProjectionExpression",
    "UpdateExpression",
] as const;
const actionNames = ["ConditionCheck", "Delete", "Get", "Put", "Update"] as const;
const operators = /<>|<=|>=|[=<>+-]|(?<![\w#:])(?:AND|BETWEEN|IN|NOT|OR)\b|\b[a-z_]+\s*\(/gi;

export function invalidItem(message: string): AwsError {
    return new AwsError("ValidationException", message);
}

/** The input of an operation on items, or an action of a transaction, or a request of a batch. @throws AwsError ValidationException */
export function checkItems(input: Input): void {
    for (const name of expressionNames) checkExpression(name, textOf(input, name) ?? "");
    for (const name of Object.keys(partOf(input, "Item"))) {
        if (name !== "" && Buffer.byteLength(name) <= longestName) continue;
        throw invalidItem(
            `One or more parameter values were invalid: an attribute's name has 1 to ${longestName} bytes`,
        );
    }
    for (const item of partsOf(input, "TransactItems")) checkAction(item);
    for (const table of Object.keys(partOf(input, "RequestItems"))) {
        for (const request of partsOf(partOf(input, "RequestItems"), table)) checkItems(partOf(request, "PutRequest"));
    }
}

/** An entry of a transaction is one action, and what it updates is not its key. */
function checkAction(item: Input): void {
    const actions = actionNames.filter((name) => isInput(item[name]));
    if (actions.length !== 1) {
        throw invalidItem("TransactItems can only contain one of Check, Put, Update or Delete");
    }
    for (const name of actions) {
        const action = partOf(item, name);
        checkItems(action);
        const keys = new Set(Object.keys(partOf(action, "Key")));
        const changed = updatedNames(action).find((attribute) => keys.has(attribute));
        if (changed === undefined) continue;
        const why = `Cannot update attribute ${changed}. This attribute is part of the key`;
        throw invalidItem(`One or more parameter values were invalid: ${why}`);
    }
}

/** Attributes that an update expression writes as a whole, not a part of them. */
function updatedNames(action: Input): readonly string[] {
    const names = textMapOf(action, "ExpressionAttributeNames");
    const changes = (textOf(action, "UpdateExpression") ?? "")
        // Commas between the arguments of functions separate no changes.
        .replaceAll(/\([^()]*\)/g, "()")
        .replaceAll(/(?<![\w#:])(?:SET|REMOVE|ADD|DELETE)\b/gi, ",")
        .split(",");
    return changes.flatMap((change) => {
        const [, name] = /^\s*(#?\w+)(?![\w.[])/.exec(change) ?? [];
        return name === undefined ? [] : [names[name] ?? name];
    });
}

function checkExpression(kind: string, expression: string): void {
    const invalid = (reason: string) => invalidItem(`Invalid ${kind}: ${reason}`);
    const used = kind === "ProjectionExpression" ? 0 : countOfOperators(kind, expression);
    if (used > operatorLimit) {
        throw invalid(`The expression contains too many operators or functions; operator count: ${used}`);
    }
    for (const [, operands = ""] of expression.matchAll(/\bIN\s*\(([^()]*)\)/gi)) {
        const count = operands.split(",").length;
        if (count > operandLimit) throw invalid(`The IN operator is provided with too many operands: ${count}`);
    }
    // Only a placeholder can stand for such a name.
    if (/(?<![\w#:])_/.test(expression)) throw invalid('Syntax error; token: "_"');
    if (kind === "UpdateExpression") return;
    const same = /(?<![\w#:.[\]])(#?[A-Za-z][\w.#[\]]*)\s*(<>|<=|>=|[=<>])\s*\1(?![\w.#[])/.exec(expression);
    if (same === null) return;
    const distinct = "The first operand must be distinct from the remaining operands for this operator or function";
    throw invalid(`${distinct}; operator: ${same[2]}, first operand: [${same[1]}]`);
}

/** The `=` of an assignment is no operator. */
function countOfOperators(kind: string, expression: string): number {
    const counted = kind === "UpdateExpression" ? expression.replaceAll("=", " ") : expression;
    return counted.match(operators)?.length ?? 0;
}

/**
 * The values that a query's key condition compares keys with.
 * @param types of the attributes that are keys of the table or of its indexes: S, N or B
 * @throws AwsError ValidationException
 */
export function checkKeyCondition(input: Input, types: Readonly<Record<string, string>>): void {
    const names = textMapOf(input, "ExpressionAttributeNames");
    const values = partOf(input, "ExpressionAttributeValues");
    const condition = textOf(input, "KeyConditionExpression") ?? "";
    const compared = [
        ...condition.matchAll(/(#?\w+)\s*(?:=|<=|>=|<|>)\s*(:\w+)/g),
        ...condition.matchAll(/(#?\w+)\s+BETWEEN\s+(:\w+)\s+AND\s+(:\w+)/gi),
        ...condition.matchAll(/begins_with\s*\(\s*(#?\w+)\s*,\s*(:\w+)/gi),
    ];
    for (const [, written = "", ...placeholders] of compared) {
        const name = names[written] ?? written;
        const type = types[name];
        for (const placeholder of placeholders) {
            const value = partOf(values, placeholder);
            if (type === undefined || Object.keys(value).length !== 1) continue;
            if (!(type in value)) {
                const why = "Condition parameter type does not match schema type";
                throw invalidItem(`One or more parameter values were invalid: ${why}`);
            }
            if (value[type] !== "") continue;
            const kind = type === "S" ? "string" : "binary";
            throw invalidItem(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain " +
                    `an empty ${kind} value. Key: ${name}`,
            );
        }
    }
}

/**
 * Bytes of an item: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Input): number {
    return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: unknown): number {
    if (!isInput(value)) return 0;
    const [[type, content] = []] = Object.entries(value);
    const each = Array.isArray(content) ? content : [];
    switch (type) {
        case "S":
            return Buffer.byteLength(String(content));
        case "B":
            return Buffer.byteLength(String(content), "base64");
        case "N":
            return numberBytes(String(content));
        case "SS":
            return each.reduce((sum, text) => sum + Buffer.byteLength(String(text)), 0);
        case "BS":
            return each.reduce((sum, bytes) => sum + Buffer.byteLength(String(bytes), "base64"), 0);
        case "NS":
            return each.reduce((sum, number) => sum + numberBytes(String(number)), 0);
        case "L":
            return each.reduce((sum, element) => sum + 1 + valueBytes(element), 3);
        case "M":
            return isInput(content) ? 3 + Object.keys(content).length + itemBytes(content) : 3;
        default:
            return 1;
    }
}

/** About a byte for two significant digits, and one. */
const numberBytes = (number: string) =>
    Math.ceil(
        number
            .replace(/e.*$/i, "")
            .replaceAll(/[^\d]/g, "")
            .replace(/^0+|0+$/g, "").length / 2,
    ) + 1;
