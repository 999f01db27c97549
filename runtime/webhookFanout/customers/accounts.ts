import { EnvironmentError } from "../../shared/environment.ts";
import { isJsonObject, type JsonObject } from "../../shared/json.ts";

export interface SegmentAccount {
    readonly writeKey: string;
    /** @default Segment's API of the region */
    readonly apiBase: URL;
}

/** A token of the Public API of Segment's workspace, which may delete. */
export interface PublicApiAccount {
    readonly token: string;
    /** @default Segment's Public API of the region */
    readonly publicApiBase: URL;
}

/** An API client with the scope `view_customers`. */
export interface CommercetoolsAccount {
    readonly projectKey: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** `https://api.europe-west1.gcp.commercetools.com` */
    readonly apiUrl: URL;
    /** `https://auth.europe-west1.gcp.commercetools.com` */
    readonly authUrl: URL;
}

// By the region of the workspace.
// https://segment.com/docs/guides/regional-segment/#server-side-and-project-sources
const segmentApis = new Map([
    ["us", { events: new URL("https://api.segment.io"), publicApi: new URL("https://api.segmentapis.com") }],
    [
        "eu",
        {
            events: new URL("https://events.eu1.segmentapis.com"),
            publicApi: new URL("https://eu1.api.segmentapis.com"),
        },
    ],
]);

/** @param secret JSON `{writeKey, apiBase?}`. Throws EnvironmentError, which never quotes the secret. */
export function segmentAccountIn(secret: string, region: string): SegmentAccount {
    const { events } = apisOf(region);
    const read = reader(secret, "Segment");
    return { writeKey: read.text("writeKey"), apiBase: read.has("apiBase") ? read.url("apiBase") : events };
}

/** @param secret JSON `{publicApiToken, publicApiBase?}`. Throws EnvironmentError, which never quotes the secret. */
export function publicApiAccountIn(secret: string, region: string): PublicApiAccount {
    const { publicApi } = apisOf(region);
    const read = reader(secret, "Segment");
    return {
        token: read.text("publicApiToken"),
        publicApiBase: read.has("publicApiBase") ? read.url("publicApiBase") : publicApi,
    };
}

function apisOf(region: string) {
    const apis = segmentApis.get(region);
    if (apis === undefined) throw new EnvironmentError(`SEGMENT_REGION must be us or eu, not ${region}`);
    return apis;
}

/** @param secret JSON in the form of CommercetoolsAccount. Throws EnvironmentError, which never quotes the secret. */
export function commercetoolsAccountIn(secret: string): CommercetoolsAccount {
    const read = reader(secret, "commercetools");
    return {
        projectKey: read.text("projectKey"),
        clientId: read.text("clientId"),
        clientSecret: read.text("clientSecret"),
        apiUrl: read.url("apiUrl"),
        authUrl: read.url("authUrl"),
    };
}

function reader(secret: string, whose: string) {
    const object = objectIn(secret, whose);
    const text = (name: string): string => {
        const value = object[name];
        if (typeof value === "string" && value !== "") return value;
        throw new EnvironmentError(`the ${whose} secret has no ${name}`);
    };
    const url = (name: string): URL => {
        const value = URL.parse(text(name));
        if (value !== null && isSafe(value)) return value;
        throw new EnvironmentError(`${name} in the ${whose} secret must be an https address without a user`);
    };
    return { has: (name: string) => object[name] !== undefined, text, url };
}

/** Personal data must be encrypted in transit. */
function isSafe({ protocol, hostname, username, password }: URL): boolean {
    if (username !== "" || password !== "") return false;
    return protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1");
}

function objectIn(secret: string, whose: string): JsonObject {
    let value: unknown;
    try {
        value = JSON.parse(secret);
    } catch {
        // Without the parser's error as cause, which quotes the secret.
        throw new EnvironmentError(`the ${whose} secret is not JSON`);
    }
    if (!isJsonObject(value)) throw new EnvironmentError(`the ${whose} secret is not a JSON object`);
    return value;
}
