import { paginateQuery, paginateScan, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { JsonObject } from "../../runtime/shared/json.ts";
import type { Stack } from "../operator/stack.ts";

/** So many items of a table without an index by time are looked at, unless all are asked for: it is read whole for that. */
export const mostItems = 2_000;

/** Reads the tables of an environment, whichever of them it has. */
export class ShopTables {
    readonly stack: Stack;

    constructor(stack: Stack) {
        this.stack = stack;
    }

    /**
     * The first items in which one of the members contains the text, and whether there may be more of them.
     * @param most that are looked at
     */
    async scan(
        table: string,
        search = "",
        members: readonly string[] = [],
        most = mostItems,
    ): Promise<{ readonly items: readonly JsonObject[]; readonly isWhole: boolean }> {
        const items: JsonObject[] = [];
        const pages = paginateScan(
            { client: this.stack.dynamo, pageSize: 500 },
            { TableName: this.stack.named(table) },
        );
        let isWhole = true;
        try {
            for await (const { Items = [], LastEvaluatedKey } of pages) {
                items.push(...Items);
                isWhole = LastEvaluatedKey === undefined;
                if (items.length >= most) break;
            }
        } catch (error) {
            if (!isMissing(error)) throw error;
        }
        const found = items.filter((item) =>
            members.some((member) => JSON.stringify(item[member] ?? "").includes(search)),
        );
        return { items: search === "" ? items : found, isWhole };
    }

    query(table: string, key: string, value: string): Promise<JsonObject[]> {
        return this.pages({
            TableName: this.stack.named(table),
            KeyConditionExpression: "#key = :value",
            ExpressionAttributeNames: { "#key": key },
            ExpressionAttributeValues: { ":value": value },
        });
    }

    /** None where the environment has no such table. */
    async pages(query: QueryCommandInput): Promise<JsonObject[]> {
        const items: JsonObject[] = [];
        try {
            for await (const { Items = [] } of paginateQuery({ client: this.stack.dynamo }, query))
                items.push(...Items);
        } catch (error) {
            if (!isMissing(error)) throw error;
        }
        return items;
    }
}

export const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === "ResourceNotFoundException";
