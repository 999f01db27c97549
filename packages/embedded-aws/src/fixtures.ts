import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { marshall } from "@aws-sdk/util-dynamodb";
import { type AwsCall, AwsError } from "./aws/call.ts";
import type { DoubleDefinitions, DoubleServices } from "./doubles/doubles.ts";
import type { Graph } from "./graph/graph.ts";
import { Properties } from "./provision/properties.ts";
import type { TaskQueue } from "./taskQueue.ts";

/*
 * What is particular to the program that runs here is in a folder of its own, by the logical names of its resources. Each
 * file may be absent: tables.json holds the items that a new table starts with, secrets.json the values of secrets,
 * settings.json what settings are here and nowhere else, of one stack or (*) of every one, doubles.ts the doubles of
 * services on the internet, by names of its own, code.ts builds the code of functions anew for `--watch`, and console.ts adds
 * pages to the console.
 */

/** A file of fixtures that cannot be read; the message names it. */
export class FixtureError extends Error {
    override readonly name = "FixtureError";
}

type ByLogicalName<Value> = Readonly<Record<string, Value>>;

/** @param directory none has no fixtures. */
export class Fixtures {
    readonly #directory: string | undefined;

    constructor(directory: string | undefined) {
        if (directory !== undefined && !existsSync(directory)) {
            throw new FixtureError(`there is no folder ${directory} for fixtures`);
        }
        this.#directory = directory;
    }

    /**
     * The value of each secret that has one here: logical name → JSON text.
     * @param doubles the address below which the doubles are, for `{doubles}` in a value.
     */
    secretValues(doubles: string): ByLogicalName<string> {
        const textOf = (value: unknown) => JSON.stringify(value).replaceAll("{doubles}", doubles);
        return mapped(this.#read("secrets.json"), textOf);
    }

    /** What settings of a stack are here, as changes to its file (RFC 7396). */
    settings(project: string, stack: string): ByLogicalName<unknown> {
        const settings = mapped(this.#read("settings.json"), (of) => (isRecord(of) ? of : {}));
        return Object.fromEntries(
            Object.entries({ ...settings["*"], ...settings[stack] }).map(([key, value]) => [
                `${project}:${key}`,
                value,
            ]),
        );
    }

    /** The doubles of services on the internet: what `doubles` of doubles.ts makes. */
    async doubles(services: DoubleServices): Promise<DoubleDefinitions> {
        const file = this.#module("doubles");
        if (file === undefined) return {};
        const { doubles }: { doubles?: unknown } = await import(pathToFileURL(file).href);
        if (typeof doubles !== "function") throw new FixtureError(`${file} exports no function doubles`);
        // What it returns is its author's word: `DoubleDefinitions` is exported for it.
        return await doubles(services);
    }

    /** The module with what the program adds to the console, console.ts: see `ConsoleExtension`. */
    console(): string | undefined {
        return this.#module("console");
    }

    /** The module with the builder of functions' code, code.ts: see `CodeBuilder`. */
    builder(): string | undefined {
        return this.#module("code");
    }

    /**
     * Puts the sample items into new tables. A table is new until all of its items were put: a start that was killed in the
     * middle is made up for, and an item that is there already stays as it is.
     */
    async fillTables(graph: Graph, taskQueue: TaskQueue, call: AwsCall): Promise<void> {
        const samples = mapped(this.#read("tables.json"), (items) => (Array.isArray(items) ? items : []));
        for (const resource of graph.resources.filter(({ type }) => type === "aws:dynamodb/table:Table")) {
            const table = Properties.of(resource);
            const TableName = table.text("name");
            const items = samples[resource.name] ?? [];
            const fact = `sample items ${TableName}`;
            if (items.length === 0 || taskQueue.recall(fact) !== undefined) continue;
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
            taskQueue.remember(fact, items.length);
        }
    }

    #module(name: string): string | undefined {
        const directory = this.#directory;
        if (directory === undefined) return undefined;
        return [`${name}.ts`, `${name}.js`].map((file) => join(directory, file)).find(existsSync);
    }

    #read(name: string): ByLogicalName<unknown> {
        const file = join(this.#directory ?? "", name);
        if (this.#directory === undefined || !existsSync(file)) return {};
        try {
            const content: unknown = JSON.parse(readFileSync(file, "utf8"));
            if (isRecord(content)) return content;
            throw new Error("it holds no object");
        } catch (error) {
            throw new FixtureError(
                `${basename(file)} of the fixtures cannot be read: ${error instanceof Error ? error.message : error}`,
            );
        }
    }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

const mapped = <Value>(from: ByLogicalName<unknown>, to: (value: unknown) => Value): ByLogicalName<Value> =>
    Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value)]));
