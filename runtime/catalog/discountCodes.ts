import type { Context } from "aws-lambda";
import { catalogRoutes } from "../../spec/generated/scopes.ts";
import { canonicalJson } from "../shared/canonical.ts";
import { ConditionFailed } from "../shared/conditionally.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import {
    correlationIdOf,
    type HttpAnswer,
    type HttpRequest,
    jsonBodyOf,
    type Refused,
    scopeProblem,
} from "../shared/http.ts";
import type { JsonObject } from "../shared/json.ts";
import { log } from "../shared/log.ts";
import { pause } from "../shared/pause.ts";
import { etagOf, isCurrent, preconditionProblem } from "../shared/preconditions.ts";
import { limitIn, noSuchRoute, type Served, servedBy } from "../shared/served.ts";
import { CatalogTable } from "./catalogTable.ts";
import { attributes, discountFrom, discountIn, shownDiscount } from "./discountCode.ts";
import { cursorIn, idIn, keptPrivate, unusableId } from "./served.ts";

export const env = environment("DISCOUNTS_TABLE");
const codes = new CatalogTable(dynamo, env.DISCOUNTS_TABLE, "code");
/** Bytes. */
const largestBody = 128 * 1024;
const refusal = "the body is invalid";
const attempts = 6;

const missing: Refused = { problem: { status: 404, detail: "there is no such discount code" } };

/** GET /discount_codes, and GET, PUT and DELETE /discount_codes/{code}, for merchants. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const invocation = log.forInvocation(context, { correlationId: correlationIdOf(request) });
    return await servedBy(request, invocation, async () => {
        const denied = scopeProblem(request, catalogRoutes);
        if (denied !== undefined) return { problem: denied };
        if (request.routeKey === "GET /discount_codes") return await listCodes(request);
        const code = idIn(request, "code")?.toUpperCase();
        if (code === undefined) return unusableId;
        switch (request.routeKey) {
            case "GET /discount_codes/{code}":
                return await readCode(request, code);
            case "PUT /discount_codes/{code}":
                return await putCode(request, code);
            case "DELETE /discount_codes/{code}":
                return await deleteCode(request, code);
            default:
                return noSuchRoute;
        }
    });
}

async function listCodes(request: HttpRequest): Promise<Served> {
    const [page, cursor] = [limitIn(request), cursorIn(request)];
    if ("problem" in page) return page;
    if ("problem" in cursor) return cursor;
    const isThere = (item: JsonObject) => discountIn(item) !== undefined;
    const { items, next } = await codes.page(page.limit, cursor.after, isThere);
    const discountCodes = items.flatMap((item) => {
        const data = discountIn(item);
        return data === undefined ? [] : [shownDiscount(item, data)];
    });
    const body = { discountCodes, ...(next !== undefined && { next }) };
    return { status: 200, body, headers: keptPrivate, done: "Discount codes listed" };
}

async function readCode(request: HttpRequest, code: string): Promise<Served> {
    const item = await codes.get(code);
    const data = discountIn(item);
    if (item === undefined || data === undefined) return missing;
    const headers = { ...keptPrivate, etag: etagOf(data) };
    if (isCurrent(request, headers.etag)) return { status: 304, headers, done: "Discount code not changed" };
    return { status: 200, body: shownDiscount(item, data), headers, done: "Discount code read" };
}

async function putCode(request: HttpRequest, code: string): Promise<Served> {
    const posted = jsonBodyOf(request, { most: largestBody, refusal });
    if ("problem" in posted) return posted;
    const data = discountFrom(posted.value, code);
    if ("errors" in data) return { problem: { status: 400, detail: refusal, errors: data.errors } };
    const headers = { ...keptPrivate, etag: etagOf(data) };
    return await decide(request, code, async (found) => {
        const before = discountIn(found);
        if (found !== undefined && before !== undefined && canonicalJson(before) === canonicalJson(data)) {
            return { status: 200, body: shownDiscount(found, data), headers, done: "Discount code unchanged" };
        }
        // How often an earlier code of this name was redeemed is not this one's.
        const anew = before === undefined ? { remove: ["timesRedeemed"] } : {};
        const written = await codes.change({ id: code, found, names: attributes, data, ...anew, ...changeBy(request) });
        if (written instanceof ConditionFailed) return undefined;
        const body = shownDiscount(written, data);
        if (before !== undefined) return { status: 200, body, headers, done: "Discount code changed" };
        return { status: 201, body, headers: { ...headers, location: request.rawPath }, done: "Discount code created" };
    });
}

async function deleteCode(request: HttpRequest, code: string): Promise<Served> {
    return await decide(request, code, async (found) => {
        if (discountIn(found) === undefined) return missing;
        const data = { deletedAt: new Date().toISOString() };
        const written = await codes.change({ id: code, found, names: attributes, data, ...changeBy(request) });
        return written instanceof ConditionFailed ? undefined : { status: 204, done: "Discount code deleted" };
    });
}

const changeBy = (request: HttpRequest) => ({ correlationId: correlationIdOf(request), now: Date.now() });

/** Reads and decides again while others change the code. @param change undefined: it was changed meanwhile */
async function decide(
    request: HttpRequest,
    code: string,
    change: (found: JsonObject | undefined) => Promise<Served | undefined>,
): Promise<Served> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
        if (attempt > 1) await pause(attempt);
        const found = await codes.get(code);
        const data = discountIn(found);
        const problem = preconditionProblem(request, data && etagOf(data));
        if (problem !== undefined) return { problem };
        const served = await change(found);
        if (served !== undefined) return served;
    }
    return {
        problem: { status: 503, detail: "other requests are changing the discount code, try again", retryAfter: 1 },
    };
}
