import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Functions } from "./endpoint/functions.ts";
import { Endpoint } from "./endpoint/server.ts";
import { account } from "./endpoint/service.ts";
import type { Evaluation } from "./evaluate.ts";
import { EventBuses } from "./events/bus.ts";
import { fillTables, secretValues } from "./fixtures/fixtures.ts";
import { Foreground } from "./foreground.ts";
import type { Graph } from "./graph/graph.ts";
import { HttpApi } from "./http/api.ts";
import { listen, type Origin, type Site } from "./http/server.ts";
import { Access } from "./identity/access.ts";
import type { TraceEntry } from "./inspect/entry.ts";
import { queueViews } from "./inspect/queues.ts";
import { TraceStore } from "./inspect/trace.ts";
import { Inspector, UnusableQuestion } from "./inspect/views.ts";
import { Journal } from "./journal.ts";
import { sendRecord } from "./lambda/destination.ts";
import type { LogLine } from "./lambda/function.ts";
import { LambdaHost } from "./lambda/host.ts";
import { Outbox } from "./mail/outbox.ts";
import { Mailer } from "./mail/sesv2.ts";
import { type EvaluatedProgram, evaluateProgram } from "./program.ts";
import { realiseAccess } from "./realise/access.ts";
import { busesOf, rulesOf } from "./realise/events.ts";
import { functionsOf } from "./realise/functions.ts";
import { httpApisOf } from "./realise/httpApis.ts";
import { mailIdentitiesOf, parametersOf, secretsOf } from "./realise/secrets.ts";
import { realiseBuckets, realiseQueues, realiseTables } from "./realise/storage.ts";
import { subscriptionsOf, topicsOf } from "./realise/topics.ts";
import { triggersOf } from "./realise/triggers.ts";
import { Parameters } from "./secrets/parameterStore.ts";
import { Secrets } from "./secrets/secretsManager.ts";
import { type Storage, startStorage } from "./storage/storage.ts";
import { Topics } from "./topics/topics.ts";
import { QueueTrigger } from "./triggers/queueTrigger.ts";
import { StreamTrigger } from "./triggers/streamTrigger.ts";
import { Waits } from "./waits.ts";

export interface CloudSettings {
    readonly stack: string;
    /** Of the HTTP APIs; 0 for any that is free. */
    readonly port: number;
    /** Of the AWS endpoint; 0 for any that is free. */
    readonly awsPort: number;
    readonly stateDirectory: string;
    /** @see Waits */
    readonly waitFactor: number;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Makes the graph. @default the program in index.ts, evaluated in a process of its own */
    readonly evaluate?: (evaluation: Evaluation) => Promise<EvaluatedProgram>;
    log(line: LogLine): void;
    /** Something that the cloud cannot live without is gone. */
    onDeath(reason: Error): void;
}

/** On average: a busy function may have more while others have fewer. More would only take turns on a small machine. */
const environmentsPerFunction = 3;

/** The embedded cloud: a program's graph, realised on this machine. */
export class Cloud {
    readonly #settings: CloudSettings;
    readonly #trace = new TraceStore();
    readonly #foreground = new Foreground();
    readonly #access = new Access({ account });
    /** What must be ended, the last one first. */
    readonly #running: (() => unknown)[] = [];
    readonly #sites: Site[] = [];
    #program: EvaluatedProgram | undefined;
    #host: LambdaHost | undefined;
    #url = "";
    #awsUrl = "";

    private constructor(settings: CloudSettings) {
        this.#settings = settings;
    }

    /** Starts everything; when something fails, what was started is ended and the fault thrown. */
    static async start(settings: CloudSettings): Promise<Cloud> {
        const cloud = new Cloud(settings);
        try {
            await cloud.#start();
            return cloud;
        } catch (error) {
            await cloud.stop();
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

    /** Ends everything that was started, and every process with it. */
    async stop(): Promise<void> {
        for (const end of this.#running.splice(0).reverse()) await end();
    }

    async #start(): Promise<void> {
        const { port, awsPort, stateDirectory, waitFactor } = this.#settings;
        const origin = await this.#listen(port);
        this.#url = origin.url;
        this.#awsUrl = `http://127.0.0.1:${awsPort}`;
        mkdirSync(stateDirectory, { recursive: true });
        const journal = new Journal(join(stateDirectory, "cloud.db"), () => this.#foreground.quiet());
        this.#running.push(() => journal.close());

        const program = await this.#evaluate();
        this.#program = program;
        const { graph, region } = program;
        const storage = await this.#startStorage(region);
        realiseAccess(graph, this.#access);
        const usage = journal.recall("usage");
        if (usage !== undefined) this.#access.restoreUsage(usage);
        this.#running.push(() => journal.remember("usage", this.#access.usage()));
        const outbox = new Outbox(journal, this.#record);
        const endpoint = new Endpoint({
            region,
            access: this.#access,
            storage,
            secrets: new Secrets(journal, secretsOf(graph, secretValues())),
            parameters: new Parameters(journal, region, parametersOf(graph)),
            mailer: new Mailer(outbox, mailIdentitiesOf(graph)),
            trace: this.#record,
        });
        const { call } = endpoint;
        await endpoint.listen(awsPort);
        this.#running.push(() => endpoint.close());
        const waits = new Waits(waitFactor);
        const services = { region, call, journal, waits, trace: this.#record };
        const functions = functionsOf(graph);
        const host = new LambdaHost({
            ...services,
            account,
            endpointUrl: this.#awsUrl,
            maximumEnvironments: environmentsPerFunction * functions.length,
            credentialsOf: (roleArn, session) => this.#access.credentialsOf(roleArn, session),
            log: (line) => this.#log(line),
            deliver: (...delivery) => sendRecord(call, ...delivery),
        });
        this.#host = host;
        for (const definition of functions) host.define(definition);
        endpoint.serve("lambda", new Functions(host, region));
        endpoint.serve("events", new EventBuses({ ...services, buses: busesOf(graph), rules: rulesOf(graph) }));
        endpoint.serve(
            "sns",
            new Topics({
                ...services,
                outbox,
                origin: () => this.#awsUrl,
                topics: topicsOf(graph),
                subscriptions: subscriptionsOf(graph),
            }),
        );
        this.#running.push(() => host.stop());

        const [created] = await Promise.all([
            realiseTables(graph, call),
            realiseQueues(graph, call),
            realiseBuckets(graph, storage.queues.origin),
        ]);
        await fillTables(graph, created, call);
        const surroundings = {
            ...services,
            invoke: async (functionArn: string, payload: string) => {
                await this.#foreground.quiet();
                return host.invoke(functionArn, payload);
            },
        };
        const definitions = triggersOf(graph, { region, account });
        const triggers = [
            ...definitions.queues.map((definition) => new QueueTrigger(definition, surroundings)),
            ...definitions.streams.map((definition) => new StreamTrigger(definition, surroundings, journal)),
        ];
        await Promise.all(triggers.map((trigger) => trigger.start()));
        this.#running.push(() => Promise.all(triggers.map((trigger) => trigger.stop())));
        journal.start();
        const apis = httpApisOf(graph, { region, account }).map(
            (definition) =>
                new HttpApi(definition, {
                    call,
                    callers: this.#access,
                    trace: this.#record,
                    accessLog: (stage, text) =>
                        this.#record({ time: Date.now(), what: "request", where: `${definition.name} ${stage}`, text }),
                }),
        );
        const inspector = new Inspector({
            resources: () => ({
                resources: graph.resources.map(({ type, name, id, urn }) => ({ type, name, id, urn })),
                functions: host.functions(),
                triggers: triggers.map((trigger) => trigger.state()),
                pending: journal.pending(),
            }),
            queues: () => queueViews(graph, storage.queues.origin, this.#trace),
            mail: (parameters) => outbox.outbox(Number(parameters.get("limit") ?? 100)),
            trace: (parameters) => {
                const id = parameters.get("correlationId");
                if (id === null || id === "") throw new UnusableQuestion("say which: ?correlationId=<id>");
                return this.#trace.of(id);
            },
            permissions: () => this.#access.report(),
        });
        this.#sites.splice(0, this.#sites.length, inspector, ...apis.map((api) => this.#first(api)));
        // When it stops, nothing comes in before anything else is ended.
        this.#running.push(() => origin.close());
        // The first request should not wait for what can be done before it.
        for (const { routes } of apis.map((api) => api.definition)) {
            for (const { integration } of routes) if (integration.kind === "lambda") host.warm(integration.functionArn);
        }
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
        return { functions, others: changedResources(before, program.graph) };
    }

    #evaluate(): Promise<EvaluatedProgram> {
        const { stack, stateDirectory, evaluate = evaluateProgram } = this.#settings;
        return evaluate({
            stack,
            account,
            awsUrl: this.#awsUrl,
            apiUrl: this.#url,
            codeDirectory: join(stateDirectory, "functions"),
        });
    }

    /** Takes the port before anything touches the state, which another cloud may be using. */
    async #listen(port: number): Promise<Origin> {
        this.#sites.push({
            accepts: () => true,
            handle: async (_, response) => {
                response.writeHead(503, { "retry-after": "1" }).end("starting\n");
            },
        });
        const origin = await listen(port, this.#sites);
        this.#running.push(() => origin.close());
        return origin;
    }

    async #startStorage(region: string): Promise<Storage> {
        const { stateDirectory: directory, environment, onDeath } = this.#settings;
        const storage = await startStorage({ directory, region, environment, onDeath });
        this.#running.push(() => storage.stop());
        return storage;
    }

    /** A site whose requests go before everything else. */
    #first(site: Site): Site {
        return {
            accepts: (message) => site.accepts(message),
            handle: (message, response) => this.#foreground.during(() => site.handle(message, response)),
        };
    }

    readonly #record = (entry: TraceEntry): void => this.#trace.add(entry);

    #log(line: LogLine): void {
        const { time, functionName, requestId, text } = line;
        this.#record({ time, what: "log", where: functionName, text, ...(requestId && { requestId }) });
        this.#settings.log(line);
    }
}

/** Resources that were added, removed or given other inputs, functions aside. */
function changedResources(before: Graph, after: Graph): string[] {
    const text = (graph: Graph) =>
        new Map(
            graph.resources
                .filter(({ type }) => type !== "aws:lambda/function:Function")
                .map(({ urn, inputs }) => [urn, JSON.stringify(inputs)]),
        );
    const [old, now] = [text(before), text(after)];
    return [...new Set([...old.keys(), ...now.keys()])].filter((urn) => old.get(urn) !== now.get(urn));
}
