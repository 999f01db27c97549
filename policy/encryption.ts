import { at, policyOf } from "./check.ts";

/** Topics without a key of ours, and why. */
export const topicsWithoutKey: Readonly<Record<string, string>> = {
    "customers-events-topic": "Its publisher is another account, which would have to be allowed to use our key.",
};

const bucketEncryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";

/** What AWS does not encrypt of itself, or not in a way that its services can publish to. */
export const encryptedAtRest = policyOf(
    "encrypted-at-rest",
    "Queues, topics, tables, buckets and keys are encrypted.",
    {
        resources: {
            "aws:sqs/queue:Queue": function* ({ props }) {
                if (props["sqsManagedSseEnabled"] !== true && !props["kmsMasterKeyId"]) {
                    yield "is not encrypted: set sqsManagedSseEnabled or kmsMasterKeyId";
                }
            },
            "aws:sns/topic:Topic": function* ({ name, props }) {
                if (!props["kmsMasterKeyId"] && !(name in topicsWithoutKey))
                    yield "is not encrypted: set kmsMasterKeyId";
            },
            "aws:dynamodb/table:Table": function* ({ props }) {
                if (at(props, "serverSideEncryption", "enabled") !== true) {
                    yield "is encrypted with a key that cannot be audited: set serverSideEncryption";
                }
            },
            "aws:kms/key:Key": function* ({ props }) {
                // AWS rotates no key that signs.
                if (props["enableKeyRotation"] !== true && props["keyUsage"] !== "SIGN_VERIFY")
                    yield "is never rotated: set enableKeyRotation";
            },
        },
        stack: function* (stack) {
            for (const bucket of stack.of("aws:s3/bucket:Bucket")) {
                if (stack.users(bucket, bucketEncryption, "bucket").length === 0) {
                    yield [bucket, "says nothing of its encryption: add a BucketServerSideEncryptionConfiguration"];
                }
            }
        },
    },
);
