import type { AwsCall } from "../aws/call.ts";
import { account } from "../aws/service.ts";
import type { Graph } from "../graph/graph.ts";
import { elsewhere, listen, type Origin } from "../http/server.ts";
import { Access } from "../identity/access.ts";
import { provisionAccess } from "../provision/access.ts";
import type { TraceEntry } from "../trace.ts";
import { type ConsoleExtension, ConsolePages } from "./console.ts";
import { dataViews } from "./data.ts";
import { ResourceNames } from "./entries.ts";
import { shownGraph } from "./graph.ts";
import { resourceView } from "./local.ts";
import { PolledStream } from "./polledStream.ts";
import { Inspector, type Views } from "./views.ts";

/** A program that runs elsewhere, on AWS: its pages are shown here, and only read. */
interface RemoteProgram {
    /** The program's graph, with the names that it has there. */
    readonly graph: Graph;
    readonly region: string;
    /** Reads tables there, for every caller here. */
    readonly call: AwsCall;
    readonly extension: ConsoleExtension;
    source(urnOf: (name: string) => string | undefined): {
        /** What happened, mails, queues: as far as they can be told from here. */
        readonly views: Views;
        /** What happened since it was last asked. It is asked as long as a page is open. */
        news(): Promise<readonly TraceEntry[]>;
    };
}

/** Serves the console of a program that runs elsewhere, on 127.0.0.1. @param port 0 for any that is free */
export async function serveConsole(
    port: number,
    { graph, region, call, extension, source }: RemoteProgram,
): Promise<Origin> {
    const access = new Access({ account });
    provisionAccess(graph, access);
    const names = new ResourceNames(graph);
    const pages = new ConsolePages(() => Promise.resolve(extension));
    const { tables, items } = dataViews({ graph: () => graph, call });
    const { views, news } = source((name) => names.urnOf(name));
    const stream = new PolledStream(news, () => names);
    const site = new Inspector(
        {
            graph: () => shownGraph(graph, access.report(), region),
            resource: (parameters) => resourceView(graph, parameters.get("urn")),
            resources: () => ({
                resources: graph.resources.map(({ type, name, id, urn }) => ({ type, name, id, urn })),
                pending: [],
            }),
            permissions: () => access.report().map((report) => ({ ...report, used: [], unused: [] })),
            ...(tables && { tables }),
            ...(items && { items }),
            ...views,
        },
        {},
        {
            ...pages.handlers,
            stream: (message, response) => stream.serve(message, response),
        },
    );
    const origin = await listen(port, [elsewhere, site]);
    return {
        url: origin.url,
        close: async () => {
            stream.close();
            await origin.close();
        },
    };
}
