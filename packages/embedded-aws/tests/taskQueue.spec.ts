import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { StateInUseError, type Task, TaskQueue } from "../src/taskQueue.ts";
import { until } from "./triggers/waiting.ts";

describe("The task queue", () => {
    const directory = mkdtempSync(join(tmpdir(), "tasks-"));
    const opened: TaskQueue[] = [];

    afterEach(() => {
        for (const taskQueue of opened.splice(0)) if (taskQueue.database.isOpen) taskQueue.close();
    });
    after(() => rmSync(directory, { recursive: true, force: true }));

    function open(name = ":memory:", mayProceed?: () => Promise<void>): TaskQueue {
        const taskQueue = new TaskQueue(name === ":memory:" ? name : join(directory, name), mayProceed);
        opened.push(taskQueue);
        return taskQueue;
    }

    it("has work done that was added before and after its start, and forgets it then", async () => {
        const taskQueue = open();
        const seen: unknown[] = [];
        taskQueue.handle("note", 1, async ({ payload, attempt }) => {
            seen.push([payload, attempt]);
            return { done: true };
        });
        taskQueue.add([{ kind: "note", payload: "early" }]);
        expect(seen).to.deep.equal([]);
        taskQueue.start();
        taskQueue.add([{ kind: "note", payload: { late: true } }]);
        await until(() => taskQueue.pending().length === 0, "the work");
        expect(seen).to.deep.equal([
            ["early", 1],
            [{ late: true }, 1],
        ]);
    });

    it("accepts all entries or, when one cannot be written, none", () => {
        const taskQueue = open();
        const circle: { self?: unknown } = {};
        circle.self = circle;
        const add = () => {
            taskQueue.add([
                { kind: "note", payload: 1 },
                { kind: "note", payload: circle },
            ]);
        };
        expect(add).to.throw(TypeError);
        expect(taskQueue.pending()).to.deep.equal([]);
    });

    it("takes up in the next run what was not done, with the attempts already made", async () => {
        const before = open("restart.db");
        before.handle("note", 1, async () => ({ retryInMs: 60_000, reason: "not today" }));
        before.start();
        before.add([{ kind: "note", payload: "a" }]);
        await until(() => before.pending()[0]?.attempt === 2, "the first attempt");
        before.close();

        const after = open("restart.db");
        expect(after.pending("note")[0]).to.include({ payload: "a", attempt: 2 });
        expect(after.pending("another")).to.deep.equal([]);
    });

    it("keeps work whose handler throws, says why, and tries it again", async () => {
        const taskQueue = open();
        const attempts: number[] = [];
        taskQueue.handle("note", 1, async ({ attempt }) => {
            attempts.push(attempt);
            if (attempt === 1) throw new RangeError("a fault of the handler");
            return { done: true };
        });
        taskQueue.start();
        taskQueue.add([{ kind: "note", payload: "a" }]);
        await until(() => taskQueue.pending()[0]?.reason !== undefined, "the reason");
        expect(taskQueue.pending()[0]).to.include({ attempt: 2, reason: "RangeError: a fault of the handler" });
        await until(() => taskQueue.pending().length === 0, "the second attempt");
        expect(attempts).to.deep.equal([1, 2]);
    });

    it("runs no more work of a kind at a time than its concurrency, and other kinds beside it", async () => {
        const taskQueue = open();
        const release = Promise.withResolvers<void>();
        const running: string[] = [];
        const task = async ({ kind }: Task) => {
            running.push(kind);
            await release.promise;
            return { done: true } as const;
        };
        taskQueue.handle("narrow", 2, task);
        taskQueue.handle("other", 1, task);
        taskQueue.start();
        taskQueue.add(["narrow", "narrow", "narrow", "other"].map((kind) => ({ kind, payload: null })));
        await until(() => running.includes("other"), "the other kind");
        expect(running).to.deep.equal(["narrow", "narrow", "other"]);
        release.resolve();
        await until(() => taskQueue.pending().length === 0, "all work");
        expect(running).to.have.length(4);
    });

    it("begins an attempt only when it may proceed", async () => {
        const gate = Promise.withResolvers<void>();
        const taskQueue = open(":memory:", () => gate.promise);
        let done = 0;
        taskQueue.handle("note", 1, async () => {
            done += 1;
            return { done: true };
        });
        taskQueue.start();
        taskQueue.add([{ kind: "note", payload: null }]);
        await new Promise(setImmediate);
        expect(done).to.equal(0);
        gate.resolve();
        await until(() => done === 1, "the attempt");
    });

    it("keeps facts over a restart, and forgets everything when asked to", () => {
        const before = open("facts.db");
        before.remember("position a", { at: 1 });
        before.remember("position b", { at: 2 });
        before.remember("position b", { at: 3 });
        before.close();

        const after = open("facts.db");
        expect(after.recall("position a")).to.deep.equal({ at: 1 });
        expect(after.recall("position c")).to.equal(undefined);
        expect(after.recallAll("position ").map(({ value }) => value)).to.deep.equal([{ at: 1 }, { at: 3 }]);
        after.add([{ kind: "note", payload: null }]);
        after.forgetAll();
        expect(after.recallAll("")).to.deep.equal([]);
        expect(after.pending()).to.deep.equal([]);
    });

    it("belongs to one process at a time", () => {
        open("taken.db");
        expect(() => open("taken.db")).to.throw(StateInUseError, "is in use by another process");
    });
});
