import { AwsError } from "../aws/call.ts";
import { type Input, textOf } from "../aws/input.ts";
import { noOperation } from "../aws/refusals.ts";
import { type AwsService, account } from "../aws/service.ts";
import type { Outcome, Task } from "../taskQueue.ts";
import { type DeadLetter, Deliveries, type DeliverySettings, type Occurrence, scheduleArn } from "./deliveries.ts";
import { parseSchedule, type Schedule } from "./schedule.ts";

interface SchedulesSettings extends DeliverySettings {
    /** Names of the groups beside `default`, which every account has. */
    readonly groups: readonly string[];
    /** The program's own schedules, each in the shape of CreateSchedule. */
    readonly schedules: readonly Input[];
    /** Whether a role lets the Scheduler take it on, acting for a group. */
    mayAssume(roleArn: string, groupArn: string): boolean;
}

/** A schedule in the task queue's database. */
interface Row {
    /** Another one for what takes its place under its name, so that nothing planned for it is done by the other. */
    readonly id: number;
    readonly definition: Input;
    /** Milliseconds since the epoch: when it was created. */
    readonly createdAt: number;
}

const done: Outcome = { done: true };
const lanes = 32;
/** What a timer can wait: 24 days. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * EventBridge Scheduler. Schedules and what they still have to do are durable: nothing that was accepted is lost with the
 * process. A time to wait for (`at`) comes sooner by the cloud's factor; a rate is kept.
 */
export class Schedules implements AwsService {
    readonly #settings: SchedulesSettings;
    readonly #groups: ReadonlySet<string>;
    readonly #deliveries: Deliveries;

    /** Throws AwsError for a schedule of the program that CreateSchedule would refuse. */
    constructor(settings: SchedulesSettings) {
        this.#settings = settings;
        this.#deliveries = new Deliveries(settings);
        this.#groups = new Set(["default", ...settings.groups]);
        const { taskQueue } = settings;
        taskQueue.database.exec(`
            CREATE TABLE IF NOT EXISTS schedule (
                id INTEGER PRIMARY KEY AUTOINCREMENT, grp TEXT NOT NULL, name TEXT NOT NULL, definition TEXT NOT NULL,
                by_program INTEGER NOT NULL, created_at INTEGER NOT NULL, due_at INTEGER, UNIQUE (grp, name))`);
        taskQueue.handle<Occurrence>("schedule", lanes, (task) => this.#occur(task));
        taskQueue.handle<DeadLetter>("schedule dead letter", lanes, (task) => this.#deliveries.sendToDeadLetters(task));
        this.#provision(settings.schedules);
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
                    Arn: scheduleArn(schedule, this.#settings.region),
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
                Arn: scheduleArn(schedule, this.#settings.region),
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
        return scheduleArn(schedule, this.#settings.region);
    }

    /** The program's schedules as they are now; one that has not changed goes on where it was. */
    #provision(definitions: readonly Input[]): void {
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
            this.#settings.taskQueue.pending("schedule").map(({ payload }) => JSON.stringify(payload)),
        );
        const rows = this.#database.prepare("SELECT id, due_at FROM schedule WHERE due_at IS NOT NULL").all();
        for (const row of rows) {
            const occurrence: Occurrence = { id: Number(row["id"]), dueAt: Number(row["due_at"]) };
            if (!planned.has(JSON.stringify(occurrence))) this.#plan(occurrence);
        }
    }

    #plan({ id, dueAt }: Occurrence): void {
        const delayMs = Math.min(Math.max(0, dueAt - Date.now()), longestTimerMs);
        this.#settings.taskQueue.add([{ kind: "schedule", payload: { id, dueAt }, delayMs }]);
    }

    async #occur({ payload, attempt }: Task<Occurrence>): Promise<Outcome> {
        const row = this.#rowOf(payload.id);
        if (row === undefined) return done;
        if (payload.dueAt > Date.now()) {
            this.#plan(payload);
            return done;
        }
        const schedule = parseSchedule(row.definition);
        this.#advance(payload, schedule);
        const failure = await this.#deliveries.invoke(schedule, payload, attempt);
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
        return this.#settings.taskQueue.database;
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

/** The same request, sent again because its answer was lost. */
function isSameRequest(one: Input, other: Input): boolean {
    const token = textOf(one, "ClientToken");
    return token !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

const notFound = (message: string) => new AwsError("ResourceNotFoundException", message, 404);
