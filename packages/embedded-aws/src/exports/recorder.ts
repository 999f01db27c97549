/** Evaluates a Pulumi program without its engine, and answers with every resource that it registered. */
export type { Graph, Resource } from "../graph/graph.ts";
export { callOf, type Place } from "../graph/outputs.ts";
export { type Program, providerNameOf, recordGraph } from "../graph/record.ts";
