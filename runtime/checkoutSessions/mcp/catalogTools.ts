import { mostIds, type ShownCatalog } from "../products/shownCatalog.ts";
import { hasWords, wordsIn } from "../products/words.ts";
import { invalidArguments, type Tool, type ToolResult } from "./server.ts";

/** Tools of our own: ACP's binding has none for the catalogue. */
export const catalogTools = (catalog: ShownCatalog): Tool[] => [
    {
        name: "search_products",
        description:
            "Finds products whose title, description, brand or categories have all words of the query. The ids are those of items in a checkout session; prices are in minor units by currency.",
        inputSchema: {
            type: "object",
            properties: {
                query: { type: "string", description: "Words to look for. Without it all products are listed." },
                limit: { type: "integer", minimum: 1, maximum: 50, default: 10 },
                after: { type: "string", description: "`next` of the page before." },
            },
        },
        annotations: { readOnlyHint: true },
        call: async ({ query = "", limit = 10, after }): Promise<ToolResult> => {
            if (typeof query !== "string" || query.length > 200) {
                return invalidArguments("query must be a string of at most 200 characters");
            }
            if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > 50) {
                return invalidArguments("limit must be a whole number from 1 to 50");
            }
            if (after !== undefined && !(typeof after === "string" && /^[!-~]{1,64}$/.test(after))) {
                return invalidArguments("after must be the `next` of a page");
            }
            const words = wordsIn(query);
            return { content: await catalog.search((product) => hasWords(product, words), limit, after) };
        },
    },
    {
        name: "lookup_products",
        description: "Returns products by their ids, with prices and availability.",
        inputSchema: {
            type: "object",
            required: ["ids"],
            properties: { ids: { type: "array", items: { type: "string" }, minItems: 1, maxItems: mostIds } },
        },
        annotations: { readOnlyHint: true },
        call: async ({ ids }): Promise<ToolResult> => {
            if (!isIds(ids)) return invalidArguments(`ids must be 1 to ${mostIds} ids of products`);
            return { content: { products: await catalog.lookup([...new Set(ids)]) } };
        },
    },
];

const isIds = (ids: unknown): ids is string[] =>
    Array.isArray(ids) &&
    ids.length >= 1 &&
    ids.length <= mostIds &&
    ids.every((id) => typeof id === "string" && /^[!-~]{1,64}$/.test(id));
