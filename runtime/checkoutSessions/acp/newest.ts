import type { Dialect } from "../domain/dialect.ts";
import { protocolVersion } from "../domain/protocol.ts";

/** ACP 2026-04-17, whose vocabulary commands and sessions have. */
export const newest: Dialect = {
    version: protocolVersion,
    needsKey: true,
    up: (_, body) => ({ body }),
    down: (result) => {
        if ("problem" in result) {
            const { status, error, headers } = result.problem;
            return { status, body: error, ...(headers && { headers }) };
        }
        return { status: result.status, body: "session" in result ? result.session : result.body };
    },
};
