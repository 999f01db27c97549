import { explainedWildcards, knownSenders, noPublicAccess, tlsOnly } from "./access.ts";
import type { Policy } from "./check.ts";
import { encryptedAtRest } from "./encryption.ts";
import { deadLetters, retention, traced } from "./hops.ts";
import { alarmsAreHeard, protectedInProduction, tagged } from "./operation.ts";

/** What must hold of every resource of every stack, whoever adds it. */
export const policies: readonly Policy[] = [
    encryptedAtRest,
    explainedWildcards,
    knownSenders,
    noPublicAccess,
    tlsOnly,
    deadLetters,
    retention,
    traced,
    tagged,
    protectedInProduction,
    alarmsAreHeard,
];
