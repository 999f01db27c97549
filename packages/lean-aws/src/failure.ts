import { decorateServiceException, type ServiceException } from "@smithy/core/client";
import { decodeBytes, hasBytes, type JsonObject, parsed } from "./json.ts";
import type { HttpAnswer } from "./transport.ts";

/** The exceptions of a service: the SDK's own classes. */
export interface Exceptions {
    /** Of what is not among the others. */
    readonly base: new (
        options: Options,
    ) => ServiceException;
    readonly byName: Readonly<Record<string, new (options: never) => ServiceException>>;
    /** Names that the service's older protocol has for exceptions, which services with an older protocol answer. */
    readonly queryNames?: Readonly<Record<string, string>>;
}

type Options = ConstructorParameters<typeof ServiceException>[0];

/** Of a response, as outputs and exceptions have it. */
interface Metadata {
    readonly httpStatusCode: number;
    readonly requestId?: string;
    readonly extendedRequestId?: string;
    readonly cfId?: string;
    attempts?: number;
    totalRetryDelay?: number;
    clockSkewCorrected?: true;
}

export function metadataOf({ statusCode, headers }: HttpAnswer): Metadata {
    const requestId = headers["x-amzn-requestid"] ?? headers["x-amzn-request-id"] ?? headers["x-amz-request-id"];
    const { "x-amz-id-2": extendedRequestId, "x-amz-cf-id": cfId } = headers;
    return {
        httpStatusCode: statusCode,
        ...(requestId && { requestId }),
        ...(extendedRequestId && { extendedRequestId }),
        ...(cfId && { cfId }),
    };
}

/** The exception that a response is, with the name and the fields that the SDK gives it. */
export function failureOf(response: HttpAnswer, { base, byName, queryNames }: Exceptions): Error {
    const data = parsed(response.body);
    const isQueryCompatible = queryNames !== undefined;
    if (isQueryCompatible) addQueryError(data, response.headers["x-amzn-query-error"]);
    const code = codeIn(response, data, isQueryCompatible);
    const name = own(queryNames, code) ?? code;
    const message = data["message"] ?? data["Message"] ?? "UnknownError";
    const $metadata = metadataOf(response);
    const Known = own(byName, name);
    if (Known === undefined) {
        const $fault = response.statusCode < 500 ? "client" : "server";
        return decorated(new base({ name, $fault, $metadata }), { ...data, message }, isQueryCompatible);
    }
    if (hasBytes(response.body)) decodeBytes(data);
    // It sets its own name and fault, and copies what it is given.
    return decorated(Object.assign(new Known({} as never), { $metadata, message }), data, isQueryCompatible);
}

/** What an object of names has itself: services choose the name. */
const own = <Value>(names: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined =>
    names !== undefined && Object.hasOwn(names, name) ? names[name] : undefined;

const hint = "to see the raw response, inspect the hidden field {error}.$response on this object.";

/**
 * Adds the response to an error that it is, or that it could not be read with; both are seen by who debugs, and by the
 * strategy of retries.
 */
export function asResponseError(
    error: unknown,
    response: HttpAnswer,
    { clockSkewCorrected }: { readonly clockSkewCorrected: boolean },
): unknown {
    if (!(error instanceof Error)) return error;
    const failure: Error & { $metadata?: Metadata } = error;
    Object.defineProperty(failure, "$response", { value: response, enumerable: false });
    if (failure.$metadata === undefined) {
        failure.message += `\n  Deserialization error: ${hint}`;
        failure.$metadata = metadataOf(response);
    }
    if (clockSkewCorrected) failure.$metadata.clockSkewCorrected = true;
    return failure;
}

/** What follows is what the SDK does for services that had a query protocol before. */
function addQueryError(data: JsonObject, header: string | undefined): void {
    if (header === undefined) return;
    const [Code, Type] = header.split(";");
    const fields = Object.entries(data).map(([name, value]) => [name === "message" ? "Message" : name, value]);
    const { __type, ...error }: JsonObject = { Code, Type, ...Object.fromEntries(fields) };
    Object.assign(data, { Code, Type, Error: error });
}

function decorated(exception: ServiceException, data: JsonObject, isQueryCompatible: boolean): Error {
    const error: ServiceException & { Error?: JsonObject; RequestId?: string } = decorateServiceException(
        exception,
        data,
    );
    if (!isQueryCompatible) return error;
    const { Message: message } = data;
    if (message) error.message = String(message);
    const { Type, Code, ...rest } = error.Error ?? {};
    error.Error = { ...rest, Type, Code, Message: rest["message"] ?? rest["Message"] ?? message };
    const { requestId } = error.$metadata;
    if (requestId) error.RequestId = requestId;
    return error;
}

/** `com.amazonaws.sqs#QueueDoesNotExist:http://…` is QueueDoesNotExist. */
function codeIn({ headers }: HttpAnswer, data: JsonObject, isQueryCompatible: boolean): string {
    const [, code] = Object.entries(data).find(([name]) => name.toLowerCase() === "code") ?? [];
    const { __type: type } = data;
    const header = headers["x-amzn-errortype"];
    const found = isQueryCompatible ? (code ?? header ?? type) : (type ?? code ?? header);
    const [first = ""] = String(found ?? "Unknown").split(/[,:]/, 1);
    return first.includes("#") ? (first.split("#")[1] ?? "") : first;
}
