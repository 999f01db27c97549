import { at, policyOf, type Related, type Stack } from "./check.ts";

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const mapping = "aws:lambda/eventSourceMapping:EventSourceMapping";
const queue = "aws:sqs/queue:Queue";

/** What an alarm reads: the one metric that it names itself, or the queries of its formula. */
function readingsOf(props: unknown): {
    readonly metrics: readonly Reading[];
    readonly expressions: readonly Expression[];
} {
    const queries = at(props, "metricQueries");
    if (!Array.isArray(queries)) return { metrics: [{ metric: props, id: "m", returned: true }], expressions: [] };
    const all: readonly unknown[] = queries;
    return {
        metrics: all.flatMap((query) => {
            const metric = at(query, "metric");
            return metric ? [{ metric, id: String(at(query, "id")), returned: at(query, "returnData") === true }] : [];
        }),
        expressions: all.flatMap((query) => {
            const expression = at(query, "expression");
            return typeof expression === "string" ? [{ id: String(at(query, "id")), expression }] : [];
        }),
    };
}

interface Reading {
    readonly metric: unknown;
    readonly id: string;
    /** Whether the alarm looks at it as it is. */
    readonly returned: boolean;
}

interface Expression {
    readonly id: string;
    readonly expression: string;
}

/** The ids that an expression uses outside of a FILL. */
const unfilledIn = (expression: string): readonly string[] =>
    expression.replaceAll(/FILL\(\s*\w+\s*,[^()]*\)/g, "").match(/\b[a-z]\w*/g) ?? [];

/** The ids that stand in an ANOMALY_DETECTION_BAND. */
const bandedIn = (expression: string): readonly string[] =>
    [...expression.matchAll(/ANOMALY_DETECTION_BAND\(\s*(\w+)/g)].map(([, id]) => String(id));

/**
 * Alarms on AWS/DynamoDB keep their state where data is missing, whatever `treatMissingData` says (CloudWatch User Guide,
 * "Configuring how CloudWatch alarms treat missing data"). What counts events has no data most of the time.
 */
export const missingData = policyOf("missing-data", "No alarm goes off or stays on because nothing is measured.", {
    resources: {
        [alarm]: function* ({ props }) {
            const actions = at(props, "insufficientDataActions");
            if (Array.isArray(actions) && actions.length > 0) {
                yield "goes off when nothing is measured: unset insufficientDataActions";
            }
            const { metrics, expressions } = readingsOf(props);
            for (const { metric, id, returned } of metrics) {
                if (at(metric, "namespace") !== "AWS/DynamoDB") continue;
                if (returned || expressions.some(({ expression }) => unfilledIn(expression).includes(id))) {
                    yield `never clears, as AWS/DynamoDB has no data where nothing happens: read FILL(${id}, 0)`;
                }
            }
            for (const banded of expressions.flatMap(({ expression }) => bandedIn(expression))) {
                const measured = expressions.find(({ id }) => id === banded)?.expression ?? banded;
                const unfilled = metrics.filter(({ id }) => unfilledIn(measured).includes(id));
                if (unfilled.length > 0) yield `takes silence for nothing unusual: fill ${unfilled[0]?.id} with 0`;
            }
        },
    },
});

/** What grows where nothing takes anything out. */
const backlog = ["ApproximateAgeOfOldestMessage", "ApproximateNumberOfMessagesVisible"];

/** The queues whose age or depth an alarm looks at; dead letters are no backlog. */
function* backlogsOf(one: Related, stack: Stack): Generator<Related> {
    const { metrics } = readingsOf(one.props);
    const isBacklog = metrics.some(({ metric }) => backlog.includes(String(at(metric, "metricName"))));
    if (!isBacklog) return;
    for (const watched of stack.of(queue)) {
        const isRead = ["dimensions", "metricQueries"].some((property) =>
            one.propertyDependencies[property]?.some(({ urn }) => urn === watched.urn),
        );
        if (isRead && watched.propertyDependencies["redrivePolicy"]?.length) yield watched;
    }
}

export const backlogs = policyOf("backlogs", "Alarms on the age and depth of a queue are for queues that are read.", {
    stack: function* (stack) {
        for (const one of stack.of(alarm)) {
            for (const watched of backlogsOf(one, stack)) {
                if (stack.users(watched, mapping, "eventSourceArn").length === 0) {
                    yield [
                        one,
                        `goes off for good, as nothing reads ${watched.name}: leave it to the queue's consumer`,
                    ];
                }
            }
        }
    },
});
