import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { projectKey } from "./customers.ts";
import { LocalServer } from "./server.ts";

/** The API of commercetools on this machine, with its token endpoint below `/auth`. */
export class CommercetoolsServer extends LocalServer {
    readonly customers = new Map<string, object>();
    /** `POST /auth/oauth/token`, `GET /demo/customers/<id>` */
    readonly requests: string[] = [];
    /** How the next requests for customers are answered, one each. */
    readonly mishaps: number[] = [];
    /** How every request for a token is answered, when not with one. */
    refusal: number | undefined;
    #token = 0;

    get account() {
        const { url } = this;
        const client = { clientId: "client-1", clientSecret: "client-secret-1" };
        return { projectKey, ...client, apiUrl: url, authUrl: `${url}/auth` };
    }

    reset(): void {
        this.customers.clear();
        this.requests.length = 0;
        this.mishaps.length = 0;
        this.refusal = undefined;
    }

    /** No token that was given out is taken any more. */
    revokeTokens(): void {
        this.#token += 1;
    }

    protected override async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method, url = "", headers } = request;
        const body = await text(request);
        this.requests.push(`${method} ${url}`);
        const send = (status: number, value: object) => {
            response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
        };
        if (url === "/auth/oauth/token") {
            const basic = `Basic ${Buffer.from("client-1:client-secret-1").toString("base64")}`;
            const isRight = headers.authorization === basic && body === "grant_type=client_credentials";
            if (this.refusal !== undefined || !isRight) send(this.refusal ?? 401, { error: "invalid_client" });
            else send(200, { access_token: `token-${this.#token}`, expires_in: 172_800, token_type: "Bearer" });
            return;
        }
        const mishap = this.mishaps.shift();
        if (mishap !== undefined) send(mishap, { message: "johndoe@example.com" });
        else if (headers.authorization !== `Bearer token-${this.#token}`) send(401, { error: "invalid_token" });
        else {
            const [, id = ""] = new RegExp(`^/${projectKey}/customers/([\\w-]+)$`).exec(url) ?? [];
            const customer = this.customers.get(id);
            if (customer) send(200, customer);
            else send(404, { message: "not found" });
        }
    }
}
