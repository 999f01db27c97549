import { randomBytes, randomUUID } from "node:crypto";
import {
    DescribeSecretCommand,
    GetSecretValueCommand,
    InvalidParameterException,
    PutSecretValueCommand,
    ResourceNotFoundException,
    type SecretsManagerClient,
    UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import {
    clientsIn,
    digestOf,
    isStored,
    type PlainKey,
    type StoredClient,
    type StoredKey,
} from "../../runtime/shared/apiKeys.ts";
import { type Scope, scopes } from "../../spec/generated/scopes.ts";
import { UnreachableError, UsageError } from "./command.ts";

/** What the secret holds, by the names of clients. */
export type Clients = ReadonlyMap<string, StoredClient | PlainKey>;

/** A key as its client gets it: this once, for only its digest is kept. */
export interface NewKey {
    readonly id: string;
    readonly key: string;
    /** Where requests with the key are to be signed. */
    readonly signingSecret?: string;
}

/** The id under which a key of the older form is kept on, once its client has another. */
const formerId = "former";

/** Bytes (Secrets Manager quotas: secret value). */
const secretLimit = 65_536;

export function newKey(isSigned: boolean): NewKey {
    const id = randomBytes(4).toString("hex");
    const key = `commerce_${id}_${randomBytes(32).toString("hex")}`;
    return { id, key, ...(isSigned && { signingSecret: randomBytes(32).toString("base64url") }) };
}

/** The scopes in `orders:write,orders:read`. Throws UsageError. */
export function scopesIn(text: string): Scope[] {
    const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ""))];
    return names.map((name) => {
        const scope = scopes.find((one) => one === name);
        if (scope === undefined) throw new UsageError(`${name} is no scope: there are ${scopes.join(", ")}`);
        return scope;
    });
}

/**
 * With another key for a client; those that it has stay good. Without scopes a client keeps those that it has.
 * Throws UsageError.
 */
export function withKey(
    clients: Clients,
    name: string,
    added: NewKey,
    own: readonly Scope[] | undefined,
    now: Date,
): Clients {
    if (!/^[\w-]{1,64}$/.test(name)) throw new UsageError(`a client's name is up to 64 of a-z, A-Z, 0-9, _ and -`);
    const client = clients.get(name);
    const known = client === undefined ? undefined : storedOf(client, now);
    const { scopes: before, keys = [] } = known ?? {};
    const granted = own ?? before;
    if (granted === undefined || granted.length === 0) {
        throw new UsageError(`name the scopes of ${name}, by --scopes: ${scopes.join(", ")}`);
    }
    const { id, key, signingSecret } = added;
    const stored = {
        id,
        sha256: digestOf(key).toString("hex"),
        created: now.toISOString(),
        ...(signingSecret !== undefined && { signingSecret }),
    };
    return new Map([...clients, [name, { scopes: granted, keys: [...keys, stored] }]]);
}

/** Without a client, or without one of its keys; the last one goes with its client only. Throws UsageError. */
export function withoutKey(clients: Clients, name: string, keyId: string | undefined): Clients {
    const client = clients.get(name);
    if (client === undefined) {
        throw new UsageError(`there is no client ${name}: there are ${[...clients.keys()].join(", ") || "none"}`);
    }
    const others = [...clients].filter(([other]) => other !== name);
    if (keyId === undefined) return new Map(others);
    const keys = keysOf(client);
    if (!isStored(client) || !keys.some(({ id }) => id === keyId)) {
        throw new UsageError(
            `${name} has no key ${keyId}: it has ${keys.map(({ id }) => id).join(", ") || "one without an id"}`,
        );
    }
    if (keys.length === 1) {
        throw new UsageError(`${keyId} is the last key of ${name}: add another first, or remove ${name} without --key`);
    }
    return new Map([...clients, [name, { ...client, keys: keys.filter(({ id }) => id !== keyId) }]]);
}

const keysOf = (client: StoredClient | PlainKey): readonly StoredKey[] => (isStored(client) ? client.keys : []);

/** A key of the older form stays good as one of the client's, by its digest; its scopes were the stack's to say. */
function storedOf(client: StoredClient | PlainKey, now: Date): Partial<StoredClient> {
    if (isStored(client)) return client;
    const { key, ...signing } = typeof client === "string" ? { key: client } : client;
    return { keys: [{ id: formerId, sha256: digestOf(key).toString("hex"), created: now.toISOString(), ...signing }] };
}

/** The secret of a stack that its API knows clients by. */
export class ClientSecret {
    readonly #secrets: SecretsManagerClient;
    readonly #id: string;

    /** @param id name or ARN */
    constructor(secrets: SecretsManagerClient, id: string) {
        this.#secrets = secrets;
        this.#id = id;
    }

    /** Throws Unreachable where there is no such secret. */
    async read(): Promise<Clients> {
        return (await this.#read()).clients;
    }

    /** Changes the clients; where another operator changed them meanwhile, those that are there now. */
    async change(edit: (clients: Clients) => Clients): Promise<Clients> {
        for (;;) {
            const { clients, versionId } = await this.#read();
            const changed = edit(clients);
            const value = JSON.stringify(Object.fromEntries(changed));
            const bytes = Buffer.byteLength(value);
            if (bytes > secretLimit) {
                throw new UsageError(
                    `with it the secret has ${bytes} bytes, of at most ${secretLimit}: remove keys first`,
                );
            }
            if (await this.#replace(versionId, value)) return changed;
        }
    }

    async #read(): Promise<{ readonly clients: Clients; readonly versionId: string | undefined }> {
        const SecretId = this.#id;
        const { VersionIdsToStages = {} } = await this.#secrets
            .send(new DescribeSecretCommand({ SecretId }))
            .catch((error: unknown) => {
                if (!(error instanceof ResourceNotFoundException)) throw error;
                throw new UnreachableError(`there is no secret ${SecretId}: the stack makes it (npm run up)`, {
                    cause: error,
                });
            });
        const [versionId] =
            Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes("AWSCURRENT")) ?? [];
        // A new stack's secret has no value yet.
        if (versionId === undefined) return { clients: new Map(), versionId };
        const { SecretString = "" } = await this.#secrets.send(
            new GetSecretValueCommand({ SecretId, VersionId: versionId }),
        );
        return { clients: new Map(Object.entries(clientsIn(SecretString))), versionId };
    }

    /**
     * Replaces one version by the next and none else: Secrets Manager moves AWSCURRENT only from the version that has it.
     * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
     */
    async #replace(versionId: string | undefined, value: string): Promise<boolean> {
        const next = { SecretId: this.#id, ClientRequestToken: randomUUID(), SecretString: value };
        if (versionId === undefined) {
            await this.#secrets.send(new PutSecretValueCommand(next));
            return true;
        }
        await this.#secrets.send(new PutSecretValueCommand({ ...next, VersionStages: ["AWSPENDING"] }));
        try {
            await this.#secrets.send(
                new UpdateSecretVersionStageCommand({
                    SecretId: this.#id,
                    VersionStage: "AWSCURRENT",
                    MoveToVersionId: next.ClientRequestToken,
                    RemoveFromVersionId: versionId,
                }),
            );
            return true;
        } catch (error) {
            if (!(error instanceof InvalidParameterException)) throw error;
            if ((await this.#read()).versionId === versionId) throw error;
            return false;
        }
    }
}
