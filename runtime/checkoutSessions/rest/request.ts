import { randomUUID } from "node:crypto";
import { bodyOf, type HttpRequest, header, isJson, jsonIn } from "../../shared/http.ts";
import { largestMessage } from "../../shared/message.ts";
import { isKeyUsable, type Sent } from "../calls/commands.ts";
import type { Dialect } from "../domain/dialect.ts";
import { type CommandRefused, invalid, keyRequired, notJson, tooLarge } from "../domain/problem.ts";

/** Of a session, or a cart. */
export const pathIdIn = ({ pathParameters }: HttpRequest): string | undefined => pathParameters?.["id"];

/** Without the name of the stage. */
export function pathOf({ rawPath, requestContext: { stage } }: HttpRequest): string {
    return rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;
}

/** What a POST asks for. */
export function sentIn(request: HttpRequest, { needsKey }: Dialect): Sent | CommandRefused {
    const sent = bodyAndKeyIn(request, needsKey);
    if ("problem" in sent) return sent;
    const sessionId = pathIdIn(request);
    return { body: sent.body, key: sent.key ?? randomUUID(), ...(sessionId !== undefined && { sessionId }) };
}

/** An absent body counts as `{}` if no member is required. */
export function bodyAndKeyIn(
    request: HttpRequest,
    needsKey: boolean,
): { readonly body: unknown; readonly key: string | undefined } | CommandRefused {
    const key = header(request, "idempotency-key");
    if (key === undefined ? needsKey : !isKeyUsable(key)) return { problem: keyRequired("the header Idempotency-Key") };
    const bytes = bodyOf(request);
    if (bytes.length > largestMessage) {
        return { problem: tooLarge(`the body has ${bytes.length} bytes, more than ${largestMessage}`) };
    }
    if (bytes.length > 0 && !isJson(request)) return { problem: notJson() };
    const body = bytes.length === 0 ? {} : jsonIn(bytes);
    return body === undefined ? { problem: invalid("the body is not JSON in UTF-8", "$") } : { body, key };
}
