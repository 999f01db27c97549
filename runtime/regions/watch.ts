import type { Context } from "aws-lambda";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { business } from "../shared/metrics.ts";

export const env = environment("HEALTH_URL");

/** Milliseconds: the other region's own timeout, a cold start, and the network. */
const patience = 8000;

class UnhealthyError extends Error {
    override readonly name = "UnhealthyError";
}

/**
 * Requests the health of another region. An unhealthy region is counted as a metric and not thrown: Lambda would retry
 * the invocation and keep it as a dead-letter message.
 */
export async function handler(_event: unknown, context: Context): Promise<void> {
    const invocation = log.forInvocation(context, { correlationId: context.awsRequestId, healthUrl: env.HEALTH_URL });
    try {
        const answer = await fetch(env.HEALTH_URL, { signal: AbortSignal.timeout(patience), redirect: "error" });
        await answer.arrayBuffer();
        if (!answer.ok) throw new UnhealthyError(`answered ${answer.status}`);
        invocation.info("The other region is healthy", business({ RegionUnanswered: 0 }));
    } catch (error) {
        invocation.error("The other region is not healthy", { error, ...business({ RegionUnanswered: 1 }) });
    }
}
