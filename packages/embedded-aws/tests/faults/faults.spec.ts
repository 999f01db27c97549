import { expect } from "chai";
import { AwsError } from "../../src/aws/call.ts";
import { type Input, partsOf } from "../../src/aws/input.ts";
import { ConnectionLostError, Faults } from "../../src/faults/faults.ts";
import { type FaultPlan, faultPlanFrom } from "../../src/faults/plan.ts";
import type { Principal } from "../../src/identity/principal.ts";
import { Waits } from "../../src/waits.ts";

const program: Principal = { kind: "role", roleArn: "arn:aws:iam::000000000000:role/store", session: "order-store" };
const always: FaultPlan = { seed: 7, rate: 1 };
const calls = 200;

const faultsBy = (plan: FaultPlan) => new Faults(plan, { trace: () => {}, waits: new Waits(0.001) });

/** What becomes of a call that is made many times: for each, what was done and what was answered. */
async function coursesOf(
    plan: FaultPlan,
    caller: Principal,
    service: "dynamodb" | "sqs" | "events",
    action: string,
    input: Input,
) {
    const faults = faultsBy(plan);
    const courses: { readonly done: Input | undefined; readonly answer: unknown }[] = [];
    for (let call = 0; call < calls; call += 1) {
        let done: Input | undefined;
        const perform = async (asked: Input) => {
            done = asked;
            const results = partsOf(asked, "Entries").map(({ Id }) => ({ Id, EventId: "taken" }));
            return { Successful: results, Entries: results, FailedEntryCount: 0 };
        };
        const course = faults.ofCall(caller, service, action, input);
        const answer = await (course ? course(perform) : perform(input)).catch((error: unknown) => error);
        courses.push({ done, answer });
    }
    return courses;
}

const codesOf = (courses: readonly { readonly answer: unknown }[]) =>
    new Set(courses.flatMap(({ answer }) => (answer instanceof Error ? [answer.name] : [])));

describe("LOCAL_FAULTS", () => {
    it("is a seed, and a rate from above 0 to 0.5", () => {
        expect(faultPlanFrom(undefined)).to.equal(undefined);
        expect(faultPlanFrom("")).to.equal(undefined);
        expect(faultPlanFrom("7")).to.deep.equal({ seed: 7, rate: 0.05 });
        expect(faultPlanFrom("12:0.2")).to.deep.equal({ seed: 12, rate: 0.2 });
        for (const wrong of ["seven", "-1", "7:", "7:0", "7:0.6", "7:1e-2", "7:0.1:2", "1234567890", " 7"]) {
            expect(() => faultPlanFrom(wrong), wrong).to.throw(
                /^LOCAL_FAULTS is .*: set a whole number as the seed .*$/,
            );
        }
    });

    it("disturbs the same calls for the same seed, others for another, and as many as the rate says", async () => {
        const disturbed = async (plan: FaultPlan) => {
            const courses = await coursesOf(plan, program, "sqs", "SendMessage", { MessageBody: "x" });
            return courses.flatMap(({ answer }, index) => (answer instanceof Error ? [`${index} ${answer.name}`] : []));
        };
        const first = await disturbed({ seed: 7, rate: 0.2 });
        expect(await disturbed({ seed: 7, rate: 0.2 })).to.deep.equal(first);
        expect(await disturbed({ seed: 8, rate: 0.2 })).not.to.deep.equal(first);
        expect(first.length / calls).to.be.within(0.1, 0.3);
    });

    it("spares the administrator and what reads queues and streams", async () => {
        const reader: Principal = { ...program, session: "event-source-mapping" };
        for (const caller of [{ kind: "administrator" } as const, reader]) {
            const courses = await coursesOf(always, caller, "sqs", "SendMessage", { MessageBody: "x" });
            expect(courses.filter(({ answer }) => answer instanceof Error)).to.deep.equal([]);
        }
    });

    it("refuses a call before it is done, or loses its answer after that", async () => {
        const courses = await coursesOf(always, program, "sqs", "SendMessage", { MessageBody: "x" });
        for (const { done, answer } of courses) {
            const isLost =
                answer instanceof ConnectionLostError || (answer instanceof AwsError && answer.status === 500);
            expect(done !== undefined, String(answer)).to.equal(isLost);
        }
        expect(codesOf(courses)).to.have.all.keys("RequestThrottled", "ConnectionLostError", "InternalServerError");
    });

    it("cancels transactions, and other writes only of tables that transactions write", async () => {
        const put = { TableName: "orders", Item: {} };
        const alone = await coursesOf(always, program, "dynamodb", "PutItem", put);
        expect(codesOf(alone)).not.to.include("TransactionConflictException");
        const faults = faultsBy(always);
        const transaction = { TransactItems: [{ Put: put }, { Put: put }] };
        const reasons = new Set<unknown>();
        const codes = new Set<string>();
        for (let call = 0; call < calls; call += 1) {
            for (const [action, input] of [
                ["TransactWriteItems", transaction],
                ["PutItem", put],
            ] as const) {
                const error = await faults
                    .ofCall(
                        program,
                        "dynamodb",
                        action,
                        input,
                    )?.(async () => ({}))
                    .catch((fault: unknown) => fault);
                if (!(error instanceof AwsError)) continue;
                codes.add(`${action} ${error.code}`);
                for (const { Code } of partsOf(error.details, "CancellationReasons")) reasons.add(Code);
            }
        }
        expect(codes).to.include.keys(
            "TransactWriteItems TransactionCanceledException",
            "PutItem TransactionConflictException",
        );
        expect(reasons).to.have.all.keys("None", "TransactionConflict", "ThrottlingError");
    });

    it("leaves out entries of calls that succeed, and says which", async () => {
        const ids = ["0", "1", "2", "3"];
        const Entries = ids.map((Id) => ({ Id, MessageBody: "x" }));
        for (const [service, action] of [
            ["sqs", "SendMessageBatch"],
            ["events", "PutEvents"],
        ] as const) {
            const courses = await coursesOf(always, program, service, action, { Entries });
            const partial = courses.filter(({ answer }) => !(answer instanceof Error));
            expect(partial.length, action).to.be.greaterThan(calls / 6);
            for (const { done, answer } of partial) {
                const taken = partsOf(done ?? {}, "Entries").map(({ Id }) => Id);
                const output = answer as Input;
                if (action === "PutEvents") {
                    const entries = partsOf(output, "Entries");
                    expect(entries.map(({ ErrorCode }) => ErrorCode === undefined)).to.deep.equal(
                        ids.map((id) => taken.includes(id)),
                    );
                    expect(output["FailedEntryCount"]).to.equal(ids.length - taken.length);
                } else {
                    expect(partsOf(output, "Successful").map(({ Id }) => Id)).to.deep.equal(taken);
                    expect([...taken, ...partsOf(output, "Failed").map(({ Id }) => Id)]).to.have.members(ids);
                }
            }
        }
    });

    it("leaves items of a batch unprocessed", async () => {
        const Keys = ["a", "b", "c"].map((S) => ({ id: { S } }));
        const input = { RequestItems: { orders: { Keys, ConsistentRead: true } } };
        const courses = await coursesOf(always, program, "dynamodb", "BatchGetItem", input);
        for (const { done, answer } of courses) {
            if (answer instanceof Error) continue;
            const left = (answer as { UnprocessedKeys: Record<string, Input> }).UnprocessedKeys["orders"] ?? {};
            const asked = (done?.["RequestItems"] ?? {}) as Record<string, Input>;
            expect([...partsOf(asked["orders"] ?? {}, "Keys"), ...partsOf(left, "Keys")]).to.have.deep.members(Keys);
        }
    });

    it("brings a queue's batch twice, late, in another order or not at all, and a stream's twice or not at all", async () => {
        const seen = { "aws:sqs": new Set<string>(), "aws:dynamodb": new Set<string>() };
        for (const source of ["aws:sqs", "aws:dynamodb"] as const) {
            const faults = faultsBy(always);
            const payload = JSON.stringify({ Records: ["1", "2"].map((id) => ({ id, eventSource: source })) });
            for (let call = 0; call < calls; call += 1) {
                const got: string[] = [];
                const invoke = async (batch: string) => {
                    got.push(
                        JSON.parse(batch)
                            .Records.map(({ id }: { id: string }) => id)
                            .join(""),
                    );
                    return { requestId: "r", payload: "null" };
                };
                await faults
                    .ofBatch("arn:aws:lambda:eu-west-1:0:function:store", payload, invoke)
                    .catch(() => got.push("refused"));
                seen[source].add(got.join(" "));
            }
        }
        expect(seen["aws:sqs"]).to.have.all.keys("refused", "12 12", "12", "21");
        expect(seen["aws:dynamodb"]).to.have.all.keys("refused", "12 12");
    });

    it("counts what it has done", async () => {
        const faults = faultsBy(always);
        expect(faults.counts()).to.deep.equal({});
        await faults
            .ofCall(
                program,
                "dynamodb",
                "GetItem",
                {},
            )?.(async () => ({}))
            .catch(() => {});
        expect(faults.counts()).to.deep.equal({ "throttled order-store dynamodb:GetItem": 1 });
    });
});
