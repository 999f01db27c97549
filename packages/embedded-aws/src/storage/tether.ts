/**
 * Runs a program that must not outlive the process that asked for it, also when that one is killed with `kill -9`:
 * the asker holds the other end of this process's standard input, and its end is the end of the program.
 * `node tether.ts <program> [argument…]`
 */
import { spawn } from "node:child_process";

const [program, ...programArguments] = process.argv.slice(2);
if (program === undefined) throw new Error("tether needs a program to run");

const child = spawn(program, programArguments, { stdio: ["ignore", "inherit", "inherit"] });
child.on("error", (error) => {
    console.error(error.message);
    process.exit(1);
});
child.on("exit", (code, signal) => {
    if (signal !== null) console.error(`ended by ${signal}`);
    process.exit(code ?? 1);
});

process.stdin.resume();
process.stdin.on("close", () => child.kill("SIGKILL"));
process.on("SIGTERM", () => child.kill("SIGKILL"));
