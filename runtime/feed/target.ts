import { fingerprint } from "../shared/canonical.ts";

/** What a file of products looks like. */
export type FeedFormat = "acp-jsonl" | "openai-jsonl" | "openai-csv" | "google-tsv";

/** Where products are told, as the stack's settings have it. */
export interface FeedTarget {
    readonly name: string;
    /** `acp`: the feed API of ACP; `openai-api`: OpenAI's own; `file`: a file that the other side fetches. */
    readonly kind: "acp" | "openai-api" | "file";
    /** Of a file. */
    readonly format?: FeedFormat;
    readonly gzip: boolean;
    /** ISO 3166-1 alpha-2 */
    readonly country: string;
    /** ISO 4217 in lower case, as prices of products have it. */
    readonly currency: string;
    /** What an API calls the feed. */
    readonly feedId?: string;
    /** Base URL of an API, without a slash at the end. */
    readonly endpoint?: string;
    readonly eligibleForCheckout: boolean;
    /** Who may fetch a file: everybody by its address, or by an address that is signed. */
    readonly hosted: "none" | "public" | "signed";
    /** Files in which the products are divided. */
    readonly shards: number;
    /** Most requests to an API in a minute. */
    readonly rate: number;
    /** How a price of the catalogue becomes the one that is told. */
    readonly tax: TaxChange;
}

/** The tax that is added to prices or taken out of them, in percent; by class where a class has a rate of its own. */
export interface TaxChange {
    readonly change: "none" | "add" | "remove";
    readonly percent: number;
    readonly classes: Readonly<Record<string, number>>;
}

/** The targets of a stack, and the shop that products are of. */
export interface Feed {
    readonly shop: {
        readonly name: string;
        /** Without a slash at the end. */
        readonly url: string;
    };
    readonly targets: readonly FeedTarget[];
}

/** Equal for settings by which a target is told the same of the same products. */
export const settingsOf = ({ hosted: _, rate: __, ...target }: FeedTarget, { shop }: Pick<Feed, "shop">): string =>
    fingerprint({ target, shop });

/** The feed in the variable FEED, which the program wrote. */
export const feedIn = (text: string): Feed => JSON.parse(text);

/** A target whose API is told what changes. */
export type PushTarget = FeedTarget & { readonly kind: "acp" | "openai-api"; readonly feedId: string };

export const isPushed = (target: FeedTarget): target is PushTarget =>
    target.kind !== "file" && target.feedId !== undefined;

/** A target that is a file. */
export type FileTarget = FeedTarget & { readonly kind: "file"; readonly format: FeedFormat };

export const isWritten = (target: FeedTarget): target is FileTarget =>
    target.kind === "file" && target.format !== undefined;
