import { allowedFrom } from "../shared/destination.ts";
import { Sender } from "./delivery/sender.ts";
import type { AuthorizedPosting } from "./delivery/transport.ts";

type Reply = Awaited<ReturnType<Sender["send"]>>;
type OAuth2 = Extract<AuthorizedPosting["credentials"], { type: "oauth2" }>;

interface Token {
    readonly accessToken: string;
    /** Milliseconds since 1970. */
    readonly expiresAt: number;
    readonly isFresh: boolean;
}

/** Senders with a client certificate, and tokens, in memory. */
const mostKept = 200;
/** Milliseconds before its end that a token is not used any more, and the life of one without an end. */
const spareMs = 30_000;
const usualLifeMs = 5 * 60_000;

const senders = new Map<string, Sender>();
const tokens = new Map<string, Token>();

/** Sends a request with a client certificate or a token. Addresses are checked as for all requests, the token URL's too. */
export async function send({ credentials, ...posting }: AuthorizedPosting, allowed: string): Promise<Reply> {
    if (credentials.type === "mtls") {
        const { certificate: cert, key } = credentials;
        return await senderOf(allowed, cert + key, { cert, key }).send(posting);
    }
    const endsAt = Date.now() + posting.deadlineMs;
    const sender = senderOf(allowed, "", {});
    for (;;) {
        const token = await tokenOf(credentials, sender, endsAt - Date.now());
        if ("kind" in token) return token;
        const headers = { ...posting.headers, authorization: `Bearer ${token.accessToken}` };
        const reply = await sender.send({ ...posting, headers, deadlineMs: Math.max(1, endsAt - Date.now()) });
        // The token may have been revoked.
        if (reply.kind !== "answer" || reply.httpStatus !== 401) return reply;
        tokens.delete(nameOf(credentials));
        if (token.isFresh) return reply;
    }
}

function senderOf(
    allowed: string,
    name: string,
    certificate: { readonly cert?: string; readonly key?: string },
): Sender {
    const known = senders.get(allowed + name);
    if (known !== undefined) return known;
    if (senders.size >= mostKept) {
        for (const sender of senders.values()) sender.close();
        senders.clear();
    }
    const sender = new Sender({ allowed: allowedFrom(allowed), connections: certificate });
    senders.set(allowed + name, sender);
    return sender;
}

const nameOf = ({ tokenUrl, clientId, clientSecret, scope }: OAuth2): string =>
    JSON.stringify([tokenUrl, clientId, clientSecret, scope]);

/** Client credentials (RFC 6749, 4.4). */
async function tokenOf(credentials: OAuth2, sender: Sender, deadlineMs: number): Promise<Token | Reply> {
    const name = nameOf(credentials);
    const known = tokens.get(name);
    if (known !== undefined && known.expiresAt - spareMs > Date.now()) return { ...known, isFresh: false };
    const { tokenUrl: url, clientId, clientSecret, scope } = credentials;
    const client = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    const body = new URLSearchParams({ grant_type: "client_credentials", ...(scope !== undefined && { scope }) });
    const reply = await sender.send({
        url,
        headers: {
            authorization: `Basic ${Buffer.from(client).toString("base64")}`,
            accept: "application/json",
            "content-type": "application/x-www-form-urlencoded",
            "user-agent": "commerce-webhooks/1",
        },
        body: body.toString(),
        deadlineMs: Math.max(1, deadlineMs),
    });
    if (reply.kind !== "answer") return { ...reply, error: `the token URL: ${reply.error}` };
    const token = reply.httpStatus === 200 ? tokenIn(reply.response) : undefined;
    if (token === undefined)
        return { kind: "no answer", error: `the token URL gave no token (HTTP ${reply.httpStatus})` };
    if (tokens.size >= mostKept) tokens.clear();
    tokens.set(name, token);
    return token;
}

function tokenIn(response: string): Token | undefined {
    try {
        const { access_token: accessToken, token_type: type, expires_in: seconds } = JSON.parse(response);
        if (typeof accessToken !== "string" || !/^[!-~]+$/.test(accessToken)) return undefined;
        if (typeof type !== "string" || type.toLowerCase() !== "bearer") return undefined;
        const lifeMs = typeof seconds === "number" && seconds > 0 ? seconds * 1000 : usualLifeMs;
        return { accessToken, expiresAt: Date.now() + lifeMs, isFresh: true };
    } catch {
        return undefined;
    }
}
