import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

interface CostArgs {
    /** Name of the budget and of the monitor in the account. */
    readonly name: string;
    /** The value of the tag Environment on all that is counted. */
    readonly environment: string;
    /** US dollars. */
    readonly monthlyBudget: number;
    readonly emails: readonly string[];
}

/** A budget and a monitor of anomalies. By e-mail alone: AWS reports costs once a day. */
export function watchCosts(
    prefix: string,
    { name, environment, monthlyBudget, emails }: CostArgs,
    opts: pulumi.CustomResourceOptions,
): void {
    const notify = { comparisonOperator: "GREATER_THAN", thresholdType: "PERCENTAGE" };
    new aws.budgets.Budget(
        `${prefix}-budget`,
        {
            name,
            budgetType: "COST",
            timeUnit: "MONTHLY",
            limitAmount: String(monthlyBudget),
            limitUnit: "USD",
            costFilters: [{ name: "TagKeyValue", values: [`user:Environment$${environment}`] }],
            notifications: [
                { ...notify, notificationType: "ACTUAL", threshold: 80 },
                { ...notify, notificationType: "FORECASTED", threshold: 100 },
            ].map((notification) => ({ ...notification, subscriberEmailAddresses: [...emails] })),
        },
        opts,
    );
    const monitor = new aws.costexplorer.AnomalyMonitor(
        `${prefix}-costs`,
        {
            name,
            monitorType: "CUSTOM",
            monitorSpecification: JSON.stringify({
                // As AWS gives it back: what is absent would be a difference at every preview.
                And: null,
                CostCategories: null,
                Dimensions: null,
                Not: null,
                Or: null,
                Tags: { Key: "Environment", MatchOptions: null, Values: [environment] },
            }),
        },
        opts,
    );
    new aws.costexplorer.AnomalySubscription(
        `${prefix}-costs`,
        {
            name,
            frequency: "DAILY",
            monitorArnLists: [monitor.arn],
            subscribers: emails.map((address) => ({ type: "EMAIL", address })),
            thresholdExpression: {
                dimension: {
                    key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
                    matchOptions: ["GREATER_THAN_OR_EQUAL"],
                    values: [String(Math.max(1, Math.ceil(monthlyBudget / 10)))],
                },
            },
        },
        opts,
    );
}
