import type { Context } from "aws-lambda";
import { authenticate } from "../../runtime/checkoutSessions/api/authenticate.ts";
import { createIn } from "../../runtime/checkoutSessions/api/parse.ts";
import { inTime, refuse, respond } from "../../runtime/checkoutSessions/api/respond.ts";
import type { Call, Served } from "../../runtime/checkoutSessions/domain/call.ts";
import { SessionVersions } from "../../runtime/checkoutSessions/session/versions.ts";
import { ApiKeyReader } from "../../runtime/shared/apiKeyReader.ts";
import { dynamo } from "../../runtime/shared/dynamo.ts";
import type { HttpAnswer, HttpRequest } from "../../runtime/shared/http.ts";
import { apiKeys } from "./calls.ts";

const reader = new ApiKeyReader(
    async () => apiKeys,
    (error) => console.error(error),
);
// Never asked: neither is a new session, nor an answer without one.
const versions = new SessionVersions(dynamo, "", 0);

/** What `manage` does with a good request before it needs AWS: knows the caller, validates the body, writes a line. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    return await inTime(request, context, answer(request, context));
}

async function answer(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const call = await authenticate(request, context, reader);
    if ("problem" in call) return refuse(request, call);
    return await respond(request, call, serve(request, call), versions);
}

async function serve(request: HttpRequest, call: Call): Promise<Served> {
    const command = createIn(request, call);
    if ("problem" in command) return command;
    call.log.info("Session created", { sessionId: command.scope.recordId, version: 1 });
    return { status: 201, body: command.body };
}
