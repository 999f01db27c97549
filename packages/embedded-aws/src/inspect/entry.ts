/** One thing that happened in the cloud, for `/_local/trace` and the terminal. */
export interface TraceEntry {
    /** Milliseconds since the epoch. */
    readonly time: number;
    readonly what:
        | "request"
        | "response"
        | "call"
        | "denied"
        | "event"
        | "delivery"
        | "invocation"
        | "log"
        | "failure"
        /** Something that was accepted will be seen by nobody: no target, no dead-letter queue took it. */
        | "dropped"
        | "mail";
    /** Name of the route, function, queue, rule or topic. */
    readonly where: string;
    /** One readable sentence or JSON text; searched for the correlation id. */
    readonly text: string;
    readonly durationMs?: number;
    readonly requestId?: string;
    /** Name of the log group that it is a line of. */
    readonly logGroup?: string;
}

export type Trace = (entry: TraceEntry) => void;
