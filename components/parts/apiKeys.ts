import type * as pulumi from "@pulumi/pulumi";
import { Component } from "./component.ts";
import type { Context } from "./context.ts";
import type { Grant } from "./grant.ts";
import type { Authorization, HttpApi } from "./httpApi.ts";
import { readingOf, type Secret, secretOf } from "./secret.ts";
import type { Table } from "./table.ts";

interface ApiKeysArgs {
    /** The keys of the first region, of which these are copies. @default none: this is the first region */
    readonly first?: ApiKeys | undefined;
    /** Scopes of clients whose keys are in plain text in the secret, by client. @default none */
    readonly plainKeyScopes?: Readonly<Record<string, readonly string[]>>;
    readonly context: Context;
}

/**
 * Clients known by API keys: their scopes and the digests of their keys in Secrets Manager (`StoredClient` in
 * runtime/shared/apiKeys.ts), several at a time for rotation. The operator puts the value there (`npm run keys`), so that no
 * key is ever in the state of a stack.
 */
export class ApiKeys extends Component {
    readonly secretArn: pulumi.Output<string>;
    /** Tenants that clients have made, and digests of their keys (runtime/webhookFanout/tenants/tenantStore.ts). */
    readonly tenants: Table;
    readonly #secret: Secret;
    readonly #plainKeyScopes: NonNullable<ApiKeysArgs["plainKeyScopes"]>;

    constructor(name: string, args: ApiKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        const { first, plainKeyScopes = {}, context } = args;
        super("commerce:parts:ApiKeys", name, context, opts);
        this.#plainKeyScopes = plainKeyScopes;
        this.#secret = secretOf(
            name,
            {
                name: "commerce-api-keys",
                description: "Clients of the API: their scopes and the digests of their keys (npm run keys).",
                replicaOf: first && { arn: first.secretArn },
                context,
            },
            this.own,
        );
        this.secretArn = this.#secret.arn;
        this.tenants = this.addTable("tenants", {
            name: "webhook-tenants",
            key: ["tenantId", "item"],
            indexes: [
                {
                    name: "byOwner",
                    key: ["owner", "tenantId"],
                    include: ["name", "status", "requestFingerprint", "createdAt"],
                },
            ],
            replicaOf: first?.tenants,
        });
        this.registerOutputs({ secretArn: this.secretArn });
    }

    /** The right to read the keys, for a callback that checks them itself. */
    read(): Grant {
        return readingOf(this.#secret);
    }

    /** What a callback that checks keys itself reads them by (`apiKeyReaderOf` in runtime/shared/apiKeyReader.ts). */
    get environment() {
        return { API_KEYS_SECRET: this.secretArn, PLAIN_KEY_SCOPES: JSON.stringify(this.#plainKeyScopes) };
    }

    /**
     * An authorizer of the API that lets in who shows a key in the header `x-api-key`.
     * @param unanswered routes that no callback answers: there it refuses clients without a scope for the route itself.
     */
    authorizer(api: HttpApi, unanswered: readonly string[] = []): Authorization {
        const authorize = this.addCallback<typeof import("../../runtime/access/authorize.ts")>("authorize", {
            entry: "access/authorize",
            name: "api-authorizer",
            description: "Tells callers by their API keys.",
            environment: {
                ...this.environment,
                TENANTS_TABLE: this.tenants.name,
                UNANSWERED_ROUTES: unanswered.join(),
            },
            allow: [this.read(), this.tenants.allow("GetItem")],
            awaited: true,
            timeout: 5,
        });
        return api.custom(authorize, "x-api-key");
    }
}
