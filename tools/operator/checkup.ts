import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { GetAccountSettingsCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import {
    GetHostedZoneCommand,
    HostedZoneNotFound,
    NoSuchHostedZone,
    type Route53Client,
} from "@aws-sdk/client-route-53";
import {
    DescribeSecretCommand,
    ResourceNotFoundException,
    type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetEmailIdentityCommand, NotFoundException, type SESv2Client } from "@aws-sdk/client-sesv2";
import {
    paginateListSubscriptionsByTopic,
    type SNSClient,
    NotFoundException as TopicNotFound,
} from "@aws-sdk/client-sns";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { type StackSettings, valuesIn } from "../../components/settings/schema.ts";
import { adviceOn } from "./command.ts";

/** What a check came to. */
export interface Finding {
    readonly name: string;
    /** `later`: to be done when its time has come. `unknown`: it could not be looked at. */
    readonly outcome: "good" | "missing" | "later" | "unknown";
    readonly words: string;
    /** What mends it. */
    readonly command?: string;
}

type Result = Omit<Finding, "name">;

const good = (words: string): Result => ({ outcome: "good", words });
const missing = (words: string, command: string): Result => ({ outcome: "missing", words, command });
const later = (words: string, command: string): Result => ({ outcome: "later", words, command });

/** The finding of a check; unknown when the call is denied or not answered. */
export async function finding(name: string, check: () => Promise<Result> | Result): Promise<Finding> {
    try {
        return { name, ...(await check()) };
    } catch (error) {
        return { name, outcome: "unknown", words: adviceOn(error) };
    }
}

/** Whose credentials the shell has. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export async function credentials(sts: STSClient): Promise<Result> {
    try {
        const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
        return good(`account ${Account}, as ${Arn}`);
    } catch (error) {
        return missing(adviceOn(error), "export AWS_PROFILE=<yours>");
    }
}

/** Where the state is kept, and whether the stack is in it, as far as that is visible without Pulumi's CLI. */
export function backend(stack: { readonly name: string; readonly project: string }, env: NodeJS.ProcessEnv): Result {
    const url = env["PULUMI_BACKEND_URL"] || loggedInto(env);
    if (url === undefined) {
        return missing("Pulumi has no backend for its state", "npx pulumi login --local");
    }
    const init = `npx pulumi stack init ${stack.name}`;
    if (!url.startsWith("file://")) return later(`${url}: only Pulumi knows whether the stack is there`, init);
    const folder = resolve(url.slice("file://".length).replace(/^~(?=\/|$)/, homedir()));
    if (!existsSync(folder)) return missing(`there is no folder ${folder}`, `mkdir -p ${folder}`);
    const state = join(folder, ".pulumi/stacks", stack.project, stack.name);
    if (![".json", ".json.gz"].some((ending) => existsSync(state + ending))) {
        return missing(`the stack ${stack.name} is not in ${folder}`, init);
    }
    return good(folder);
}

/** The backend of the last `pulumi login`. */
function loggedInto({ PULUMI_HOME }: NodeJS.ProcessEnv): string | undefined {
    const file = join(PULUMI_HOME || join(homedir(), ".pulumi"), "credentials.json");
    if (!existsSync(file)) return undefined;
    const { current }: { readonly current?: unknown } = JSON.parse(readFileSync(file, "utf8"));
    return typeof current === "string" && current !== "" ? current : undefined;
}

/** Whether Pulumi can encrypt what is secret in the stack's file. @param file text of the stack's file */
export function passphrase(file: string, env: NodeJS.ProcessEnv): Result {
    const [, provider = "passphrase"] = /^secretsprovider: *(\S+)/m.exec(file) ?? [];
    const url = env["PULUMI_BACKEND_URL"] ?? "";
    if (provider !== "passphrase") return good(provider);
    if (url.startsWith("http")) return good("the backend's own");
    if (env["PULUMI_CONFIG_PASSPHRASE"] !== undefined || env["PULUMI_CONFIG_PASSPHRASE_FILE"] !== undefined) {
        return good("a passphrase");
    }
    return later(
        "Pulumi asks for the passphrase of the secrets in the stack's file",
        "export PULUMI_CONFIG_PASSPHRASE_FILE=<file>",
    );
}

/** Settings that still have the value of an example. */
export function examples(stack: string, project: string, settings: StackSettings): Result {
    const left = valuesIn(settings).flatMap(({ path, value }) => {
        const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
        return /\bexample\.(com|org)\b|\bacct_example\b/.test(text) ? [{ path, value, text }] : [];
    });
    const [first] = left;
    if (first === undefined) return good("no example is left in the settings");
    const words = left.map(({ path, text }) => `${path} is ${text}`).join(", ");
    const path = `${project}:${first.path}${Array.isArray(first.value) ? "[0]" : ""}`;
    return missing(`examples: ${words}`, `npx pulumi config set --path '${path}' <yours> -s ${stack}`);
}

/**
 * Whether the account has the executions that the settings count on.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html
 */
export async function quota(lambda: LambdaClient, stack: string, counted: number): Promise<Result> {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    const has = AccountLimit?.ConcurrentExecutions;
    if (has === undefined) return { outcome: "unknown", words: "Lambda does not return the account's quota" };
    if (has >= counted) return good(`Lambda runs ${has} functions at a time, functions.concurrencyQuota is ${counted}`);
    return missing(
        `Lambda runs ${has} functions at a time and functions.concurrencyQuota is ${counted}: have it raised, or set functions.concurrencyQuota to ${has}, with reserves that fit`,
        `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value ${counted} || npx pulumi config set --path 'commerce:functions.concurrencyQuota' ${has} -s ${stack}`,
    );
}

/**
 * Whether SES sends for an address: itself, or its domain.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
 */
export async function sender(ses: SESv2Client, address: string | undefined): Promise<Result> {
    if (address === undefined) return good("no orders.mail.sender: notifications stay in their queue");
    const [, domain = address] = address.split("@");
    for (const identity of new Set([address, domain])) {
        try {
            const { VerifiedForSendingStatus } = await ses.send(
                new GetEmailIdentityCommand({ EmailIdentity: identity }),
            );
            if (VerifiedForSendingStatus === true) return good(`SES sends for ${identity}`);
        } catch (error) {
            if (!(error instanceof NotFoundException)) throw error;
        }
    }
    return missing(`SES may not send for ${address}`, `aws sesv2 create-email-identity --email-identity ${address}`);
}

/** Whether the zone is there, public, and the name's. https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html */
export async function zone(route53: Route53Client, custom: StackSettings["api"]["domain"]): Promise<Result> {
    if (custom === undefined) return good("no api.domain: the API has the name that AWS gives it");
    const { name: domain, zone: id } = custom;
    const find = "aws route53 list-hosted-zones";
    try {
        const { HostedZone } = await route53.send(new GetHostedZoneCommand({ Id: id }));
        const name = (HostedZone?.Name ?? "").replace(/\.$/, "");
        if (HostedZone?.Config?.PrivateZone === true)
            return missing(`${id} is a private zone: name a public one`, find);
        if (domain === name || domain.endsWith(`.${name}`)) return good(`${domain} is in the zone ${name}`);
        return missing(`${domain} is not in the zone ${id}, which is ${name}`, find);
    } catch (error) {
        if (!(error instanceof NoSuchHostedZone || error instanceof HostedZoneNotFound)) throw error;
        return missing(`there is no zone ${id}`, find);
    }
}

/**
 * Whether a secret has a value.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html
 */
export async function secretValue(
    secrets: SecretsManagerClient,
    { id, command, isOptional, up }: SecretOf,
): Promise<Result> {
    try {
        const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId: id }));
        if (Object.values(VersionIdsToStages).some((stages) => stages.includes("AWSCURRENT")))
            return good("has a value");
    } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
        return later(`${id} is made by up`, up);
    }
    return isOptional ? later(`${id} has no value`, command) : missing(`${id} has no value`, command);
}

export interface SecretOf {
    /** Name in Secrets Manager. */
    readonly id: string;
    /** What gives it a value. */
    readonly command: string;
    /** Whether the shop works without. */
    readonly isOptional: boolean;
    /** What makes the secret. */
    readonly up: string;
}

/**
 * Whether the addresses that a topic writes to have said that they want it.
 * https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export async function confirmed(
    sns: SNSClient,
    topicArn: string,
    addresses: readonly string[],
    up: string,
): Promise<Result> {
    const willing = new Set<string>();
    try {
        for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
            { client: sns },
            { TopicArn: topicArn },
        )) {
            for (const { Endpoint = "", SubscriptionArn = "" } of Subscriptions) {
                if (SubscriptionArn.startsWith("arn:")) willing.add(Endpoint);
            }
        }
    } catch (error) {
        if (!(error instanceof TopicNotFound)) throw error;
        return later("the topic is made by up", up);
    }
    const waiting = addresses.filter((address) => !willing.has(address));
    if (waiting.length === 0) return good("every address has confirmed");
    return missing(
        `${waiting.join(", ")}: follow the link in the mail "AWS Notification - Subscription Confirmation"`,
        up,
    );
}

/** The items of docs/operations/first-account.md that a stack has not done: below whose headings no line `Done: <stack>` stands. */
export const openItems = (page: string, stack: string): readonly string[] =>
    page.split(/^## /m).flatMap((part) => {
        const [heading = ""] = part.split("\n");
        const isItem = /^\d+\. /.test(heading);
        return isItem && !new RegExp(`^Done: ${stack}\\b(?!-)`, "m").test(part) ? [heading] : [];
    });
