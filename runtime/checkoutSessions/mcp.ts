import type { Context } from "aws-lambda";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import type { HttpAnswer, HttpRequest } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { acpDialects } from "./acp/dialects.ts";
import { cancelIn, completeIn, createIn, updateIn } from "./calls/commands.ts";
import { readSession } from "./calls/read.ts";
import type { ChangeCommand, CommandName, Served } from "./domain/call.ts";
import { merchantFrom } from "./domain/merchant.ts";
import type { CommandRefused } from "./domain/problem.ts";
import { catalogTools } from "./mcp/catalogTools.ts";
import { checkoutTools, type ToolCall } from "./mcp/checkoutTools.ts";
import { mcpAnswer, type OpenTool } from "./mcp/server.ts";
import { shownCatalog } from "./products/shownCatalog.ts";
import { changeSession } from "./session/commit.ts";
import { completeSession, holderOf } from "./session/completion.ts";
import { SessionStore } from "./session/store.ts";
import { tillOf } from "./session/till.ts";

export const env = environment(
    "SESSIONS_TABLE",
    "IDEMPOTENCY_TABLE",
    "PRODUCTS_TABLE",
    "DISCOUNTS_TABLE",
    "EFFECTS_TABLE",
    "HISTORY_DAYS",
    "API_KEYS_SECRET",
    "PLAIN_KEY_SCOPES",
    "MERCHANT",
    "MCP",
    // Empty where UCP is not served.
    "CARTS_TABLE",
    "API_URL",
    "UCP",
    "UCP_PROFILES_TABLE",
    "UCP_SIGNING_KEYS",
    "PAYMENT_PROVIDER",
    "PAYMENT_RESOURCE",
);
const store = SessionStore.of(dynamo, env);
const merchant = merchantFrom(env.MERCHANT);
/** Written by components/checkoutSessions.ts from validated settings. */
const settings: McpSettings = JSON.parse(env.MCP);

export interface McpSettings {
    /** Version of ACP for calls that name none. @default they are refused */
    readonly defaultVersion?: string;
    /** Origins of browsers that may call. */
    readonly allowedOrigins: readonly string[];
}
const { apiKeys, till } = await tillOf(merchant, dynamo, store, env);

const catalog = shownCatalog(dynamo, env.PRODUCTS_TABLE);
let ofUcp: Promise<OpenTool[]> | undefined;

async function ucpTools(): Promise<OpenTool[]> {
    const { platformTools } = await import("./ucpTools.lazy.ts");
    return platformTools({ env, client: dynamo, apiKeys, till, catalog });
}

const server = {
    info: { name: merchant.name, version: "1" },
    apiKeys,
    allowedOrigins: settings.allowedOrigins,
    tools: [
        ...checkoutTools({
            dialects: acpDialects(merchant),
            defaultVersion: settings.defaultVersion,
            versions: store.versions,
            serve,
        }),
        ...catalogTools(catalog),
    ],
    log,
    ...(env.UCP !== "" && { open: () => (ofUcp ??= ucpTools()) }),
};

/** POST /mcp: the checkout and the catalogue as tools of the Model Context Protocol, by ACP and by UCP. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const { method } = request.requestContext.http;
    if (method === "OPTIONS") return { statusCode: 204 };
    if (method !== "POST") return { statusCode: 405, headers: { allow: "POST" } };
    return await mcpAnswer(server, request, context);
}

async function serve(command: CommandName | "get", { sent, call, dialect, context }: ToolCall): Promise<Served> {
    switch (command) {
        case "create":
            return await change(createIn(sent, call, dialect));
        case "get":
            return await readSession(sent.sessionId ?? "", call, store.versions);
        case "update":
            return await change(updateIn(sent, call, dialect));
        case "cancel":
            return await change(cancelIn(sent, call, dialect));
        case "complete": {
            const complete = completeIn(sent, call, dialect, holderOf(context));
            return "problem" in complete ? complete : await completeSession(till, complete);
        }
    }
}

async function change(command: ChangeCommand | CommandRefused): Promise<Served> {
    return "problem" in command ? command : await changeSession(till, command);
}
