import { posted } from "../../runtime/checkoutSessions/api/call.ts";
import { serving } from "../../runtime/checkoutSessions/api/served.ts";
import { SessionStore } from "../../runtime/checkoutSessions/session/store.ts";
import { dynamo } from "../../runtime/shared/dynamo.ts";
import { Keyring } from "../../runtime/shared/keyring.ts";
import { apiKeys } from "./calls.ts";

const keyring = new Keyring(
    async () => apiKeys,
    (error) => console.error(error),
);
// Never asked: neither is a new session, nor an answer without one.
const store = new SessionStore(dynamo, { sessions: "", idempotency: "", discounts: "" }, 0);

/** What `manage` does with a good request before it needs AWS: knows the caller, validates the body, writes a line. */
export const handler = serving({ keyring, store }, async (request, call) => {
    const post = posted(request, call, call.dialect.create);
    if ("problem" in post) return post;
    call.log.info("Session created", { sessionId: post.scope.recordId, version: 1 });
    return { status: 201, body: post.body };
});
