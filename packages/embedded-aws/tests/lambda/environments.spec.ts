import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { AwsError } from "../../src/aws/call.ts";
import { InitError } from "../../src/lambda/fleet.ts";
import { arnOf, definition, endHosts, folder, hosted, isAlive, parsed, until } from "./hosted.ts";

/** Waits in the handler until a file is there, having left one named after the event: tests decide when it goes on. */
const waitsForFile = `import { existsSync, writeFileSync } from "node:fs";
    let n = 0;
    export const handler = async ({ arrive, waitFor }) => {
        n += 1;
        if (arrive) writeFileSync(arrive, String(process.pid));
        while (waitFor && !existsSync(waitFor)) await new Promise((resolve) => setTimeout(resolve, 2));
        return { n, pid: process.pid };
    };`;

/** The same, without ever leaving the processor. */
const worksUntilFile = waitsForFile.replace("setTimeout(resolve, 2)", "setImmediate(resolve)");

function event(place: string, arrive: string, waitFor: string): string {
    return JSON.stringify({ arrive: join(place, arrive), waitFor: join(place, waitFor) });
}

describe("Lambda, execution environments", () => {
    /** Processes that end in the test, or with it when it fails. */
    const pids: number[] = [];

    afterEach(async () => {
        for (const pid of pids.splice(0).filter(isAlive)) process.kill(pid, "SIGKILL");
        await endHosts();
    });

    it("are two for two invocations at once", async () => {
        const { host } = hosted();
        const place = folder();
        host.define(definition("meets", waitsForFile));
        // Each waits for the other: one after the other they would time out.
        const results = await Promise.all([
            host.invoke(arnOf("meets"), event(place, "a", "b")),
            host.invoke(arnOf("meets"), event(place, "b", "a")),
        ]);
        expect(results.map(({ functionError }) => functionError)).to.deep.equal([undefined, undefined]);
        expect(host.functions()[0]).to.include({ coldStarts: 2 });
    });

    it("start one at a time for a function, and the freed one takes who waits", async () => {
        const { host } = hosted();
        host.define(definition("many", "let n = 0; export const handler = () => ++n;"));
        const calls = Array.from({ length: 8 }, () => host.invoke(arnOf("many"), "{}"));
        expect(host.functions()[0]?.environments).to.deep.equal({ starting: 1, idle: 0, busy: 0 });
        const answers = (await Promise.all(calls)).map(parsed).map(Number);
        expect(answers).to.have.lengthOf(8);
        expect(Math.max(...answers), "one environment served several").to.be.above(1);
    });

    it("are soon one more when an invocation takes much longer than usual", async () => {
        const { host } = hosted({ patienceMs: 60_000 });
        const place = folder();
        host.define(definition("quick", waitsForFile));
        writeFileSync(join(place, "go"), "");
        for (const usual of ["a", "b", "c"]) await host.invoke(arnOf("quick"), event(place, usual, "go"));
        const stuck = host.invoke(arnOf("quick"), event(place, "d", "never"));
        await until("it is stuck", () => existsSync(join(place, "d")));
        await host.invoke(arnOf("quick"), event(place, "e", "go"));
        expect(host.functions()[0]?.environments).to.deep.equal({ starting: 0, idle: 1, busy: 1 });
        writeFileSync(join(place, "never"), "");
        await stuck;
    });

    it("are beyond the first of each function no more than the cloud leaves processors while the machine is busy", async () => {
        const { host } = hosted({ isBusy: () => true, maximumEnvironments: 100 });
        const place = folder();
        host.define(definition("many", worksUntilFile));
        host.define(definition("other", "export const handler = () => {};"));
        const most = 1 + Math.max(1, availableParallelism() - 1);
        const began = Array.from({ length: most + 1 }, (_, index) => `began-${index}`);
        const calls = began.map((file) => host.invoke(arnOf("many"), event(place, file, "go")));
        const count = () => began.filter((file) => existsSync(join(place, file))).length;
        await until("as many as are allowed have begun", () => count() === most);
        // Its first environment takes longer to start than the patience that the last invocation has.
        await host.invoke(arnOf("other"), "{}");
        writeFileSync(join(place, "go"), "");
        await Promise.all(calls);
        expect(host.functions()[0]).to.include({ name: "many", coldStarts: most });
    });

    it("are as many as needed while the machine is busy, where they only wait", async function () {
        if (!existsSync("/proc/self/schedstat")) this.skip();
        const { host } = hosted({ isBusy: () => true, maximumEnvironments: 100, patienceMs: 50 });
        const place = folder();
        host.define(definition("hang", waitsForFile));
        const began = Array.from({ length: 2 + availableParallelism() }, (_, index) => `began-${index}`);
        const calls = began.map((file) => host.invoke(arnOf("hang"), event(place, file, "go")));
        await until("all have begun", () => began.every((file) => existsSync(join(place, file))));
        writeFileSync(join(place, "go"), "");
        await Promise.all(calls);
        expect(host.functions()[0]).to.include({ coldStarts: began.length });
    });

    it("are warm only when they are initialised", async () => {
        const { host } = hosted();
        const place = folder();
        const source = `
            import { existsSync, writeFileSync } from "node:fs";
            writeFileSync(${JSON.stringify(join(place, "begun"))}, "");
            while (!existsSync(${JSON.stringify(join(place, "go"))})) await new Promise(setImmediate);
            export const handler = () => {};`;
        host.define(definition("slow", source));
        const order: string[] = [];
        const warm = host.warm(arnOf("slow")).then(() => order.push("warm"));
        await until("INIT has begun", () => existsSync(join(place, "begun")));
        order.push("go");
        writeFileSync(join(place, "go"), "");
        await warm;
        expect(order).to.deep.equal(["go", "warm"]);
        expect(host.functions()[0]).to.deep.include({
            coldStarts: 1,
            environments: { starting: 0, idle: 1, busy: 0 },
        });
        await host.warm(arnOf("slow"));
        expect(host.functions()[0]?.coldStarts).to.equal(1);
    });

    it("are warm although INIT failed at first, and never when it always fails", async () => {
        const { host } = hosted();
        const place = folder();
        const source = `
            import { existsSync, writeFileSync } from "node:fs";
            const file = ${JSON.stringify(join(place, "tried"))};
            if (!existsSync(file)) {
                writeFileSync(file, "");
                throw new Error("not yet");
            }
            export const handler = () => {};`;
        host.define(definition("second", source));
        await host.warm(arnOf("second"));
        host.define(definition("never", "throw new Error('broken on purpose');"));
        const refused = await host.warm(arnOf("never")).catch((error: unknown) => error);
        expect(refused).to.be.instanceOf(InitError);
        expect(String(refused)).to.match(/the function never does not initialise: .*broken on purpose/);
    });

    it("are reused, the most recently used first", async () => {
        const { host } = hosted();
        const place = folder();
        host.define(definition("two", waitsForFile));
        const first = host.invoke(arnOf("two"), event(place, "a", "go-a"));
        await until("the first arrives", () => existsSync(join(place, "a")));
        const second = host.invoke(arnOf("two"), event(place, "b", "go-b"));
        await until("the second arrives", () => existsSync(join(place, "b")));
        writeFileSync(join(place, "go-b"), "");
        await second;
        writeFileSync(join(place, "go-a"), "");
        const last = parsed(await first);
        expect(parsed(await host.invoke(arnOf("two"), "{}"))).to.deep.equal({ ...Object(last), n: 2 });
    });

    it("never take more than the reserved concurrency: the rest is throttled", async () => {
        const { host } = hosted();
        const place = folder();
        host.define(definition("one", waitsForFile, { reservedConcurrency: 1 }));
        const running = host.invoke(arnOf("one"), event(place, "a", "go"));
        const refused = await host.invoke(arnOf("one"), "{}").catch((error: unknown) => error);
        expect(refused).to.be.instanceOf(AwsError);
        expect(refused).to.include({ code: "TooManyRequestsException", status: 429, message: "Rate Exceeded." });
        writeFileSync(join(place, "go"), "");
        await running;
        expect((await host.invoke(arnOf("one"), "{}")).functionError).to.equal(undefined);
        expect(host.functions()[0]).to.include({ invocations: 2, throttles: 1, coldStarts: 1 });
    });

    it("are none for a reserved concurrency of 0", async () => {
        const { host } = hosted();
        host.define(definition("off", waitsForFile, { reservedConcurrency: 0 }));
        expect(await host.invoke(arnOf("off"), "{}").catch((error: AwsError) => error.code)).to.equal(
            "TooManyRequestsException",
        );
        expect(host.functions()[0]?.environments).to.deep.equal({ starting: 0, idle: 0, busy: 0 });
    });

    it("wait for each other at the machine's limit", async () => {
        const { host } = hosted({ maximumEnvironments: 1 });
        host.define(definition("a", "export const handler = () => 'a';"));
        host.define(definition("b", "export const handler = () => 'b';"));
        let most = 0;
        const watch = setInterval(() => {
            most = Math.max(most, host.functions().flatMap(({ pids }) => pids).length);
        }, 1);
        const calls = ["a", "b", "a", "b", "a", "b"].map(async (name) => parsed(await host.invoke(arnOf(name), "{}")));
        const answers = await Promise.all(calls).finally(() => clearInterval(watch));
        expect(answers).to.deep.equal(["a", "b", "a", "b", "a", "b"]);
        expect(most).to.equal(1);
    });

    it("make room for a function that has none, however much another has to do", async () => {
        const { host } = hosted({ maximumEnvironments: 2 });
        host.define(
            definition("busy", "export const handler = () => new Promise((resolve) => setTimeout(resolve, 30));"),
        );
        host.define(definition("other", "export const handler = () => 'served';"));
        let served = false;
        const callers = Array.from({ length: 8 }, async () => {
            while (!served) await host.invoke(arnOf("busy"), "{}");
        });
        try {
            await until("the busy one has both", () => host.functions()[0]?.pids.length === 2);
            expect(parsed(await host.invoke(arnOf("other"), "{}"))).to.equal("served");
        } finally {
            served = true;
        }
        await Promise.all(callers);
    });

    it("are warm when asked to be, before the first invocation", async () => {
        const { host } = hosted();
        host.define(definition("warm", "let n = 0; export const handler = () => ++n;"));
        host.warm(arnOf("warm"));
        host.warm(arnOf("warm"));
        await until("it is idle", () => host.functions()[0]?.environments.idle === 1);
        expect(parsed(await host.invoke(arnOf("warm"), "{}"))).to.equal(1);
        expect(host.functions()[0]).to.include({ coldStarts: 1 });
    });

    it("end after they have been idle", async () => {
        const { host } = hosted({ idleSeconds: 0.05 });
        host.define(definition("idle", "export const handler = () => process.pid;"));
        const pid = Number(parsed(await host.invoke(arnOf("idle"), "{}")));
        await until("it has ended", () => !isAlive(pid) && host.functions()[0]?.pids.length === 0);
        expect(parsed(await host.invoke(arnOf("idle"), "{}")))
            .to.be.a("number")
            .that.does.not.equal(pid);
    });

    it("end sooner when they were started ahead and have had no invocation", async () => {
        const { host } = hosted({ unusedSeconds: 0.05 });
        host.define(definition("used", "export const handler = () => process.pid;"));
        host.define(definition("unused", "export const handler = () => {};"));
        const pid = Number(parsed(await host.invoke(arnOf("used"), "{}")));
        await host.warm(arnOf("unused"));
        await until("the unused one has ended", () => host.functions()[1]?.pids.length === 0);
        expect(Number(parsed(await host.invoke(arnOf("used"), "{}")))).to.equal(pid);
    });

    it("finish their invocation when the function is redefined, while new ones run the new code", async () => {
        const { host } = hosted();
        const place = folder();
        host.define(definition("changes", waitsForFile));
        const old = host.invoke(arnOf("changes"), event(place, "old", "go"));
        await until("the old code runs", () => existsSync(join(place, "old")));
        host.define(definition("changes", "export const handler = () => 'new';"));
        expect(parsed(await host.invoke(arnOf("changes"), "{}"))).to.equal("new");
        writeFileSync(join(place, "go"), "");
        const result = parsed(await old);
        expect(result).to.have.property("n", 1);
        await until("the old one is gone", () => !isAlive(Number(readFileSync(join(place, "old"), "utf8"))));
        expect(parsed(await host.invoke(arnOf("changes"), "{}"))).to.equal("new");
        expect(host.functions()).to.have.lengthOf(1);
    });

    it("are replaced by the same definition with new code behind it", async () => {
        const { host } = hosted();
        const same = definition("same", "export const handler = () => 'old';");
        host.define(same);
        expect(parsed(await host.invoke(arnOf("same"), "{}"))).to.equal("old");
        writeFileSync(join(same.codeDirectory, "index.mjs"), "export const handler = () => 'new';");
        host.define(same);
        expect(parsed(await host.invoke(arnOf("same"), "{}"))).to.equal("new");
    });

    it("serve invocations that wait while the function is redefined", async () => {
        const { host } = hosted();
        host.define(definition("early", "await new Promise(() => setInterval(() => {}, 1000));"));
        const waiting = host.invoke(arnOf("early"), "{}");
        host.define(definition("early", "export const handler = () => 'mended';"));
        expect(parsed(await waiting)).to.equal("mended");
    });

    it("are all gone when the host has stopped: what runs ends before, what waits is refused", async () => {
        const { host } = hosted();
        const place = folder();
        host.define(definition("stops", waitsForFile));
        const running = host.invoke(arnOf("stops"), event(place, "a", "go"));
        await until("it runs", () => existsSync(join(place, "a")));
        const starting = host.invoke(arnOf("stops"), "{}").catch((error: unknown) => error);
        await until("a second starts", () => host.functions()[0]?.pids.length === 2);
        pids.push(...(host.functions()[0]?.pids ?? []));
        expect(pids.filter(isAlive)).to.have.lengthOf(2);
        const stopped = host.stop();
        expect(await starting).to.include({ code: "ServiceException", status: 500 });
        expect(await host.invoke(arnOf("stops"), "{}").catch((error: unknown) => error)).to.include({ status: 500 });
        writeFileSync(join(place, "go"), "");
        expect(parsed(await running)).to.have.property("n", 1);
        await stopped;
        expect(pids.filter(isAlive)).to.deep.equal([]);
    });

    it("outlive neither INIT nor an invocation nor idleness when the host is killed", async () => {
        const place = folder();
        const definitions = [
            definition("idle", "export const handler = () => process.pid;"),
            definition("busy", waitsForFile),
            definition(
                "init",
                `import { writeFileSync } from "node:fs";
                writeFileSync(${JSON.stringify(join(place, "init"))}, String(process.pid));
                await new Promise(() => setInterval(() => {}, 1000));`,
            ),
        ];
        const from = (path: string) => JSON.stringify(pathToFileURL(path).href);
        const support = join(import.meta.dirname, "hosted.ts");
        const parent = join(place, "parent.ts");
        writeFileSync(
            parent,
            `import { hosted } from ${from(support)};
            const { host } = hosted();
            for (const definition of ${JSON.stringify(definitions)}) host.define(definition);
            const { payload } = await host.invoke("idle", "{}");
            void host.invoke("busy", ${JSON.stringify(event(place, "busy", "never"))});
            void host.invoke("init", "{}");
            console.log(payload);`,
        );
        const child = spawn(process.execPath, [parent], { stdio: ["ignore", "pipe", "inherit"] });
        if (child.pid !== undefined) pids.push(child.pid);
        let output = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
            output += text;
        });
        const files = ["busy", "init"].map((name) => join(place, name));
        const written = (path: string) => existsSync(path) && readFileSync(path, "utf8") !== "";
        await until("all three exist", () => output.endsWith("\n") && files.every(written));
        pids.push(...[output, ...files.map((path) => readFileSync(path, "utf8"))].map(Number));
        expect(pids.every(isAlive)).to.equal(true);
        child.kill("SIGKILL");
        await until("all are gone", () => !pids.some(isAlive));
    });
});
