import { readFile } from "node:fs/promises";
import { builtinModules } from "node:module";
import type { Plugin } from "esbuild";

/** Files of the AWS SDK (by the end of their path) and what a Lambda function gets instead of them. */
const replacements: Readonly<Record<string, string>> = {
    // Lambda gives every function its credentials in the environment: no profiles, SSO, tokens or instance metadata.
    "@aws-sdk/credential-provider-node/dist-es/index.js": `
        import { fromEnv } from "@aws-sdk/credential-provider-env";
        export const defaultProvider = fromEnv;`,

    // There is no ~/.aws in a function: a setting is in the environment or has its default.
    "@smithy/core/dist-es/submodules/config/node-config-provider/configLoader.js": `
        import { memoize } from "../property-provider/memoize";
        export const loadConfig = ({ environmentVariableSelector, default: fallback }, { signingName, logger } = {}) =>
            memoize(async () => {
                const value = environmentVariableSelector(process.env, { signingName, logger });
                return value ?? (typeof fallback === "function" ? fallback() : fallback);
            });`,

    // Nor instance metadata: AWS_REGION is always set.
    "@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js": `
        export const getInstanceMetadataRegion = async () => undefined;`,

    // Our bodies are strings and buffers. The original also knows fs.ReadStream, for which Node loads readline.
    "@smithy/core/dist-es/submodules/serde/util-body-length/calculateBodyLength.js": `
        export const calculateBodyLength = (body) => {
            if (!body) return 0;
            const length = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
            if (typeof length !== "number") throw new Error("the body of a request must be a string or bytes");
            return length;
        };`,

    // No operation we call streams events. Being imported dynamically it also keeps esbuild from dropping the unused
    // half of the SDK's core.
    "@smithy/core/dist-es/submodules/event-streams/index.js": `
        export const eventStreamSerdeProvider = () => undefined;
        export const resolveEventStreamSerdeConfig = (config) => config;
        export class EventStreamSerde {
            constructor() {
                throw new Error("event streams are not part of this bundle");
            }
        }`,

    // Nothing in the DynamoDB client discovers endpoints any more, but this would bring its cache, with an LRU library.
    "@aws-sdk/middleware-endpoint-discovery/dist-es/resolveEndpointDiscoveryConfig.js": `
        export const resolveEndpointDiscoveryConfig = (config) => config;`,

    // No client of ours has a logger.
    "@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js": `
        export const [loggerMiddleware, loggerMiddlewareOptions] = [];
        export const getLoggerPlugin = () => ({ applyToStack: () => undefined });`,

    // Sends the SDK, its version and the runtime to AWS as the original does, which counts the features each call uses too.
    "@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/user-agent-middleware.js": `
        export const [userAgentMiddleware, getUserAgentMiddlewareOptions] = [];
        const textOf = ([name, version = ""]) =>
            name.replaceAll(" ", "-") + (version && (name.includes("/") ? "#" : "/") + version);
        export const getUserAgentPlugin = ({ defaultUserAgentProvider }) => ({
            applyToStack(stack) {
                const userAgent = defaultUserAgentProvider().then((pairs) => pairs.map(textOf).join(" "));
                const middleware = (next) => async (args) => {
                    args.request.headers["user-agent"] = await userAgent;
                    return next(args);
                };
                stack.add(middleware, { name: "getUserAgentMiddleware", step: "build", priority: "low" });
            },
        });`,

    // Node has SHA-256 itself: this is for builds of it that have no OpenSSL.
    "@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js": `
        export class Sha256Js {
            constructor() {
                throw new Error("there is no SHA-256 in this Node.js");
            }
        }`,

    // The three that follow ask the globals ReadableStream, Blob and crypto whether they exist, at which Node loads
    // web streams and WebCrypto; in Node bodies are strings, buffers and Readable.
    "@smithy/core/dist-es/submodules/serde/util-stream/stream-type-check.js": `
        export const isReadableStream = (stream) => stream?.constructor?.name === "ReadableStream";
        export const isBlob = (blob) => blob?.constructor?.name === "Blob";`,
    "@smithy/core/dist-es/submodules/retry/middleware-retry/isStreamingPayload/isStreamingPayload.js": `
        import { Readable } from "node:stream";
        export const isStreamingPayload = (request) =>
            request?.body instanceof Readable || request?.body?.constructor?.name === "ReadableStream";`,
    "@smithy/core/dist-es/submodules/serde/uuid/v4.js": `
        import { randomUUID } from "node:crypto";
        export const bindV4 = () => () => randomUUID();`,
};

/** For the test that each of them is still there. */
export const replacedFiles: readonly string[] = Object.keys(replacements);

/**
 * Makes bundles of callbacks small and quick to start by leaving out what cannot happen in a Lambda function. The build
 * fails when a replacement lacks a name that the SDK imports; `tests/runtime/bundle.spec.ts` fails when one no longer
 * meets a file: so no update of the SDK undoes this unnoticed.
 */
export const awsSdkTrim: Plugin = {
    name: "aws-sdk-trim",
    setup(build) {
        const builtins = builtinModules.filter((name) => !name.startsWith("_")).join("|");
        build.onResolve({ filter: new RegExp(`^(node:)?(${builtins})$`) }, ({ path, kind }) => ({
            path: path.replace(/^node:/, ""),
            namespace: kind === "import-statement" ? "builtin-imported" : "builtin-required",
        }));
        build.onLoad({ filter: /.*/, namespace: "builtin-required" }, ({ path }) => ({
            contents: `module.exports = process.getBuiltinModule("node:${path}");`,
        }));
        build.onLoad({ filter: /.*/, namespace: "builtin-imported" }, ({ path }) => ({ contents: builtin(path) }));

        for (const [file, contents] of Object.entries(replacements)) {
            const filter = new RegExp(`/node_modules/${file}$`.replaceAll(".", "\\.").replaceAll("/", "[\\\\/]"));
            build.onLoad({ filter }, () => ({ contents }));
        }
        // Clients import their package.json for the version in the user agent.
        build.onLoad({ filter: /[\\/]@aws-sdk[\\/][\w-]+[\\/]package\.json$/ }, async ({ path }) => {
            const { version }: { version: string } = JSON.parse(await readFile(path, "utf8"));
            return { contents: JSON.stringify({ version }), loader: "json" };
        });
    },
};

/**
 * A module of Node, taken without `import`: that makes Node read each of its exports, also the lazy ones, by which
 * `node:http` loads undici, `node:crypto` WebCrypto and `node:fs` streams. "Pure" lets esbuild drop what is not used.
 */
function builtin(name: string): string {
    const exports = Object.keys(process.getBuiltinModule(`node:${name}`) ?? {}).filter((key) =>
        /^[A-Za-z_$][\w$]*$/.test(key),
    );
    return [
        `const module = /* @__PURE__ */ process.getBuiltinModule("node:${name}");`,
        "export default module;",
        ...exports.map(
            (key) => `const _${key} = /* @__PURE__ */ (() => module.${key})(); export { _${key} as ${key} };`,
        ),
    ].join("\n");
}
