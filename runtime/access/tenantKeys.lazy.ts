import { createHash, timingSafeEqual } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { dynamo } from "../shared/dynamo.ts";

/** The tenant of a key that `POST /tenants/{id}/keys` has made; undefined if there is no such key. */
export async function tenantOfKey(
    TableName: string,
    key: string,
): Promise<{ readonly tenantId: string; readonly keyId: string } | undefined> {
    const [, hex = "", keyId] = /^tenant_([0-9a-f]{32})_([0-9a-f]{8})_[\w-]+$/.exec(key) ?? [];
    if (keyId === undefined) return undefined;
    const tenantId = `tn_${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")}`;
    // Consistently: API Gateway would remember the refusal of a new key.
    const get = new GetCommand({ TableName, Key: { tenantId, item: `key#${keyId}` }, ConsistentRead: true });
    const { Item: item } = await dynamo.send(get);
    const known = Buffer.from(String(item?.["sha256"]), "hex");
    const digest = createHash("sha256").update(key).digest();
    return known.length === digest.length && timingSafeEqual(known, digest) ? { tenantId, keyId } : undefined;
}
