import type { AuthenticationResult } from "../domain/protocol.ts";

/** What the card's issuer said of the buyer, EMV 3-D Secure `transStatus`: authenticated, attempted, informational. */
export type TransStatus = "Y" | "A" | "I";

/** undefined for an outcome with which nothing is charged. */
export function transStatusOf({ outcome }: AuthenticationResult): TransStatus | undefined {
    switch (outcome) {
        case "authenticated":
            return "Y";
        case "attempt_acknowledged":
            return "A";
        case "informational":
            return "I";
        case "abandoned":
        case "canceled":
        case "denied":
        case "internal_error":
        case "not_supported":
        case "processing_error":
        case "rejected":
            return undefined;
    }
}
