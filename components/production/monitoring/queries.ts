/** What an operator asks the logs again and again (CloudWatch Logs Insights). */
interface SavedQuery {
    readonly name: string;
    /** Whose lines: the callbacks' own, or one for each request of the API. */
    readonly of: "callbacks" | "requests";
    readonly query: string;
}

/** Log groups that Insights reads by their names. */
export const mostGroups = 50;

const lines = (...parts: readonly string[]) => parts.join("\n| ");

/** The newest errors, which the dashboard shows, too. */
export const errors: SavedQuery = {
    name: "errors",
    of: "callbacks",
    query: lines(
        "fields @timestamp, service, message, error.name, error.message, correlationId, order_id, sessionId",
        'filter level in ["error", "fatal"]',
        "sort @timestamp desc",
        "limit 100",
    ),
};

export const savedQueries: readonly SavedQuery[] = [
    errors,
    {
        name: "journey of an order, a session or a request",
        of: "callbacks",
        query: lines(
            "fields @timestamp, service, level, message, correlationId, order_id, sessionId, deliveryId",
            'filter correlationId = "<id>" or order_id = "<id>" or sessionId = "<id>" or deliveryId = "<id>"',
            "sort @timestamp",
        ),
    },
    {
        name: "errors by function and message",
        of: "callbacks",
        query: lines(
            'filter level in ["fatal", "error", "warn"]',
            "stats count(*) as times, latest(@timestamp) as newest by service, level, message",
            "sort times desc",
        ),
    },
    {
        name: "duration, memory and cold starts by function",
        of: "callbacks",
        query: lines(
            'filter type = "platform.report"',
            "stats count(*) as invocations, pct(record.metrics.durationMs, 95) as p95Ms, max(record.metrics.durationMs) as maxMs, max(record.metrics.maxMemoryUsedMB) as usedMB, max(record.metrics.memorySizeMB) as ofMB, count(record.metrics.initDurationMs) as coldStarts, pct(record.metrics.initDurationMs, 95) as initP95Ms by @log",
            "sort p95Ms desc",
        ),
    },
    {
        name: "webhooks by endpoint",
        of: "callbacks",
        query: lines(
            'filter message like "Delivery "',
            "stats count(*) as times, pct(durationMs, 95) as p95Ms, latest(httpStatus) as lastStatus by endpointId, message",
            "sort times desc",
        ),
    },
    {
        name: "requests by route and status",
        of: "requests",
        query: lines(
            "stats count(*) as requests, pct(latencyMs, 50) as p50Ms, pct(latencyMs, 95) as p95Ms by route, status",
            "sort requests desc",
        ),
    },
    {
        name: "requests that failed",
        of: "requests",
        query: lines(
            "fields @timestamp, route, status, correlationId, error, integrationError, authorizerError, latencyMs",
            "filter status >= 500",
            "sort @timestamp desc",
            "limit 100",
        ),
    },
    {
        name: "refused callers by address",
        of: "requests",
        query: lines(
            'filter status in ["401", "403"]',
            "stats count(*) as requests, latest(userAgent) as agent by sourceIp, route, status",
            "sort requests desc",
        ),
    },
];
