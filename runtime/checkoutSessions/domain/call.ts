import type { JsonObject } from "../../shared/json.ts";
import type { Log } from "../../shared/log.ts";
import type { CommandRefused } from "./problem.ts";
import type { CancelRequest, CompleteRequest, CreateRequest, Session, UpdateRequest } from "./protocol.ts";

/** An authenticated request, however it came and whichever dialect it speaks. */
export interface Call {
    readonly callerId: string;
    /** The client has the scope `merchant`: it may read all sessions, and go on with those that are handed over. */
    readonly isMerchant: boolean;
    readonly correlationId: string;
    /** The version of the dialect that the client speaks. */
    readonly version: string;
    /** Where the client, which has proven who it is, hears of the order. @default at the endpoints that it has registered */
    readonly orderWebhook?: string;
    readonly log: Log;
}

/** An idempotent call with a valid body. */
interface Post<Body> extends Call {
    readonly body: Body;
    readonly scope: Scope;
}

/** Identity of a POST: the record's id derives from client, operation and key; the fingerprint compares bodies. */
export interface Scope {
    readonly recordId: string;
    readonly fingerprint: string;
}

/** Holder of a completion's lease, which ends at `until` (milliseconds since 1970). */
export interface Holder {
    readonly holder: string;
    readonly until: number;
}

/** The operations with a body. */
export type CommandName = "create" | "update" | "complete" | "cancel";

interface Create extends Post<CreateRequest> {
    readonly name: "create";
    readonly mode?: UpdateMode;
    /** The shop may go on with the session, on a page of its own. */
    readonly handsOver?: true;
}

interface Update extends Post<UpdateRequest> {
    readonly name: "update";
    readonly sessionId: string;
    readonly mode?: UpdateMode;
}

interface ChosenOption {
    /** That of a group's option names the group. */
    readonly id: string;
    /** Ids of lines or products. @default all */
    readonly lines?: readonly string[];
}

/** How a creation or an update is meant, where its body cannot say it. */
export interface UpdateMode {
    /**
     * Fulfilment options, each for those of its lines that it fits. With `replaces` those that are not offered are left
     * out, since a whole cart may repeat what was chosen before.
     */
    readonly options?: readonly ChosenOption[];
    /** The fulfilment details keep name, e-mail address and phone number where the body has none. */
    readonly keepsContact?: true;
    /** The body is the whole cart: what it leaves out is cleared. Lines keep their ids. */
    readonly replaces?: true;
    /**
     * Although it replaces: the fulfilment details stay where the body has none, and so do members that are kept aside,
     * if these of them are as they are here.
     */
    readonly keepsDetails?: Readonly<Record<string, string>>;
    /** A creation of which nothing is in stock is refused, instead of a session that tells so. */
    readonly needsStock?: true;
    /** Members of the client's cart that the domain has no use for; kept one by one, and told to this client alone. */
    readonly aside?: JsonObject;
}

interface Cancel extends Post<CancelRequest> {
    readonly name: "cancel";
    readonly sessionId: string;
}

/** Commands without a payment. */
export type ChangeCommand = Create | Update | Cancel;

export interface CompleteCommand extends Post<CompleteRequest> {
    readonly name: "complete";
    readonly sessionId: string;
    readonly holder: Holder;
    /** A buyer can be asked to authenticate. */
    readonly challenges: boolean;
    /** By the shop: until then the client may pay with something else. */
    readonly handsOver?: true;
    /** Types of credentials that are taken. @default spt */
    readonly credentials?: readonly CredentialType[];
}

/** `spt`: a token that is granted for a purchase. `card_token`: a single-use token of a card. */
export type CredentialType = "spt" | "card_token";

/** What a call results in, for a dialect to tell. */
export type Result =
    | CommandRefused
    | {
          readonly status: number;
          readonly session: Session;
          /** Of its cart (`UpdateMode`). */
          readonly aside?: JsonObject;
      }
    /** Of an operation that no dialect translates. */
    | { readonly status: number; readonly body: object };

/** What carrying out a call gives. */
export type Served =
    | Result
    /** The stored response of an earlier request. */
    | { readonly replay: KeptAnswer };

/** A stored response: a version of a session, something else as JSON text, or an error. */
export type KeptAnswer =
    | { readonly status: number; readonly sessionId: string; readonly version: number }
    | { readonly status: number; readonly content: string }
    | { readonly status: number; readonly body: string };
