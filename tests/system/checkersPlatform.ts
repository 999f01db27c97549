import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { contentDigest } from "../../runtime/shared/signing/digest.ts";
import { type Signer, signatureHeaders } from "../../runtime/shared/signing/sign.ts";
import { ask } from "./client.ts";
import { address, buyer } from "./shopping.ts";

const hopByHop = /^(host|connection|content-length|transfer-encoding|accept-encoding|keep-alive)$/;

/**
 * The platform in whose name a checker asks a shop: a checker signs nothing, and names neither a buyer nor more of an address
 * than its country. Stands between the two, and names itself as the shop's endpoints. What a checker has signed passes as
 * it is, and so do all answers.
 */
export class CheckersPlatform {
    readonly #shop: string;
    readonly #signer: Signer;
    readonly #server: Server;

    constructor(shop: string, signer: Signer) {
        this.#shop = shop;
        this.#signer = signer;
        this.#server = createServer((request, response) => {
            this.#pass(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
        });
    }

    async start(): Promise<void> {
        await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    }

    stop(): void {
        this.#server.close();
        this.#server.closeAllConnections();
    }

    get url(): string {
        const place = this.#server.address();
        if (place === null || typeof place === "string") throw new Error("it does not listen");
        return `http://127.0.0.1:${place.port}`;
    }

    async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method = "GET", url: path = "/" } = request;
        const sent = Object.fromEntries(
            Object.entries(request.headers).flatMap(([name, value]) =>
                hopByHop.test(name) || value === undefined ? [] : [[name, String(value)]],
            ),
        );
        const isSigned = sent["signature"] !== undefined;
        const body = isSigned ? await buffer(request) : completed(path, await buffer(request));
        const headers = isSigned ? sent : await this.#signed(method, path, sent, body);
        const init = { method, headers, redirect: "manual" as const };
        const answer = await ask(
            `${this.#shop}${path}`,
            body.length > 0 ? { ...init, body: new Uint8Array(body) } : init,
        );
        const text = await answer.text();
        const told = Object.fromEntries([...answer.headers].filter(([name]) => !hopByHop.test(name)));
        const isProfile = path.startsWith("/.well-known/");
        response.writeHead(answer.status, told).end(isProfile ? text.replaceAll(this.#shop, this.url) : text);
    }

    async #signed(method: string, path: string, sent: Readonly<Record<string, string>>, body: Buffer) {
        const { host: authority } = new URL(this.#shop);
        const { pathname, search } = new URL(path, this.#shop);
        const isEmpty = body.length === 0;
        const { "content-type": type, ...others } = sent;
        const headers: Record<string, string> = {
            ...others,
            ...(!isEmpty && { "content-type": type ?? "application/json", "content-digest": contentDigest(body) }),
        };
        const target = { method, authority, path: pathname, query: search.slice(1) };
        const names = [
            ...["@method", "@authority", "@path", ...(search === "" ? [] : ["@query"])],
            ...["ucp-agent", "idempotency-key", "content-digest", "content-type"].filter((name) => name in headers),
        ];
        // Two requests that are alike within a second are two.
        headers["x-request"] = randomUUID();
        return {
            ...headers,
            ...(await signatureHeaders({ headers, target }, [...names, "x-request"], this.#signer, Date.now())),
        };
    }
}

/** A checkout with what the order of a real buyer needs. */
function completed(path: string, body: Buffer): Buffer {
    if (!/\/checkout-sessions(\/[^/]+)?$/.test(path) || body.length === 0) return body;
    let checkout: unknown;
    try {
        checkout = JSON.parse(body.toString());
    } catch {
        return body;
    }
    if (typeof checkout !== "object" || checkout === null || Array.isArray(checkout)) return body;
    const { fulfillment, ...others } = checkout as { readonly fulfillment?: { readonly methods?: readonly object[] } };
    const destination = {
        first_name: "Ada",
        last_name: "Lovelace",
        street_address: address.line_one,
        address_locality: address.city,
        address_region: address.state,
        postal_code: address.postal_code,
    };
    const asked = fulfillment ?? {
        methods: [{ type: "shipping", destinations: [{ address_country: "US" }], ...standard }],
    };
    const methods = asked.methods?.map((method) => {
        const { destinations = [] } = method as { readonly destinations?: readonly object[] };
        return { ...method, destinations: destinations.map((one) => ({ ...destination, ...one })) };
    });
    return Buffer.from(JSON.stringify({ buyer, ...others, fulfillment: { ...asked, ...(methods && { methods }) } }));
}

const standard = { groups: [{ id: "shipping", selected_option_id: "shipping_standard" }] };
