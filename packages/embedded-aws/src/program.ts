import { fork } from "node:child_process";
import { join } from "node:path";
import type { Evaluated, Evaluation } from "./evaluate.ts";
import type { Graph } from "./graph/graph.ts";

/** The program cannot be evaluated; the message is for its author. */
export class ProgramFailure extends Error {
    override readonly name = "ProgramFailure";
}

export interface EvaluatedProgram {
    readonly graph: Graph;
    readonly region: string;
    /** Settings that are encrypted in the stack's file and have a placeholder here. */
    readonly encrypted: readonly string[];
}

/** Evaluates `index.ts` in a process of its own. @throws ProgramFailure */
export async function evaluateProgram(evaluation: Evaluation): Promise<EvaluatedProgram> {
    // Pulumi takes a stack trace for every output, which is much of the time: only to tell of a failure is it worth that.
    const evaluated = await evaluate(evaluation, 0);
    if ("graph" in evaluated) return evaluated;
    const traced = await evaluate(evaluation, 10);
    if ("graph" in traced) return traced;
    throw new ProgramFailure(traced.failure);
}

function evaluate(evaluation: Evaluation, stackTraceLimit: number): Promise<Evaluated> {
    const child = fork(join(import.meta.dirname, "evaluate.ts"), [JSON.stringify(evaluation)], {
        stdio: ["ignore", "inherit", "inherit", "ipc"],
        serialization: "advanced",
        execArgv: [...process.execArgv, `--stack-trace-limit=${stackTraceLimit}`],
    });
    return new Promise((resolve) => {
        // Sent by evaluate.ts and nobody else.
        child.once("message", (message) => resolve(message as Evaluated));
        child.once("error", (error) => resolve({ failure: error.message }));
        child.once("exit", (code, signal) => {
            resolve({ failure: `the program ended without a result (${signal ?? `exit code ${code}`})` });
        });
    });
}
