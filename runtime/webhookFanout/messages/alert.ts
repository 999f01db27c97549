import type { JsonObject } from "../../shared/json.ts";

/** Something in the business that somebody should look at. What else the message says is not for a log. */
export interface Alert {
    readonly severity: Severity;
    readonly code: string;
}

const severities = ["info", "warning", "critical"] as const;
type Severity = (typeof severities)[number];

/** A message of the type of alerts is none. */
export class NotAnAlert extends Error {
    override readonly name = "NotAnAlert";
}

/** The alert in a message: `{"severity": "warning", "code": "stock-low", …}`. Throws NotAnAlert. */
export function alertIn({ severity, code }: JsonObject): Alert {
    const known = severities.find((one) => one === severity);
    if (known === undefined) throw new NotAnAlert(`its severity must be one of ${severities.join(", ")}`);
    if (typeof code !== "string" || !/^[A-Za-z0-9._-]{1,64}$/.test(code)) {
        throw new NotAnAlert("its code must be 1 to 64 letters, digits or . _ -");
    }
    return { severity: known, code };
}
