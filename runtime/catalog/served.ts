import {
    answer,
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    type Problem,
    problemAnswer,
    type Refused,
} from "../shared/http.ts";
import type { Log } from "../shared/log.ts";
import { isCatalogId } from "./product.ts";

export type Served =
    | {
          readonly status: number;
          readonly body?: object;
          readonly headers?: Readonly<Record<string, string>>;
          /** Log message. */
          readonly done: string;
      }
    | Refused;

/** For who may see what others may not. */
export const keptPrivate = { "cache-control": "private, no-cache" };
export const bad = (detail: string): Refused => ({ problem: { status: 400, detail } satisfies Problem });

/** Does not log the problem's errors, which may quote the request. */
export async function answered(
    request: HttpRequest,
    invocation: Log,
    serve: () => Promise<Served>,
): Promise<HttpAnswer> {
    const correlationId = correlationIdOf(request);
    const served = await serve().catch((error: unknown): Served => {
        invocation.error("The request could not be processed", { error, route: request.routeKey });
        return { problem: { status: 503, detail: "the request could not be processed, try again", retryAfter: 5 } };
    });
    if ("problem" in served) {
        const { status, detail } = served.problem;
        invocation.info("Request refused", { status, detail, route: request.routeKey });
        return problemAnswer(request, served.problem);
    }
    const { status, body, headers, done } = served;
    invocation.info(done, { status });
    if (body !== undefined) return answer(status, correlationId, body, headers);
    return { statusCode: status, headers: { ...headers, "x-correlation-id": correlationId } };
}

export function limitIn({ queryStringParameters }: HttpRequest): { readonly limit: number } | Refused {
    const text = queryStringParameters?.["limit"] ?? "20";
    const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    return limit >= 1 && limit <= 100 ? { limit } : bad("limit must be a whole number from 1 to 100");
}

/** The id of a product, or a discount code, in the path. Undefined if none can be called so. */
export function idIn({ pathParameters }: HttpRequest, name: "id" | "code"): string | undefined {
    const id = pathParameters?.[name];
    return isCatalogId(id) ? id : undefined;
}

export const unusableId = bad("must be called by 1 to 64 visible ASCII characters without a slash");

export function cursorIn({ queryStringParameters }: HttpRequest): { readonly after?: string } | Refused {
    const after = queryStringParameters?.["after"];
    if (after === undefined) return {};
    return /^[!-~]{1,64}$/.test(after) ? { after } : bad("after must be the `next` of a page");
}
