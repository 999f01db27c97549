/** Evaluation of IAM policies and SNS filter policies without AWS. */
export { Access, type RoleReport } from "../identity/access.ts";
export { parsePolicy } from "../identity/policyDocument.ts";
export type { Principal } from "../identity/principal.ts";
export { provisionAccess } from "../provision/access.ts";
export { compileFilterPolicy } from "../topics/filterPolicy.ts";
