import type { HttpRequest } from "../../shared/http.ts";
import { invalid, noSuchSession, noSuchVersion, type Problem } from "../domain/problem.ts";
import { present } from "../session/session.ts";
import { mayRead, readableSession } from "../session/sessions.ts";
import type { SessionStore } from "../session/store.ts";
import type { HistoryEntry } from "../session/versions.ts";
import { type Call, sessionIdIn } from "./call.ts";
import { changesBetween } from "./changes.ts";
import type { Served } from "./served.ts";

/** GET /checkout_sessions/{id}/versions: what happened to a session, oldest first. */
export async function history(request: HttpRequest, call: Call, store: SessionStore): Promise<Served> {
    const sessionId = sessionIdIn(request) ?? "";
    const after = wholeNumber(request, "after", 0);
    const limit = wholeNumber(request, "limit", 20);
    if (typeof after === "object") return after;
    if (typeof limit === "object") return limit;
    if (limit < 1 || limit > 100) return { problem: invalid("limit must be from 1 to 100") };
    const state = await readableSession({ store }, sessionId, call);
    if (state === undefined) return { problem: noSuchSession() };
    const versions = await store.versions.history(sessionId, after, limit);
    const last = versions.at(-1)?.version ?? after;
    return {
        status: 200,
        body: { versions: versions.map(shown), ...(last < state.version && { next: last }) },
    };
}

/** GET /checkout_sessions/{id}/versions/{version}: the session as it was, and what changed since an earlier version. */
export async function versionOf(request: HttpRequest, call: Call, store: SessionStore): Promise<Served> {
    const { id: sessionId = "", version: number = "" } = request.pathParameters ?? {};
    const since = wholeNumber(request, "since", 0);
    if (typeof since === "object") return since;
    if (!isWholeNumber(number)) return { problem: noSuchVersion() };
    const [state, earlier] = await Promise.all([
        store.versions.at(sessionId, Number(number)),
        since === 0 ? undefined : store.versions.at(sessionId, since),
    ]);
    if (state === undefined) {
        const session = await readableSession({ store }, sessionId, call);
        return { problem: session === undefined ? noSuchSession() : noSuchVersion() };
    }
    if (!mayRead(state, call)) return { problem: noSuchSession() };
    if (since > 0 && earlier === undefined) return { problem: noSuchVersion() };
    const session = present(state.session, new Date(state.timestamp));
    const changes = earlier && changesBetween(earlier.session, state.session);
    return { status: 200, body: { ...shown(state), session, ...(changes && { changes }) } };
}

const shown = ({ version, status, reason, timestamp, requestId }: HistoryEntry) => ({
    version,
    status,
    reason,
    timestamp,
    request_id: requestId,
});

const isWholeNumber = (text: string) => /^(0|[1-9]\d{0,8})$/.test(text);

function wholeNumber(request: HttpRequest, name: string, byDefault: number): number | { readonly problem: Problem } {
    const text = request.queryStringParameters?.[name];
    if (text === undefined) return byDefault;
    return isWholeNumber(text) ? Number(text) : { problem: invalid(`${name} must be a whole number`) };
}
