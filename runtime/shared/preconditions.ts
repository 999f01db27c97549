import { fingerprint } from "./canonical.ts";
import type { HttpRequest, Problem } from "./http.ts";
import { header } from "./http.ts";

/** A strong validator (RFC 9110, section 8.8.3): of the data, and of what else changes. */
export const etagOf = (data: object, rest: string | number | null = ""): string =>
    `"${fingerprint(data).slice(0, 16)}.${rest ?? "uncounted"}"`;

const listed = (field: string) => field.split(",").map((tag) => tag.trim().replace(/^W\//, ""));

/** Whether a list of ETags has one of these, or is `*`, which any has that exists. */
const includes = (field: string, etag: string | undefined): boolean =>
    etag !== undefined && (field.trim() === "*" || listed(field).includes(etag));

/** Whether what the caller has is current: the answer is 304. */
export function isCurrent(request: HttpRequest, etag: string): boolean {
    const field = header(request, "if-none-match");
    return field !== undefined && includes(field, etag);
}

/**
 * The problem of a change that is asked for on conditions that do not hold.
 * @param etag undefined if there is nothing yet
 * @param comparable the part of an ETag that the change depends on. @default all of it
 */
export function preconditionProblem(
    request: HttpRequest,
    etag: string | undefined,
    comparable: (etag: string) => string = (whole) => whole,
): Problem | undefined {
    const [match, noneMatch] = [header(request, "if-match"), header(request, "if-none-match")];
    const parts = (field: string) => (field.trim() === "*" ? field : listed(field).map(comparable).join(","));
    const own = etag === undefined ? undefined : comparable(etag);
    if (match !== undefined && !includes(parts(match), own)) {
        const detail = own === undefined ? "there is nothing to match If-Match" : "it has changed since it was read";
        return { status: 412, detail };
    }
    if (noneMatch !== undefined && includes(parts(noneMatch), own)) {
        return { status: 412, detail: "it exists already" };
    }
    return undefined;
}

/** Without what is sold. */
export const dataPart = (etag: string): string => etag.split(".")[0] ?? etag;
