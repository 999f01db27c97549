import type { IncomingMessage } from "node:http";
import https, { type RequestOptions } from "node:https";
import { isIP } from "node:net";
import { AddressRefusedError, type Allowed, agentsFor, bare, type Connections } from "../../shared/destination.ts";
import { type PlatformProfile, ProfileError, platformProfileIn } from "./platformProfile.ts";

/** All but the deadline is for tests. */
interface FetchSettings {
    /** Milliseconds from the look-up of the name to the last byte. @default 2000 */
    readonly deadlineMs?: number;
    readonly allowed?: Allowed;
    readonly connections?: Connections;
    /** @default 443 */
    readonly port?: number;
}

export interface FetchedProfile {
    readonly profile: PlatformProfile;
    /** Seconds that it may be kept. */
    readonly maxAge: number;
}

const mostBytes = 64 * 1024;
const longestUrl = 512;
/** Seconds. */
const [leastAge, mostAge] = [60, 24 * 60 * 60];

/** The URL in the form by which platforms are told apart. Throws ProfileError for one that no platform may have. */
export function profileUrlIn(text: string): string {
    const problem = problemOf(text);
    if (problem === undefined) return new URL(text).href;
    throw new ProfileError("invalid_profile_url", `the URL of the platform's profile cannot be used: ${problem}`);
}

function problemOf(text: string): string | undefined {
    if (text.length > longestUrl) return `it is longer than ${longestUrl} characters`;
    if (!/^[!-~]+$/.test(text) || !URL.canParse(text)) return "it is no URL";
    const { protocol, port, username, password, hash, hostname } = new URL(text);
    if (protocol !== "https:") return "the scheme must be https";
    if (port !== "") return "the port must be 443";
    if (username !== "" || password !== "") return "it must not contain a user name or password";
    if (hash !== "") return "it must not contain a fragment";
    if (isIP(bare(hostname)) !== 0) return "the host must be a name";
    // Else a host would have two names, and twice its count.
    if (hostname.endsWith(".")) return "the host must not end in a dot";
    return undefined;
}

/**
 * Gets the profile of an unknown platform: over TLS from a public address only, which is checked when the
 * connection is made and not before, without a redirect, and no more than a profile needs. Throws ProfileError.
 */
export async function fetchProfile(url: string, settings: FetchSettings = {}): Promise<FetchedProfile> {
    const { deadlineMs = 2000, allowed = [], connections = {}, port = 443 } = settings;
    // No connection is kept: the next request of this kind is for another host.
    const agent = agentsFor(allowed, connections)["https:"];
    const options = {
        agent,
        port,
        headers: { accept: "application/json", "accept-encoding": "identity", "user-agent": "serverless-commerce" },
        signal: AbortSignal.timeout(deadlineMs),
    };
    try {
        const response = await answering(profileUrlIn(url), options);
        const { statusCode, headers } = response;
        if (statusCode !== 200) throw unreachable(`the answer is ${statusCode}`);
        if ((headers["content-encoding"] ?? "identity") !== "identity") throw unreachable("the answer is compressed");
        const text = await textOf(response);
        return { profile: platformProfileIn(text), maxAge: maxAgeIn(headers["cache-control"]) };
    } catch (error) {
        if (error instanceof ProfileError) throw error;
        if (error instanceof AddressRefusedError) throw unreachable(error.message, error);
        throw unreachable(options.signal.aborted ? `no answer within ${deadlineMs / 1000} s` : "no answer", error);
    } finally {
        agent.destroy();
    }
}

function answering(url: string, options: RequestOptions): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
        const request = https.get(url, options, resolve);
        request.on("error", reject);
        // Without an error, too, and after an answer without effect.
        request.on("close", () => reject(unreachable("the connection was closed")));
        // The connection is not switched to another protocol.
        request.on("upgrade", (_, socket) => {
            socket.destroy();
            reject(unreachable("the answer is 101"));
        });
    });
}

/** The whole body: half a profile is none. */
async function textOf(response: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response) {
        bytes += chunk.length;
        // Leaving the loop destroys the connection.
        if (bytes > mostBytes) throw unreachable(`it is larger than ${mostBytes / 1024} KB`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
}

function maxAgeIn(cacheControl = ""): number {
    const [, seconds] = /(?:^|[\s,])max-age="?(\d{1,9})"?(?:$|[\s,;])/i.exec(cacheControl) ?? [];
    const isPrivate = /(?:^|[\s,])(?:no-store|no-cache|private)(?:$|[\s,=])/i.test(cacheControl);
    return isPrivate ? leastAge : Math.min(mostAge, Math.max(leastAge, Number(seconds ?? 0)));
}

const unreachable = (what: string, cause?: unknown) =>
    new ProfileError("profile_unreachable", `the platform's profile cannot be fetched: ${what}`, { cause });
