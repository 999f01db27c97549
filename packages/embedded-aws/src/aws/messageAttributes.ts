import { type Input, textOf } from "./input.ts";

const invalidCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const mostDigits = 38;

/** Whether a text is a number of 38 digits at most between 10^-128 and 10^126, or 0. */
function isNumber(text: string): boolean {
    if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return false;
    const digits = text
        .replace(/e.*$/i, "")
        .replaceAll(/\D/g, "")
        .replace(/^0+|0+$/g, "");
    const magnitude = Math.abs(Number(text));
    return digits.length <= mostDigits && (digits === "" || (magnitude >= 1e-128 && magnitude <= 1e126));
}

/**
 * What SQS and SNS say of a message attribute that they do not take; undefined for one that they do:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-message-attributes
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function attributeFault(name: string, value: Input): string | undefined {
    const isName = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i.test(name);
    if (!isName) {
        return (
            `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, ` +
            "underscore (_), hyphen (-), and period (.) characters."
        );
    }
    const type = textOf(value, "DataType") ?? "";
    const kind = /^(String|Number|Binary)(\..+)?$/.exec(type)?.[1];
    if (kind === undefined || type.length > 256) {
        return (
            `The message attribute '${name}' has an invalid message attribute type, ` +
            "the set of supported type prefixes is Binary, Number, and String."
        );
    }
    const [field, other] = kind === "Binary" ? (["Binary", "String"] as const) : (["String", "Binary"] as const);
    const content = textOf(value, `${field}Value`);
    if (content === undefined && textOf(value, `${other}Value`) !== undefined) {
        return `The message attribute '${name}' with type '${type}' must use field '${field}'.`;
    }
    if (content === undefined || content === "") {
        return (
            `The message attribute '${name}' must contain non-empty message attribute value ` +
            `for message attribute type '${type}'.`
        );
    }
    if (kind !== "Binary" && invalidCharacter.test(content)) {
        return `The value of message (user) attribute '${name}' has a character that is not valid in XML.`;
    }
    if (kind === "Number" && !isNumber(content)) {
        return `Can't cast the value of message (user) attribute '${name}' to a number.`;
    }
    return undefined;
}
