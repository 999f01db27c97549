import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { putEntries } from "../shared/events.ts";
import type { Reply } from "./delivery/sender.ts";
import type { AwsPosting } from "./delivery/transport.ts";

/** A session of an owner's role, with its client. */
interface Session {
    readonly client: SQSClient | EventBridgeClient;
    /** Milliseconds since 1970. */
    readonly expiresAt: number;
}

/** A call of ours did not reach AWS. */
class AwsUnreachableError extends Error {
    override readonly name = "AwsUnreachableError";
}

const mostKept = 500;
const sessionSeconds = 3600;
/** Milliseconds before its end that a session is not used any more. */
const spareMs = 60_000;
const sessions = new Map<string, Promise<Session>>();
const sts = new Map<string, STSClient>();
/** Bytes that EventBridge takes of an entry, with its members; a queue takes more. */
const largestEvent = 255_000;
const largestMessage = 1_040_000;

/**
 * Sends a message to a queue or bus of an owner's account, with a role of that account that trusts this one by the
 * endpoint's id. Addresses follow from the ARN's region: nothing is sent to a host that an owner names.
 */
export async function send(posting: AwsPosting): Promise<Reply> {
    const { destination, deadlineMs, body } = posting;
    const isQueue = destination.type === "sqs";
    if (Buffer.byteLength(body) > (isQueue ? largestMessage : largestEvent))
        return refusal(413, "", "the event is larger than the destination takes", "abort-message");
    const abortSignal = AbortSignal.timeout(deadlineMs);
    try {
        const { client } = await sessionOf(posting, abortSignal);
        return destination.type === "sqs"
            ? await sendMessage(destination.queueArn, posting, client as SQSClient, abortSignal)
            : await putEvent(destination.busArn, posting, client as EventBridgeClient, abortSignal);
    } catch (error) {
        if (abortSignal.aborted) return { kind: "timeout", error: `no answer within ${deadlineMs / 1000} s` };
        const { status, code } = faultIn(error);
        if (code === "ENOTFOUND") return { kind: "no answer", error: `AWS has no region ${regionOf(destination)}` };
        if (status === undefined) throw new AwsUnreachableError("AWS cannot be reached", { cause: error });
        return refusal(
            status,
            code,
            error instanceof RoleRefusedError ? error.message : `${destination.type}: ${code}`,
        );
    }
}

/** The owner's role does not admit this account. */
class RoleRefusedError extends Error {
    override readonly name = "RoleRefusedError";
}

function regionOf(destination: AwsPosting["destination"]): string {
    const [, , , region = ""] = (destination.type === "sqs" ? destination.queueArn : destination.busArn).split(":");
    return region;
}

async function sessionOf({ destination, externalId }: AwsPosting, abortSignal: AbortSignal): Promise<Session> {
    const { roleArn } = destination;
    const region = regionOf(destination);
    const name = [externalId, roleArn, destination.type, region].join(" ");
    const known = await sessions.get(name)?.catch(() => undefined);
    if (known !== undefined && known.expiresAt - spareMs > Date.now()) return known;
    if (sessions.size >= mostKept) sessions.clear();
    const client = sts.get(region) ?? new STSClient({ region });
    sts.set(region, client);
    const assuming = client
        .send(
            new AssumeRoleCommand({
                RoleArn: roleArn,
                RoleSessionName: externalId,
                ExternalId: externalId,
                DurationSeconds: sessionSeconds,
            }),
            { abortSignal },
        )
        .then(({ Credentials: found }): Session => {
            const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = found ?? {};
            const credentials = {
                accessKeyId: AccessKeyId,
                secretAccessKey: SecretAccessKey,
                sessionToken: SessionToken,
            };
            const config = { region, credentials };
            const made =
                destination.type === "sqs"
                    ? new SQSClient({ ...config, useQueueUrlAsEndpoint: false })
                    : new EventBridgeClient(config);
            return { client: made, expiresAt: Expiration?.getTime() ?? 0 };
        });
    sessions.set(name, assuming);
    return await assuming.catch((error: unknown) => {
        sessions.delete(name);
        if (faultIn(error).status === 403) {
            const message = "the role cannot be assumed: it must trust this account with the endpoint's external id";
            throw new RoleRefusedError(message, { cause: error });
        }
        throw error;
    });
}

async function sendMessage(
    queueArn: string,
    { headers, type, group, deduplicationId, body }: AwsPosting,
    client: SQSClient,
    abortSignal: AbortSignal,
): Promise<Reply> {
    const [, partition, , region = "", account = "", name = ""] = queueArn.split(":");
    const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
    const attributes = { type, ...headers };
    const { MessageId } = await client.send(
        new SendMessageCommand({
            QueueUrl: `https://sqs.${region}.${suffix}/${account}/${name}`,
            MessageBody: body.replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff"),
            MessageAttributes: Object.fromEntries(
                Object.entries(attributes)
                    .filter(([header]) => header === "type" || header.startsWith("webhook-"))
                    .map(([header, StringValue]) => [header, { DataType: "String", StringValue }]),
            ),
            ...(name.endsWith(".fifo") && { MessageGroupId: group, MessageDeduplicationId: deduplicationId }),
        }),
        { abortSignal },
    );
    return accepted({ MessageId });
}

async function putEvent(
    busArn: string,
    { type, at, body }: AwsPosting,
    client: EventBridgeClient,
    abortSignal: AbortSignal,
): Promise<Reply> {
    const entry = { EventBusName: busArn, Source: "commerce.webhooks", DetailType: type, Detail: body };
    const [failure] = await putEntries(client, [{ ...entry, Time: new Date(at) }], { abortSignal });
    if (failure === undefined) return accepted({});
    return refusal(/throttl/i.test(failure.code) ? 429 : 500, failure.code, `eventbridge: ${failure.code}`);
}

const accepted = (answer: object): Reply => ({ kind: "answer", httpStatus: 200, response: JSON.stringify(answer) });

const refusal = (httpStatus: number, response: string, error: string, control?: string): Reply => ({
    kind: "answer",
    httpStatus,
    response,
    error,
    ...(control !== undefined && { control }),
});

/** Of an answer of AWS, or of the search for its address; without a status there was no answer. */
function faultIn(error: unknown): { readonly status?: number; readonly code: string } {
    const cause = error instanceof RoleRefusedError ? error.cause : error;
    if (cause instanceof Error && "code" in cause && cause.code === "ENOTFOUND") return { code: cause.code };
    if (!(cause instanceof Error) || !("$metadata" in cause)) return { code: "" };
    const { httpStatusCode: status } = cause.$metadata as { readonly httpStatusCode?: number };
    const code = cause.name;
    if (/throttl|TooManyRequests/i.test(code)) return { status: 429, code };
    return status === undefined ? { code } : { status, code };
}
