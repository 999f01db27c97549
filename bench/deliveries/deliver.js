// One measured deliverer: imports the callback's bundle and gives it batches of ten wake-ups, as Lambda does, so many at
// a time. `node deliver.js <bundle> <file with the bodies of the messages, one a line> <warm-up> <at a time>`; the figures
// go to file descriptor 3 as JSON. Plain JavaScript, as sample.js is.
const { readFileSync, writeSync } = process.getBuiltinModule("node:fs");
const { pathToFileURL } = process.getBuiltinModule("node:url");
const { subscribe } = process.getBuiltinModule("node:diagnostics_channel");

const [, , file = "", messages = "", warmUp = "0", atATime = "1"] = process.argv;
const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    awsRequestId: "6bc28136-4f25-4a6f-9b8d-1d1f0d9c3a57",
    getRemainingTimeInMillis: () => 50_000,
};
const records = readFileSync(messages, "utf8")
    .trimEnd()
    .split("\n")
    .map((body, index) => ({
        messageId: `m-${index}`,
        receiptHandle: `r-${index}`,
        body,
        attributes: { ApproximateReceiveCount: "1" },
        messageAttributes: {},
        eventSource: "aws:sqs",
    }));
const { handler } = await import(pathToFileURL(file).href);

/** Requests to AWS. */
let calls = 0;
subscribe("http.client.request.start", (message) => {
    const { request } = /** @type {{ request: import("node:http").ClientRequest }} */ (message);
    if (request.hasHeader("x-amz-target")) calls += 1;
});

/** @type {[string, number][]} */
const begun = [];
/** @param {typeof records} all */
async function deliver(all) {
    const batches = Array.from({ length: Math.ceil(all.length / 10) }, (_, index) =>
        all.slice(10 * index, 10 * index + 10),
    ).values();
    const one = async () => {
        for (const Records of batches) {
            const at = performance.timeOrigin + performance.now();
            for (const { body } of Records) begun.push([JSON.parse(body).deliveryId, at]);
            const { batchItemFailures } = await handler({ Records }, context);
            if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} failed`);
        }
    };
    await Promise.all(Array.from({ length: Number(atATime) }, one));
}

await deliver(records.slice(0, Number(warmUp)));
begun.length = 0;
calls = 0;
const cpu = process.cpuUsage();
const start = performance.now();
await deliver(records.slice(Number(warmUp)));
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpu);
writeSync(3, JSON.stringify({ seconds, cpuMs: (user + system) / 1000, calls, begun }));
// Connections that are kept alive would keep the process.
process.exit(0);
