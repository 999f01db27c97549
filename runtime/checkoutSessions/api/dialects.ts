import type { ValidateFunction } from "ajv";
import {
    validateCancelSessionRequest,
    validateCheckoutSessionCompleteRequest,
    validateCheckoutSessionCreateRequest,
    validateCheckoutSessionUpdateRequest,
} from "../../../spec/generated/checkout.validators.js";
import {
    type CancelRequest,
    type CompleteRequest,
    type CreateRequest,
    supportedVersions,
    type UpdateRequest,
} from "../domain/protocol.ts";

/** How one version of the protocol is spoken: its requests as ours. Another version is another entry. */
export interface Dialect {
    readonly create: ValidateFunction<CreateRequest>;
    readonly update: ValidateFunction<UpdateRequest>;
    readonly complete: ValidateFunction<CompleteRequest>;
    readonly cancel: ValidateFunction<CancelRequest>;
}

const dialects: Readonly<Record<(typeof supportedVersions)[number], Dialect>> = {
    "2026-04-17": {
        create: validateCheckoutSessionCreateRequest,
        update: validateCheckoutSessionUpdateRequest,
        complete: validateCheckoutSessionCompleteRequest,
        cancel: validateCancelSessionRequest,
    },
};

/** @param version the value of the header API-Version */
export function dialectOf(version: string | undefined): Dialect | undefined {
    const known = supportedVersions.find((supported) => supported === version);
    return known && dialects[known];
}
