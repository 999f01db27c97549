import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { AwsError, type ServiceName } from "../aws/call.ts";
import { type Input, parseInput } from "../aws/input.ts";
import { partialCall } from "../aws/partial.ts";
import { callerName, type Principal } from "../identity/principal.ts";
import type { InvocationResult } from "../lambda/function.ts";
import type { Trace } from "../trace.ts";
import type { Waits } from "../waits.ts";
import { type CallFault, conflict, faultsOf, tablesOf, throttled } from "./callFaults.ts";
import { Dice, type FaultPlan } from "./plan.ts";

type Output = Record<string, unknown>;

/** A call as it goes: with its fault, or as it is. @param perform does it, on this input. */
type Course = (perform: (input: Input) => Promise<Output>) => Promise<Output>;

/** The call is done, and the connection ends before its answer. */
export class ConnectionLostError extends Error {
    override readonly name = "ConnectionLostError";
}

/**
 * How a batch of a queue or stream goes wrong on its way to its function. `throttled`: it does not get there. `repeated`: it
 * is worked on twice, one after the other. `together`: twice at the same time. `late`: after those behind it. `shuffled`: in
 * another order. Streams keep their order and give a batch to one invocation at a time.
 */
const queueFaults = ["throttled", "repeated", "together", "late", "shuffled"] as const;
const streamFaults = ["throttled", "repeated"] as const;
type DeliveryFault = (typeof queueFaults)[number];

/** Longest delay of a message that others overtake, in seconds of AWS. */
const longestDelaySeconds = 15;

/**
 * What AWS does now and then and the engines never do: conflicts, throttling, lost answers, failures inside of calls that
 * succeed, duplicates and other orders of messages. It befalls the calls of functions and of services; the administrator
 * and what reads queues and streams, of which Lambda takes care itself, are spared.
 */
export class Faults {
    readonly #rate: number;
    readonly #dice: Dice;
    readonly #trace: Trace;
    readonly #waits: Waits;
    /** Tables that transactions write: only there others can be in the way of a write. */
    readonly #transacted = new Set<string>();
    readonly #counts = new Map<string, number>();

    constructor({ seed, rate }: FaultPlan, { trace, waits }: { readonly trace: Trace; readonly waits: Waits }) {
        this.#rate = rate;
        this.#dice = new Dice(seed);
        this.#trace = trace;
        this.#waits = waits;
    }

    /** Counts of the faults so far, by name: `throttled order-store dynamodb:PutItem`. */
    counts(): Readonly<Record<string, number>> {
        return Object.fromEntries([...this.#counts].sort());
    }

    /** What becomes of a call to the endpoint; undefined for one that simply is done. */
    ofCall(caller: Principal, service: ServiceName, action: string, input: Input): Course | undefined {
        if (action === "TransactWriteItems") {
            for (const table of tablesOf(input)) this.#transacted.add(table);
        }
        const who = victim(caller);
        if (who === undefined) return undefined;
        const place = `${who} ${service}:${action}`;
        const fault = this.#fault(place, faultsOf(service, action, input, this.#transacted));
        return fault && ((perform) => this.#disturbed(fault, place, { service, action, input }, perform));
    }

    /** A request for an object, whose bytes stream past: refuses it, or sees to it that its answer does not arrive. */
    ofObject(caller: Principal, method: string, response: ServerResponse): void {
        const who = victim(caller);
        if (who === undefined) return;
        switch (this.#fault(`${who} s3:${method}`, faultsOf("s3", method, {}, this.#transacted))) {
            case "throttled":
                throw throttled("s3", method, {});
            case "lost":
                response.once("pipe", (source) => {
                    source.unpipe(response);
                    source.resume();
                    response.destroy();
                });
        }
    }

    /** What becomes of a batch on its way from a queue or stream to its function. @param invoke runs the function. */
    async ofBatch(
        functionArn: string,
        payload: string,
        invoke: (payload: string) => Promise<InvocationResult>,
    ): Promise<InvocationResult> {
        const { Records } = parseInput(payload);
        const records: unknown[] = Array.isArray(Records) ? Records : [];
        const isQueue = payload.includes('"eventSource":"aws:sqs"');
        const place = `${functionArn.slice(functionArn.lastIndexOf(":function:") + 10)} batch`;
        const fault = this.#fault<DeliveryFault>(place, isQueue ? queueFaults : streamFaults);
        switch (fault) {
            case undefined:
                return invoke(payload);
            case "throttled":
                throw throttled("lambda", "Invoke", {});
            case "repeated":
                await invoke(payload);
                return invoke(payload);
            case "together": {
                const copy = invoke(payload).catch(() => undefined);
                const result = await invoke(payload);
                await copy;
                return result;
            }
            case "late":
                await delay(this.#waits.ms(longestDelaySeconds * this.#dice.next(place)));
                return invoke(payload);
            case "shuffled":
                return invoke(JSON.stringify({ Records: records.toReversed() }));
        }
    }

    async #disturbed(
        fault: CallFault,
        place: string,
        { service, action, input }: { readonly service: ServiceName; readonly action: string; readonly input: Input },
        perform: (input: Input) => Promise<Output>,
    ): Promise<Output> {
        switch (fault) {
            case "throttled":
                throw throttled(service, action, input);
            case "conflict":
                throw conflict(action, input);
            case "lost": {
                await perform(input);
                throw this.#dice.among<Error>(place, [
                    new ConnectionLostError(`the answer of ${service}:${action} is lost`),
                    new AwsError("InternalServerError", "The request processing has failed.", 500),
                ]);
            }
            case "partial": {
                const call = partialCall(service, action, input, () => this.#dice.next(place) < 0.5);
                return call.outputOf(call.input === undefined ? {} : await perform(call.input));
            }
        }
    }

    #fault<Kind extends string>(place: string, kinds: readonly Kind[]): Kind | undefined {
        const [first, ...others] = kinds;
        if (first === undefined || this.#dice.next(place) >= this.#rate) return undefined;
        const kind = this.#dice.among(place, [first, ...others]);
        const what = `${kind} ${place}`;
        this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
        this.#trace({ time: Date.now(), what: "failure", where: "LOCAL_FAULTS", text: what });
        return kind;
    }
}

/** The name of a caller that faults befall. */
function victim(caller: Principal): string | undefined {
    switch (caller.kind) {
        case "administrator":
            return undefined;
        case "service":
            return caller.service;
        case "role":
            return caller.session === "event-source-mapping" ? undefined : callerName(caller);
    }
}
