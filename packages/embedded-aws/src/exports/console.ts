/** What the console gets from a program: see `console.ts` among the fixtures in the README. */
export { Fixtures } from "../fixtures.ts";
export { build, type ConsoleExtension, type ConsoleServices } from "../inspect/console.ts";
export { serveConsole } from "../inspect/elsewhere.ts";
export { Download, ViewRequestError, type Views } from "../inspect/views.ts";
export type { TraceEntry } from "../trace.ts";
