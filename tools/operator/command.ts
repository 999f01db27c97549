import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { StackConfigError } from "embedded-aws/stackConfig";

/** What commands end with. */
export const exitCodes = { good: 0, found: 1, unusable: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was not called as it can be; the message says how. */
export class UsageError extends Error {
    override readonly name = "UsageError";
}

/** What a command needs does not answer, or is not there; the message says what to do. */
export class UnreachableError extends Error {
    override readonly name = "Unreachable";
}

/** What every command takes. */
const shared = {
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
} as const;
type Shared = typeof shared;

const sharedUsage = `  --json              for machines
  -h, --help          this
exit codes: 0 nothing wrong, 1 something found or failed, 2 wrong usage or not reachable`;

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
    typeof parseArgs<{ options: Options & Shared; allowPositionals: true }>
>["values"];

interface Command<Options extends ParseArgsOptionsConfig> {
    /** How it is called, a line for each way, which begin with `npm run <name>`; then its own options. */
    readonly usage: string;
    readonly options: Options;
    /** Most words besides options. */
    readonly words: number;
    readonly run: (values: Values<Options>, words: readonly string[]) => Promise<ExitCode>;
}

/**
 * Runs a command and sets its exit code. A failure prints one sentence, with what to do
 * about it.
 */
export async function runCommand<const Options extends ParseArgsOptionsConfig>(
    { usage, options, words: most, run }: Command<Options>,
    args: readonly string[] = process.argv.slice(2),
): Promise<void> {
    try {
        const { values, positionals, isHelp } = parsed(args, options);
        const tooMany = positionals[most];
        if (positionals.includes("")) throw new UsageError("a word is empty");
        if (isHelp) {
            console.log(`${usage}\n${sharedUsage}`);
            process.exitCode = exitCodes.good;
        } else if (tooMany === undefined) {
            process.exitCode = await run(values, positionals);
        } else {
            throw new UsageError(`there is nothing to do with ${JSON.stringify(tooMany)}`);
        }
    } catch (error) {
        const [name = ""] = /^npm run [\w:]+/.exec(usage) ?? [];
        const hint = error instanceof UsageError ? ` (${name} -- --help shows the usage)` : "";
        console.error(`${adviceOn(error)}${hint}`);
        process.exitCode = exitCodes.unusable;
    } finally {
        // A pipe takes 64 KB at a time: who ends the process now would cut off the rest.
        await Promise.all([process.stdout, process.stderr].map((out) => new Promise((done) => out.write("", done))));
    }
}

/** Throws UsageError with the word that is wrong. */
function parsed<Options extends ParseArgsOptionsConfig>(
    args: readonly string[],
    options: Options,
): { readonly values: Values<Options>; readonly positionals: readonly string[]; readonly isHelp: boolean } {
    try {
        const { values, positionals } = parseArgs({
            args: [...args],
            options: { ...options, ...shared },
            allowPositionals: true,
        });
        const { help }: { readonly help?: unknown } = values;
        return { values, positionals, isHelp: help === true };
    } catch (error) {
        if (!(error instanceof Error) || !codeOf(error)?.startsWith("ERR_PARSE_ARGS")) throw error;
        // The rest of what parseArgs says is about words that begin with a dash.
        const [first = error.message] = error.message.split(/\.\s/);
        throw new UsageError(first.replaceAll(/\s+/g, " "), { cause: error });
    }
}

const credentials =
    "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without --env the embedded cloud is meant";

export function adviceOn(error: unknown): string {
    if (!(error instanceof Error)) return String(error);
    const { name, message } = error;
    if (error instanceof UsageError || error instanceof UnreachableError || error instanceof StackConfigError)
        return message;
    const code = codeOf(error);
    if (code === "ECONNREFUSED") {
        const [address = "the endpoint"] = /\S+:\d+$/.exec(faultOf(error).message) ?? [];
        return `nothing answers at ${address}: start the embedded cloud with npm start, or name an environment on AWS with --env`;
    }
    if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `${message}: is there such a region, and a network?`;
    if (name === "CredentialsProviderError" || name === "TokenProviderError") {
        return `there are no AWS credentials (${message}): ${credentials}`;
    }
    if (/^(UnrecognizedClient|InvalidClientTokenId|ExpiredToken|InvalidSignature|SignatureDoesNotMatch)/.test(name)) {
        return `AWS does not take these credentials (${message}): ${credentials}`;
    }
    if (/^(AccessDenied|AuthorizationError)/.test(name)) return `these credentials may not do that: ${message}`;
    return `${name}: ${message}`;
}

/** The fault of Node's below an error; of several addresses tried, the first one's. */
function faultOf(error: Error): NodeJS.ErrnoException {
    const [first] = error instanceof AggregateError ? error.errors : [];
    if (first instanceof Error) return first;
    const { code }: NodeJS.ErrnoException = error;
    return code === undefined && error.cause instanceof Error ? faultOf(error.cause) : error;
}

const codeOf = (error: Error): string | undefined => faultOf(error).code;
