import { fork } from "node:child_process";
import { join, resolve } from "node:path";
import type { Evaluated, EvaluatedProgram, Evaluation } from "./evaluate.ts";
import { programOf } from "./project.ts";

/** The program cannot be evaluated; the message is for its author. */
export class ProgramError extends Error {
    override readonly name = "ProgramError";
}

/** Evaluates a project's program in a process of its own. @throws ProgramError */
export async function evaluateProgram(evaluation: Evaluation): Promise<EvaluatedProgram> {
    // Pulumi takes a stack trace for every output, which is much of the time: only to tell of a failure is it worth that.
    const evaluated = await evaluate(evaluation, ["--stack-trace-limit=0"]);
    if ("graph" in evaluated) return evaluated;
    if (!evaluated.hasPlace) throw new ProgramError(evaluated.failure);
    // Enumerations and the like: Node does not only strip them, and that takes longer.
    const compiled = evaluated.failure.includes("strip-only mode") ? ["--experimental-transform-types"] : [];
    // What the program prints is printed already, unless it did not start.
    const traced = await evaluate(evaluation, compiled, compiled.length > 0);
    if ("graph" in traced) return traced;
    throw new ProgramError(traced.failure);
}

/**
 * Most of what an evaluation makes lives to its end: a small young generation copies it often, for a tenth of the time.
 * The cloud's own is small.
 */
const memory = ["--min-semi-space-size=64", "--max-semi-space-size=64"];

function evaluate(evaluation: Evaluation, flags: readonly string[], prints = true): Promise<Evaluated> {
    const { projectDirectory, fixturesDirectory, codeDirectory } = evaluation;
    const request: Evaluation = {
        ...evaluation,
        projectDirectory: resolve(projectDirectory),
        fixturesDirectory: fixturesDirectory && resolve(fixturesDirectory),
        codeDirectory: resolve(codeDirectory),
    };
    const child = fork(join(import.meta.dirname, "./evaluate.ts"), [JSON.stringify(request)], {
        // As Pulumi runs it: paths of the program are relative to there.
        cwd: programOf(projectDirectory).directory,
        stdio: ["ignore", prints ? "inherit" : "ignore", prints ? "inherit" : "ignore", "ipc"],
        serialization: "advanced",
        // A program without a package.json that says so may be a module, too.
        execArgv: [...process.execArgv, ...memory, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", ...flags],
    });
    return new Promise((answered) => {
        // Only evaluate.ts sends it.
        child.once("message", (message) => answered(message as Evaluated));
        child.once("error", (error) => answered({ failure: error.message, hasPlace: false }));
        child.once("exit", (code, signal) => {
            const failure = `the program ended without a result (${signal ?? `exit code ${code}`})`;
            answered({ failure, hasPlace: false });
        });
    });
}
