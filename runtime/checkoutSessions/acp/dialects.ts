import type { Dialect, Dialects } from "../domain/dialect.ts";
import type { Merchant } from "../domain/merchant.ts";
import { protocolVersion } from "../domain/protocol.ts";

/** ACP 2026-04-17, whose vocabulary commands and sessions have. */
export const newest: Dialect = {
    version: protocolVersion,
    needsKey: true,
    challenges: true,
    up: (_, body) => ({ body }),
    down: (result) => {
        if ("problem" in result) {
            const { status, error, headers } = result.problem;
            return { status, body: error, ...(headers && { headers }) };
        }
        return { status: result.status, body: "session" in result ? result.session : result.body };
    },
};

/** The versions of ACP that the merchant serves. */
export const acpDialects = ({ acpVersions: versions, currency }: Merchant): Dialects => ({
    versions,
    newest,
    named: async (version) => {
        if (!versions.includes(version)) return undefined;
        if (version === newest.version) return newest;
        const { olderDialect } = await import("../older.lazy.ts");
        return olderDialect(version, currency);
    },
});
