import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { type AwsCall, AwsError, type ServiceName } from "../aws/call.ts";
import { type Input, textOf } from "../aws/input.ts";
import { accessDenied, noOperation, notSigned, unknownKey } from "../aws/refusals.ts";
import type { AwsService } from "../aws/service.ts";
import { ConnectionLostError, type Faults } from "../faults/faults.ts";
import type { Graph } from "../graph/graph.ts";
import { isFromElsewhere, PortUnavailableError } from "../http/server.ts";
import type { Access } from "../identity/access.ts";
import { callerName, type Principal } from "../identity/principal.ts";
import type { SigningKeys } from "../keys/kms.ts";
import type { Mailer } from "../mail/sesv2.ts";
import type { Secrets } from "../secrets/secretsManager.ts";
import type { Answer } from "../storage/engineClient.ts";
import type { Storage } from "../storage/storage.ts";
import { type Trace, type TraceEntry, tracedCharacters } from "../trace.ts";
import { CallerIdentity } from "./callerIdentity.ts";
import { graphRead } from "./graphReads.ts";
import { deletedObjects, type ObjectRequest, objectRequest, objectRights } from "./objectRequest.ts";
import { Objects, wholeBody } from "./objects.ts";
import {
    answerOf,
    errorAnswer,
    isServiceName,
    operationOf,
    readBody,
    respond,
    serviceLike,
    unsignedService,
} from "./protocol.ts";
import { Queues } from "./queues.ts";
import { actionsOf, calleesOf, type Need, neededRights } from "./resources.ts";
import { credentialScope, invocationOf } from "./scope.ts";
import { accountNumberOf, type Kept, SecondAccount } from "./secondAccount.ts";
import { Tables } from "./tables.ts";

interface EndpointSettings {
    readonly region: string;
    readonly access: Pick<Access, "principalOf" | "decide" | "credentialsOf" | "defineRole" | "replaceResourcePolicy">;
    readonly kept: Kept;
    readonly storage: Storage;
    /** Of the program as it runs. */
    graph(): Graph;
    readonly secrets: Secrets;
    readonly keys: SigningKeys;
    readonly mailer: Mailer;
    /** @default every call is done and answered */
    readonly faults?: Faults | undefined;
    readonly trace: Trace;
}

/**
 * The one AWS endpoint of the cloud. Calls of programs through HTTP and of services through `call` pass
 * the same policies to the same services.
 */
export class Endpoint {
    readonly #settings: EndpointSettings;
    readonly #queues: Queues;
    readonly #tables: Tables;
    readonly #objects: Objects;
    readonly #second: SecondAccount;
    readonly #services = new Map<ServiceName, AwsService>();
    // Longer than clients keep an idle connection: it is theirs to close.
    readonly #server = http.createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
        void this.#receive(request, response);
    });
    #origin = "http://127.0.0.1";

    constructor(settings: EndpointSettings) {
        this.#settings = settings;
        this.#queues = new Queues(settings.storage.queues, settings.region, () => this.#origin);
        this.#tables = new Tables(settings.storage.tables, settings.region);
        this.#objects = new Objects(settings.storage.queues);
        this.#services.set("sqs", this.#queues);
        this.#services.set("dynamodb", this.#tables);
        this.#services.set("secretsmanager", settings.secrets);
        this.#services.set("kms", settings.keys);
        this.#services.set("ses", settings.mailer);
        this.#services.set("sts", new CallerIdentity(settings.access));
        this.#second = new SecondAccount({ ...settings, queues: this.#queues });
    }

    /** Puts a service behind the endpoint that itself calls others through it. */
    serve(service: "events" | "sns" | "lambda" | "scheduler" | "logs", implementation: AwsService): void {
        this.#services.set(service, implementation);
    }

    /** `http://127.0.0.1:4566`, once it listens. */
    get origin(): string {
        return this.#origin;
    }

    /** A call from inside the cloud. */
    readonly call: AwsCall = async (principal, service, action, input) => {
        this.#authorize(principal, service, this.#rights(principal, service, action, input));
        const run = (asked: Input) => this.#run(principal, service, action, asked);
        const course = this.#settings.faults?.ofCall(principal, service, action, input);
        return course ? course(run) : run(input);
    };

    /** Listens on 127.0.0.1. @param port 0 takes any. Throws PortUnavailableError. */
    async listen(port: number): Promise<void> {
        this.#server.listen(port, "127.0.0.1");
        await once(this.#server, "listening").catch((error: NodeJS.ErrnoException) => {
            throw new PortUnavailableError(port, error);
        });
        const address = this.#server.address();
        const bound = typeof address === "object" && address !== null ? address.port : port;
        this.#origin = `http://127.0.0.1:${bound}`;
    }

    async close(): Promise<void> {
        const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
        this.#server.closeAllConnections();
        this.#queues.close();
        this.#tables.close();
        this.#objects.close();
        await closed;
    }

    async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
        let service: ServiceName = "s3";
        try {
            if (isFromElsewhere(request)) throw new AwsError("AccessDenied", "Only this machine may call.", 403);
            const query = new URLSearchParams(request.url?.split("?")[1]);
            const scope = credentialScope(request.headers.authorization, query);
            if (scope === undefined) {
                service = unsignedService(request);
                throw notSigned(service);
            }
            if (!isServiceName(scope.service)) {
                service = serviceLike(request, scope.service);
                const message = `The embedded cloud has no service ${scope.service}.`;
                throw new AwsError(noOperation(service, "").code, message, 404);
            }
            service = scope.service;
            // The signature itself is not verified: the key identifies the caller, and a process that reaches this port from this
            // machine could read every secret in its state folder as well.
            const caller = this.#settings.access.principalOf(scope.accessKeyId);
            if (caller === undefined) throw unknownKey(service);
            if (service === "s3") await this.#answerObjects(caller, request, response);
            else await this.#answerOperation(caller, service, request, response);
        } catch (error) {
            this.#fail(service, error, response);
        }
    }

    async #answerOperation(
        caller: Principal,
        service: Exclude<ServiceName, "s3">,
        request: IncomingMessage,
        response: ServerResponse,
    ): Promise<void> {
        const startedAt = performance.now();
        const body = await readBody(request);
        const [path = "/", search] = (request.url ?? "/").split("?");
        const query = new URLSearchParams(search);
        const { method = "GET", headers } = request;
        const { action, input } = operationOf(service, { method, path, query, headers, body });
        const rights = this.#rights(caller, service, action, input);
        const within = invocationOf(headers["x-amzn-trace-id"]);
        this.#authorize(caller, service, rights, within);
        const answer = this.#second.has(service, rights)
            ? answerOf(service, action, await this.#second.run(service, action, input))
            : await this.#perform(caller, service, action, input, body);
        if (action === "ReceiveMessage" && response.destroyed) {
            await this.#queues.giveBack(textOf(input, "QueueUrl") ?? "", answer);
            return;
        }
        respond(response, answer);
        const sent = service === "sns" ? JSON.stringify(input) : body.toString("utf8", 0, tracedCharacters);
        this.#traced(caller, `${service}:${action} ${answer.status}`, within, {
            payload: sent,
            ...(answer.status >= 400 && { result: answer.body.toString("utf8", 0, tracedCharacters) }),
            action: `${service}:${action}`,
            rights: actionsOf(rights),
            callees: calleesOf(rights),
            status: answer.status,
            durationMs: performance.now() - startedAt,
        });
    }

    /** Queues and tables answer with the engine's own bytes; the other services with objects. */
    async #perform(
        caller: Principal,
        service: Exclude<ServiceName, "s3">,
        action: string,
        input: Input,
        body: Buffer,
    ): Promise<Answer> {
        const course = this.#settings.faults?.ofCall(caller, service, action, input);
        if (course) {
            const run = (asked: Input) => this.#run(caller, service, action, asked);
            return answerOf(service, action, await course(run));
        }
        if (service === "sqs") return this.#queues.answer(action, input, body);
        if (service === "dynamodb") return this.#tables.answer(action, input, body);
        return answerOf(service, action, await this.#run(caller, service, action, input));
    }

    async #run(
        caller: Principal,
        service: ServiceName,
        action: string,
        input: Input,
    ): Promise<Record<string, unknown>> {
        const { graph, region } = this.#settings;
        const read = graphRead(service, action);
        if (read !== undefined) return read({ graph: graph(), region, input });
        const implementation = this.#services.get(service);
        if (implementation === undefined) throw noOperation(service, action);
        return implementation.run(action, input, caller);
    }

    async #answerObjects(caller: Principal, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
        const startedAt = performance.now();
        const { method = "GET", url = "/", headers } = incoming;
        const [copySource] = [headers["x-amz-copy-source"]].flat();
        const request = objectRequest(method, url, headers.host, copySource);
        const rights = objectRights(request);
        // DeleteObjects names its objects in the body.
        const body = method === "POST" && request.query.has("delete") ? await wholeBody(incoming) : undefined;
        const within = invocationOf(headers["x-amzn-trace-id"]);
        this.#authorize(caller, "s3", body === undefined ? rights : deletedObjects(request.bucket, body), within);
        const mayList = () => this.#mayList(caller, request);
        if (request.key !== "") this.#settings.faults?.ofObject(caller, method, outgoing);
        await this.#objects.answer(request, incoming, outgoing, body === undefined ? { mayList } : { body, mayList });
        this.#traced(caller, `s3 ${method} ${request.bucket}/${request.key} ${outgoing.statusCode}`, within, {
            action: rights[0]?.action ?? `s3:${method}`,
            rights: actionsOf(rights),
            callees: calleesOf(rights),
            status: outgoing.statusCode,
            durationMs: performance.now() - startedAt,
        });
    }

    /** Without this right an object that does not exist is forbidden, not absent. */
    #mayList(principal: Principal, { bucket }: ObjectRequest): boolean {
        const resource = `arn:aws:s3:::${bucket}`;
        return this.#settings.access.decide({ principal, action: "s3:ListBucket", resource }).allowed;
    }

    #rights(caller: Principal, service: ServiceName, action: string, input: Input): readonly Need[] {
        const { region, secrets, keys, mailer } = this.#settings;
        return neededRights(service, action, input, {
            region,
            account: accountNumberOf(caller),
            secretArn: (id) => secrets.arnOf(id),
            keyArn: (id) => keys.arnOf(id),
            senderIdentities: (address) => mailer.identitiesOf(address),
        });
    }

    /** @param within the id of the invocation that makes the call */
    #authorize(principal: Principal, service: ServiceName, needs: readonly Need[], within?: string): void {
        for (const { action, resources, context } of needs) {
            const decisions = resources.map((resource) =>
                this.#settings.access.decide({
                    principal,
                    action,
                    resource,
                    ...(context === undefined ? {} : { context }),
                }),
            );
            if (decisions.some(({ allowed }) => allowed)) continue;
            const [refusal] = decisions;
            const reason = refusal !== undefined && !refusal.allowed ? refusal.reason : `${action} is not allowed`;
            this.#traced(principal, reason, within, { what: "denied", action, callees: resources, status: 403 });
            throw accessDenied(service, reason);
        }
    }

    /** @param within the id of the invocation that makes the call */
    #traced(caller: Principal, text: string, within: string | undefined, more: Partial<TraceEntry>): void {
        const requestId = within === undefined ? {} : { requestId: within };
        const entry = { time: Date.now(), what: "call", where: callerName(caller), text } as const;
        this.#settings.trace({ ...entry, ...requestId, ...more });
    }

    #fail(service: ServiceName, error: unknown, response: ServerResponse): void {
        if (response.headersSent || response.destroyed || error instanceof ConnectionLostError) {
            response.destroy();
            return;
        }
        if (error instanceof AwsError) {
            respond(response, errorAnswer(service, error));
            return;
        }
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#settings.trace({ time: Date.now(), what: "failure", where: service, text });
        const code = service === "s3" ? "InternalError" : "InternalFailure";
        respond(response, errorAnswer(service, new AwsError(code, `${service} failed: ${String(error)}`, 500)));
    }
}
