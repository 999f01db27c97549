/**
 * `npm run keys`: the clients of a stack's API, what each may do, and their keys.
 */
import { isStored, type StoredClient } from "../runtime/shared/apiKeys.ts";
import { scopes } from "../spec/generated/scopes.ts";
import {
    ClientSecret,
    type Clients,
    type NewKey,
    newKey,
    scopesIn,
    withKey,
    withoutKey,
} from "./operator/clientKeys.ts";
import { exitCodes, runCommand, UsageError } from "./operator/command.ts";
import { Stack, stackOptions, stackUsage } from "./operator/stack.ts";
import { paintFor, tableOf } from "./operator/terminal.ts";

const usage = `npm run keys                               the clients, their scopes and the ids of their keys
npm run keys -- add <client>               makes another key, shows it once, and keeps its digest; the others stay good
  --scopes <list>     what the client may do: ${scopes.join(",")}; a known client keeps what it has
  --signed            requests with the key must be signed; the secret for that is shown once, too
npm run keys -- remove <client>            the client with all of its keys
  --key <id>          this key only
${stackUsage}`;

function print(clients: Clients, title: string, isJson: boolean): void {
    const rows = [...clients].flatMap(([client, stored]) =>
        isStored(stored)
            ? stored.keys.map(({ id, created }) => ({
                  client,
                  key: id,
                  made: created,
                  scopes: stored.scopes.join(" "),
              }))
            : [{ client, key: "in plain text", made: "", scopes: "those in the setting api.plainKeyScopes" }],
    );
    if (isJson) console.log(JSON.stringify(rows));
    else if (rows.length === 0) console.log(`${title}: no clients`);
    else {
        const cells = rows.map(({ client, key, made, scopes }) => [client, key, made, scopes]);
        console.log(tableOf(["client", "key", "made", "scopes"], cells, paintFor(process.stdout, process.env)));
    }
}

function printNew(client: string, { scopes, keys }: StoredClient, { id, key, signingSecret }: NewKey): void {
    console.log(`the key ${id} of ${client}, shown this once:\n\n${key}\n`);
    if (signingSecret !== undefined)
        console.log(`its requests are signed with, shown this once:\n\n${signingSecret}\n`);
    console.log(`${client} may: ${scopes.join(", ")}`);
    const others = keys.filter((other) => other.id !== id).map((other) => other.id);
    if (others.length > 0)
        console.log(`still good: ${others.join(", ")} (npm run keys -- remove ${client} --key <id>)`);
}

await runCommand({
    usage,
    options: {
        ...stackOptions,
        scopes: { type: "string" },
        signed: { type: "boolean", default: false },
        key: { type: "string" },
    },
    words: 2,
    run: async (values, [action = "list", name]) => {
        if (!["list", "add", "remove"].includes(action)) {
            throw new UsageError(`${JSON.stringify(action)} is none of list, add and remove`);
        }
        if (action === "list" && name !== undefined) {
            throw new UsageError(`list shows every client: there is nothing to do with ${JSON.stringify(name)}`);
        }
        if (action !== "list" && name === undefined) throw new UsageError(`${action} needs the name of a client`);
        if (action !== "add" && values.scopes !== undefined) throw new UsageError("--scopes is for add");
        if (action !== "add" && values.signed) throw new UsageError("--signed is for add");
        if (action !== "remove" && values.key !== undefined) throw new UsageError("--key is for remove");
        const stack = await Stack.of(values);
        try {
            const secret = new ClientSecret(stack.secrets, stack.named("commerce-api-keys"));
            if (name === undefined) {
                print(await secret.read(), stack.title, values.json);
            } else if (action === "add") {
                const own = values.scopes === undefined ? undefined : scopesIn(values.scopes);
                const added = newKey(values.signed);
                const clients = await secret.change((before) => withKey(before, name, added, own, new Date()));
                const client = clients.get(name);
                if (client === undefined || !isStored(client)) throw new Error(`${name} was not kept`);
                if (values.json) console.log(JSON.stringify({ client: name, scopes: client.scopes, ...added }));
                else printNew(name, client, added);
            } else {
                await secret.change((clients) => withoutKey(clients, name, values.key));
                const what = values.key === undefined ? name : `key ${values.key} of ${name}`;
                if (values.json) console.log(JSON.stringify({ client: name, ...(values.key && { id: values.key }) }));
                else console.log(`${what} is removed; it is refused everywhere within ten minutes`);
            }
            return exitCodes.good;
        } finally {
            stack.close();
        }
    },
});
