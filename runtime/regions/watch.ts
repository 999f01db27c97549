import type { Context } from "aws-lambda";
import { environment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { business } from "../shared/metrics.ts";

export const env = environment("HEALTH_URL");

/** Milliseconds for a region's answer: its own patience, a cold start, and the way there and back. */
const patience = 8000;

/** The other region says that it is not well. */
class UnhealthyError extends Error {
    override readonly name = "UnhealthyError";
}

/**
 * Asks another region whether it is well. That it is not is no fault of this function, which would try again and keep it
 * as a dead letter: it is counted, in an error line, which is written whatever the log level.
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
