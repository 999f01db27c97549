import { environment } from "../shared/environment.ts";
import { alertIn } from "./messages/alert.ts";
import { metrics } from "./messages/metrics.ts";
import { onMessage } from "./messages/onMessage.ts";

export const env = environment("AUDIT_TABLE", "AUDIT_DAYS", "SUBSCRIBER");

/** Messages that are alerts: a line of the log for each, and a metric, on which an operator can put an alarm. */
export const handler = onMessage(env, async ({ content }, log) => {
    const { severity, code } = alertIn(content);
    const counted = metrics({ Alerts: 1 });
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
