import { answer, correlationIdOf, type HttpAnswer, type HttpRequest, problemAnswer, type Refused } from "./http.ts";
import type { Log } from "./log.ts";

/** What a route comes to. */
export type Served =
    | {
          readonly status: number;
          readonly body?: object;
          readonly headers?: Readonly<Record<string, string>>;
          /** Log message. */
          readonly done: string;
          readonly fields?: Readonly<Record<string, unknown>>;
      }
    | Refused;

/** The answer of a callback that serves several routes. Does not log a problem's errors, which may quote the request. */
export async function servedBy(
    request: HttpRequest,
    invocation: Log,
    serve: () => Promise<Served>,
): Promise<HttpAnswer> {
    let served: Served;
    try {
        served = await serve();
    } catch (error) {
        invocation.error("The request could not be processed", { error, route: request.routeKey });
        const detail = "the request could not be processed, try again";
        return problemAnswer(request, { status: 503, detail, retryAfter: 5 });
    }
    if ("problem" in served) {
        const { status, detail } = served.problem;
        invocation.info("Request refused", { status, detail, route: request.routeKey });
        return problemAnswer(request, served.problem);
    }
    const { status, body, headers, done, fields } = served;
    invocation.info(done, { status, ...fields });
    const correlationId = correlationIdOf(request);
    if (body !== undefined) return answer(status, correlationId, body, headers);
    return { statusCode: status, headers: { ...headers, "x-correlation-id": correlationId } };
}

export const noSuchRoute: Refused = { problem: { status: 404, detail: "there is no such route" } };
export const bad = (detail: string): Refused => ({ problem: { status: 400, detail } });

/** How many items of a list a page has. */
export function limitIn({ queryStringParameters }: HttpRequest): { readonly limit: number } | Refused {
    const text = queryStringParameters?.["limit"] ?? "20";
    const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
    return limit >= 1 && limit <= 100 ? { limit } : bad("limit must be a whole number from 1 to 100");
}
