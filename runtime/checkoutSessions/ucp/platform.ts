/** A platform that calls, as its profile tells and as its request proves. */
export interface Platform {
    readonly profileUrl: string;
    /** By signature, or by an API key bound to the URL. */
    readonly isProven: boolean;
    /** `ucp:<profile URL>` once proven. Unproven callers are `ucp:unproven`: they share nothing but session ids. */
    readonly callerId: string;
    /** Where it wants order events (config of the capability `dev.ucp.shopping.order`), if anywhere. */
    readonly orderWebhook?: string;
}

/** What platform and merchant have in common in one request. */
export interface Negotiated {
    /** Of the protocol: `2026-04-08` */
    readonly version: string;
    readonly platform: Platform;
    /** Name → version, without extensions that lack their parent. */
    readonly capabilities: ReadonlyMap<string, string>;
}
