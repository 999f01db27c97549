import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Context } from "./context.ts";
import { type Grant, tlsOnly, useOf } from "./grant.ts";

/** Until then no principal deletes a version of an object: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export interface BucketLock {
    /** `governance`: but those with the right to bypass it; `compliance`: not even the account's root. */
    readonly mode: "governance" | "compliance";
    readonly days: number;
}

interface BucketArgs {
    /** Days after which objects and their versions are deleted. @default never */
    readonly days?: number;
    /** What the keys of those begin with that are deleted after `days`; of the others only the versions that were replaced. @default "", all */
    readonly passing?: string;
    /** Retention lock of new objects. @default none */
    readonly lock?: BucketLock | undefined;
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
        const versions = new aws.s3.BucketVersioning(
            `${name}-versions`,
            { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } },
            own,
        );
        this.#expire(name, bucket, args);
        this.#lock(name, bucket, versions, args);
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

    #expire(name: string, bucket: aws.s3.Bucket, { days, passing = "" }: BucketArgs): void {
        if (days === undefined) return;
        const noncurrentVersionExpiration = { noncurrentDays: days };
        const ofReplaced = { status: "Enabled", filter: { prefix: "" }, noncurrentVersionExpiration };
        new aws.s3.BucketLifecycleConfiguration(
            `${name}-expiry`,
            {
                bucket: bucket.id,
                rules: [
                    {
                        id: "expiry",
                        status: "Enabled",
                        filter: { prefix: passing },
                        expiration: { days },
                        noncurrentVersionExpiration,
                        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
                    },
                    ...(passing === "" ? [] : [{ id: "replaced", ...ofReplaced }]),
                ],
            },
            { parent: this },
        );
    }

    /** S3 locks objects in buckets with versions only. */
    #lock(name: string, bucket: aws.s3.Bucket, versions: pulumi.Resource, { lock }: BucketArgs): void {
        if (lock === undefined) return;
        new aws.s3.BucketObjectLockConfiguration(
            `${name}-lock`,
            {
                bucket: bucket.id,
                rule: { defaultRetention: { mode: lock.mode.toUpperCase(), days: lock.days } },
            },
            { parent: this, dependsOn: versions },
        );
    }

    /** The right to read the objects whose keys match, and to list the bucket. */
    read(keys: string): readonly Grant[] {
        return [
            {
                actions: ["s3:GetObject"],
                resources: [pulumi.interpolate`${this.arn}/${keys}`],
                key: useOf(this.#context.dataKey, "s3", "Decrypt"),
            },
            { actions: ["s3:ListBucket"], resources: [this.arn] },
        ];
    }

    /** The right to write the objects whose keys match. */
    put(keys: string): Grant {
        return {
            actions: ["s3:PutObject"],
            resources: [pulumi.interpolate`${this.arn}/${keys}`],
            key: useOf(this.#context.dataKey, "s3", "GenerateDataKey"),
        };
    }

    /** The right to read the objects whose keys match. */
    get(keys: string): Grant {
        return {
            actions: ["s3:GetObject"],
            resources: [pulumi.interpolate`${this.arn}/${keys}`],
            key: useOf(this.#context.dataKey, "s3", "Decrypt"),
        };
    }
}
