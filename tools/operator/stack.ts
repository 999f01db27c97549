import { join } from "node:path";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { ListQueuesCommand, ListQueueTagsCommand, SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { readStackConfig } from "embedded-aws/stackConfig";
import { feedOf } from "../../components/settings/feed.ts";
import { settingsIn } from "../../components/settings/read.ts";
import type { Feed } from "../../runtime/feed/target.ts";
import { retryingConflicts } from "../../runtime/shared/transactionConflicts.ts";

/** Options that choose the stack of a command. */
export const stackOptions = {
    env: { type: "string" },
    endpoint: { type: "string" },
    region: { type: "string" },
} as const;

export const stackUsage = `  --env <stack>       an environment on AWS, with the credentials of the shell; without it the embedded cloud
  --endpoint <url>    another AWS endpoint (also AWS_ENDPOINT_URL); on this machine the access key is "local"
  --region <region>   another region than the stack's`;

export interface StackValues {
    readonly env?: string | undefined;
    readonly endpoint?: string | undefined;
    readonly region?: string | undefined;
}

interface ClientSettings {
    readonly region: string;
    readonly endpoint?: string;
    readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** An environment of the program, on AWS or embedded, and the clients to look into it. */
export class Stack {
    readonly environment: string;
    readonly region: string;
    /** In words. */
    readonly title: string;
    /** What everything of the environment is tagged with. */
    readonly tags: Readonly<Record<string, string>>;
    /** Days that audit rows are kept. */
    readonly auditDays: number;
    /** As the stack file has it, deployed or not. */
    readonly feed: Feed;
    readonly sqs: SQSClient;
    readonly sns: SNSClient;
    readonly lambda: LambdaClient;
    readonly dynamo: DynamoDBDocumentClient;
    readonly streams: DynamoDBStreamsClient;
    readonly logs: CloudWatchLogsClient;
    readonly sts: STSClient;
    readonly secrets: SecretsManagerClient;
    /** What a client of another service is made with. */
    readonly settings: ClientSettings;

    constructor({ env, endpoint, region }: StackValues, variables: NodeJS.ProcessEnv = process.env) {
        this.environment = env ?? "dev";
        const { project, values } = readStackConfig(join(import.meta.dirname, "../.."), this.environment);
        const { LOCAL_AWS_PORT = "4566", AWS_ENDPOINT_URL: given } = variables;
        const embedded = env === undefined ? `http://127.0.0.1:${LOCAL_AWS_PORT}` : undefined;
        const address = endpoint ?? given ?? embedded;
        this.region = region ?? values["aws:region"] ?? "us-east-1";
        this.title = `${this.environment} in ${this.region}${address === undefined ? "" : ` at ${address}`}`;
        const { settings: ofStack } = settingsIn({ project, environment: this.environment, values });
        const { tags, retention } = ofStack;
        this.tags = { Environment: this.environment, Project: tags.Project };
        this.auditDays = retention.auditDays;
        this.feed = feedOf(ofStack);
        // Whatever the shell holds for AWS is nothing for a cloud on this machine.
        const isHere = address !== undefined && /^(127\.|localhost$|\[::1\]$)/.test(new URL(address).hostname);
        const settings: ClientSettings = {
            region: this.region,
            ...(address !== undefined && { endpoint: address }),
            ...(isHere && { credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
        };
        this.settings = settings;
        this.sqs = new SQSClient(settings);
        this.sns = new SNSClient(settings);
        this.lambda = new LambdaClient(settings);
        this.dynamo = DynamoDBDocumentClient.from(retryingConflicts(new DynamoDBClient(settings)));
        this.streams = new DynamoDBStreamsClient(settings);
        this.logs = new CloudWatchLogsClient(settings);
        this.sts = new STSClient(settings);
        this.secrets = new SecretsManagerClient(settings);
    }

    /** The stack that a command is about: without `--env` the stack that the cloud on this machine runs, whichever it is. */
    static async of(values: StackValues, variables: NodeJS.ProcessEnv = process.env): Promise<Stack> {
        const stack = new Stack(values, variables);
        // The command's own first call reports why the endpoint does not answer.
        const env = values.env ?? (await stack.#runningStack().catch(() => undefined)) ?? stack.environment;
        if (env === stack.environment) return stack;
        stack.close();
        return new Stack({ ...values, env, endpoint: stack.settings.endpoint }, variables);
    }

    /** The stack that tagged what lies at the endpoint. */
    async #runningStack(): Promise<string | undefined> {
        const { QueueUrls: [QueueUrl] = [] } = await this.sqs.send(new ListQueuesCommand({}));
        if (QueueUrl === undefined) return undefined;
        const { Tags } = await this.sqs.send(new ListQueueTagsCommand({ QueueUrl }));
        return Tags?.["Environment"];
    }

    /** The physical name of what has a name of its own: see `components/parts/naming.ts`. */
    named(seed: string): string {
        return `${seed}-${this.environment}`;
    }

    close(): void {
        const { sqs, sns, lambda, dynamo, streams, logs, sts, secrets } = this;
        for (const client of [sqs, sns, lambda, dynamo, streams, logs, sts, secrets]) client.destroy();
    }
}

/** Does something with each, so many at a time, and answers in their order. */
export async function inBatches<Item, Result>(
    most: number,
    items: readonly Item[],
    work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
    const results: Result[] = [];
    for (let first = 0; first < items.length; first += most) {
        results.push(...(await Promise.all(items.slice(first, first + most).map(work))));
    }
    return results;
}
