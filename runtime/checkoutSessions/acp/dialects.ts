import type { Dialect, Dialects } from "../domain/dialect.ts";
import { newest } from "./newest.ts";

/** The versions of ACP that are served, oldest first, as in the discovery document. */
export const acpVersions: readonly string[] = [newest.version];

export const acp: Dialects = {
    versions: acpVersions,
    newest,
    named: async (version): Promise<Dialect | undefined> => (version === newest.version ? newest : undefined),
};
