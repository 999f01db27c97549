import { jsonIn } from "../../shared/http.ts";
import { isJsonObject } from "../../shared/json.ts";
import { retryAfterOf } from "../../shared/retryAfter.ts";
import type { AcpProduct } from "../rows/acpProduct.ts";
import { FeedSecretError } from "../stored/targetSecrets.ts";
import type { PushTarget } from "../target.ts";
import type { Verdict } from "./splitting.ts";

/** What the secret of a target holds. */
export interface FeedAccount {
    /** The key that the receiver has given. */
    readonly apiKey: string;
    /** In place of the setting, where the receiver is on this machine. */
    readonly endpoint?: string;
}

/** Throws FeedSecretError. */
export function accountIn(text: string): FeedAccount {
    const value = jsonIn(Buffer.from(text));
    const { apiKey, endpoint } = isJsonObject(value) ? value : {};
    if (typeof apiKey !== "string" || apiKey === "") throw new FeedSecretError("the feed's secret has no apiKey");
    return { apiKey, ...(typeof endpoint === "string" && { endpoint }) };
}

const timeoutMs = 15_000;
/** Bytes of an answer that are read. */
const mostBytes = 1024 * 1024;
/** Characters of an answer that a reason quotes. */
const quoted = 300;

/** Upserts products by the feed API of the target: ACP's, or OpenAI's own with the same products. */
export async function upsert(
    target: PushTarget,
    { apiKey, endpoint = target.endpoint }: FeedAccount,
    products: readonly AcpProduct[],
    correlationId: string,
): Promise<Verdict> {
    const { path, version } = apis[target.kind];
    const url = `${endpoint}/${path}/${encodeURIComponent(target.feedId)}/products`;
    let response: Response;
    let text: string;
    try {
        response = await fetch(url, {
            method: "PATCH",
            headers: {
                authorization: `Bearer ${apiKey}`,
                "content-type": "application/json",
                "api-version": version,
                // Another program's item may have any text there.
                "request-id": correlationId.replace(/[^!-~]/g, "").slice(0, 128),
            },
            body: JSON.stringify({ products }),
            redirect: "manual",
            signal: AbortSignal.timeout(timeoutMs),
        });
        text = await beginningOf(response.body);
    } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
        const reason = cause instanceof Error ? cause.message : String(cause);
        return { kind: "unavailable", reason };
    }
    return verdictOf(response.status, text, response.headers.get("retry-after") ?? undefined, Date.now());
}

/** Some repeat all that they are sent, and one might never end. */
async function beginningOf(body: Response["body"]): Promise<string> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of body ?? []) {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= mostBytes) break;
    }
    return Buffer.concat(chunks).toString();
}

const apis = {
    acp: { path: "feeds", version: "2026-04-17" },
    "openai-api": { path: "product_feeds", version: "2025-09-12" },
} as const satisfies Record<PushTarget["kind"], object>;

/** Says of these nothing about the products: who asks, where, or when. */
const notAboutProducts: ReadonlySet<number> = new Set([401, 403, 404, 405, 407, 408, 410, 425, 429]);

function verdictOf(status: number, text: string, retryAfter: string | undefined, now: number): Verdict {
    const reason = `HTTP ${status} ${text.slice(0, quoted)}`.trim();
    if (status >= 200 && status < 300) return isAccepted(text) ? { kind: "taken" } : { kind: "refused", reason };
    if (status >= 400 && status < 500 && !notAboutProducts.has(status)) return { kind: "refused", reason };
    const retryAfterMs = retryAfterOf(retryAfter, now);
    return {
        kind: "unavailable",
        reason,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
}

/** ACP answers 200 also where it does not take them: `{"id": "feed_1", "accepted": false}`. */
function isAccepted(text: string): boolean {
    const answer = jsonIn(Buffer.from(text));
    return !(isJsonObject(answer) && answer["accepted"] === false);
}
