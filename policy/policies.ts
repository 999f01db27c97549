import { explainedWildcards, knownSenders, noPublicAccess, tlsOnly, usableKeys, wholeRights } from "./access.ts";
import { backlogs, missingData } from "./alarms.ts";
import type { Policy } from "./check.ts";
import { shares } from "./concurrency.ts";
import { encryptedAtRest } from "./encryption.ts";
import { deadLetters, messageSizes, retention, traced } from "./hops.ts";
import { alarmsAreHeard, protectedInProduction, tagged } from "./operation.ts";

/** Rules for every resource of every stack. */
export const policies: readonly Policy[] = [
    encryptedAtRest,
    explainedWildcards,
    wholeRights,
    knownSenders,
    usableKeys,
    noPublicAccess,
    tlsOnly,
    deadLetters,
    messageSizes,
    retention,
    traced,
    tagged,
    protectedInProduction,
    alarmsAreHeard,
    missingData,
    backlogs,
    shares,
];
