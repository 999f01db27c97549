import { createPrivateKey, X509Certificate } from "node:crypto";
import type { components } from "../../../spec/generated/webhooks.types.ts";
import { type Allowed, addressProblem } from "../../shared/destination.ts";
import type { ValidationError } from "../../shared/validationErrors.ts";
import type { Credentials, Endpoint, ShownAuth } from "./endpoint.ts";
import { schedules } from "./schedules.ts";
import type { Sealing } from "./sealing.ts";

/** Members of requests about destination, credentials, retries and payload. */
type Options = Pick<
    components["schemas"]["EndpointChange"],
    "auth" | "destination" | "headers" | "payload" | "retentionDays" | "schedule" | "timeoutSeconds" | "url"
>;
type Kept = Pick<Endpoint, "auth" | "destination" | "headerNames" | "kind" | "retentionDays" | "schedule">;

const day = 24 * 60 * 60;
const keptDays = 30;
const longestSchedule = 14 * day;

/** Contradictions that the schema cannot express. @param before absent for a new endpoint */
export async function optionErrors(
    options: Options,
    kind: Endpoint["kind"],
    allow: Allowed,
    before?: Kept,
): Promise<ValidationError[]> {
    const { auth, url } = options;
    const places: [pointer: string, url: string | undefined][] = [
        ["/url", url],
        ["/auth/tokenUrl", auth?.type === "oauth2" ? auth.tokenUrl : undefined],
    ];
    const problems = await Promise.all(
        places.map(async ([pointer, place]) => {
            const detail = place === undefined ? undefined : await addressProblem(place, { allow });
            return detail === undefined ? [] : [{ pointer, detail }];
        }),
    );
    return [
        ...problems.flat(),
        ...destinationErrors(options, kind, before),
        ...authErrors(options, before),
        ...scheduleErrors(options, before),
        ...(kind === "acp" && options.payload === "thin"
            ? [{ pointer: "/payload", detail: "must be full for an endpoint of the kind acp" }]
            : []),
    ];
}

function destinationErrors(options: Options, kind: Endpoint["kind"], before: Kept | undefined): ValidationError[] {
    const { destination, url } = options;
    if (before === undefined && url === undefined && destination === undefined)
        return [{ pointer: "/url", detail: "is required without a destination" }];
    const isAws = destination !== undefined || before?.destination !== undefined;
    if (!isAws) return [];
    const only = ["url", "auth", "headers", "timeoutSeconds"] as const;
    const needless = only.filter((name) => options[name] !== undefined && options[name] !== null);
    const errors = needless.map((name) => ({ pointer: `/${name}`, detail: "is of endpoints with a URL alone" }));
    if (kind === "acp")
        errors.push({ pointer: "/destination", detail: "must be absent for an endpoint of the kind acp" });
    if (destination === undefined) return errors;
    if (before !== undefined && before.destination === undefined)
        errors.push({ pointer: "/destination", detail: "is of endpoints that were registered with one" });
    const arn = arnOf(destination);
    if (arn.split(":")[4] !== destination.roleArn.split(":")[4])
        errors.push({ pointer: "/destination/roleArn", detail: "must be of the destination's account" });
    return errors;
}

/** The ARN that events go to. */
function arnOf(destination: NonNullable<Endpoint["destination"]>): string {
    switch (destination.type) {
        case "sqs":
            return destination.queueArn;
        case "eventbridge":
            return destination.busArn;
    }
}

function authErrors({ auth, headers }: Options, before: Kept | undefined): ValidationError[] {
    const names = headers === undefined ? (before?.headerNames ?? []) : Object.keys(headers);
    const own = names.find((name) => name.toLowerCase() === "authorization");
    const type = auth === undefined ? before?.auth?.type : auth?.type;
    if (own !== undefined && (type === "basic" || type === "oauth2"))
        return [{ pointer: headers === undefined ? "/auth" : `/headers/${own}`, detail: "auth sets Authorization" }];
    return auth?.type === "mtls" ? certificateErrors(auth) : [];
}

function certificateErrors({ certificate, key }: Extract<Credentials, { type: "mtls" }>): ValidationError[] {
    try {
        const parsed = new X509Certificate(certificate);
        if (parsed.validToDate.getTime() < Date.now()) return [{ pointer: "/auth/certificate", detail: "has expired" }];
        if (parsed.checkPrivateKey(createPrivateKey(key))) return [];
        return [{ pointer: "/auth/key", detail: "is not the certificate's" }];
    } catch {
        return [{ pointer: "/auth", detail: "must have a certificate and its key in PEM, without a passphrase" }];
    }
}

function scheduleErrors(options: Options, before: Kept | undefined): ValidationError[] {
    const seconds = secondsOf(options.schedule) ?? before?.schedule ?? schedules.standard;
    const total = seconds.reduce((sum, one) => sum + one, 0);
    if (total > longestSchedule) return [{ pointer: "/schedule", detail: "must not take more than 14 days in all" }];
    const days = options.retentionDays ?? before?.retentionDays ?? keptDays;
    const pointer = options.retentionDays === undefined ? "/schedule" : "/retentionDays";
    return total >= days * day
        ? [{ pointer, detail: "deliveries must be kept for longer than their schedule takes" }]
        : [];
}

const secondsOf = (schedule: Options["schedule"]): readonly number[] | undefined =>
    typeof schedule === "string" ? schedules[schedule] : schedule;

/** What the endpoint keeps of it. */
export function keptOptions(options: Options, endpointId: string, sealing: Sealing) {
    const { auth, destination, payload, retentionDays, timeoutSeconds } = options;
    const schedule = secondsOf(options.schedule);
    return {
        ...(destination !== undefined && { destination, url: arnOf(destination) }),
        ...(auth && { auth: shownAuth(auth), sealedAuth: sealing.seal(JSON.stringify(auth), endpointId) }),
        ...(schedule !== undefined && { schedule }),
        ...(payload !== undefined && { payload }),
        ...(retentionDays !== undefined && { retentionDays }),
        ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    };
}

function shownAuth(auth: Credentials): ShownAuth {
    switch (auth.type) {
        case "basic":
            return { type: auth.type, username: auth.username };
        case "oauth2": {
            const { type, tokenUrl, clientId, scope } = auth;
            return { type, tokenUrl, clientId, ...(scope !== undefined && { scope }) };
        }
        case "mtls": {
            const { subject, validToDate } = new X509Certificate(auth.certificate);
            return { type: auth.type, subject, validTo: validToDate.toISOString() };
        }
    }
}

/** Without secrets. */
export function shownOptions({
    endpointId,
    destination,
    auth,
    schedule,
    timeoutSeconds,
    payload,
    retentionDays,
}: Endpoint): Partial<components["schemas"]["Endpoint"]> {
    return {
        ...(destination !== undefined && { destination: { ...destination, externalId: endpointId } }),
        ...(auth !== undefined && { auth }),
        ...(schedule !== undefined && { schedule: [...schedule] }),
        ...(timeoutSeconds !== undefined && { timeoutSeconds }),
        ...(payload !== undefined && { payload }),
        ...(retentionDays !== undefined && { retentionDays }),
    };
}
