/**
 * `npm run ucp`: a platform of the Universal Commerce Protocol at the command line, for trying a shop as platforms call it,
 * and what a stack knows of platforms.
 */
import { createPrivateKey, generateKeyPairSync, type JsonWebKey, sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ucpVersions } from "../runtime/checkoutSessions/ucp/versions.ts";
import { isJsonObject } from "../runtime/shared/json.ts";
import { publishedJwk } from "../runtime/shared/signing/jwk.ts";
import type { Signer } from "../runtime/shared/signing/sign.ts";
import { type ExitCode, exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { PlatformClient } from "./operator/platformClient.ts";
import { forgetProfile, profilesOf } from "./operator/platformProfiles.ts";
import { Stack, type StackValues, stackOptions, stackUsage } from "./operator/stack.ts";
import { paintFor, tableOf } from "./operator/terminal.ts";

const [knownProfile, knownKey] = [
    "https://agent.example/profile",
    join(import.meta.dirname, "embedded/platformKey.json"),
];

const usage = `npm run ucp -- key <file>                   makes the key of a platform, and prints the profile that publishes it
npm run ucp -- send <method> <path> <body>  sends a signed request (POST /checkout-sessions '{…}'), and prints the answer
npm run ucp -- call <tool> <arguments>      calls a tool of MCP (create_checkout '{…}'), signed
npm run ucp -- platforms                    what the stack has read of platforms' profiles
npm run ucp -- forget <profile>             forgets one, which the next request or the next hour reads anew
  --api <url>         the stack's output ApiEndpoint (http://127.0.0.1:8787, or the port in PORT)
  --profile <url>     the platform's profile (${knownProfile}, which the embedded cloud knows)
  --key <file>        its key, as the command key writes it (that of the embedded cloud's platform)
  --once <key>        idempotency key (a new one)
${stackUsage}`;

interface Values extends StackValues {
    readonly api?: string | undefined;
    readonly profile: string;
    readonly key: string;
}

function makeKey(file: string): ExitCode {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const jwk = publishedJwk(publicKey);
    const { d } = privateKey.export({ format: "jwk" });
    const { kid, kty, crv, x, y } = jwk;
    writeFileSync(file, `${JSON.stringify({ kid, kty, crv, x, y, d }, undefined, 4)}\n`, { mode: 0o600, flag: "wx" });
    const [version = "", { capabilities } = { capabilities: [] }] = Object.entries(ucpVersions)[0] ?? [];
    const named = Object.fromEntries(capabilities.map((name) => [name, [{ version }]]));
    console.log(JSON.stringify({ ucp: { version, capabilities: named }, signing_keys: [jwk] }, undefined, 4));
    return exitCodes.good;
}

function signerIn(file: string): Signer {
    try {
        const jwk: JsonWebKey & { readonly kid?: unknown } = JSON.parse(readFileSync(file, "utf8"));
        const key = createPrivateKey({ key: jwk, format: "jwk" });
        if (typeof jwk.kid !== "string" || jwk.crv !== "P-256") throw new Error("it has no kid, or is not of P-256");
        return {
            keyid: jwk.kid,
            sign: async (bytes) => sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }),
        };
    } catch (cause) {
        const why = cause instanceof Error ? cause.message : cause;
        throw new UsageError(`--key ${file} cannot be used: ${why}`, { cause });
    }
}

function clientOf({ api, profile, key }: Values): PlatformClient {
    const { PORT = "8787" } = process.env;
    return new PlatformClient((api ?? `http://127.0.0.1:${PORT}`).replace(/\/$/, ""), profile, signerIn(key));
}

function objectIn(text: string | undefined, what: string): object | undefined {
    if (text === undefined) return undefined;
    try {
        const json: unknown = JSON.parse(text);
        if (isJsonObject(json)) return json;
    } catch {
        // Told below.
    }
    throw new UsageError(`${what} must be a JSON object`);
}

function told({ json, status, fault }: Awaited<ReturnType<PlatformClient["rest"]>>): ExitCode {
    console.log(JSON.stringify(json));
    if (status >= 400) console.error(`the shop answers ${status}`);
    if (fault !== undefined) console.error(`nothing proves that this is the merchant's answer: ${fault}`);
    return status >= 400 || fault !== undefined ? exitCodes.found : exitCodes.good;
}

async function list(stack: Stack, isJson: boolean): Promise<ExitCode> {
    const profiles = await profilesOf(stack);
    if (isJson) console.log(JSON.stringify(profiles));
    else {
        const cells = profiles.map(({ url, freshUntil = "in the settings", keys, failure }) => [
            url,
            freshUntil,
            failure ?? keys.join(" "),
        ]);
        const heads = ["profile", "fresh until", "keys, or what is wrong"];
        console.log(tableOf(heads, cells, paintFor(process.stdout, process.env)));
    }
    return profiles.some(({ failure }) => failure !== undefined) ? exitCodes.found : exitCodes.good;
}

async function forget(stack: Stack, url: string): Promise<ExitCode> {
    const isForgotten = await forgetProfile(stack, url);
    console.log(isForgotten ? `${url} is forgotten` : `nothing was read from ${url}`);
    return isForgotten ? exitCodes.good : exitCodes.found;
}

async function inStack(values: Values, work: (stack: Stack) => Promise<ExitCode>): Promise<ExitCode> {
    const stack = await Stack.of(values);
    try {
        return await work(stack);
    } finally {
        stack.close();
    }
}

/** The word, which the action needs. */
function needed(word: string | undefined, what: string): string {
    if (word === undefined) throw new UsageError(`${what} is missing`);
    return word;
}

await runCommand({
    usage,
    options: {
        ...stackOptions,
        api: { type: "string" },
        profile: { type: "string", default: knownProfile },
        key: { type: "string", default: knownKey },
        once: { type: "string" },
    },
    words: 4,
    run: async (values, [action, first, second, third]) => {
        switch (action) {
            case "key":
                return makeKey(needed(first, "the file for the key"));
            case "send": {
                const [method, path] = [needed(first, "the method"), needed(second, "the path")];
                return told(await clientOf(values).rest(method, path, objectIn(third, "the body"), values.once));
            }
            case "call": {
                const args = objectIn(second, "the arguments") ?? {};
                return told(await clientOf(values).tool(needed(first, "the tool"), args, values.once));
            }
            case "platforms":
                return await inStack(values, (stack) => list(stack, values.json));
            case "forget":
                return await inStack(values, (stack) => forget(stack, needed(first, "the profile")));
            case undefined:
                throw new UsageError("say one of key, send, call, platforms, forget");
            default:
                throw new UsageError(`${JSON.stringify(action)} is none of key, send, call, platforms, forget`);
        }
    },
});
