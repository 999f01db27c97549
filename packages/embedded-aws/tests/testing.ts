/** What tests of other packages use: the services behind the AWS endpoint without a program, the check of signatures, and invented resources. */
export type { ApiRequest } from "../src/http/request.ts";
export { parseAuthorization, Sha256, signatureFault } from "../src/http/signature.ts";
export type { FunctionDefinition } from "../src/lambda/function.ts";
export { emptyPagesWithoutAction, startBrowser, Visit } from "./console/browser.ts";
export * from "./endpoint/startedCloud.ts";
export { resource } from "./provision/resources.ts";
