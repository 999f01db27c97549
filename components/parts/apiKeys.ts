import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Callback } from "./callback.ts";
import type { Authorization, HttpApi } from "./httpApi.ts";
import { named } from "./naming.ts";
import type { Settings } from "./settings.ts";

export interface ApiKeysArgs {
    readonly api: HttpApi;
    readonly settings: Settings;
}

/**
 * Callers known by API keys: `{"<caller>": "<key>", …}` in Secrets Manager, several at a time for rotation. The value is
 * put there by the operator (docs/operations.md), so that no key is ever in the state of a stack.
 */
export class ApiKeys extends pulumi.ComponentResource {
    /** Lets in who shows a key in the header `x-api-key`. */
    readonly authorization: Authorization;
    readonly secretArn: pulumi.Output<string>;

    constructor(name: string, args: ApiKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:ApiKeys", name, {}, opts);
        const { api, settings } = args;
        const secret = new aws.secretsmanager.Secret(
            `${name}-secret`,
            {
                name: named("commerce-api-keys", settings),
                description: 'API keys by caller: {"<caller>": "<key>"}.',
                // A deleted secret keeps its name for that long: none, where stacks come and go.
                recoveryWindowInDays: settings.deletionProtection ? 30 : 0,
            },
            { parent: this },
        );
        const authorize = new Callback<typeof import("../../runtime/access/authorize.ts")>(
            `${name}-authorize`,
            {
                entry: "access/authorize",
                name: "api-authorizer",
                description: "Tells callers by their API keys.",
                environment: { API_KEYS_SECRET: secret.arn },
                allow: [{ actions: ["secretsmanager:GetSecretValue"], resources: [secret.arn] }],
                timeout: 5,
                settings,
            },
            { parent: this },
        );
        this.authorization = api.custom(authorize, "x-api-key");
        this.secretArn = secret.arn;
        this.registerOutputs({ secretArn: this.secretArn });
    }
}
