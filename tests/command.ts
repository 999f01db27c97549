import { execFile } from "node:child_process";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const root = join(import.meta.dirname, "..");

/** How a command ended. */
export interface CommandEnd {
    readonly code: number | string | null | undefined;
    readonly output: string;
    readonly errors: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

// A file that others import as well is a command where it is the main one.
registerHooks({
    load: (url, context, next) => {
        const loaded = next(url, context);
        if (!url.includes("?command=") || !loaded.source) return loaded;
        return { ...loaded, source: loaded.source.toString().replaceAll("import.meta.main", "true") };
    },
});

let runs = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a command of `tools/` in this process, where all that it loads has been loaded before. It gets what a process of its
 * own would: arguments, variables, standard output and an exit code. Since these belong to the whole process, commands run
 * one after the other, and nothing else may print meanwhile.
 *
 * @param file `tools/dlq.ts`
 * @param variables its whole environment
 */
export function runCommand(file: string, args: readonly string[], variables: Variables): Promise<CommandEnd> {
    const end = last.then(() => run(file, args, variables));
    last = end.catch(() => undefined);
    return end;
}

/** Runs a command in a process of its own. */
export function runAlone(file: string, args: readonly string[], variables: Variables): Promise<CommandEnd> {
    const command = ["--disable-warning=ExperimentalWarning", file, ...args];
    const env = { NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"], ...variables };
    return new Promise((resolve) => {
        const child = execFile(process.execPath, command, { cwd: root, env }, (error, output, errors) => {
            resolve({ code: error === null ? 0 : error.code, output, errors });
        });
        child.stdin?.end();
    });
}

class Exit extends Error {}

async function run(file: string, args: readonly string[], variables: Variables): Promise<CommandEnd> {
    const { argv, env, exitCode, exit } = process;
    const listeners = process.listeners("unhandledRejection");
    const output = captured(process.stdout);
    const errors = captured(process.stderr);
    process.argv = [process.execPath, join(root, file), ...args];
    process.env = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
    process.exitCode = undefined;
    process.exit = (code) => {
        process.exitCode = code ?? process.exitCode;
        throw new Exit();
    };
    runs += 1;
    try {
        await import(`${pathToFileURL(join(root, file)).href}?command=${runs}`).catch((error: unknown) => {
            if (!(error instanceof Exit)) throw error;
        });
        return { code: process.exitCode ?? 0, output: output.end(), errors: errors.end() };
    } finally {
        output.end();
        errors.end();
        Object.assign(process, { argv, env, exitCode, exit });
        for (const listener of process.listeners("unhandledRejection")) {
            if (!listeners.includes(listener)) process.off("unhandledRejection", listener);
        }
    }
}

/** Keeps what is written to a stream instead of writing it. */
function captured(stream: NodeJS.WriteStream): { end(): string } {
    const { write } = stream;
    let text = "";
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
        text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
        const done = rest.at(-1);
        if (typeof done === "function") done();
        return true;
    };
    return {
        end: () => {
            stream.write = write;
            return text;
        },
    };
}
