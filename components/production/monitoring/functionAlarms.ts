import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { claimOf } from "../../parts/concurrency.ts";
import type { Context } from "../../parts/context.ts";
import type { Inventory, Item } from "../../parts/inventory.ts";
import { type Alarm, alarmsOverMany, alone, one, share } from "./alarm.ts";
import { concurrency, ofFunction } from "./metric.ts";

export const ofErrors = (callback: Item<aws.lambda.Function>): Alarm => ({
    name: `${callback.name}-errors`,
    severity: "P4",
    runbook: "function-errors",
    says: `${callback.name} failed at least once in five minutes.`,
    watches: one(ofFunction(callback, "Errors")),
    goesOff: { from: 1 },
});

export function ofFunctions({ functions, callbacks }: Inventory, context: Context): Alarm[] {
    // The metric counts what is set aside as taken, whether it runs or not.
    const claimed = callbacks.reduce((sum, callback) => sum + claimOf(callback, context.functions), 0);
    const left = Math.max(0, context.functions.concurrencyQuota - claimed);
    const rates = functions.map((callback) =>
        share(ofFunction(callback, "Errors"), ofFunction(callback, "Invocations")),
    );
    const errors = { runbook: "function-errors", periods: 2, outOf: 3 } as const;
    return [
        ...alarmsOverMany(
            {
                ...errors,
                name: "functions-error-rate-high",
                severity: "P2",
                says: "More than 5 % of a function's invocations fail.",
                goesOff: { above: 5 },
            },
            rates,
        ),
        ...alarmsOverMany(
            {
                ...errors,
                name: "functions-error-rate",
                severity: "P3",
                says: "More than 1 % of a function's invocations fail.",
                goesOff: { above: 1 },
            },
            rates,
        ),
        ...alarmsOverMany(
            {
                name: "functions-duration",
                severity: "P3",
                runbook: "function-duration",
                says: "A function took 90 % of its time limit or more.",
                goesOff: { from: 90 },
            },
            functions.map((callback) => ({
                metrics: [ofFunction(callback, "Duration", "Maximum")],
                // AWS's own limit, where a function has none, is three seconds.
                formula: ([ms]) => pulumi.interpolate`${ms} / ${callback.resource.timeout.apply((s) => 10 * (s ?? 3))}`,
            })),
        ),
        ...alarmsOverMany(
            {
                name: "functions-throttles",
                severity: "P3",
                runbook: "function-throttles",
                says: "A function was invoked more often at a time than it may run.",
                goesOff: { from: 1 },
            },
            functions.map((callback) => alone(ofFunction(callback, "Throttles"))),
        ),
        ...alarmsOverMany(
            {
                name: "functions-waiting-events",
                severity: "P3",
                runbook: "waiting-events",
                says: "An event waits for its function for a quarter of an hour or more.",
                goesOff: { from: 900_000 },
            },
            functions.map((callback) => alone(ofFunction(callback, "AsyncEventAge", "Maximum"))),
        ),
        {
            name: "functions-concurrency",
            severity: "P3",
            runbook: "concurrency",
            says: `More than 80 % of the ${left} executions that this stack's reserves leave to the account are taken.`,
            watches: one(concurrency),
            goesOff: { above: claimed + Math.floor(0.8 * left) },
        },
    ];
}
