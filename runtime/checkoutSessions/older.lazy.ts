/** Loaded when a request names an older version of ACP, which few do. */
export { olderDialect } from "./acp/older/dialects.ts";
