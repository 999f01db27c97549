import { join } from "node:path";
import type { ConsoleExtension, ConsoleServices } from "embedded-aws/console";

/** The commerce pages of the console. */
export async function consoleOf({ awsUrl, url, stack }: ConsoleServices): Promise<ConsoleExtension> {
    const { embeddedStack, shopViews } = await import("../console/views.ts");
    return {
        pages: join(import.meta.dirname, "../console/pages/index.tsx"),
        ...shopViews({ stack: embeddedStack(awsUrl, stack), api: url, fixtures: import.meta.dirname, isAllowed: true }),
    };
}
