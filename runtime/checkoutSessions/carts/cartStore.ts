import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { JsonObject } from "../../shared/json.ts";
import { isKey } from "../../shared/storable.ts";
import { transact, type Write } from "../../shared/transact.ts";
import type { Scope } from "../domain/call.ts";
import type { Requests } from "../session/requests.ts";
import type { StoredCart } from "./cart.ts";

/** The answer to a request, which is stored with its key. */
interface Kept {
    readonly scope: Scope | undefined;
    readonly status: number;
    readonly content: object;
}

/** `stale`: the cart has another version, or is gone. `repeated`: the key was used meanwhile. */
type Written = "committed" | "stale" | "repeated";

/** The carts table: one item for each cart, which has its latest version only. */
export class CartStore {
    readonly #client: DynamoDBDocumentClient;
    readonly #table: string;
    readonly #requests: Requests;

    constructor(client: DynamoDBDocumentClient, table: string, requests: Requests) {
        this.#client = client;
        this.#table = table;
        this.#requests = requests;
    }

    /** Undefined also once it has expired: DynamoDB deletes it later. */
    async read(id: string, now: number): Promise<StoredCart | undefined> {
        if (!isKey(id)) return undefined;
        const { Item: item } = await this.#client.send(
            new GetCommand({ TableName: this.#table, Key: { id }, ConsistentRead: true }),
        );
        const cart = item && cartIn(item);
        return cart !== undefined && Date.parse(cart.expiresAt) > now ? cart : undefined;
    }

    /** Writes which checkout is made of the cart. Undefined if the cart has another version. */
    async link(cart: StoredCart, sessionId: string): Promise<StoredCart | undefined> {
        const linked = { ...cart, version: cart.version + 1, sessionId };
        const written = await this.write(linked, { scope: undefined, status: 200, content: {} });
        return written === "committed" ? linked : undefined;
    }

    /** Writes the next version of a cart. */
    async write(cart: StoredCart, kept: Kept): Promise<Written> {
        const { id, version, expiresAt } = cart;
        const Item = { id, version, cart: JSON.stringify(cart), expiresAt: Math.floor(Date.parse(expiresAt) / 1000) };
        return await this.#written({ Put: { TableName: this.#table, Item, ...conditionOn(version - 1) } }, kept);
    }

    async delete({ id, version }: StoredCart, kept: Kept): Promise<Written> {
        return await this.#written({ Delete: { TableName: this.#table, Key: { id }, ...conditionOn(version) } }, kept);
    }

    async #written(change: Write, { scope, status, content }: Kept): Promise<Written> {
        const answered = scope && this.#requests.answered(scope, { status, content: JSON.stringify(content) });
        const failure = await transact(this.#client, [change, ...(answered ? [answered] : [])]);
        if (failure === undefined) return "committed";
        return failure.includes(1) ? "repeated" : "stale";
    }
}

/** @param version that is there; 0: none */
const conditionOn = (version: number) =>
    version === 0
        ? { ConditionExpression: "attribute_not_exists(id)" }
        : { ConditionExpression: "version = :version", ExpressionAttributeValues: { ":version": version } };

// Only this class writes the table.
const cartIn = ({ cart }: JsonObject): StoredCart => JSON.parse(String(cart));
