import { join } from "node:path";
import type { Plugin } from "esbuild";

/** Packages of the AWS SDK that lean-aws stands in for. */
const replaced = ["client-dynamodb", "client-kms", "client-secrets-manager", "client-sqs", "lib-dynamodb"];

/**
 * The files in which what lean-aws takes from the SDK is: exceptions, and the strategy of retries. By the packages' names
 * it would get their indexes, which load much more than esbuild can leave out again.
 */
const files: Readonly<Record<string, readonly string[]>> = {
    "@aws-sdk/client-dynamodb": [
        "@aws-sdk/client-dynamodb/dist-es/models/errors.js",
        "@aws-sdk/client-dynamodb/dist-es/models/DynamoDBServiceException.js",
    ],
    "@aws-sdk/client-kms": [
        "@aws-sdk/client-kms/dist-es/models/errors.js",
        "@aws-sdk/client-kms/dist-es/models/KMSServiceException.js",
    ],
    "@aws-sdk/client-secrets-manager": [
        "@aws-sdk/client-secrets-manager/dist-es/models/errors.js",
        "@aws-sdk/client-secrets-manager/dist-es/models/SecretsManagerServiceException.js",
    ],
    "@aws-sdk/client-sqs": [
        "@aws-sdk/client-sqs/dist-es/models/errors.js",
        "@aws-sdk/client-sqs/dist-es/models/SQSServiceException.js",
    ],
    "@smithy/core/client": ["@smithy/core/dist-es/submodules/client/smithy-client/exceptions.js"],
    "@smithy/core/retry": [
        "@smithy/core/dist-es/submodules/retry/util-retry/StandardRetryStrategy.js",
        "@smithy/core/dist-es/submodules/retry/service-error-classification/service-error-classification.js",
    ],
};

/** For the test that each of them is still there. */
export const leanFiles: readonly string[] = Object.values(files).flat();

/**
 * Gives callbacks the clients of `packages/lean-aws` in place of the AWS SDK's, whose names and types they have. A name
 * that lean-aws lacks does not compile where a static import names it, nor where it is taken from an `import * as`. What a
 * dynamic import is asked for, and a namespace that is passed on, no bundler can tell: tests/structure.spec.ts keeps
 * callbacks from both. Packages of the SDK that lean-aws has nothing for stay as they are.
 */
export const leanAws: Plugin = {
    name: "lean-aws",
    setup(build) {
        const ours = new RegExp(`^@aws-sdk/(${replaced.join("|")})$`);
        build.onResolve({ filter: ours }, ({ path, importer, resolveDir }) =>
            /[\\/](node_modules|lean-aws)[\\/]/.test(importer)
                ? undefined
                : build.resolve(path.replace("@aws-sdk/", "lean-aws/"), { kind: "import-statement", resolveDir }),
        );
        build.onResolve({ filter: /^@(aws-sdk|smithy\/core)\// }, ({ path, importer }) =>
            files[path] !== undefined && /[\\/]lean-aws[\\/]|exceptions|errors|ServiceException/.test(importer)
                ? { path, namespace: "lean-aws", sideEffects: false }
                : undefined,
        );
        build.onLoad({ filter: /.*/, namespace: "lean-aws" }, ({ path }) => {
            const { absWorkingDir: project = process.cwd() } = build.initialOptions;
            const modules = (files[path] ?? []).map((file) => JSON.stringify(join(project, "node_modules", file)));
            return { contents: modules.map((module) => `export * from ${module};`).join("\n"), resolveDir: project };
        });
    },
};
