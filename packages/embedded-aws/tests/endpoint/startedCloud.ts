import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AwsError } from "../../src/aws/call.ts";
import { type FunctionCatalogue, Functions } from "../../src/endpoint/functions.ts";
import { Logs } from "../../src/endpoint/logs.ts";
import { Endpoint } from "../../src/endpoint/server.ts";
import { type BusDefinition, EventBuses, type RuleDefinition } from "../../src/events/bus.ts";
import { Faults } from "../../src/faults/faults.ts";
import type { FaultPlan } from "../../src/faults/plan.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { Access } from "../../src/identity/access.ts";
import type { PolicyDocument } from "../../src/identity/principal.ts";
import { type KeyDefinition, SigningKeys } from "../../src/keys/kms.ts";
import { Outbox } from "../../src/mail/outbox.ts";
import { Mailer } from "../../src/mail/sesv2.ts";
import { Schedules } from "../../src/scheduler/schedules.ts";
import { type SecretDefinition, Secrets } from "../../src/secrets/secretsManager.ts";
import { startStorage } from "../../src/storage/storage.ts";
import { TaskQueue } from "../../src/taskQueue.ts";
import type { SubscriptionDefinition, TopicDefinition } from "../../src/topics/definition.ts";
import { Topics } from "../../src/topics/topics.ts";
import { type TraceEntry, TraceStore } from "../../src/trace.ts";
import { Waits } from "../../src/waits.ts";
import { graphOf } from "../provision/resources.ts";

export const region = "eu-west-1";
export const account = "000000000000";

/** An asynchronous event that a function got. */
export interface Invoked {
    readonly arn: string;
    readonly payload: string;
}

export interface CloudDefinition {
    /** Taken up from an earlier cloud; otherwise new, and forgotten at the end. */
    readonly directory?: string;
    /** Role name -> its policy. */
    readonly roles?: Readonly<Record<string, PolicyDocument>>;
    /** ARN -> policy. */
    readonly resourcePolicies?: Readonly<Record<string, PolicyDocument>>;
    readonly buses?: readonly BusDefinition[];
    readonly rules?: readonly RuleDefinition[];
    readonly topics?: readonly TopicDefinition[];
    readonly subscriptions?: readonly SubscriptionDefinition[];
    readonly secrets?: readonly SecretDefinition[];
    readonly keys?: readonly KeyDefinition[];
    readonly identities?: readonly string[];
    readonly scheduleGroups?: readonly string[];
    /** In the shape of CreateSchedule. */
    readonly schedules?: readonly Readonly<Record<string, unknown>>[];
    /** Names of the functions: each answers with what it was given, and takes no event with `"throttle":true`. */
    readonly functions?: readonly string[];
    /** What Lambda lists. */
    readonly catalogue?: FunctionCatalogue;
    /** What the graph alone answers. */
    readonly graph?: Graph;
    readonly logGroups?: readonly string[];
    readonly faultPlan?: FaultPlan;
}

/** The endpoint with everything behind it, the function host excepted: functions only note what they are given. */
export async function startCloud(definition: CloudDefinition = {}) {
    const directory = definition.directory ?? mkdtempSync(join(tmpdir(), "cloud-"));
    const forget = () => definition.directory === undefined && rmSync(directory, { recursive: true, force: true });
    const traced: TraceEntry[] = [];
    const traceStore = new TraceStore();
    const trace = (entry: TraceEntry) => {
        traced.push(entry);
        traceStore.add(entry);
    };
    const invoked: Invoked[] = [];
    const ran: Invoked[] = [];
    const storage = await startStorage({
        directory,
        region,
        environment: {},
        onDeath: (failure) => trace({ time: Date.now(), what: "failure", where: "storage", text: failure.message }),
    });
    const taskQueue = new TaskQueue(join(directory, "tasks.db"));
    const waits = new Waits(0.001);
    const access = new Access({ account });
    for (const [name, policy] of Object.entries(definition.roles ?? {})) {
        access.defineRole({ arn: roleArn(name), policies: [policy] });
    }
    for (const [arn, policy] of Object.entries(definition.resourcePolicies ?? {}))
        access.defineResourcePolicy(arn, policy);

    const outbox = new Outbox(taskQueue, trace);
    const endpoint = new Endpoint({
        region,
        access,
        kept: { recall: () => undefined, remember: () => undefined },
        storage,
        graph: () => definition.graph ?? graphOf(),
        secrets: new Secrets(taskQueue, definition.secrets ?? []),
        keys: new SigningKeys(taskQueue, definition.keys ?? []),
        mailer: new Mailer(outbox, definition.identities ?? []),
        faults: definition.faultPlan && new Faults(definition.faultPlan, { trace, waits }),
        trace,
    });
    const { call } = endpoint;
    const { buses = [], rules = [], topics = [], subscriptions = [] } = definition;
    endpoint.serve("events", new EventBuses({ region, call, taskQueue, waits, trace, buses, rules }));
    endpoint.serve(
        "sns",
        new Topics({ call, taskQueue, waits, trace, outbox, origin: () => endpoint.origin, topics, subscriptions }),
    );
    endpoint.serve(
        "scheduler",
        new Schedules({
            region,
            call,
            taskQueue,
            waits,
            trace,
            groups: definition.scheduleGroups ?? [],
            schedules: definition.schedules ?? [],
            mayAssume: (roleArn, groupArn) => {
                const principal = { kind: "service", service: "scheduler.amazonaws.com", sourceArn: groupArn } as const;
                return access.decide({ principal, action: "sts:AssumeRole", resource: roleArn }).allowed;
            },
        }),
    );
    const known = new Set(definition.functions?.map((name) => functionArn(name)));
    const find = (arn: string) => {
        if (!known.has(arn)) throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
    };
    endpoint.serve(
        "lambda",
        new Functions(
            {
                invoke: async (arn, payload) => {
                    find(arn);
                    ran.push({ arn, payload });
                    const fails = payload.includes('"fail":true');
                    return { requestId: "r-1", payload, ...(fails ? { functionError: "Unhandled" as const } : {}) };
                },
                invokeAsync: (arn, payload) => {
                    find(arn);
                    if (/throttle\\?":true/.test(payload)) {
                        throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
                    }
                    invoked.push({ arn, payload });
                    return { requestId: "r-2" };
                },
            },
            region,
            () => definition.catalogue ?? { functions: [], triggers: { queues: [], streams: [] } },
        ),
    );
    endpoint.serve("logs", new Logs(traceStore, region, () => definition.logGroups ?? []));
    await endpoint.listen(0);
    taskQueue.start();
    return {
        directory,
        storage,
        taskQueue,
        access,
        endpoint,
        call,
        outbox,
        traced,
        traceStore,
        trace,
        invoked,
        /** What functions were invoked with by callers who waited for the answer. */
        ran,
        /** Settings of an SDK client, as the administrator or as a role. */
        as: (role?: string) => ({
            region,
            endpoint: endpoint.origin,
            maxAttempts: 1,
            credentials:
                role === undefined
                    ? { accessKeyId: "local", secretAccessKey: "local" }
                    : access.credentialsOf(roleArn(role), `${role}-session`),
        }),
        stop: async () => {
            await endpoint.close();
            taskQueue.close();
            await storage.stop();
            forget();
        },
        /** Ends everything as `kill -9` would; the state stays. */
        crash: async () => {
            for (const { processId } of [storage.tables, storage.queues]) {
                if (processId !== undefined) process.kill(-processId, "SIGKILL");
            }
            await endpoint.close();
            taskQueue.close();
            await storage.stop();
        },
    };
}

export type Cloud = Awaited<ReturnType<typeof startCloud>>;

export function roleArn(name: string): string {
    return `arn:aws:iam::${account}:role/${name}`;
}

export function functionArn(name: string): string {
    return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

export function queueArn(name: string): string {
    return `arn:aws:sqs:${region}:${account}:${name}`;
}

export function allow(action: string | string[], resource: string | string[]): PolicyDocument {
    return { Version: "2012-10-17", Statement: { Effect: "Allow", Action: action, Resource: resource } };
}

const actions = { lambda: "lambda:InvokeFunction", sns: "sns:Publish", sqs: "sqs:SendMessage" };

/** Policies of functions, topics and queues that let a service of AWS invoke them or send to them, by ARN. */
export function allowService(service: string, ...arns: string[]): Record<string, PolicyDocument> {
    const policy = (arn: string): PolicyDocument => {
        const kind = Object.entries(actions).find(([name]) => arn.startsWith(`arn:aws:${name}:`));
        const statement = { Effect: "Allow", Principal: { Service: service }, Resource: arn } as const;
        return { Version: "2012-10-17", Statement: { ...statement, Action: kind?.[1] ?? [] } };
    };
    return Object.fromEntries(arns.map((arn) => [arn, policy(arn)]));
}

/** Receives messages until there are `count`, and keeps them invisible. */
export async function receive(cloud: Cloud, queue: string, count = 1): Promise<readonly Message[]> {
    const sqs = new SQSClient(cloud.as());
    const messages: Message[] = [];
    return eventually(async () => {
        const { Messages = [] } = await sqs.send(
            new ReceiveMessageCommand({
                QueueUrl: `${cloud.endpoint.origin}/${account}/${queue}`,
                MaxNumberOfMessages: Math.min(10, count),
                WaitTimeSeconds: 1,
                MessageAttributeNames: ["All"],
                MessageSystemAttributeNames: ["All"],
                VisibilityTimeout: 600,
            }),
        );
        messages.push(...Messages);
        return messages.length >= count ? messages : undefined;
    }).finally(() => sqs.destroy());
}

/** Waits until `look` finds something. */
export async function eventually<Found>(look: () => Promise<Found | undefined> | Found | undefined): Promise<Found> {
    const deadline = Date.now() + 120_000;
    for (;;) {
        const found = await look();
        if (found !== undefined) return found;
        if (Date.now() > deadline) throw new Error("it did not happen");
        await delay(20);
    }
}

/** The error that a call fails with. */
export async function failure(call: Promise<unknown>): Promise<Error> {
    const outcome = await call.then(
        () => undefined,
        (error: unknown) => error,
    );
    if (outcome instanceof Error) return outcome;
    throw new Error("the call succeeded");
}
