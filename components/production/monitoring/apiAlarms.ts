import type * as aws from "@pulumi/aws";
import type { Context } from "../../parts/context.ts";
import { functionsNamed, type Inventory, type Item } from "../../parts/inventory.ts";
import { type Alarm, one, share } from "./alarm.ts";
import { ofApi, ofFunction, ofRefusedCallers } from "./metric.ts";

export const ofApiErrors = (api: Item<aws.apigatewayv2.Api>): Alarm => ({
    name: `${api.name}-5xx`,
    severity: "P4",
    runbook: "api-errors",
    says: `${api.name} answered at least one request with a 5xx in five minutes.`,
    watches: one(ofApi(api, "5xx")),
    goesOff: { from: 1 },
});

/** One error is for the log; some are for office hours, more are not, and half of all is an outage. */
export function ofApiRates(api: Item<aws.apigatewayv2.Api>, inventory: Inventory): Alarm[] {
    const { name } = api;
    const checks = functionsNamed("health-check", inventory).map((check) => ofFunction(check, "Invocations"));
    const errors: Pick<Alarm, "runbook" | "watches"> = {
        runbook: "api-errors",
        watches: [share(ofApi(api, "5xx"), ofApi(api, "Count"))],
    };
    const latency: Pick<Alarm, "runbook" | "watches" | "periods" | "outOf"> = {
        runbook: "api-latency",
        watches: one(ofApi(api, "Latency", "p95")),
        periods: 2,
        outOf: 3,
    };
    return [
        {
            ...errors,
            name: `${name}-down`,
            severity: "P1",
            says: `${name} answers half of all requests or more with a 5xx.`,
            goesOff: { from: 50 },
            period: 60,
            periods: 3,
            outOf: 5,
        },
        {
            ...errors,
            name: `${name}-error-rate-high`,
            severity: "P2",
            says: `${name} answers more than 5 % of all requests with a 5xx.`,
            goesOff: { above: 5 },
            periods: 2,
            outOf: 3,
        },
        {
            ...errors,
            name: `${name}-error-rate`,
            severity: "P3",
            says: `${name} answers more than 1 % of all requests with a 5xx.`,
            goesOff: { above: 1 },
            periods: 2,
            outOf: 3,
        },
        {
            ...latency,
            name: `${name}-latency-high`,
            severity: "P2",
            says: `${name} takes more than 3 s for one request in twenty.`,
            goesOff: { above: 3000 },
        },
        {
            ...latency,
            name: `${name}-latency`,
            severity: "P3",
            says: `${name} takes more than 1 s for one request in twenty.`,
            goesOff: { above: 1000 },
        },
        {
            name: `${name}-client-errors`,
            severity: "P4",
            runbook: "client-errors",
            says: `${name} refuses more than a fifth of all requests with a 4xx.`,
            watches: [share(ofApi(api, "4xx"), ofApi(api, "Count"))],
            goesOff: { above: 20 },
            periods: 3,
        },
        {
            name: `${name}-traffic-drop`,
            severity: "P2",
            runbook: "traffic-drop",
            says: `${name} gets fewer requests than is usual for the hour and the weekday.`,
            watches: [
                {
                    metrics: [ofApi(api, "Count"), ...checks],
                    // Health checks go on when no client calls.
                    formula: (ids) => ids.map((id) => `FILL(${id}, 0)`).join(" - "),
                },
            ],
            goesOff: "unlike itself",
            periods: 6,
        },
    ];
}

export const ofRefusals = ({ accessLogs }: Inventory, context: Context): Alarm[] =>
    accessLogs.map(({ name }) => ({
        name: `${name}-refused-callers`,
        severity: "P1",
        runbook: "refused-callers",
        says: "The API refuses one request a second or more: a client may be trying keys.",
        watches: one(ofRefusedCallers(name, context)),
        goesOff: { from: 300 },
    }));
