/** The cloud as a library: what the command `embedded-aws` starts. */
export { Cloud, type CloudSettings } from "../cloud.ts";
export type { EvaluatedProgram, Evaluation } from "../evaluate.ts";
export { programFor } from "../keptProgram.ts";
export { evaluateProgram, ProgramError } from "../program.ts";
