/** What the merchant has decided about UCP, as JSON in the variable UCP; components/checkoutSessions/ucp.ts writes it. */
export interface UcpSettings {
    /** `signed`: unproven platforms are refused. */
    readonly trust: "signed" | "open";
    /** Of the protocol, the newest first. */
    readonly versions: readonly string[];
    /** Page of the shop where a buyer goes on, in which `{id}` stands for the session's id. @default there is none */
    readonly continueUrl?: string;
    readonly platforms: readonly KnownPlatform[];
    /** The firewall's distribution stands before the API, which then sees its address instead of the caller's. */
    readonly isDistributed?: true;
}

interface KnownPlatform {
    /** URL of its profile. */
    readonly profile: string;
    /** Name of the API client that speaks for it. @default none: it signs */
    readonly client?: string;
    /** Where it wants order events, where its profile does not say so. */
    readonly webhookUrl?: string;
    /** Its profile is in the settings, and never fetched. */
    readonly isPinned?: true;
}
