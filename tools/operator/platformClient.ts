import { randomUUID } from "node:crypto";
import { contentDigest, isDigestOf } from "../../runtime/shared/signing/digest.ts";
import type { Jwk } from "../../runtime/shared/signing/jwk.ts";
import { type Signer, signatureHeaders } from "../../runtime/shared/signing/sign.ts";
import { signedBy } from "../../runtime/shared/signing/verify.ts";

/** What of the merchant's profile is used. */
interface MerchantProfile {
    readonly ucp: {
        readonly version: string;
        readonly services: Readonly<
            Record<string, readonly { readonly transport: string; readonly endpoint: string }[]>
        >;
    };
    readonly signing_keys: readonly Jwk[];
}

export interface MerchantAnswer {
    readonly status: number;
    // biome-ignore lint/suspicious/noExplicitAny: each caller knows what it asked for
    readonly json: any;
    /** Why the answer is not proven to be the merchant's; undefined if it is, or if no proof was asked for. */
    readonly fault?: string;
}

/** A platform of UCP: signs its requests, or has an API key that is bound to its profile, and checks signed answers. */
export class PlatformClient {
    readonly #api: string;
    readonly #profile: string;
    readonly #proof: Signer | { readonly apiKey: string };
    readonly #fetch: (url: string, init: RequestInit) => Promise<Response>;
    #merchant: Promise<MerchantProfile> | undefined;

    /** @param api where the shop's profile is @param profile the URL of the platform's own */
    constructor(
        api: string,
        profile: string,
        proof: Signer | { readonly apiKey: string },
        send: (url: string, init: RequestInit) => Promise<Response> = fetch,
    ) {
        this.#fetch = send;
        this.#api = api;
        this.#profile = profile;
        this.#proof = proof;
    }

    /** As the shop publishes it. A rotated key is found by a new client. */
    merchant(): Promise<MerchantProfile> {
        this.#merchant ??= this.#discovered();
        return this.#merchant;
    }

    /** @param path below the version's endpoint: `/checkout-sessions` */
    async rest(method: string, path: string, body?: object, key: string = randomUUID()): Promise<MerchantAnswer> {
        const endpoint = await this.#endpoint("rest");
        return await this.#send(method, `${endpoint}${path}`, body, method === "GET" ? {} : { "idempotency-key": key });
    }

    /** The content of the tool's result, or its error. */
    async tool(name: string, args: object, key: string = randomUUID()): Promise<MerchantAnswer> {
        const meta = { "ucp-agent": { profile: this.#profile }, "idempotency-key": key };
        const params = { name, arguments: { meta, ...args } };
        const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params };
        const answer = await this.#send("POST", await this.#endpoint("mcp"), message, {});
        const { result, error } = answer.json;
        return { ...answer, json: result?.structuredContent ?? error };
    }

    async #discovered(): Promise<MerchantProfile> {
        const response = await this.#fetch(`${this.#api}/.well-known/ucp`, { redirect: "error" });
        if (!response.ok) throw new Error(`${this.#api}/.well-known/ucp answers ${response.status}`);
        return (await response.json()) as MerchantProfile;
    }

    async #endpoint(transport: string): Promise<string> {
        const { ucp } = await this.merchant();
        const found = ucp.services["dev.ucp.shopping"]?.find((service) => service.transport === transport);
        if (found === undefined) throw new Error(`the profile of ${this.#api} has no endpoint for ${transport}`);
        return found.endpoint;
    }

    async #send(method: string, url: string, body: object | undefined, more: Readonly<Record<string, string>>) {
        const text = body && JSON.stringify(body);
        const headers = {
            "ucp-agent": `profile="${this.#profile}"`,
            ...(text !== undefined && { "content-type": "application/json" }),
            ...more,
        };
        const proof = await this.#proven(method, new URL(url), headers, text);
        const response = await this.#fetch(url, {
            method,
            redirect: "error",
            headers: { accept: "application/json", ...headers, ...proof },
            ...(text !== undefined && { body: text }),
        });
        const answer = await response.text();
        const fault = await this.#faultOf(response, answer);
        return { status: response.status, json: JSON.parse(answer), ...(fault !== undefined && { fault }) };
    }

    async #proven(method: string, url: URL, headers: Readonly<Record<string, string>>, body: string | undefined) {
        if ("apiKey" in this.#proof) return { "x-api-key": this.#proof.apiKey };
        const digest: Record<string, string> =
            body === undefined ? {} : { "content-digest": contentDigest(Buffer.from(body)) };
        const signed = { ...headers, ...digest };
        const query = url.search.slice(1);
        const target = { method, authority: url.host, path: url.pathname, query };
        const names = ["@method", "@authority", "@path", ...(query === "" ? [] : ["@query"]), ...Object.keys(signed)];
        return {
            ...digest,
            ...(await signatureHeaders({ headers: signed, target }, names, this.#proof, Date.now())),
        };
    }

    /** Refusals of the protocol, before which nothing was done, are not signed. */
    async #faultOf({ status, headers: sent }: Response, body: string): Promise<string | undefined> {
        if ("apiKey" in this.#proof || status >= 400) return undefined;
        const headers = Object.fromEntries(sent);
        if (!isDigestOf(headers["content-digest"] ?? "", Buffer.from(body))) return "Content-Digest is not of the body";
        const required = ["@status", "content-digest", "content-type"];
        const { signing_keys: keys } = await this.merchant();
        const signed = signedBy({ headers, status }, { keys, required, now: Date.now() });
        return "code" in signed ? signed.reason : undefined;
    }
}
