import type { ApiKeyReader } from "../../shared/apiKeyReader.ts";
import { bodyOf, type HttpAnswer, type HttpRequest, header } from "../../shared/http.ts";
import { type Log, log as ownLog } from "../../shared/log.ts";
import { contentDigest, isDigestOf } from "../../shared/signing/digest.ts";
import type { HttpMessage } from "../../shared/signing/message.ts";
import { type Signer, signatureHeaders } from "../../shared/signing/sign.ts";
import { dictionaryIn, StructuredFieldError } from "../../shared/signing/structured.ts";
import { type SignatureFault, type Signed, signedBy } from "../../shared/signing/verify.ts";
import { capabilitiesInCommon } from "./negotiation.ts";
import { offersOf } from "./offers.ts";
import type { Negotiated, Platform } from "./platform.ts";
import { type PlatformProfile, ProfileError } from "./platformProfile.ts";
import { profileUrlIn } from "./profileFetch.ts";
import type { Profiles } from "./profiles.ts";
import type { UcpSettings } from "./settings.ts";
import { sourceOf } from "./source.ts";

/** A request whose platform is known. Without anything in common it has no capabilities. */
export interface Admitted extends Negotiated {
    /** The request was signed, so the answer is. */
    readonly mustSign: boolean;
    /**
     * The idempotency key of a signed request that has none: one that comes again as it was signed is a replay, which is
     * not carried out again.
     */
    readonly ownKey?: string;
}

/** A protocol error: the request is not looked at further. */
export interface Refusal {
    readonly status: 400 | 401 | 403 | 409 | 422 | 424 | 429 | 503;
    /** `signature_invalid` */
    readonly code: string;
    /** For people. */
    readonly content: string;
    /** Seconds. */
    readonly retryAfter?: number;
}

interface AdmissionParts {
    readonly settings: UcpSettings;
    /** By the URLs of `knownUrl`. */
    readonly profiles: Pick<Profiles, "of" | "renewed">;
    readonly apiKeys: Pick<ApiKeyReader, "callerOf" | "isReadable">;
    readonly signingKeys: { signer(): Promise<Signer> };
    /** The host that platforms send to, by which they sign: a proxy in front of us may send to another one. */
    readonly authority: string;
    /** Milliseconds since 1970. */
    readonly now?: () => number;
}

/** Lets requests of platforms in, and signs the answers to those that were signed. */
export class Admission {
    readonly #parts: AdmissionParts;
    readonly #now: () => number;
    readonly #platforms: ReadonlyMap<string, UcpSettings["platforms"][number]>;

    constructor(parts: AdmissionParts) {
        this.#parts = parts;
        this.#now = parts.now ?? Date.now;
        this.#platforms = new Map(parts.settings.platforms.map((platform) => [knownUrl(platform.profile), platform]));
    }

    /** @param named URL of the platform's profile, as a tool's call names it. @default the header `UCP-Agent` */
    async admit(request: HttpRequest, log: Log, named?: string): Promise<Admitted | Refusal> {
        try {
            const admitted = await this.#admitted(request, this.#profileUrl(request, named));
            if ("code" in admitted) log.info("UCP request refused", { status: admitted.status, code: admitted.code });
            return admitted;
        } catch (error) {
            if (error instanceof ProfileError) {
                log.info("UCP request refused", { code: error.code, error });
                return refusalFor(error);
            }
            log.error("Who sent a UCP request could not be looked up", { error });
            return unavailable("platforms cannot be looked up now: try again in a moment");
        }
    }

    /** Signs the answer to a request that was signed. What is done is told without a signature rather than not at all. */
    async finish(answer: HttpAnswer, { mustSign }: Admitted): Promise<HttpAnswer> {
        if (!mustSign) return answer;
        try {
            return await this.#answerSigned(answer);
        } catch (error) {
            ownLog.error("An answer to a platform could not be signed", { error });
            return answer;
        }
    }

    async #answerSigned(answer: HttpAnswer): Promise<HttpAnswer> {
        const { statusCode: status = 200, body = "", headers = {} } = answer;
        const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
        const digest = body === "" ? {} : { "content-digest": contentDigest(Buffer.from(body)) };
        const whole = { ...Object.fromEntries(texts), ...digest };
        const names = ["@status", ...(body === "" ? [] : ["content-digest", "content-type"])];
        const signer = await this.#parts.signingKeys.signer();
        const signature = await signatureHeaders({ headers: whole, status }, names, signer, this.#now());
        return { ...answer, headers: { ...headers, ...digest, ...signature } };
    }

    async #admitted(request: HttpRequest, profileUrl: string): Promise<Admitted | Refusal> {
        const { trust, versions } = this.#parts.settings;
        const bound = await this.#isBound(request, profileUrl);
        if (typeof bound === "object") return bound;
        const isSigned = header(request, "signature") !== undefined || header(request, "signature-input") !== undefined;
        // Before anything is fetched for a caller without proof.
        if (!bound && !isSigned && trust === "signed") return unsigned;
        const digest = header(request, "content-digest");
        if (digest !== undefined && !isDigestOf(digest, bodyOf(request))) return wrongDigest;
        const profile = await this.#parts.profiles.of(profileUrl, sourceOf(request, this.#parts.settings));
        const signed = isSigned ? await this.#signed(request, profileUrl, profile) : undefined;
        if (signed !== undefined && "code" in signed) return signed;
        if (!versions.includes(profile.version)) return unsupportedVersion(profile.version, versions);
        return {
            version: profile.version,
            platform: this.#platformOf(profileUrl, profile, bound || isSigned),
            capabilities: capabilitiesInCommon(offersOf(profile.version), profile),
            mustSign: isSigned,
            ...(signed && { ownKey: `signed ${signed.digest}` }),
        };
    }

    #profileUrl(request: HttpRequest, named: string | undefined): string {
        const sent = header(request, "ucp-agent");
        const text = sent === undefined ? undefined : agentIn(sent);
        const url = named ?? text;
        if (url === undefined)
            throw new ProfileError("invalid_profile_url", "every request needs UCP-Agent with a profile");
        if (text !== undefined && text !== url) {
            throw new ProfileError("invalid_profile_url", "UCP-Agent and the call name different profiles");
        }
        const known = knownUrl(url);
        // One that the settings name may be of a kind that nothing is fetched from.
        return this.#platforms.has(known) ? known : profileUrlIn(url);
    }

    /** Whether the request has the API key of a client that speaks for the platform. */
    async #isBound(request: HttpRequest, profileUrl: string): Promise<boolean | Refusal> {
        const [, bearer] = /^Bearer +(\S+) *$/i.exec(header(request, "authorization") ?? "") ?? [];
        const key = header(request, "x-api-key") ?? bearer;
        if (key === undefined) return false;
        const caller = await this.#parts.apiKeys.callerOf(key);
        if (caller === undefined) {
            return this.#parts.apiKeys.isReadable
                ? { status: 401, code: "unauthorized", content: "unknown API key" }
                : unavailable("API keys cannot be checked now: try again in a moment");
        }
        const isOurs = this.#platforms.get(profileUrl)?.client === caller.callerId;
        return (isOurs && caller.scopes.includes("checkout")) || notTrusted;
    }

    /** Tried once more with the profile as it is now where the key is not in it. */
    async #signed(request: HttpRequest, url: string, profile: PlatformProfile): Promise<Signed | Refusal> {
        const body = bodyOf(request);
        const message = this.#messageOf(request);
        const required = requiredOf(request, body);
        const check = ({ keys }: PlatformProfile) => signedBy(message, { keys, required, now: this.#now() });
        const first = check(profile);
        const isKeyUnknown = "code" in first && first.code === "key_not_found";
        const { profiles, settings } = this.#parts;
        const renewed = isKeyUnknown ? await profiles.renewed(url, sourceOf(request, settings)) : undefined;
        const signed = renewed === undefined ? first : check(renewed);
        return "code" in signed ? refusedBy(signed) : signed;
    }

    #messageOf({ rawPath, rawQueryString, headers, requestContext }: HttpRequest): HttpMessage {
        const { authority } = this.#parts;
        const { method } = requestContext.http;
        return { headers, target: { method, authority, path: rawPath, query: rawQueryString } };
    }

    #platformOf(profileUrl: string, { orderWebhook }: PlatformProfile, isProven: boolean): Platform {
        const webhook = orderWebhook ?? this.#platforms.get(profileUrl)?.webhookUrl;
        return {
            profileUrl,
            isProven,
            callerId: isProven ? `ucp:${profileUrl}` : "ucp:unproven",
            ...(webhook !== undefined && { orderWebhook: webhook }),
        };
    }
}

/** The URL of a profile that the settings name, in the form by which platforms are told apart. */
export const knownUrl = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);

/** The profile in `UCP-Agent`. Throws ProfileError. */
function agentIn(text: string): string {
    try {
        const [profile] = dictionaryIn(text).get("profile") ?? [];
        if (typeof profile === "string") return profile;
    } catch (error) {
        if (!(error instanceof StructuredFieldError)) throw error;
    }
    throw new ProfileError("invalid_profile_url", 'UCP-Agent must be a dictionary with profile="https://…"');
}

/** What the signature of a request must cover (UCP, "REST Request Signing"). */
const requiredOf = (request: HttpRequest, body: Buffer): string[] => [
    ...["@method", "@authority", "@path"],
    ...(request.rawQueryString === "" ? [] : ["@query"]),
    ...(["ucp-agent", "idempotency-key"] as const).filter((name) => header(request, name) !== undefined),
    ...(body.length === 0 ? [] : ["content-digest", "content-type"]),
];

const statuses = {
    signature_missing: 401,
    signature_invalid: 401,
    key_not_found: 401,
    algorithm_unsupported: 400,
} as const satisfies Record<SignatureFault["code"], Refusal["status"]>;

const refusedBy = ({ code, reason }: SignatureFault): Refusal => ({ status: statuses[code], code, content: reason });

const unavailable = (content: string): Refusal => ({ status: 503, code: "unavailable", content, retryAfter: 5 });

const unsigned: Refusal = {
    status: 401,
    code: "signature_missing",
    content: "requests are signed by a key of the profile, or have the API key of a client that is bound to it",
};

const wrongDigest: Refusal = {
    status: 400,
    code: "digest_mismatch",
    content: "Content-Digest is not of this body by SHA-256",
};

const notTrusted: Refusal = {
    status: 403,
    code: "profile_not_trusted",
    content: "the API key's client does not speak for this profile",
};

const unsupportedVersion = (version: string, versions: readonly string[]): Refusal => ({
    status: 422,
    code: "version_unsupported",
    content: `version ${version} is not served; these are: ${versions.join(", ")}`,
});

function refusalFor({ code, message: content }: ProfileError): Refusal {
    switch (code) {
        case "invalid_profile_url":
            return { status: 400, code, content };
        case "profile_unreachable":
            return { status: 424, code, content };
        case "profile_malformed":
            return { status: 422, code, content };
        case "too_many_platforms":
            return { status: 503, code, content, retryAfter: 60 };
        case "rate_limit_exceeded":
            return { status: 429, code, content, retryAfter: 60 };
    }
}
