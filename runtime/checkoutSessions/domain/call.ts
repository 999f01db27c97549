import type { Log } from "../../shared/log.ts";
import type { CommandRefused } from "./problem.ts";
import type {
    CancelRequest,
    CompleteRequest,
    CreateRequest,
    ProtocolVersion,
    Session,
    UpdateRequest,
} from "./protocol.ts";

/** A call whose caller is known. */
export interface Call {
    readonly callerId: string;
    /** Whether the caller may read everybody's sessions: it has the scope `merchant`. */
    readonly isMerchant: boolean;
    readonly correlationId: string;
    /** The version of the protocol that it speaks. */
    readonly version: ProtocolVersion;
    readonly log: Log;
}

/** A call whose body is what the protocol allows, and which is to have one answer however often it comes. */
interface Post<Body> extends Call {
    readonly body: Body;
    /** Where the answer is kept for this caller, path and key. */
    readonly scope: Scope;
}

/** What makes two POSTs the same request: caller, path and key find the record, the body's fingerprint compares. */
export interface Scope {
    readonly recordId: string;
    readonly fingerprint: string;
}

/** Who works on a completion, until when (milliseconds since 1970). */
export interface Holder {
    readonly holder: string;
    readonly until: number;
}

interface Create extends Post<CreateRequest> {
    readonly name: "create";
}

interface Update extends Post<UpdateRequest> {
    readonly name: "update";
    readonly sessionId: string;
}

interface Cancel extends Post<CancelRequest> {
    readonly name: "cancel";
    readonly sessionId: string;
}

/** What changes a session at once. */
export type ChangeCommand = Create | Update | Cancel;

/** What begins a completion, which takes a payment to end. */
export interface CompleteCommand extends Post<CompleteRequest> {
    readonly name: "complete";
    readonly sessionId: string;
    readonly holder: Holder;
}

/** What a call is answered with. */
export type Served =
    | CommandRefused
    | { readonly status: number; readonly session: Session }
    | { readonly status: number; readonly body: object }
    /** An answer that was given before. */
    | { readonly replay: KeptAnswer };

/** The answer to a request, to be given again: a version of a session, or an error. */
export type KeptAnswer =
    | { readonly status: number; readonly sessionId: string; readonly version: number }
    | { readonly status: number; readonly body: string };
