import { randomUUID } from "node:crypto";
import { StandardRetryStrategy } from "@smithy/core/retry";
import { Clock } from "./clock.ts";
import {
    type ClientConfig,
    credentials,
    type Endpoint,
    endpointUrl,
    maxAttemptsOf,
    refuseUnsupported,
    regionOf,
    UnsupportedConfigurationError,
} from "./configuration.ts";
import { asResponseError, type Exceptions, failureOf, metadataOf } from "./failure.ts";
import { contextHeaders } from "./invocation.ts";
import { deserialized, type JsonObject, serialized } from "./json.ts";
import type { Command } from "./operation.ts";
import { reasonToRetry, unlessAborted } from "./retries.ts";
import { signatureOf } from "./signature.ts";
import { post, protocolOf } from "./transport.ts";

export interface Service extends Endpoint {
    /** The headers that say in which protocol a request is. */
    readonly headers: Readonly<Record<string, string>>;
    /** What the header X-Amz-Target begins with. */
    readonly target: string;
    readonly exceptions: Exceptions;
    /** Tries of a call. @default 3 */
    readonly maxAttempts?: number;
    /** Milliseconds that the waits between tries begin with. @default the SDK's */
    readonly baseDelay?: number;
    /** Where the input of a call names its host itself. */
    hostIn?(input: object, endpoint: URL): URL;
}

interface SendOptions {
    readonly abortSignal?: AbortSignal;
}

/** The SDK also takes a callback, in place of the options or after them. */
export type Sending = readonly [options?: SendOptions, callback?: unknown];

function abortSignalIn(sending: Sending): AbortSignal | undefined {
    if (sending.some((one) => typeof one === "function")) throw new UnsupportedConfigurationError("callbacks");
    return sending[0]?.abortSignal;
}

/** What the tries of one call have in common. */
interface Call {
    readonly command: Command<object>;
    readonly body: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly abortSignal: AbortSignal | undefined;
}

/** One try of a call. */
type Attempt = (request: { readonly input: object }) => Promise<{ readonly output: JsonObject }>;
type Middleware = (next: Attempt) => Attempt;

/** A client of one service. It retries as the SDK's standard mode, with the SDK's own strategy, and keeps connections. */
export class Client {
    readonly #service: Service;
    readonly #region: string;
    readonly #credentials: ClientConfig["credentials"];
    readonly #endpoint: URL;
    readonly #maxAttempts: number;
    readonly #retries: StandardRetryStrategy;
    readonly #clock = new Clock();
    readonly #middleware: Middleware[] = [];

    constructor(service: Service, config: ClientConfig) {
        refuseUnsupported(config);
        const { maxAttempts = 3, baseDelay } = service;
        this.#service = service;
        this.#region = regionOf(config);
        this.#credentials = config.credentials;
        this.#endpoint = endpointUrl(service, this.#region);
        // Loads it while the function initialises, which has full CPU.
        protocolOf(this.#endpoint);
        this.#maxAttempts = maxAttemptsOf(config, maxAttempts);
        this.#retries = new StandardRetryStrategy({
            maxAttempts: this.#maxAttempts,
            ...(baseDelay !== undefined && { baseDelay }),
        });
    }

    /** What surrounds each try of a call. */
    readonly middlewareStack = {
        add: (middleware: Middleware, { step }: { readonly step: string }): void => {
            if (step !== "finalizeRequest") throw new Error(`lean-aws has no step ${step}`);
            this.#middleware.push(middleware);
        },
    };

    async send(command: Command<object>, ...sending: Sending): Promise<JsonObject> {
        const abortSignal = abortSignalIn(sending);
        const output = await this.#retrying(command, abortSignal);
        command.operation.check?.(command.input, output);
        return output;
    }

    async #retrying(command: Command<object>, abortSignal: AbortSignal | undefined): Promise<JsonObject> {
        const { operation, input } = command;
        const { headers, target } = this.#service;
        const body = serialized(operation, input);
        const common = {
            ...headers,
            "x-amz-target": `${target}.${operation.name}`,
            "content-length": String(Buffer.byteLength(body)),
            "amz-sdk-invocation-id": randomUUID(),
            ...(await contextHeaders()),
        };
        let token = await this.#retries.acquireInitialRetryToken("");
        let totalRetryDelay = 0;
        for (;;) {
            const attempts = token.getRetryCount() + 1;
            const call = {
                command,
                body,
                headers: { ...common, "amz-sdk-request": `attempt=${attempts}; max=${this.#maxAttempts}` },
                abortSignal,
            };
            const attempt = this.#middleware.reduce<Attempt>(
                (next, middleware) => middleware(next),
                async () => ({ output: await this.#attempt(call) }),
            );
            try {
                const { output } = await attempt({ input });
                this.#retries.recordSuccess(token);
                Object.assign(output["$metadata"] ?? {}, { attempts, totalRetryDelay });
                return output;
            } catch (error) {
                const startedAt = performance.now();
                const next = this.#retries.refreshRetryTokenForRetry(token, reasonToRetry(error));
                const renewed = await unlessAborted(next, abortSignal).catch((refused: unknown) => ({ refused }));
                if ("refused" in renewed) throw lastOf(error, renewed.refused, { attempts, totalRetryDelay });
                token = renewed;
                totalRetryDelay += Math.round(performance.now() - startedAt);
            }
        }
    }

    async #attempt({ command: { operation, input }, body, headers, abortSignal }: Call): Promise<JsonObject> {
        const { host: service, hostIn, exceptions } = this.#service;
        const url = hostIn?.(input, this.#endpoint) ?? this.#endpoint;
        const sent = { ...headers, host: url.host };
        const path = url.pathname.endsWith("/") ? url.pathname : `${url.pathname}/`;
        const signed = { method: "POST", path, query: {}, headers: sent, body };
        const { offset } = this.#clock;
        const sentAt = Date.now();
        const signature = signatureOf(
            signed,
            { service, region: this.#region, credentials: this.#credentials ?? credentials() },
            this.#clock.now(),
        );
        const response = await post({ url, path, headers: { ...sent, ...signature }, body }, abortSignal);
        this.#clock.learn(response, sentAt);
        try {
            if (response.statusCode >= 300) throw failureOf(response, exceptions);
            return Object.assign(deserialized(operation, response.body), { $metadata: metadataOf(response) });
        } catch (error) {
            throw asResponseError(error, response, { clockSkewCorrected: this.#clock.isCorrectedSince(offset) });
        }
    }
}

/** The error of the last try: the caller's own if it stopped the wait for the next one. */
function lastOf(error: unknown, refused: unknown, counted: object): unknown {
    if (refused instanceof Error && refused.name === "AbortError") return refused;
    const failure = error as { $metadata?: object };
    failure.$metadata = { ...failure.$metadata, ...counted };
    return failure;
}
