import {
    DescribeSecretCommand,
    GetSecretValueCommand,
    InvalidParameterException,
    PutSecretValueCommand,
    ResourceNotFoundException,
    type SecretsManagerClient,
    UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { expect } from "chai";
import { ApiKeys, type PlainKey } from "../../runtime/shared/apiKeys.ts";
import { ClientSecret, type Clients, newKey, scopesIn, withKey, withoutKey } from "../../tools/operator/clientKeys.ts";
import { UnreachableError, UsageError } from "../../tools/operator/command.ts";

const now = new Date("2026-11-30T09:00:00Z");
const none: Clients = new Map();
const kept = (clients: Clients) => JSON.stringify(Object.fromEntries(clients));
const keysIn = (clients: Clients) => new ApiKeys(kept(clients));

describe("the clients of the API", () => {
    it("get keys of 256 random bits, which are not kept", () => {
        const added = newKey(true);
        const clients = withKey(none, "shop", added, ["orders:write"], now);

        expect(added.key).to.match(/^commerce_[0-9a-f]{8}_[0-9a-f]{64}$/);
        expect(newKey(false).key.slice(-64)).not.to.equal(added.key.slice(-64));
        expect(kept(clients)).not.to.include(added.key.slice(-64));
        expect(keysIn(clients).callerOf(added.key)).to.deep.equal({
            callerId: "shop",
            keyId: added.id,
            scopes: ["orders:write"],
            signingSecret: added.signingSecret,
        });
    });

    it("change to another key while the old one is valid, with the same scopes", () => {
        const [first, second] = [newKey(false), newKey(false)];
        const both = withKey(withKey(none, "shop", first, ["messages"], now), "shop", second, undefined, now);
        for (const { key, id } of [first, second]) {
            expect(keysIn(both).callerOf(key)).to.deep.include({ keyId: id, scopes: ["messages"] });
        }

        const changed = withoutKey(both, "shop", first.id);
        expect(keysIn(changed).callerOf(first.key)).to.equal(undefined);
        expect(keysIn(changed).callerOf(second.key)).to.deep.include({ callerId: "shop" });
    });

    it("of the older form keep their key, by its digest, with the scopes that they are given", () => {
        const old: Clients = new Map<string, PlainKey>([
            ["shop", "key-of-shop"],
            ["agent", { key: "key-of-agent", signingSecret: "signing" }],
        ]);
        const added = newKey(false);
        const clients = ["shop", "agent"].reduce((all, name) => withKey(all, name, added, ["checkout"], now), old);

        expect(kept(clients)).not.to.match(/key-of/);
        expect(keysIn(clients).callerOf("key-of-shop")).to.deep.include({ callerId: "shop", scopes: ["checkout"] });
        expect(keysIn(clients).callerOf("key-of-agent")).to.deep.include({ signingSecret: "signing" });
        expect(() => withKey(old, "shop", added, undefined, now)).to.throw(UsageError, "--scopes");
    });

    it("are refused without scopes, with an invalid name, and with an unknown scope", () => {
        expect(() => withKey(none, "shop", newKey(false), undefined, now)).to.throw(UsageError, "--scopes");
        expect(() => withKey(none, "the shop", newKey(false), ["checkout"], now)).to.throw(UsageError, "name");
        expect(() => scopesIn("orders:write,orders")).to.throw(UsageError, "orders is no scope: there are checkout,");
        expect(scopesIn("orders:write, orders:read")).to.deep.equal(["orders:write", "orders:read"]);
    });

    it("named as objects name their own members are clients like others", () => {
        for (const name of ["__proto__", "constructor"]) {
            const added = newKey(false);
            const clients = withKey(none, name, added, ["checkout"], now);
            expect(keysIn(clients).callerOf(added.key)).to.deep.include({ callerId: name });
            expect(new ApiKeys(`{"${name}": "plain"}`).callerOf("plain")).to.deep.include({ scopes: [] });
        }
    });

    it("cannot lose their last key without being removed, nor a key that they do not have", () => {
        const added = newKey(false);
        const clients = withKey(new Map([["old", "key-of-old"]]), "shop", added, ["checkout"], now);

        expect(() => withoutKey(clients, "shop", added.id)).to.throw(UsageError, "is the last key of shop");
        expect(() => withoutKey(clients, "shop", "other")).to.throw(UsageError, `it has ${added.id}`);
        expect(() => withoutKey(clients, "old", "other")).to.throw(UsageError, "one without an id");
        expect(() => withoutKey(clients, "unknown", undefined)).to.throw(UsageError, "there are old, shop");
        expect([...withoutKey(clients, "shop", undefined).keys()]).to.deep.equal(["old"]);
    });
});

/** A secret of Secrets Manager, as far as it is asked. */
class Secret {
    readonly versions = new Map<string, string>();
    current: string | undefined;
    /** What another operator does before a stage is moved. */
    meanwhile: () => Promise<unknown> = async () => undefined;

    get client(): SecretsManagerClient {
        return { send: (command: unknown) => this.#send(command) } as unknown as SecretsManagerClient;
    }

    async #send(command: unknown): Promise<object> {
        if (command instanceof DescribeSecretCommand) {
            return { VersionIdsToStages: this.current === undefined ? {} : { [this.current]: ["AWSCURRENT"] } };
        }
        if (command instanceof GetSecretValueCommand) {
            return { SecretString: this.versions.get(command.input.VersionId ?? "") };
        }
        if (command instanceof PutSecretValueCommand) {
            const { ClientRequestToken = "", SecretString = "", VersionStages = ["AWSCURRENT"] } = command.input;
            this.versions.set(ClientRequestToken, SecretString);
            if (VersionStages.includes("AWSCURRENT")) this.current = ClientRequestToken;
            return {};
        }
        if (command instanceof UpdateSecretVersionStageCommand) {
            const another = this.meanwhile;
            this.meanwhile = async () => undefined;
            await another();
            if (command.input.RemoveFromVersionId !== this.current) {
                throw new InvalidParameterException({ message: "attached to another version", $metadata: {} });
            }
            this.current = command.input.MoveToVersionId;
            return {};
        }
        throw new Error("not asked in this test");
    }
}

describe("the secret of the clients", () => {
    const adding = (name: string) => (clients: Clients) => withKey(clients, name, newKey(false), ["checkout"], now);

    it("gets its first value, and later ones", async () => {
        const store = new ClientSecret(new Secret().client, "keys");
        expect([...(await store.read())]).to.deep.equal([]);
        await store.change(adding("shop"));
        await store.change(adding("agent"));

        expect([...(await store.read()).keys()]).to.deep.equal(["shop", "agent"]);
    });

    it("keeps both changes when two operators change it at the same moment", async () => {
        const secret = new Secret();
        const store = new ClientSecret(secret.client, "keys");
        await store.change(adding("shop"));
        secret.meanwhile = () => new ClientSecret(secret.client, "keys").change(adding("agent"));

        await store.change(adding("desk"));

        expect([...(await store.read()).keys()]).to.have.members(["shop", "agent", "desk"]);
    });

    it("reports a missing secret, and a full one", async () => {
        const absent = { send: () => Promise.reject(new ResourceNotFoundException({ message: "", $metadata: {} })) };
        const missing = new ClientSecret(absent as unknown as SecretsManagerClient, "commerce-api-keys-prod");
        const fault = await missing.read().then(undefined, (error: unknown) => error);
        expect(fault)
            .to.be.instanceOf(UnreachableError)
            .and.have.property("message")
            .that.includes("commerce-api-keys-prod");

        const full = (clients: Clients): Clients => new Map([...clients, ["shop", "x".repeat(70_000)]]);
        const refused = await new ClientSecret(new Secret().client, "keys").change(full).then(undefined, String);
        expect(refused).to.include("UsageError").and.to.include("65536");
    });
});
