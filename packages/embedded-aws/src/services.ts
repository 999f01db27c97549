import type { AwsCall } from "./aws/call.ts";
import { account } from "./aws/service.ts";
import type { FunctionCatalogue } from "./endpoint/functions.ts";
import { EventBuses } from "./events/bus.ts";
import type { Faults } from "./faults/faults.ts";
import type { Foreground } from "./foreground.ts";
import type { Graph } from "./graph/graph.ts";
import { HttpApi } from "./http/api.ts";
import type { Site } from "./http/server.ts";
import type { Access } from "./identity/access.ts";
import { sendRecord } from "./lambda/destination.ts";
import type { FunctionDefinition, LogLine } from "./lambda/function.ts";
import { LambdaHost } from "./lambda/host.ts";
import type { Outbox } from "./mail/outbox.ts";
import { busesOf, rulesOf } from "./provision/events.ts";
import { functionsOf } from "./provision/functions.ts";
import { httpApisOf } from "./provision/httpApis.ts";
import { scheduleGroupsOf, schedulesOf } from "./provision/schedules.ts";
import { provisionBuckets, provisionQueues } from "./provision/storage.ts";
import { provisionTables } from "./provision/tables.ts";
import { subscriptionsOf, topicsOf } from "./provision/topics.ts";
import { triggersOf } from "./provision/triggers.ts";
import { Schedules } from "./scheduler/schedules.ts";
import type { Storage } from "./storage/storage.ts";
import type { TaskQueue } from "./taskQueue.ts";
import { Topics } from "./topics/topics.ts";
import type { Trace } from "./trace.ts";
import { QueueTrigger } from "./triggers/queueTrigger.ts";
import { StreamTrigger } from "./triggers/streamTrigger.ts";
import type { Waits } from "./waits.ts";

/** What the services of the cloud share. */
export interface Services {
    readonly region: string;
    /** `http://127.0.0.1:4566` */
    readonly awsUrl: string;
    readonly access: Access;
    readonly call: AwsCall;
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    readonly trace: Trace;
}

/** On average: a busy function may have more while others have fewer. More would only take turns on a small machine. */
const environmentsPerFunction = 3;

export function lambdaHost(
    functions: readonly FunctionDefinition[],
    services: Services,
    log: (line: LogLine) => void,
): LambdaHost {
    const logging = functions.filter((definition) => mayLog(definition, services));
    const logGroups = new Map(logging.map(({ name, logGroup }) => [name, logGroup]));
    const host = new LambdaHost({
        ...services,
        account,
        endpointUrl: services.awsUrl,
        maximumEnvironments: environmentsPerFunction * functions.length,
        credentialsOf: (roleArn, session) => services.access.credentialsOf(roleArn, session),
        log: (line) => {
            const { time, functionName: where, requestId, logStream, text } = line;
            const logGroup = logGroups.get(where);
            if (logGroup === undefined) return;
            const origin = { ...(requestId && { requestId }), ...(logStream && { logStream }) };
            services.trace({ time, what: "log", where, text, logGroup, ...origin });
            log(line);
        },
        deliver: (...delivery) => sendRecord(services.call, ...delivery),
    });
    for (const definition of functions) host.define(definition);
    return host;
}

/** As on AWS, a function whose role may not write into its log group leaves no logs. */
function mayLog({ roleArn, name, logGroup }: FunctionDefinition, { access, region }: Services): boolean {
    const resource = `arn:aws:logs:${region}:${account}:log-group:${logGroup}:log-stream:${name}`;
    return ["logs:CreateLogStream", "logs:PutLogEvents"].every((action) => {
        const decision = access.decide({ principal: { kind: "role", roleArn, session: name }, action, resource });
        if (!decision.allowed) console.warn(`${name} leaves no logs: ${decision.reason}`);
        return decision.allowed;
    });
}

export function functionCatalogue(graph: Graph, region: string): FunctionCatalogue {
    return { functions: functionsOf(graph), triggers: triggersOf(graph, { region, account }) };
}

export function eventBuses(graph: Graph, services: Services): EventBuses {
    return new EventBuses({ ...services, buses: busesOf(graph), rules: rulesOf(graph) });
}

export function topics(graph: Graph, services: Services, outbox: Outbox): Topics {
    return new Topics({
        ...services,
        outbox,
        origin: () => services.awsUrl,
        topics: topicsOf(graph),
        subscriptions: subscriptionsOf(graph),
    });
}

export function schedules(graph: Graph, services: Services): Schedules {
    return new Schedules({
        ...services,
        groups: scheduleGroupsOf(graph),
        schedules: schedulesOf(graph),
        mayAssume: (roleArn, groupArn) => {
            const principal = { kind: "service", service: "scheduler.amazonaws.com", sourceArn: groupArn } as const;
            return services.access.decide({ principal, action: "sts:AssumeRole", resource: roleArn }).allowed;
        },
    });
}

export async function fillStorage(graph: Graph, { call }: Services, storage: Storage): Promise<void> {
    await Promise.all([
        provisionTables(graph, call),
        provisionQueues(graph, call),
        provisionBuckets(graph, storage.queues.origin),
    ]);
}

export function triggers(
    graph: Graph,
    services: Services,
    {
        host,
        foreground,
        faults,
        storage,
    }: { host: LambdaHost; foreground: Foreground; faults: Faults | undefined; storage: Storage },
): (QueueTrigger | StreamTrigger)[] {
    const surroundings = {
        ...services,
        writes: storage.tables.writes,
        invoke: async (functionArn: string, payload: string) => {
            await foreground.quiet();
            const run = (batch: string) => host.invoke(functionArn, batch);
            return faults?.ofBatch(functionArn, payload, run) ?? run(payload);
        },
    };
    const definitions = triggersOf(graph, { region: services.region, account });
    return [
        ...definitions.queues.map((definition) => new QueueTrigger(definition, surroundings)),
        ...definitions.streams.map((definition) => new StreamTrigger(definition, surroundings, services.taskQueue)),
    ];
}

export function httpApis(graph: Graph, { region, call, access, trace }: Services): HttpApi[] {
    return httpApisOf(graph, { region, account }).map(
        (definition) =>
            new HttpApi(definition, {
                call,
                callers: access,
                trace,
                accessLog: (stage, text) => {
                    const logGroup = definition.stages.find(({ name }) => name === stage)?.accessLogGroup;
                    const line = { time: Date.now(), where: `${definition.name} ${stage}`, text };
                    trace({ ...line, what: "request", ...(logGroup && { logGroup }) });
                },
            }),
    );
}

/** A site whose requests go before everything else. */
export function foremost(site: Site, foreground: Foreground): Site {
    return {
        accepts: (message) => site.accepts(message),
        handle: (message, response) => foreground.during(() => site.handle(message, response)),
    };
}

/** Keeps over restarts which rights were used. @returns ends it */
export function keepUsage(access: Access, taskQueue: TaskQueue): () => void {
    const usage = taskQueue.recall("usage");
    if (usage !== undefined) access.restoreUsage(usage);
    const save = () => taskQueue.remember("usage", access.usage());
    const saving = setInterval(save, 10_000).unref();
    return () => {
        clearInterval(saving);
        save();
    };
}

/** ARNs of the functions that requests reach, each once. */
export function calledBy(apis: readonly HttpApi[]): string[] {
    const integrations = apis.flatMap(({ definition }) => definition.routes.map(({ integration }) => integration));
    return [...new Set(integrations.flatMap((one) => (one.kind === "lambda" ? one.functionArn : [])))];
}
