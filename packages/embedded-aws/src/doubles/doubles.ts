import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Site } from "../http/server.ts";
import type { TaskQueue } from "../taskQueue.ts";
import type { Waits } from "../waits.ts";

/** Where the doubles are, below the address of the cloud: each at its name. */
export const doublesPath = "/_local/doubles";

/** How a double answers one kind of request. */
export interface DoubleRoute extends DoubleAnswer {
    readonly method: string;
    /** Below the double's address: `/v1/batch`, or with `*` for any one segment `/v1/items/*`. */
    readonly path: string;
}

/** A request to a double. */
export interface DoubleRequest {
    readonly method: string;
    /** Below the double's address, with the query. */
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
}

export interface DoubleAnswer {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** Sent as JSON; absent for none. */
    readonly body?: unknown;
}

/** A double of a service whose answers depend on what was before. */
export interface Double {
    answer(request: DoubleRequest): Promise<DoubleAnswer>;
    /** Lets no answer wait any longer. */
    close(): void;
}

/** What doubles may be made with. */
export interface DoubleServices {
    /** What a double remembers there survives the cloud. */
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
}

/** The doubles by their names: one of its own, or routes, of which the first that fits answers. */
export type DoubleDefinitions = Readonly<Record<string, Double | readonly DoubleRoute[]>>;

/** A request that came to a double. */
interface ReceivedRequest {
    /** ISO 8601 */
    readonly at: string;
    readonly method: string;
    /** Below the double's address, with the query. */
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    /** The value, where it is JSON; else the text. */
    readonly body: unknown;
    /** How it was answered. */
    readonly status: number;
}

/** Stand-ins for services on the internet: each answers as configured and keeps the requests. */
export class Doubles implements Site {
    readonly #doubles: ReadonlyMap<string, Double>;
    readonly #received = new Map<string, ReceivedRequest[]>();
    readonly #remembered: number;

    /** @param remembered how many requests of each double are remembered, the last ones. */
    constructor(definitions: DoubleDefinitions, remembered = 1000) {
        this.#doubles = new Map(
            Object.entries(definitions).map(([name, double]) => [
                name,
                "answer" in double ? double : new FixedAnswers(name, double),
            ]),
        );
        this.#remembered = remembered;
    }

    accepts({ url = "/" }: IncomingMessage): boolean {
        return url.startsWith(`${doublesPath}/`);
    }

    async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
        const { method = "GET", url = "/", headers } = message;
        const [, name = "", path = ""] = /^\/([^/?]*)(.*)$/.exec(url.slice(doublesPath.length)) ?? [];
        const double = this.#doubles.get(name);
        if (double === undefined) {
            send(response, 404, {}, { message: `no double ${name}`, doubles: [...this.#doubles.keys()] });
            return;
        }
        const body = await text(message);
        const at = new Date().toISOString();
        const answer = await double.answer({ method, path, headers, body });
        const { status } = answer;
        this.#remember(name, { at, method, path, headers, body: jsonOrText(body), status });
        send(response, status, answer.headers ?? {}, answer.body);
    }

    /** Lets no answer wait any longer. */
    close(): void {
        for (const double of this.#doubles.values()) double.close();
    }

    /**
     * What the doubles were asked, the newest last, by their names.
     * @param name of the only one that is wanted.
     */
    received(name?: string): Record<string, readonly ReceivedRequest[]> {
        const wanted = [...this.#doubles.keys()].filter((each) => name === undefined || each === name);
        return Object.fromEntries(wanted.map((each) => [each, this.#received.get(each) ?? []]));
    }

    #remember(name: string, request: ReceivedRequest): void {
        this.#received.set(name, [...(this.#received.get(name) ?? []), request].slice(-this.#remembered));
    }
}

/** A double whose answers are always the same. */
class FixedAnswers implements Double {
    readonly #name: string;
    readonly #routes: readonly DoubleRoute[];

    constructor(name: string, routes: readonly DoubleRoute[]) {
        this.#name = name;
        this.#routes = routes;
    }

    async answer({ method, path }: DoubleRequest): Promise<DoubleAnswer> {
        const route = this.#routes.find((candidate) => fits(candidate, method, path));
        const message = `the double ${this.#name} does not answer ${method} ${path}`;
        return route ?? { status: 404, body: { message } };
    }

    close(): void {}
}

function fits(route: DoubleRoute, method: string, path: string): boolean {
    const wanted = route.path.split("/");
    const [given = ""] = path.split("?");
    const segments = given.split("/");
    if (route.method !== method || wanted.length !== segments.length) return false;
    return wanted.every((segment, index) => segment === "*" || segment === segments[index]);
}

function jsonOrText(body: string): unknown {
    try {
        return JSON.parse(body);
    } catch {
        return body;
    }
}

function send(
    response: ServerResponse,
    status: number,
    headers: Readonly<Record<string, string>>,
    body: unknown,
): void {
    if (body === undefined) {
        response.writeHead(status, headers).end();
        return;
    }
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
