import { expect } from "chai";
import type { FunctionDefinition } from "../../src/lambda/function.ts";
import { arnOf, definition, endHosts, folder, type Hosted, hosted, isAlive, parsed, until } from "./hosted.ts";

/** Defines a function, invokes it and returns what its caller sees of the failure. */
async function failureOf(
    { host }: Hosted,
    source: string,
    settings: Partial<FunctionDefinition> = {},
    payload = "{}",
): Promise<unknown> {
    host.define(definition("fails", source, settings));
    const result = await host.invoke(arnOf("fails"), payload);
    expect(result.functionError).to.equal("Unhandled");
    return parsed(result);
}

describe("Lambda, functions that fail", () => {
    afterEach(endHosts);

    it("answers with type, message and trace of what the handler throws, and goes on", async () => {
        const it = hosted();
        const source = `class OrderError extends Error { name = "OrderError"; }
            export const handler = (event) => { if (event.fail) throw new OrderError("no such order"); return process.pid; };`;
        const failure = await failureOf(it, source, {}, '{"fail":true}');
        expect(failure).to.include({ errorType: "OrderError", errorMessage: "no such order" });
        expect(failure).to.have.property("trace").that.is.an("array");
        expect(failure).to.have.nested.property("trace[1]").that.includes("index.mjs");
        expect((await it.host.invoke(arnOf("fails"), "{}")).functionError).to.equal(undefined);
        expect(it.host.functions()[0]).to.include({ coldStarts: 1, invocations: 2, errors: 1 });
    });

    it("answers with what a promise is rejected with, also when it is no error", async () => {
        const it = hosted();
        const failure = await failureOf(it, "export const handler = () => Promise.reject('just text');");
        expect(failure).to.deep.equal({ errorType: "string", errorMessage: "just text", trace: [] });
    });

    it("fails when the result is no JSON", async () => {
        const failure = await failureOf(hosted(), "export const handler = () => ({ n: 1n });");
        expect(failure).to.include({ errorType: "TypeError" });
    });

    it("fails when the event is no JSON", async () => {
        const failure = await failureOf(hosted(), "export const handler = () => {};", {}, "{");
        expect(failure).to.include({ errorType: "SyntaxError" });
    });

    it("fails when the result is above 6 MB, and goes on", async () => {
        const it = hosted();
        const failure = await failureOf(it, "export const handler = (size) => 'x'.repeat(size);", {}, "6291555");
        expect(failure).to.include({ errorType: "Function.ResponseSizeTooLarge" });
        expect(parsed(await it.host.invoke(arnOf("fails"), "3"))).to.equal("xxx");
        expect(it.host.functions()[0]?.coldStarts).to.equal(1);
    });

    it("ends an invocation that takes too long with all its processes, and serves the next in a fresh environment", async () => {
        const it = hosted();
        const source = `import { spawn } from "node:child_process";
            let n = 0;
            export const handler = async (event) => {
                if (!event.hang) return ++n;
                console.log("child " + spawn("sleep", ["1000"]).pid);
                await new Promise(() => setInterval(() => {}, 1000));
            };`;
        const settings = { timeoutSeconds: 1 };
        it.host.define(definition("fails", source, settings));
        expect(parsed(await it.host.invoke(arnOf("fails"), "{}"))).to.equal(1);
        const [hung] = it.host.functions()[0]?.pids ?? [];
        const result = await it.host.invoke(arnOf("fails"), '{"hang":true}');
        const failure = parsed(result);
        expect(failure).to.have.property("errorType", "Sandbox.Timedout");
        expect(failure)
            .to.have.property("errorMessage")
            .that.matches(new RegExp(`^\\S+Z ${result.requestId} Task timed out after 1.00 seconds$`));
        expect(parsed(await it.host.invoke(arnOf("fails"), "{}"))).to.equal(1);
        const child = Number(it.lines.find(({ text }) => text.startsWith("child "))?.text.slice(6));
        expect(child).to.be.above(1);
        await until("both processes are gone", () => !isAlive(hung ?? 0) && !isAlive(child));
        const report = it.lines.find(({ text }) => text.startsWith(`REPORT RequestId: ${result.requestId}`));
        expect(report?.text).to.match(/Duration: 1000\.00 ms\t.*\tStatus: timeout$/);
    });

    it("ends a handler that never lets go of the processor", async () => {
        const failure = await failureOf(hosted(), "export const handler = () => { for (;;); };", {
            timeoutSeconds: 0.3,
        });
        expect(failure).to.include({ errorType: "Sandbox.Timedout" });
    });

    it("says so when the handler ends the process, and serves the next invocation", async () => {
        const it = hosted();
        const source =
            "export const handler = (event) => { if ('code' in event) process.exit(event.code); return 'fine'; };";
        it.host.define(definition("fails", source));
        for (const [code, message] of [
            [3, "Runtime exited with error: exit status 3"],
            [0, "Runtime exited without providing a reason"],
        ]) {
            const result = await it.host.invoke(arnOf("fails"), JSON.stringify({ code }));
            expect(parsed(result)).to.deep.equal({
                errorType: "Runtime.ExitError",
                errorMessage: `RequestId: ${result.requestId} Error: ${message}`,
            });
            expect(parsed(await it.host.invoke(arnOf("fails"), "{}"))).to.equal("fine");
        }
    });

    it("keeps the answer of a handler that ends the process right after it", async () => {
        const it = hosted();
        const source = "export const handler = () => { setTimeout(() => process.exit(1), 5); return process.pid; };";
        it.host.define(definition("leaves", source));
        const pids = new Set<unknown>();
        for (let call = 0; call < 5; call += 1) {
            const result = await it.host.invoke(arnOf("leaves"), "{}");
            expect(result.functionError).to.equal(undefined);
            pids.add(parsed(result));
            await until("the process ends", () => it.host.functions()[0]?.pids.length === 0);
        }
        expect(pids.size).to.equal(5);
    });

    it("names the signal that ended the process", async () => {
        const failure = await failureOf(hosted(), "export const handler = () => process.kill(process.pid, 'SIGKILL');");
        expect(failure).to.have.property("errorMessage").that.includes("signal: killed");
    });

    it("fails at an unhandled rejection and an uncaught exception, and starts afresh", async () => {
        const it = hosted();
        const source = `export const handler = async (event) => {
            if (event.how === "rejection") Promise.reject(new Error("forgotten"));
            if (event.how === "exception") setImmediate(() => { throw new RangeError("thrown later"); });
            if (event.how) await new Promise((resolve) => setTimeout(resolve, 5000));
            return "fine";
        };`;
        const rejection = await failureOf(it, source, {}, '{"how":"rejection"}');
        expect(rejection).to.include({
            errorType: "Runtime.UnhandledPromiseRejection",
            errorMessage: "Error: forgotten",
        });
        const exception = parsed(await it.host.invoke(arnOf("fails"), '{"how":"exception"}'));
        expect(exception).to.include({ errorType: "RangeError", errorMessage: "thrown later" });
        expect(parsed(await it.host.invoke(arnOf("fails"), "{}"))).to.equal("fine");
        expect(it.host.functions()[0]?.coldStarts).to.equal(3);
    });

    it("counts an unhandled rejection against the invocation that caused it, not the next", async () => {
        const it = hosted({ maximumEnvironments: 1 });
        const source = `export const handler = (event) => {
            if (event.forget) Promise.reject(new Error("forgotten"));
            return "fine";
        };`;
        it.host.define(definition("forgets", source));
        const results = await Promise.all(
            [true, false, true, false].map((forget) => it.host.invoke(arnOf("forgets"), JSON.stringify({ forget }))),
        );
        const types = results.map(parsed).map((answer) => Object(answer).errorType ?? answer);
        const rejection = "Runtime.UnhandledPromiseRejection";
        expect(types).to.deep.equal([rejection, "fine", rejection, "fine"]);
    });

    it("does not wait for the time-out when a promise can never settle", async () => {
        const failure = await failureOf(hosted(), "export const handler = () => new Promise(() => {});");
        expect(failure).to.include({ errorType: "Runtime.NodeJsExit" });
    });

    it("fails when the memory setting is exhausted, and serves the next invocation", async () => {
        const it = hosted();
        const source = `export const handler = (event) => {
            if (!event.fill) return "fine";
            const kept = [];
            for (;;) kept.push(new Array(1e5).fill(kept.length));
        };`;
        const failure = await failureOf(it, source, { memoryMb: 64 }, '{"fill":true}');
        expect(failure).to.include({ errorType: "Runtime.OutOfMemory" });
        expect(parsed(await it.host.invoke(arnOf("fails"), "{}"))).to.equal("fine");
    });
});

describe("Lambda, functions that do not initialise", () => {
    afterEach(endHosts);

    it("answers with the error of the module, and other functions work", async () => {
        const it = hosted();
        it.host.define(definition("works", "export const handler = () => 'fine';"));
        const failure = await failureOf(it, "throw new RangeError('no configuration');");
        expect(failure).to.include({ errorType: "RangeError", errorMessage: "no configuration" });
        expect(parsed(await it.host.invoke(arnOf("works"), "{}"))).to.equal("fine");
        expect(it.lines.map(({ text }) => text)).to.satisfy((texts: string[]) =>
            texts.some((text) => /^INIT_REPORT Init Duration: .*\tStatus: error\tError Type: RangeError$/.test(text)),
        );
    });

    it("tries again with the next invocation", async () => {
        const it = hosted();
        const codeDirectory = folder({ "index.mjs": "throw new Error('broken');" });
        expect(await failureOf(it, "", { codeDirectory })).to.include({ errorMessage: "broken" });
        expect(await failureOf(it, "export const handler = () => { throw new Error('mended'); };")).to.include({
            errorMessage: "mended",
        });
    });

    it("names the file when the module, what it imports or its syntax is wrong", async () => {
        const missing = await failureOf(hosted(), "", { handler: "nowhere.handler" });
        expect(missing).to.include({ errorType: "Runtime.ImportModuleError" });
        expect(missing)
            .to.have.property("errorMessage")
            .that.matches(/Cannot find module \S+\/nowhere /);

        const dependency = await failureOf(hosted(), 'import "not-installed";');
        expect(dependency).to.include({ errorType: "Runtime.ImportModuleError" });
        expect(dependency)
            .to.have.property("errorMessage")
            .that.matches(/'not-installed'.*index\.mjs/);

        const syntax = await failureOf(hosted(), "export const = 1;");
        expect(syntax).to.include({ errorType: "Runtime.UserCodeSyntaxError" });
        expect(syntax)
            .to.have.property("errorMessage")
            .that.matches(/index\.mjs/);
    });

    it("says when the handler is missing or no function", async () => {
        const missing = await failureOf(hosted(), "export const handle = () => {};");
        expect(missing).to.include({ errorType: "Runtime.HandlerNotFound" });
        expect(missing)
            .to.have.property("errorMessage")
            .that.matches(/index\.handler is not exported by .*index\.mjs/);
        const wrong = await failureOf(hosted(), "export const handler = {};");
        expect(wrong)
            .to.have.property("errorMessage")
            .that.matches(/index\.handler is not a function/);
    });

    it("says when the process ends or waits for nothing during INIT", async () => {
        expect(await failureOf(hosted(), "process.exit(4);")).to.include({ errorType: "Runtime.ExitError" });
        expect(await failureOf(hosted(), "await new Promise(() => {});")).to.include({
            errorType: "Runtime.NodeJsExit",
        });
    });

    it("says when the folder of the code is not there", async () => {
        const failure = await failureOf(hosted(), "", { codeDirectory: "/nowhere/at/all" });
        expect(failure).to.have.property("errorMessage").that.includes("/nowhere/at/all");
    });

    it("repeats an INIT that took too long within the time of the invocation", async () => {
        const slow = `import { existsSync, writeFileSync } from "node:fs";
            if (!existsSync("tried")) { writeFileSync("tried", ""); await new Promise((resolve) => setTimeout(resolve, 60_000)); }
            export const handler = () => "fine";`;
        const it = hosted({ initSeconds: 0.5 });
        it.host.define(definition("slow", slow));
        expect(parsed(await it.host.invoke(arnOf("slow"), "{}"))).to.equal("fine");
        const texts = it.lines.map(({ text }) => text);
        expect(texts.filter((text) => text.startsWith("INIT_START"))).to.have.lengthOf(2);
        expect(texts.find((text) => text.startsWith("INIT_REPORT"))).to.match(/\tStatus: timeout$/);
    });

    it("times out when INIT takes too long again", async () => {
        const endless = "await new Promise((resolve) => setTimeout(resolve, 60_000)); export const handler = () => {};";
        const failure = await failureOf(hosted({ initSeconds: 0.2 }), endless, { timeoutSeconds: 0.4 });
        expect(failure).to.include({ errorType: "Sandbox.Timedout" });
    });
});
