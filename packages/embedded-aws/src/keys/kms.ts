import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { AwsError } from "../aws/call.ts";
import { type Input, textOf } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import type { AwsService } from "../aws/service.ts";
import type { TaskQueue } from "../taskQueue.ts";

/** A key of KMS. */
export interface KeyDefinition {
    readonly arn: string;
    readonly id: string;
    /** `ECC_NIST_P256` */
    readonly spec: string;
    /** `SIGN_VERIFY` */
    readonly usage: string;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
const curves: Readonly<Record<string, { readonly curve: string; readonly algorithm: string; readonly hash: string }>> =
    {
        ECC_NIST_P256: { curve: "P-256", algorithm: "ECDSA_SHA_256", hash: "sha256" },
        ECC_NIST_P384: { curve: "P-384", algorithm: "ECDSA_SHA_384", hash: "sha384" },
        ECC_NIST_P521: { curve: "P-521", algorithm: "ECDSA_SHA_512", hash: "sha512" },
    };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
const mostBytes = 4096;

/**
 * KMS, for keys that sign: https://docs.aws.amazon.com/kms/latest/APIReference/
 * A key is made when it is first used, and survives restarts.
 */
export class SigningKeys implements AwsService {
    readonly #taskQueue: Pick<TaskQueue, "recall" | "remember">;
    readonly #definitions: readonly KeyDefinition[];

    constructor(taskQueue: Pick<TaskQueue, "recall" | "remember">, definitions: readonly KeyDefinition[]) {
        this.#taskQueue = taskQueue;
        this.#definitions = definitions;
    }

    /** ARN of the key with this id or ARN. */
    arnOf(id: string): string | undefined {
        return this.#definitions.find((key) => key.arn === id || key.id === id)?.arn;
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        switch (action) {
            case "Sign":
                return this.#sign(input);
            case "GetPublicKey":
                return this.#publicKey(input);
            default:
                throw noOperation("kms", action);
        }
    }

    #sign(input: Input): Record<string, unknown> {
        const { arn, curve } = this.#signing(input);
        const message = Buffer.from(textOf(input, "Message") ?? "", "base64");
        const algorithm = textOf(input, "SigningAlgorithm");
        if (message.length < 1 || message.length > mostBytes) {
            throw invalid(`Message must have 1 to ${mostBytes} bytes.`);
        }
        if (textOf(input, "MessageType") === "DIGEST") {
            throw invalid("The embedded cloud signs messages (MessageType RAW), not digests.");
        }
        if (algorithm !== curve.algorithm) {
            const text = `Algorithm ${algorithm} and key spec are incompatible.`;
            throw new AwsError("InvalidKeyUsageException", text);
        }
        // As DER, which is how KMS gives it.
        const signature = sign(curve.hash, message, this.#pem(arn, curve.curve)).toString("base64");
        return { KeyId: arn, Signature: signature, SigningAlgorithm: algorithm };
    }

    #publicKey(input: Input): Record<string, unknown> {
        const { arn, spec, usage, curve } = this.#signing(input);
        const key = createPublicKey(this.#pem(arn, curve.curve)).export({ type: "spki", format: "der" });
        return {
            KeyId: arn,
            PublicKey: key.toString("base64"),
            KeySpec: spec,
            CustomerMasterKeySpec: spec,
            KeyUsage: usage,
            SigningAlgorithms: [curve.algorithm],
        };
    }

    #signing(input: Input) {
        const id = textOf(input, "KeyId") ?? "";
        const arn = this.arnOf(id);
        const key = this.#definitions.find((one) => one.arn === arn);
        if (key === undefined) throw new AwsError("NotFoundException", `Key '${id}' does not exist`);
        const curve = curves[key.spec];
        if (curve === undefined || key.usage !== "SIGN_VERIFY") {
            const text = `${key.arn} key usage is ${key.usage} which is not valid for this operation.`;
            throw new AwsError("InvalidKeyUsageException", text);
        }
        return { ...key, curve };
    }

    #pem(arn: string, curve: string): string {
        const name = `key ${arn}`;
        const known = this.#taskQueue.recall(name);
        if (typeof known === "string") return known;
        const { privateKey } = generateKeyPairSync("ec", { namedCurve: curve });
        const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
        this.#taskQueue.remember(name, pem);
        return pem;
    }
}

const invalid = (message: string) => new AwsError("ValidationException", message);
