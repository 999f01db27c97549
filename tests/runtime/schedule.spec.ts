import { expect } from "chai";
import fc from "fast-check";
import { retryAfterOf } from "../../runtime/shared/retryAfter.ts";
import { type Failure, nextAttempt } from "../../runtime/webhookFanout/delivery/schedule.ts";
import { schedules } from "../../runtime/webhookFanout/endpoints/schedules.ts";

const second = 1000;
const hour = 3600 * second;
const start = Date.parse("2026-11-20T10:00:00.000Z");
const failure = (over: Partial<Failure> = {}): Failure => ({
    schedule: schedules.standard,
    attempt: 1,
    consecutive: 1,
    at: start,
    isOverloaded: false,
    ...over,
});
/** Milliseconds until the next attempt, at the middle of its range. */
const waitAfter = (over: Partial<Failure>, random = 0.5) => (nextAttempt(failure(over), random)?.dueAt ?? NaN) - start;
const retryUntil = start + 28 * hour;

describe("the schedule of attempts", () => {
    const bases = [5, 300, 1800, 7200, 18_000, 36_000, 36_000];

    for (const [index, base] of bases.entries()) {
        it(`varies the wait of ${base} s by a fifth`, () => {
            const attempt = index + 1;

            expect(waitAfter({ attempt, retryUntil }, 0)).to.equal(base * 0.8 * second);
            expect(waitAfter({ attempt, retryUntil }, 1)).to.equal(base * 1.2 * second);
        });
    }

    it("doubles the first wait with each consecutive failure of the endpoint, up to the second wait", () => {
        const waits = [1, 2, 3, 4, 5, 6, 7, 100_000].map((consecutive) => waitAfter({ consecutive }) / second);
        expect(waits).to.deep.equal([5, 10, 20, 40, 80, 160, 300, 300]);
        expect(waitAfter({ consecutive: 100, attempt: 2, retryUntil })).to.equal(300 * second);
    });

    it("lets an overloaded endpoint rest for a minute at least", () => {
        expect(waitAfter({ isOverloaded: true })).to.equal(60 * second);
        expect(waitAfter({ isOverloaded: true, attempt: 2, retryUntil })).to.equal(300 * second);
    });

    const asked: [what: string, retryAfterMs: number, wait: number][] = [
        ["less than the schedule's wait", 60 * second, 300],
        ["a little more", 400 * second, 400],
        ["more than twice the wait", 86_400 * second, 600],
    ];
    for (const [what, retryAfterMs, wait] of asked) {
        it(`waits ${wait} s where 5 min are due and the endpoint asks for ${what}`, () => {
            expect(waitAfter({ attempt: 2, retryUntil, retryAfterMs }, 0)).to.equal(wait * second);
        });
    }

    it("follows the endpoint's own schedule, for as many full hours as it takes", () => {
        const own = (attempt: number, at = start) =>
            nextAttempt(failure({ schedule: schedules.brief, attempt, at, retryUntil: start + hour }), 0.5);
        expect([1, 2, 3, 4].map((attempt) => own(attempt)?.dueAt)).to.deep.equal([
            start + 5000,
            start + 30_000,
            start + 300_000,
            undefined,
        ]);
        expect(nextAttempt(failure({ schedule: [7], attempt: 1, consecutive: 9 }), 0.5)?.dueAt).to.equal(start + 7000);
        expect(own(1)?.retryUntil).to.equal(start + hour);
    });

    it("plans nothing beyond 28 hours after the first attempt", () => {
        const at = retryUntil - 2 * hour;

        expect(nextAttempt(failure({ attempt: 7, at, retryUntil }), 0.5)).to.deep.equal({
            dueAt: retryUntil,
            retryUntil,
        });
        expect(nextAttempt(failure({ attempt: 7, at: retryUntil, retryUntil }), 0.5)).to.equal(undefined);
    });

    it("has at most eight attempts within 28 hours, whatever the endpoint asks for", () => {
        const answers = fc.array(
            fc.record({
                random: fc.double({ min: 0, max: 1, noNaN: true }),
                consecutive: fc.integer({ min: 1, max: 1_000_000 }),
                isOverloaded: fc.boolean(),
                retryAfterMs: fc.nat(100 * hour),
            }),
            { minLength: 8, maxLength: 8 },
        );
        fc.assert(
            fc.property(answers, (replies) => {
                let plan: ReturnType<typeof nextAttempt> = { dueAt: start, retryUntil };
                let attempt = 0;
                for (const { random, ...reply } of replies) {
                    attempt += 1;
                    const at = plan.dueAt;
                    plan = nextAttempt(
                        { schedule: schedules.standard, attempt, at, retryUntil: plan.retryUntil, ...reply },
                        random,
                    );
                    if (plan === undefined) break;
                    expect(plan.dueAt).to.be.greaterThan(at);
                    expect(plan.dueAt).to.be.at.most(start + 28 * hour);
                }
                expect(plan).to.equal(undefined);
            }),
        );
    });
});

describe("Retry-After", () => {
    const cases: [header: string | undefined, ms: number | undefined][] = [
        ["120", 120 * second],
        [" 0 ", 0],
        ["Fri, 20 Nov 2026 10:02:00 GMT", 120 * second],
        ["Fri, 20 Nov 2026 09:00:00 GMT", 0],
        ["soon", undefined],
        ["-5", undefined],
        [undefined, undefined],
    ];
    for (const [header, ms] of cases) {
        it(`${header === undefined ? "left out" : `"${header}"`} asks for ${ms === undefined ? "nothing" : `${ms} ms`}`, () => {
            expect(retryAfterOf(header, start)).to.equal(ms);
        });
    }
});
