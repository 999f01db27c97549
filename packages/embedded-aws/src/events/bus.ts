import { randomUUID } from "node:crypto";
import { compilePattern } from "event-pattern";
import { type AwsCall, AwsError } from "../aws/call.ts";
import { type Input, partsOf, textOf } from "../aws/input.ts";
import { isDenied, isPermanent, noOperation } from "../aws/refusals.ts";
import { type AwsService, queueUrl } from "../aws/service.ts";
import type { Principal } from "../identity/principal.ts";
import type { Outcome, Task, TaskQueue } from "../taskQueue.ts";
import type { Trace } from "../trace.ts";
import type { Waits } from "../waits.ts";
import { type EventEnvelope, entriesOf, envelopeOf } from "./entry.ts";
import { type TargetDefinition, targetCall } from "./targetCall.ts";
import { compileInput } from "./targetInput.ts";

export interface BusDefinition {
    readonly name: string;
    readonly arn: string;
}

export interface RuleDefinition {
    readonly name: string;
    readonly arn: string;
    readonly eventBusName: string;
    /** JSON text. */
    readonly eventPattern: string;
    readonly state: "ENABLED" | "DISABLED";
    readonly targets: readonly TargetDefinition[];
}

interface EventBusesSettings {
    readonly region: string;
    readonly call: AwsCall;
    readonly taskQueue: TaskQueue;
    readonly waits: Waits;
    readonly trace: Trace;
    /** Beside `default`, which every account has. */
    readonly buses: readonly BusDefinition[];
    readonly rules: readonly RuleDefinition[];
}

interface Rule {
    readonly definition: RuleDefinition;
    matches(event: unknown): boolean;
    readonly targets: ReadonlyMap<string, Target>;
}

interface Target {
    readonly definition: TargetDefinition;
    inputOf(event: object): string;
}

/** An event on its way to one target of one rule. */
interface Delivery {
    readonly ruleArn: string;
    readonly targetId: string;
    readonly event: EventEnvelope;
}

/** An event on its way to a target's dead-letter queue, with the reason. */
interface DeadLetter extends Delivery {
    readonly attributes: Readonly<Record<string, string>>;
}

const done: Outcome = { done: true };
const lanes = 32;

/** EventBridge: buses, their rules, and the delivery of what matches. */
export class EventBuses implements AwsService {
    readonly #settings: EventBusesSettings;
    readonly #buses: ReadonlySet<string>;
    readonly #rules: ReadonlyMap<string, Rule>;

    /** @throws InvalidPatternError, InvalidInputError for a rule that PutRule or PutTargets would refuse. */
    constructor(settings: EventBusesSettings) {
        this.#settings = settings;
        this.#buses = new Set(["default", ...settings.buses.map(({ name }) => name)]);
        this.#rules = new Map(settings.rules.map((definition) => [definition.arn, compiled(definition)]));
        settings.taskQueue.handle<Delivery>("event", lanes, (task) => this.#deliver(task));
        settings.taskQueue.handle<DeadLetter>("event dead letter", lanes, (task) => this.#sendToDeadLetters(task));
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        if (action !== "PutEvents") {
            throw noOperation("events", action);
        }
        const now = new Date();
        const deliveries: Delivery[] = [];
        const results = entriesOf(input).map((entry) => {
            const id = randomUUID();
            const event = envelopeOf(entry, id, this.#settings.region, now);
            if ("ErrorCode" in event) return event;
            const bus = (textOf(entry, "EventBusName") ?? "default").replace(/^arn:.*:event-bus\//, "");
            deliveries.push(...this.#route(bus, event));
            return { EventId: id };
        });
        this.#settings.taskQueue.add(deliveries.map((payload) => ({ kind: "event", payload })));
        return { FailedEntryCount: results.filter((result) => "ErrorCode" in result).length, Entries: results };
    }

    /** What a bus makes of an event: one delivery for each target of each rule that matches. */
    #route(bus: string, event: EventEnvelope): readonly Delivery[] {
        const text = JSON.stringify(event);
        if (!this.#buses.has(bus)) {
            // AWS takes such events and drops them without a word; here at least the trace tells.
            this.#trace("event", bus, "no such bus", event.id, text);
            this.#trace("dropped", bus, `There is no event bus ${bus}: the event ${event.id} is dropped.`, event.id);
            return [];
        }
        const matched = [...this.#rules.values()].filter(
            ({ definition, matches }) =>
                definition.eventBusName === bus && definition.state === "ENABLED" && matches(event),
        );
        const names = matched.map(({ definition }) => definition.name);
        this.#trace("event", bus, names.length === 0 ? "no rule" : names.join(", "), event.id, text);
        return matched.flatMap(({ definition }) =>
            definition.targets.map(({ id }) => ({
                ruleArn: definition.arn,
                targetId: id,
                event,
            })),
        );
    }

    async #deliver({ payload, attempt }: Task<Delivery>): Promise<Outcome> {
        const { ruleArn, targetId, event } = payload;
        const rule = this.#rules.get(ruleArn);
        const target = rule?.targets.get(targetId);
        if (rule === undefined || target === undefined) {
            const gone = `The rule or its target ${targetId} is gone: the event ${event.id} is dropped.`;
            this.#trace("dropped", ruleArn, gone, event.id);
            return done;
        }
        const { definition } = target;
        const { name } = rule.definition;
        try {
            const call = targetCall(definition, event, target.inputOf(event));
            if (call === undefined)
                throw new AwsError("UnsupportedTarget", `The embedded cloud has no target ${definition.arn}.`);
            const output = await this.#settings.call(
                callerOf(ruleArn, definition),
                call.service,
                call.action,
                call.input,
            );
            const [refused] = call.service === "events" ? partsOf(output, "Entries") : [];
            const code = refused === undefined ? undefined : textOf(refused, "ErrorCode");
            if (code !== undefined) throw new AwsError(code, textOf(refused ?? {}, "ErrorMessage") ?? "");
            this.#trace("delivery", name, `${definition.arn} has the event ${event.id}.`, event.id);
            return done;
        } catch (error) {
            const { maximumRetryAttempts = 185, maximumEventAgeInSeconds = 86_400 } = definition.retryPolicy ?? {};
            const permanent = isPermanent(error);
            const exhausted =
                attempt > maximumRetryAttempts
                    ? "MaximumRetryAttempts"
                    : ageInSeconds(attempt + 1) > maximumEventAgeInSeconds
                      ? "MaximumEventAgeInSeconds"
                      : undefined;
            const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
            this.#trace("failure", name, `${definition.arn}, attempt ${attempt}: ${reason}`, event.id);
            if (!permanent && exhausted === undefined) {
                return { retryInMs: this.#settings.waits.ms(waitInSeconds(attempt)), reason };
            }
            const attributes = {
                RULE_ARN: ruleArn,
                TARGET_ARN: definition.arn,
                ERROR_CODE: errorCode(error),
                ERROR_MESSAGE: reason,
                RETRY_ATTEMPTS: String(attempt - 1),
                ...(permanent || exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: exhausted }),
            };
            if (definition.deadLetterConfig === undefined) {
                const lost = `${definition.arn} did not take the event ${event.id} and has no dead-letter queue`;
                this.#trace("dropped", name, `${lost}: the event is dropped. ${reason}`, event.id);
            } else {
                // Work of its own: while the dead-letter queue cannot be reached, the target is not tried again.
                this.#settings.taskQueue.add([{ kind: "event dead letter", payload: { ...payload, attributes } }]);
            }
            return done;
        }
    }

    async #sendToDeadLetters({ payload, attempt }: Task<DeadLetter>): Promise<Outcome> {
        const { ruleArn, targetId, event, attributes } = payload;
        const rule = this.#rules.get(ruleArn);
        const queueArn = rule?.targets.get(targetId)?.definition.deadLetterConfig?.arn;
        if (rule === undefined || queueArn === undefined) return done;
        const { name } = rule.definition;
        try {
            await this.#settings.call(serviceOf(ruleArn), "sqs", "SendMessage", {
                QueueUrl: queueUrl("http://127.0.0.1", queueArn),
                MessageBody: JSON.stringify(event),
                MessageAttributes: Object.fromEntries(
                    Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: "String", StringValue }]),
                ),
            });
            this.#trace(
                "delivery",
                name,
                `${queueArn} has the event ${event.id}: ${attributes["ERROR_MESSAGE"]}`,
                event.id,
            );
            return done;
        } catch (error) {
            const reason = String(error);
            this.#trace("failure", name, `dead-letter queue ${queueArn}, attempt ${attempt}: ${reason}`, event.id);
            if (!isPermanent(error)) return { retryInMs: this.#settings.waits.ms(waitInSeconds(attempt)), reason };
            // Too large for the target and for its dead-letter queue, for instance.
            const lost = `${attributes["TARGET_ARN"]} and its dead-letter queue ${queueArn} did not take the event ${event.id}`;
            this.#trace("dropped", name, `${lost}: the event is dropped. ${reason}`, event.id);
            return done;
        }
    }

    #trace(
        what: "event" | "delivery" | "failure" | "dropped",
        where: string,
        text: string,
        requestId?: string,
        payload?: string,
    ): void {
        this.#settings.trace({
            time: Date.now(),
            what,
            where,
            text,
            ...(payload !== undefined && { payload }),
            ...(requestId !== undefined && { requestId }),
        });
    }
}

function compiled(definition: RuleDefinition): Rule {
    const targets = definition.targets.map(
        (target) => [target.id, { definition: target, inputOf: compileInput(target) }] as const,
    );
    return { definition, matches: compilePattern(definition.eventPattern), targets: new Map(targets) };
}

function serviceOf(ruleArn: string): Principal {
    return { kind: "service", service: "events.amazonaws.com", sourceArn: ruleArn };
}

function callerOf(ruleArn: string, { arn, roleArn }: TargetDefinition): Principal {
    if (roleArn !== undefined) return { kind: "role", roleArn, session: "events" };
    // EventBridge does not name the rule to SNS: a topic's policy with a condition on it refuses every event.
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
    if (arn.startsWith("arn:aws:sns:")) return { kind: "service", service: "events.amazonaws.com" };
    return serviceOf(ruleArn);
}

/**
 * The wait after a failed attempt. AWS documents 185 retries in 24 hours with exponential back-off, not the steps;
 * these double up to eight minutes, which is that.
 */
function waitInSeconds(attempt: number): number {
    return Math.min(2 ** (attempt - 1), 480);
}

/** Age of an event at an attempt by the waits it would have had on AWS, not by the clock: waits are shorter here. */
function ageInSeconds(attempt: number): number {
    let age = 0;
    for (let earlier = 1; earlier < attempt; earlier += 1) age += waitInSeconds(earlier);
    return age;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
function errorCode(error: unknown): string {
    if (!(error instanceof AwsError)) return "CONNECTION_FAILURE";
    if (isDenied(error)) return "NO_PERMISSIONS";
    if (/NotFound|DoesNotExist|NonExistent|UnsupportedTarget/.test(error.code)) return "NO_RESOURCE";
    return error.status === 429 || /Throttl/.test(error.code) ? "THROTTLING" : "ERROR_FROM_TARGET";
}
