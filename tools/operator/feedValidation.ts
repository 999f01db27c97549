import { ScanCommand, type ScanCommandInput } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type Lack, toldOf } from "../../runtime/feed/offer.ts";
import type { Feed } from "../../runtime/feed/target.ts";
import type { Stack } from "./stack.ts";

/** What a target is told of the catalogue. */
interface Tally {
    readonly target: string;
    /** Products. */
    told: number;
    leftOut: number;
    readonly lacks: Partial<Record<Lack, number>>;
}

/** A product that a target is not told of. */
interface Lacking {
    readonly target: string;
    readonly productId: string;
    readonly lacks: readonly Lack[];
}

/** What each target is told, or not, of each product; in the table's order. @param found a product that lacks something */
export async function validation(stack: Stack, feed: Feed, found: (lacking: Lacking) => void): Promise<Tally[]> {
    const tallies = feed.targets.map((target) => {
        const tally: Tally = { target: target.name, told: 0, leftOut: 0, lacks: {} };
        return { target, tally };
    });
    let ExclusiveStartKey: ScanCommandInput["ExclusiveStartKey"];
    do {
        const scan = new ScanCommand({ TableName: stack.named("catalog-products"), ExclusiveStartKey });
        const { Items = [], LastEvaluatedKey } = await stack.dynamo.send(scan);
        ExclusiveStartKey = LastEvaluatedKey;
        // As the callbacks read them (runtime/feed/stored/products.ts).
        for (const item of Items.map((marshalled) => unmarshall(marshalled, { wrapNumbers: Number }))) {
            for (const { target, tally } of tallies) {
                const told = toldOf(item, target, feed, Date.now());
                if (told === undefined) continue;
                if ("offer" in told) {
                    tally.told += 1;
                    continue;
                }
                tally.leftOut += 1;
                for (const lack of told.lacks) tally.lacks[lack] = (tally.lacks[lack] ?? 0) + 1;
                found({ target: target.name, productId: String(item["productId"]), lacks: told.lacks });
            }
        }
    } while (ExclusiveStartKey !== undefined);
    return tallies.map(({ tally }) => tally);
}

/** `3 image, 1 price` */
export const lacksInWords = (lacks: Readonly<Partial<Record<string, number>>>): string =>
    Object.entries(lacks)
        .map(([lack, count]) => `${count} ${lack}`)
        .join(", ");
