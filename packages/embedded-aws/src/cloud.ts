import { join } from "node:path";
import { account } from "./aws/service.ts";
import { Doubles, doublesPath } from "./doubles/doubles.ts";
import { Functions } from "./endpoint/functions.ts";
import { Logs } from "./endpoint/logs.ts";
import { Endpoint } from "./endpoint/server.ts";
import type { EvaluatedProgram, Evaluation } from "./evaluate.ts";
import { Faults } from "./faults/faults.ts";
import type { FaultPlan } from "./faults/plan.ts";
import { Fixtures } from "./fixtures.ts";
import { Foreground } from "./foreground.ts";
import type { Graph } from "./graph/graph.ts";
import { readStackConfig } from "./graph/stackConfig.ts";
import { elsewhere, listen, type Origin, type Site, starting } from "./http/server.ts";
import { Access } from "./identity/access.ts";
import { ConsolePages, loadExtension } from "./inspect/console.ts";
import { localSite } from "./inspect/local.ts";
import { programFor, type StartedProgram } from "./keptProgram.ts";
import { SigningKeys } from "./keys/kms.ts";
import type { LogLine } from "./lambda/function.ts";
import type { LambdaHost } from "./lambda/host.ts";
import { Outbox } from "./mail/outbox.ts";
import { Mailer } from "./mail/sesv2.ts";
import { type CodeBuilder, withNewCode } from "./newCode.ts";
import { provideRuntime } from "./project.ts";
import { provisionAccess } from "./provision/access.ts";
import { changedFunctions, changesForNextStart, type Update } from "./provision/changes.ts";
import { expireItems } from "./provision/expiry.ts";
import { functionsOf, logGroupsOf } from "./provision/functions.ts";
import { keysOf, mailIdentitiesOf, secretsOf } from "./provision/secrets.ts";
import { Secrets } from "./secrets/secretsManager.ts";
import {
    calledBy,
    eventBuses,
    fillStorage,
    foremost,
    functionCatalogue,
    httpApis,
    keepUsage,
    lambdaHost,
    type Services,
    schedules,
    topics,
    triggers,
} from "./services.ts";
import { openState } from "./state.ts";
import { Stops } from "./stops.ts";
import { type Storage, startStorage } from "./storage/storage.ts";
import type { TaskQueue } from "./taskQueue.ts";
import { type TraceEntry, TraceStore } from "./trace.ts";
import { TraceFile } from "./traceFile.ts";
import { Waits } from "./waits.ts";

export interface CloudSettings {
    /** The folder of the Pulumi project. */
    readonly projectDirectory: string;
    /** Folder with the fixtures. @default none */
    readonly fixturesDirectory?: string | undefined;
    readonly stack: string;
    /** Of the HTTP APIs; 0 for any that is free. */
    readonly port: number;
    /** Of the AWS endpoint. The program's functions get it before anything listens: it is never 0. */
    readonly awsPort: number;
    readonly stateDirectory: string;
    /** Forgets what earlier runs have stored. @default false */
    readonly fresh?: boolean;
    /** @see Waits */
    readonly waitFactor: number;
    /** @default no injected faults */
    readonly faultPlan?: FaultPlan | undefined;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Evaluates the program to a graph. @default the project's program, evaluated in a process of its own */
    readonly evaluate?: (evaluation: Evaluation) => Promise<StartedProgram>;
    log(line: LogLine): void;
    /** Called when a storage engine has ended by itself. */
    onDeath(reason: Error): void;
}

/** Interval of the search for expired items, which AWS deletes within days, and for what streams no longer have. */
const expiryMs = 5 * 60_000;

/** The embedded cloud: a program's graph, provisioned on this machine. */
export class Cloud {
    readonly #settings: CloudSettings;
    readonly #fixtures: Fixtures;
    readonly #trace: TraceStore;
    readonly #foreground = new Foreground();
    readonly #access = new Access({ account });
    readonly #waits: Waits;
    readonly #faults: Faults | undefined;
    readonly #stops = new Stops();
    readonly #sites: Site[] = [];
    #program: EvaluatedProgram | undefined;
    #host: LambdaHost | undefined;
    #url = "";
    #awsUrl = "";

    private constructor(settings: CloudSettings) {
        this.#settings = settings;
        this.#fixtures = new Fixtures(settings.fixturesDirectory);
        this.#trace = new TraceStore(new TraceFile(join(settings.stateDirectory, "trace")));
        this.#waits = new Waits(settings.waitFactor);
        const { faultPlan } = settings;
        this.#faults = faultPlan && new Faults(faultPlan, { trace: this.#record, waits: this.#waits });
    }

    /** Starts all services; when one fails, stops the started ones and throws. */
    static async start(settings: CloudSettings): Promise<Cloud> {
        const cloud = new Cloud(settings);
        try {
            await cloud.#start();
            return cloud;
        } catch (error) {
            // The error of the start is the one to report.
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

    /** Ends everything that was started, and every process with it, once the running invocations have ended. */
    stop(): Promise<void> {
        return this.#stops.run();
    }

    async #start(): Promise<void> {
        // Before the state is opened: another cloud may be using it.
        const origin = await this.#listen();
        const taskQueue = this.#openJournal();
        const [program, storage] = await this.#evaluateAndStore();
        this.#program = program;
        const { graph, region } = program;
        this.#provisionAccess(graph, taskQueue);
        const outbox = new Outbox(taskQueue, this.#record);
        const endpoint = await this.#startEndpoint(program, { taskQueue, storage, outbox });
        const services: Services = {
            region,
            awsUrl: this.#awsUrl,
            access: this.#access,
            call: endpoint.call,
            taskQueue,
            waits: this.#waits,
            trace: this.#record,
        };
        const host = lambdaHost(functionsOf(graph), services, (line) => this.#settings.log(line));
        this.#stops.add(() => host.stop());
        this.#host = host;
        endpoint.serve("lambda", new Functions(host, region, () => functionCatalogue(this.program.graph, region)));
        endpoint.serve("logs", new Logs(this.#trace, region, () => logGroupsOf(this.program.graph)));
        endpoint.serve("events", eventBuses(graph, services));
        endpoint.serve("sns", topics(graph, services, outbox));
        endpoint.serve("scheduler", schedules(graph, services));
        await this.#fillStorage(graph, services, storage);
        const doubles = new Doubles(await this.#fixtures.doubles(services));
        // Functions run from here on and call them.
        this.#sites.splice(1, 0, doubles);
        const [foreground, faults] = [this.#foreground, this.#faults];
        const running = triggers(graph, services, { host, foreground, faults, storage });
        await Promise.all(running.map((trigger) => trigger.start()));
        this.#stops.add(() => Promise.all(running.map((trigger) => trigger.stop())));
        taskQueue.start();
        const apis = httpApis(graph, services);
        const shared = { ...services, url: this.#url, stack: this.#settings.stack, graph: () => this.program.graph };
        const pages = new ConsolePages(() => loadExtension(shared, this.#fixtures.console()));
        const inspected = { storage, outbox, host, doubles, trace: this.#trace, faults: this.#faults };
        const local = localSite({ ...shared, ...inspected, triggers: running, pages: pages.handlers });
        const served = [elsewhere, doubles, local.site, ...apis.map((api) => foremost(api, this.#foreground))];
        this.#sites.splice(0, this.#sites.length, ...served);
        // The port closes first at a stop, and late answers of doubles do not delay it.
        this.#stops.add(() => {
            doubles.close();
            local.close();
            return origin.close();
        });
        // What does not initialise is told, once for a program: that takes as long as all the rest of a start.
        if (!program.isProven) await Promise.all(calledBy(apis).map((arn) => host.warm(arn)));
        await program.prove?.();
    }

    async #listen(): Promise<Origin> {
        this.#sites.push(elsewhere, starting);
        const origin = await listen(this.#settings.port, this.#sites);
        this.#stops.add(() => origin.close());
        this.#url = origin.url;
        this.#awsUrl = `http://127.0.0.1:${this.#settings.awsPort}`;
        return origin;
    }

    #openJournal(): TaskQueue {
        const { stateDirectory, fresh = false } = this.#settings;
        const taskQueue = openState(stateDirectory, fresh, () => this.#foreground.quiet());
        this.#stops.add(() => taskQueue.close());
        this.#stops.add(() => this.#trace.close());
        return taskQueue;
    }

    /** The engines start while the program is evaluated. */
    async #evaluateAndStore(): Promise<[StartedProgram, Storage]> {
        const [program, storage] = await Promise.allSettled([this.#evaluate(), this.#startStorage()]);
        if (program.status === "rejected") throw program.reason;
        if (storage.status === "rejected") throw storage.reason;
        return [program.value, storage.value];
    }

    async #startStorage(): Promise<Storage> {
        const { projectDirectory, stack, stateDirectory: directory, environment, onDeath } = this.#settings;
        const { region } = readStackConfig(projectDirectory, stack);
        const storage = await startStorage({ directory, region, waits: this.#waits, environment, onDeath });
        this.#stops.add(() => storage.stop());
        return storage;
    }

    #provisionAccess(graph: Graph, taskQueue: TaskQueue): void {
        provisionAccess(graph, this.#access);
        this.#stops.add(keepUsage(this.#access, taskQueue));
    }

    async #startEndpoint(
        { graph, region }: EvaluatedProgram,
        {
            taskQueue,
            storage,
            outbox,
        }: { readonly taskQueue: TaskQueue; readonly storage: Storage; readonly outbox: Outbox },
    ): Promise<Endpoint> {
        const endpoint = new Endpoint({
            region,
            access: this.#access,
            kept: taskQueue,
            storage,
            graph: () => this.program.graph,
            secrets: new Secrets(taskQueue, secretsOf(graph, this.#fixtures.secretValues(this.#url + doublesPath))),
            keys: new SigningKeys(taskQueue, keysOf(graph)),
            mailer: new Mailer(outbox, mailIdentitiesOf(graph)),
            faults: this.#faults,
            trace: this.#record,
        });
        await endpoint.listen(this.#settings.awsPort);
        this.#stops.add(() => endpoint.close());
        return endpoint;
    }

    async #fillStorage(graph: Graph, services: Services, storage: Storage): Promise<void> {
        await fillStorage(graph, services, storage);
        await this.#fixtures.fillTables(graph, services.taskQueue, services.call);
        // A failure is retried at the next interval; the cloud may be about to stop.
        const expire = () =>
            Promise.all([
                expireItems(this.program.graph, services.call, Math.floor(Date.now() / 1000)),
                storage.tables.streams?.trim(Date.now()),
            ]).catch(() => undefined);
        const expiring = setInterval(expire, expiryMs).unref();
        this.#stops.add(() => clearInterval(expiring));
    }

    /** Takes up a change of files: without an evaluation of the program where they are of functions' code alone. */
    async update(files: readonly string[], builder: CodeBuilder): Promise<Update> {
        const before = this.program;
        const renewed = await withNewCode(before, files, { codeDirectory: this.#codeDirectory, builder });
        this.#program = renewed ?? (await this.#evaluate());
        const functions = changedFunctions(before.graph, this.#program.graph);
        for (const definition of functions) this.#host?.define(definition);
        const others = changesForNextStart(before.graph, this.#program.graph);
        return { functions: functions.map(({ name }) => name), others, evaluated: renewed === undefined };
    }

    get #codeDirectory(): string {
        return join(this.#settings.stateDirectory, "functions");
    }

    async #evaluate(): Promise<StartedProgram> {
        const { projectDirectory, fixturesDirectory, stack, evaluate = programFor } = this.#settings;
        const codeDirectory = this.#codeDirectory;
        const places = { awsUrl: this.#awsUrl, apiUrl: this.#url, codeDirectory };
        const program = await evaluate({ projectDirectory, fixturesDirectory, stack, account, ...places });
        provideRuntime(projectDirectory, codeDirectory);
        return program;
    }

    readonly #record = (entry: TraceEntry): void => {
        this.#trace.add(entry);
        const { what, time, where: functionName, requestId, text } = entry;
        if (what === "dropped") this.#settings.log({ time, functionName, requestId, source: "platform", text });
    };
}
