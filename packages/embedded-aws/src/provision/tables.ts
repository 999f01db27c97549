import { type AwsCall, AwsError } from "../aws/call.ts";
import { type Input, parseInput, partOf, partsOf, textOf, textsOf } from "../aws/input.ts";
import type { Graph } from "../graph/graph.ts";
import type { Principal } from "../identity/principal.ts";
import { ofType, type Properties, UnusableResourceError } from "./properties.ts";

const administrator: Principal = { kind: "administrator" };

/** Tables that an earlier run has made have other keys, indexes or streams than the program's. */
export class TablesChangedError extends Error {
    override readonly name = "TablesChangedError";

    /** @param differences one line each */
    constructor(differences: readonly string[]) {
        super(
            `Tables have changed since the state was made:\n${differences.map((line) => `  ${line}\n`).join("")}` +
                "Start once with --fresh, which forgets everything that is stored here: npm start -- --fresh\n" +
                "(Where DYNAMODB_ENDPOINT names a DynamoDB of your own, delete these tables there.)",
        );
    }
}

/** Creates the tables that do not exist yet. @throws TablesChangedError, UnusableResourceError */
export async function provisionTables(graph: Graph, call: AwsCall): Promise<void> {
    const differences: string[] = [];
    for (const table of ofType(graph, "aws:dynamodb/table:Table")) {
        const wanted = creationOf(table);
        try {
            await call(administrator, "dynamodb", "CreateTable", wanted);
        } catch (error) {
            if (!(error instanceof AwsError) || error.code !== "ResourceInUseException") throw error;
            const { TableName } = wanted;
            const { Table } = await call(administrator, "dynamodb", "DescribeTable", { TableName });
            const [before, now] = [shapeOf(partOf({ Table }, "Table")), shapeOf(wanted)];
            for (const part of new Set([...Object.keys(before), ...Object.keys(now)])) {
                const [was, is] = [before[part] ?? "absent", now[part] ?? "absent"];
                if (was !== is) differences.push(`${TableName}: the ${part} was ${was} and is ${is}`);
            }
        }
        await provisionTimeToLive(table, call);
    }
    if (differences.length > 0) throw new TablesChangedError(differences);
    await provisionItems(graph, call);
}

/** Items that are resources of the program: at every start as it has them, whatever became of them since. */
async function provisionItems(graph: Graph, call: AwsCall): Promise<void> {
    for (const item of ofType(graph, "aws:dynamodb/tableItem:TableItem")) {
        const Item = item.parsed("item", parseInput);
        await call(administrator, "dynamodb", "PutItem", { TableName: item.text("tableName"), Item });
    }
}

/** Has the engine delete expired items as the program says, or no longer. */
async function provisionTimeToLive(table: Properties, call: AwsCall): Promise<void> {
    const TableName = table.text("name");
    const ttl = table.child("ttl");
    const wanted = ttl?.flag("enabled") === true ? ttl.text("attributeName") : undefined;
    const { TimeToLiveDescription } = await call(administrator, "dynamodb", "DescribeTimeToLive", { TableName });
    const { AttributeName: known } = partOf({ TimeToLiveDescription }, "TimeToLiveDescription");
    if (known === wanted) return;
    const changes = [
        { Enabled: false, AttributeName: known },
        { Enabled: true, AttributeName: wanted },
    ].filter(({ AttributeName }) => AttributeName !== undefined);
    for (const TimeToLiveSpecification of changes) {
        await call(administrator, "dynamodb", "UpdateTimeToLive", { TableName, TimeToLiveSpecification });
    }
}

/** The input of CreateTable. */
function creationOf(table: Properties) {
    const mode = table.text("billingMode");
    if (mode === "PROVISIONED") {
        const capacities = [table.optionalNumber("readCapacity"), table.optionalNumber("writeCapacity")];
        const isGiven = capacities.every((capacity) => capacity !== undefined && capacity >= 1);
        const missing = "needs capacities, or billingMode PAY_PER_REQUEST";
        if (!isGiven) throw new UnusableResourceError(table.text("name"), missing);
    }
    if (table.children("localSecondaryIndexes").length > 0) {
        throw new UnusableResourceError(table.text("name"), "this cloud has no local secondary indexes");
    }
    const indexes = table.children("globalSecondaryIndexes");
    return {
        TableName: table.text("name"),
        // Nothing is throttled here.
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: keySchema(table.text("hashKey"), table.optionalText("rangeKey")),
        AttributeDefinitions: table.children("attributes").map((attribute) => ({
            AttributeName: attribute.text("name"),
            AttributeType: attribute.text("type"),
        })),
        ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes.map(indexOf) }),
        ...(table.flag("streamEnabled") && {
            StreamSpecification: { StreamEnabled: true, StreamViewType: table.text("streamViewType") },
        }),
    };
}

const keySchema = (hashKey: string, rangeKey: string | undefined) => [
    { AttributeName: hashKey, KeyType: "HASH" },
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" }]),
];

const indexOf = (index: Properties) => {
    const nonKeyAttributes = index.texts("nonKeyAttributes");
    const keys = index.children("keySchemas");
    return {
        IndexName: index.text("name"),
        KeySchema:
            keys.length === 0
                ? keySchema(index.text("hashKey"), index.optionalText("rangeKey"))
                : keys.map((key) => ({ AttributeName: key.text("attributeName"), KeyType: key.text("keyType") })),
        Projection: {
            ProjectionType: index.text("projectionType"),
            ...(nonKeyAttributes.length > 0 && { NonKeyAttributes: nonKeyAttributes }),
        },
    };
};

/** What cannot change in a table that keeps its items, in words: of the table itself, its stream and each index. */
function shapeOf(table: Input): Readonly<Record<string, string>> {
    const types = new Map(
        partsOf(table, "AttributeDefinitions").map((one) => [one["AttributeName"], one["AttributeType"]]),
    );
    const keyOf = (keyed: Input) =>
        partsOf(keyed, "KeySchema")
            .map(({ AttributeName }) => `${AttributeName} (${types.get(AttributeName)})`)
            .join(", ");
    const indexes = partsOf(table, "GlobalSecondaryIndexes").map((index) => {
        const projection = partOf(index, "Projection");
        const attributes = [...textsOf(projection, "NonKeyAttributes")].sort().join(", ");
        const what = `${textOf(projection, "ProjectionType")}${attributes === "" ? "" : ` of ${attributes}`}`;
        return [`index ${textOf(index, "IndexName")}`, `${keyOf(index)} with ${what}`] as const;
    });
    const stream = partOf(table, "StreamSpecification");
    return {
        key: keyOf(table),
        ...(stream["StreamEnabled"] === true && { stream: textOf(stream, "StreamViewType") ?? "" }),
        ...Object.fromEntries(indexes),
    };
}
