// Pulumi compiles a policy pack's own TypeScript by a compiler that does not know this project's imports. What JavaScript
// imports it leaves to Node, which strips the types.
import "./index.ts";
