import type { Context } from "aws-lambda";
import { acpDialects } from "../../runtime/checkoutSessions/acp/dialects.ts";
import { createIn } from "../../runtime/checkoutSessions/calls/commands.ts";
import type { Served } from "../../runtime/checkoutSessions/domain/call.ts";
import { type Asked, answerTo } from "../../runtime/checkoutSessions/rest/answer.ts";
import { sentIn } from "../../runtime/checkoutSessions/rest/request.ts";
import { SessionVersions } from "../../runtime/checkoutSessions/session/versions.ts";
import { ApiKeyReader } from "../../runtime/shared/apiKeyReader.ts";
import { dynamo } from "../../runtime/shared/dynamo.ts";
import type { HttpAnswer, HttpRequest } from "../../runtime/shared/http.ts";
import { apiKeys, merchant } from "./calls.ts";

const reader = new ApiKeyReader(
    async () => apiKeys,
    (error) => console.error(error),
);
const dialects = acpDialects(merchant);
// Never asked: neither is a new session, nor an answer without one.
const versions = new SessionVersions(dynamo, "", 0);

/** What `manage` does with a good request before it needs AWS: knows the caller, validates the body, writes a line. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    return await answerTo({ apiKeys: reader, dialects, versions, serve }, request, context);
}

async function serve({ request, call, dialect }: Asked): Promise<Served> {
    const sent = sentIn(request, dialect);
    const command = "problem" in sent ? sent : createIn(sent, call, dialect);
    if ("problem" in command) return command;
    call.log.info("Session created", { sessionId: command.scope.recordId, version: 1 });
    return { status: 201, body: command.body };
}
