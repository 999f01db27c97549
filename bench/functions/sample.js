// One measured process: imports a callback's bundle, calls its handler once, and then, when asked, many times more.
// `node sample.js <bundle> <event as JSON> <status of the answer> <calls>`; the figures go to file descriptor 3 as JSON.
// Plain JavaScript, and built-in modules without `import`: nothing that the bundle may need is loaded before it.
const { writeSync } = process.getBuiltinModule("node:fs");
const { pathToFileURL } = process.getBuiltinModule("node:url");

const [, , file = "", event = "", status = "", calls = "0"] = process.argv;
const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    invokedFunctionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${process.env.AWS_LAMBDA_FUNCTION_NAME}`,
    awsRequestId: "6bc28136-4f25-4a6f-9b8d-1d1f0d9c3a57",
    getRemainingTimeInMillis: () => 10_000,
};

/** @param {NodeJS.CpuUsage} since */
const cpuMs = (since) => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1000;
};
const hasUndici = () => process.moduleLoadList.some((name) => name.includes("undici"));

/** @param {Function} handler */
async function call(handler) {
    const { statusCode, body } = await handler(JSON.parse(event), context);
    if (String(statusCode) !== status) throw new Error(`the handler answered ${statusCode}: ${body}`);
}

const cpuStart = process.cpuUsage();
const start = performance.now();
const { handler } = await import(pathToFileURL(file).href);
const imported = performance.now();
const cpuImported = cpuMs(cpuStart);
const undiciImported = hasUndici();
await call(handler);
const called = performance.now();
const figures = {
    importMs: imported - start,
    importCpuMs: cpuImported,
    firstMs: called - imported,
    coldMs: called - start,
    coldCpuMs: cpuMs(cpuStart),
    undici: undiciImported ? "import" : hasUndici() ? "first call" : "no",
};

const warm = { callUs: 0, callCpuUs: 0 };
if (Number(calls) > 0) {
    // Each in a turn of its own, as on Lambda: what is logged is written at the end of a turn.
    const turns = async (/** @type {number} */ count) => {
        for (let i = 0; i < count; i += 1) {
            await call(handler);
            await new Promise((resolve) => setImmediate(resolve));
        }
    };
    // For the compiler.
    await turns(Number(calls) / 3);
    const cpuWarm = process.cpuUsage();
    const startWarm = performance.now();
    await turns(Number(calls));
    warm.callUs = ((performance.now() - startWarm) * 1000) / Number(calls);
    warm.callCpuUs = (cpuMs(cpuWarm) * 1000) / Number(calls);
}

writeSync(3, JSON.stringify({ ...figures, ...warm }));
// Connections that are kept alive would keep the process.
process.exit(0);
