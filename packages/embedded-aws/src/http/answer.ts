/** What goes back to the client. */
export interface Answer {
    readonly status: number;
    /** Lower-case names. */
    readonly headers: Readonly<Record<string, string>>;
    /** One `set-cookie` header each. */
    readonly cookies: readonly string[];
    readonly body: string | Buffer;
}

/** An answer that the API gives itself: `{"message": "Not Found"}`. */
export class RefusalError extends Error {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;

    constructor(status: number, message: string, options: ErrorOptions & { headers?: Record<string, string> } = {}) {
        super(message, options);
        this.name = "RefusalError";
        this.status = status;
        this.headers = options.headers ?? {};
    }

    answer(): Answer {
        return {
            status: this.status,
            headers: { ...this.headers, "content-type": "application/json" },
            cookies: [],
            body: JSON.stringify({ message: this.message }),
        };
    }
}

/** What a function returned is not a response that API Gateway understands. */
class MalformedResponseError extends Error {
    constructor(fault: string) {
        super(`The Lambda function returned a malformed response: ${fault}`);
        this.name = "MalformedResponseError";
    }
}

/** Headers that describe the connection to the function's side, not the answer. */
const connectionHeaders = new Set([
    "connection",
    "content-length",
    "keep-alive",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
]);

/**
 * A function's return value as an answer. Without a `statusCode` any JSON value is the body of a 200:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response
 * Throws MalformedResponseError.
 */
export function lambdaAnswer(payload: string): Answer {
    const value = parseJson(payload);
    if (typeof value !== "object" || value === null || !("statusCode" in value)) {
        const body = typeof value === "string" ? value : payload;
        return { status: 200, headers: { "content-type": "application/json" }, cookies: [], body };
    }
    const body = "body" in value ? bodyOf(value.body) : "";
    const base64 = "isBase64Encoded" in value && value.isBase64Encoded === true;
    return {
        status: statusOf(value.statusCode),
        headers: headersOf("headers" in value ? value.headers : undefined),
        cookies: cookiesOf("cookies" in value ? value.cookies : undefined),
        body: base64 ? Buffer.from(body, "base64") : body,
    };
}

function parseJson(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        throw new MalformedResponseError("it is not JSON");
    }
}

function statusOf(value: unknown): number {
    const status = typeof value === "string" ? Number(value) : value;
    if (typeof status === "number" && Number.isInteger(status) && status >= 200 && status <= 599) return status;
    throw new MalformedResponseError(`statusCode is ${JSON.stringify(value)}`);
}

function bodyOf(value: unknown): string {
    if (value === null || value === undefined) return "";
    if (typeof value === "string") return value;
    throw new MalformedResponseError("body is not a string");
}

function headersOf(value: unknown): Record<string, string> {
    const headers: Record<string, string> = {};
    if (value === null || value === undefined) return { "content-type": "text/plain; charset=utf-8" };
    if (typeof value !== "object") throw new MalformedResponseError("headers is not an object");
    for (const [name, content] of Object.entries(value)) {
        const header = name.toLowerCase();
        if (connectionHeaders.has(header) || content === null) continue;
        if (typeof content !== "string" && typeof content !== "number" && typeof content !== "boolean") {
            throw new MalformedResponseError(`the header ${name} is not a string`);
        }
        headers[header] = String(content);
    }
    headers["content-type"] ??= "text/plain; charset=utf-8";
    return headers;
}

function cookiesOf(value: unknown): string[] {
    if (value === null || value === undefined) return [];
    if (Array.isArray(value) && value.every((cookie) => typeof cookie === "string")) return value;
    throw new MalformedResponseError("cookies is not a list of strings");
}
