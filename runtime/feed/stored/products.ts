import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * Reads items of the products table. Another program may have written a number there beyond JavaScript's precision: it is
 * the nearest one here, which no price or member of the catalogue can be, so that its product is left out, and no other.
 */
export const products = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    unmarshallOptions: { wrapNumbers: Number },
});
