import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { ApiKeyReader } from "../shared/apiKeyReader.ts";
import { CartStore } from "./carts/cartStore.ts";
import type { OpenTool } from "./mcp/server.ts";
import type { ShownCatalog } from "./products/shownCatalog.ts";
import type { completeSession } from "./session/completion.ts";
import { CompletionStore } from "./session/completionStore.ts";
import { SessionStore } from "./session/store.ts";
import { doorOf } from "./ucp/admitting.ts";
import { keptHours } from "./ucp/calls.ts";
import { completing } from "./ucp/complete.ts";
import { serveFor } from "./ucp/serve.ts";
import { ucpTools } from "./ucp/tools.ts";

interface Parts {
    readonly env: Parameters<typeof SessionStore.of>[1] &
        Parameters<typeof CompletionStore.of>[2] &
        Parameters<typeof doorOf>[3] & { readonly CARTS_TABLE: string };
    readonly client: DynamoDBDocumentClient;
    readonly apiKeys: ApiKeyReader;
    readonly till: Parameters<typeof completeSession>[0];
    readonly catalog: ShownCatalog;
}

/** The tools of UCP. Loaded when a message is not for a tool of ACP's. */
export function platformTools({ env, client, apiKeys, till, catalog }: Parts): OpenTool[] {
    const store = SessionStore.of(client, env, keptHours);
    const { versions, requests } = store;
    return ucpTools({
        ...doorOf(client, apiKeys, till.merchant, env),
        versions,
        serve: serveFor({
            checkout: { ...till, store },
            carts: { ...till, requests, carts: new CartStore(client, env.CARTS_TABLE, requests) },
            catalog,
            complete: completing({ ...till, store, completions: CompletionStore.of(client, store, env) }),
        }),
    });
}
