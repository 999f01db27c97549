import * as pulumi from "@pulumi/pulumi";
import { Callback } from "./callback.ts";
import type { Grant } from "./grant.ts";
import type { Authorization, HttpApi } from "./httpApi.ts";
import { readingOf, type Secret, secretOf } from "./secret.ts";
import type { Settings } from "./settings.ts";

export interface ApiKeysArgs {
    /** The keys of the first region, of which these are copies. @default none: this is the first region */
    readonly first?: ApiKeys | undefined;
    readonly settings: Settings;
}

/**
 * Callers known by API keys: `{"<caller>": "<key>", …}` in Secrets Manager (`Keys` in runtime/shared/keys.ts has every
 * form), several at a time for rotation. The value is put there by the operator (docs/operations.md), so that no key is
 * ever in the state of a stack.
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
                description: 'API keys by caller: {"<caller>": "<key>"}.',
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

    /** An authorizer of the API that lets in who shows a key in the header `x-api-key`. */
    authorizer(api: HttpApi): Authorization {
        const authorize = new Callback<typeof import("../../runtime/access/authorize.ts")>(
            `${this.#name}-authorize`,
            {
                entry: "access/authorize",
                name: "api-authorizer",
                description: "Tells callers by their API keys.",
                environment: { API_KEYS_SECRET: this.secretArn },
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
