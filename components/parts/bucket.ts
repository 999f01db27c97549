import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import { type Grant, tlsOnly, useOf } from "./grant.ts";

interface BucketArgs {
    readonly context: Context;
}

/** A private bucket: encrypted, versioned, closed to the public and to plain HTTP; its objects survive it where the context protects data. */
export class Bucket extends pulumi.ComponentResource {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    readonly #context: Context;

    constructor(name: string, args: BucketArgs, opts?: pulumi.ComponentResourceOptions) {
        super("commerce:parts:Bucket", name, {}, opts);
        const own = { parent: this };
        const { dataKey, protect } = args.context;
        this.#context = args.context;
        const bucket = new aws.s3.Bucket(`${name}-bucket`, { forceDestroy: !protect }, { ...own, protect });
        new aws.s3.BucketPublicAccessBlock(
            `${name}-private`,
            {
                bucket: bucket.id,
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            own,
        );
        new aws.s3.BucketServerSideEncryptionConfiguration(
            `${name}-encryption`,
            {
                bucket: bucket.id,
                rules: [
                    dataKey
                        ? {
                              applyServerSideEncryptionByDefault: {
                                  sseAlgorithm: "aws:kms",
                                  kmsMasterKeyId: dataKey.arn,
                              },
                              // One data key for many objects: fewer requests to KMS.
                              bucketKeyEnabled: true,
                          }
                        : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
                ],
            },
            own,
        );
        new aws.s3.BucketVersioning(
            `${name}-versions`,
            { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
            own,
        );
        new aws.s3.BucketPolicy(
            `${name}-tls-only`,
            {
                bucket: bucket.id,
                policy: pulumi.jsonStringify({
                    Version: "2012-10-17",
                    Statement: [tlsOnly("s3:*", [bucket.arn, pulumi.interpolate`${bucket.arn}/*`])],
                }),
            },
            own,
        );
        this.name = bucket.bucket;
        this.arn = bucket.arn;
        this.registerOutputs({ name: this.name, arn: this.arn });
    }

    /** The right to write the objects whose keys match. */
    put(keys: string): Grant {
        return {
            actions: ["s3:PutObject"],
            resources: [pulumi.interpolate`${this.arn}/${keys}`],
            key: useOf(this.#context.dataKey, "s3", "GenerateDataKey"),
        };
    }
}
