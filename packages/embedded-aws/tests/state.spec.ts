import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { openState, StateError } from "../src/state.ts";
import { StateInUseError, type TaskQueue } from "../src/taskQueue.ts";

const damages: Readonly<Record<string, (file: string) => void>> = {
    "no database": (file) => writeFileSync(file, "damaged".repeat(1000)),
    "a database with a damaged page": (file) => {
        const content = readFileSync(file);
        const page = content.readUInt16BE(16);
        writeFileSync(file, content.fill(7, content.length - page));
    },
    "cut off": (file) => {
        const content = readFileSync(file);
        writeFileSync(file, content.subarray(0, content.length - content.readUInt16BE(16)));
    },
    "a folder": (file) => {
        rmSync(file);
        mkdirSync(file);
    },
    // Of a version of SQLite's format that may be read only: permissions would not keep an administrator from writing.
    "read-only": (file) => {
        const content = readFileSync(file);
        content[18] = 9;
        writeFileSync(file, content);
    },
};

describe("the state", () => {
    let directory: string;
    const opened: TaskQueue[] = [];

    function open(fresh = false): TaskQueue {
        const taskQueue = openState(directory, fresh, async () => {});
        opened.push(taskQueue);
        return taskQueue;
    }

    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "state-"));
        const taskQueue = open();
        taskQueue.atomically(() => {
            for (let fact = 0; fact < 2000; fact += 1) taskQueue.remember(`fact ${fact}`, "x".repeat(100));
        });
        taskQueue.close();
        for (const name of ["dynamodb.db", "fauxqs.db"]) {
            const database = new DatabaseSync(join(directory, name));
            database.exec("CREATE TABLE item (content TEXT); BEGIN");
            const insert = database.prepare("INSERT INTO item VALUES (?)");
            for (let item = 0; item < 200; item += 1) insert.run("x".repeat(1000));
            database.exec("COMMIT");
            database.close();
        }
        writeFileSync(join(directory, "notes.txt"), "notes of a person");
    });

    afterEach(() => {
        for (const { database } of opened.splice(0)) if (database.isOpen) database.close();
        rmSync(directory, { recursive: true, force: true });
    });

    for (const name of ["cloud.db", "dynamodb.db", "fauxqs.db"]) {
        for (const [damage, inflict] of Object.entries(damages)) {
            it(`says that ${name} is ${damage}, and how to go on; --fresh does`, () => {
                const file = join(directory, name);
                inflict(file);
                for (const attempt of [1, 2]) {
                    expect(() => open(), `attempt ${attempt}`)
                        .to.throw(StateError, file)
                        .with.property("message")
                        .that.includes("with --fresh")
                        .and.does.not.include("\n");
                }
                const taskQueue = open(true);
                expect(taskQueue.recallAll("")).to.deep.equal([]);
                taskQueue.remember("fact", "new");
                taskQueue.close();
                expect(open().recall("fact")).to.equal("new");
                expect(readFileSync(join(directory, "notes.txt"), "utf8")).to.equal("notes of a person");
            });
        }
    }

    it("is left alone by --fresh while another one uses it", () => {
        const taskQueue = open();
        for (const fresh of [false, true]) expect(() => open(fresh)).to.throw(StateInUseError, "is in use");
        expect(taskQueue.recall("fact 1")).to.equal("x".repeat(100));
        expect(readFileSync(join(directory, "fauxqs.db")).length).to.be.above(10_000);
    });

    it("says that an engine's file is in use by another process", () => {
        const database = new DatabaseSync(join(directory, "dynamodb.db"));
        database.exec("BEGIN EXCLUSIVE");
        try {
            expect(() => open()).to.throw(StateInUseError, "dynamodb.db is in use");
        } finally {
            database.close();
        }
    });

    it("says where it is when nothing more can be written there", () => {
        const folder = join(directory, "limited");
        const program = `
            const { openState } = await import(${JSON.stringify(join(import.meta.dirname, "../src/state.ts"))});
            try { openState(${JSON.stringify(folder)}, false, async () => {}); } catch (error) { console.log(error.name, error.message); }`;
        // As a disk without room does: no file may have a byte.
        const limited = ["-c", 'ulimit -f 0; exec "$@"', "sh", process.execPath, "--input-type=module", "-e", program];
        const { stdout } = spawnSync("sh", limited, { encoding: "utf8" });
        expect(stdout)
            .to.match(/^StateError /)
            .and.to.include(folder)
            .and.to.include("LOCAL_STATE_DIR");
    });

    it("says that its folder cannot be made, and does not try for ever", () => {
        const program = `
            const { openState } = await import(${JSON.stringify(join(import.meta.dirname, "../src/state.ts"))});
            try { openState("/proc/nowhere/dev", false, async () => {}); } catch (error) { console.log(error.name, error.message); }`;
        const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
            encoding: "utf8",
            timeout: 20_000,
        });
        expect(stdout).to.match(/^StateError .*\/proc\/nowhere/);
    });

    it("says that a file is where its folder should be", () => {
        const file = join(directory, "notes.txt");
        for (const fresh of [false, true]) {
            expect(() => openState(join(file, "dev"), fresh, async () => {})).to.throw(StateError, file);
        }
    });
});
