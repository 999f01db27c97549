import { accessSync, constants, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const wrapper = join(import.meta.dirname, "../../node_modules/pulumi/package.json");
const source = "https://get.pulumi.com/install.sh";

/** Where Pulumi's wrapper (the package `pulumi`) looks for the CLI before it fetches it: in its `lib/resolve.js`. */
export function cliIn({ PULUMI_HOME, PULUMI_VERSION }: NodeJS.ProcessEnv): { version: string; path: string } {
    const version = PULUMI_VERSION || String(JSON.parse(readFileSync(wrapper, "utf8")).version);
    const executable = process.platform === "win32" ? "pulumi.exe" : "pulumi";
    return { version, path: join(PULUMI_HOME || join(homedir(), ".pulumi"), "versions", version, "bin", executable) };
}

/** What keeps Pulumi's CLI from being there, in one sentence with the remedy; undefined when it is, or can be fetched. */
export async function cliFault(
    env: NodeJS.ProcessEnv,
    ask: (url: string) => Promise<{ readonly ok: boolean; readonly status: number }> = (url) =>
        fetch(url, { method: "HEAD", signal: AbortSignal.timeout(10_000) }),
): Promise<string | undefined> {
    const { version, path } = cliIn(env);
    try {
        accessSync(path, constants.X_OK);
        return undefined;
    } catch {
        // It is to be fetched.
    }
    let why: string;
    try {
        const { ok, status } = await ask(source);
        if (ok) return undefined;
        why = `answers ${status}`;
    } catch (error) {
        const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
        why = `cannot be reached (${cause instanceof Error ? cause.message : message})`;
    }
    return (
        `Pulumi's command line tool ${version} is not here and cannot be fetched: ${source} ${why}. An installed Pulumi is ` +
        `used if it is at $PULUMI_HOME/versions/$PULUMI_VERSION/bin (now ${path})`
    );
}
