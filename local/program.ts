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
export function evaluateProgram(evaluation: Evaluation): Promise<EvaluatedProgram> {
    const child = fork(join(import.meta.dirname, "evaluate.ts"), [JSON.stringify(evaluation)], {
        stdio: ["ignore", "inherit", "inherit", "ipc"],
        serialization: "advanced",
        // Pulumi takes a stack trace for every output: with Node's ten frames that is much of the time.
        execArgv: [...process.execArgv, "--stack-trace-limit=5"],
    });
    return new Promise((resolve, reject) => {
        child.once("message", (message) => {
            // Sent by evaluate.ts and nobody else.
            const evaluated = message as Evaluated;
            if ("failure" in evaluated) reject(new ProgramFailure(evaluated.failure));
            else resolve(evaluated);
        });
        child.once("error", (error) => reject(new ProgramFailure(error.message, { cause: error })));
        child.once("exit", (code, signal) => {
            reject(new ProgramFailure(`the program ended without a result (${signal ?? `exit code ${code}`})`));
        });
    });
}
