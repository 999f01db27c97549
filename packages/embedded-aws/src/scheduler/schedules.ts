import { randomUUID } from "node:crypto";
import { type AwsCall, AwsError } from "../aws/call.ts";
import { type Input, textOf } from "../aws/input.ts";
import { isPermanent, noOperation } from "../aws/refusals.ts";
import { type AwsService, account, queueUrl } from "../aws/service.ts";
import type { Principal } from "../identity/principal.ts";
import type { Journal, Outcome, Work } from "../journal.ts";
import type { Trace } from "../trace.ts";
import { backoffSeconds } from "../triggers/pause.ts";
import type { Waits } from "../waits.ts";
import { parseSchedule, type Schedule } from "./schedule.ts";

export interface SchedulesSettings {
    readonly region: string;
    readonly call: AwsCall;
    readonly journal: Journal;
    readonly waits: Waits;
    readonly trace: Trace;
    /** Names of the groups beside `default`, which every account has. */
    readonly groups: readonly string[];
    /** The program's own schedules, each in the shape of CreateSchedule. */
    readonly schedules: readonly Input[];
    /** Whether a role lets the Scheduler take it on, acting for a group. */
    mayAssume(roleArn: string, groupArn: string): boolean;
}

/** A schedule in the journal's database. */
interface Row {
    /** Another one for what takes its place under its name, so that nothing planned for it is done by the other. */
    readonly id: number;
    readonly definition: Input;
    /** Milliseconds since the epoch: when it was created. */
    readonly createdAt: number;
}

/** A schedule that is due. */
interface Occurrence {
    readonly id: number;
    /** Milliseconds since the epoch, by the clock of this machine. */
    readonly dueAt: number;
}

/** An invocation on its way to a target's dead-letter queue, with the reason. */
interface DeadLetter {
    readonly roleArn: string;
    readonly queueArn: string;
    readonly body: string;
    readonly attributes: Readonly<Record<string, string>>;
}

const done: Outcome = { done: true };
const lanes = 32;
const longestBackoffSeconds = 480;
/** What a timer can wait: 24 days. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * EventBridge Scheduler. Schedules and what they still have to do are durable: nothing that was accepted is lost with the
 * process. A time to wait for (`at`) comes sooner by the cloud's factor; a rate is kept.
 */
export class Schedules implements AwsService {
    readonly #settings: SchedulesSettings;
    readonly #groups: ReadonlySet<string>;

    /** Throws AwsError for a schedule of the program that CreateSchedule would refuse. */
    constructor(settings: SchedulesSettings) {
        this.#settings = settings;
        this.#groups = new Set(["default", ...settings.groups]);
        const { journal } = settings;
        journal.database.exec(`
            CREATE TABLE IF NOT EXISTS schedule (
                id INTEGER PRIMARY KEY AUTOINCREMENT, grp TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
                by_program INTEGER NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER, UNIQUE (grp, name))`);
        journal.handle<Occurrence>("schedule", lanes, (work) => this.#occur(work));
        journal.handle<DeadLetter>("schedule dead letter", lanes, (work) => this.#bury(work));
        this.#realise(settings.schedules);
        this.#resume();
    }

    async run(action: string, input: Input): Promise<Record<string, unknown>> {
        switch (action) {
            case "CreateSchedule":
                return { ScheduleArn: this.#create(input) };
            case "GetSchedule": {
                const { definition, createdAt } = this.#existing(input);
                const { ClientToken: _, ...shown } = definition;
                const schedule = parseSchedule(definition);
                return {
                    ...shown,
                    GroupName: schedule.group,
                    Arn: this.#arn(schedule),
                    State: schedule.enabled ? "ENABLED" : "DISABLED",
                    CreationDate: createdAt / 1000,
                    LastModificationDate: createdAt / 1000,
                };
            }
            case "DeleteSchedule":
                this.#delete(this.#existing(input).id);
                return {};
            case "ListSchedules":
                return { Schedules: this.#list(input) };
            case "ListScheduleGroups":
                return {
                    ScheduleGroups: [...this.#groups].map((Name) => ({
                        Name,
                        Arn: this.#groupArn(Name),
                        State: "ACTIVE",
                    })),
                };
            default:
                throw noOperation("scheduler", action);
        }
    }

    /** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html */
    #list(input: Input): object[] {
        const [group, prefix = "", state] = ["ScheduleGroup", "NamePrefix", "State"].map((name) => textOf(input, name));
        return this.#database
            .prepare("SELECT * FROM schedule ORDER BY grp, name")
            .all()
            .flatMap((found) => rowIn(found) ?? [])
            .map(({ definition, createdAt }) => ({ schedule: parseSchedule(definition), createdAt }))
            .map(({ schedule, createdAt }) => ({
                Name: schedule.name,
                GroupName: schedule.group,
                Arn: this.#arn(schedule),
                State: schedule.enabled ? "ENABLED" : "DISABLED",
                Target: { Arn: schedule.target.arn },
                CreationDate: createdAt / 1000,
                LastModificationDate: createdAt / 1000,
            }))
            .filter(({ GroupName }) => group === undefined || GroupName === group)
            .filter(({ Name, State }) => Name.startsWith(prefix) && (state === undefined || State === state));
    }

    #create(input: Input): string {
        const schedule = parseSchedule(input);
        const { group, name, target } = schedule;
        if (!this.#groups.has(group)) throw notFound(`Schedule group ${group} does not exist.`);
        if (!this.#settings.mayAssume(target.roleArn, this.#groupArn(group))) {
            throw new AwsError(
                "ValidationException",
                "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
            );
        }
        const existing = this.#find(group, name);
        if (existing === undefined) {
            const first = this.#insert(schedule, input, false);
            if (schedule.enabled) this.#plan(first);
        } else if (!isSameRequest(existing.definition, input)) {
            throw new AwsError("ConflictException", `Schedule ${name} already exists.`, 409);
        }
        return this.#arn(schedule);
    }

    /** The program's schedules as they are now; one that has not changed goes on where it was. */
    #realise(definitions: readonly Input[]): void {
        const kept = new Set<number>();
        for (const definition of definitions) {
            const schedule = parseSchedule(definition);
            const existing = this.#find(schedule.group, schedule.name);
            if (existing !== undefined && JSON.stringify(existing.definition) === JSON.stringify(definition)) {
                kept.add(existing.id);
                continue;
            }
            if (existing !== undefined) this.#delete(existing.id);
            kept.add(this.#insert(schedule, definition, true).id);
        }
        for (const row of this.#database.prepare("SELECT id FROM schedule WHERE by_program = 1").all()) {
            if (!kept.has(Number(row["id"]))) this.#delete(Number(row["id"]));
        }
    }

    /** Plans what is due and not planned: it was accepted, or had its turn, just before an end. */
    #resume(): void {
        const planned = new Set(
            this.#settings.journal.pending("schedule").map(({ payload }) => JSON.stringify(payload)),
        );
        const rows = this.#database.prepare("SELECT id, due_at FROM schedule WHERE due_at IS NOT NULL").all();
        for (const row of rows) {
            const occurrence: Occurrence = { id: Number(row["id"]), dueAt: Number(row["due_at"]) };
            if (!planned.has(JSON.stringify(occurrence))) this.#plan(occurrence);
        }
    }

    #plan({ id, dueAt }: Occurrence): void {
        const delayMs = Math.min(Math.max(0, dueAt - Date.now()), longestTimerMs);
        this.#settings.journal.add([{ kind: "schedule", payload: { id, dueAt }, delayMs }]);
    }

    async #occur({ payload, attempt }: Work<Occurrence>): Promise<Outcome> {
        const row = this.#rowOf(payload.id);
        if (row === undefined) return done;
        if (payload.dueAt > Date.now()) {
            this.#plan(payload);
            return done;
        }
        const schedule = parseSchedule(row.definition);
        this.#advance(payload, schedule);
        const failure = await this.#invoke(schedule, payload, attempt);
        if (failure !== undefined) return failure;
        if (schedule.expression.kind === "at") this.#complete(payload.id, schedule);
        return done;
    }

    #complete(id: number, { isDeletedAfterCompletion }: Schedule): void {
        if (isDeletedAfterCompletion) this.#delete(id);
        else this.#database.prepare("UPDATE schedule SET due_at = NULL WHERE id = ?").run(id);
    }

    /** Plans the next occurrence, once: a failed attempt comes here again. */
    #advance({ id, dueAt }: Occurrence, { expression }: Schedule): void {
        if (expression.kind === "at") return;
        const every = expression.seconds * 1000;
        // What was missed while the cloud was off happens once.
        const next = dueAt + every > Date.now() ? dueAt + every : Date.now() + every;
        const update = this.#database.prepare("UPDATE schedule SET due_at = ? WHERE id = ? AND due_at = ?");
        if (update.run(next, id, dueAt).changes > 0) this.#plan({ id, dueAt: next });
    }

    /** Calls the target. @returns when to try again; undefined when this occurrence is over, one way or the other. */
    async #invoke(schedule: Schedule, { dueAt }: Occurrence, attempt: number): Promise<Outcome | undefined> {
        const { name, target, expression } = schedule;
        const { waits, trace, call, journal } = this.#settings;
        const scheduledAt = expression.kind === "at" ? expression.time : dueAt;
        const text = this.#textFor(schedule, scheduledAt, attempt);
        try {
            const { service, action, input } = targetCall(schedule, text);
            await call(roleOf(target.roleArn), service, action, input);
            trace({ time: Date.now(), what: "delivery", where: name, text: `${target.arn} has ${text}` });
            return undefined;
        } catch (error) {
            const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
            trace({
                time: Date.now(),
                what: "failure",
                where: name,
                text: `${target.arn}, attempt ${attempt}: ${reason}`,
            });
            const wait = backoffSeconds(attempt, longestBackoffSeconds);
            const exhausted =
                attempt > target.maximumRetryAttempts
                    ? "MaximumRetryAttempts"
                    : ageInSeconds(attempt + 1) > target.maximumEventAgeInSeconds
                      ? "MaximumEventAgeInSeconds"
                      : undefined;
            if (!isPermanent(error) && exhausted === undefined) return { retryInMs: waits.ms(wait), reason };
            if (target.deadLetterArn === undefined) {
                const lost = `${target.arn} did not take what was due and has no dead-letter queue`;
                trace({ time: Date.now(), what: "dropped", where: name, text: `${lost}: it is dropped. ${reason}` });
            } else {
                const letter: DeadLetter = {
                    roleArn: target.roleArn,
                    queueArn: target.deadLetterArn,
                    body: text,
                    attributes: {
                        SCHEDULE_ARN: this.#arn(schedule),
                        TARGET_ARN: target.arn,
                        SCHEDULED_TIME: isoSeconds(scheduledAt),
                        ERROR_CODE: error instanceof AwsError ? error.code : "InternalServerException",
                        ERROR_MESSAGE: reason,
                        RETRY_ATTEMPTS: String(attempt - 1),
                        ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted }),
                    },
                };
                journal.add([{ kind: "schedule dead letter", payload: letter }]);
            }
            return undefined;
        }
    }

    async #bury({ payload, attempt }: Work<DeadLetter>): Promise<Outcome> {
        const { roleArn, queueArn, body, attributes } = payload;
        const { call, trace, waits } = this.#settings;
        try {
            await call(roleOf(roleArn), "sqs", "SendMessage", {
                QueueUrl: queueUrl("http://127.0.0.1", queueArn),
                MessageBody: body,
                MessageAttributes: Object.fromEntries(
                    Object.entries(attributes).map(([key, StringValue]) => [key, { DataType: "String", StringValue }]),
                ),
            });
            return done;
        } catch (error) {
            const reason = String(error);
            trace({ time: Date.now(), what: "failure", where: queueArn, text: `attempt ${attempt}: ${reason}` });
            const retryInMs = waits.ms(backoffSeconds(attempt, longestBackoffSeconds));
            if (!isPermanent(error)) return { retryInMs, reason };
            const lost = `${attributes["TARGET_ARN"]} and its dead-letter queue did not take what was due`;
            const where = attributes["SCHEDULE_ARN"] ?? queueArn;
            trace({ time: Date.now(), what: "dropped", where, text: `${lost}: it is dropped. ${reason}` });
            return done;
        }
    }

    /** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
    #textFor(schedule: Schedule, scheduledAt: number, attempt: number): string {
        const time = isoSeconds(scheduledAt);
        const { input } = schedule.target;
        if (input === undefined) {
            return JSON.stringify({
                version: "0",
                id: randomUUID(),
                "detail-type": "Scheduled Event",
                source: "aws.scheduler",
                account,
                time,
                region: this.#settings.region,
                resources: [this.#arn(schedule)],
                detail: "{}",
            });
        }
        return input
            .replaceAll("<aws.scheduler.schedule-arn>", this.#arn(schedule))
            .replaceAll("<aws.scheduler.scheduled-time>", time)
            .replaceAll("<aws.scheduler.execution-id>", randomUUID())
            .replaceAll("<aws.scheduler.attempt-number>", String(attempt));
    }

    /** A moment on AWS that lies ahead comes sooner here. */
    #firstDueAt({ expression }: Schedule, now: number): number {
        if (expression.kind === "rate") return now + expression.seconds * 1000;
        const ahead = (expression.time - now) / 1000;
        return Math.round(now + (ahead > 0 ? this.#settings.waits.ms(ahead) : 0));
    }

    #insert(schedule: Schedule, definition: Input, isByProgram: boolean): Occurrence {
        const now = Date.now();
        const dueAt = this.#firstDueAt(schedule, now);
        const insert = this.#database.prepare(
            "INSERT INTO schedule (grp, name, definition, by_program, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?)",
        );
        const { lastInsertRowid } = insert.run(
            schedule.group,
            schedule.name,
            JSON.stringify(definition),
            isByProgram ? 1 : 0,
            now,
            schedule.enabled ? dueAt : null,
        );
        return { id: Number(lastInsertRowid), dueAt };
    }

    #existing(input: Input): Row {
        const [group = "default", name = ""] = [textOf(input, "GroupName"), textOf(input, "Name")];
        const row = this.#find(group, name);
        if (row === undefined) throw notFound(`Schedule ${name} does not exist.`);
        return row;
    }

    #find(group: string, name: string): Row | undefined {
        return rowIn(this.#database.prepare("SELECT * FROM schedule WHERE grp = ? AND name = ?").get(group, name));
    }

    #rowOf(id: number): Row | undefined {
        return rowIn(this.#database.prepare("SELECT * FROM schedule WHERE id = ?").get(id));
    }

    #delete(id: number): void {
        this.#database.prepare("DELETE FROM schedule WHERE id = ?").run(id);
    }

    get #database() {
        return this.#settings.journal.database;
    }

    #arn({ group, name }: Schedule): string {
        return `arn:aws:scheduler:${this.#settings.region}:${account}:schedule/${group}/${name}`;
    }

    #groupArn(group: string): string {
        return `arn:aws:scheduler:${this.#settings.region}:${account}:schedule-group/${group}`;
    }
}

function rowIn(row: Readonly<Record<string, unknown>> | undefined): Row | undefined {
    if (row === undefined) return undefined;
    return {
        id: Number(row["id"]),
        definition: JSON.parse(String(row["definition"])),
        createdAt: Number(row["created_at"]),
    };
}

function targetCall({ target }: Schedule, text: string) {
    const { arn, messageGroupId } = target;
    if (arn.split(":")[2] === "lambda") {
        const input = { FunctionName: arn, InvocationType: "Event", Payload: text };
        return { service: "lambda", action: "Invoke", input } as const;
    }
    const input = {
        QueueUrl: queueUrl("http://127.0.0.1", arn),
        MessageBody: text,
        ...(messageGroupId !== undefined && { MessageGroupId: messageGroupId }),
    };
    return { service: "sqs", action: "SendMessage", input } as const;
}

const roleOf = (roleArn: string): Principal => ({ kind: "role", roleArn, session: "scheduler" });

/** The same request, sent again because its answer was lost. */
function isSameRequest(one: Input, other: Input): boolean {
    const token = textOf(one, "ClientToken");
    return token !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

const notFound = (message: string) => new AwsError("ResourceNotFoundException", message, 404);

const isoSeconds = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");

/** Age at an attempt by the waits it would have had on AWS, not by the clock: waits are shorter here. */
function ageInSeconds(attempt: number): number {
    let age = 0;
    for (let earlier = 1; earlier < attempt; earlier += 1) age += backoffSeconds(earlier, longestBackoffSeconds);
    return age;
}
