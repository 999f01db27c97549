import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    CreateScheduleCommand,
    type CreateScheduleCommandInput,
    DeleteScheduleCommand,
    GetScheduleCommand,
    SchedulerClient,
} from "@aws-sdk/client-scheduler";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { AwsError } from "../../src/aws/call.ts";
import type { PolicyDocument } from "../../src/identity/principal.ts";
import { parseExpression } from "../../src/scheduler/expression.ts";
import {
    allow,
    type Cloud,
    type CloudDefinition,
    eventually,
    failure,
    functionArn,
    queueArn,
    receive,
    roleArn,
    startCloud,
} from "../endpoint/startedCloud.ts";

const groupArn = (name: string) => `arn:aws:scheduler:eu-west-1:000000000000:schedule-group/${name}`;
const scheduleArn = (path: string) => `arn:aws:scheduler:eu-west-1:000000000000:schedule/${path}`;

/** The trust policy of a role that schedules of a group may take on. */
const trusted = (group: string): PolicyDocument => ({
    Version: "2012-10-17",
    Statement: {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceArn": groupArn(group) } },
    },
});

const definition: CloudDefinition = {
    scheduleGroups: ["later"],
    functions: ["ticker"],
    roles: {
        waker: allow(
            ["sqs:SendMessage", "lambda:InvokeFunction"],
            [queueArn("woken"), queueArn("failed"), functionArn("ticker")],
        ),
        planner: {
            Statement: [
                { Effect: "Allow", Action: "scheduler:CreateSchedule", Resource: scheduleArn("later/*") },
                {
                    Effect: "Allow",
                    Action: "iam:PassRole",
                    Resource: roleArn("waker"),
                    Condition: { StringEquals: { "iam:PassedToService": "scheduler.amazonaws.com" } },
                },
            ],
        },
        "without-passing": allow("scheduler:CreateSchedule", scheduleArn("later/*")),
    },
    resourcePolicies: { [roleArn("waker")]: trusted("later") },
};

/** `at(…)`, so many seconds from now. */
const inSeconds = (seconds: number) => `at(${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)})`;

function schedule(name: string, over: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput {
    return {
        Name: name,
        GroupName: "later",
        ScheduleExpression: inSeconds(600),
        FlexibleTimeWindow: { Mode: "OFF" },
        ActionAfterCompletion: "DELETE",
        Target: { Arn: queueArn("woken"), RoleArn: roleArn("waker"), Input: JSON.stringify({ wake: name }) },
        ...over,
    };
}

const next = async (cloud: Cloud, queue: string) => (await receive(cloud, queue))[0] ?? {};

async function createQueues(cloud: Cloud): Promise<void> {
    const sqs = new SQSClient(cloud.as());
    for (const QueueName of ["woken", "failed", "private"]) await sqs.send(new CreateQueueCommand({ QueueName }));
    sqs.destroy();
}

describe("EventBridge Scheduler", () => {
    let cloud: Cloud;
    let scheduler: SchedulerClient;
    let planner: SchedulerClient;

    before(async () => {
        cloud = await startCloud(definition);
        await createQueues(cloud);
        scheduler = new SchedulerClient(cloud.as());
        planner = new SchedulerClient(cloud.as("planner"));
    });
    after(() => cloud.stop());

    const create = (input: CreateScheduleCommandInput, client = scheduler) =>
        client.send(new CreateScheduleCommand(input));
    const get = (Name: string) => scheduler.send(new GetScheduleCommand({ Name, GroupName: "later" }));

    it("sends to a queue when the time has come, sooner by the cloud's factor, and forgets the schedule", async () => {
        const { ScheduleArn } = await create(schedule("once"), planner);

        expect(ScheduleArn).to.equal(scheduleArn("later/once"));
        expect((await next(cloud, "woken")).Body).to.equal('{"wake":"once"}');
        const gone = await eventually(() =>
            get("once").then(
                () => undefined,
                (error: Error) => error,
            ),
        );
        expect(gone.name).to.equal("ResourceNotFoundException");
    });

    it("does not wake before that", async () => {
        const begun = Date.now();
        await create(schedule("not-yet", { ScheduleExpression: inSeconds(1000) }));

        expect((await next(cloud, "woken")).Body).to.equal('{"wake":"not-yet"}');
        // A thousandth of the wait, of which whole seconds are given.
        expect(Date.now() - begun).to.be.at.least(990);
    });

    it("invokes a function, with what the schedule gives it", async () => {
        const Target = { Arn: functionArn("ticker"), RoleArn: roleArn("waker"), Input: '{"tick":true}' };
        await create(schedule("function", { Target }));

        const { arn, payload } = await eventually(() =>
            cloud.invoked.find(({ payload: text }) => text.includes("tick")),
        );
        expect([arn, payload]).to.deep.equal([functionArn("ticker"), '{"tick":true}']);
    });

    it("says what it is when the schedule gives nothing", async () => {
        await create(schedule("bare", { Target: { Arn: queueArn("woken"), RoleArn: roleArn("waker") } }));

        expect(JSON.parse((await next(cloud, "woken")).Body ?? "")).to.include({
            source: "aws.scheduler",
            "detail-type": "Scheduled Event",
            region: "eu-west-1",
        });
    });

    it("puts the facts of the occurrence into the input where it asks for them", async () => {
        const Input = "<aws.scheduler.schedule-arn> <aws.scheduler.scheduled-time> <aws.scheduler.attempt-number>";
        const ScheduleExpression = "at(2026-01-02T03:04:05)";
        const Target = { Arn: queueArn("woken"), RoleArn: roleArn("waker"), Input };
        await create(schedule("facts", { ScheduleExpression, Target }));

        expect((await next(cloud, "woken")).Body).to.equal(`${scheduleArn("later/facts")} 2026-01-02T03:04:05Z 1`);
    });

    it("tells what was planned, and drops it when it is deleted", async () => {
        const planned = schedule("planned", { ScheduleExpression: "rate(1 day)", ClientToken: "token" });
        await create(planned);

        const { $metadata: _, CreationDate, LastModificationDate: __, ...shown } = await get("planned");
        const { ClientToken: ___, ...expected } = planned;
        expect(shown).to.deep.equal({ ...expected, Arn: scheduleArn("later/planned"), State: "ENABLED" });
        expect(CreationDate?.getTime()).to.be.within(Date.now() - 60_000, Date.now());

        await scheduler.send(new DeleteScheduleCommand({ Name: "planned", GroupName: "later" }));
        expect((await failure(get("planned"))).name).to.equal("ResourceNotFoundException");
    });

    it("does nothing any more for a schedule that was deleted, or has another in its place", async () => {
        await create(schedule("replaced", { ScheduleExpression: inSeconds(300) }));
        await scheduler.send(new DeleteScheduleCommand({ Name: "replaced", GroupName: "later" }));
        const Target = { Arn: queueArn("woken"), RoleArn: roleArn("waker"), Input: "the other" };
        await create(schedule("replaced", { Target, ScheduleExpression: inSeconds(900) }));

        // The one that was deleted would have come first.
        expect((await next(cloud, "woken")).Body).to.equal("the other");
    });

    it("refuses a second schedule of a name, and knows the same request when it is sent again", async () => {
        const first = schedule("twice", { ScheduleExpression: "rate(1 day)", ClientToken: "token-1" });
        await create(first);

        expect(await create(first)).to.include({ ScheduleArn: scheduleArn("later/twice") });
        expect((await failure(create({ ...first, ClientToken: "token-2" }))).name).to.equal("ConflictException");
        const { ClientToken: _, ...without } = first;
        expect((await failure(create(without))).name).to.equal("ConflictException");
    });

    it("keeps a schedule that is disabled, and does not invoke its target", async () => {
        await create(schedule("disabled", { State: "DISABLED", ScheduleExpression: inSeconds(0) }));

        await create(schedule("enabled", { ScheduleExpression: inSeconds(300) }));

        // The one that is disabled was due before.
        expect((await next(cloud, "woken")).Body).to.equal('{"wake":"enabled"}');
        expect(await get("disabled")).to.include({ State: "DISABLED" });
    });

    const refused: [what: string, over: Partial<CreateScheduleCommandInput>, reason: RegExp][] = [
        ["in words", { ScheduleExpression: "tomorrow" }, /Invalid Schedule Expression/],
        ["at no time", { ScheduleExpression: "at(2026-13-40T00:00:00)" }, /Invalid Schedule Expression/],
        [
            "on a day that its month does not have",
            { ScheduleExpression: "at(2026-02-30T00:00:00)" },
            /Invalid Schedule/,
        ],
        ["on a leap day of another year", { ScheduleExpression: "at(2027-02-29T00:00:00)" }, /Invalid Schedule/],
        ["at midnight after the day", { ScheduleExpression: "at(2026-02-28T24:00:00)" }, /Invalid Schedule/],
        ["in no state", { State: "PAUSED" as "ENABLED" }, /state/],
        ["that does nothing known afterwards", { ActionAfterCompletion: "KEEP" as "NONE" }, /actionAfterCompletion/],
        ["in a window without an end", { FlexibleTimeWindow: { Mode: "FLEXIBLE" } }, /maximumWindowInMinutes/],
        ["with a token that is too long", { ClientToken: "t".repeat(65) }, /clientToken/],
        [
            "that is retried too often",
            {
                Target: {
                    Arn: queueArn("woken"),
                    RoleArn: roleArn("waker"),
                    RetryPolicy: { MaximumRetryAttempts: 186 },
                },
            },
            /maximumRetryAttempts/,
        ],
        [
            "that is too old at once",
            {
                Target: {
                    Arn: queueArn("woken"),
                    RoleArn: roleArn("waker"),
                    RetryPolicy: { MaximumEventAgeInSeconds: 59 },
                },
            },
            /maximumEventAgeInSeconds/,
        ],
        ["at no rate", { ScheduleExpression: "rate(0 minutes)" }, /Invalid Schedule Expression/],
        ["by cron, which the cloud has not", { ScheduleExpression: "cron(0 12 * * ? *)" }, /cron/],
        ["in a zone that the cloud has not", { ScheduleExpressionTimezone: "Europe/Berlin" }, /time zone/],
        ["under no name", { Name: "a b" }, /name/],
        [
            "for a target that the cloud has not",
            { Target: { Arn: "arn:aws:scheduler:::aws-sdk:sqs:sendMessage", RoleArn: roleArn("waker") } },
            /targets/,
        ],
        [
            "for a function with an input that is no JSON",
            { Target: { Arn: functionArn("ticker"), RoleArn: roleArn("waker"), Input: "tick" } },
            /JSON/,
        ],
        [
            "with a role that does not let it in",
            { Target: { Arn: queueArn("woken"), RoleArn: roleArn("planner") } },
            /allow AWS EventBridge Scheduler to assume the role/,
        ],
        ["with a role that lets in another group only", { GroupName: "default" }, /assume the role/],
    ];
    for (const [what, over, reason] of refused) {
        it(`refuses a schedule ${what}`, async () => {
            const error = await failure(create(schedule("refused", over)));

            expect(error.name).to.equal("ValidationException");
            expect(error.message).to.match(reason);
        });
    }

    it("refuses a schedule of a group that is not there", async () => {
        expect((await failure(create(schedule("lost", { GroupName: "nowhere" })))).name).to.equal(
            "ResourceNotFoundException",
        );
    });

    it("lets a caller plan only in its group, and only with a role that it may pass on", async () => {
        const elsewhere = await failure(create(schedule("elsewhere", { GroupName: "default" }), planner));
        expect(elsewhere.name).to.equal("AccessDeniedException");
        expect(elsewhere.message)
            .to.contain("scheduler:CreateSchedule")
            .and.to.contain(scheduleArn("default/elsewhere"));

        const Target = { Arn: queueArn("woken"), RoleArn: roleArn("planner") };
        const other = await failure(create(schedule("other", { Target }), planner));
        expect(other.message).to.contain("iam:PassRole").and.to.contain(roleArn("planner"));

        const poor = new SchedulerClient(cloud.as("without-passing"));
        expect((await failure(create(schedule("poor"), poor))).message).to.contain("iam:PassRole");
        expect(
            (await failure(planner.send(new GetScheduleCommand({ Name: "once", GroupName: "later" })))).name,
        ).to.equal("AccessDeniedException");
    });

    it("calls the target with the role's rights, and puts what is refused into the dead letters", async () => {
        const Target = {
            Arn: queueArn("private"),
            RoleArn: roleArn("waker"),
            Input: "undeliverable",
            DeadLetterConfig: { Arn: queueArn("failed") },
        };
        await create(schedule("forbidden", { Target }));

        const { Body, MessageAttributes = {} } = await next(cloud, "failed");
        expect(Body).to.equal("undeliverable");
        const attributes = Object.fromEntries(
            Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
        );
        expect(attributes).to.include({
            SCHEDULE_ARN: scheduleArn("later/forbidden"),
            TARGET_ARN: queueArn("private"),
            ERROR_CODE: "AccessDenied",
            RETRY_ATTEMPTS: "0",
        });
    });

    it("drops what neither its target nor a dead-letter queue takes, and says so", async () => {
        const Target = { Arn: queueArn("private"), RoleArn: roleArn("waker"), Input: "undeliverable" };
        await create(schedule("unburied", { Target }));
        await create(schedule("doubly", { Target: { ...Target, DeadLetterConfig: { Arn: queueArn("private") } } }));
        for (const [where, why] of [
            ["unburied", "has no dead-letter queue"],
            [scheduleArn("later/doubly"), "its dead-letter queue"],
        ] as const) {
            const dropped = await eventually(() => cloud.traceStore.dropped().find((entry) => entry.where === where));
            expect(dropped.text).to.include("dropped").and.include(why);
        }
    });

    it("tries again what a busy target does not take, as often as the schedule says", async () => {
        const Target = {
            Arn: functionArn("ticker"),
            RoleArn: roleArn("waker"),
            Input: '{"throttle":true}',
            RetryPolicy: { MaximumRetryAttempts: 2 },
            DeadLetterConfig: { Arn: queueArn("failed") },
        };
        await create(schedule("busy", { Target }));

        const { MessageAttributes = {} } = await next(cloud, "failed");
        expect(MessageAttributes["RETRY_ATTEMPTS"]?.StringValue).to.equal("2");
        expect(MessageAttributes["EXHAUSTED_RETRY_CONDITION"]?.StringValue).to.equal("MaximumRetryAttempts");
        expect(
            await eventually(() =>
                get("busy").then(
                    () => undefined,
                    (error: Error) => error.name,
                ),
            ),
        ).to.equal("ResourceNotFoundException");
    });
});

describe("Schedules over a crash", () => {
    let directory: string;
    let cloud: Cloud | undefined;

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "schedules-"));
    });
    afterEach(async () => {
        await cloud?.stop();
        rmSync(directory, { recursive: true, force: true });
    });

    it("are there afterwards, and wake once", async () => {
        cloud = await startCloud({ ...definition, directory });
        await createQueues(cloud);
        const scheduler = new SchedulerClient(cloud.as());
        await scheduler.send(new CreateScheduleCommand(schedule("kept", { ScheduleExpression: inSeconds(1500) })));
        scheduler.destroy();
        await cloud.crash();
        cloud = await startCloud({ ...definition, directory });

        expect(cloud.taskQueue.pending("schedule")).to.have.length(1);
        expect((await next(cloud, "woken")).Body).to.equal('{"wake":"kept"}');
        await eventually(() => (cloud?.taskQueue.pending("schedule").length === 0 ? true : undefined));
    });

    it("are planned again when the end came between accepting and planning them", async () => {
        cloud = await startCloud({ ...definition, directory });
        await createQueues(cloud);
        const scheduler = new SchedulerClient(cloud.as());
        await scheduler.send(new CreateScheduleCommand(schedule("between", { ScheduleExpression: inSeconds(3000) })));
        scheduler.destroy();
        cloud.taskQueue.database.exec("DELETE FROM work");
        await cloud.crash();
        cloud = await startCloud({ ...definition, directory });

        expect((await next(cloud, "woken")).Body).to.equal('{"wake":"between"}');
    });

    const ticking = {
        Name: "ticking",
        GroupName: "later",
        ScheduleExpression: "rate(5 minutes)",
        State: "ENABLED",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: { Arn: functionArn("ticker"), RoleArn: roleArn("waker") },
    };

    it("of the program go on where they were, and change with the program", async () => {
        cloud = await startCloud({ ...definition, directory, schedules: [ticking] });
        const [before, ...others] = cloud.taskQueue.pending("schedule");
        expect(others).to.deep.equal([]);
        expect((before?.dueAt ?? 0) - Date.now()).to.be.within(200_000, 300_000);
        await cloud.crash();

        cloud = await startCloud({ ...definition, directory, schedules: [ticking] });
        expect(cloud.taskQueue.pending("schedule")).to.deep.equal([before]);
        await cloud.crash();

        cloud = await startCloud({
            ...definition,
            directory,
            schedules: [{ ...ticking, ScheduleExpression: "rate(1 hour)" }],
        });
        expect(cloud.taskQueue.pending("schedule").map(({ dueAt }) => dueAt)).to.satisfy((times: number[]) =>
            times.some((time) => time > Date.now() + 3_500_000),
        );
        await cloud.crash();

        cloud = await startCloud({ ...definition, directory });
        const scheduler = new SchedulerClient(cloud.as());
        const gone = await failure(scheduler.send(new GetScheduleCommand({ Name: "ticking", GroupName: "later" })));
        expect(gone.name).to.equal("ResourceNotFoundException");
    });

    it("of the program that were due while the cloud was stopped are due once, and then at their rate", async () => {
        cloud = await startCloud({ ...definition, directory, schedules: [ticking] });
        // An hour later.
        cloud.taskQueue.database.exec("UPDATE schedule SET due_at = due_at - 3600000; DELETE FROM work");
        await cloud.crash();

        cloud = await startCloud({ ...definition, directory, schedules: [ticking] });
        const { invoked, taskQueue } = cloud;
        await eventually(() => (invoked.length > 0 && taskQueue.pending("schedule").length === 1 ? true : undefined));

        expect(invoked.map(({ arn }) => arn)).to.deep.equal([functionArn("ticker")]);
        expect((taskQueue.pending("schedule")[0]?.dueAt ?? 0) - Date.now()).to.be.within(200_000, 300_000);
    });
});

describe("A schedule's expression", () => {
    it("is a time or a rate", () => {
        expect(parseExpression("at(2026-11-20T10:00:00)")).to.deep.equal({
            kind: "at",
            time: Date.UTC(2026, 10, 20, 10),
        });
        expect(parseExpression("rate(5 minutes)")).to.deep.equal({ kind: "rate", seconds: 300 });
        expect(parseExpression("rate(1 hour)")).to.deep.equal({ kind: "rate", seconds: 3600 });
        expect(parseExpression("rate(2 days)")).to.deep.equal({ kind: "rate", seconds: 172_800 });
        for (const text of ["", "rate(5 seconds)", "rate(-1 hours)", "at(soon)", "rate(5 constructor)"]) {
            expect(() => parseExpression(text), text).to.throw(AwsError);
        }
    });
});
