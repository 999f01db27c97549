import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StateInUseError, TaskQueue } from "./taskQueue.ts";

/** The state cannot be used as it is; the message names the file and the remedy. */
export class StateError extends Error {
    override readonly name = "StateError";
}

/** Where the cloud's own memory is, and where the storage engines keep theirs. */
const own = "cloud.db";
const engines = ["dynamodb.db", "fauxqs.db"];
/** Less is not enough for an empty state. */
const leastFreeBytes = 4 * 2 ** 20;

/**
 * Opens the state in `directory`, which is made when it does not exist. Damaged, read-only or full state is reported here, by
 * the file: the engines would say so in their own words, or not before a request meets the damage.
 * @param fresh deletes what earlier runs have stored, damaged or not.
 * @throws StateInUseError when another cloud uses it.
 * @throws StateError
 */
export function openState(directory: string, fresh: boolean, mayProceed: () => Promise<void>): TaskQueue {
    explained(directory, () => {
        makeFolder(directory);
        if (fresh) return;
        const { bavail, bsize } = statfsSync(directory);
        if (bavail * bsize < leastFreeBytes) throw new Error("its disk is full");
    });
    const file = join(directory, own);
    const open = () => new TaskQueue(file, mayProceed);
    if (fresh) return explained(directory, () => emptied(directory, open));
    const taskQueue = explained(file, open);
    try {
        explained(file, () => check(taskQueue.database));
        for (const name of engines) explained(join(directory, name), () => checkFile(join(directory, name)));
        return taskQueue;
    } catch (error) {
        taskQueue.close();
        throw error;
    }
}

/** Not by `recursive`: with it Node asks for ever where a file system refuses any folder by "no such file" (/proc). */
function makeFolder(directory: string): void {
    if (existsSync(directory)) return;
    makeFolder(dirname(directory));
    mkdirSync(directory);
}

/** Forgets everything, and opens what is left. What is not the cloud's own is left alone. */
function emptied(directory: string, open: () => TaskQueue): TaskQueue {
    // Only with the task queue open, or damaged beyond that, it is certain that no other cloud uses this state.
    const forget = (names: RegExp) => {
        for (const name of readdirSync(directory).filter((entry) => names.test(entry))) {
            rmSync(join(directory, name), { recursive: true, force: true });
        }
    };
    const stored = /^(dynamodb|fauxqs)\.db|^(functions|trace)$/;
    let taskQueue: TaskQueue | undefined;
    try {
        taskQueue = open();
        forget(stored);
        check(taskQueue.database);
        taskQueue.forgetAll();
        return taskQueue;
    } catch (error) {
        if (error instanceof StateInUseError) throw error;
        taskQueue?.close();
        forget(stored);
        forget(/^cloud\.db/);
        return open();
    }
}

function checkFile(file: string): void {
    if (!existsSync(file)) return;
    // The engine of a cloud that has just been killed may be about to end.
    const database = new DatabaseSync(file, { timeout: 5000 });
    try {
        check(database);
    } finally {
        database.close();
    }
}

/** @throws when the database is damaged or cannot be written */
function check(database: DatabaseSync): void {
    const faults = database.prepare("PRAGMA quick_check(1)").all().flatMap(Object.values);
    if (faults[0] !== "ok") throw new Error(`damaged: ${faults.join(", ").replaceAll("\n", " ")}`);
    // That it may not be written shows in a write only, not in the beginning of a transaction.
    database.exec("BEGIN IMMEDIATE; CREATE TABLE write_check (value); ROLLBACK");
}

/** Runs a step that needs a file or folder of the state. */
function explained<Result>(path: string, step: () => Result): Result {
    try {
        return step();
    } catch (error) {
        if (error instanceof StateInUseError) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        if (reason.includes("locked"))
            throw new StateInUseError(`${path} is in use by another process`, { cause: error });
        throw new StateError(
            `the state in ${path} cannot be used (${reason}): make room or repair it, forget it with --fresh, or name another folder with LOCAL_STATE_DIR`,
            { cause: error },
        );
    }
}
