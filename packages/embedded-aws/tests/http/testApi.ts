import { createHash } from "node:crypto";
import { type AwsCall, AwsError } from "../../src/aws/call.ts";
import { HttpApi } from "../../src/http/api.ts";
import type { Callers } from "../../src/http/authorizers.ts";
import type { HttpApiDefinition, Integration, RouteDefinition } from "../../src/http/definition.ts";
import { listen } from "../../src/http/server.ts";
import type { Principal } from "../../src/identity/principal.ts";
import type { TraceEntry } from "../../src/trace.ts";

/** A call of the AWS API that the API made. */
export interface Made {
    readonly principal: Principal;
    readonly service: string;
    readonly action: string;
    readonly input: Readonly<Record<string, unknown>>;
}

export interface TestApi {
    readonly url: string;
    readonly made: Made[];
    readonly traced: TraceEntry[];
    readonly logged: string[];
    close(): Promise<void>;
}

type Handler = (event: Record<string, unknown>) => unknown;

export const noCallers: Callers = {
    principalOf: () => undefined,
    secretOf: () => undefined,
    decide: () => ({ allowed: false, reason: "no caller may" }),
};

/** What a function returns when it threw. */
export class Thrown {
    readonly message: string;

    constructor(message: string) {
        this.message = message;
    }
}

/** An HTTP API on a free port. Its functions are handlers by ARN; queues take every message unless `send` says else. */
export async function serveApi({
    functions = {},
    send = () => {},
    callers = noCallers,
    ...parts
}: Partial<HttpApiDefinition> & {
    readonly functions?: Readonly<Record<string, Handler>>;
    readonly send?: (input: Readonly<Record<string, unknown>>) => void;
    readonly callers?: Callers;
}): Promise<TestApi> {
    const made: Made[] = [];
    const traced: TraceEntry[] = [];
    const logged: string[] = [];
    const call: AwsCall = async (principal, service, action, input) => {
        made.push({ principal, service, action, input });
        if (action === "SendMessage") {
            send(input);
            const MD5OfMessageBody = createHash("md5").update(String(input["MessageBody"])).digest("hex");
            return { MessageId: "5fea7756-0ea4-451a-a703-a558b933e274", MD5OfMessageBody };
        }
        const handler = functions[String(input["FunctionName"])];
        if (handler === undefined) throw new AwsError("ResourceNotFoundException", "Function not found", 404);
        const result = await handler(JSON.parse(String(input["Payload"])));
        if (result instanceof Thrown) {
            const Payload = JSON.stringify({ errorType: "Error", errorMessage: result.message, trace: [] });
            return { StatusCode: 200, FunctionError: "Unhandled", Payload };
        }
        return { StatusCode: 200, Payload: result === undefined ? "null" : JSON.stringify(result) };
    };
    const api = new HttpApi(
        {
            id: "a1b2c3d4e5",
            name: "shop",
            region: "eu-west-1",
            accountId: "000000000000",
            routes: [],
            stages: [stage("$default")],
            ...parts,
        },
        { call, callers, trace: (entry) => traced.push(entry), accessLog: (_, line) => logged.push(line) },
    );
    const origin = await listen(0, [api]);
    return { url: origin.url, made, traced, logged, close: () => origin.close() };
}

export function stage(name: string): HttpApiDefinition["stages"][number] {
    return { name, variables: {}, routeThrottles: {} };
}

export function lambda(functionArn = "echo"): Integration {
    return { kind: "lambda", functionArn, timeoutMs: 5000, responseParameters: {} };
}

export function route(routeKey: string, parts: Partial<RouteDefinition> = {}): RouteDefinition {
    return { routeKey, integration: lambda(), authorization: { type: "NONE" }, ...parts };
}

/** Serves APIs for one test each. */
export function serving(): typeof serveApi {
    const open: TestApi[] = [];
    afterEach(() => Promise.all(open.splice(0).map((api) => api.close())));
    return async (parts) => {
        const api = await serveApi(parts);
        open.push(api);
        return api;
    };
}

/** Answers with the event it got. */
export const echo: Handler = (event) => ({ statusCode: 200, body: JSON.stringify(event) });
