import { createHash, randomBytes } from "node:crypto";
import type { components } from "../../../spec/generated/tenants.types.ts";
import { validateNewTenant } from "../../../spec/generated/tenants.validators.js";
import { fingerprint } from "../../shared/canonical.ts";
import { type HttpRequest, idempotencyKeyOf, type Refused } from "../../shared/http.ts";
import { uuidOf, uuidV7 } from "../../shared/ids.ts";
import { limitIn, type Served } from "../../shared/served.ts";
import { badAfter, conflict } from "../endpoints/answers.ts";
import { bodyIn } from "../endpoints/endpointRequest.ts";
import { type EndpointStore, isTenantId } from "../endpoints/endpointStore.ts";
import { mostKeys, type Tenant, type TenantKey, type TenantStore } from "./tenantStore.ts";

type Schemas = components["schemas"];

export interface TenantsApi {
    readonly tenants: TenantStore;
    readonly endpoints: EndpointStore;
    /** Has everything deleted that is left of a tenant, when nothing is under way to its endpoints any more. */
    readonly expungeLater: (tenant: Tenant, correlationId: string) => Promise<void>;
    /** Milliseconds since 1970 */
    readonly now: () => number;
}

export interface TenantsRequest {
    readonly request: HttpRequest;
    /** The client. */
    readonly owner: string;
    /** Of the path. */
    readonly tenantId: string;
    readonly correlationId: string;
}

const noSuchTenant: Refused = { problem: { status: 404, detail: "the client has no such tenant" } };
const noSuchKey: Refused = { problem: { status: 404, detail: "the tenant has no such key" } };
const keyTaken: Refused = { problem: { status: 422, detail: "this Idempotency-Key was used with another body" } };

/** POST /tenants */
export async function createTenant({ tenants, now }: TenantsApi, { request, owner }: TenantsRequest): Promise<Served> {
    const given = idempotencyKeyOf(request);
    if ("problem" in given) return given;
    const posted = bodyIn(request, validateNewTenant);
    if ("problem" in posted) return posted;
    const { name } = posted.body;
    const tenant = await tenants.create({
        tenantId: `tn_${given.key === undefined ? uuidV7() : uuidOf("tenant", owner, given.key)}`,
        owner,
        ...(name !== undefined && { name }),
        status: "active",
        requestFingerprint: fingerprint(posted.body),
        createdAt: new Date(now()).toISOString(),
    });
    if (tenant === undefined) return conflict("the tenant of this Idempotency-Key was deleted: use another key");
    if (tenant.requestFingerprint !== fingerprint(posted.body)) return keyTaken;
    return {
        status: 201,
        body: shownTenant(tenant),
        headers: { location: `${request.rawPath}/${tenant.tenantId}` },
        done: "Tenant made",
        fields: { tenant: tenant.tenantId },
    };
}

/** GET /tenants */
export async function listTenants({ tenants }: TenantsApi, { request, owner }: TenantsRequest): Promise<Served> {
    const page = limitIn(request);
    if ("problem" in page) return page;
    const after = request.queryStringParameters?.["after"];
    if (after !== undefined && !isTenantId(after)) return badAfter;
    const found = await tenants.ofOwner(owner, page.limit, after);
    const last = found.tenants.at(-1);
    const body = {
        tenants: found.tenants.map((tenant) => shownTenant(tenant)),
        ...(last && !found.isLast && { next: last.tenantId }),
    };
    return { status: 200, body, done: "Tenants listed" };
}

/** GET /tenants/{id} */
export async function readTenant({ tenants }: TenantsApi, { owner, tenantId }: TenantsRequest): Promise<Served> {
    const tenant = await tenants.get(owner, tenantId);
    if (tenant === undefined) return noSuchTenant;
    return { status: 200, body: shownTenant(tenant, await tenants.keysOf(tenantId)), done: "Tenant read" };
}

/** POST /tenants/{id}/keys */
export async function createTenantKey(
    { tenants, now }: TenantsApi,
    { owner, tenantId }: TenantsRequest,
): Promise<Served> {
    if ((await tenants.get(owner, tenantId)) === undefined) return noSuchTenant;
    const id = randomBytes(4).toString("hex");
    const key = `tenant_${tenantId.slice("tn_".length).replaceAll("-", "")}_${id}_${randomBytes(32).toString("base64url")}`;
    const kept = {
        id,
        sha256: createHash("sha256").update(key).digest("hex"),
        createdAt: new Date(now()).toISOString(),
    };
    if (!(await tenants.addKey(tenantId, kept)))
        return conflict(`the tenant has ${mostKeys} keys already, or is being deleted`);
    const body = { id, key, createdAt: kept.createdAt } satisfies Schemas["TenantKey"];
    return { status: 201, body, done: "Key of a tenant made", fields: { tenant: tenantId, keyId: id } };
}

/** DELETE /tenants/{id}/keys/{keyId} */
export async function deleteTenantKey(
    { tenants }: TenantsApi,
    { request, owner, tenantId }: TenantsRequest,
): Promise<Served> {
    if ((await tenants.get(owner, tenantId)) === undefined) return noSuchTenant;
    const id = request.pathParameters?.["keyId"] ?? "";
    if (!(await tenants.removeKey(tenantId, id))) return noSuchKey;
    return { status: 204, done: "Key of a tenant deleted", fields: { tenant: tenantId, keyId: id } };
}

/**
 * DELETE /tenants/{id}: ends the tenant's keys, closes it for new endpoints and deletes those that it has, so that no event
 * comes to it any more; what is stored of earlier ones follows. Repeated, it starts again.
 */
export async function deleteTenant(
    { tenants, endpoints, expungeLater }: TenantsApi,
    { owner, tenantId, correlationId }: TenantsRequest,
): Promise<Served> {
    const known = await tenants.get(owner, tenantId);
    const tenant = known && (await tenants.beginDeletion(known));
    if (tenant === undefined) return noSuchTenant;
    for (const { id } of await tenants.keysOf(tenantId)) await tenants.removeKey(tenantId, id);
    await endpoints.close(tenantId);
    for (const { endpointId } of await endpoints.ofTenant(tenantId)) await endpoints.delete(tenantId, endpointId);
    await expungeLater(tenant, correlationId);
    return {
        status: 202,
        body: shownTenant(tenant, []),
        done: "Tenant is being deleted",
        fields: { tenant: tenantId },
    };
}

function shownTenant({ tenantId, name, status, createdAt }: Tenant, keys?: readonly TenantKey[]): Schemas["Tenant"] {
    return {
        id: tenantId,
        ...(name !== undefined && { name }),
        status,
        ...(keys && { keys: keys.map(({ id, createdAt: at }) => ({ id, createdAt: at })) }),
        createdAt,
    };
}
