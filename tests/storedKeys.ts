import { digestOf, type StoredClient } from "../runtime/shared/apiKeys.ts";
import { scopes } from "../spec/generated/scopes.ts";

interface Client {
    readonly key: string;
    /** @default every scope */
    readonly scopes?: readonly string[];
    readonly signingSecret?: string;
}

/** The value of the secret of API keys, each client with one key, whose id is the client's name. */
export function storedKeys(clients: Readonly<Record<string, string | Client>>): Readonly<Record<string, StoredClient>> {
    return Object.fromEntries(
        Object.entries(clients).map(([id, client]) => {
            const {
                key,
                scopes: own = scopes,
                ...signing
            }: Client = typeof client === "string" ? { key: client } : client;
            const stored = { id, sha256: digestOf(key).toString("hex"), created: "2026-11-01T00:00:00Z", ...signing };
            return [id, { scopes: own, keys: [stored] }];
        }),
    );
}
