import { InvokeStore } from "@aws/lambda-invoke-store";

const environment = process.env["AWS_EXECUTION_ENV"];
const userAgent = [
    "lean-aws/0.1.0 ua/2.1",
    `os/${process.platform} lang/js md/nodejs#${process.versions.node}`,
    ...(environment ? [`exec-env/${environment}`] : []),
].join(" ");

/** What tells AWS who calls, and in which trace: as the SDK, also where one process serves several invocations. */
export async function contextHeaders(): Promise<Record<string, string>> {
    const headers: Record<string, string> = { "user-agent": userAgent };
    const store = await InvokeStore.getInstanceAsync();
    // Set for each invocation.
    const { env } = process;
    const traceId = store.getXRayTraceId() ?? env["_X_AMZN_TRACE_ID"];
    if (traceId && env["AWS_LAMBDA_FUNCTION_NAME"]) headers["x-amzn-trace-id"] = traceId;
    const traceparent = store.getTraceparent();
    if (traceparent) {
        headers["traceparent"] = traceparent;
        const [tracestate, baggage] = [store.getTracestate(), store.getBaggage()];
        if (tracestate) headers["tracestate"] = tracestate;
        if (baggage) headers["baggage"] = baggage;
    }
    return headers;
}
