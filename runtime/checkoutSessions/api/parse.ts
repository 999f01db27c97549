import type { ValidateFunction } from "ajv";
import {
    rules,
    validateCancelSessionRequest,
    validateCheckoutSessionCompleteRequest,
    validateCheckoutSessionCreateRequest,
    validateCheckoutSessionUpdateRequest,
} from "../../../spec/generated/checkout.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import { bodyOf, type HttpRequest, header, isJson, jsonIn } from "../../shared/http.ts";
import { largestMessage } from "../../shared/message.ts";
import { jsonPathOf, validationErrorsOf } from "../../shared/validationErrors.ts";
import type { Call, ChangeCommand, CompleteCommand, Holder, Scope } from "../domain/call.ts";
import { type CommandRefused, invalid, keyRequired, notJson, tooLarge } from "../domain/problem.ts";
import type {
    CancelRequest,
    CompleteRequest,
    CreateRequest,
    ProtocolVersion,
    UpdateRequest,
} from "../domain/protocol.ts";
import { unstorableIn } from "../domain/storable.ts";
import { longTextIn } from "./texts.ts";

/** The validators of a body by protocol version. One object per route, so that a bundle contains only its own. */
type Bodies<Body> = Readonly<Record<ProtocolVersion, ValidateFunction<Body>>>;

const creates: Bodies<CreateRequest> = { "2026-04-17": validateCheckoutSessionCreateRequest };
const updates: Bodies<UpdateRequest> = { "2026-04-17": validateCheckoutSessionUpdateRequest };
const cancels: Bodies<CancelRequest> = { "2026-04-17": validateCancelSessionRequest };
const completes: Bodies<CompleteRequest> = { "2026-04-17": validateCheckoutSessionCompleteRequest };

export function createIn(request: HttpRequest, call: Call): ChangeCommand | CommandRefused {
    const post = postIn(request, call, creates);
    return "problem" in post ? post : { name: "create", ...call, ...post };
}

export function updateIn(request: HttpRequest, call: Call): ChangeCommand | CommandRefused {
    const post = postIn(request, call, updates);
    return "problem" in post ? post : { name: "update", sessionId: sessionIdIn(request) ?? "", ...call, ...post };
}

export function cancelIn(request: HttpRequest, call: Call): ChangeCommand | CommandRefused {
    const post = postIn(request, call, cancels);
    return "problem" in post ? post : { name: "cancel", sessionId: sessionIdIn(request) ?? "", ...call, ...post };
}

export function completeIn(request: HttpRequest, call: Call, holder: Holder): CompleteCommand | CommandRefused {
    const post = postIn(request, call, completes);
    if ("problem" in post) return post;
    return { name: "complete", sessionId: sessionIdIn(request) ?? "", holder, ...call, ...post };
}

export const sessionIdIn = ({ pathParameters }: HttpRequest): string | undefined => pathParameters?.["id"];

/** The validated body and key of a POST. An absent body counts as `{}` if no member is required. */
function postIn<Body>(
    request: HttpRequest,
    { version, callerId }: Call,
    bodies: Bodies<Body>,
): { readonly body: Body; readonly scope: Scope } | CommandRefused {
    const key = header(request, "idempotency-key");
    if (key === undefined || !/^[ -~]{1,255}$/.test(key)) return { problem: keyRequired() };

    const bytes = bodyOf(request);
    if (bytes.length > largestMessage) {
        return { problem: tooLarge(`the body has ${bytes.length} bytes, more than ${largestMessage}`) };
    }
    if (bytes.length > 0 && !isJson(request)) return { problem: notJson() };
    const body = bytes.length === 0 ? {} : jsonIn(bytes);
    if (body === undefined) return { problem: invalid("the body is not JSON in UTF-8", "$") };
    const validate = bodies[version];
    if (!validate(body)) {
        const [fault] = validationErrorsOf(validate.errors, rules);
        return { problem: invalid(fault?.detail ?? "is not allowed", paramOf(fault?.pointer ?? "")) };
    }
    const unusable = unstorableIn(body) ?? longTextIn(body);
    if (unusable !== undefined) return { problem: invalid(unusable.detail, paramOf(unusable.pointer)) };

    // Not the raw path, which begins with the name of the stage.
    const recordId = fingerprint([callerId, request.routeKey, sessionIdIn(request) ?? null, key]);
    return { body, scope: { recordId, fingerprint: fingerprint(body) } };
}

/** Shortened: a client's member name may be as long as the body. */
const paramOf = (pointer: string): string => jsonPathOf(pointer.slice(0, 200));
