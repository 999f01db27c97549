import { join } from "node:path";
import type { AwsCall } from "./aws/call.ts";
import { account } from "./aws/service.ts";
import { Doubles, doublesPath } from "./doubles/doubles.ts";
import { type FunctionCatalogue, Functions } from "./endpoint/functions.ts";
import { Logs } from "./endpoint/logs.ts";
import { Endpoint } from "./endpoint/server.ts";
import type { EvaluatedProgram, Evaluation } from "./evaluate.ts";
import { EventBuses } from "./events/bus.ts";
import { Faults } from "./faults/faults.ts";
import type { FaultPlan } from "./faults/plan.ts";
import { Fixtures } from "./fixtures.ts";
import { Foreground } from "./foreground.ts";
import type { Graph } from "./graph/graph.ts";
import { readStackConfig } from "./graph/stackConfig.ts";
import { HttpApi } from "./http/api.ts";
import { elsewhere, listen, type Origin, type Site } from "./http/server.ts";
import { Access } from "./identity/access.ts";
import { objectsView } from "./inspect/objects.ts";
import { queueViews } from "./inspect/queues.ts";
import { Inspector, UnusableQuestion } from "./inspect/views.ts";
import type { Journal } from "./journal.ts";
import { programFor } from "./keptProgram.ts";
import { sendRecord } from "./lambda/destination.ts";
import type { FunctionDefinition, LogLine } from "./lambda/function.ts";
import { LambdaHost } from "./lambda/host.ts";
import { Outbox } from "./mail/outbox.ts";
import { Mailer } from "./mail/sesv2.ts";
import { provideAwsSdk } from "./project.ts";
import { realiseAccess } from "./realise/access.ts";
import { changesForNextStart } from "./realise/changes.ts";
import { busesOf, rulesOf } from "./realise/events.ts";
import { expireItems } from "./realise/expiry.ts";
import { functionsOf, logGroupsOf } from "./realise/functions.ts";
import { httpApisOf } from "./realise/httpApis.ts";
import { scheduleGroupsOf, schedulesOf } from "./realise/schedules.ts";
import { mailIdentitiesOf, secretsOf } from "./realise/secrets.ts";
import { realiseBuckets, realiseQueues } from "./realise/storage.ts";
import { realiseTables } from "./realise/tables.ts";
import { subscriptionsOf, topicsOf } from "./realise/topics.ts";
import { triggersOf } from "./realise/triggers.ts";
import { Schedules } from "./scheduler/schedules.ts";
import { Secrets } from "./secrets/secretsManager.ts";
import { openState } from "./state.ts";
import { type Storage, startStorage } from "./storage/storage.ts";
import { Topics } from "./topics/topics.ts";
import { type Trace, type TraceEntry, TraceStore } from "./trace.ts";
import { QueueTrigger } from "./triggers/queueTrigger.ts";
import { StreamTrigger } from "./triggers/streamTrigger.ts";
import { Waits } from "./waits.ts";

export interface CloudSettings {
    /** The folder of the Pulumi project. */
    readonly projectDirectory: string;
    /** Folder with the fixtures. @default none */
    readonly fixturesDirectory?: string | undefined;
    readonly stack: string;
    /** Of the HTTP APIs; 0 for any that is free. */
    readonly port: number;
    /** Of the AWS endpoint. The program's functions are told it before anything listens: it is never 0. */
    readonly awsPort: number;
    readonly stateDirectory: string;
    /** Forgets what earlier runs have stored. @default false */
    readonly fresh?: boolean;
    /** @see Waits */
    readonly waitFactor: number;
    /** @default nothing goes wrong but by itself */
    readonly faultPlan?: FaultPlan | undefined;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Makes the graph. @default the project's program, evaluated in a process of its own */
    readonly evaluate?: (evaluation: Evaluation) => Promise<EvaluatedProgram>;
    log(line: LogLine): void;
    /** Something that the cloud cannot live without is gone. */
    onDeath(reason: Error): void;
}

/** What the services of the cloud share. */
interface Services {
    readonly region: string;
    readonly call: AwsCall;
    readonly journal: Journal;
    readonly waits: Waits;
    readonly trace: Trace;
}

/** On average: a busy function may have more while others have fewer. More would only take turns on a small machine. */
const environmentsPerFunction = 3;

/** How often expired items are looked for; AWS deletes them within days. */
const expiryMs = 5 * 60_000;

/** The embedded cloud: a program's graph, realised on this machine. */
export class Cloud {
    readonly #settings: CloudSettings;
    readonly #fixtures: Fixtures;
    readonly #trace = new TraceStore();
    readonly #foreground = new Foreground();
    /** By the names of the functions that may write there. */
    readonly #logGroups = new Map<string, string>();
    readonly #access = new Access({ account });
    readonly #waits: Waits;
    readonly #faults: Faults | undefined;
    /** What must be ended, the last one first. */
    readonly #running: (() => unknown)[] = [];
    readonly #sites: Site[] = [];
    #program: EvaluatedProgram | undefined;
    #host: LambdaHost | undefined;
    #url = "";
    #awsUrl = "";

    private constructor(settings: CloudSettings) {
        this.#settings = settings;
        this.#fixtures = new Fixtures(settings.fixturesDirectory);
        this.#waits = new Waits(settings.waitFactor);
        const { faultPlan } = settings;
        this.#faults = faultPlan && new Faults(faultPlan, { trace: this.#record, waits: this.#waits });
    }

    /** Starts everything; when something fails, what was started is ended and the fault thrown. */
    static async start(settings: CloudSettings): Promise<Cloud> {
        const cloud = new Cloud(settings);
        try {
            await cloud.#start();
            return cloud;
        } catch (error) {
            // The fault that matters is the one that kept it from starting.
            await cloud.stop().catch(() => undefined);
            throw error;
        }
    }

    /** `http://127.0.0.1:8787` */
    get url(): string {
        return this.#url;
    }

    /** `http://127.0.0.1:4566` */
    get awsUrl(): string {
        return this.#awsUrl;
    }

    /** The program as it runs. */
    get program(): EvaluatedProgram {
        if (this.#program === undefined) throw new Error("the cloud has not started");
        return this.#program;
    }

    /**
     * Ends everything that was started, and every process with it, once the running invocations have ended. What does not
     * end within a minute, or fails to, does not keep the rest from ending; the first such fault is thrown when all is
     * done.
     */
    async stop(): Promise<void> {
        const faults: unknown[] = [];
        for (const end of this.#running.splice(0).reverse()) {
            await withinSeconds(60, Promise.resolve().then(end)).catch((fault: unknown) => faults.push(fault));
        }
        if (faults.length > 0) throw faults[0];
    }

    async #start(): Promise<void> {
        // Before anything touches the state, which another cloud may be using.
        const origin = await this.#listen();
        const journal = this.#openJournal();
        const [program, storage] = await this.#evaluateAndStore();
        this.#program = program;
        const { graph, region } = program;
        this.#realiseAccess(graph, journal);
        const outbox = new Outbox(journal, this.#record);
        const endpoint = await this.#startEndpoint(program, { journal, storage, outbox });
        const services: Services = {
            region,
            call: endpoint.call,
            journal,
            waits: this.#waits,
            trace: this.#record,
        };
        const host = this.#startFunctions(graph, services);
        this.#host = host;
        endpoint.serve("lambda", new Functions(host, region, () => this.#catalogue(region)));
        endpoint.serve("logs", new Logs(this.#trace, region, () => logGroupsOf(this.program.graph)));
        endpoint.serve("events", new EventBuses({ ...services, buses: busesOf(graph), rules: rulesOf(graph) }));
        endpoint.serve("sns", this.#topics(graph, services, outbox));
        endpoint.serve("scheduler", this.#schedules(graph, services));
        await this.#fillStorage(graph, services, storage);
        const doubles = new Doubles(await this.#fixtures.doubles(services));
        // From now on functions run, which call them.
        this.#sites.splice(1, 0, doubles);
        const triggers = await this.#startTriggers(graph, services, host);
        journal.start();
        const apis = this.#httpApis(graph, services);
        const inspector = new Inspector({
            resources: () => ({
                resources: graph.resources.map(({ type, name, id, urn }) => ({ type, name, id, urn })),
                functions: host.functions(),
                triggers: triggers.map((trigger) => trigger.state()),
                pending: journal.pending(),
            }),
            queues: (parameters) => queueViews(graph, storage.queues.origin, this.#trace, parameters.get("name")),
            objects: (parameters) => objectsView(graph, storage.queues.origin, parameters),
            mail: (parameters) => {
                const limit = Number(parameters.get("limit") ?? 100);
                if (!Number.isSafeInteger(limit)) throw new UnusableQuestion("limit is a whole number: ?limit=100");
                return outbox.outbox(limit);
            },
            trace: (parameters) => {
                const id = parameters.get("correlationId");
                if (id === null || id === "") throw new UnusableQuestion("say which: ?correlationId=<id>");
                return this.#trace.of(id);
            },
            dropped: () => this.#trace.dropped(),
            permissions: () => this.#access.report(),
            faults: () => this.#faults?.counts() ?? {},
            doubles: (parameters) => doubles.received(parameters.get("name") ?? undefined),
        });
        const served = [elsewhere, doubles, inspector, ...apis.map((api) => this.#first(api))];
        this.#sites.splice(0, this.#sites.length, ...served);
        // When it stops, nothing comes in before anything else is ended, and nothing that is late keeps it.
        this.#running.push(() => {
            doubles.close();
            return origin.close();
        });
        // The first request should not wait for what can be done before it.
        const integrations = apis.flatMap(({ definition }) => definition.routes.map(({ integration }) => integration));
        const arns = new Set(integrations.flatMap((one) => (one.kind === "lambda" ? one.functionArn : [])));
        await Promise.all([...arns].map((arn) => host.warm(arn)));
    }

    async #listen(): Promise<Origin> {
        this.#sites.push(elsewhere, {
            accepts: () => true,
            handle: async (_, response) => {
                response.writeHead(503, { "retry-after": "1" }).end("starting\n");
            },
        });
        const origin = await listen(this.#settings.port, this.#sites);
        this.#running.push(() => origin.close());
        this.#url = origin.url;
        this.#awsUrl = `http://127.0.0.1:${this.#settings.awsPort}`;
        return origin;
    }

    #openJournal(): Journal {
        const { stateDirectory, fresh = false } = this.#settings;
        const journal = openState(stateDirectory, fresh, () => this.#foreground.quiet());
        this.#running.push(() => journal.close());
        return journal;
    }

    /** The engines start while the program is evaluated. */
    async #evaluateAndStore(): Promise<[EvaluatedProgram, Storage]> {
        const [program, storage] = await Promise.allSettled([this.#evaluate(), this.#startStorage()]);
        if (program.status === "rejected") throw program.reason;
        if (storage.status === "rejected") throw storage.reason;
        return [program.value, storage.value];
    }

    async #startStorage(): Promise<Storage> {
        const { projectDirectory, stack, stateDirectory: directory, environment, onDeath } = this.#settings;
        const { region } = readStackConfig(projectDirectory, stack);
        const storage = await startStorage({ directory, region, waits: this.#waits, environment, onDeath });
        this.#running.push(() => storage.stop());
        return storage;
    }

    #realiseAccess(graph: Graph, journal: Journal): void {
        realiseAccess(graph, this.#access);
        const usage = journal.recall("usage");
        if (usage !== undefined) this.#access.restoreUsage(usage);
        const save = () => journal.remember("usage", this.#access.usage());
        const saving = setInterval(save, 10_000).unref();
        this.#running.push(() => {
            clearInterval(saving);
            save();
        });
    }

    async #startEndpoint(
        { graph, region }: EvaluatedProgram,
        { journal, storage, outbox }: { readonly journal: Journal; readonly storage: Storage; readonly outbox: Outbox },
    ): Promise<Endpoint> {
        const endpoint = new Endpoint({
            region,
            access: this.#access,
            storage,
            graph: () => this.program.graph,
            secrets: new Secrets(journal, secretsOf(graph, this.#fixtures.secretValues(this.#url + doublesPath))),
            mailer: new Mailer(outbox, mailIdentitiesOf(graph)),
            faults: this.#faults,
            trace: this.#record,
        });
        await endpoint.listen(this.#settings.awsPort);
        this.#running.push(() => endpoint.close());
        return endpoint;
    }

    #startFunctions(graph: Graph, services: Services): LambdaHost {
        const functions = functionsOf(graph);
        const host = new LambdaHost({
            ...services,
            account,
            endpointUrl: this.#awsUrl,
            maximumEnvironments: environmentsPerFunction * functions.length,
            credentialsOf: (roleArn, session) => this.#access.credentialsOf(roleArn, session),
            log: (line) => this.#log(line),
            deliver: (...delivery) => sendRecord(services.call, ...delivery),
        });
        for (const definition of functions) {
            if (mayLog(definition, this.#access, services.region)) {
                this.#logGroups.set(definition.name, definition.logGroup);
            }
            host.define(definition);
        }
        this.#running.push(() => host.stop());
        return host;
    }

    #catalogue(region: string): FunctionCatalogue {
        const { graph } = this.program;
        return { functions: functionsOf(graph), triggers: triggersOf(graph, { region, account }) };
    }

    #topics(graph: Graph, services: Services, outbox: Outbox): Topics {
        const origin = () => this.#awsUrl;
        return new Topics({
            ...services,
            outbox,
            origin,
            topics: topicsOf(graph),
            subscriptions: subscriptionsOf(graph),
        });
    }

    #schedules(graph: Graph, services: Services): Schedules {
        return new Schedules({
            ...services,
            groups: scheduleGroupsOf(graph),
            schedules: schedulesOf(graph),
            mayAssume: (roleArn, groupArn) => {
                const principal = { kind: "service", service: "scheduler.amazonaws.com", sourceArn: groupArn } as const;
                return this.#access.decide({ principal, action: "sts:AssumeRole", resource: roleArn }).allowed;
            },
        });
    }

    async #fillStorage(graph: Graph, { call, journal }: Services, storage: Storage): Promise<void> {
        await Promise.all([
            realiseTables(graph, call),
            realiseQueues(graph, call),
            realiseBuckets(graph, storage.queues.origin),
        ]);
        await this.#fixtures.fillTables(graph, journal, call);
        // What fails is tried again the next time; the cloud may be about to stop.
        const expire = () =>
            expireItems(this.program.graph, call, Math.floor(Date.now() / 1000)).catch(() => undefined);
        const expiring = setInterval(expire, expiryMs).unref();
        this.#running.push(() => clearInterval(expiring));
    }

    async #startTriggers(
        graph: Graph,
        services: Services,
        host: LambdaHost,
    ): Promise<(QueueTrigger | StreamTrigger)[]> {
        const surroundings = {
            ...services,
            invoke: async (functionArn: string, payload: string) => {
                await this.#foreground.quiet();
                const run = (batch: string) => host.invoke(functionArn, batch);
                return this.#faults?.ofBatch(functionArn, payload, run) ?? run(payload);
            },
        };
        const definitions = triggersOf(graph, { region: services.region, account });
        const triggers = [
            ...definitions.queues.map((definition) => new QueueTrigger(definition, surroundings)),
            ...definitions.streams.map((definition) => new StreamTrigger(definition, surroundings, services.journal)),
        ];
        await Promise.all(triggers.map((trigger) => trigger.start()));
        this.#running.push(() => Promise.all(triggers.map((trigger) => trigger.stop())));
        return triggers;
    }

    #httpApis(graph: Graph, { region, call }: Services): HttpApi[] {
        return httpApisOf(graph, { region, account }).map(
            (definition) =>
                new HttpApi(definition, {
                    call,
                    callers: this.#access,
                    trace: this.#record,
                    accessLog: (stage, text) => {
                        const logGroup = definition.stages.find(({ name }) => name === stage)?.accessLogGroup;
                        const line = { time: Date.now(), where: `${definition.name} ${stage}`, text };
                        this.#record({ ...line, what: "request", ...(logGroup && { logGroup }) });
                    },
                }),
        );
    }

    /** Takes up new code and settings of functions. @returns what else changed, which only a new start realises. */
    async update(): Promise<{ readonly functions: string[]; readonly others: string[] }> {
        const before = this.program.graph;
        const program = await this.#evaluate();
        const known = new Map(functionsOf(before).map((definition) => [definition.arn, JSON.stringify(definition)]));
        const functions: string[] = [];
        for (const definition of functionsOf(program.graph)) {
            if (!known.has(definition.arn) || known.get(definition.arn) === JSON.stringify(definition)) continue;
            this.#host?.define(definition);
            functions.push(definition.name);
        }
        this.#program = program;
        return { functions, others: changesForNextStart(before, program.graph) };
    }

    async #evaluate(): Promise<EvaluatedProgram> {
        const { projectDirectory, fixturesDirectory, stack, stateDirectory, evaluate = programFor } = this.#settings;
        const codeDirectory = join(stateDirectory, "functions");
        const program = await evaluate({
            projectDirectory,
            fixturesDirectory,
            stack,
            account,
            awsUrl: this.#awsUrl,
            apiUrl: this.#url,
            codeDirectory,
        });
        provideAwsSdk(projectDirectory, codeDirectory);
        return program;
    }

    /** A site whose requests go before everything else. */
    #first(site: Site): Site {
        return {
            accepts: (message) => site.accepts(message),
            handle: (message, response) => this.#foreground.during(() => site.handle(message, response)),
        };
    }

    readonly #record = (entry: TraceEntry): void => {
        this.#trace.add(entry);
        if (entry.what !== "dropped") return;
        const { time, where, requestId, text } = entry;
        this.#settings.log({ time, functionName: where, requestId, source: "platform", text });
    };

    /** As on AWS, a function whose role may not write into its log group leaves no logs. */
    #log(line: LogLine): void {
        const { time, functionName, requestId, logStream, text } = line;
        const logGroup = this.#logGroups.get(functionName);
        if (logGroup === undefined) return;
        this.#record({
            time,
            what: "log",
            where: functionName,
            text,
            logGroup,
            ...(requestId && { requestId }),
            ...(logStream && { logStream }),
        });
        this.#settings.log(line);
    }
}

async function withinSeconds(seconds: number, ending: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`something did not end within ${seconds} s`)), seconds * 1000);
    });
    await Promise.race([ending, tooLate]).finally(() => clearTimeout(timer));
}

function mayLog({ roleArn, name, logGroup }: FunctionDefinition, access: Access, region: string): boolean {
    const resource = `arn:aws:logs:${region}:${account}:log-group:${logGroup}:log-stream:${name}`;
    return ["logs:CreateLogStream", "logs:PutLogEvents"].every((action) => {
        const decision = access.decide({ principal: { kind: "role", roleArn, session: name }, action, resource });
        if (!decision.allowed) console.warn(`${name} leaves no logs: ${decision.reason}`);
        return decision.allowed;
    });
}
