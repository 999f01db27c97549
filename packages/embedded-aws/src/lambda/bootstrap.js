// What runs in an execution environment: loads the handler, then serves one invocation after the other through the
// Runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
// Plain JavaScript, because stripping types doubles the start of a process. Built-in modules come from
// process.getBuiltinModule, because `import "node:http"` evaluates its lazy exports and so loads undici: both would be
// paid by every function's cold start.

const { Agent, request } = process.getBuiltinModule("node:http");
const { existsSync } = process.getBuiltinModule("node:fs");
const { connect } = process.getBuiltinModule("node:net");
const { basename, dirname, resolve } = process.getBuiltinModule("node:path");
const { pathToFileURL } = process.getBuiltinModule("node:url");

const variables = { ...process.env };
const [origin, ...prefix] = (variables.AWS_LAMBDA_RUNTIME_API ?? "").split("/");
const [host, port] = (origin ?? "").split(":");
const runtimePath = `/${[...prefix, "2018-06-01", "runtime"].join("/")}`;
// Two connections: the answer to one invocation and the request for the next travel at the same time.
const agent = new Agent({ keepAlive: true, maxSockets: 2 });

// A connection that carries nothing and closes when the platform ends, also by `kill -9`: the process then exits.
connect(Number(port), host)
    .on("error", () => {})
    .on("close", () => process.exit(1))
    .unref();

/** The invocation at work; undefined during INIT and between invocations. @type {string | undefined} */
let requestId;
let phase = "init";
/** The process is about to end after an error outside the handler. */
let abandoned = false;

/**
 * One exchange with the Runtime API.
 * @param {string} method @param {string} path @param {string} [body] @param {Record<string, string | number>} [headers]
 * @returns {Promise<{ headers: import("node:http").IncomingHttpHeaders, body: string }>}
 */
function exchange(method, path, body = "", headers = {}) {
    headers["Content-Length"] = Buffer.byteLength(body);
    return new Promise((resolve) => {
        const sent = request({ agent, host, port, method, path: runtimePath + path, headers }, (response) => {
            let text = "";
            response.setEncoding("utf8");
            response.on("data", (chunk) => {
                text += chunk;
            });
            response.on("end", () => resolve({ headers: response.headers, body: text }));
        });
        sent.on("error", () => process.exit(1));
        sent.end(body);
    });
}

/**
 * An error of the handler's file, as the platform reports it.
 * @param {string} errorType @param {string} errorMessage @param {unknown} [cause]
 */
function runtimeError(errorType, errorMessage, cause) {
    const error = new Error(errorMessage, { cause });
    error.name = errorType;
    return error;
}

/** @param {unknown} thrown @returns {{ errorType: string, errorMessage: string, trace: string[] }} */
function described(thrown) {
    if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? "").split("\n") };
}

/** The error with its causes, as one line in the log. @param {unknown} thrown */
function logError(thrown) {
    const causes = [];
    for (let cause = thrown; cause instanceof Error && causes.length < 5; ) {
        cause = cause.cause;
        if (cause !== undefined) causes.push(described(cause));
    }
    const { errorType, errorMessage, trace } = described(thrown);
    const message = { errorType, errorMessage, stackTrace: trace, ...(causes.length > 0 && { causes }) };
    const line = { timestamp: new Date().toISOString(), level: "ERROR", requestId, message };
    process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Tells the platform that INIT or the invocation at work failed. @param {unknown} thrown */
function reportError(thrown) {
    logError(thrown);
    const error = described(thrown);
    const headers = {
        "Lambda-Runtime-Function-Error-Type": error.errorType.replace(/[^ -~]/g, "?"),
        "Memory-Used": process.memoryUsage.rss(),
    };
    const path = phase === "init" ? "/init/error" : `/invocation/${requestId}/error`;
    return exchange("POST", path, JSON.stringify(error), headers);
}

/** Ends the environment after an error that left it in an unknown state. @param {unknown} thrown @param {number} code */
function abandon(thrown, code) {
    abandoned = true;
    if (phase === "init" || requestId !== undefined) reportError(thrown).then(() => process.exit(code));
    else {
        logError(thrown);
        process.exit(code);
    }
}

process.on("uncaughtException", (error) => abandon(error, 129));
process.on("unhandledRejection", (reason) => {
    abandon(runtimeError("Runtime.UnhandledPromiseRejection", String(reason), reason), 128);
});
process.on("beforeExit", () => {
    abandon(runtimeError("Runtime.NodeJsExit", "Node.js had nothing left to do: a promise was never settled"), 1);
});

/**
 * `folder/file.export.nested`: the file with one of the extensions Node.js loads, then the export.
 * @param {string} root @param {string} name
 */
async function loadHandler(root, name) {
    const [stem = "", ...exportPath] = basename(name).split(".");
    const module = resolve(root, dirname(name), stem);
    const file = [".js", ".mjs", ".cjs"].map((extension) => module + extension).find((path) => existsSync(path));
    if (file === undefined) {
        throw runtimeError("Runtime.ImportModuleError", `Cannot find module ${module} (.js, .mjs, .cjs)`);
    }
    /** @type {any} What a handler's file exports is known only to its author. */
    let found = await import(pathToFileURL(file).href).catch((error) => {
        throw importError(file, error);
    });
    // A CommonJS file whose exports Node.js could not name in advance has them on its default export.
    if (exportPath[0] !== undefined && !(exportPath[0] in found) && found.default !== undefined) found = found.default;
    for (const key of exportPath) found = found?.[key];
    if (typeof found === "function") return found;
    const what = found === undefined ? "not exported" : "not a function";
    throw runtimeError("Runtime.HandlerNotFound", `${name} is ${what} by ${file}`);
}

/** @param {string} file @param {any} error */
function importError(file, error) {
    if (error?.code === "ERR_MODULE_NOT_FOUND" || error?.code === "MODULE_NOT_FOUND") {
        return runtimeError("Runtime.ImportModuleError", `${error.message} (loading ${file})`, error);
    }
    if (error instanceof SyntaxError) {
        return runtimeError("Runtime.UserCodeSyntaxError", `${error.message} (loading ${file})`, error);
    }
    return error;
}

/** @param {import("node:http").IncomingHttpHeaders} headers */
function contextOf(headers) {
    const deadline = Number(headers["lambda-runtime-deadline-ms"]);
    const clientContext = headers["lambda-runtime-client-context"];
    const identity = headers["lambda-runtime-cognito-identity"];
    return {
        functionName: variables.AWS_LAMBDA_FUNCTION_NAME,
        functionVersion: variables.AWS_LAMBDA_FUNCTION_VERSION,
        invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
        memoryLimitInMB: variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
        awsRequestId: requestId,
        logGroupName: variables.AWS_LAMBDA_LOG_GROUP_NAME,
        logStreamName: variables.AWS_LAMBDA_LOG_STREAM_NAME,
        getRemainingTimeInMillis: () => deadline - Date.now(),
        ...(typeof clientContext === "string" && { clientContext: JSON.parse(clientContext) }),
        ...(typeof identity === "string" && { identity: JSON.parse(identity) }),
    };
}

/** @type {Function} */
let handler;
try {
    handler = await loadHandler(variables.LAMBDA_TASK_ROOT ?? "", variables._HANDLER ?? "");
} catch (error) {
    await reportError(error);
    process.exit(1);
}
phase = "invoke";

while (!abandoned) {
    const { headers, body } = await exchange("GET", "/invocation/next");
    requestId = String(headers["lambda-runtime-aws-request-id"]);
    process.env._X_AMZN_TRACE_ID = String(headers["lambda-runtime-trace-id"]);
    try {
        const result = JSON.stringify((await handler(JSON.parse(body), contextOf(headers))) ?? null) ?? "null";
        // An unhandled rejection is known after this turn of the event loop, and belongs to this invocation.
        await new Promise(setImmediate);
        if (abandoned) break;
        const answer = { "Content-Type": "application/json", "Memory-Used": process.memoryUsage.rss() };
        exchange("POST", `/invocation/${requestId}/response`, result, answer);
    } catch (error) {
        if (abandoned) break;
        reportError(error);
    }
    requestId = undefined;
}
