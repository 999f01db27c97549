import { type AwsCall, AwsError } from "../aws/call.ts";
import { queryCode } from "../aws/queueErrors.ts";
import type { Answer } from "./answer.ts";
import type { Integration } from "./definition.ts";
import type { Exchange } from "./exchange.ts";
import { mappedValue } from "./mapping.ts";

type QueueIntegration = Extract<Integration, { kind: "SQS-SendMessage" }>;

const parameters = new Set([
    "QueueUrl",
    "MessageBody",
    "DelaySeconds",
    "MessageAttributes",
    "MessageDeduplicationId",
    "MessageGroupId",
    "MessageSystemAttributes",
    "Region",
]);

/** What is wrong with the request parameters, as API Gateway would say when the integration is created. */
export function requestParameterFault({ requestParameters }: QueueIntegration): string | undefined {
    const missing = ["QueueUrl", "MessageBody"].find((name) => requestParameters[name] === undefined);
    if (missing !== undefined) return `the request parameter ${missing} is missing`;
    const unknown = Object.keys(requestParameters).find((name) => !parameters.has(name));
    return unknown === undefined ? undefined : `"${unknown}" is no request parameter of SQS-SendMessage`;
}

/**
 * Puts the request into a queue as the integration's role and answers what SQS answered. Throws AwsError:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html#SQS-SendMessage
 */
export async function sendToQueue(call: AwsCall, integration: QueueIntegration, exchange: Exchange): Promise<Answer> {
    const role = { kind: "role", roleArn: integration.credentialsArn, session: "apigateway" } as const;
    const sent = await call(role, "sqs", "SendMessage", sendMessageInput(integration, exchange));
    return xmlAnswer(
        200,
        `<SendMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><SendMessageResult>` +
            `<MessageId>${xmlText(sent["MessageId"])}</MessageId>` +
            `<MD5OfMessageBody>${xmlText(sent["MD5OfMessageBody"])}</MD5OfMessageBody></SendMessageResult>` +
            `<ResponseMetadata><RequestId>${xmlText(exchange.request.id)}</RequestId></ResponseMetadata></SendMessageResponse>`,
    );
}

/** What SQS says when it does not take the message, which the client gets to see. */
export function queueRefusal({ code, message, status }: AwsError, { request }: Exchange): Answer {
    const side = status < 500 ? "Sender" : "Receiver";
    return xmlAnswer(
        status,
        `<ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>${side}</Type>` +
            `<Code>${xmlText(queryCode(code))}</Code><Message>${xmlText(message)}</Message></Error>` +
            `<RequestId>${xmlText(request.id)}</RequestId></ErrorResponse>`,
    );
}

/** The input of SendMessage. Throws AwsError when the request has no value for a required parameter. */
function sendMessageInput({ requestParameters }: QueueIntegration, exchange: Exchange): Record<string, unknown> {
    const input: Record<string, unknown> = {};
    for (const [name, template] of Object.entries(requestParameters)) {
        const value = mappedValue(template, exchange);
        if (value === undefined || value === "") continue;
        switch (name) {
            case "Region":
                break;
            case "DelaySeconds":
                input[name] = Number(value);
                break;
            case "MessageAttributes":
            case "MessageSystemAttributes":
                input[name] = parseAttributes(name, value);
                break;
            default:
                input[name] = value;
        }
    }
    for (const name of ["QueueUrl", "MessageBody"]) {
        if (input[name] === undefined) {
            throw new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
        }
    }
    return input;
}

function parseAttributes(name: string, text: string): unknown {
    try {
        return JSON.parse(text);
    } catch (cause) {
        throw new AwsError("InvalidParameterValue", `${name} is not JSON: ${String(cause)}`);
    }
}

function xmlAnswer(status: number, xml: string): Answer {
    return { status, headers: { "content-type": "text/xml" }, cookies: [], body: `<?xml version="1.0"?>${xml}` };
}

function xmlText(value: unknown): string {
    return String(value).replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
