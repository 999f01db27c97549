import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** A file of an installed package, or undefined. */
function installed(name: string, file: string): string | undefined {
    try {
        return join(dirname(require.resolve(`${name}/package.json`)), file);
    } catch {
        return undefined;
    }
}

/**
 * The native compiler checks the same in a third of the processor time. Pulumi needs TypeScript 6, which checks where npm has
 * no native compiler for the machine.
 */
const native = installed(
    `@typescript/typescript-${process.platform}-${process.arch}`,
    process.platform === "win32" ? "lib/tsc.exe" : "lib/tsc",
);
const args = process.argv.slice(2);
const { status, error } =
    native === undefined
        ? spawnSync(process.execPath, [require.resolve("typescript/bin/tsc"), ...args], { stdio: "inherit" })
        : spawnSync(native, [...args, "--singleThreaded"], { stdio: "inherit" });
if (error !== undefined) throw error;
process.exitCode = status ?? 1;
