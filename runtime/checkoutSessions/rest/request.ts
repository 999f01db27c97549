import { randomUUID } from "node:crypto";
import { bodyOf, type HttpRequest, header, isJson, jsonIn } from "../../shared/http.ts";
import { largestMessage } from "../../shared/message.ts";
import { isKeyUsable, type Sent } from "../calls/commands.ts";
import type { Dialect } from "../domain/dialect.ts";
import { type CommandRefused, invalid, keyRequired, notJson, tooLarge } from "../domain/problem.ts";

export const sessionIdIn = ({ pathParameters }: HttpRequest): string | undefined => pathParameters?.["id"];

/** What a POST asks for. An absent body counts as `{}` if no member is required. */
export function sentIn(request: HttpRequest, { needsKey }: Dialect): Sent | CommandRefused {
    const key = header(request, "idempotency-key");
    if (key === undefined ? needsKey : !isKeyUsable(key)) return { problem: keyRequired() };
    const bytes = bodyOf(request);
    if (bytes.length > largestMessage) {
        return { problem: tooLarge(`the body has ${bytes.length} bytes, more than ${largestMessage}`) };
    }
    if (bytes.length > 0 && !isJson(request)) return { problem: notJson() };
    const body = bytes.length === 0 ? {} : jsonIn(bytes);
    if (body === undefined) return { problem: invalid("the body is not JSON in UTF-8", "$") };
    const sessionId = sessionIdIn(request);
    return { key: key ?? randomUUID(), body, ...(sessionId !== undefined && { sessionId }) };
}
