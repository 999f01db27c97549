import { isJsonObject, type JsonObject } from "../../shared/json.ts";
import type { CommercetoolsAccount } from "./accounts.ts";

/** The API of commercetools did not return the customer. */
export class CommercetoolsUnavailableError extends Error {
    override readonly name = "CommercetoolsUnavailableError";
}

interface CurrentCustomer {
    /** Grows with every change. */
    readonly version: number;
    /** ISO 8601 */
    readonly lastModifiedAt: string;
    readonly value: JsonObject;
}

interface Token {
    readonly text: string;
    /** Milliseconds since 1970 */
    readonly until: number;
}

/** Reads customers from the API of commercetools. Errors contain neither secrets nor personal data. */
export class CommercetoolsApi {
    readonly #account: CommercetoolsAccount;
    readonly #patienceMs: number;
    readonly #now: () => number;
    #token: Token | undefined;

    /** @param patienceMs time limit for one customer, including the token. */
    constructor(account: CommercetoolsAccount, patienceMs = 6000, now: () => number = Date.now) {
        this.#account = account;
        this.#patienceMs = patienceMs;
        this.#now = now;
    }

    get projectKey(): string {
        return this.#account.projectKey;
    }

    /** Undefined if the API answers 404. Throws CommercetoolsUnavailableError. */
    async customer(id: string): Promise<CurrentCustomer | undefined> {
        const signal = AbortSignal.timeout(this.#patienceMs);
        const known = this.#token !== undefined;
        let response = await this.#get(id, signal);
        if (response.status === 401 && known) {
            // The token may be revoked.
            this.#token = undefined;
            response = await this.#get(id, signal);
        }
        if (response.status === 404) return undefined;
        if (response.status !== 200) throw new CommercetoolsUnavailableError(`the API answered ${response.status}`);
        return currentIn(await jsonOf(response));
    }

    async #get(id: string, signal: AbortSignal): Promise<Response> {
        const { projectKey, apiUrl } = this.#account;
        const url = below(apiUrl, `${encodeURIComponent(projectKey)}/customers/${encodeURIComponent(id)}`);
        return request(url, { headers: { authorization: `Bearer ${await this.#bearer(signal)}` }, signal });
    }

    /** https://docs.commercetools.com/api/authorization#client-credentials-flow */
    async #bearer(signal: AbortSignal): Promise<string> {
        if (this.#token !== undefined && this.#now() < this.#token.until) return this.#token.text;
        const { authUrl, clientId, clientSecret } = this.#account;
        const response = await request(below(authUrl, "oauth/token"), {
            method: "POST",
            headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
            body: new URLSearchParams({ grant_type: "client_credentials" }),
            signal,
        });
        if (response.status !== 200) throw new CommercetoolsUnavailableError(`no token: answered ${response.status}`);
        const { access_token: text, expires_in: seconds } = await jsonOf(response);
        if (typeof text !== "string" || typeof seconds !== "number") {
            throw new CommercetoolsUnavailableError("no token in the answer");
        }
        // A minute of safety.
        this.#token = { text, until: this.#now() + (seconds - 60) * 1000 };
        return text;
    }
}

const below = (base: URL, path: string) => new URL(`${base.href.replace(/\/$/, "")}/${path}`);

async function request(url: URL, init: RequestInit): Promise<Response> {
    return fetch(url, { ...init, redirect: "error" }).catch((error: unknown) => {
        throw new CommercetoolsUnavailableError(`no answer: ${error instanceof Error ? error.name : "unknown"}`);
    });
}

/** Without the parser's error as cause, which quotes the response. */
async function jsonOf(response: Response): Promise<JsonObject> {
    const value: unknown = await response.json().catch(() => undefined);
    if (!isJsonObject(value)) throw new CommercetoolsUnavailableError("the answer is no JSON object");
    return value;
}

function currentIn(value: JsonObject): CurrentCustomer {
    const { version, lastModifiedAt } = value;
    if (typeof version !== "number" || typeof lastModifiedAt !== "string" || Number.isNaN(Date.parse(lastModifiedAt))) {
        throw new CommercetoolsUnavailableError("the answer is no customer");
    }
    return { version, lastModifiedAt, value };
}
