import type { DoubleAnswer } from "embedded-aws/doubles";

/** The parameters of a request by their names as they come: `metadata[order]`. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/** What an endpoint of Stripe makes of a request. */
export interface Reply extends DoubleAnswer {
    readonly body: object;
    /** The request was refused before anything was done, so that its idempotency key is as good as new. @default false */
    readonly isRefusal?: boolean;
    /** How long the answer takes, in milliseconds, once all is done. @default 0 */
    readonly lateMs?: number;
}

export const ok = (body: object): Reply => ({ status: 200, body });

/** An error as Stripe gives it. https://docs.stripe.com/api/errors */
export const failure = (status: number, type: string, message: string, details: object = {}): Reply => ({
    status,
    body: { error: { type, message, ...details } },
});

/** Parameters that do not do. */
export const refusal = (message: string, details: object = {}, status = 400): Reply => ({
    ...failure(status, "invalid_request_error", message, details),
    isRefusal: true,
});

export const missing = (what: string, id: string, param = "id"): Reply =>
    refusal(`No such ${what}: '${id}'`, { code: "resource_missing", param }, 404);

/** The members of an object among the parameters: `metadata[charge]` → `charge`. */
export function membersOf(name: string, parameters: Parameters): Record<string, string> {
    return Object.fromEntries(
        Object.entries(parameters).flatMap(([key, value]) => {
            const member = key.startsWith(`${name}[`) ? /^\w+\[(\w+)\]$/.exec(key)?.[1] : undefined;
            return member === undefined || value === undefined ? [] : [[member, value]];
        }),
    );
}

/** A list, newest first. https://docs.stripe.com/api/pagination */
export function listOf(url: string, all: Iterable<object>, { limit = "10", starting_after: after }: Parameters): Reply {
    const newest = [...all].reverse();
    const data = newest.slice(newest.findIndex((each) => "id" in each && each.id === after) + 1);
    const most = Math.min(Math.max(Number(limit) || 10, 1), 100);
    return ok({ object: "list", url, has_more: data.length > most, data: data.slice(0, most) });
}
