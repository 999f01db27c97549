import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Context } from "aws-lambda";
import { filesOf } from "../../spec/feedFiles.ts";
import { dynamo } from "../shared/dynamo.ts";
import { environment } from "../shared/environment.ts";
import { correlationIdOf, type HttpAnswer, type HttpRequest, type Refused } from "../shared/http.ts";
import { log } from "../shared/log.ts";
import { isCurrent } from "../shared/preconditions.ts";
import { type Served, servedBy } from "../shared/served.ts";
import { isSignedBy, signingKeyIn } from "./signature.ts";
import { fileKey } from "./stored/files.ts";
import { FeedStates } from "./stored/state.ts";
import { TargetSecrets } from "./stored/targetSecrets.ts";
import { feedIn } from "./target.ts";

export const env = environment("FEED", "FEED_TABLE", "FILES_BUCKET", "FEED_SECRETS");
const hosted = feedIn(env.FEED).targets.filter((target) => target.hosted !== "none");
const states = new FeedStates(dynamo, env.FEED_TABLE);
const s3 = new S3Client({});
const keys = new TargetSecrets(JSON.parse(env.FEED_SECRETS), signingKeyIn);

/** Seconds in which the download has to begin. */
const expiresIn = 900;
const headers = { "cache-control": "no-cache" };

/** GET /feeds/{file}: leads to the file as it is now. */
export async function handler(request: HttpRequest, context: Context): Promise<HttpAnswer> {
    const invocation = log.forInvocation(context, { correlationId: correlationIdOf(request) });
    return await servedBy(request, invocation, () => serve(request));
}

async function serve(request: HttpRequest): Promise<Served> {
    const file = request.pathParameters?.["file"] ?? "";
    const target = hosted.find((one) => filesOf(one).includes(file));
    if (target === undefined) return missing;
    if (target.hosted === "signed") {
        const signature = request.queryStringParameters?.["signature"] ?? "";
        if (!isSignedBy(await keys.of(target.name), file, signature)) return unsigned;
    }
    const etag = (await states.read(target.name)).files?.[file];
    if (etag === undefined) return unwritten;
    const fields = { file };
    if (isCurrent(request, etag))
        return { status: 304, headers: { ...headers, etag }, done: "Feed not changed", fields };
    const get = new GetObjectCommand({ Bucket: env.FILES_BUCKET, Key: fileKey(target.name, file) });
    const location = await getSignedUrl(s3, get, { expiresIn });
    return { status: 302, headers: { ...headers, etag, location }, done: "Feed read", fields };
}

const missing: Refused = { problem: { status: 404, detail: "there is no such feed" } };
const unsigned: Refused = {
    problem: { status: 403, detail: "the address is not signed with the feed's key: npm run feed -- status prints it" },
};
const unwritten: Refused = {
    problem: { status: 503, detail: "the feed is written for the first time", retryAfter: 300 },
};
