import type { Resource } from "embedded-aws/recorder";
import { compilePattern } from "event-pattern";
import { type Stack, stringsIn } from "./stack.ts";
import { assumptions, type Event, type Traffic, type Work } from "./traffic.ts";
import { Usage } from "./usage.ts";

const fn = "aws:lambda/function:Function";
const queue = "aws:sqs/queue:Queue";
const topic = "aws:sns/topic:Topic";
const table = "aws:dynamodb/table:Table";
const bus = "aws:cloudwatch/eventBus:EventBus";
const bucket = "aws:s3/bucket:Bucket";

const rounds = 8;

export const secondsInMonth = 730 * 3600;
const gigabyte = 1024 ** 3;

/** What moves messages on in a month, followed from hop to hop as the graph has them. */
export class Hops {
    readonly usage = new Usage();
    readonly #stack: Stack;
    readonly #traffic: Traffic;
    /** Bytes of logs by log group, requests by route, and those of each route by the authorizer that may be asked about them. */
    readonly #logged = new Map<Resource, number>();
    readonly #requests = new Map<Resource, number>();
    readonly #authorized = new Map<Resource, number[]>();
    /** Messages by what holds them, for what is counted by the month as a whole. */
    readonly #held = new Map<Resource, number>();

    constructor(stack: Stack, traffic: Traffic) {
        this.#stack = stack;
        this.#traffic = traffic;
    }

    /** Requests of clients by route. */
    request(requests: Readonly<Record<string, number>>): void {
        for (const [routeKey, times] of Object.entries(requests)) {
            const route = this.#stack
                .of("aws:apigatewayv2/route:Route")
                .find(({ inputs }) => inputs["routeKey"] === routeKey);
            if (route !== undefined) this.#arriveAt(route, times);
        }
        for (const [authorizer, byRoute] of this.#authorized) this.#authorize(authorizer, byRoute);
        this.#settle();
    }

    /** What happens by itself. */
    tick(): void {
        for (const schedule of this.#stack.of("aws:scheduler/schedule:Schedule")) {
            const times = secondsInMonth / secondsOf(String(schedule.inputs["scheduleExpression"]));
            const [target] = stringsIn(schedule.inputs["target"]).flatMap((arn) => this.#stack.by(fn, arn));
            this.usage.add("schedules", schedule.name, times);
            if (target !== undefined) this.#invoke(target, times, times, []);
        }
        this.#settle();
    }

    /** Items of a table that are changed by others than the callbacks that orders lead to; before `tick`. */
    change(name: string, items: number): void {
        for (const target of this.#stack.of(table)) if (target.name === name) this.#follow(target, items, "MODIFY", []);
    }

    /** Messages that a queue gets besides; before `tick`. */
    fill(name: string, messages: number): void {
        for (const target of this.#stack.of(queue)) if (target.name === name) this.#fill(target, messages, []);
    }

    #arriveAt(route: Resource, times: number): void {
        const { usage } = this;
        const api = this.#stack.one(({ id }) => id === route.inputs["apiId"]);
        const integration = this.#stack.one(({ id }) => `integrations/${id}` === route.inputs["target"]);
        const name = api?.name ?? route.name;
        usage.add("apiRequests", name, times);
        usage.add("transferOut", name, (times * assumptions.bytesOfAnswer) / gigabyte);
        add(this.#requests, route, times);
        const authorizer = this.#stack.one(({ id }) => id === route.inputs["authorizerId"]);
        if (authorizer !== undefined)
            this.#authorized.set(authorizer, [...(this.#authorized.get(authorizer) ?? []), times]);
        for (const logs of this.#accessLogs(api)) add(this.#logged, logs, times * assumptions.logBytesOfRequest);
        const targets = stringsIn(integration?.inputs ?? {});
        const [invoked] = targets.flatMap((arn) => this.#stack.by(fn, arn));
        const [filled] = targets.flatMap((url) =>
            this.#stack.of(queue).filter(({ outputs }) => outputs["url"] === url),
        );
        if (invoked !== undefined) this.#invoke(invoked, times, times, []);
        if (filled !== undefined) this.#fill(filled, times, []);
    }

    /** An authorizer's answer is kept for a while by its identity sources: the caller, and the route if that is one. */
    #authorize(authorizer: Resource, byRoute: readonly number[]): void {
        const kept = Number(authorizer.inputs["authorizerResultTtlInSeconds"] ?? 0);
        const all = byRoute.reduce((sum, times) => sum + times, 0);
        const isByRoute = stringsIn(authorizer.inputs["identitySources"]).includes("$context.routeKey");
        const most = kept > 0 ? (secondsInMonth / kept) * assumptions.callers : all;
        const asked = (isByRoute ? byRoute : [all]).reduce((sum, times) => sum + Math.min(times, most), 0);
        const [target] = stringsIn(authorizer.inputs).flatMap((arn) => this.#stack.by(fn, arn));
        if (target !== undefined) this.#invoke(target, asked, asked, []);
    }

    #accessLogs(api: Resource | undefined): Resource[] {
        const [stage] = this.#stack
            .of("aws:apigatewayv2/stage:Stage")
            .filter(({ inputs }) => inputs["apiId"] === api?.id);
        return stringsIn(stage?.inputs["accessLogSettings"]).flatMap((arn) => this.#stack.by(logGroup, arn));
    }

    /** @param way what led here: what comes round again, ever less of it, is followed a few times. */
    #invoke(callback: Resource, messages: number, invocations: number, way: readonly Resource[]): void {
        if (messages === 0 || way.filter((one) => one === callback).length > rounds) return;
        const work: Work = this.#traffic.work[callback.name] ?? {};
        const rights = this.#stack.rightsOf(callback);
        const on = [...way, callback];
        let calls = (work.calls ?? 0) * messages;

        for (const target of rights.to(queue, /^sqs:SendMessage$/).filter((one) => this.#isFilledBy(callback, one))) {
            const sent = messages * (work.sends ? (work.sends[target.name] ?? 0) : 1);
            calls += sent;
            this.#fill(target, sent, on);
        }
        for (const target of rights.to(topic, /^sns:Publish$/)) {
            const published = messages * (work.publishes ?? 1);
            calls += published;
            this.#publish(target, published, on);
        }
        for (const target of rights.to(bus, /^events:PutEvents$/)) {
            for (const event of work.puts ?? []) {
                const put = messages * (event.times ?? 1);
                calls += put;
                this.#put(target, event, put, on);
            }
        }
        for (const target of rights.to(table, /^dynamodb:/))
            calls += this.#useTable(callback, work, target, messages, on);
        for (const target of rights.to(bucket, /^s3:PutObject$/)) {
            const objects = messages * (work.objects ?? 1);
            this.usage.add("objectPuts", target.name, objects);
            this.usage.add("objectStorage", target.name, (objects * assumptions.bytesOfDocument) / gigabyte);
        }
        for (const key of rights.to("aws:kms/key:Key", /^kms:Sign$/)) {
            this.usage.add("signatures", key.name, messages * (work.signs ?? 0));
        }
        this.usage.add("mails", callback.name, messages * (work.mails ?? 0));
        this.usage.add("transferOut", callback.name, (messages * (work.bytesOut ?? 0)) / gigabyte);
        this.#run(callback, invocations, calls * assumptions.callMs + messages * (work.waits ?? 0), calls);
    }

    /** An invocation's own price, its log and what it moves through a network of ours. */
    #run(callback: Resource, invocations: number, ms: number, calls: number): void {
        const { usage } = this;
        const { invocationMs, coldShare, coldMs, bytesOfCall, logBytesOfInvocation } = assumptions;
        const whole = ms + invocations * (invocationMs + coldShare * coldMs);
        const gigabytes = Number(callback.inputs["memorySize"] ?? 128) / 1024;
        const architecture = stringsIn(callback.inputs["architectures"])[0];
        usage.add("lambdaRequests", callback.name, invocations);
        usage.add(architecture === "arm64" ? "lambdaArm" : "lambdaX86", callback.name, (whole / 1000) * gigabytes);
        for (const logs of this.#stack.named(
            logGroup,
            Reflect.get(Object(callback.inputs["loggingConfig"]), "logGroup"),
        )) {
            add(this.#logged, logs, invocations * logBytesOfInvocation);
        }
        if (callback.inputs["vpcConfig"] !== undefined) {
            usage.add("endpointBytes", callback.name, (calls * bytesOfCall) / gigabyte);
        }
    }

    /** Returns the calls. */
    #useTable(callback: Resource, work: Work, target: Resource, messages: number, way: readonly Resource[]): number {
        const rights = this.#stack.rightsOf(callback);
        const may = (actions: RegExp) => (rights.to(table, actions).includes(target) ? 1 : 0);
        const unsaid = { writes: may(/(Put|Update|Delete)Item$/), reads: may(/(GetItem|Query)$/) };
        const { writes = 0, reads = 0 } = work.tables ? (work.tables[target.name] ?? {}) : unsaid;
        this.usage.add("tableWrites", target.name, messages * writes);
        this.usage.add("tableReads", target.name, messages * reads);
        for (const replica of this.#stack.replicasOf(target)) {
            this.usage.add("replicatedWrites", replica, messages * writes);
            this.usage.add("transferBetween", replica, (messages * writes * 1024) / gigabyte);
        }
        if (may(/PutItem$/) === 1) this.#follow(target, messages * (work.inserts ?? 1), "INSERT", way);
        this.#follow(target, messages * (work.changes?.[target.name] ?? 0), "MODIFY", way);
        return messages * (Math.min(writes, 2) + (reads > 0 ? 1 : 0));
    }

    /** What a table's stream carries on. Lambda reads it for nothing. */
    #follow(target: Resource, items: number, event: "INSERT" | "MODIFY", way: readonly Resource[]): void {
        if (items === 0) return;
        for (const mapping of this.#stack.mappingsOf(target.outputs["streamArn"])) {
            if (!stringsIn(mapping.inputs["filterCriteria"]).some((pattern) => pattern.includes(`"${event}"`)))
                continue;
            for (const callback of this.#stack.by(fn, mapping.inputs["functionName"])) {
                this.#invoke(callback, items, items / assumptions.messagesInBatch, way);
            }
        }
    }

    #fill(target: Resource, messages: number, way: readonly Resource[]): void {
        if (messages === 0) return;
        add(this.#held, target, messages);
        this.usage.add("sqsRequests", target.name, messages);
        for (const mapping of this.#stack.mappingsOf(target.outputs["arn"])) {
            const batches = messages / assumptions.messagesInBatch;
            // A batch is received and deleted.
            this.usage.add("sqsRequests", target.name, 2 * batches);
            for (const callback of this.#stack.by(fn, mapping.inputs["functionName"])) {
                this.#invoke(callback, messages, batches, way);
            }
        }
    }

    #put(target: Resource, event: Event, events: number, way: readonly Resource[]): void {
        this.usage.add("events", target.name, events);
        for (const archive of this.#stack.of("aws:cloudwatch/eventArchive:EventArchive")) {
            const gigabytes = (events * assumptions.bytesOfEvent) / gigabyte;
            const months = Number(archive.inputs["retentionDays"] ?? 0) / 30;
            this.usage.add("eventArchive", archive.name, gigabytes);
            this.usage.add("eventStorage", archive.name, gigabytes * months);
        }
        for (const rule of this.#stack.rulesOf(target)) {
            const pattern = rule.inputs["eventPattern"];
            if (typeof pattern !== "string" || !compilePattern(pattern)(event)) continue;
            for (const arn of this.#stack.targetsOf(rule)) {
                for (const callback of this.#stack.by(fn, arn)) this.#invoke(callback, events, events, way);
                for (const filled of this.#stack.by(queue, arn)) this.#fill(filled, events, way);
            }
        }
    }

    #publish(target: Resource, messages: number, way: readonly Resource[]): void {
        if (messages === 0) return;
        add(this.#held, target, messages);
        this.usage.add("snsPublishes", target.name, messages);
        for (const { inputs } of this.#stack.subscriptionsOf(target)) {
            if (inputs["protocol"] === "email") this.usage.add("snsEmails", target.name, messages);
            for (const callback of this.#stack.by(fn, inputs["endpoint"]))
                this.#invoke(callback, messages, messages, way);
            for (const filled of this.#stack.by(queue, inputs["endpoint"])) this.#fill(filled, messages, way);
        }
    }

    /** What is counted once for all that came by: logs, data keys, metrics of routes, requests at the edge, traces. */
    #settle(): void {
        const { usage } = this;
        for (const [logs, bytes] of this.#logged) {
            const gigabytes = bytes / gigabyte;
            const months = Number(logs.inputs["retentionInDays"] ?? 0) / 30;
            usage.add("logs", logs.name, gigabytes);
            usage.add("logStorage", logs.name, gigabytes * assumptions.logCompression * months);
            if (this.#stack.isMasked(logs)) usage.add("logMasking", logs.name, gigabytes);
        }
        for (const [holder, messages] of this.#held) {
            const key = this.#stack.one(
                ({ type, outputs }) => type === "aws:kms/key:Key" && outputs["arn"] === holder.inputs["kmsMasterKeyId"],
            );
            // One key for what is sent in five minutes, which sender and receiver ask for.
            const most = 2 * (secondsInMonth / assumptions.dataKeySeconds);
            if (key !== undefined) usage.add("keyRequests", key.name, Math.min(2 * messages, most));
        }
        const requests = [...this.#requests.values()].reduce((sum, one) => sum + one, 0);
        for (const [route] of this.#requests) {
            if (this.#stack.hasDetailedMetrics(route)) usage.add("metrics", route.name, assumptions.metricsOfRoute);
        }
        for (const edge of this.#stack.of("aws:cloudfront/distribution:Distribution"))
            usage.add("edgeRequests", edge.name, requests);
        for (const acl of this.#stack.of("aws:wafv2/webAcl:WebAcl")) usage.add("webAclRequests", acl.name, requests);
        const rate = requests / secondsInMonth;
        const traced =
            Math.min(rate, assumptions.tracesPerSecond) +
            assumptions.traceShare * Math.max(0, rate - assumptions.tracesPerSecond);
        usage.add("traces", "requests", traced * secondsInMonth);
    }

    /** Not queues of failures, which wait for an operator, nor the one that it reads itself: those messages are retries. */
    #isFilledBy(callback: Resource, { inputs, outputs }: Resource): boolean {
        const readers = this.#stack
            .mappingsOf(outputs["arn"])
            .flatMap((one) => this.#stack.by(fn, one.inputs["functionName"]));
        return inputs["redrivePolicy"] !== undefined && !readers.includes(callback);
    }
}

const logGroup = "aws:cloudwatch/logGroup:LogGroup";

const add = (to: Map<Resource, number>, key: Resource, amount: number): void => {
    to.set(key, (to.get(key) ?? 0) + amount);
};

const units: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

/** `rate(5 minutes)`; anything else is taken to happen once a day. */
function secondsOf(expression: string): number {
    const [, times, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
    return Number(times ?? 1) * (units[unit] ?? 86_400);
}
