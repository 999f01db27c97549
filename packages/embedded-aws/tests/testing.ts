/** What tests of other packages use: the services behind the AWS endpoint without a program, and invented resources. */
export type { FunctionDefinition } from "../src/lambda/function.ts";
export * from "./endpoint/startedCloud.ts";
export { resource } from "./provision/resources.ts";
