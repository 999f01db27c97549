import { expect } from "chai";
import fc from "fast-check";
import { AwsError } from "../../src/aws/call.ts";
import { arnOf, definition, endHosts, folder, hosted, parsed } from "./hosted.ts";

const echo = "export const handler = async (event) => event;";

async function refusal(call: Promise<unknown>): Promise<AwsError> {
    const thrown = await call.then(
        () => undefined,
        (error: unknown) => error,
    );
    if (thrown instanceof AwsError) return thrown;
    throw new Error(`expected a refusal, got ${thrown}`);
}

describe("Lambda, synchronous invocation", () => {
    afterEach(endHosts);

    it("answers with what the handler returns and keeps module state between invocations", async () => {
        const { host } = hosted();
        host.define(definition("count", "let n = 0; export const handler = async () => ({ n: ++n });"));
        const results = [];
        for (let call = 0; call < 3; call += 1) results.push(parsed(await host.invoke(arnOf("count"), "{}")));
        expect(results).to.deep.equal([{ n: 1 }, { n: 2 }, { n: 3 }]);
        const [state] = host.functions();
        expect(state).to.include({ coldStarts: 1, invocations: 3, errors: 0 });
        expect(state?.environments).to.deep.equal({ starting: 0, idle: 1, busy: 0 });
    });

    it("answers null for a handler that returns nothing", async () => {
        const { host } = hosted();
        host.define(definition("nothing", "export const handler = () => {};"));
        expect((await host.invoke(arnOf("nothing"), "{}")).payload).to.equal("null");
    });

    it("hands any JSON to the handler and back unchanged", async () => {
        const { host } = hosted();
        host.define(definition("echo", echo));
        await fc.assert(
            fc.asyncProperty(fc.json(), async (json) => {
                const { payload } = await host.invoke(arnOf("echo"), json);
                expect(payload).to.equal(JSON.stringify(JSON.parse(json)));
            }),
            { numRuns: 100 },
        );
    });

    it("carries a megabyte of every kind of character", async () => {
        const { host } = hosted();
        host.define(definition("echo", echo));
        const text = "aü€😀\u2028\n".repeat(80_000);
        expect(Buffer.byteLength(text)).to.be.above(2 ** 20);
        expect(parsed(await host.invoke(arnOf("echo"), JSON.stringify({ text })))).to.deep.equal({ text });
    });

    it("tells the handler who it is and what was invoked", async () => {
        const { host } = hosted();
        const source = `export const handler = async (event, context) => ({
            ...context, trace: process.env._X_AMZN_TRACE_ID, directory: process.cwd() });`;
        const about = definition("about", source, { memoryMb: 256 });
        host.define(about);
        const result = await host.invoke(arnOf("about"), "{}", {
            clientContext: '{"custom":{"tenant":"Grüße"}}',
            identity: '{"cognitoIdentityId":"id"}',
            traceHeader: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
        });
        const context = parsed(result);
        expect(context).to.deep.include({
            functionName: "about",
            functionVersion: "$LATEST",
            invokedFunctionArn: arnOf("about"),
            memoryLimitInMB: "256",
            awsRequestId: result.requestId,
            logGroupName: "/aws/lambda/about",
            clientContext: { custom: { tenant: "Grüße" } },
            identity: { cognitoIdentityId: "id" },
            trace: "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
            directory: about.codeDirectory,
        });
        expect(context)
            .to.have.property("logStreamName")
            .that.matches(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
    });

    it("gives every invocation its own request id and trace", async () => {
        const { host } = hosted();
        const source =
            "export const handler = (event, { awsRequestId }) => [awsRequestId, process.env._X_AMZN_TRACE_ID];";
        host.define(definition("ids", source));
        const first = parsed(await host.invoke(arnOf("ids"), "{}"));
        const second = parsed(await host.invoke(arnOf("ids"), "{}"));
        expect(new Set([first, second].flat())).to.have.lengthOf(4);
    });

    it("counts the remaining time down from the time-out", async () => {
        const { host } = hosted();
        const source = `export const handler = async (event, context) => {
            const first = context.getRemainingTimeInMillis();
            while (context.getRemainingTimeInMillis() >= first) await new Promise(setImmediate);
            return [first, context.getRemainingTimeInMillis()];
        };`;
        host.define(definition("remaining", source, { timeoutSeconds: 5 }));
        const times = parsed(await host.invoke(arnOf("remaining"), "{}"));
        if (!Array.isArray(times)) throw new Error("no times");
        expect(times[0]).to.be.within(4000, 5000);
        expect(times[1]).to.be.below(times[0]);
    });

    it("finds handlers in CommonJS, in folders and behind nested exports", async () => {
        const { host } = hosted();
        const codeDirectory = folder({
            "package.json": "{}",
            "index.js": "exports.handler = async () => 'commonjs';",
            "computed.cjs": "module.exports = Object.fromEntries([['handler', async () => 'computed']]);",
            "in/side.mjs": "export const api = { get: { handler: async () => 'nested' } };",
        });
        host.define(definition("commonjs", "", { codeDirectory }));
        host.define(definition("computed", "", { codeDirectory, handler: "computed.handler" }));
        host.define(definition("nested", "", { codeDirectory, handler: "in/side.api.get.handler" }));
        const names = ["commonjs", "computed", "nested"];
        const answers = await Promise.all(names.map(async (name) => parsed(await host.invoke(arnOf(name), "{}"))));
        expect(answers).to.deep.equal(names);
    });

    it("waits for top-level await before the first invocation", async () => {
        const { host } = hosted();
        const source = `const loaded = await new Promise((resolve) => setTimeout(resolve, 20, "loaded"));
            export const handler = () => loaded;`;
        host.define(definition("waits", source));
        expect(parsed(await host.invoke(arnOf("waits"), "{}"))).to.equal("loaded");
    });

    it("takes a function by ARN, partial ARN or name, with or without $LATEST or an alias", async () => {
        const { host } = hosted();
        host.define(definition("echo", echo, { aliases: ["live"] }));
        for (const name of [arnOf("echo"), "000000000000:function:echo", "function:echo", "echo"]) {
            for (const qualifier of ["", ":$LATEST", ":live"]) {
                expect((await host.invoke(name + qualifier, "1")).payload, name + qualifier).to.equal("1");
            }
        }
    });

    it("refuses an alias that the function does not have, also where another function has it", async () => {
        const { host } = hosted();
        host.define(definition("echo", echo));
        host.define(definition("other", echo, { aliases: ["live"] }));
        const error = await refusal(host.invoke(`${arnOf("echo")}:live`, "{}"));
        expect(error).to.include({ code: "ResourceNotFoundException", status: 404 });
        expect(error.message).to.include(`${arnOf("echo")}:live`);
        expect(() => host.invokeAsync("echo:live", "{}")).to.throw(AwsError, "Function not found");
    });

    it("refuses a function that does not exist", async () => {
        const { host } = hosted();
        const error = await refusal(host.invoke(arnOf("missing"), "{}"));
        expect(error).to.include({ code: "ResourceNotFoundException", status: 404 });
        expect(error.message).to.include(arnOf("missing"));
        expect(() => host.invokeAsync(arnOf("missing"), "{}")).to.throw(AwsError, "Function not found");
    });

    it("refuses payloads above 6 MB, and above 1 MB when asynchronous", async () => {
        const { host } = hosted();
        host.define(definition("echo", echo));
        const sized = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));
        const error = await refusal(host.invoke(arnOf("echo"), sized(6 * 2 ** 20 + 1)));
        expect(error).to.include({ code: "RequestTooLargeException", status: 413 });
        expect((await host.invoke(arnOf("echo"), sized(6 * 2 ** 20))).functionError).to.equal(undefined);
        expect(() => host.invokeAsync(arnOf("echo"), sized(2 ** 20 + 1))).to.throw(AwsError, "1048577 byte payload");
        expect(host.invokeAsync(arnOf("echo"), sized(2 ** 20)).requestId).to.match(/^[0-9a-f-]{36}$/);
    });

    it("gives a function the documented variables, its own, and nothing of the machine's", async () => {
        process.env["SECRET_OF_THE_MACHINE"] = "leaked";
        const { host } = hosted();
        const variables = definition("variables", "export const handler = () => process.env;", {
            environment: { TABLE: "orders", AWS_REGION: "mars-1" },
        });
        host.define(variables);
        const found = parsed(await host.invoke(arnOf("variables"), "{}"));
        delete process.env["SECRET_OF_THE_MACHINE"];
        if (typeof found !== "object" || found === null) throw new Error("no variables");
        expect(Object.keys(found)).to.have.members([
            ..."PATH LANG TZ TABLE AWS_XRAY_CONTEXT_MISSING _HANDLER _X_AMZN_TRACE_ID".split(" "),
            ..."AWS_REGION AWS_DEFAULT_REGION AWS_EXECUTION_ENV AWS_ENDPOINT_URL".split(" "),
            ..."AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN".split(" "),
            ..."AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_VERSION AWS_LAMBDA_FUNCTION_MEMORY_SIZE".split(" "),
            ..."AWS_LAMBDA_INITIALIZATION_TYPE AWS_LAMBDA_LOG_GROUP_NAME AWS_LAMBDA_LOG_STREAM_NAME".split(" "),
            ..."AWS_LAMBDA_RUNTIME_API LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR".split(" "),
        ]);
        expect(found).to.include({
            TABLE: "orders",
            TZ: ":UTC",
            _HANDLER: "index.handler",
            AWS_REGION: "eu-west-1",
            AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
            AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
            AWS_ACCESS_KEY_ID: `key of ${variables.roleArn}`,
            AWS_SESSION_TOKEN: "variables",
            AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
            LAMBDA_TASK_ROOT: variables.codeDirectory,
        });
    });

    it("adds no undici to a function", async () => {
        const { host } = hosted();
        const source = "export const handler = () => process.moduleLoadList.filter((name) => name.includes('undici'));";
        host.define(definition("modules", source));
        expect(parsed(await host.invoke(arnOf("modules"), "{}"))).to.deep.equal([]);
        const fetching = `await fetch("data:,"); ${source}`;
        host.define(definition("fetching", fetching));
        expect(parsed(await host.invoke(arnOf("fetching"), "{}"))).to.not.deep.equal([]);
    });

    it("traces an invocation with its payload", async () => {
        const { host, traces } = hosted();
        host.define(definition("echo", echo));
        const { requestId } = await host.invoke(arnOf("echo"), '{"correlationId":"c-1"}');
        expect(traces).to.have.lengthOf(1);
        expect(traces[0]).to.include({ what: "invocation", where: "echo", requestId });
        expect(traces[0]?.payload).to.include('"c-1"');
    });
});

describe("Lambda, the Runtime API", () => {
    afterEach(endHosts);

    it("refuses an answer to an invocation that is not at work, and prefixes of others", async () => {
        const { host } = hosted();
        const source = `import { request } from "node:http";
            const post = (url) => new Promise((resolve, reject) => request(url, { method: "POST" }, (response) => {
                response.resume().on("end", () => resolve(response.statusCode));
            }).on("error", reject).end("{}"));
            export const handler = async () => {
                const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API;
                const runtime = api + "/2018-06-01/runtime";
                return [
                    await post(runtime + "/invocation/another/response"),
                    await post(runtime + "/init/error"),
                    await post(runtime + "/unknown"),
                    await post(api.replace(/[^/]+$/, "another") + "/2018-06-01/runtime/init/error"),
                ];
            };`;
        host.define(definition("intruder", source));
        expect(parsed(await host.invoke(arnOf("intruder"), "{}"))).to.deep.equal([400, 400, 404, 404]);
    });
});
