import { readFileSync } from "node:fs";
import { join } from "node:path";
import { marshall } from "@aws-sdk/util-dynamodb";
import { StripeDouble, type StripeSettings } from "../../../tools/embedded/stripe/stripe.ts";
import { type AwsCall, AwsError } from "./aws/call.ts";
import type { DoubleDefinitions, DoubleRoute } from "./doubles/doubles.ts";
import type { Graph } from "./graph/graph.ts";
import type { Journal } from "./journal.ts";
import { Properties } from "./realise/properties.ts";

/*
 * What is particular to the program that runs here is data in the program's own folder, by the logical names of its resources:
 * tables.json holds the items that a new table starts with, secrets.json the values of secrets; doubles.json the doubles
 * of services on the internet, by names of its own; settings.json what settings are here and nowhere else, of one
 * stack or (*) of every one: one machine is one region.
 */

type ByLogicalName<Value> = Readonly<Record<string, Value>>;

const folder = join(import.meta.dirname, "../../../tools/embedded");

const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));

/**
 * The value of each secret that has one here: logical name → JSON text.
 * @param doubles the address below which the doubles are, for `{doubles}` in a value.
 */
export function secretValues(doubles: string): ByLogicalName<string> {
    const secrets = read("secrets.json") as ByLogicalName<unknown>;
    const textOf = (value: unknown) => JSON.stringify(value).replaceAll("{doubles}", doubles);
    return Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, textOf(value)]));
}

/** What settings of a stack are here, as changes to its file (RFC 7396). */
export function settingsHere(project: string, stack: string): Readonly<Record<string, unknown>> {
    const settings = read("settings.json") as ByLogicalName<ByLogicalName<unknown>>;
    return Object.fromEntries(
        Object.entries({ ...settings["*"], ...settings[stack] }).map(([key, value]) => [`${project}:${key}`, value]),
    );
}

/** The doubles of services on the internet. */
export function doubleDefinitions(services: Pick<StripeSettings, "journal" | "waits">): DoubleDefinitions {
    const { fixed, stripe } = read("doubles.json") as {
        readonly fixed: ByLogicalName<readonly DoubleRoute[]>;
        readonly stripe: Pick<StripeSettings, "secretKey">;
    };
    return { ...fixed, stripe: new StripeDouble({ ...stripe, ...services }) };
}

/**
 * Puts the sample items into new tables. A table is new until all of its items were put: a start that was killed in the
 * middle is made up for, and an item that is there already stays as it is.
 */
export async function fillTables(graph: Graph, journal: Journal, call: AwsCall): Promise<void> {
    const samples = read("tables.json") as ByLogicalName<readonly Record<string, unknown>[]>;
    for (const resource of graph.resources.filter(({ type }) => type === "aws:dynamodb/table:Table")) {
        const table = Properties.of(resource);
        const TableName = table.text("name");
        const items = samples[resource.name] ?? [];
        const fact = `sample items ${TableName}`;
        if (items.length === 0 || journal.recall(fact) !== undefined) continue;
        const whereAbsent = {
            ConditionExpression: "attribute_not_exists(#key)",
            ExpressionAttributeNames: { "#key": table.text("hashKey") },
        };
        for (const item of items) {
            const input = { TableName, Item: marshall(item), ...whereAbsent };
            await call({ kind: "administrator" }, "dynamodb", "PutItem", input).catch((error: unknown) => {
                if (!(error instanceof AwsError) || error.code !== "ConditionalCheckFailedException") throw error;
            });
        }
        journal.remember(fact, items.length);
    }
}
