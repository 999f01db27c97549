import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Merchant } from "../../runtime/checkoutSessions/domain/merchant.ts";
import type { UcpSettings } from "../../runtime/checkoutSessions/ucp/settings.ts";
import type { ApiKeys } from "../parts/apiKeys.ts";
import { Component } from "../parts/component.ts";
import type { Context } from "../parts/context.ts";
import type { Grant } from "../parts/grant.ts";
import type { HttpApi } from "../parts/httpApi.ts";
import { Schedules } from "../parts/schedules.ts";
import { readingOf, type Secret } from "../parts/secret.ts";
import { SigningKeys } from "../parts/signingKeys.ts";
import type { Table } from "../parts/table.ts";

interface UniversalCommerceArgs {
    /** The API that platforms call. */
    readonly api: HttpApi;
    /** API keys of clients that speak for platforms. */
    readonly keys: ApiKeys;
    /** That of the first region, which this one repeats. @default none: this is the first region */
    readonly first?: UniversalCommerce | undefined;
    readonly merchant: Merchant;
    readonly settings: UcpSettings;
    /** Profiles of known platforms that are not fetched, as JSON by their URLs. */
    readonly pinned: Readonly<Record<string, string>>;
    /** Names of the signing keys: the first one signs, all are published. */
    readonly signingKeys: readonly string[];
    readonly context: Context;
}

/**
 * The Universal Commerce Protocol: platforms find the merchant's profile, and are known by their own.
 *
 *     GET /.well-known/ucp → discover → signing keys
 *     every hour → refresh → profiles of known platforms → profiles table
 */
export class UniversalCommerce extends Component {
    /** Profiles of platforms (`ProfileStore` in runtime/checkoutSessions/ucp/profileStore.ts). */
    readonly profiles: Table;
    readonly signing: SigningKeys;
    /** API keys that platforms have given for their webhooks, by the URLs of their profiles. */
    readonly webhookKeys: Secret;
    readonly #args: UniversalCommerceArgs;

    constructor(name: string, args: UniversalCommerceArgs, opts?: pulumi.ComponentResourceOptions) {
        const { first, signingKeys, context } = args;
        super("commerce:index:UniversalCommerce", name, context, opts);
        this.#args = args;

        this.profiles = this.addTable("profiles", {
            name: "ucp-profiles",
            key: ["url"],
            ttl: "expiresAt",
            ephemeral: true,
            replicaOf: first?.profiles,
        });
        this.signing = new SigningKeys(
            `${name}-signing`,
            { names: signingKeys, first: first?.signing, context },
            this.own,
        );
        this.webhookKeys = this.addSecret("webhook-keys", {
            name: "commerce-ucp-webhooks",
            description:
                'API keys that platforms of UCP want with order events: {"<URL of the profile>": {"X-Goog-Api-Key": "…"}}.',
            replicaOf: first?.webhookKeys,
        });
        if (first === undefined) this.#pin();
        this.#discover();
        this.#refresh();

        this.registerOutputs({ profilesTable: this.profiles.name });
    }

    /** Written as it is in the settings; nothing else writes such an item. */
    #pin(): void {
        for (const [url, document] of Object.entries(this.#args.pinned)) {
            new aws.dynamodb.TableItem(
                `${this.name}-pinned-${url.replace(/^\w+:\/\/|\/$/g, "").replace(/[^\w.-]+/g, "-")}`,
                {
                    tableName: this.profiles.name,
                    hashKey: "url",
                    item: JSON.stringify({ url: { S: url }, document: { S: document } }),
                },
                this.own,
            );
        }
    }

    #discover(): void {
        const { api, merchant } = this.#args;
        this.addCallback<typeof import("../../runtime/checkoutSessions/ucpDiscover.ts")>("discover", {
            entry: "checkoutSessions/ucpDiscover",
            name: "ucp-discovery",
            description: "Answers GET /.well-known/ucp: the merchant's profile and signing keys.",
            from: api.requests(["GET /.well-known/ucp", "GET /.well-known/ucp/{version}"], { type: "NONE" }),
            environment: {
                API_URL: api.url,
                MERCHANT: JSON.stringify(merchant),
                UCP: this.#settings,
                UCP_SIGNING_KEYS: this.signing.list,
            },
            allow: [this.signing.publish()],
            internet: true,
        });
    }

    #refresh(): void {
        const schedules = new Schedules(`${this.name}-schedules`, { name: "ucp", context: this.context }, this.own);
        this.addCallback<typeof import("../../runtime/checkoutSessions/ucpRefresh.ts")>("refresh", {
            entry: "checkoutSessions/ucpRefresh",
            name: "ucp-profile-refresher",
            description: "Fetches the profiles of known platforms every hour.",
            timeout: 300,
            from: schedules.every("1 hour"),
            environment: { UCP: this.#settings, UCP_PROFILES_TABLE: this.profiles.name },
            allow: [this.profiles.allow("GetItem", "PutItem")],
            internet: true,
        });
    }

    /** What a callback needs that lets platforms in (runtime/checkoutSessions/ucp/admitting.ts); it calls the internet. */
    get admission() {
        const { api, keys } = this.#args;
        const allow: Grant[] = [
            this.profiles.allow("GetItem", "PutItem", "UpdateItem"),
            this.signing.publish(),
            this.signing.sign(),
            keys.read(),
        ];
        const environment = {
            API_URL: api.url,
            UCP: this.#settings,
            UCP_PROFILES_TABLE: this.profiles.name,
            UCP_SIGNING_KEYS: this.signing.list,
            ...keys.environment,
        };
        return { allow, environment };
    }

    /** What the events for platforms are sent with (`PlatformWebhooks` in ../webhookFanout/platforms.ts). */
    get webhooks() {
        return {
            environment: {
                UCP_SIGNING_KEYS: this.signing.list,
                UCP_PROFILE_URL: pulumi.interpolate`${this.#args.api.url}/.well-known/ucp`,
                UCP_WEBHOOK_KEYS: this.webhookKeys.arn,
            },
            allow: [this.signing.sign(), this.signing.publish(), readingOf(this.webhookKeys)],
        };
    }

    get #settings(): string {
        return JSON.stringify(this.#args.settings);
    }
}
