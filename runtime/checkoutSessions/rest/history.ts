import type { HttpRequest } from "../../shared/http.ts";
import { mayRead, readable } from "../calls/read.ts";
import type { Call, Served } from "../domain/call.ts";
import { type CommandRefused, invalid, noSuchSession, noSuchVersion } from "../domain/problem.ts";
import { present } from "../session/session.ts";
import type { HistoryEntry, SessionVersions } from "../session/versions.ts";
import { changesBetween } from "./changes.ts";
import { pathIdIn } from "./request.ts";

/** GET /checkout_sessions/{id}/versions: oldest first. */
export async function history(request: HttpRequest, call: Call, versions: SessionVersions): Promise<Served> {
    const sessionId = pathIdIn(request) ?? "";
    const after = wholeNumber(request, "after", 0);
    const limit = wholeNumber(request, "limit", 20);
    if (typeof after === "object") return after;
    if (typeof limit === "object") return limit;
    if (limit < 1 || limit > 100) return { problem: invalid("limit must be from 1 to 100") };
    const state = await readable(versions, sessionId, call);
    if (state === undefined) return { problem: noSuchSession() };
    const entries = await versions.history(sessionId, after, limit);
    const last = entries.at(-1)?.version ?? after;
    return {
        status: 200,
        body: { versions: entries.map(shown), ...(last < state.version && { next: last }) },
    };
}

/** GET /checkout_sessions/{id}/versions/{version}: a version, with its changes since an earlier one. */
export async function versionOf(request: HttpRequest, call: Call, versions: SessionVersions): Promise<Served> {
    const { id: sessionId = "", version: number = "" } = request.pathParameters ?? {};
    const since = wholeNumber(request, "since", 0);
    if (typeof since === "object") return since;
    if (!isWholeNumber(number)) return { problem: noSuchVersion() };
    if (since > Number(number)) return { problem: invalid("since must not be later than the version") };
    const [state, earlier] = await Promise.all([
        versions.at(sessionId, Number(number)),
        since === 0 ? undefined : versions.at(sessionId, since),
    ]);
    if (state === undefined) {
        const session = await readable(versions, sessionId, call);
        return { problem: session === undefined ? noSuchSession() : noSuchVersion() };
    }
    if (!mayRead(state, call)) return { problem: noSuchSession() };
    if (since > 0 && earlier === undefined) return { problem: noSuchVersion() };
    const session = present(state.session, new Date(state.timestamp));
    const changes = earlier && changesBetween(earlier.session, state.session);
    return { status: 200, body: { ...shown(state), session, ...(changes && { changes }) } };
}

const shown = ({ version, status, reason, timestamp, requestId, payment }: HistoryEntry) => ({
    version,
    status,
    reason,
    timestamp,
    request_id: requestId,
    ...(payment && { payment }),
});

const isWholeNumber = (text: string) => /^(0|[1-9]\d{0,8})$/.test(text);

function wholeNumber(request: HttpRequest, name: string, byDefault: number): number | CommandRefused {
    const text = request.queryStringParameters?.[name];
    if (text === undefined) return byDefault;
    return isWholeNumber(text) ? Number(text) : { problem: invalid(`${name} must be a whole number`) };
}
