import type { ApiKeyReader } from "../../shared/apiKeyReader.ts";
import type { Caller } from "../../shared/apiKeys.ts";
import { type CommandRefused, forbidden, unauthorized, unavailable } from "../domain/problem.ts";

/** The client with a key. @param authorization the header of that name */
export async function callerBy(
    authorization: string | undefined,
    apiKeys: ApiKeyReader,
): Promise<Caller | CommandRefused> {
    const [, key] = /^Bearer +(\S+) *$/i.exec(authorization ?? "") ?? [];
    if (key === undefined) return { problem: unauthorized("send the API key as Authorization: Bearer <key>") };
    const caller = await apiKeys.callerOf(key);
    if (caller !== undefined) return caller;
    if (!apiKeys.isReadable) return { problem: unavailable("API keys cannot be checked at the moment") };
    return { problem: unauthorized("unknown API key") };
}

/** Undefined if the client has one of the scopes. */
export function lackOf(needed: readonly string[], { scopes }: Caller): CommandRefused | undefined {
    return needed.some((scope) => scopes.includes(scope)) ? undefined : { problem: forbidden(needed) };
}
