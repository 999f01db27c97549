import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { apiKeyReaderOf } from "../../shared/apiKeyReader.ts";
import type { Merchant } from "../domain/merchant.ts";
import { type PaymentEnvironment, providerFrom } from "../payment/provider.ts";
import { CompletionStore } from "./completionStore.ts";
import { shopOf } from "./shop.ts";
import type { SessionStore } from "./store.ts";

type Environment = PaymentEnvironment &
    Parameters<typeof apiKeyReaderOf>[0] &
    Parameters<typeof shopOf>[2] &
    Parameters<typeof CompletionStore.of>[2];

/**
 * What a callback needs that completes sessions, and its API's keys. Made during initialisation, which has full CPU: reads
 * keys and payment account, and opens the connection. Throws EnvironmentError.
 */
export async function tillOf(
    merchant: Merchant,
    client: DynamoDBDocumentClient,
    store: SessionStore,
    env: Environment,
) {
    const [apiKeys, provider, shop] = await Promise.all([
        apiKeyReaderOf(env),
        providerFrom(env, merchant),
        shopOf(merchant, client, env),
        store.versions.latest("cs_none").catch(() => undefined),
    ]);
    return { apiKeys, till: { ...shop, store, completions: CompletionStore.of(client, store, env), provider } };
}
