import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings.ts";
import { Callback } from "./callback.ts";
import type { Grant } from "./grant.ts";
import type { Authorization, HttpApi } from "./httpApi.ts";
import { readingOf, type Secret, secretOf } from "./secret.ts";

export interface ApiKeysArgs {
    /** The keys of the first region, of which these are copies. @default none: this is the first region */
    readonly first?: ApiKeys | undefined;
    readonly settings: Settings;
}

/**
 * Clients known by API keys: their scopes and the digests of their keys in Secrets Manager (`StoredClient` in
 * runtime/shared/keys.ts), several at a time for rotation. The operator puts the value there (`npm run keys`), so that no
 * key is ever in the state of a stack.
 */
export class ApiKeys extends pulumi.ComponentResource {
    readonly secretArn: pulumi.Output<string>;
    readonly #name: string;
    readonly #secret: Secret;
    readonly #settings: Settings;

    constructor(name: string, args: ApiKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:ApiKeys", name, {}, opts);
        this.#name = name;
        this.#settings = args.settings;
        this.#secret = secretOf(
            name,
            {
                name: "commerce-api-keys",
                description: "Clients of the API: their scopes and the digests of their keys (npm run keys).",
                replicaOf: args.first && { arn: args.first.secretArn },
                settings: args.settings,
            },
            { parent: this },
        );
        this.secretArn = this.#secret.arn;
        this.registerOutputs({ secretArn: this.secretArn });
    }

    /** The right to read the keys, for a callback that checks them itself. */
    read(): Grant {
        return readingOf(this.#secret);
    }

    /** What a callback that checks keys itself reads them by (`keyringOf` in runtime/shared/keyring.ts). */
    get environment() {
        return { API_KEYS_SECRET: this.secretArn, PLAIN_KEY_SCOPES: JSON.stringify(this.#settings.plainKeyScopes) };
    }

    /**
     * An authorizer of the API that lets in who shows a key in the header `x-api-key`.
     * @param unanswered routes that no callback answers: there it refuses clients without a scope for the route itself.
     */
    authorizer(api: HttpApi, unanswered: readonly string[] = []): Authorization {
        const authorize = new Callback<typeof import("../../runtime/access/authorize.ts")>(
            `${this.#name}-authorize`,
            {
                entry: "access/authorize",
                name: "api-authorizer",
                description: "Tells callers by their API keys.",
                environment: { ...this.environment, UNANSWERED_ROUTES: unanswered.join() },
                allow: [this.read()],
                awaited: true,
                timeout: 5,
                settings: this.#settings,
            },
            { parent: this },
        );
        return api.custom(authorize, "x-api-key");
    }
}
