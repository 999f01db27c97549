import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import type { Grant, UsedKey } from "./grant.ts";
import { Key } from "./key.ts";

interface SigningKeysArgs {
    /** Names that tell the keys apart: the first one signs, and all are published. */
    readonly names: readonly string[];
    /** Those of the first region, of which these are copies. @default none: this is the first region */
    readonly first?: SigningKeys | undefined;
    readonly context: Context;
}

/**
 * Keys that sign and never leave KMS (runtime/shared/signing/signingKeys.ts). A new one is published before it signs, and an
 * old one as long as its signatures are to be verified (docs/operations/secrets.md).
 */
export class SigningKeys extends pulumi.ComponentResource {
    /** Their ARNs for a callback, separated by commas. */
    readonly list: pulumi.Output<string>;
    readonly #keys: readonly UsedKey[];

    constructor(name: string, { names, first, context }: SigningKeysArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:SigningKeys", name, {}, opts);
        const made = (each: string) =>
            new Key(
                `${name}-${each}`,
                {
                    description: `Signs in the name of the merchant (${each}).`,
                    signs: true,
                    multiRegion: true,
                    ...(context.regions && { replicaRegion: context.regions.secondary }),
                    context,
                },
                { parent: this },
            );
        // In the second region the copies that the keys of the first have there.
        this.#keys = first ? first.#keys.flatMap(({ replica }) => replica ?? []) : names.map(made);
        this.list = pulumi.all(this.#keys.map(({ arn }) => arn)).apply((arns) => arns.join(","));
        this.registerOutputs({ list: this.list });
    }

    sign(): Grant {
        return { actions: ["kms:Sign"], resources: this.#keys.slice(0, 1).map(({ arn }) => arn) };
    }

    /** The right to read the public keys. */
    publish(): Grant {
        return { actions: ["kms:GetPublicKey"], resources: this.#keys.map(({ arn }) => arn) };
    }
}
