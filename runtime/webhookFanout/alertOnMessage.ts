import { environment } from "../shared/environment.ts";
import type { JsonObject } from "../shared/json.ts";
import { messageMetrics } from "../shared/metrics.ts";
import { onMessage } from "../shared/onMessage.ts";

export const env = environment("AUDIT_TABLE", "AUDIT_DAYS", "SUBSCRIBER");

/** Logs each alert message and counts it as a metric for alarms. */
export const handler = onMessage(env, async ({ content }, log) => {
    const { severity, code } = alertIn(content);
    const counted = messageMetrics({ Alerts: 1 });
    switch (severity) {
        case "info":
            log.info("Business alert", { severity, code });
            return { outcome: "skipped", result: { severity, code } };
        case "warning":
            log.warn("Business alert", { severity, code, ...counted });
            break;
        case "critical":
            log.fatal("Business alert", { severity, code, ...counted });
            break;
    }
    return { result: { severity, code } };
});

/** The message's members that may be logged. */
interface Alert {
    readonly severity: Severity;
    readonly code: string;
}

const severities = ["info", "warning", "critical"] as const;
type Severity = (typeof severities)[number];

/** A message of the type of alerts has an invalid form. */
class InvalidAlertError extends Error {
    override readonly name = "InvalidAlertError";
}

/** Parses `{"severity": "warning", "code": "stock-low", …}`. Throws InvalidAlertError. */
function alertIn({ severity, code }: JsonObject): Alert {
    const known = severities.find((one) => one === severity);
    if (known === undefined) throw new InvalidAlertError(`its severity must be one of ${severities.join(", ")}`);
    if (typeof code !== "string" || !/^[A-Za-z0-9._-]{1,64}$/.test(code)) {
        throw new InvalidAlertError("its code must be 1 to 64 letters, digits or . _ -");
    }
    return { severity: known, code };
}
