import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";

/** Beginning of a response that Node.js cannot parse. */
export interface RawAnswer {
    readonly httpStatus: number;
    /** Names in lower case. */
    readonly headers: ReadonlyMap<string, string>;
}

/** Bytes kept of a response until its headers are parsed. */
const mostBytes = 8192;

/**
 * Keeps the first bytes of the response until Node.js has parsed its headers: a status line that came is the answer,
 * whatever the framing after it.
 */
export class FirstBytes {
    #text = "";
    readonly #stop: () => void;

    constructor(request: ClientRequest) {
        let socket: Socket | undefined;
        const keep = (chunk: Buffer) => {
            if (this.#text.length < mostBytes) this.#text += chunk.toString("latin1", 0, mostBytes);
        };
        this.#stop = () => socket?.removeListener("data", keep);
        request.once("socket", (assigned) => {
            socket = assigned;
            // Before Node.js's own listener, which emits its parser's errors at once.
            assigned.prependListener("data", keep);
        });
        request.once("close", this.#stop);
    }

    stop(): void {
        this.#stop();
    }

    /** Undefined without a complete status line. */
    get answer(): RawAnswer | undefined {
        return rawAnswerIn(this.#text);
    }
}

/** Interim responses (1xx) precede the answer, except 101, after which no HTTP comes. */
function rawAnswerIn(text: string): RawAnswer | undefined {
    const [statusLine, status] = /^HTTP\/\d(?:\.\d)? +(\d{3})(?: [^\n]*)?\r?\n/.exec(text) ?? [];
    if (statusLine === undefined) return undefined;
    const rest = text.slice(statusLine.length);
    const httpStatus = Number(status);
    const [head = "", end] = rest.split(/(?<=^|\n)(\r?\n)/, 2);
    if (httpStatus >= 200 || httpStatus === 101) return { httpStatus, headers: headersIn(head) };
    return end === undefined ? undefined : rawAnswerIn(rest.slice(head.length + end.length));
}

function headersIn(head: string): Map<string, string> {
    const lines = head.split(/\r?\n/).flatMap((line): [string, string][] => {
        const [, name, value = ""] = /^([\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
        return name === undefined ? [] : [[name.toLowerCase(), value]];
    });
    return new Map(lines);
}
