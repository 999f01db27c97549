import type { Call, Served } from "../domain/call.ts";
import { noSuchSession } from "../domain/problem.ts";
import { asideOf } from "../session/aside.ts";
import type { State } from "../session/session.ts";
import type { SessionVersions } from "../session/versions.ts";

export async function readSession(sessionId: string, call: Call, versions: SessionVersions): Promise<Served> {
    const state = await readable(versions, sessionId, call);
    if (state === undefined) return { problem: noSuchSession() };
    call.log.info("Session read", { sessionId, version: state.version });
    return { status: 200, session: state.session, ...asideOf(state) };
}

/** A session of the client, or any one for a client with the scope `merchant`; undefined for others. */
export async function readable(
    versions: Pick<SessionVersions, "latest">,
    sessionId: string,
    reader: Call,
): Promise<State | undefined> {
    const state = await versions.latest(sessionId);
    return state !== undefined && mayRead(state, reader) ? state : undefined;
}

export const mayRead = ({ hidden }: State, { callerId, isMerchant }: Call): boolean =>
    isMerchant || hidden.caller === callerId;
