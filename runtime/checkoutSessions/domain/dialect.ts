import type { CommandName, CredentialType, Result, UpdateMode } from "./call.ts";
import type { CommandRefused } from "./problem.ts";

/**
 * One version of a protocol: what a client of it says as commands, and what becomes of them in its words. Commands and
 * sessions have the vocabulary of ACP 2026-04-17 (`protocol.ts`). Dialects are pure, and know neither transport nor store.
 */
export interface Dialect {
    /** As clients name it: `2026-04-17`. */
    readonly version: string;
    /** A command without an idempotency key is refused; else it gets a key of its own. */
    readonly needsKey: boolean;
    /** A buyer can be asked to authenticate; else a card that needs it is declined. */
    readonly challenges: boolean;
    /** The shop asks the buyer to authenticate, on a page of its own; else the client does. */
    readonly handsOver?: true;
    /** Types of the credentials that its clients pay with. @default spt */
    readonly credentials?: readonly CredentialType[];
    /** A request's body as a command's. The problem is in the vocabulary of commands, too. */
    up(command: CommandName, body: unknown): Raised | CommandRefused;
    /** The answer to a call. */
    down(result: Result): Told;
}

export interface Raised {
    /** In the vocabulary of commands, not validated yet. */
    readonly body: unknown;
    readonly mode?: UpdateMode;
    /** Names of members that the dialect does not know and leaves out. @default none */
    readonly ignored?: readonly string[];
}

/** An answer: of HTTP, or of another transport with the same meaning. */
interface Told {
    readonly status: number;
    readonly body: object;
    readonly headers?: Readonly<Record<string, string>>;
}

/** The dialects of a protocol. */
export interface Dialects {
    /** What is served, oldest first. */
    readonly versions: readonly string[];
    /** For answers to clients whose dialect is unknown. */
    readonly newest: Dialect;
    /** Undefined if it is not served. */
    named(version: string): Promise<Dialect | undefined>;
}
